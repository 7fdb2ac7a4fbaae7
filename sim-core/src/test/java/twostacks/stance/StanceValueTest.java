package twostacks.stance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.policy.StancePosition;
import twostacks.support.ExpectedTable;

final class StanceValueTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("stance-value.csv")
                .check(
                        "of",
                        1e-13,
                        a -> StanceValue.of(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], stance(a[10])))
                .check("policyTerm", a -> StanceValue.policyTerm(stance(a[0]), a[1], (int) a[2], a[3] == 1, a[4], a[5]))
                .check("cutOffRisk", a -> StanceValue.cutOffRisk(a[0], a[1], a[2], a[3], a[4]))
                .holdsNothingElse();
    }

    private static StancePosition stance(double number) {
        return StancePosition.values()[(int) number];
    }

    @Test
    void cutOffRiskNeverLeavesTheUnitIntervalAndDecaysToItsFloor() {
        double risk = .05;
        for (int month = 0; month < 50; month++) {
            risk = StanceValue.cutOffRisk(risk, .05, .03, .6, 1);
            assertTrue(risk > .05 && risk <= 1);
        }
        for (int month = 0; month < 1000; month++) {
            risk = StanceValue.cutOffRisk(risk, .05, .03, .6, 0);
        }
        assertEquals(.05, risk, 1e-12);
    }

    @Test
    void thePolicyTermIsItsOwnMirrorImage() {
        for (StancePosition stance : StancePosition.values()) {
            for (int sign = -1; sign <= 1; sign++) {
                assertEquals(
                        StanceValue.policyTerm(stance, 3, sign, false, .4, .3),
                        StanceValue.policyTerm(stance.mirrored(), 3, -sign, false, .4, .3));
            }
        }
    }
}
