package twostacks.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import twostacks.analysis.calibration.PointFit.Point;

/** The search for a point on functions whose least value is known. */
final class PointFitTest {
    private static final List<Prior> PRIORS =
            List.of(new Prior("a", 0, 10), new Prior("b", -1, 1), new Prior("c", 100, 200));
    private static final Simulator ITSELF =
            requests -> requests.stream().map(Simulator.Request::parameters).toList();

    /** Draws of the prior, which the simulator gives back as they are. */
    private static final List<double[]> DRAWN =
            IntStream.range(0, 20).mapToObj(i -> AbcSmc.fromPrior(PRIORS, 5, i)).toList();

    private static Point search(Distance distance, int evaluations, int keep) {
        return PointFit.search(PRIORS, ITSELF, distance, DRAWN, DRAWN, 0, evaluations, keep, 3);
    }

    private static double bowl(double[] x) {
        double a = (x[0] - 7) / 10;
        double b = (x[1] + 0.4) / 2;
        double c = (x[2] - 120) / 100;
        return a * a + b * b + c * c + 0.5 * a * b;
    }

    @Test
    void findsTheBottomOfABowl() {
        Point point = search(PointFitTest::bowl, 60, 1);
        assertEquals(7, point.parameters()[0], 0.05);
        assertEquals(-0.4, point.parameters()[1], 0.01);
        assertEquals(120, point.parameters()[2], 0.5);
        assertEquals(60, point.evaluations());
    }

    @Test
    void staysWithinThePriors() {
        Point point = search(x -> -x[0] - x[1], 60, 1);
        assertEquals(10, point.parameters()[0], 0.2);
        assertTrue(point.parameters()[1] <= 1 && point.parameters()[1] > 0.9);
    }

    @Test
    void neverEndsFartherThanTheNearestThatWasKnown() {
        double least = DRAWN.stream().mapToDouble(PointFitTest::bowl).min().orElseThrow();
        assertEquals(least, search(PointFitTest::bowl, 1, 1).distance(), 1e-12);
        assertTrue(search(PointFitTest::bowl, 4, 1).distance() <= least);
    }

    /** Nothing that a quadratic could be: the distance has a kink, and the figures are bent, with noise. */
    @Test
    void comesNearTheBottomOfWhatNoQuadraticFits() {
        Simulator bent = requests -> requests.stream()
                .map(r -> {
                    double[] x = r.parameters();
                    double noise = new Well19937c(Arrays.hashCode(x)).nextGaussian();
                    return new double[] {
                        Math.exp(x[0] / 5) + 0.05 * noise, Math.tanh(3 * x[1]) + 0.02 * noise, Math.sqrt(x[2]) * x[0]
                    };
                })
                .toList();
        double[] truth = {7, -0.4, 120};
        double[] observed = {Math.exp(7 / 5.0), Math.tanh(-1.2), Math.sqrt(120) * 7};
        Distance kinked =
                f -> Math.abs(f[0] - observed[0]) + Math.abs(f[1] - observed[1]) + Math.abs(f[2] - observed[2]) / 20;
        List<double[]> drawn = IntStream.range(0, 60)
                .mapToObj(i -> AbcSmc.fromPrior(PRIORS, 5, i))
                .toList();
        List<double[]> gave = drawn.stream()
                .map(x -> bent.simulate(List.of(new Simulator.Request(x, 1))).get(0))
                .toList();
        Point point = PointFit.search(PRIORS, bent, kinked, drawn, gave, 0, 80, 10, 3);
        double[] mean = point.mean();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    PRIORS.get(i).place(truth[i]),
                    PRIORS.get(i).place(mean[i]),
                    0.05,
                    PRIORS.get(i).name());
        }
    }

    @Test
    void theNearestPointsBeginWithTheBestAndLieAroundIt() {
        Point point = search(PointFitTest::bowl, 60, 20);
        assertEquals(20, point.nearest().size());
        assertArrayEquals(point.parameters(), point.nearest().get(0));
        double before = 0;
        for (double[] near : point.nearest()) {
            assertTrue(bowl(near) >= before, "ascending distance");
            before = bowl(near);
        }
        assertTrue(bowl(point.mean()) <= before, "a bowl is lower at the mean than at the worst of them");
    }
}
