package twostacks.sovereign;

/**
 * A nation's own model (E9): q_own = max(best open weights visible and not banned at home − adaptation gap, indigenous
 * capability). It exists only where capacity allows, and depends on somebody's open weights until indigenous capability
 * passes them.
 */
public final class SovereignModel {
    private SovereignModel() {}

    /**
     * Capability of the own model.
     *
     * @param bestOpen best open weights a nation may use, points; negative infinity for none
     * @param gap adaptation gap where skill or language support is nil, points
     * @param skill h in [0, 1]
     * @param languageSupport in [0, 1]
     * @param indigenous indigenous capability, points
     * @return points
     */
    public static double capability(
            double bestOpen, double gap, double skill, double languageSupport, double indigenous) {
        return Math.max(bestOpen - gap * (1 - skill * languageSupport), indigenous);
    }

    /**
     * Capacity for a programme: readiness times size, ln(1 + GDP/100 billion USD)/ln 31, which is 1 at 3,000 billion.
     *
     * @param readiness in [0, 1]
     * @param logSize ln(1 + GDP/100 billion USD)
     * @return capacity ≥ 0
     */
    public static double capacity(double readiness, double logSize) {
        return readiness * logSize / 3.4339872044851463;
    }
}
