package twostacks.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class ConsiderationTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("consideration.csv")
                .check("hazard", a -> Consideration.hazard(a[0], a[1], a[2], a[3], a[4], a[5], a[6]))
                .check("next", a -> Consideration.next(a[0], a[1]))
                .check("readiness", 1e-15, a -> Consideration.readiness(a[0]))
                .holdsNothingElse();
    }

    @Test
    void bassInDiscreteTimeIsAsInTheDescription() {
        double share = 0;
        double[] at = new double[61];
        for (int month = 1; month <= 60; month++) {
            share = Consideration.next(share, Consideration.hazard(.01, 1, .1, .5, share, share, 0));
            at[month] = share;
        }
        assertEquals(.189551, at[12], 5e-7);
        assertEquals(.819641, at[36], 5e-7);
        assertEquals(.986729, at[60], 5e-7);
    }

    @Test
    void bassInShortStepsIsItsClosedForm() {
        double p = .01;
        double q = .1;
        int steps = 10_000;
        double share = 0;
        for (int step = 0; step < 12 * steps; step++) {
            share = Consideration.next(share, Consideration.hazard(p / steps, 1, q / steps, 0, share, 0, 0));
        }
        double e = Math.exp(-(p + q) * 12);
        assertEquals((1 - e) / (1 + q / p * e), share, 1e-5);
    }

    @Test
    void shareNeverFallsNorPassesOne() {
        for (double share = 0; share <= 1; share += 1 / 64.0) {
            for (double hazard = 0; hazard <= 1; hazard += 1 / 64.0) {
                double next = Consideration.next(share, hazard);
                assertTrue(next >= share && next <= 1);
            }
        }
    }
}
