package twostacks.maths;

/** Growth whose rate slows exponentially. */
public final class Growth {
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
        return decay == 0 ? rate * years : rate * (1 - DetMath.exp(-decay * years)) / decay;
    }
}
