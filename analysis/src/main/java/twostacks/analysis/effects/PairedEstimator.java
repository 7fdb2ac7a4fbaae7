package twostacks.analysis.effects;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Effects from pairs. A pair is a run of the base and one of the alternative on common random numbers; with d the
 * differences of n pairs, the effect is their mean and its standard error s<sub>d</sub>/√n.
 *
 * <p>Intervals, as wanted:
 *
 * <ul>
 *   <li>paired t: mean ± t<sub>n−1</sub> s<sub>d</sub>/√n; for a family of m effects at once with Bonferroni's level
 *       1 − (1 − confidence)/m each;
 *   <li>bootstrap: bias-corrected and accelerated (Efron 1987, J. Am. Stat. Assoc. 82:171) over resampled pairs; for a
 *       family mean ± c s<sub>d</sub>/√n with c the quantile of the greatest studentised deviation in the family
 *       (Romano and Wolf 2005, Econometrica 73:1237). The same pairs are resampled for all members, so that what they
 *       have in common is kept.
 * </ul>
 *
 * <p>Where all pairs differ by the same amount, which is common before an alternative begins to differ, the variance is 0
 * and neither interval exists: its ends are the effect if that is 0, since runs on common random numbers that do not
 * differ at all are the same run, and otherwise cannot be told.
 */
final class PairedEstimator {
    /** How an interval is made. */
    enum Interval {
        T,
        BOOTSTRAP
    }

    private final Interval interval;
    private final double confidence;
    private final int resamples;
    private final long seed;
    private final Map<Integer, int[][]> draws = new ConcurrentHashMap<>();
    private final Map<String, Double> quantiles = new ConcurrentHashMap<>();

    PairedEstimator(Interval interval, double confidence, int resamples, long seed) {
        this.interval = interval;
        this.confidence = confidence;
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * Estimates the effects of a family.
     *
     * @param base values of the base, by member and pair
     * @param alternative values of the alternative
     * @return an estimate for each member
     */
    Estimate[] family(double[][] base, double[][] alternative) {
        int members = base.length;
        Estimate[] estimates = new Estimate[members];
        double[][] differences = new double[members][];
        double[] greatest = interval == Interval.BOOTSTRAP ? new double[resamples] : null;
        boolean any = false;
        for (int i = 0; i < members; i++) {
            differences[i] = new double[base[i].length];
            estimates[i] = one(base[i], alternative[i], differences, i, members, greatest);
            any |= estimates[i].standardError() > 0;
        }
        if (greatest == null || !any) {
            return estimates;
        }
        Arrays.sort(greatest);
        double c = quantile(greatest, confidence);
        for (int i = 0; i < members; i++) {
            Estimate e = estimates[i];
            if (e.standardError() > 0) {
                estimates[i] = new Estimate(
                        e.base(),
                        e.effect(),
                        e.standardError(),
                        e.low(),
                        e.high(),
                        e.pairs(),
                        e.varianceRatio(),
                        e.effect() - c * e.standardError(),
                        e.effect() + c * e.standardError());
            }
        }
        return estimates;
    }

    private Estimate one(double[] a, double[] b, double[][] kept, int member, int members, double[] greatest) {
        int n = 0;
        double sumA = 0;
        double sumB = 0;
        double[] d = kept[member];
        for (int i = 0; i < a.length; i++) {
            if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
                sumA += a[i];
                sumB += b[i];
                d[n++] = b[i] - a[i];
            }
        }
        if (n == 0) {
            double none = Double.NaN;
            return new Estimate(none, none, none, none, none, 0, none, none, none);
        }
        double meanA = sumA / n;
        double meanB = sumB / n;
        boolean equal = true;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += d[i];
            equal &= d[i] == d[0];
        }
        double mean = equal ? d[0] : sum / n;
        if (n == 1 || equal) {
            double end = mean == 0 ? 0 : Double.NaN;
            return new Estimate(meanA, mean, n == 1 ? Double.NaN : 0, end, end, n, Double.NaN, end, end);
        }
        double squaresD = 0;
        for (int i = 0; i < n; i++) {
            squaresD += (d[i] - mean) * (d[i] - mean);
        }
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
                squares += (a[i] - meanA) * (a[i] - meanA) + (b[i] - meanB) * (b[i] - meanB);
            }
        }
        double error = Math.sqrt(squaresD / (n - 1) / n);
        double ratio = squares / squaresD;
        if (interval == Interval.T) {
            double t = t(n - 1, 1);
            double atOnce = t(n - 1, members);
            return new Estimate(
                    meanA,
                    mean,
                    error,
                    mean - t * error,
                    mean + t * error,
                    n,
                    ratio,
                    mean - atOnce * error,
                    mean + atOnce * error);
        }
        double[] ends = resample(d, n, mean, greatest);
        return new Estimate(meanA, mean, error, ends[0], ends[1], n, ratio, Double.NaN, Double.NaN);
    }

    private double t(int degrees, int members) {
        return quantiles.computeIfAbsent(
                degrees + "/" + members,
                k -> new TDistribution(null, degrees).inverseCumulativeProbability(1 - (1 - confidence) / 2 / members));
    }

    private double[] resample(double[] d, int n, double mean, double[] greatest) {
        int[][] drawn = draws.computeIfAbsent(n, this::draw);
        double[] means = new double[resamples];
        int below = 0;
        int equal = 0;
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            double squares = 0;
            for (int i : drawn[r]) {
                double centred = d[i] - mean;
                sum += centred;
                squares += centred * centred;
            }
            double shift = sum / n;
            means[r] = mean + shift;
            if (shift < 0) {
                below++;
            } else if (shift == 0) {
                equal++;
            }
            double variance = (squares / n - shift * shift) * n / (n - 1) / n;
            double t = shift == 0 ? 0 : variance <= 0 ? Double.MAX_VALUE : Math.abs(shift) / Math.sqrt(variance);
            greatest[r] = Math.max(greatest[r], t);
        }
        Arrays.sort(means);
        double acceleration = acceleration(d, n, mean);
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double share = Math.min(Math.max((below + .5 * equal) / resamples, .5 / resamples), 1 - .5 / resamples);
        double bias = normal.inverseCumulativeProbability(share);
        double[] ends = new double[2];
        for (int side = 0; side < 2; side++) {
            double z = normal.inverseCumulativeProbability(side == 0 ? (1 - confidence) / 2 : (1 + confidence) / 2);
            double p = normal.cumulativeProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
            ends[side] = quantile(means, p);
        }
        return ends;
    }

    /** Skewness of the mean's jackknife values over six. */
    private static double acceleration(double[] d, int n, double mean) {
        double squares = 0;
        double cubes = 0;
        for (int i = 0; i < n; i++) {
            double pull = d[i] - mean; // proportional to the mean of all jackknife values less that without i
            squares += pull * pull;
            cubes += pull * pull * pull;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private int[][] draw(int n) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int[][] drawn = new int[resamples][n];
        for (int[] resample : drawn) {
            for (int i = 0; i < n; i++) {
                resample[i] = random.nextInt(n);
            }
        }
        return drawn;
    }

    /** A quantile of sorted values, linear between them. */
    static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        if (below >= sorted.length - 1) {
            return sorted[sorted.length - 1];
        }
        double rest = at - below;
        return sorted[below] + (rest == 0 ? 0 : rest * (sorted[below + 1] - sorted[below]));
    }
}
