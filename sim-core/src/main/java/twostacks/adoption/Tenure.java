package twostacks.adoption;

import twostacks.maths.DetMath;

/**
 * Tenure in bins, and the lock-in that grows with it: 1 − e^(−tenure/T).
 *
 * <p>Tenure is the number of months an adopter has used its offer, ≥ 1 at the first review after adopting. On a move over
 * a distance d it becomes ⌊tenure·(1 − d)⌋, so that hops inside a stack keep their lock-in. Bins, in months: 0 (nothing
 * ever used), 1, 2, 3, 4–5, 6–8, 9–12, 13–18, 19–30, 31 and more; lock-in is that of the bin's middle.
 */
public final class Tenure {
    /** Number of bins. */
    public static final int BINS = 10;
    /** Tenure from which on all is one bin. */
    public static final int LONG = 31;

    private static final double[] MIDDLE = {0, 1, 2, 3, 4.5, 7, 10.5, 15.5, 24.5, 48};

    private Tenure() {}

    /**
     * The bin of a tenure.
     *
     * @param months tenure ≥ 0
     * @return bin
     */
    public static int bin(int months) {
        // One less for each bin that has not begun. No table and no branch, so that the compiler makes vectors of
        // loops.
        return BINS
                - 1
                - (months - 1 >>> 31)
                - (months - 2 >>> 31)
                - (months - 3 >>> 31)
                - (months - 4 >>> 31)
                - (months - 6 >>> 31)
                - (months - 9 >>> 31)
                - (months - 13 >>> 31)
                - (months - 19 >>> 31)
                - (months - LONG >>> 31);
    }

    /**
     * Lock-in of a bin.
     *
     * @param bin bin
     * @param time T, months; 0 means at once
     * @return in [0, 1)
     */
    public static double lockIn(int bin, double time) {
        if (bin == 0) {
            return 0;
        }
        return time == 0 ? 1 : 1 - DetMath.exp(-MIDDLE[bin] / time);
    }

    /**
     * Tenure kept on a move.
     *
     * @param months tenure so far
     * @param distance distance of the move in [0, 1]
     * @return months
     */
    public static int kept(int months, double distance) {
        return (int) (months * (1 - distance));
    }
}
