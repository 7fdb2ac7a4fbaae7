package twostacks.analysis.sensitivity;

import java.util.Arrays;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Percentile intervals of several statistics at once, from resamples of whatever is exchangeable in a design. */
final class Bootstrap {
    private final int resamples;
    private final double confidence;
    private final long seed;

    Bootstrap(int resamples, double confidence, long seed) {
        this.resamples = resamples;
        this.confidence = confidence;
        this.seed = seed;
    }

    /** All resampled statistics, by statistic and resample. */
    double[][] samples(int n, Function<int[], double[]> statistics) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[][] all = null;
        int[] drawn = new int[n];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < n; i++) {
                drawn[i] = random.nextInt(n);
            }
            double[] values = statistics.apply(drawn);
            if (all == null) {
                all = new double[values.length][resamples];
            }
            for (int s = 0; s < values.length; s++) {
                all[s][r] = values[s];
            }
        }
        return all == null ? new double[0][] : all;
    }

    /** Ends of an interval; NaN where a statistic could not be told in every tenth resample or more. */
    double[] ends(double[] sample) {
        double[] sorted =
                Arrays.stream(sample).filter(Double::isFinite).sorted().toArray();
        if (sorted.length < .9 * sample.length || sorted.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        return new double[] {quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2)};
    }

    /** A quantile of sorted values, linear between them. */
    static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        if (below >= sorted.length - 1) {
            return sorted[sorted.length - 1];
        }
        return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
