package twostacks.trust;

import twostacks.maths.DetMath;

/**
 * <b>The trust update</b> (E7): trust of a nation in a bloc after a month,
 *
 * <pre>τ' = (1 − ν − κ_w − υ·s)·τ + ν·τ̄ + κ_w·Σ_m w_nm·τ_m + υ·s</pre>
 *
 * <p>with anchor τ̄, other nations' trust τ_m (DeGroot 1974) and s the bloc's share of use. A weighted mean of numbers in
 * [0, 1] as long as ν + κ_w + υ ≤ 1, so it cannot leave [0, 1]. Shocks are a separate stock z in logits that decays with
 * its own half-life: what adopters see is σ(logit τ − z).
 */
public final class TrustUpdate {
    private TrustUpdate() {}

    /**
     * Trust after a month.
     *
     * @param trust τ
     * @param anchor τ̄
     * @param anchorPull ν
     * @param others Σ w·τ_m; not used if {@code networkPull} is 0
     * @param networkPull κ_w; 0 for a nation without ties
     * @param use s in [0, 1]
     * @param usagePull υ
     * @return τ' in [0, 1]
     */
    public static double next(
            double trust,
            double anchor,
            double anchorPull,
            double others,
            double networkPull,
            double use,
            double usagePull) {
        double pulls = anchorPull + networkPull + usagePull;
        double scale = pulls > 1 ? 1 / pulls : 1;
        double next = (1 - scale * (anchorPull + networkPull + usagePull * use)) * trust
                + scale * (anchorPull * anchor + networkPull * others + usagePull * use);
        // A weighted mean; the bounds only take off what rounding may add.
        return Math.max(0, Math.min(1, next));
    }

    /**
     * Anchor: σ(α + β·alignment + δ·diplomacy + ζ).
     *
     * @param constant α of the bloc, logits
     * @param slope β of the bloc
     * @param alignment of the nation with the United States, standard deviations
     * @param weight δ
     * @param diplomacy of the bloc towards the nation, −1 to 1
     * @param effect ζ of the nation, logits
     * @return τ̄ in [0, 1]
     */
    public static double anchor(
            double constant, double slope, double alignment, double weight, double diplomacy, double effect) {
        return DetMath.logistic(constant + slope * alignment + weight * diplomacy + effect);
    }

    /**
     * Trust as adopters see it.
     *
     * @param trust τ
     * @param shock z, logits; 0 leaves trust as it is
     * @return σ(logit τ − z)
     */
    public static double effective(double trust, double shock) {
        return shock == 0 ? trust : DetMath.logistic(DetMath.logit(trust) - shock);
    }

    /**
     * What is left of a shock after a month.
     *
     * @param shock z
     * @param halfLife months
     * @return z'
     */
    public static double decayed(double shock, double halfLife) {
        return shock * DetMath.exp(-0.6931471805599453 / halfLife);
    }
}
