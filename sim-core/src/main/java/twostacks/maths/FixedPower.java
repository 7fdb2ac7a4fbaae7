package twostacks.maths;

/**
 * Powers x^y with one exponent, 0 &lt; y ≤ 1, for many x: of the nearest number in a table, and the binomial series for what
 * is left of x. Exact to a relative 10^−14, and quicker than {@link DetMath#pow}.
 */
public final class FixedPower {
    private static final int STEP_BITS = 6;
    private static final int SHIFT = 52 - STEP_BITS;
    /** The table reaches from 2^LEAST to 2^MOST. */
    private static final int LEAST = -24;

    private static final int MOST = 8;
    private static final int STEPS = MOST - LEAST << STEP_BITS;
    private static final int ORIGIN = 1023 + LEAST << STEP_BITS;

    private final double exponent;
    /** By step of 1/64 of a power of two: the power of its middle, and next to it 1 over its middle. */
    private final double[] table = new double[2 * STEPS];

    private final double second;
    private final double third;
    private final double fourth;
    private final double fifth;

    /**
     * A table.
     *
     * @param exponent y, in (0, 1]
     */
    public FixedPower(double exponent) {
        this.exponent = exponent;
        for (int i = 0; i < STEPS; i++) {
            double middle = Double.longBitsToDouble(((long) (ORIGIN + i) << SHIFT) + (1L << SHIFT - 1));
            table[2 * i] = DetMath.pow(middle, exponent);
            table[2 * i + 1] = 1 / middle;
        }
        second = (exponent - 1) / 2;
        third = (exponent - 2) / 3;
        fourth = (exponent - 3) / 4;
        fifth = (exponent - 4) / 5;
    }

    /**
     * x^y.
     *
     * @param x base, ≥ 0
     * @return its power
     */
    public double of(double x) {
        int step = (int) (Double.doubleToRawLongBits(x) >>> SHIFT) - ORIGIN;
        if (step < 0 || step >= STEPS) {
            return DetMath.pow(x, exponent);
        }
        double power = table[2 * step];
        double r = x * table[2 * step + 1] - 1;
        return power + power * (exponent * r * (1 + second * r * (1 + third * r * (1 + fourth * r * (1 + fifth * r)))));
    }
}
