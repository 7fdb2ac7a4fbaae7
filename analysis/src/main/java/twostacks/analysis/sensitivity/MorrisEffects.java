package twostacks.analysis.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Elementary effects (Morris 1991, Technometrics 33:161): along a trajectory of the design each step moves one factor, and
 * its effect is the change of the outcome over the change of the factor as a part of its range. Over trajectories μ* is
 * the mean of its magnitude (Campolongo, Cariboni and Saltelli 2007, Environ. Model. Softw. 22:1509), μ its mean, σ its
 * standard deviation: a large σ beside μ* means interactions or a bent response.
 *
 * <p>With R replicates an effect is the mean over replicates, and σ² is less the mean of the squared standard error of
 * such a mean, so that luck does not pass for interaction. Magnitudes cannot be corrected so: {@code noise}, the root of
 * that mean, says what μ* about would be if a factor did nothing but luck remained (√(2/π) of it for normal luck). It is
 * not told with one replicate.
 *
 * <p>Effects whose runs are missing are masked. Trajectories are what is resampled for the intervals.
 */
public final class MorrisEffects {
    /**
     * What was found.
     *
     * @param indices μ*, μ, σ and noise of each factor
     * @param trajectories number of trajectories with any effect
     * @param masked effects left out because a run is missing
     */
    public record Result(List<Index> indices, int trajectories, int masked) {}

    private MorrisEffects() {}

    /**
     * Works the measures out.
     *
     * @param factors names of the factors
     * @param trajectories for each trajectory its points, each its coordinates
     * @param y for each trajectory and point the outcome by replicate; NaN for a run that is missing
     * @param resamples bootstrap resamples
     * @param confidence level of intervals
     * @param seed seed of resampling
     * @return measures
     * @throws IllegalArgumentException if a step moves no factor, or several
     */
    public static Result compute(
            List<String> factors,
            double[][][] trajectories,
            double[][][] y,
            int resamples,
            double confidence,
            long seed) {
        int k = factors.size();
        int count = trajectories.length;
        double[][] effects = new double[count][k];
        double[][] errors = new double[count][k];
        int masked = 0;
        for (int t = 0; t < count; t++) {
            Arrays.fill(effects[t], Double.NaN);
            Arrays.fill(errors[t], Double.NaN);
            for (int s = 1; s < trajectories[t].length; s++) {
                int moved = moved(trajectories[t][s - 1], trajectories[t][s]);
                double step = trajectories[t][s][moved] - trajectories[t][s - 1][moved];
                double[] effect = effect(y[t][s - 1], y[t][s], step);
                effects[t][moved] = effect[0];
                errors[t][moved] = effect[1];
                if (Double.isNaN(effect[0])) {
                    masked++;
                }
            }
        }
        Bootstrap bootstrap = new Bootstrap(resamples, confidence, seed);
        int[] every = java.util.stream.IntStream.range(0, count).toArray();
        double[] values = measures(effects, errors, every, k);
        double[][] samples = bootstrap.samples(count, rows -> measures(effects, errors, rows, k));
        List<Index> indices = new ArrayList<>();
        String[] names = {"mu_star", "mu", "sigma", "noise"};
        for (int i = 0; i < k; i++) {
            for (int m = 0; m < names.length; m++) {
                double[] ends = bootstrap.ends(samples[m * k + i]);
                indices.add(new Index("morris", factors.get(i), names[m], values[m * k + i], ends[0], ends[1], count));
            }
        }
        return new Result(indices, count, masked);
    }

    private static int moved(double[] from, double[] to) {
        int moved = -1;
        for (int i = 0; i < from.length; i++) {
            if (from[i] != to[i]) {
                if (moved >= 0) {
                    throw new IllegalArgumentException("a step of a trajectory moves more than one factor");
                }
                moved = i;
            }
        }
        if (moved < 0) {
            throw new IllegalArgumentException("a step of a trajectory moves no factor");
        }
        return moved;
    }

    /** Mean over replicates, and its squared standard error. */
    private static double[] effect(double[] from, double[] to, double step) {
        int n = from.length;
        double mean = 0;
        for (int r = 0; r < n; r++) {
            mean += (to[r] - from[r]) / step / n;
        }
        double squares = 0;
        for (int r = 0; r < n; r++) {
            double d = (to[r] - from[r]) / step - mean;
            squares += d * d;
        }
        return new double[] {mean, n > 1 ? squares / (n - 1) / n : Double.NaN};
    }

    private static double[] measures(double[][] effects, double[][] errors, int[] rows, int k) {
        double[] result = new double[4 * k];
        for (int i = 0; i < k; i++) {
            int n = 0;
            double sum = 0;
            double magnitude = 0;
            double noise = 0;
            for (int t : rows) {
                if (!Double.isNaN(effects[t][i])) {
                    n++;
                    sum += effects[t][i];
                    magnitude += Math.abs(effects[t][i]);
                    noise += errors[t][i];
                }
            }
            double mean = sum / n;
            double squares = 0;
            for (int t : rows) {
                if (!Double.isNaN(effects[t][i])) {
                    squares += (effects[t][i] - mean) * (effects[t][i] - mean);
                }
            }
            double luck = noise / n;
            double variance = squares / (n - 1);
            result[i] = n == 0 ? Double.NaN : magnitude / n;
            result[k + i] = n == 0 ? Double.NaN : mean;
            result[2 * k + i] = n < 2 ? Double.NaN : Math.sqrt(Math.max(0, variance - (Double.isNaN(luck) ? 0 : luck)));
            result[3 * k + i] = Math.sqrt(luck);
        }
        return result;
    }
}
