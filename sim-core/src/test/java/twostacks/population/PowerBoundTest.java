package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.maths.DetMath;
import twostacks.random.Draws;

final class PowerBoundTest {
    @Test
    void thePowerLiesBetweenItsBounds() {
        for (double rho : new double[] {.01, .1, .3, .5, .6, .8, .95, 1}) {
            PowerBound bound = new PowerBound(rho);
            for (int i = 0; i < 100_000; i++) {
                long bits = Draws.bits(3, i);
                boundsHold(bound, Math.scalb(1 + Draws.unit(bits), (int) (bits & 1023) - 512), rho);
            }
        }
    }

    @Test
    void nothingHasThePowerNothing() {
        assertTrue(new PowerBound(.8).bounds[PowerBound.at(0)] == 0);
    }

    @Test
    void theBoundsHoldAtTheJointsOfTheirTables() {
        for (double rho : new double[] {.01, .5, .8, 1}) {
            PowerBound bound = new PowerBound(rho);
            for (int exponent = -1021; exponent <= 1023; exponent += 4) {
                for (int part = 0; part < 64; part++) {
                    double joint = Math.scalb(1 + part / 64.0, exponent);
                    boundsHold(bound, Math.nextDown(joint), rho);
                    boundsHold(bound, joint, rho);
                    boundsHold(bound, Math.scalb(1 + (part + .5) / 64, exponent), rho);
                }
            }
        }
    }

    @Test
    void theBoundsAreCloseWhereTotalsLie() {
        PowerBound bound = new PowerBound(.8);
        for (double x = 1e-6; x < 200; x *= 1.001) {
            int at = PowerBound.at(x);
            assertTrue(bound.bounds[at + 1] < bound.bounds[at] * 1.013, "at " + x);
        }
    }

    private static void boundsHold(PowerBound bound, double x, double rho) {
        double power = DetMath.pow(x, rho);
        int at = PowerBound.at(x);
        assertTrue(bound.bounds[at] <= power && power <= bound.bounds[at + 1], () -> x + " to " + rho);
    }
}
