package twostacks.verification;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/** When a difference is too great for chance, and how small a difference would still be noticed. */
final class Chance {
    /** Probability that a check with chance in it misses although theory holds. */
    static final double FALSE_ALARM = 1e-4;
    /** Probability with which an error of the detectable size is caught. */
    static final double POWER = .99;

    private Chance() {}

    /** The quantile of the standard normal distribution. */
    static double normal(double probability) {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(probability);
    }

    /** Standard errors that pass, on either side, if so many figures are compared at once (Bonferroni). */
    static double critical(int among) {
        return normal(1 - FALSE_ALARM / (2 * among));
    }

    /** The same where the standard error is estimated from a number of values. */
    static double criticalStudent(int values) {
        return new TDistribution(null, values - 1).inverseCumulativeProbability(1 - FALSE_ALARM / 2);
    }

    /** Greatest value of chi-squared that passes. */
    static double chiSquare(int degrees) {
        return new ChiSquaredDistribution(null, degrees).inverseCumulativeProbability(1 - FALSE_ALARM);
    }

    /** Noncentrality at which chi-squared exceeds a bound with the stated power. */
    static double detectableNoncentrality(int degrees, double bound) {
        double low = 0;
        double high = 4 * (bound + 20);
        while (high - low > 1e-6 * high) {
            double middle = (low + high) / 2;
            if (exceeds(degrees, middle, bound) < POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Probability that noncentral chi-squared exceeds a bound: a Poisson mixture of central ones. */
    private static double exceeds(int degrees, double noncentrality, double bound) {
        PoissonDistribution mixture = new PoissonDistribution(null, noncentrality / 2, 1e-12, 10_000);
        int last = (int) (noncentrality / 2 + 12 * StrictMath.sqrt(noncentrality / 2) + 20);
        double sum = 0;
        for (int j = 0; j <= last; j++) {
            double weight = mixture.probability(j);
            if (weight > 1e-15) {
                sum += weight * (1 - new ChiSquaredDistribution(null, degrees + 2.0 * j).cumulativeProbability(bound));
            }
        }
        return sum;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Standard error of the mean of independent values. */
    static double standardError(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return StrictMath.sqrt(squares / (values.length - 1) / values.length);
    }
}
