package twostacks.analysis.hindcast;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BisectionSolver;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** How far predictions are off. */
public final class Scores {
    private static final double LEAST = 1e-4;
    private static final double FARTHEST = 20;

    private Scores() {}

    /**
     * Quantile of a sample: linear between order statistics, the q·(n − 1)-th counted from 0 (type 7 of Hyndman and Fan
     * 1996).
     *
     * @param sample at least one number, in any order
     * @param q probability in [0, 1]
     * @return quantile
     */
    public static double quantile(double[] sample, double q) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Mean absolute error.
     *
     * @param predicted predictions
     * @param observed as many observations
     * @return mean of |predicted − observed|; NaN for none
     */
    public static double meanAbsoluteError(double[] predicted, double[] observed) {
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            sum += Math.abs(predicted[i] - observed[i]);
        }
        return predicted.length == 0 ? Double.NaN : sum / predicted.length;
    }

    /**
     * Rank correlation (Spearman 1904), ties at their mean rank.
     *
     * @param predicted predictions
     * @param observed as many observations
     * @return correlation in [−1, 1]; NaN for fewer than three, or where one side is constant
     */
    public static double rankCorrelation(double[] predicted, double[] observed) {
        if (predicted.length < 3) {
            return Double.NaN;
        }
        return new SpearmansCorrelation().correlation(predicted, observed);
    }

    /**
     * Continuous ranked probability score of a sample against an observation (Gneiting and Raftery 2007):
     * mean|x − y| − ½·mean|x − x'|. Of a single number it is the absolute error.
     *
     * @param sample at least one number
     * @param observed observation
     * @return score, ≥ 0, less is better, in the unit of the observation
     */
    public static double crps(double[] sample, double observed) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double off = 0;
        double apart = 0;
        for (int i = 0; i < n; i++) {
            off += Math.abs(sorted[i] - observed);
            apart += (2.0 * i - n + 1) * sorted[i];
        }
        return off / n - apart / ((double) n * n);
    }

    /**
     * Log-odds of a share.
     *
     * @param share share; what is nearer to 0 or 1 than a ten-thousandth counts as that
     * @return ln(share/(1 − share))
     */
    public static double logOdds(double share) {
        double x = Math.max(LEAST, Math.min(1 - LEAST, share));
        return StrictMath.log(x / (1 - x));
    }

    /**
     * A share moved along the log-odds.
     *
     * @param share share
     * @param step step, in log-odds
     * @return the share there
     */
    public static double moved(double share, double step) {
        return 1 / (1 + StrictMath.exp(-(logOdds(share) + step)));
    }

    /**
     * Where a function is nil, between −20 and 20.
     *
     * @param function continuous function
     * @return a root to 1e-9; without a change of sign, the end at which the function is nearer to nil
     */
    static double root(DoubleUnaryOperator function) {
        double low = function.applyAsDouble(-FARTHEST);
        double high = function.applyAsDouble(FARTHEST);
        if (low * high > 0 || Double.isNaN(low * high)) {
            return Math.abs(low) <= Math.abs(high) ? -FARTHEST : FARTHEST;
        }
        return new BisectionSolver(1e-9).solve(200, function::applyAsDouble, -FARTHEST, FARTHEST);
    }
}
