package twostacks.price;

/** What an adopter pays for an offer, by channel (E5). Prices are per Mtok; a segment's billed volume turns them into its unit. */
public final class DeliveredPrice {
    private DeliveredPrice() {}

    /**
     * Open weights on a third country's cloud: hardware cost and margin.
     *
     * @param cost serving cost at full load, USD/Mtok
     * @param margin host's margin
     * @return USD/Mtok
     */
    public static double host(double cost, double margin) {
        return cost * (1 + margin);
    }

    /**
     * Weights run at home: hardware/utilisation·scarcity·(1 − package) + fixed skill cost·(1 − h)/volume.
     *
     * @param cost serving cost at full load, USD/Mtok
     * @param utilisation of the hardware, in (0, 1]
     * @param hardware factor on its price, from {@link #hardware}
     * @param skillCost cost of skills where skill is nil, USD/month
     * @param skill h in [0, 1]
     * @param volume tokens over which the skill cost is spread, Mtok/month
     * @return USD/Mtok
     */
    public static double self(
            double cost, double utilisation, double hardware, double skillCost, double skill, double volume) {
        return cost / utilisation * hardware + skillCost * (1 - skill) / volume;
    }

    /**
     * Factor on the price of hardware: the cheapest of the market under scarcity and the powers' packages.
     *
     * @param scarcity rise of the price under full stringency
     * @param stringency of both powers' controls on the nation
     * @param usDiscount share that a United States package covers; 0 for none
     * @param usUnitCost unit cost of United States chips over that at the start (learning)
     * @param cnDiscount share that a Chinese package covers; 0 for none
     * @param cnUnitCost unit cost of Chinese chips over that at the start
     * @return factor &gt; 0
     */
    public static double hardware(
            double scarcity,
            double stringency,
            double usDiscount,
            double usUnitCost,
            double cnDiscount,
            double cnUnitCost) {
        double market = 1 + scarcity * stringency;
        // A power's own supply is outside its controls, so a package is not scarce.
        double us = usDiscount > 0 ? (1 - usDiscount) * Math.min(1, usUnitCost) : market;
        double cn = cnDiscount > 0 ? (1 - cnDiscount) * Math.min(1, cnUnitCost) : market;
        return Math.min(market, Math.min(us, cn));
    }
}
