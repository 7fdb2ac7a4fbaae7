package twostacks.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import twostacks.maths.DetMath;
import twostacks.random.Draws;
import twostacks.support.ExpectedTable;

final class IncidentsTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("incidents.csv")
                .check("securityRate", a -> Incidents.securityRate(a[0], a[1], a[2], a[3]))
                .check("misuseRate", a -> Incidents.misuseRate(a[0], a[1], a[2], a[3], a[4]))
                .check("count", a -> Incidents.count(a[0], a[1]))
                .holdsNothingElse();
    }

    @Test
    void countsArePoisson() {
        for (double rate : new double[] {.02, .7, 4, 30, 49.9, 50.1, 90, 1000}) {
            PoissonDistribution poisson = new PoissonDistribution(rate);
            int draws = rate > 50 ? 20_000 : 100_000;
            int[] seen = new int[2000];
            for (int i = 0; i < draws; i++) {
                seen[Incidents.count(rate, Draws.unit(Draws.bits(Double.doubleToLongBits(rate), i)))]++;
            }
            double chi = 0;
            int cells = 0;
            double restExpected = 0;
            int restSeen = 0;
            for (int n = 0; n < seen.length; n++) {
                double expected = draws * poisson.probability(n);
                if (expected >= 10) {
                    chi += (seen[n] - expected) * (seen[n] - expected) / expected;
                    cells++;
                } else {
                    restExpected += expected;
                    restSeen += seen[n];
                }
            }
            if (restExpected > 5) {
                chi += (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
                cells++;
            }
            double p = 1 - new ChiSquaredDistribution(cells - 1).cumulativeProbability(chi);
            assertTrue(p > 1e-4, "rate " + rate + ": p = " + p);
        }
    }

    @Test
    void aHigherRateNeverGivesFewerUnderTheSameDraw() {
        for (int i = 0; i < 64; i++) {
            double uniform = i < 60 ? Draws.unit(Draws.bits(5, i)) : 1 - Math.pow(2, -10.0 * (i - 59));
            int before = 0;
            for (double rate = 0; rate < 70; rate = rate * 1.005 + 1e-3) {
                int count = Incidents.count(rate, uniform);
                assertTrue(count >= before, "rate " + rate + ", draw " + uniform);
                before = count;
            }
        }
    }

    @Test
    void noDrawHoweverNearOneMakesAbsurdCounts() {
        for (double rate = 1e-6; rate < 400; rate *= 1.07) {
            int count = Incidents.count(rate, Math.nextDown(1.0));
            assertTrue(count <= rate + 12 * Math.sqrt(rate) + 30, "rate " + rate + " gave " + count);
            assertTrue(count > rate, "rate " + rate + " gave " + count);
        }
    }

    @Test
    void aDrawThatACountsProbabilityReachesIsTheNextCounts() {
        for (double rate : new double[] {.01, .3, 1, 20}) {
            double none = DetMath.exp(-rate);
            assertEquals(1, Incidents.count(rate, none));
            assertEquals(0, Incidents.count(rate, Math.nextDown(none)));
        }
    }

    @Test
    void withoutARateNothingHappens() {
        assertEquals(0, Incidents.count(0, Math.nextDown(1.0)));
    }
}
