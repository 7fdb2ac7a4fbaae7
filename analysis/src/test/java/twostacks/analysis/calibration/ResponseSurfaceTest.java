package twostacks.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import twostacks.analysis.hindcast.Scorecard;

/** Response surfaces through functions that are known. */
final class ResponseSurfaceTest {
    private static final List<Prior> PRIORS = List.of(new Prior("a", 0, 10), new Prior("b", -1, 1));

    private static List<double[]> points(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> AbcSmc.fromPrior(PRIORS, 5, i))
                .toList();
    }

    private static double[] equally(List<double[]> points) {
        return points.stream().mapToDouble(x -> 1).toArray();
    }

    private static double curve(double[] x) {
        return 20 + 3 * x[0] - 8 * x[1] + 0.2 * x[0] * x[0] - x[0] * x[1];
    }

    @Test
    void aQuadraticIsMetBetweenThePoints() {
        List<double[]> points = points(200);
        ResponseSurface surface = new ResponseSurface(
                PRIORS,
                points,
                points.stream().map(x -> new double[] {curve(x)}).toList(),
                equally(points));
        for (double[] x : List.of(new double[] {5, 0}, new double[] {2, -.5}, new double[] {9, .9})) {
            assertEquals(curve(x), surface.at(x)[0], 1.5, "shrunk a little: the range is 60");
        }
    }

    @Test
    void aShareStaysAShare() {
        List<double[]> points = points(100);
        List<double[]> figures = new ArrayList<>();
        for (double[] x : points) {
            figures.add(new double[] {Scorecard.squeezed(0.1 + 0.14 * x[0])});
        }
        ResponseSurface surface = new ResponseSurface(PRIORS, points, figures, equally(points));
        for (double[] x : points(50)) {
            double share = surface.at(x)[0];
            assertTrue(share >= 0 && share <= 1);
            assertEquals(Scorecard.squeezed(0.1 + 0.14 * x[0]), share, 0.03);
        }
    }

    @Test
    void whatIsMissingSomewhereHasNoSurface() {
        List<double[]> points = points(20);
        List<double[]> figures = new ArrayList<>(
                points.stream().map(x -> new double[] {curve(x), x[0]}).toList());
        figures.set(7, new double[] {Double.NaN, 1});
        double[] at = new ResponseSurface(PRIORS, points, figures, equally(points)).at(new double[] {5, 0});
        assertTrue(Double.isNaN(at[0]));
        assertTrue(Math.abs(at[1]) < 1e3);
    }

    @Test
    void pointsWithoutWeightAreNotSeen() {
        List<double[]> points = points(200);
        // A cliff at b = 0: a surface through one side only knows nothing of the other.
        List<double[]> figures = points.stream()
                .map(x -> new double[] {x[1] < 0 ? curve(x) : 1000})
                .toList();
        double[] weight = points.stream().mapToDouble(x -> x[1] < 0 ? 1 : 0).toArray();
        double[] at = {5, -.5};
        assertEquals(curve(at), new ResponseSurface(PRIORS, points, figures, weight).at(at)[0], 1.5);
    }
}
