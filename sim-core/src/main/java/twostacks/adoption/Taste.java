package twostacks.adoption;

import org.apache.commons.math3.distribution.NormalDistribution;

/** Tastes for origin: a standard normal distribution in equally likely bins, each at a value such that the variance is 1. */
public final class Taste {
    private Taste() {}

    /**
     * Values of the bins: the mean of the normal distribution in each, scaled to unit variance; symmetric to the bit.
     *
     * @param bins number of bins ≥ 1
     * @return values in ascending order; one bin has the value 0
     */
    public static double[] values(int bins) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] values = new double[bins];
        double below = 0;
        for (int b = 0; b < bins; b++) {
            double above = b == bins - 1 ? 0 : normal.density(normal.inverseCumulativeProbability((b + 1.0) / bins));
            values[b] = (below - above) * bins;
            below = above;
        }
        for (int b = 0; b < bins; b++) {
            int mirror = bins - 1 - b;
            if (b < mirror) {
                double size = (values[mirror] - values[b]) / 2;
                values[b] = -size;
                values[mirror] = size;
            } else if (b == mirror) {
                values[b] = 0;
            }
        }
        if (bins == 1) {
            return values;
        }
        double variance = 0;
        for (double value : values) {
            variance += value * value / bins;
        }
        double scale = 1 / StrictMath.sqrt(variance);
        for (int b = 0; b < bins; b++) {
            values[b] *= scale;
        }
        return values;
    }
}
