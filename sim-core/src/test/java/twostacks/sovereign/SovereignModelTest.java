package twostacks.sovereign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class SovereignModelTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("sovereign-model.csv")
                .check("capability", 1e-13, a -> SovereignModel.capability(a[0], a[1], a[2], a[3], a[4]))
                .check("capacity", a -> SovereignModel.capacity(a[0], a[1]))
                .holdsNothingElse();
    }

    @Test
    void withoutOpenWeightsOnlyIndigenousCapabilityIsLeft() {
        assertEquals(12, SovereignModel.capability(Double.NEGATIVE_INFINITY, 15, .5, .5, 12));
    }
}
