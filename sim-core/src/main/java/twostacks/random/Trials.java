package twostacks.random;

import twostacks.maths.DetMath;

/**
 * A stream of independent trials under one key, for many small lots of them one after another.
 *
 * <p>A trial with probability p fails like a clock that does not ring within −ln(1 − p), its hazard. So the time until the
 * clock rings next, exponential, is drawn once, and lots use it up: a lot in which nothing succeeds costs a multiplication
 * and a comparison, whatever its size. Lots that expect more are drawn by {@link Binomial} and leave the clock alone; it
 * does not remember.
 */
public final class Trials {
    /** Hazard of a lot from which on it is drawn by itself. */
    private static final double MUCH = .4;
    /** Trials up to which each is made by itself. */
    private static final int FEW = 3;

    private static final double HALF_STEP = 0x1.0p-54;

    private long counter;
    private double left;

    /**
     * Starts a stream.
     *
     * @param key key of this stream alone
     */
    public void start(long key) {
        counter = key;
        left = exponential();
    }

    /**
     * The hazard of a probability.
     *
     * @param p probability in [0, 1]
     * @return −ln(1 − p); infinity for 1
     */
    public static double hazard(double p) {
        return p >= 1 ? Double.POSITIVE_INFINITY : -Binomial.logOfComplement(p);
    }

    /**
     * The number of successes in a lot.
     *
     * @param n number of trials, ≥ 1
     * @param p probability of success in [0, 1]
     * @param hazard {@link #hazard} of p
     * @return successes, 0 to n
     */
    public int successes(int n, double p, double hazard) {
        double needed = n * hazard;
        if (needed >= MUCH) {
            return p >= 1 ? n : Binomial.drawByHazard(bits(), n, p, needed);
        }
        if (needed < left) {
            left -= needed;
            return 0;
        }
        return ring(n, hazard);
    }

    private int ring(int n, double hazard) {
        int successes = 0;
        int rest = n;
        while (rest > 0 && rest * hazard >= left) {
            rest -= Math.min(rest, (int) (left / hazard) + 1);
            successes++;
            left = exponential();
        }
        left -= rest * hazard;
        return successes;
    }

    /**
     * The number of successes where the probability does not come back, and its hazard is not worth having.
     *
     * @param n number of trials, ≥ 0
     * @param p probability of success; what is outside [0, 1] is taken to its end
     * @return successes, 0 to n
     */
    public int draw(int n, double p) {
        if (n > FEW) {
            return Binomial.draw(bits(), n, p);
        }
        int successes = 0;
        for (int i = 0; i < n; i++) {
            successes += unit() < p ? 1 : 0;
        }
        return successes;
    }

    /** A uniform number in [0, 1). */
    public double unit() {
        return Draws.unit(bits());
    }

    private double exponential() {
        return -DetMath.log(unit() + HALF_STEP);
    }

    private long bits() {
        return Draws.mix(counter += Draws.GAMMA);
    }
}
