package twostacks.trust;

import org.apache.commons.math3.special.Gamma;
import twostacks.maths.DetMath;

/**
 * Incidents that shake trust (E7): Poisson counts a month, at a rate proportional to use, and to open capability for
 * misuse; regulation lowers the rate by e^(−effect·burden) (E10).
 */
public final class Incidents {
    private Incidents() {}

    /**
     * Rate of security incidents on a bloc's hosted services in a nation.
     *
     * @param yearly incidents a year where everybody uses them
     * @param use share of the nation's adopters who use the bloc's services
     * @param effect fall of the log rate per unit of burden
     * @param burden on services
     * @return incidents a month
     */
    public static double securityRate(double yearly, double use, double effect, double burden) {
        return yearly / 12 * use * DetMath.exp(-effect * burden);
    }

    /**
     * Rate of misuse incidents traced to a bloc's open weights in a nation.
     *
     * @param yearly incidents a year where everybody uses weights of 100 points
     * @param use share of the nation's adopters who use the bloc's open weights
     * @param capability of these weights, points
     * @param effect fall of the log rate per unit of burden
     * @param burden on open weights
     * @return incidents a month
     */
    public static double misuseRate(double yearly, double use, double capability, double effect, double burden) {
        return yearly / 12 * use * Math.max(0, capability) / 100 * DetMath.exp(-effect * burden);
    }

    /**
     * Poisson count by inversion: the least n whose cumulative probability exceeds a uniform number, so that a higher
     * rate never gives fewer under the same draw.
     *
     * @param rate mean ≥ 0
     * @param uniform draw in [0, 1)
     * @return count
     */
    public static int count(double rate, double uniform) {
        if (rate <= 0) {
            return 0;
        }
        if (rate > 50) {
            return countOfMany(rate, uniform);
        }
        double probability = DetMath.exp(-rate);
        double cumulative = probability;
        int n = 0;
        while (uniform >= cumulative) {
            n++;
            probability *= rate / n;
            double next = cumulative + probability;
            if (next == cumulative && n > rate) {
                // The sum has stopped short of 1 by rounding, and of the draw: no count is left to tell apart.
                return n;
            }
            cumulative = next;
        }
        return n;
    }

    private static int countOfMany(double rate, double uniform) {
        int low = 0;
        int high = (int) (rate + 20 * StrictMath.sqrt(rate) + 20);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Gamma.regularizedGammaQ(middle + 1.0, rate) > uniform) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
