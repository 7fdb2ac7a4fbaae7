package twostacks.analysis.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import twostacks.analysis.discovery.Condition.Operand;

final class ReversalTest {
    private static final Condition CLAIM =
            Condition.parse("y > 1", new Condition.Names(List.of("y"), List.of(), List.of("none")));
    private static final Operand Y = new Operand("y", "");

    private static List<Reversal.Parameter> parameters(int k) {
        List<Reversal.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            parameters.add(new Reversal.Parameter("x" + i, 0, 10, 5, 6));
        }
        return parameters;
    }

    private static Map<Operand, double[]> outcomes(double y) {
        return Map.of(Y, new double[] {y - .01, y + .01, y});
    }

    private static Reversal reversal(int k, int points, ToDoubleFunction<double[]> f) {
        Reversal reversal = new Reversal(CLAIM, parameters(k), 1);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        for (int i = 0; i < points; i++) {
            double[] x = random.doubles(k, 0, 10).toArray();
            reversal.observe(x, outcomes(f.applyAsDouble(x)));
        }
        return reversal;
    }

    /** The distance of a point from a plane a·z = c is c/|a|; a parameter that does nothing stays where it is. */
    @Test
    void theNearestPointOfAPlaneIsFound() {
        ToDoubleFunction<double[]> plane = x -> 3 + .2 * (x[0] - 5) - .4 * (x[1] - 5);
        Reversal.Result result = reversal(4, 40, plane).search(x -> outcomes(plane.applyAsDouble(x)), 80);
        assertTrue(result.start().holds());
        assertEquals(2, result.start().margin(), 1e-9);
        Reversal.Trial found = result.found();
        assertTrue(found.reversed());
        double nearest = 2 / Math.hypot(2, 4); // a as a change over the whole range
        assertEquals(nearest, found.distance(), .02 * nearest);
        assertTrue(found.distance() < result.nearestInSweep());
        assertEquals(5, found.values()[2]);
        assertEquals(5, found.values()[3]);
        assertEquals(1, result.skills().get(Y), 1e-6);
    }

    /** Below a parabola's vertex to the one side, far off to the other. */
    @Test
    void aBentBorderWithALuckyStartOnItsFarSideIsFoundAtItsNearSide() {
        ToDoubleFunction<double[]> bent = x -> {
            double a = (x[0] - 5) / 10;
            double b = (x[1] - 5) / 10;
            return 2 - 8 * a * a - (b > 0 ? 6 * b : 2 * b);
        };
        Reversal.Result result = reversal(2, 60, bent).search(x -> outcomes(bent.applyAsDouble(x)), 80);
        assertTrue(result.found().reversed());
        assertEquals(1. / 6, result.found().distance(), .01);
    }

    @Test
    void whatNothingReversesIsSaidSo() {
        ToDoubleFunction<double[]> high = x -> 3 + .1 * Math.sin(x[0]);
        Reversal.Result result = reversal(2, 30, high).search(x -> outcomes(high.applyAsDouble(x)), 40);
        assertNull(result.found());
        assertTrue(result.start().holds());
        assertEquals(Double.NaN, result.nearestInSweep());
    }

    @Test
    void aClaimThatDoesNotHoldHasNothingToReverse() {
        Reversal.Result result = reversal(2, 30, x -> x[0]).search(x -> outcomes(.5), 40);
        assertFalse(result.start().holds());
        assertNull(result.found());
        assertEquals(1, result.trials().size());
    }

    @Test
    void noMoreIsEvaluatedThanAllowedAndNothingTwice() {
        ToDoubleFunction<double[]> plane = x -> 3 - .3 * (x[0] - 5) - .1 * (x[1] - 5);
        List<List<Double>> asked = new ArrayList<>();
        reversal(3, 20, plane)
                .search(
                        x -> {
                            asked.add(java.util.Arrays.stream(x).boxed().toList());
                            return outcomes(plane.applyAsDouble(x));
                        },
                        7);
        assertTrue(asked.size() <= 7);
        assertEquals(asked.size(), asked.stream().distinct().count());
    }

    /** The jackknife of a mean is its standard error: of 0.99, 1.01 and 1 it is 0.01/√3. */
    @Test
    void theErrorOfAMarginIsThatOfItsReplicates() {
        Reversal.Trial trial = reversal(1, 0, x -> 0).judge("start", new double[] {5}, outcomes(1));
        assertEquals(.01 / Math.sqrt(3), trial.error(), 1e-12);
        assertEquals(4.302653 * trial.error(), trial.halfWidth(.95), 1e-6);
        assertEquals(0, trial.distance());
    }
}
