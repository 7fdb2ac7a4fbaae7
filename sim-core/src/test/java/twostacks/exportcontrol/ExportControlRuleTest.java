package twostacks.exportcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class ExportControlRuleTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("export-control-rule.csv")
                .check("available", 1e-15, a -> ExportControlRule.available(a[0] == 1, a[1], a[2] == 1, a[3]))
                .check("adapt", 1e-15, a -> ExportControlRule.adapt(a[0], a[1], a[2], a[3], a[4]))
                .check("secondary", a -> ExportControlRule.secondary(a[0], a[1], a[2]))
                .check("exposure", 1e-16, a -> ExportControlRule.exposure(a[0]))
                .holdsNothingElse();
    }

    @Test
    void anAdaptivePowerStaysWithinItsBounds() {
        double added = 0;
        for (int month = 0; month < 100; month++) {
            added = ExportControlRule.adapt(added, 0, 3, 9, .1);
            assertTrue(added <= 1);
        }
        assertEquals(1, added);
        for (int month = 0; month < 100; month++) {
            added = ExportControlRule.adapt(added, 10, 3, 9, .1);
            assertTrue(added >= -1);
        }
        assertEquals(-1, added);
    }
}
