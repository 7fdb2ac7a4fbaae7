package twostacks.maths;

/** Growth whose rate slows exponentially. */
public final class Growth {
    private static final double SMALL = 1e-3;

    private Growth() {}

    /**
     * What has grown since time 0: g·(1 − e^(−κ·t))/κ.
     *
     * @param rate g, logs a year at time 0
     * @param decay κ a year; 0 for steady growth
     * @param years t; may be negative
     * @return logs
     */
    public static double slowing(double rate, double decay, double years) {
        double x = decay * years;
        if (Math.abs(x) < SMALL) {
            // 1 − e^(−x) would cancel; its series over x does not, and is 1 where nothing slows.
            return rate * years * (1 - x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5))));
        }
        return rate * (1 - DetMath.exp(-x)) / decay;
    }
}
