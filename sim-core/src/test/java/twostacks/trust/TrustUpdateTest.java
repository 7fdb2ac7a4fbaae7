package twostacks.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.random.Draws;
import twostacks.support.ExpectedTable;

final class TrustUpdateTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("trust-update.csv")
                .check("next", 1e-15, a -> TrustUpdate.next(a[0], a[1], a[2], a[3], a[4], a[5], a[6]))
                .check("anchor", a -> TrustUpdate.anchor(a[0], a[1], a[2], a[3], a[4], a[5]))
                .check("effective", a -> TrustUpdate.effective(a[0], a[1]))
                .check("decayed", a -> TrustUpdate.decayed(a[0], a[1]))
                .holdsNothingElse();
    }

    @Test
    void trustStaysWithinTheUnitIntervalWhateverPulls() {
        for (int c = 0; c < 100_000; c++) {
            double[] u = new double[7];
            for (int i = 0; i < 7; i++) {
                double x = Draws.unit(Draws.bits(77, 7L * c + i));
                u[i] = x < .1 ? 0 : x > .9 ? 1 : x;
            }
            double next = TrustUpdate.next(u[0], u[1], u[2], u[3], u[4], u[5], u[6]);
            assertTrue(next >= 0 && next <= 1);
        }
    }

    @Test
    void withTheAnchorAloneTrustApproachesItAtItsRate() {
        double trust = .9;
        for (int month = 0; month < 36; month++) {
            trust = TrustUpdate.next(trust, .4, .03, 0, 0, .7, 0);
        }
        assertEquals(.4 + .5 * Math.pow(.97, 36), trust, 1e-13);
    }

    @Test
    void aShockLosesHalfOfItselfInItsHalfLife() {
        double shock = 1;
        for (int month = 0; month < 12; month++) {
            shock = TrustUpdate.decayed(shock, 12);
        }
        assertEquals(.5, shock, 1e-14);
    }

    @Test
    void aGreaterShockNeverLeavesMoreTrust() {
        for (double trust = 0; trust <= 1; trust += 1 / 64.0) {
            double before = trust;
            for (double shock = 0; shock <= 60; shock += .25) {
                double seen = TrustUpdate.effective(trust, shock);
                assertTrue(seen <= before + 1e-15 && seen >= 0);
                before = seen;
            }
        }
    }

    @Test
    void withoutAShockTrustIsSeenAsItIs() {
        for (double trust = 0; trust <= 1; trust += 1 / 1024.0) {
            assertEquals(trust, TrustUpdate.effective(trust, 0));
        }
    }
}
