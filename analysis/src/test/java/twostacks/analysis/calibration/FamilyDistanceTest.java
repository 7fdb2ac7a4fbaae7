package twostacks.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Target;

/** Distances by hand. */
final class FamilyDistanceTest {
    private static final double[] OBSERVED = {0.1, 0.2, 0.4, 0.3};

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (double observed : OBSERVED) {
            targets.add(new Target("T", "USA", "", 0, 0, "m", observed, Double.NaN, Double.NaN, "high"));
        }
        return targets;
    }

    private static FamilyDistance distance(boolean... used) {
        return FamilyDistance.of(targets(), List.of("f", "f", "f", "f"), Map.of("f", 2.0), Map.of(), Map.of(), used);
    }

    @Test
    void meetingEverythingIsNoDistance() {
        assertEquals(0, distance(true, true, true, true).of(OBSERVED), 1e-12);
    }

    @Test
    void predictingTheMedianIsADistanceOfOne() {
        double median = (Scorecard.stretched(0.2) + Scorecard.stretched(0.3)) / 2;
        double share = Math.sin(median) * Math.sin(median);
        assertEquals(1, distance(true, true, true, true).of(new double[] {share, share, share, share}), 1e-9);
    }

    /** Three nations, each seen in some half-years; figures of the first, then of the second, and so on. */
    private static FamilyDistance growth(double... observed) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < observed.length; i++) {
            int first = 6 * (i / 3);
            String nation = List.of("USA", "IND", "BRA").get(i % 3);
            targets.add(new Target(
                    "T" + i, nation, "", first, first + 5, "m", observed[i], Double.NaN, Double.NaN, "high"));
        }
        Map<String, Double> income = Map.of("USA", 11.0, "IND", 8.0, "BRA", 9.0);
        boolean[] all = new boolean[observed.length];
        Arrays.fill(all, true);
        return FamilyDistance.of(
                targets, Collections.nCopies(observed.length, "f"), Map.of(), Map.of("f", 1.0), income, all);
    }

    @Test
    void growingAsObservedFromOtherLevelsIsNoDistanceOfGrowth() {
        assertEquals(
                0, growth(0.4, 0.1, 0.2, 0.44, 0.12, 0.25).of(new double[] {0.2, 0.2, 0.4, 0.22, 0.24, 0.5}), 1e-12);
    }

    @Test
    void predictingTheLastValueIsADistanceOfGrowthOfOne() {
        assertEquals(1, growth(0.4, 0.1, 0.2, 0.44, 0.12, 0.25).of(new double[] {0.3, 0.1, 0.2, 0.3, 0.1, 0.2}), 1e-12);
    }

    @Test
    void growingInTheWrongOneOfTwoPeriodsIsADistanceOfGrowth() {
        FamilyDistance distance = growth(0.4, 0.1, 0.2, 0.4, 0.1, 0.2, 0.44, 0.11, 0.22);
        assertEquals(0, distance.of(new double[] {0.4, 0.1, 0.2, 0.4, 0.1, 0.2, 0.44, 0.11, 0.22}), 1e-12);
        assertEquals(2, distance.of(new double[] {0.4, 0.1, 0.2, 0.44, 0.11, 0.22, 0.44, 0.11, 0.22}), 1e-9);
    }

    @Test
    void growthThatOneThirdOvershootsCountsByThatThird() {
        // ln 1.1 everywhere, but ln 1.21 in the third of the highest income
        assertEquals(
                1 / 3.0,
                growth(0.4, 0.1, 0.2, 0.44, 0.11, 0.22).of(new double[] {0.4, 0.1, 0.2, 0.484, 0.11, 0.22}),
                1e-9);
    }

    @Test
    void whatIsHeldOutDoesNotCount() {
        FamilyDistance held = distance(true, true, true, false);
        assertEquals(3, held.count());
        assertEquals(0, held.of(new double[] {0.1, 0.2, 0.4, 0.9}), 1e-12);
    }
}
