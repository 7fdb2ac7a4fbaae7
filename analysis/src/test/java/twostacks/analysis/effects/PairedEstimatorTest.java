package twostacks.analysis.effects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import twostacks.analysis.effects.PairedEstimator.Interval;

final class PairedEstimatorTest {

    private static PairedEstimator t() {
        return new PairedEstimator(Interval.T, .95, 0, 0);
    }

    private static PairedEstimator bootstrap() {
        return new PairedEstimator(Interval.BOOTSTRAP, .95, 1000, 1);
    }

    private static Estimate one(PairedEstimator estimator, double[] base, double[] alternative) {
        return estimator.family(new double[][] {base}, new double[][] {alternative})[0];
    }

    /** Student's sleep data (Student 1908, Biometrika 6:1): hours gained under two drugs by ten patients. */
    @Test
    void studentsSleepDataHaveTheirPublishedInterval() {
        double[] dextro = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};
        double[] laevo = {1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4};
        Estimate e = one(t(), dextro, laevo);
        assertEquals(1.58, e.effect(), 1e-12);
        assertEquals(.3889587, e.standardError(), 1e-6);
        assertEquals(.7001142, e.low(), 1e-6);
        assertEquals(2.4598858, e.high(), 1e-6);
        assertEquals(.75, e.base(), 1e-12);
        assertEquals(10, e.pairs());
        // (3.200556 + 4.009000)/1.512889
        assertEquals(4.765423, e.varianceRatio(), 1e-6);
    }

    @Test
    void aFamilyIsJudgedByBonferroni() {
        double[][] base = {{0, 0, 0, 0}, {0, 0, 0, 0}};
        double[][] alternative = {{1, 2, 3, 4}, {4, 2, 1, 3}};
        Estimate e = t().family(base, alternative)[0];
        // t with 3 degrees of freedom: 3.182446 at .975 and 4.176535 at .9875; error √(5/3/4)
        double error = Math.sqrt(5 / 12.);
        assertEquals(2.5 - 3.182446 * error, e.low(), 1e-5);
        assertEquals(2.5 - 4.176535 * error, e.lowAtOnce(), 1e-5);
        assertEquals(2.5 + 4.176535 * error, e.highAtOnce(), 1e-5);
    }

    @Test
    void pairsThatDoNotDifferDifferByNothingForSure() {
        Estimate e = one(t(), new double[] {.1, .2, .3}, new double[] {.1, .2, .3});
        assertEquals(0, e.effect());
        assertEquals(0, e.low());
        assertEquals(0, e.high());
        assertFalse(e.clearAtOnce());
    }

    @Test
    void pairsThatAllDifferByTheSameHaveNoInterval() {
        for (PairedEstimator estimator : new PairedEstimator[] {t(), bootstrap()}) {
            Estimate e = one(estimator, new double[] {0, 0, 0}, new double[] {1, 1, 1});
            assertEquals(1, e.effect());
            assertTrue(Double.isNaN(e.low()) && Double.isNaN(e.high()));
            assertFalse(e.clearAtOnce());
            assertEquals(0, e.halfWidth());
        }
    }

    @Test
    void pairsWithoutAValueOnEitherSideAreLeftOut() {
        double none = Double.NaN;
        Estimate e = one(t(), new double[] {1, none, 3, 4}, new double[] {2, 5, none, 7});
        assertEquals(2, e.pairs());
        assertEquals(2, e.effect());
        assertEquals(0, one(t(), new double[] {none}, new double[] {1}).pairs());
    }

    @Test
    void intervalsCoverAsOftenAsTheySay() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int families = 75;
        int members = 20;
        for (PairedEstimator estimator : new PairedEstimator[] {t(), bootstrap()}) {
            int covered = 0;
            int together = 0;
            for (int trial = 0; trial < families; trial++) {
                double[][] base = new double[members][12];
                double[][] alternative = new double[members][12];
                for (int r = 0; r < 12; r++) {
                    double shared = normal.sample();
                    for (int i = 0; i < members; i++) {
                        base[i][r] = normal.sample();
                        alternative[i][r] = base[i][r] + .3 + (shared + normal.sample()) / 2;
                    }
                }
                boolean all = true;
                for (Estimate e : estimator.family(base, alternative)) {
                    covered += e.low() <= .3 && .3 <= e.high() ? 1 : 0;
                    all &= e.lowAtOnce() <= .3 && .3 <= e.highAtOnce();
                }
                together += all ? 1 : 0;
            }
            double share = (double) covered / (families * members);
            double atOnce = (double) together / families;
            assertTrue(share > .88 && share < .98, "each covers in " + share);
            assertTrue(atOnce > .88, "all at once cover in " + atOnce);
        }
    }

    @Test
    void theBootstrapIsTheSameEachTime() {
        double[] a = {.1, .5, .3, .2, .9};
        double[] b = {.4, .6, .1, .7, 1.4};
        Estimate first = one(bootstrap(), a, b);
        assertEquals(first, one(bootstrap(), a, b));
        assertTrue(first.low() < first.effect() && first.effect() < first.high());
    }

    @Test
    void quantilesAreLinearBetweenValues() {
        double[] sorted = {1, 2, 4};
        assertArrayEquals(new double[] {1, 1.5, 2, 3, 4}, new double[] {
            PairedEstimator.quantile(sorted, 0),
            PairedEstimator.quantile(sorted, .25),
            PairedEstimator.quantile(sorted, .5),
            PairedEstimator.quantile(sorted, .75),
            PairedEstimator.quantile(sorted, 1)
        });
    }
}
