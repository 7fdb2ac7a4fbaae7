package twostacks.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class CapabilityGrowthTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("capability-growth.csv")
                .check("own", a -> CapabilityGrowth.own(a[0], a[1], a[2], a[3], a[4], a[5]))
                .check("rivalry", a -> CapabilityGrowth.rivalry(a[0], a[1], a[2]))
                .check("catchUp", a -> CapabilityGrowth.catchUp(a[0], a[1], a[2], a[3], a[4]))
                .holdsNothingElse();
    }

    @Test
    void aLagDecaysByItsCatchUpWhenDriftIsEqual() {
        double leader = 50;
        double laggard = 30;
        for (int month = 0; month < 24; month++) {
            double learnt = CapabilityGrowth.catchUp(.12, 1, laggard, leader, 0);
            leader += 2;
            laggard += 2 + learnt;
        }
        assertEquals(20 * Math.pow(.88, 24), leader - laggard, 1e-10);
    }

    @Test
    void aLabWithLessComputeSettlesWhereTheoryPutsIt() {
        double leader = 50;
        double laggard = 50;
        double step = CapabilityGrowth.own(24, 1, .3, 1, 0, 0);
        for (int month = 0; month < 400; month++) {
            double learnt = CapabilityGrowth.catchUp(.12, 1, laggard, leader, 0);
            leader += step;
            laggard += CapabilityGrowth.own(24, .11, .3, 1, 0, 0) + learnt;
        }
        double months = (leader - laggard) / step;
        assertEquals((1 - Math.pow(.11, .3)) / .12, months, 1e-9);
        assertTrue(months > 3.9 && months < 4.1);
    }

    @Test
    void nobodyLearnsPastTheRivalLearntFrom() {
        for (double factor = 0; factor <= 20; factor += .5) {
            double q = 40 + CapabilityGrowth.catchUp(.19, factor, 40, 55, 60);
            assertTrue(q <= 60);
            assertEquals(0, CapabilityGrowth.catchUp(.19, factor, 70, 55, 60));
        }
    }
}
