package twostacks.adoption;

import twostacks.maths.DetMath;

/**
 * How adopters come to consider a stack (E2; Bass 1969, per stack): monthly hazard h = min(1, p·reach + q·[(1−μ)·u_n +
 * μ·u_w] + news), u the share of the stack's users among the segment's adopters in the nation and in the world, last
 * month; news is what everybody hears of in a month, whoever uses it.
 *
 * <p>All adopters of a segment in a nation face one hazard per stack, so the month in which an adopter comes to consider
 * it is the first whose cumulative share F reaches a uniform number that stays with the adopter: exactly the process of
 * independent monthly draws, with one draw instead of one a month, and the same luck whatever the policy.
 */
public final class Consideration {
    private Consideration() {}

    /**
     * Monthly hazard.
     *
     * @param p hazard without seeing users, per month
     * @param reach reach of the stack's publicity
     * @param q hazard added by a stack that everybody uses, per month
     * @param worldWeight μ in [0, 1]
     * @param nationShare u_n in [0, 1]
     * @param worldShare u_w in [0, 1]
     * @param news hazard that the month's news adds, per month
     * @return h in [0, 1]
     */
    public static double hazard(
            double p, double reach, double q, double worldWeight, double nationShare, double worldShare, double news) {
        return Math.min(1, p * reach + q * ((1 - worldWeight) * nationShare + worldWeight * worldShare) + news);
    }

    /**
     * Share that considers the stack after a month: F' = F + h·(1 − F).
     *
     * @param share F in [0, 1]
     * @param hazard h in [0, 1]
     * @return F' in [0, 1]
     */
    public static double next(double share, double hazard) {
        return Math.min(1, share + hazard * (1 - share));
    }

    /**
     * Readiness of a nation: clip(ln(income/500)/ln 160, 0, 1).
     *
     * @param income gross domestic product, USD a head a year
     * @return in [0, 1]
     */
    public static double readiness(double income) {
        return income <= 500 ? 0 : Math.min(1, DetMath.log(income / 500) / DetMath.log(160));
    }
}
