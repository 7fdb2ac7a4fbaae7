package twostacks.verification;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Markov chains of independent adopters, and noise around a fixed point. */
final class Chains {
    private Chains() {}

    /**
     * Standard error of the mean of a stationary autoregression over consecutive months.
     *
     * @param noise standard deviation of a month's shock
     * @param slope what is left of a deviation after a month, in (−1, 1)
     * @param months number of months
     */
    static double errorOfMean(double noise, double slope, int months) {
        double variance = noise * noise / (1 - slope * slope);
        double sum = months;
        double power = 1;
        for (int lag = 1; lag < months; lag++) {
            power *= slope;
            sum += 2 * (months - lag) * power;
        }
        return StrictMath.sqrt(variance * sum) / months;
    }

    /** The stationary law of a chain: the solution of π P = π, Σ π = 1. */
    static double[] stationary(double[][] transition) {
        int n = transition.length;
        RealMatrix system = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                system.setEntry(j, i, transition[i][j] - (i == j ? 1 : 0));
            }
        }
        ArrayRealVector right = new ArrayRealVector(n);
        for (int i = 0; i < n; i++) {
            system.setEntry(n - 1, i, 1);
        }
        right.setEntry(n - 1, 1);
        return new LUDecomposition(system).getSolver().solve(right).toArray();
    }

    /**
     * Standard error of the mean of a function of the state, over independent adopters and evenly spaced months of a
     * stationary chain.
     */
    static double errorOfMean(
            double[][] transition, double[] law, double[] function, int adopters, int spacing, int times) {
        double mean = 0;
        for (int i = 0; i < law.length; i++) {
            mean += law[i] * function[i];
        }
        double[] forward = new double[law.length];
        double variance = 0;
        for (int i = 0; i < law.length; i++) {
            forward[i] = function[i] - mean;
            variance += law[i] * forward[i] * forward[i];
        }
        double sum = times * variance;
        for (int lag = 1; lag < times; lag++) {
            for (int step = 0; step < spacing; step++) {
                forward = apply(transition, forward);
            }
            double covariance = 0;
            for (int i = 0; i < law.length; i++) {
                covariance += law[i] * (function[i] - mean) * forward[i];
            }
            sum += 2 * (times - lag) * covariance;
        }
        return StrictMath.sqrt(sum / adopters) / times;
    }

    private static double[] apply(double[][] transition, double[] function) {
        double[] result = new double[function.length];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < result.length; j++) {
                result[i] += transition[i][j] * function[j];
            }
        }
        return result;
    }
}
