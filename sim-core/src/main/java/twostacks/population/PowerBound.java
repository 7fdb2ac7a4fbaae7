package twostacks.population;

import twostacks.maths.DetMath;

/**
 * A power x^ρ, 0 &lt; ρ ≤ 1, to within a factor of {@link #BELOW} to {@link #ABOVE}: by chords over 64 parts of the
 * mantissa, and a table over exponents. A draw that this decides needs no exact power.
 */
final class PowerBound {
    /** The power is at least this times {@link #about}. */
    static final double BELOW = 1 - 1e-6;
    /** The power is at most this times {@link #about}; a chord errs by less than ρ(1 − ρ)/8/64² &lt; 8e-6. */
    static final double ABOVE = 1 + 1e-5;

    private static final int PARTS = 64;
    private static final int EXPONENTS = 2048;

    private final double[] mantissa = new double[PARTS + 1];
    private final double[] exponent = new double[EXPONENTS];

    PowerBound(double rho) {
        for (int part = 0; part <= PARTS; part++) {
            mantissa[part] = DetMath.pow(1 + (double) part / PARTS, rho);
        }
        for (int e = 0; e < EXPONENTS; e++) {
            exponent[e] = DetMath.exp((e - 1023) * rho * 0.6931471805599453);
        }
    }

    /**
     * About x^ρ.
     *
     * @param x positive and finite
     * @return the power, from below, to within the bounds
     */
    double about(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int part = (int) (bits >>> 46) & PARTS - 1;
        double within = (bits & (1L << 46) - 1) * 0x1.0p-46;
        double chord = mantissa[part] + within * (mantissa[part + 1] - mantissa[part]);
        return chord * exponent[(int) (bits >>> 52)];
    }
}
