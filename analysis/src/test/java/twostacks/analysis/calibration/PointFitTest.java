package twostacks.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import twostacks.analysis.calibration.PointFit.Point;

/** The search for a point on functions whose least value is known. */
final class PointFitTest {
    private static final List<Prior> PRIORS =
            List.of(new Prior("a", 0, 10), new Prior("b", -1, 1), new Prior("c", 100, 200));
    private static final Simulator ITSELF =
            requests -> requests.stream().map(Simulator.Request::parameters).toList();

    private static double bowl(double[] x) {
        double a = (x[0] - 7) / 10;
        double b = (x[1] + 0.4) / 2;
        double c = (x[2] - 120) / 100;
        return a * a + b * b + c * c + 0.5 * a * b;
    }

    @Test
    void findsTheBottomOfABowl() {
        Point point = PointFit.search(PRIORS, ITSELF, PointFitTest::bowl, new double[] {1, 0.9, 190}, 0, 400, 1, 3);
        assertEquals(7, point.parameters()[0], 0.05);
        assertEquals(-0.4, point.parameters()[1], 0.01);
        assertEquals(120, point.parameters()[2], 0.5);
        assertEquals(400, point.evaluations());
    }

    @Test
    void staysWithinThePriors() {
        Point point = PointFit.search(PRIORS, ITSELF, x -> -x[0] - x[1], new double[] {5, 0, 150}, 0, 200, 1, 3);
        assertEquals(10, point.parameters()[0], 0.2);
        assertTrue(point.parameters()[1] <= 1 && point.parameters()[1] > 0.9);
    }

    @Test
    void neverEndsFartherThanItBegan() {
        double[] start = {7, -0.4, 120};
        Point point = PointFit.search(PRIORS, ITSELF, PointFitTest::bowl, start, 0, 10, 1, 3);
        assertTrue(point.distance() <= bowl(start) + 1e-12);
    }

    @Test
    void theNearestPointsBeginWithTheBestAndLieAroundIt() {
        Point point = PointFit.search(PRIORS, ITSELF, PointFitTest::bowl, new double[] {1, 0.9, 190}, 0, 400, 20, 3);
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
