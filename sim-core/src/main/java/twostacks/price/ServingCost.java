package twostacks.price;

import twostacks.maths.DetMath;
import twostacks.maths.Growth;

/**
 * Serving cost (E5): c0·e^(γ(Q − Q0))·2^(−t/h), t in months since 2026-08; after that the halving slows with the years.
 */
public final class ServingCost {
    /** Month to which the reference cost belongs, 2026-08, counted from the year 0. */
    public static final int REFERENCE_MONTH = 2026 * 12 + 7;

    private ServingCost() {}

    /**
     * Cost of a model at full load.
     *
     * @param reference c0, USD/Mtok
     * @param slope γ, logs a point
     * @param capability Q, index points
     * @param referenceCapability Q0
     * @param halving h, months
     * @param decay slowing of the decline a year after the reference month
     * @param month month, counted from the year 0
     * @return USD/Mtok
     */
    public static double of(
            double reference,
            double slope,
            double capability,
            double referenceCapability,
            double halving,
            double decay,
            int month) {
        double years = (month - REFERENCE_MONTH) / 12.0;
        double halvings = Growth.slowing(12 / halving, years > 0 ? decay : 0, years);
        return reference * DetMath.exp(slope * (capability - referenceCapability) - halvings * LN2);
    }

    private static final double LN2 = 0.6931471805599453;
}
