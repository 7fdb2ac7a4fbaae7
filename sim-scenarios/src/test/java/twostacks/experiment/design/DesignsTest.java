package twostacks.experiment.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DesignsTest {

    private static double[] point(Design design, int point, int factors) {
        double[] u = new double[factors];
        design.unit(point, u);
        return u;
    }

    private static Factor factor(String name, Distribution distribution) {
        return new Factor.Single(
                new Axis(name, "1", "", distribution.min(), distribution.max(), false, 6), distribution);
    }

    @Test
    void aLatinHypercubeHasOnePointInEachStratumOfEachFactor() {
        LatinHypercube design = new LatinHypercube(5, 64, 7);
        for (int f = 0; f < 5; f++) {
            Set<Integer> strata = new HashSet<>();
            for (int p = 0; p < 64; p++) {
                strata.add((int) (point(design, p, 5)[f] * 64));
            }
            assertEquals(64, strata.size(), "factor " + f);
        }
    }

    @Test
    void sobolsSequenceIsBalancedInEveryFactorAndEveryPairOfTheFirstTwo() {
        Sobol design = new Sobol(6, 256, 3);
        int[][] cells = new int[16][16];
        for (int f = 0; f < 6; f++) {
            int[] counts = new int[256];
            for (int p = 0; p < 256; p++) {
                counts[(int) (point(design, p, 6)[f] * 256)]++;
            }
            for (int count : counts) {
                assertEquals(1, count, "a digital net has one point in each of 256 strata");
            }
        }
        for (int p = 0; p < 256; p++) {
            double[] u = point(design, p, 6);
            cells[(int) (u[0] * 16)][(int) (u[1] * 16)]++;
        }
        for (int[] row : cells) {
            for (int cell : row) {
                assertEquals(1, cell, "the first two factors form a (0, 8, 2)-net");
            }
        }
    }

    @Test
    void aPointIsTheSameInWhateverOrderPointsAreAskedFor() {
        Sobol forwards = new Sobol(4, 300, 5);
        Sobol jumping = new Sobol(4, 300, 5);
        double[][] first = new double[300][];
        for (int p = 0; p < 300; p++) {
            first[p] = point(forwards, p, 4);
        }
        for (int i = 0; i < 300; i++) {
            int p = i * 181 % 300;
            assertArrayEquals(first[p], point(jumping, p, 4), "point " + p);
        }
    }

    @Test
    void aLongerSequenceBeginsWithTheShorterOne() {
        for (int p = 0; p < 16; p++) {
            assertArrayEquals(point(new Sobol(3, 16, 1), p, 3), point(new Sobol(3, 64, 1), p, 3));
        }
        List<String> names = List.of("a", "b", "c");
        for (int p = 0; p < 16 * 5; p++) {
            assertArrayEquals(point(new Saltelli(names, 16, 1), p, 3), point(new Saltelli(names, 64, 1), p, 3));
        }
        for (int p = 0; p < 4 * 4; p++) {
            assertArrayEquals(point(new Morris(3, 4, 4, 0, 1), p, 3), point(new Morris(3, 40, 4, 0, 1), p, 3));
        }
    }

    @Test
    void aSaltelliRowTakesOneFactorAtATimeFromTheOtherSample() {
        List<String> names = List.of("a", "b", "c");
        Saltelli design = new Saltelli(names, 32, 9);
        assertEquals(32 * 5, design.points());
        for (int row = 0; row < 32; row++) {
            double[] a = point(design, row * 5, 3);
            double[] b = point(design, row * 5 + 1, 3);
            assertEquals("A", design.part(row * 5));
            assertEquals("B", design.part(row * 5 + 1));
            for (int f = 0; f < 3; f++) {
                double[] mixed = point(design, row * 5 + 2 + f, 3);
                assertEquals("AB:" + names.get(f), design.part(row * 5 + 2 + f));
                assertEquals(row, design.row(row * 5 + 2 + f));
                for (int g = 0; g < 3; g++) {
                    assertEquals(g == f ? b[g] : a[g], mixed[g]);
                }
                assertTrue(a[f] != b[f]);
            }
        }
    }

    @Test
    void aMorrisTrajectoryMovesEveryFactorOnceByHalfTheLevels() {
        for (int candidates : new int[] {0, 60}) {
            Morris design = new Morris(5, 20, 4, candidates, 2);
            assertEquals(20 * 6, design.points());
            int ups = 0;
            for (int t = 0; t < 20; t++) {
                Set<Integer> moved = new HashSet<>();
                for (int step = 0; step < 5; step++) {
                    double[] from = point(design, t * 6 + step, 5);
                    double[] to = point(design, t * 6 + step + 1, 5);
                    assertEquals("T" + t, design.part(t * 6 + step));
                    assertEquals(step, design.row(t * 6 + step));
                    for (int f = 0; f < 5; f++) {
                        assertEquals(Math.rint(to[f] * 3), to[f] * 3, 1e-12, "on the grid");
                        if (from[f] != to[f]) {
                            assertEquals(2. / 3, Math.abs(to[f] - from[f]), 1e-12);
                            moved.add(f);
                            ups += to[f] > from[f] ? 1 : 0;
                        }
                    }
                    assertEquals(step + 1, moved.size(), "one factor a step, each once");
                }
            }
            assertTrue(ups > 20 && ups < 80, "both directions: " + ups + " of 100 up");
        }
    }

    @Test
    void chosenTrajectoriesLieFartherApartThanTheFirstOnes() {
        assertTrue(spread(new Morris(6, 8, 4, 200, 4), 8, 6) > spread(new Morris(6, 8, 4, 0, 4), 8, 6));
    }

    private static double spread(Morris design, int trajectories, int factors) {
        double sum = 0;
        int size = factors + 1;
        for (int p = 0; p < trajectories * size; p++) {
            for (int q = 0; q < trajectories * size; q++) {
                if (p / size != q / size) {
                    double squares = 0;
                    double[] a = point(design, p, factors);
                    double[] b = point(design, q, factors);
                    for (int f = 0; f < factors; f++) {
                        squares += (a[f] - b[f]) * (a[f] - b[f]);
                    }
                    sum += Math.sqrt(squares);
                }
            }
        }
        return sum;
    }

    @Test
    void aGridHasEveryCombinationOnceAndBothEnds() {
        List<Factor> factors = List.of(
                factor("a", new Distribution.Uniform(0, 1)),
                factor("b", new Distribution.Values(List.of(5.0, 1.0, 3.0))),
                factor("c", new Distribution.UniformWhole(1, 2)));
        Grid grid = new Grid(factors, 5);
        assertEquals(5 * 3 * 2, grid.points());
        Set<List<Double>> seen = new HashSet<>();
        double[] u = new double[3];
        double[] values = new double[3];
        for (int p = 0; p < grid.points(); p++) {
            grid.values(p, factors, u, values);
            seen.add(List.of(values[0], values[1], values[2]));
        }
        assertEquals(30, seen.size());
        assertTrue(seen.contains(List.of(0.0, 1.0, 1.0)) && seen.contains(List.of(1.0, 5.0, 2.0)));
        assertTrue(seen.contains(List.of(0.25, 3.0, 1.0)));
    }

    @Test
    void quantilesAreThoseOfTheDistributions() {
        assertEquals(2.5, new Distribution.Uniform(1, 4).quantile(.5));
        assertEquals(10, new Distribution.LogUniform(1, 100).quantile(.5), 1e-12);
        // Triangular on [0, 6] with mode 2: F(2) = 1/3, F(3) = 1 - 9/24.
        assertEquals(2, new Distribution.Triangular(0, 2, 6).quantile(1. / 3), 1e-12);
        assertEquals(3, new Distribution.Triangular(0, 2, 6).quantile(1 - 9. / 24), 1e-12);
        // Normal(0, 1) cut at -1 and 1: symmetric; its upper quartile is that of Φ at .5 + .25 (Φ(1) - Φ(-1)) =
        // .670672.
        assertEquals(0, new Distribution.Normal(0, 1, -1, 1).quantile(.5), 1e-9);
        assertEquals(0.4417705, new Distribution.Normal(0, 1, -1, 1).quantile(.75), 1e-6);
        assertEquals(-1, new Distribution.Normal(0, 1, -1, 1).quantile(0));
        assertEquals(1, new Distribution.Normal(0, 1, -1, 1).quantile(1));
        assertEquals(3, new Distribution.UniformWhole(1, 4).quantile(.74));
        assertEquals(4, new Distribution.UniformWhole(1, 4).quantile(1));
        assertEquals(.3, new Distribution.Values(List.of(.1, .3, .5)).quantile(.5));
    }

    @Test
    void jointDrawsAreTakenInProportionToTheirWeight() {
        List<Axis> axes = List.of(new Axis("a", "1", "", 0, 9, false, 0), new Axis("b", "1", "", 0, 9, false, 0));
        Factor joint = new Factor.Joint(
                "posterior", axes, List.of(new double[] {1, 2}, new double[] {3, 4}), new double[] {.25, 1});
        double[] values = new double[2];
        int first = 0;
        for (int i = 0; i < 100; i++) {
            joint.values((i + .5) / 100, values, 0);
            assertEquals(values[0] + 1, values[1], "values of one draw stay together");
            first += values[0] == 1 ? 1 : 0;
        }
        assertEquals(25, first);
        joint.values(1, values, 0);
        assertEquals(3, values[0]);
    }

    @Test
    void valuesHaveTheDecimalsWithWhichTheyAreWritten() {
        Axis axis = new Axis("a", "1", "", 0.123456789, 0.6, false, Axis.decimals(0.123456789, 0.6, 0.6 - 0.123456789));
        assertEquals(9, axis.decimals());
        assertEquals(0.123456789, axis.rounded(0.1));
        assertEquals(0.3, axis.rounded(0.3000000001));
        assertEquals(0, Axis.decimals(0, 5e9, 5e9));
        assertEquals(7, Axis.decimals(0, .6, .6));
    }
}
