package twostacks.random;

import twostacks.maths.DetMath;

/**
 * Keyed draws from the binomial distribution, with the same bits on every machine; cost does not grow with n.
 *
 * <p>Up to 64 trials are made one by one, all at once. More are drawn by inversion while
 * n·min(p, 1 − p) is below 10, and from there on by transformed rejection (Hörmann 1993, BTRS). The samplers of Commons RNG
 * either take a table for each pair of n and p, which differ at every draw here, or use the platform's logarithm.
 */
public final class Binomial {
    private static final int AT_ONCE = 64;
    private static final int LEAST_MEAN = 10;
    /** ln k! less Stirling's formula, for k below 10. */
    private static final double[] STIRLING_TAIL = {
        0.0810614667953272,
        0.0413406959554092,
        0.0276779256849983,
        0.02079067210376509,
        0.0166446911898211,
        0.0138761288230707,
        0.0118967099458917,
        0.010411265261972,
        0.00925546218271273,
        0.00833056343336287
    };

    private Binomial() {}

    /**
     * The number of successes.
     *
     * @param key key of this draw alone
     * @param n number of trials, ≥ 0
     * @param p probability of success; what is outside [0, 1] is taken to its end
     * @return successes, 0 to n
     */
    public static int draw(long key, int n, double p) {
        if (n == 0 || p <= 0) {
            return 0;
        }
        if (p >= 1) {
            return n;
        }
        if (n <= AT_ONCE) {
            return few(key, n, p);
        }
        if (p > .5) {
            return n - rarer(key, n, 1 - p);
        }
        return rarer(key, n, p);
    }

    /**
     * The number of successes where ln(1 − p) is known.
     *
     * @param key key of this draw alone
     * @param n number of trials, ≥ 1
     * @param p probability of success in (0, 1)
     * @param hazard −n·ln(1 − p)
     * @return successes, 0 to n
     */
    static int drawByHazard(long key, int n, double p, double hazard) {
        return hazard < LEAST_MEAN ? invert(key, n, p, DetMath.exp(-hazard)) : draw(key, n, p);
    }

    private static int rarer(long key, int n, double p) {
        return n * p < LEAST_MEAN ? invert(key, n, p, DetMath.exp(n * logOfComplement(p))) : reject(key, n, p);
    }

    /** Makes up to 64 trials at once: compares as many uniform numbers with p, bit by bit from the highest on. */
    private static int few(long key, int n, double p) {
        long undecided = -1L >>> AT_ONCE - n;
        double rest = p;
        int successes = 0;
        for (int digit = 0; undecided != 0 && rest > 0; digit++) {
            long draw = Draws.bits(key, digit);
            rest *= 2;
            if (rest >= 1) {
                rest -= 1;
                successes += Long.bitCount(undecided & ~draw);
                undecided &= draw;
            } else {
                undecided &= ~draw;
            }
        }
        return successes;
    }

    /** Walks up the distribution function until it passes a uniform number. */
    private static int invert(long key, int n, double p, double none) {
        double odds = p / (1 - p);
        double mass = none;
        double left = Draws.unit(Draws.bits(key, 0)) - mass;
        int k = 0;
        while (left >= 0 && k < n) {
            mass *= odds * (n - k) / (k + 1);
            k++;
            left -= mass;
            if (mass < 1e-20 && k > 2 * LEAST_MEAN) {
                // What rounding has left of 1 lies beyond any draw that matters.
                break;
            }
        }
        return k;
    }

    /** ln(1 − p), by its series where 1 − p would lose p's digits. */
    static double logOfComplement(double p) {
        return p < 1e-4 ? -p * (1 + p * (.5 + p * (1 / 3.0 + p * .25))) : DetMath.log(1 - p);
    }

    private static int reject(long key, int n, double p) {
        double q = 1 - p;
        double spread = StrictMath.sqrt(n * p * q);
        double b = 1.15 + 2.53 * spread;
        double a = -.0873 + .0248 * b + .01 * p;
        double centre = n * p + .5;
        double inner = .92 - 4.2 / b;
        double alpha = (2.83 + 5.1 / b) * spread;
        double odds = p / q;
        double mode = StrictMath.floor((n + 1.0) * p);
        for (int turn = 0; ; turn++) {
            double u = Draws.unit(Draws.bits(key, 2L * turn)) - .5;
            double v = Draws.unit(Draws.bits(key, 2L * turn + 1));
            double near = .5 - StrictMath.abs(u);
            if (near <= 0) {
                continue;
            }
            double k = StrictMath.floor((2 * a / near + b) * u + centre);
            if (near >= .07 && v <= inner) {
                return (int) k;
            }
            if (k < 0 || k > n || v <= 0) {
                continue;
            }
            double bound = (mode + .5) * DetMath.log((mode + 1) / (odds * (n - mode + 1)))
                    + (n + 1.0) * DetMath.log((n - mode + 1) / (n - k + 1))
                    + (k + .5) * DetMath.log(odds * (n - k + 1) / (k + 1))
                    + tail(mode)
                    + tail(n - mode)
                    - tail(k)
                    - tail(n - k);
            if (DetMath.log(v * alpha / (a / (near * near) + b)) <= bound) {
                return (int) k;
            }
        }
    }

    private static double tail(double k) {
        if (k < STIRLING_TAIL.length) {
            return STIRLING_TAIL[(int) k];
        }
        double next = k + 1;
        double squared = next * next;
        return (1 / 12.0 - (1 / 360.0 - 1 / 1260.0 / squared) / squared) / next;
    }
}
