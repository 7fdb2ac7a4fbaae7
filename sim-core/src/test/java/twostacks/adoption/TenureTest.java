package twostacks.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class TenureTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("tenure.csv")
                .check("bin", a -> Tenure.bin((int) a[0]))
                .check("lockIn", 1e-15, a -> Tenure.lockIn((int) a[0], a[1]))
                .check("kept", a -> Tenure.kept((int) a[0], a[1]))
                .holdsNothingElse();
    }

    @Test
    void lockInGrowsWithTenureAndNeverPassesOne() {
        for (double time : new double[] {0, .01, 1, 6, 600}) {
            double before = 0;
            for (int months = 0; months <= 2 * Tenure.LONG; months++) {
                double lockIn = Tenure.lockIn(Tenure.bin(months), time);
                assertTrue(lockIn >= before && lockIn <= 1);
                before = lockIn;
            }
        }
    }

    @Test
    void nobodyIsLockedInToWhatWasNeverUsed() {
        assertEquals(0, Tenure.lockIn(Tenure.bin(0), 0));
        assertEquals(0, Tenure.lockIn(Tenure.bin(0), 6));
    }
}
