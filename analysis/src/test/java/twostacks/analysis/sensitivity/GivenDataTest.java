package twostacks.analysis.sensitivity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import twostacks.analysis.Expected;

final class GivenDataTest {

    private static Map<String, Index> compute(double[][] x, double[] y) {
        List<String> names = java.util.stream.IntStream.range(0, x.length)
                .mapToObj(i -> "x" + i)
                .toList();
        Map<String, Index> indices = new HashMap<>();
        GivenData.compute(names, x, y, 100, .95, 1).forEach(i -> indices.put(i.factor() + " " + i.measure(), i));
        return indices;
    }

    @Test
    void anIndependentImplementationGivesTheSameFigures() throws IOException {
        List<NamedCsvRecord> points = Expected.rows("given_points.csv");
        double[][] x = new double[2][points.size()];
        double[] y = new double[points.size()];
        for (int i = 0; i < y.length; i++) {
            x[0][i] = Expected.number(points.get(i), "x0");
            x[1][i] = Expected.number(points.get(i), "x1");
            y[i] = Expected.number(points.get(i), "y");
        }
        Map<String, Index> indices = compute(x, y);
        for (NamedCsvRecord row : Expected.rows("given_indices.csv")) {
            Index index = indices.get(row.getField("factor") + " " + row.getField("measure"));
            assertEquals(Expected.number(row, "value"), index.value(), 1e-10, index.toString());
        }
    }

    /** Of y = 2 a + b with uniform a and b, four fifths of the variance are due to a. */
    @Test
    void firstOrderIndicesAreThoseOfTheoryAndADummyHasNone() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(2);
        int n = 4000;
        double[][] x = new double[3][n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < 3; f++) {
                x[f][i] = random.nextDouble();
            }
            y[i] = 2 * x[0][i] + x[1][i];
        }
        y[17] = Double.NaN;
        Map<String, Index> indices = compute(x, y);
        assertEquals(.8, indices.get("x0 first").value(), .02);
        assertEquals(.2, indices.get("x1 first").value(), .02);
        assertEquals(0, indices.get("x2 first").value(), .01);
        assertEquals(0, indices.get("(dummy) first").value(), .01);
        assertTrue(indices.get("x1 median").value()
                > 2 * indices.get("(dummy) median").value());
        assertTrue(indices.get("x2 median").value()
                < 2 * indices.get("(dummy) median").value());
        assertEquals(n - 1, indices.get("x0 first").sample());
    }

    @Test
    void binsHoldEqualNumbersAndLevelsStayTogether() {
        double[] line = java.util.stream.IntStream.range(0, 100)
                .mapToDouble(i -> (i * 37) % 100)
                .toArray();
        int[] sizes = new int[10];
        for (int bin : GivenData.bins(line)) {
            sizes[bin]++;
        }
        assertArrayEquals(new int[] {10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, sizes);
        double[] levels = java.util.stream.IntStream.range(0, 30)
                .mapToDouble(i -> i % 7 % 3 / 2.)
                .toArray();
        int[] bins = GivenData.bins(levels);
        for (int i = 0; i < 30; i++) {
            assertEquals(i % 7 % 3, bins[i]);
        }
    }
}
