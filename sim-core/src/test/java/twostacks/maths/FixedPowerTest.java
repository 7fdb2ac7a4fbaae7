package twostacks.maths;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import twostacks.random.Draws;

class FixedPowerTest {
    @Test
    void powersAreThoseOfTheStandardLibraryToARelativeError() {
        for (double exponent : new double[] {1e-3, .1, .5, .7, .99, 1}) {
            FixedPower power = new FixedPower(exponent);
            double worst = 0;
            for (int i = 0; i < 200_000; i++) {
                double x = StrictMath.pow(2, -40 + 60 * Draws.unit(Draws.bits(7, i)));
                double expected = StrictMath.pow(x, exponent);
                worst = Math.max(worst, Math.abs(power.of(x) / expected - 1));
            }
            assertEquals(0, worst, 1e-14, "exponent " + exponent);
        }
    }

    @Test
    void powersGrowFromStepToStepOfTheTable() {
        FixedPower power = new FixedPower(.4);
        for (double x = 0x1p-24; x < 0x1p8; x += x / 64) {
            assertEquals(1, power.of(x) / power.of(Math.nextDown(x)), 1e-14, "at " + x);
        }
    }

    @Test
    void whatTheTableDoesNotReachIsStillRaised() {
        FixedPower power = new FixedPower(.5);
        assertEquals(0, power.of(0));
        assertEquals(1e-20, power.of(1e-40), 1e-35);
        assertEquals(1e20, power.of(1e40), 1e5);
        assertEquals(Math.sqrt(Double.MIN_VALUE), power.of(Double.MIN_VALUE), 1e-174);
        assertEquals(Double.POSITIVE_INFINITY, power.of(Double.POSITIVE_INFINITY));
    }
}
