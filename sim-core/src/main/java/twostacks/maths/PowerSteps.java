package twostacks.maths;

/**
 * Steps of 1/64 of a power of two, from 2^−24 to 2^8: where tables over a positive number have their entries. A number's
 * step is in its bits.
 */
public final class PowerSteps {
    private static final int BITS = 6;
    private static final int LEAST = -24;
    private static final int MOST = 8;
    private static final int SHIFT = 52 - BITS;
    private static final int ORIGIN = 1023 + LEAST << BITS;

    /** Number of steps. */
    public static final int COUNT = MOST - LEAST << BITS;

    private PowerSteps() {}

    /**
     * The step that a number lies in.
     *
     * @param x not negative
     * @return the step; less than 0 below the first, {@link #COUNT} or more beyond the last
     */
    public static int of(double x) {
        return (int) (Double.doubleToRawLongBits(x) >>> SHIFT) - ORIGIN;
    }

    /**
     * Where a step begins.
     *
     * @param step step, {@link #COUNT} for the end of the last
     * @return the least number in it
     */
    public static double start(int step) {
        return Double.longBitsToDouble((long) (ORIGIN + step) << SHIFT);
    }

    /**
     * The middle of a step.
     *
     * @param step step
     * @return the number half-way to the next step
     */
    public static double middle(int step) {
        return Double.longBitsToDouble(((long) (ORIGIN + step) << SHIFT) + (1L << SHIFT - 1));
    }
}
