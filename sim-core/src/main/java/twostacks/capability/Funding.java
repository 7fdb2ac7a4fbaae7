package twostacks.capability;

/**
 * How compute moves between the labs of a bloc (E4): a lab's share follows its share of funding, w' = w + κ·(target −
 * w); funding is a weighted mean of its shares in the bloc's revenue, in its users (momentum) and in standing capital.
 */
public final class Funding {
    private Funding() {}

    /**
     * Share of funding.
     *
     * @param revenueWeight weight of revenue
     * @param revenueShare share of the bloc's revenue
     * @param momentumWeight weight of users
     * @param userShare share of the bloc's users
     * @param stateWeight weight of standing capital and the state
     * @param stateShare share of these
     * @return share; the standing share where all weights are nil
     */
    public static double share(
            double revenueWeight,
            double revenueShare,
            double momentumWeight,
            double userShare,
            double stateWeight,
            double stateShare) {
        double sum = revenueWeight + momentumWeight + stateWeight;
        return sum == 0
                ? stateShare
                : (revenueWeight * revenueShare + momentumWeight * userShare + stateWeight * stateShare) / sum;
    }

    /**
     * Compute share after a month.
     *
     * @param share w
     * @param target share of funding
     * @param speed κ a month
     * @return w'
     */
    public static double next(double share, double target, double speed) {
        return share + speed * (target - share);
    }
}
