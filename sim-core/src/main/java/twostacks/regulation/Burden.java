package twostacks.regulation;

/**
 * Burden of regulation on open weights or on services (E10): B' = (1 − decay)·B + response·incidents seen + policy,
 * never negative. Too much of it costs use (R in E1), too little lets incidents happen (E7).
 */
public final class Burden {
    private Burden() {}

    /**
     * Burden after a month.
     *
     * @param burden B ≥ 0
     * @param decay a month
     * @param response burden added by an incident
     * @param incidents seen in the month
     * @param policy burden added by policy in a month; may be negative
     * @return B' ≥ 0
     */
    public static double next(double burden, double decay, double response, double incidents, double policy) {
        return Math.max(0, (1 - decay) * burden + response * incidents + policy);
    }
}
