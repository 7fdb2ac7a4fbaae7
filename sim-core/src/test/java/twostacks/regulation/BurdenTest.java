package twostacks.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class BurdenTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("burden.csv")
                .check("next", 1e-14, a -> Burden.next(a[0], a[1], a[2], a[3], a[4]))
                .holdsNothingElse();
    }

    @Test
    void steadyPolicySettlesAtPolicyOverDecay() {
        double burden = 0;
        for (int month = 0; month < 2000; month++) {
            burden = Burden.next(burden, .02, .1, 0, .003);
        }
        assertEquals(.15, burden, 1e-12);
    }
}
