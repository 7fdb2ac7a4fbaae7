package twostacks.price;

import twostacks.maths.DetMath;

/**
 * Congestion of a bloc's inference compute (E5): the least factor m ≥ 1 on price at which expected tokens demand·m^(−ε)
 * fit its capacity, at most the cap; what still does not fit is rationed.
 */
public final class Congestion {
    private Congestion() {}

    /**
     * Congestion factor.
     *
     * @param demand expected tokens at m = 1, Mtok/month
     * @param capacity Mtok/month
     * @param elasticity ε &gt; 0
     * @param cap greatest factor
     * @return m in [1, cap]
     */
    public static double factor(double demand, double capacity, double elasticity, double cap) {
        if (demand <= capacity) {
            return 1;
        }
        return capacity <= 0 ? cap : Math.min(cap, DetMath.pow(demand / capacity, 1 / elasticity));
    }

    /**
     * Share of would-be users who are served at the factor.
     *
     * @param demand expected tokens at m = 1, Mtok/month
     * @param capacity Mtok/month
     * @param elasticity ε &gt; 0
     * @param factor m, from {@link #factor}
     * @return in [0, 1]; 1 below the cap
     */
    public static double served(double demand, double capacity, double elasticity, double factor) {
        double wanted = demand * DetMath.pow(factor, -elasticity);
        // The factor below the cap clears the market up to rounding; only a real shortfall is rationed.
        return wanted <= capacity * (1 + 1e-9) ? 1 : capacity / wanted;
    }
}
