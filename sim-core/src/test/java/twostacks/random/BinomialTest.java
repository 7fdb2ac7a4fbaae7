package twostacks.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

final class BinomialTest {
    private static final int DRAWS = 40_000;

    /** All three methods, and where one gives way to the next. */
    @Test
    void drawsFollowTheBinomialDistribution() {
        int[] trials = {1, 7, 64, 65, 100, 1000, 40_000, 10_000_000};
        double[] probabilities = {1e-6, .001, .01, .09, .12, .3, .5, .7, .97, .9999};
        double least = 1;
        int cases = 0;
        for (int n : trials) {
            for (double p : probabilities) {
                least = Math.min(least, chiSquareP(n, p, ++cases));
            }
        }
        assertTrue(least > .001 / cases, "least p-value " + least);
    }

    private static double chiSquareP(int n, double p, long seed) {
        BinomialDistribution expected = new BinomialDistribution(null, n, p);
        double spread = Math.sqrt(n * p * (1 - p));
        int from = (int) Math.max(0, n * p - 5 * spread - 1);
        int width = Math.max(1, (int) (spread / 4));
        int bins = (int) Math.min((n - from) / width + 1, (10 * spread + 2) / width + 2);
        int[] seen = new int[bins + 2];
        for (int i = 0; i < DRAWS; i++) {
            int k = Binomial.draw(Draws.key(seed, i), n, p);
            assertTrue(k >= 0 && k <= n);
            seen[k < from ? 0 : Math.min(bins, (k - from) / width) + 1]++;
        }
        double chi = 0;
        int cells = 0;
        double mass = 0;
        int count = 0;
        for (int bin = 0; bin <= bins + 1; bin++) {
            double below = bin == 0 ? 0 : expected.cumulativeProbability(from + (bin - 1) * width - 1);
            double upTo = bin == bins + 1 ? 1 : expected.cumulativeProbability(from + bin * width - 1);
            mass += (upTo - below) * DRAWS;
            count += seen[bin];
            if (mass >= 10) {
                chi += (count - mass) * (count - mass) / mass;
                cells++;
                mass = 0;
                count = 0;
            }
        }
        assertTrue(count < mass + 7 * Math.sqrt(mass + 1) + 3, "the rare came too often at " + n + ", " + p);
        return cells < 2 ? 1 : 1 - new ChiSquaredDistribution(null, cells - 1).cumulativeProbability(chi);
    }

    @Test
    void drawsStayWithinTheTrials() {
        assertEquals(0, Binomial.draw(1, 0, .5));
        assertEquals(0, Binomial.draw(1, 500, 0));
        assertEquals(500, Binomial.draw(1, 500, 1));
        assertEquals(500, Binomial.draw(1, 500, 1.0000001));
        assertEquals(0, Binomial.draw(1, 500, -1e-17));
    }

    /** The same on every machine and JDK: worked out once, by this code on another JDK. */
    @Test
    void drawsAreTheSameEverywhere() {
        long digest = 0;
        for (int i = 0; i < 5000; i++) {
            long bits = Draws.bits(5, i);
            int n = (int) (bits >>> 41 >> (i % 23));
            digest = Draws.key(digest, Binomial.draw(bits, n, Draws.unit(Draws.bits(6, i))));
        }
        assertEquals(DIGEST, digest);
    }

    private static final long DIGEST = 524943502670364683L;
}
