package twostacks.population;

import twostacks.maths.DetMath;

/**
 * Bounds of a power x^ρ, 0 &lt; ρ ≤ 1, from a table over x in steps of 1/64 of a power of two. A draw that they decide
 * needs no exact power.
 */
final class PowerBound {
    private static final int STEP_BITS = 6;
    /** The table reaches from 2^LEAST to 2^MOST. */
    private static final int LEAST = -24;

    private static final int MOST = 8;
    private static final int STEPS = MOST - LEAST << STEP_BITS;
    private static final int SHIFT = 52 - STEP_BITS;
    private static final int ORIGIN = 1023 + LEAST << STEP_BITS;
    /** More than the relative error of {@link DetMath#pow}. */
    private static final double SLACK = 1e-12;

    /** At {@link #at} the lower bound, next to it the upper one; before the table's first step, from 0, and after its last,
     *  to infinity. */
    final double[] bounds = new double[2 * (STEPS + 2)];

    PowerBound(double rho) {
        for (int i = 0; i <= STEPS; i++) {
            double power = DetMath.pow(Double.longBitsToDouble((long) (ORIGIN + i) << SHIFT), rho);
            bounds[2 * i + 1] = power * (1 + SLACK);
            bounds[2 * i + 2] = power * (1 - SLACK);
        }
        bounds[2 * STEPS + 3] = Double.POSITIVE_INFINITY;
    }

    /**
     * Where the bounds of a number's power stand.
     *
     * @param x not negative
     * @return place of the lower bound
     */
    static int at(double x) {
        int step = (int) (Double.doubleToRawLongBits(x) >>> SHIFT) - (ORIGIN - 1);
        return 2 * Math.max(0, Math.min(STEPS + 1, step));
    }
}
