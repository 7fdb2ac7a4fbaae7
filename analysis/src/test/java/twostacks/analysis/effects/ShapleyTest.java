package twostacks.analysis.effects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

final class ShapleyTest {

    @Test
    void twoCausesShareWhatTheyDoTogether() {
        // alone 3 and 5, together 12: the 4 that neither does alone are halved
        assertArrayEquals(new double[] {5, 7}, Shapley.values(new double[] {0, 3, 5, 12}), 1e-12);
    }

    @Test
    void theGloveGameHasItsKnownDivision() {
        // one left glove, two right ones, a pair is worth 1: 2/3, 1/6, 1/6 (Shapley and Shubik)
        double[] worth = new double[8];
        for (int set = 0; set < 8; set++) {
            worth[set] = (set & 1) != 0 && (set & 6) != 0 ? 1 : 0;
        }
        assertArrayEquals(new double[] {2 / 3., 1 / 6., 1 / 6.}, Shapley.values(worth), 1e-12);
    }

    @Test
    void valuesAddUpToTheTotalAndNothingGoesToWhatDoesNothing() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
        for (int trial = 0; trial < 200; trial++) {
            double[] worth = new double[16];
            for (int set = 0; set < 16; set++) {
                worth[set] = (set & 4) == 0 ? random.nextDouble() : worth[set & ~4];
            }
            double[] values = Shapley.values(worth);
            assertEquals(worth[15] - worth[0], Arrays.stream(values).sum(), 1e-12);
            assertEquals(0, values[2], 1e-12);
        }
    }

    @Test
    void roundedPartsAddUpToTheRoundedTotalAndAreOffByLessThanAUnit() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(2);
        for (int trial = 0; trial < 1000; trial++) {
            double[] parts = random.doubles(4).map(x -> x - .5).toArray();
            double total = Arrays.stream(parts).sum();
            long[] rounded = Shapley.rounded(parts, total, 3);
            assertEquals(Math.round(total * 1000), Arrays.stream(rounded).sum());
            for (int i = 0; i < 4; i++) {
                assertEquals(parts[i] * 1000, (double) rounded[i], 1);
            }
        }
        assertArrayEquals(
                new long[] {333, 333, 334}, sorted(Shapley.rounded(new double[] {1 / 3., 1 / 3., 1 / 3.}, 1, 3)));
    }

    private static long[] sorted(long[] values) {
        Arrays.sort(values);
        return values;
    }
}
