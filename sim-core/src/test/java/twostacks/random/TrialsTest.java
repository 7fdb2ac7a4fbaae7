package twostacks.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

final class TrialsTest {
    private static final int STREAMS = 40_000;
    /** Lots on both sides of every line between methods. */
    private static final int[] TRIALS = {1, 3, 10, 1000, 5, 64, 2, 100_000, 40, 7, 1, 1_000_000, 30, 65, 2, 3};

    private static final double[] PROBABILITY = {
        .2, .05, .02, 1e-4, .3, .2, .9, 1e-6, .01, 1, .35, 1e-3, .25, .9999, 1e-9, .12
    };

    @Test
    void eachLotIsBinomialAndNoLotKnowsOfTheNext() {
        int lots = TRIALS.length;
        int[][] seen = new int[lots][STREAMS];
        Trials trials = new Trials();
        for (int i = 0; i < STREAMS; i++) {
            trials.start(Draws.key(3, i));
            for (int lot = 0; lot < lots; lot++) {
                double p = PROBABILITY[lot];
                seen[lot][i] = trials.successes(TRIALS[lot], p, Trials.hazard(p));
            }
        }
        for (int lot = 0; lot < lots; lot++) {
            int n = TRIALS[lot];
            double p = PROBABILITY[lot];
            assertTrue(chiSquareP(seen[lot], n, p) > 1e-4 / lots, "lot " + lot);
            for (int other = lot + 1; other < lots; other++) {
                double sum = 0;
                for (int i = 0; i < STREAMS; i++) {
                    sum += (seen[lot][i] - n * p) * (seen[other][i] - TRIALS[other] * PROBABILITY[other]);
                }
                double variances = n * p * (1 - p) * TRIALS[other] * PROBABILITY[other] * (1 - PROBABILITY[other]);
                // What is nearly always the same has no spread worth a test.
                if (variances * STREAMS > 1) {
                    assertEquals(0, sum / Math.sqrt(STREAMS * variances), 4.5, "lots " + lot + " and " + other);
                }
            }
        }
    }

    /** Successes of a lot by their number, those that are expected fewer than ten times put together. */
    private static double chiSquareP(int[] seen, int n, double p) {
        BinomialDistribution expected = new BinomialDistribution(null, n, p);
        double spread = Math.sqrt(n * p * (1 - p));
        int from = (int) Math.max(0, n * p - 6 * spread - 1);
        int to = (int) Math.min(n, n * p + 6 * spread + 8);
        int[] count = new int[to - from + 1];
        for (int k : seen) {
            assertTrue(k >= from && k <= to, k + " of " + n);
            count[k - from]++;
        }
        double chi = 0;
        int cells = 0;
        double mass = 0;
        int found = 0;
        for (int k = from; k <= to; k++) {
            mass += STREAMS * expected.probability(k);
            found += count[k - from];
            if (mass >= 10) {
                chi += (found - mass) * (found - mass) / mass;
                cells++;
                mass = 0;
                found = 0;
            }
        }
        assertTrue(found < mass + 7 * Math.sqrt(mass + 1) + 3, "the rare came too often at " + n + ", " + p);
        return cells < 2 ? 1 : 1 - new ChiSquaredDistribution(null, cells - 1).cumulativeProbability(chi);
    }

    @Test
    void aHazardIsThatOfItsProbability() {
        for (double p : new double[] {1e-15, 1e-9, 9.9e-5, 1.01e-4, .01, .3, .99}) {
            assertEquals(-Math.log1p(-p), Trials.hazard(p), 1e-11 * p);
        }
        assertEquals(0, Trials.hazard(0));
        assertEquals(Double.POSITIVE_INFINITY, Trials.hazard(1));
    }

    @Test
    void aStreamIsAFunctionOfItsKey() {
        Trials one = new Trials();
        Trials other = new Trials();
        one.start(5);
        one.unit();
        other.start(17);
        one.start(17);
        for (int i = 0; i < 100; i++) {
            assertEquals(one.draw(i, .3), other.draw(i, .3));
            assertEquals(one.unit(), other.unit());
        }
    }
}
