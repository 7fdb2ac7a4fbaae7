package twostacks.maths;

/**
 * Exponential and logarithm that give the same bits on every machine and JDK.
 *
 * <p>The platform's {@link Math#exp} and {@link Math#log} may be replaced by intrinsics that differ between machines;
 * {@link StrictMath} is the same everywhere but slow. These use only the four operations of IEEE 754 doubles, which are
 * exact to the bit since Java 17, on tables made with {@link StrictMath}.
 *
 * <p>Error: within 1 unit in the last place of {@link StrictMath} for exp on [−700, 700] (2 near the ends of the
 * table's steps), and within 2 for log on normal positive numbers; a test measures it. Method: Tang (1989, 1990).
 */
public final class DetMath {
    private static final int EXP_STEPS = 64;
    private static final double STEPS_PER_LN2 = EXP_STEPS / 0.6931471805599453;
    /** ln 2 / 64 in two parts; the first has 21 trailing zero bits, so that its product with a step count is exact. */
    private static final double LN2_STEP_HIGH = Double.longBitsToDouble(0x3F862E42FEE00000L);

    private static final double LN2_STEP_LOW = 1.9082149292705877e-10 / 64;
    private static final double[] EXP_TABLE = expTable();

    private static final int LOG_STEPS = 128;
    private static final long LOG_STEP_BITS = 1L << 45;
    private static final double LN2_HIGH = Double.longBitsToDouble(0x3FE62E42FEE00000L);
    private static final double LN2_LOW = 1.9082149292705877e-10;
    /** The logarithm's argument is taken from [√½, √2), cut in 128 steps of equal bits. */
    private static final long SQRT_HALF_BITS = Double.doubleToRawLongBits(StrictMath.sqrt(.5));

    private static final double[] LOG_CENTRE = logCentres();
    private static final double[] LOG_TABLE = logTable();
    private static final long MANTISSA = 0x000FFFFFFFFFFFFFL;

    private DetMath() {}

    private static double[] expTable() {
        double[] table = new double[EXP_STEPS];
        for (int j = 0; j < EXP_STEPS; j++) {
            table[j] = StrictMath.pow(2, (double) j / EXP_STEPS);
        }
        return table;
    }

    private static double[] logCentres() {
        double[] centres = new double[LOG_STEPS];
        for (int j = 0; j < LOG_STEPS; j++) {
            double centre = Double.longBitsToDouble(SQRT_HALF_BITS + j * LOG_STEP_BITS + LOG_STEP_BITS / 2);
            // Steps that touch 1 are taken from 1 itself, so that nothing cancels there.
            centres[j] = StrictMath.abs(centre - 1) < .008 ? 1 : centre;
        }
        return centres;
    }

    private static double[] logTable() {
        double[] table = new double[LOG_STEPS];
        for (int j = 0; j < LOG_STEPS; j++) {
            table[j] = StrictMath.log(LOG_CENTRE[j]);
        }
        return table;
    }

    /**
     * e^x.
     *
     * @param x any double
     * @return e^x; 0 below −745, infinity above 709.78, NaN for NaN
     */
    public static double exp(double x) {
        if (!(x > -700 && x < 700)) {
            return StrictMath.exp(x);
        }
        double t = x * STEPS_PER_LN2;
        long n = (long) (t + (t < 0 ? -.5 : .5));
        double r = (x - n * LN2_STEP_HIGH) - n * LN2_STEP_LOW;
        double p = r + r * r * (.5 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
        double base = EXP_TABLE[(int) (n & (EXP_STEPS - 1))];
        double scale = Double.longBitsToDouble((n >> 6) + 1023 << 52);
        return (base + base * p) * scale;
    }

    /**
     * Natural logarithm.
     *
     * @param x any double
     * @return ln x; −infinity for 0, NaN for negative numbers and NaN
     */
    public static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        if (bits < 0x0010000000000000L || bits >= 0x7FF0000000000000L) {
            return StrictMath.log(x);
        }
        long shifted = bits - SQRT_HALF_BITS;
        long exponent = shifted >> 52;
        double m = Double.longBitsToDouble(bits - (exponent << 52));
        int j = (int) ((shifted & MANTISSA) >> 45);
        double r = (m - LOG_CENTRE[j]) / LOG_CENTRE[j];
        return exponent * LN2_HIGH + (LOG_TABLE[j] + (logOnePlus(r) + exponent * LN2_LOW));
    }

    private static double logOnePlus(double r) {
        return r - r * r * (.5 - r * (1 / 3.0 - r * (.25 - r * (.2 - r * (1 / 6.0 - r * (1 / 7.0 - r * .125))))));
    }

    /**
     * x^y for a non-negative base.
     *
     * @param x base, ≥ 0
     * @param y exponent
     * @return x^y, with 0^y = 0 for y &gt; 0 and x^0 = 1
     */
    public static double pow(double x, double y) {
        if (y == 1 || x == 1) {
            return x;
        }
        if (y == 0) {
            return 1;
        }
        if (x == 0) {
            return y > 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return exp(y * log(x));
    }

    /**
     * Logistic function.
     *
     * @param x log-odds
     * @return 1/(1 + e^(−x)), in [0, 1]
     */
    public static double logistic(double x) {
        if (x >= 0) {
            return 1 / (1 + exp(-x));
        }
        double e = exp(x);
        return e / (1 + e);
    }

    /**
     * Inverse of the logistic function.
     *
     * @param p probability in [0, 1]
     * @return log-odds, held within ±36 so that certainty stays finite
     */
    public static double logit(double p) {
        if (p <= 2.3e-16) {
            return -36;
        }
        if (p >= 1 - 2.3e-16) {
            return 36;
        }
        return log(p / (1 - p));
    }
}
