package twostacks.analysis.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Sobol' indices of a model with luck, from a Saltelli design: two samples A and B of N points each, and for each factor
 * i a sample AB<sub>i</sub> that is A with the factor's column of B (Saltelli et al. 2010, Comput. Phys. Commun.
 * 181:259).
 *
 * <p>A run is f(x) + ε: what the parameters x lead to on average over luck, and luck. With R replicates y<sub>r</sub> at
 * each point, ȳ their mean and y′ = y less the mean over A and B, of the variance of f
 *
 * <ul>
 *   <li>V<sub>i</sub> = mean of ȳ′<sub>B</sub> (ȳ<sub>ABi</sub> − ȳ<sub>A</sub>) less cov<sub>r</sub>(y<sub>B</sub>,
 *       y<sub>ABi</sub> − y<sub>A</sub>)/R is due to factor i by itself (Saltelli 2010),
 *   <li>VT<sub>i</sub> = ½ mean of (ȳ<sub>A</sub> − ȳ<sub>ABi</sub>)² less ½ var<sub>r</sub>(y<sub>A</sub> −
 *       y<sub>ABi</sub>)/R is due to it with all its interactions (Jansen 1999, Comput. Phys. Commun. 117:35),
 *   <li>V = variance of ȳ over A and B less MS/R, with MS the mean square of y left when the means of points and of
 *       replicates are taken away.
 * </ul>
 *
 * <p>What is subtracted is what luck adds on average to the square or product of two means over R replicates; the
 * correction is that of nested simulation (Sun, Apley and Staum 2011, Oper. Res. 59:998). It holds whether replicates
 * have seeds of their own or share them over points. The first-order index is S<sub>i</sub> = V<sub>i</sub>/V, the
 * total one T<sub>i</sub> = VT<sub>i</sub>/V. By the law of total variance a single run's variance is V + W with W the
 * mean variance over replicates at a point; luck's share is W/(V + W). With one replicate luck cannot be told from the
 * rest: nothing is subtracted, and its share is NaN.
 *
 * <p>A row of the design (a point of A, of B, and of each AB<sub>i</sub>) counts only if all its runs are there: others
 * are masked, and counted. Rows are what is resampled for the intervals.
 */
public final class SobolIndices {
    /** Parts of the largest sample at which ranks are looked at. */
    private static final int[] PARTS = {8, 4, 2, 1};

    private static final int LEAST = 4;

    /**
     * Ranks as the sample grows: how far they are those of the whole.
     *
     * @param rows rows of the design used, from the first
     * @param correlation Spearman's rank correlation of total indices with those of all rows
     * @param top factor with the greatest total index
     */
    public record Rank(int rows, double correlation, String top) {}

    /**
     * What was found.
     *
     * @param indices indices: first and total of each factor, and luck's share
     * @param rows rows of the design used
     * @param masked rows left out because a run is missing
     * @param ranks ranks as the sample grows
     */
    public record Result(List<Index> indices, int rows, int masked, List<Rank> ranks) {}

    private final List<String> factors;
    private final int replicates;
    private final double[][][] y; // row, place (A, B, AB1…), replicate
    private final int masked;

    private SobolIndices(List<String> factors, int replicates, double[][][] y, int masked) {
        this.factors = factors;
        this.replicates = replicates;
        this.y = y;
        this.masked = masked;
    }

    /**
     * Takes the rows of a design.
     *
     * @param factors names of the k factors
     * @param rows values by row, then A, B, AB of each factor, then replicate; NaN for a run that is missing
     * @return what indices are worked out from
     */
    public static SobolIndices of(List<String> factors, double[][][] rows) {
        List<double[][]> whole = new ArrayList<>();
        int replicates = 0;
        for (double[][] row : rows) {
            boolean there = true;
            for (double[] point : row) {
                there &= Arrays.stream(point).noneMatch(Double::isNaN);
                replicates = point.length;
            }
            if (there) {
                whole.add(row);
            }
        }
        return new SobolIndices(
                List.copyOf(factors), replicates, whole.toArray(double[][][]::new), rows.length - whole.size());
    }

    /** Sums of some rows, from which all indices follow. */
    private final class Sums {
        private final double centre;
        private final double[][] product; // by row and factor: to be averaged for V_i
        private final double[][] square; // by row and factor: to be averaged for VT_i

        Sums(double centre) {
            this.centre = centre;
            int k = factors.size();
            this.product = new double[y.length][k];
            this.square = new double[y.length][k];
            for (int j = 0; j < y.length; j++) {
                for (int i = 0; i < k; i++) {
                    contribution(j, i);
                }
            }
        }

        private void contribution(int j, int i) {
            double[] a = y[j][0];
            double[] b = y[j][1];
            double[] ab = y[j][2 + i];
            double meanB = 0;
            double meanD = 0;
            for (int r = 0; r < replicates; r++) {
                meanB += (b[r] - centre) / replicates;
                meanD += (ab[r] - a[r]) / replicates;
            }
            double covariance = 0;
            double variance = 0;
            if (replicates > 1) {
                for (int r = 0; r < replicates; r++) {
                    double d = ab[r] - a[r] - meanD;
                    covariance += (b[r] - centre - meanB) * d / (replicates - 1);
                    variance += d * d / (replicates - 1);
                }
            }
            product[j][i] = meanB * meanD - covariance / replicates;
            square[j][i] = (meanD * meanD - variance / replicates) / 2;
        }

        /** First-order indices, then total ones, then luck's share. */
        double[] indices(int[] rows) {
            int k = factors.size();
            double[] result = new double[2 * k + 1];
            double[] variances = variances(rows);
            for (int i = 0; i < k; i++) {
                double first = 0;
                double total = 0;
                for (int j : rows) {
                    first += product[j][i];
                    total += square[j][i];
                }
                result[i] = first / rows.length / variances[0];
                result[k + i] = total / rows.length / variances[0];
            }
            result[2 * k] = replicates > 1 ? variances[1] / (variances[0] + variances[1]) : Double.NaN;
            return result;
        }

        /** Variance of the expectation over points, and mean variance of luck. */
        private double[] variances(int[] rows) {
            int n = 2 * rows.length;
            double sum = 0;
            double squares = 0;
            double within = 0;
            double all = 0;
            double[] byReplicate = new double[replicates];
            for (int j : rows) {
                for (int s = 0; s < 2; s++) {
                    double mean = 0;
                    double own = 0;
                    for (int r = 0; r < replicates; r++) {
                        double v = y[j][s][r] - centre;
                        mean += v / replicates;
                        own += v * v;
                        byReplicate[r] += v;
                    }
                    sum += mean;
                    squares += mean * mean;
                    all += own;
                    within += own - replicates * mean * mean;
                }
            }
            double between = (squares - sum * sum / n) / (n - 1);
            if (replicates == 1) {
                return new double[] {between, Double.NaN};
            }
            double ofReplicates = 0;
            for (double r : byReplicate) {
                ofReplicates += r * r / n;
            }
            double left = all - replicates * squares - ofReplicates + replicates * sum * sum / n;
            double meanSquare = left / ((n - 1.0) * (replicates - 1));
            return new double[] {Math.max(0, between - meanSquare / replicates), within / n / (replicates - 1.0)};
        }
    }

    /**
     * Works the indices out.
     *
     * @param resamples bootstrap resamples
     * @param confidence level of intervals
     * @param seed seed of resampling
     * @return indices with intervals
     */
    public Result compute(int resamples, double confidence, long seed) {
        int k = factors.size();
        List<Index> indices = new ArrayList<>();
        if (y.length < LEAST) {
            for (String factor : factors) {
                indices.add(unknown(factor, "first"));
                indices.add(unknown(factor, "total"));
            }
            indices.add(unknown(Index.SEED, "share"));
            return new Result(indices, y.length, masked, List.of());
        }
        double centre = 0;
        for (double[][] row : y) {
            for (int r = 0; r < replicates; r++) {
                centre += (row[0][r] + row[1][r]) / 2 / replicates / y.length;
            }
        }
        Sums sums = new Sums(centre);
        int[] every = IntStream.range(0, y.length).toArray();
        double[] values = sums.indices(every);
        Bootstrap bootstrap = new Bootstrap(resamples, confidence, seed);
        double[][] samples = bootstrap.samples(y.length, sums::indices);
        for (int i = 0; i < k; i++) {
            indices.add(index(factors.get(i), "first", values[i], bootstrap.ends(samples[i])));
            indices.add(index(factors.get(i), "total", values[k + i], bootstrap.ends(samples[k + i])));
        }
        indices.add(index(Index.SEED, "share", values[2 * k], bootstrap.ends(samples[2 * k])));
        return new Result(indices, y.length, masked, ranks(sums, values));
    }

    private Index index(String factor, String measure, double value, double[] ends) {
        return Double.isFinite(value)
                ? new Index("sobol", factor, measure, value, ends[0], ends[1], y.length)
                : unknown(factor, measure);
    }

    private Index unknown(String factor, String measure) {
        return new Index("sobol", factor, measure, Double.NaN, Double.NaN, Double.NaN, y.length);
    }

    private List<Rank> ranks(Sums sums, double[] values) {
        int k = factors.size();
        double[] whole = Arrays.copyOfRange(values, k, 2 * k);
        List<Rank> ranks = new ArrayList<>();
        for (int part : PARTS) {
            int rows = y.length / part;
            if (rows < LEAST || k < 2) {
                continue;
            }
            double[] some = sums.indices(IntStream.range(0, rows).toArray());
            double[] totals = Arrays.copyOfRange(some, k, 2 * k);
            if (Arrays.stream(totals).anyMatch(Double::isNaN)
                    || Arrays.stream(whole).anyMatch(Double::isNaN)) {
                continue; // nothing varies
            }
            int top =
                    Collections.max(IntStream.range(0, k).boxed().toList(), Comparator.comparingDouble(i -> totals[i]));
            ranks.add(new Rank(rows, new SpearmansCorrelation().correlation(totals, whole), factors.get(top)));
        }
        return ranks;
    }
}
