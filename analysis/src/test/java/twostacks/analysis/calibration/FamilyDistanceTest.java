package twostacks.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
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
        return FamilyDistance.of(targets(), List.of("f", "f", "f", "f"), Map.of("f", 2.0), used);
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

    @Test
    void whatIsHeldOutDoesNotCount() {
        FamilyDistance held = distance(true, true, true, false);
        assertEquals(3, held.count());
        assertEquals(0, held.of(new double[] {0.1, 0.2, 0.4, 0.9}), 1e-12);
    }
}
