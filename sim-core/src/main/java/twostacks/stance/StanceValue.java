package twostacks.stance;

import twostacks.policy.StancePosition;

/**
 * What a stance is worth to a nation (E8): economic value of its adopters under it − w_sec·Σ share·(1−τ)·exposure −
 * w_dep·concentration·perceived cut-off risk + w_dip·(±alignment) − fiscal cost + inertia + Gumbel/θ. The nation takes
 * the stance of greatest value.
 */
public final class StanceValue {
    private StanceValue() {}

    /**
     * Value of a stance.
     *
     * @param economic mean logsum of adopters under it, without the social term, utils
     * @param securityWeight w_sec
     * @param untrusted Σ share·(1−τ)·exposure under it
     * @param dependenceWeight w_dep
     * @param cutOff Σ over blocs of revocable share² times perceived cut-off risk under it
     * @param alignmentWeight w_dip
     * @param alignment of the nation with the United States, standard deviations
     * @param fiscal cost of the programme under it
     * @param inertia worth of keeping the stance, if it is the one held, else 0
     * @param noise Gumbel draw over θ
     * @param stance the stance
     * @return utils
     */
    public static double of(
            double economic,
            double securityWeight,
            double untrusted,
            double dependenceWeight,
            double cutOff,
            double alignmentWeight,
            double alignment,
            double fiscal,
            double inertia,
            double noise,
            StancePosition stance) {
        double leaning = switch (stance) {
            case US_ALIGNED -> alignment;
            case CN_ALIGNED -> -alignment;
            case OPEN, SOVEREIGN -> 0;
        };
        return economic
                - securityWeight * untrusted
                - dependenceWeight * cutOff
                + alignmentWeight * leaning
                - fiscal
                + inertia
                + noise;
    }

    /**
     * Policy term that a stance puts on an offer: against the other bloc in proportion to exposure, and under
     * sovereignty against whatever lacks local control.
     *
     * @param stance stance in force
     * @param policy parameter of the segment, utils
     * @param originSign +1 United States, −1 China, 0 else
     * @param home whether the offer is the nation's own or of a lab at home
     * @param exposure of the channel
     * @param localControl of the channel
     * @return utils ≤ 0
     */
    public static double policyTerm(
            StancePosition stance, double policy, int originSign, boolean home, double exposure, double localControl) {
        if (home) {
            return 0;
        }
        return switch (stance) {
            case OPEN -> 0;
            case US_ALIGNED -> originSign < 0 ? -policy * exposure : 0;
            case CN_ALIGNED -> originSign > 0 ? -policy * exposure : 0;
            case SOVEREIGN -> -policy * (1 - localControl);
        };
    }

    /**
     * Perceived risk of being cut off by a bloc after a month: rises with an access shock seen, decays to a floor.
     *
     * @param risk in [0, 1]
     * @param floor that never decays
     * @param decay a month
     * @param rise with a shock seen in full
     * @param seen how much of a shock was seen this month, in [0, 1]
     * @return in [0, 1]
     */
    public static double cutOffRisk(double risk, double floor, double decay, double rise, double seen) {
        double decayed = floor + (risk - floor) * (1 - decay);
        return decayed + (1 - decayed) * rise * seen;
    }
}
