package twostacks.analysis.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import twostacks.analysis.Expected;

final class SobolIndicesTest {
    private static final double[] G = {0, 1, 4.5, 9, 99, 99, 99, 99};

    /** What luck does to a run at a point. */
    private interface Luck {
        double add(double[] x, int replicate, double y);
    }

    private static List<String> names(int k) {
        return IntStream.range(0, k).mapToObj(i -> "x" + i).toList();
    }

    private static double[][][] rows(int n, int k, ToDoubleFunction<double[]> model, int replicates, Luck luck) {
        SobolSequenceGenerator sequence = new SobolSequenceGenerator(2 * k);
        sequence.skipTo(64);
        double[][][] rows = new double[n][k + 2][replicates];
        for (int j = 0; j < n; j++) {
            double[] both = sequence.nextVector();
            for (int p = 0; p < k + 2; p++) {
                double[] x = Arrays.copyOf(both, k);
                for (int i = 0; i < k; i++) {
                    if (p == 1 || p == i + 2) {
                        x[i] = both[k + i];
                    }
                }
                double y = model.applyAsDouble(x);
                for (int r = 0; r < replicates; r++) {
                    rows[j][p][r] = luck == null ? y : luck.add(x, r, y);
                }
            }
        }
        return rows;
    }

    private static Map<String, Index> compute(double[][][] rows) {
        Map<String, Index> indices = new HashMap<>();
        SobolIndices.of(names(rows[0].length - 2), rows)
                .compute(200, .95, 1)
                .indices()
                .forEach(i -> indices.put(i.factor() + " " + i.measure(), i));
        return indices;
    }

    private static double ishigami(double[] u) {
        double[] x = Arrays.stream(u).map(v -> Math.PI * (2 * v - 1)).toArray();
        return Math.sin(x[0]) + 7 * Math.pow(Math.sin(x[1]), 2) + .1 * Math.pow(x[2], 4) * Math.sin(x[0]);
    }

    /** Closed forms with a = 7, b = 0.1 (Ishigami and Homma 1990). */
    @Test
    void ishigamisFunctionHasItsKnownIndices() {
        double pi4 = Math.pow(Math.PI, 4);
        double v1 = .5 * Math.pow(1 + .1 * pi4 / 5, 2);
        double v2 = 49 / 8.;
        double v13 = .01 * pi4 * pi4 * (1 / 18. - 1 / 50.);
        double v = v1 + v2 + v13;
        Map<String, Index> indices = compute(rows(4096, 3, SobolIndicesTest::ishigami, 1, null));
        assertEquals(v1 / v, indices.get("x0 first").value(), .01);
        assertEquals(v2 / v, indices.get("x1 first").value(), .01);
        assertEquals(0, indices.get("x2 first").value(), .01);
        assertEquals((v1 + v13) / v, indices.get("x0 total").value(), .01);
        assertEquals(v2 / v, indices.get("x1 total").value(), .01);
        assertEquals(v13 / v, indices.get("x2 total").value(), .01);
        assertTrue(Double.isNaN(indices.get("(seed) share").value()), "one replicate does not tell luck");
    }

    /** Closed forms of the G function (Saltelli and Sobol' 1995). */
    @Test
    void sobolsGFunctionHasItsKnownIndices() {
        double[] v = Arrays.stream(G).map(a -> 1 / (3 * (1 + a) * (1 + a))).toArray();
        double all = Arrays.stream(v).reduce(1, (p, x) -> p * (1 + x)) - 1;
        Map<String, Index> indices = compute(rows(
                4096,
                8,
                x -> {
                    double y = 1;
                    for (int i = 0; i < 8; i++) {
                        y *= (Math.abs(4 * x[i] - 2) + G[i]) / (1 + G[i]);
                    }
                    return y;
                },
                1,
                null));
        for (int i = 0; i < 8; i++) {
            double others = (all + 1) / (1 + v[i]);
            assertEquals(v[i] / all, indices.get("x" + i + " first").value(), .015);
            assertEquals(v[i] * others / all, indices.get("x" + i + " total").value(), .015);
        }
    }

    /** Luck as great as all factors together: what is not corrected would halve the indices or raise the totals. */
    @Test
    void luckIsTakenOutWhetherSeedsAreSharedOrNot() {
        double spread = 3.7;
        for (boolean shared : new boolean[] {false, true}) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
            ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
            double[] common = new double[24];
            for (int r = 0; r < common.length; r++) {
                common[r] = normal.sample();
            }
            Luck luck = (x, r, y) -> y + spread * (shared ? common[r] * (.5 + x[0]) : normal.sample());
            Map<String, Index> indices = compute(rows(1024, 3, SobolIndicesTest::ishigami, shared ? 24 : 4, luck));
            // shared luck of finite number has a mean of its own, which leans on x0: allow for that
            double room = shared ? .06 : .04;
            assertEquals(.3139, indices.get("x0 first").value(), room, "shared " + shared);
            assertEquals(.4424, indices.get("x1 first").value(), room, "shared " + shared);
            assertEquals(.5576, indices.get("x0 total").value(), room, "shared " + shared);
            assertEquals(.4424, indices.get("x1 total").value(), room, "shared " + shared);
            assertEquals(.2437, indices.get("x2 total").value(), room, "shared " + shared);
            double noise = spread * spread * (shared ? 1 + 1 / 12. : 1);
            assertEquals(noise / (noise + 13.8446), indices.get("(seed) share").value(), shared ? .15 : .03);
        }
    }

    @Test
    void anIndependentImplementationGivesTheSameFigures() throws IOException {
        double[][][] rows = new double[12][5][3];
        for (NamedCsvRecord row : Expected.rows("sobol_runs.csv")) {
            rows[(int) Expected.number(row, "row")][(int) Expected.number(row, "place")][
                            (int) Expected.number(row, "replicate")] =
                    Expected.number(row, "y");
        }
        Map<String, Index> indices = compute(rows);
        for (NamedCsvRecord row : Expected.rows("sobol_indices.csv")) {
            Index index = indices.get(row.getField("factor") + " " + row.getField("measure"));
            assertEquals(Expected.number(row, "value"), index.value(), 1e-10, index.toString());
        }
    }

    @Test
    void rowsWithARunMissingAreMaskedAndCounted() {
        double[][][] rows = rows(256, 3, SobolIndicesTest::ishigami, 2, null);
        rows[3][1][0] = Double.NaN;
        rows[3][4][1] = Double.NaN;
        rows[200][0][1] = Double.NaN;
        SobolIndices.Result result = SobolIndices.of(names(3), rows).compute(100, .95, 1);
        assertEquals(254, result.rows());
        assertEquals(2, result.masked());
        assertTrue(result.indices().stream().noneMatch(i -> Double.isNaN(i.value())), result.indices()::toString);
    }

    @Test
    void intervalsHoldTheEstimateAndShrinkWithTheSample() {
        Index few = compute(rows(128, 3, SobolIndicesTest::ishigami, 1, null)).get("x1 total");
        Index many = compute(rows(2048, 3, SobolIndicesTest::ishigami, 1, null)).get("x1 total");
        for (Index index : List.of(few, many)) {
            assertTrue(index.low() < index.value() && index.value() < index.high(), index.toString());
            assertTrue(index.low() < .4424 && .4424 < index.high(), index.toString());
        }
        assertTrue(many.high() - many.low() < (few.high() - few.low()) / 2);
    }

    @Test
    void ranksSettleAsTheSampleGrows() {
        SobolIndices.Result result = SobolIndices.of(names(3), rows(512, 3, SobolIndicesTest::ishigami, 1, null))
                .compute(100, .95, 1);
        SobolIndices.Rank last = result.ranks().get(result.ranks().size() - 1);
        assertEquals(512, last.rows());
        assertEquals(1, last.correlation(), 1e-12);
        assertEquals("x0", last.top());
    }

    @Test
    void anOutcomeThatNeverMovesHangsOnNothing() {
        Map<String, Index> indices = compute(rows(64, 3, x -> .5, 2, null));
        assertTrue(Double.isNaN(indices.get("x0 first").value()));
        assertTrue(Double.isNaN(indices.get("(seed) share").value()));
    }
}
