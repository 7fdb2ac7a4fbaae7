package twostacks.chips;

import twostacks.maths.DetMath;
import twostacks.maths.Growth;

/**
 * Compute of a bloc (E3), million H100-equivalents: H' = (1−δ)·H + M·[1 − x·(1−ℓ)] + D, with would-be imports M growing
 * with world supply, x the stringency on the bloc and ℓ leakage; domestic output D' = D·(1 + g_D + ι·x)^(1/12) grows
 * faster under control (induced innovation) and gets cheaper with its cumulative amount (Wright 1936).
 */
public final class ComputeStock {
    private ComputeStock() {}

    /**
     * Stock after a month.
     *
     * @param stock H
     * @param depreciation δ a month
     * @param arriving imports that arrive, from {@link #arriving}
     * @param domestic D of the month
     * @return H'
     */
    public static double next(double stock, double depreciation, double arriving, double domestic) {
        return (1 - depreciation) * stock + arriving + domestic;
    }

    /**
     * Imports that arrive.
     *
     * @param wouldBe M, million H100-equivalents a month
     * @param stringency x in [0, 1]
     * @param leakage ℓ in [0, 1]
     * @param stockpiling factor on would-be imports; 1 unless a control is announced
     * @return million H100-equivalents a month
     */
    public static double arriving(double wouldBe, double stringency, double leakage, double stockpiling) {
        return wouldBe * stockpiling * (1 - stringency * (1 - leakage));
    }

    /**
     * Would-be imports after a number of months: M_t = M_0·e^(∫ growth), growth slowing by {@code decay} a year.
     *
     * @param first M_0 a month
     * @param logGrowth growth of world supply at the start, logs a year
     * @param decay slowing a year
     * @param months months since the start
     * @return million H100-equivalents a month
     */
    public static double wouldBe(double first, double logGrowth, double decay, int months) {
        return first * DetMath.exp(Growth.slowing(logGrowth, decay, months / 12.0));
    }

    /**
     * Domestic output after a month.
     *
     * @param domestic D
     * @param growth g_D a year
     * @param induced ι a year under full stringency
     * @param stringency x in [0, 1]
     * @return D'
     */
    public static double nextDomestic(double domestic, double growth, double induced, double stringency) {
        return domestic * DetMath.pow(1 + growth + induced * stringency, 1 / 12.0);
    }

    /**
     * Unit cost of domestic chips over that at the start (Wright): (cumulative/first)^(−b).
     *
     * @param cumulative cumulative output
     * @param first cumulative output at the start
     * @param learning b
     * @return factor, 1 at the start and where there is no output
     */
    public static double unitCost(double cumulative, double first, double learning) {
        return first <= 0 ? 1 : DetMath.pow(cumulative / first, -learning);
    }
}
