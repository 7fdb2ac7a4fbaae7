package twostacks.analysis.report;

import java.util.Arrays;

/**
 * A figure with what it ranges over, by entity and then month. Up to 19 replicates the band is from the least to the
 * greatest of them, from 20 on from the 5th to the 95th percentile (linear interpolation between order statistics).
 */
final class Band {
    private static final int ENOUGH = 20;
    private static final double TAIL = 0.05;

    final float[] mean;
    final float[] low;
    final float[] high;

    Band(int size) {
        mean = nothing(size);
        low = nothing(size);
        high = nothing(size);
    }

    private static float[] nothing(int size) {
        float[] values = new float[size];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    /** What the band is, in words. */
    static String meaning(int replicates) {
        if (replicates == 1) {
            return "";
        }
        return replicates < ENOUGH
                ? "least to greatest of " + replicates + " replicates"
                : "5th to 95th percentile of " + replicates + " replicates";
    }

    /** Sums up a sample, which is sorted on the way. */
    void set(int at, float[] sample, int size) {
        if (size == 0) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += sample[i];
        }
        mean[at] = (float) (sum / size);
        if (size > 1) {
            Arrays.sort(sample, 0, size);
        }
        low[at] = size < ENOUGH ? sample[0] : quantile(sample, size, TAIL);
        high[at] = size < ENOUGH ? sample[size - 1] : quantile(sample, size, 1 - TAIL);
    }

    private static float quantile(float[] sorted, int size, double p) {
        double at = p * (size - 1);
        int below = (int) at;
        int above = Math.min(size - 1, below + 1);
        return (float) (sorted[below] + (at - below) * (sorted[above] - sorted[below]));
    }
}
