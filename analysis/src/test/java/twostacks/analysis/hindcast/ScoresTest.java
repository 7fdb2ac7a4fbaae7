package twostacks.analysis.hindcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Scores against values worked out by hand or known in closed form. */
final class ScoresTest {

    @Test
    void quantilesLieBetweenOrderStatistics() {
        double[] sample = {4, 1, 3, 2};
        assertEquals(2.5, Scores.quantile(sample, 0.5), 1e-12);
        assertEquals(1.15, Scores.quantile(sample, 0.05), 1e-12, "R: quantile(1:4, .05)");
        assertEquals(4, Scores.quantile(sample, 1), 0);
    }

    @Test
    void rankCorrelationKnowsTies() {
        assertEquals(1, Scores.rankCorrelation(new double[] {1, 2, 9}, new double[] {0, 5, 6}), 1e-12);
        assertEquals(-1, Scores.rankCorrelation(new double[] {3, 2, 1}, new double[] {0, 5, 6}), 1e-12);
        // ranks 1.5 1.5 3 4 and 2 1 3.5 3.5: covariance 4, both variances 4.5
        assertEquals(4 / 4.5, Scores.rankCorrelation(new double[] {1, 1, 2, 3}, new double[] {2, 1, 3, 3}), 1e-9);
        assertTrue(Double.isNaN(Scores.rankCorrelation(new double[] {1, 2}, new double[] {1, 2})));
    }

    @Test
    void crpsOfOneNumberIsItsError() {
        assertEquals(0.3, Scores.crps(new double[] {0.2}, 0.5), 1e-15);
    }

    @Test
    void crpsOfTwoNumbersByHand() {
        // mean|x − y| = (1 + 3)/2, mean|x − x'| = (0 + 2 + 2 + 0)/4
        assertEquals(2 - 0.5, Scores.crps(new double[] {1, 3}, 0), 1e-15);
    }

    @Test
    void crpsOfANormalSampleIsThatOfTheNormalDistribution() {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] sample = new double[4001];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = normal.inverseCumulativeProbability((i + 0.5) / sample.length);
        }
        double y = 0.7; // Gneiting and Raftery (2007), equation 21
        double known = y * (2 * normal.cumulativeProbability(y) - 1) + 2 * normal.density(y) - 1 / Math.sqrt(Math.PI);
        assertEquals(known, Scores.crps(sample, y), 1e-3);
    }
}
