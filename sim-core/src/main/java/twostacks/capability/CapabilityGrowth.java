package twostacks.capability;

import twostacks.maths.DetMath;

/**
 * Advance of a lab's internal capability in a month (E4):
 *
 * <pre>Δq = g_Q/12·c^α·rivalry·(1 + ξ·developers) + ψ·max(0, best visible closed − q, and openCatchUp times for open)</pre>
 *
 * <p>c is the lab's compute over the leader's. With equal drift a lag decays as (1−ψ)^t; a lab with less compute settles
 * (1 − c^α)/ψ months behind.
 */
public final class CapabilityGrowth {
    private CapabilityGrowth() {}

    /**
     * Own advance.
     *
     * @param growth g_Q, points a year
     * @param compute c in [0, 1], compute over the leader's
     * @param elasticity α
     * @param rivalry factor, from {@link #rivalry}
     * @param ecosystem ξ
     * @param developers share of the world's developers who use the lab's open weights
     * @return points in the month
     */
    public static double own(
            double growth, double compute, double elasticity, double rivalry, double ecosystem, double developers) {
        return growth / 12 * DetMath.pow(compute, elasticity) * rivalry * (1 + ecosystem * developers);
    }

    /**
     * Rivalry: 1 + η·e^(−gap/g0), gap between the two powers' frontiers.
     *
     * @param eta η
     * @param gap points ≥ 0
     * @param scale g0, points
     * @return factor ≥ 1
     */
    public static double rivalry(double eta, double gap, double scale) {
        return 1 + eta * DetMath.exp(-gap / scale);
    }

    /**
     * Catch-up by learning from rivals (distillation).
     *
     * @param catchUp ψ from closed models, a month
     * @param openCatchUp factor on ψ for open weights
     * @param own q
     * @param bestClosed best released model of a rival, points
     * @param bestOpen best published weights of a rival, points
     * @return points in the month, ≥ 0; never past the rival learnt from
     */
    public static double catchUp(double catchUp, double openCatchUp, double own, double bestClosed, double bestOpen) {
        double closed = catchUp * Math.max(0, bestClosed - own);
        double open = Math.min(1, catchUp * openCatchUp) * Math.max(0, bestOpen - own);
        return Math.max(closed, open);
    }
}
