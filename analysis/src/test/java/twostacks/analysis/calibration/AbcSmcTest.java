package twostacks.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import twostacks.analysis.calibration.AbcSmc.Generation;
import twostacks.analysis.calibration.AbcSmc.Options;
import twostacks.analysis.calibration.AbcSmc.Particle;
import twostacks.analysis.calibration.AbcSmc.Posterior;

/** The sampler on a model whose posterior is known: the mean of normal observations. */
final class AbcSmcTest {
    private static final double NOISE = 0.1;
    private static final List<Prior> PRIORS = List.of(new Prior("mean", 0, 1), new Prior("idle", -1, 1));

    /** A figure that strays around the first parameter; the second does nothing. */
    private static final Simulator NORMAL = requests -> requests.stream()
            .map(r -> new double[] {r.parameters()[0] + NOISE * new Well19937c(31 * r.luck() + 7).nextGaussian()})
            .toList();

    private static Posterior sample(Simulator simulator, double observed, long seed, int generations) {
        return AbcSmc.sample(
                PRIORS,
                simulator,
                figures -> Math.abs(figures[0] - observed),
                new Options(100, 200, generations, 0.5, 20, seed),
                g -> {});
    }

    @Test
    void posteriorIsTheKnownOne() {
        // flat prior, one observation with noise 0.1, tolerance far below it: normal(0.5, 0.1)
        List<Particle> particles = sample(NORMAL, 0.5, 1, 6).particles();
        double mean = particles.stream()
                .mapToDouble(p -> p.weight() * p.parameters()[0])
                .sum();
        assertEquals(0.5, mean, 0.035);
        assertEquals(NOISE, AbcSmc.deviation(particles, 0), 0.025);
        assertEquals(2 / Math.sqrt(12), AbcSmc.deviation(particles, 1), 0.1, "what does nothing stays as it was");
    }

    @Test
    void tolerancesFallAndTheEffectiveNumberIsReported() {
        List<Generation> generations = sample(NORMAL, 0.5, 1, 5).generations();
        assertEquals(5, generations.size());
        for (int g = 1; g < generations.size(); g++) {
            assertTrue(generations.get(g).tolerance() < generations.get(g - 1).tolerance());
            assertTrue(generations.get(g).simulations() >= 100);
            assertTrue(generations.get(g).effective() > 20 && generations.get(g).effective() <= 100);
        }
    }

    /** Simulation-based calibration (Talts et al. 2018): the rank of the truth among posterior draws is uniform. */
    @Test
    void ranksOfTheTruthAreUniform() {
        int truths = 72;
        int bins = 6;
        int draws = 29; // ranks 0 to 29, five to a bin
        int[] counts = new int[bins];
        int covered = 0;
        Well19937c random = new Well19937c(5);
        for (int i = 0; i < truths; i++) {
            double truth = random.nextDouble();
            double observed = truth + NOISE * random.nextGaussian();
            List<Particle> particles = sample(NORMAL, observed, 1000 + i, 3).particles();
            int rank = 0;
            for (int draw : AbcSmc.resample(particles, draws, i)) {
                rank += particles.get(draw).parameters()[0] < truth ? 1 : 0;
            }
            counts[rank * bins / (draws + 1)]++;
            if (truth >= AbcSmc.quantile(particles, 0, 0.05) && truth <= AbcSmc.quantile(particles, 0, 0.95)) {
                covered++;
            }
        }
        double square = 0;
        for (int count : counts) {
            double expected = (double) truths / bins;
            square += (count - expected) * (count - expected) / expected;
        }
        double p = 1 - new ChiSquaredDistribution(bins - 1).cumulativeProbability(square);
        String found = java.util.Arrays.toString(counts);
        assertTrue(p > 0.01, () -> "ranks " + found);
        double rate = (double) covered / truths;
        assertTrue(rate > 0.8 && rate < 0.98, () -> "90 % intervals cover " + rate);
    }

    /** The same check finds fault where there is one: a sampler that thinks the noise is smaller than it is. */
    @Test
    void ranksOfAModelThatIsTooSureAreNot() {
        Simulator sure = requests ->
                requests.stream().map(r -> new double[] {r.parameters()[0]}).toList();
        Well19937c random = new Well19937c(5);
        int covered = 0;
        for (int i = 0; i < 40; i++) {
            double truth = 0.2 + 0.6 * random.nextDouble();
            List<Particle> particles = sample(sure, truth + NOISE * random.nextGaussian(), 1000 + i, 4)
                    .particles();
            if (truth >= AbcSmc.quantile(particles, 0, 0.05) && truth <= AbcSmc.quantile(particles, 0, 0.95)) {
                covered++;
            }
        }
        int found = covered;
        assertTrue(covered < 32, () -> "covers " + found + " of 40");
    }

    @Test
    void whatComesOfARequestIsAllThatMatters() {
        List<Particle> straight = sample(NORMAL, 0.4, 9, 4).particles();
        Simulator backwards = requests -> {
            List<double[]> figures = new ArrayList<>(requests.size());
            requests.forEach(r -> figures.add(null));
            for (int i = requests.size() - 1; i >= 0; i--) {
                figures.set(i, NORMAL.simulate(List.of(requests.get(i))).get(0));
            }
            return figures;
        };
        List<Particle> other = sample(backwards, 0.4, 9, 4).particles();
        for (int i = 0; i < straight.size(); i++) {
            assertArrayEquals(straight.get(i).parameters(), other.get(i).parameters(), 0);
            assertEquals(straight.get(i).weight(), other.get(i).weight(), 0);
        }
    }

    @Test
    void resamplingKeepsWeights() {
        List<Particle> particles = List.of(
                new Particle(new double[] {0}, new double[0], 0, 0.1),
                new Particle(new double[] {1}, new double[0], 0, 0.6),
                new Particle(new double[] {2}, new double[0], 0, 0.3));
        int[] counts = new int[3];
        for (int draw : AbcSmc.resample(particles, 1000, 4)) {
            counts[draw]++;
        }
        assertEquals(100, counts[0], 1);
        assertEquals(600, counts[1], 1);
        assertEquals(300, counts[2], 1);
        assertEquals(1 / (0.01 + 0.36 + 0.09), AbcSmc.effective(particles), 1e-12);
    }
}
