package twostacks.price;

import twostacks.maths.DetMath;

/**
 * List price and mark-up of a lab (E5): price = max(0, cost·[congestion·(1 + M) − subsidy]); the mark-up moves to what
 * the lab's own share commands, M' = M + ζ·[μ_min + (μ_max − μ_min)·share − M].
 */
public final class ListPrice {
    private ListPrice() {}

    /**
     * List price.
     *
     * @param cost serving cost of the lab, USD/Mtok
     * @param congestion factor ≥ 1
     * @param markup M
     * @param subsidy share of the cost that the state covers
     * @return USD/Mtok ≥ 0
     */
    public static double of(double cost, double congestion, double markup, double subsidy) {
        return Math.max(0, cost * (congestion * (1 + markup) - subsidy));
    }

    /**
     * Mark-up that a share commands.
     *
     * @param least μ_min
     * @param most μ_max
     * @param share share of the lab among the world's users, by tokens
     * @return fixed point of the mark-up
     */
    public static double target(double least, double most, double share) {
        return least + (most - least) * share;
    }

    /**
     * Mark-up after a month.
     *
     * @param markup M
     * @param target from {@link #target}
     * @param speed ζ
     * @return M'
     */
    public static double next(double markup, double target, double speed) {
        return markup + speed * (target - markup);
    }

    /**
     * A lab's cost over that of others at equal capability, after a month in which know-how spreads: factor^(1 − rate).
     *
     * @param factor cost factor &gt; 0
     * @param rate share of the log difference that fades in a month
     * @return factor, nearer to 1
     */
    public static double converged(double factor, double rate) {
        return rate == 0 ? factor : DetMath.pow(factor, 1 - rate);
    }
}
