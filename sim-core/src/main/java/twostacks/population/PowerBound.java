package twostacks.population;

import twostacks.maths.DetMath;
import twostacks.maths.PowerSteps;

/**
 * Bounds of a power x^ρ, 0 &lt; ρ ≤ 1, from a table over the {@linkplain PowerSteps steps} of x. A draw that they decide
 * needs no exact power.
 */
final class PowerBound {
    /** More than the relative error of {@link DetMath#pow}. */
    private static final double SLACK = 1e-12;

    /** At {@link #at} the lower bound, next to it the upper one; before the table's first step, from 0, and after its last,
     *  to infinity. */
    final double[] bounds = new double[2 * (PowerSteps.COUNT + 2)];

    PowerBound(double rho) {
        for (int i = 0; i <= PowerSteps.COUNT; i++) {
            double power = DetMath.pow(PowerSteps.start(i), rho);
            bounds[2 * i + 1] = power * (1 + SLACK);
            bounds[2 * i + 2] = power * (1 - SLACK);
        }
        bounds[2 * PowerSteps.COUNT + 3] = Double.POSITIVE_INFINITY;
    }

    /**
     * Where the bounds of a number's power stand.
     *
     * @param x not negative
     * @return place of the lower bound
     */
    static int at(double x) {
        return 2 * Math.max(0, Math.min(PowerSteps.COUNT + 1, PowerSteps.of(x) + 1));
    }
}
