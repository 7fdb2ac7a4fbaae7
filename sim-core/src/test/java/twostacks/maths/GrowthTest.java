package twostacks.maths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class GrowthTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("growth.csv")
                .check("slowing", a -> Growth.slowing(a[0], a[1], a[2]))
                .holdsNothingElse();
    }

    @Test
    void aSlowingTooSmallToMatterChangesNothing() {
        double steady = Growth.slowing(1.3, 0, 7);
        for (double decay = 1e-300; decay < 1e-15; decay *= 10) {
            assertEquals(steady, Growth.slowing(1.3, decay, 7), 1e-13);
        }
    }

    @Test
    void fasterSlowingNeverGrowsMore() {
        double before = Double.POSITIVE_INFINITY;
        for (double decay = 1e-8; decay < 5; decay *= 1.1) {
            double grown = Growth.slowing(1.3, decay, 7);
            assertTrue(grown < before);
            before = grown;
        }
    }
}
