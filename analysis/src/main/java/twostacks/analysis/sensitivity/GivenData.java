package twostacks.analysis.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Indices from whatever points there are, without a design of their own. Points are put into bins of equal numbers along
 * a factor; values that a factor takes again and again make a bin each.
 *
 * <ul>
 *   <li>{@code first}: the first-order index as the part of variance between bins (the correlation ratio; Plischke,
 *       Borgonovo and Smith 2013, Eur. J. Oper. Res. 226:536), less what bins of finite size show by chance: ε² =
 *       (SS<sub>between</sub> − (M − 1) MS<sub>within</sub>)/SS (Kelley 1935);
 *   <li>{@code pawn}: the median over bins of the greatest distance of the outcome's distribution in the bin from that
 *       over all points (Pianosi and Wagener 2018, Environ. Model. Softw. 108:197), from 0 to 1. It sees any influence,
 *       not only that on variance.
 * </ul>
 *
 * <p>The factor {@code (dummy)} is a column of random numbers: what an index comes to if a factor does nothing at all.
 * Each point counts once, with the mean over its replicates. Neither index tells interactions.
 */
public final class GivenData {
    /** What the column of random numbers is called. */
    public static final String DUMMY = "(dummy)";

    private static final int MOST_BINS = 24;
    private static final int LEAST_IN_BIN = 5;

    private GivenData() {}

    /**
     * Works the indices out.
     *
     * @param factors names of the factors
     * @param x coordinates by factor and point
     * @param y outcome by point; NaN where it is missing
     * @param resamples bootstrap resamples
     * @param confidence level of intervals
     * @param seed seed of resampling and of the dummy
     * @return both indices of each factor and of the dummy
     */
    public static List<Index> compute(
            List<String> factors, double[][] x, double[] y, int resamples, double confidence, long seed) {
        int[] there =
                IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).toArray();
        double[] outcome = Arrays.stream(there).mapToDouble(i -> y[i]).toArray();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        List<String> names = new ArrayList<>(factors);
        names.add(DUMMY);
        double[][] columns = new double[names.size()][];
        for (int f = 0; f < factors.size(); f++) {
            double[] column = x[f];
            columns[f] = Arrays.stream(there).mapToDouble(i -> column[i]).toArray();
        }
        columns[factors.size()] = random.doubles(there.length).toArray();
        int[][] bins = new int[names.size()][];
        for (int f = 0; f < bins.length; f++) {
            bins[f] = bins(columns[f]);
        }
        int[] every = IntStream.range(0, outcome.length).toArray();
        double[] values = indices(bins, outcome, every);
        Bootstrap bootstrap = new Bootstrap(resamples, confidence, seed);
        double[][] samples = outcome.length == 0
                ? new double[2 * bins.length][1]
                : bootstrap.samples(outcome.length, rows -> indices(bins, outcome, rows));
        List<Index> indices = new ArrayList<>();
        for (int f = 0; f < bins.length; f++) {
            double[] first = bootstrap.ends(samples[f]);
            double[] pawn = bootstrap.ends(samples[bins.length + f]);
            indices.add(new Index("binned", names.get(f), "first", values[f], first[0], first[1], outcome.length));
            indices.add(new Index(
                    "pawn", names.get(f), "median", values[bins.length + f], pawn[0], pawn[1], outcome.length));
        }
        return indices;
    }

    /** The bin of each point. */
    static int[] bins(double[] column) {
        int n = column.length;
        double[] distinct = Arrays.stream(column).distinct().sorted().toArray();
        int wanted = Math.max(2, Math.min(MOST_BINS, Math.min((int) Math.round(Math.sqrt(n)), n / LEAST_IN_BIN)));
        int[] bins = new int[n];
        if (distinct.length <= wanted) {
            for (int i = 0; i < n; i++) {
                bins[i] = Arrays.binarySearch(distinct, column[i]);
            }
            return bins;
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> column[i]));
        for (int place = 0; place < n; place++) {
            boolean same = place > 0 && column[order[place]] == column[order[place - 1]];
            bins[order[place]] = same ? bins[order[place - 1]] : (int) ((long) place * wanted / n);
        }
        return bins;
    }

    private static double[] indices(int[][] bins, double[] y, int[] rows) {
        double[] result = new double[2 * bins.length];
        Integer[] order = Arrays.stream(rows).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> y[i]));
        for (int f = 0; f < bins.length; f++) {
            result[f] = first(bins[f], y, rows);
            result[bins.length + f] = pawn(bins[f], y, order);
        }
        return result;
    }

    private static double first(int[] bin, double[] y, int[] rows) {
        int count = Arrays.stream(rows).map(i -> bin[i]).max().orElse(0) + 1;
        double[] sums = new double[count];
        int[] sizes = new int[count];
        double sum = 0;
        for (int i : rows) {
            sums[bin[i]] += y[i];
            sizes[bin[i]]++;
            sum += y[i];
        }
        double mean = sum / rows.length;
        double all = 0;
        for (int i : rows) {
            all += (y[i] - mean) * (y[i] - mean);
        }
        double between = 0;
        int used = 0;
        for (int b = 0; b < count; b++) {
            if (sizes[b] > 0) {
                double d = sums[b] / sizes[b] - mean;
                between += sizes[b] * d * d;
                used++;
            }
        }
        double within = (all - between) / (rows.length - used);
        return rows.length <= used || all == 0 ? Double.NaN : (between - (used - 1) * within) / all;
    }

    /** Rows come sorted by outcome. */
    private static double pawn(int[] bin, double[] y, Integer[] sorted) {
        int n = sorted.length;
        int count = Arrays.stream(sorted).mapToInt(i -> bin[i]).max().orElse(0) + 1;
        int[] sizes = new int[count];
        for (int i : sorted) {
            sizes[bin[i]]++;
        }
        int[] below = new int[count];
        double[] greatest = new double[count];
        for (int place = 0; place < n; place++) {
            int i = sorted[place];
            below[bin[i]]++;
            if (place + 1 < n && y[sorted[place + 1]] == y[i]) {
                continue;
            }
            double whole = (place + 1.0) / n;
            for (int b = 0; b < count; b++) {
                if (sizes[b] > 0) {
                    greatest[b] = Math.max(greatest[b], Math.abs((double) below[b] / sizes[b] - whole));
                }
            }
        }
        double[] used = IntStream.range(0, count)
                .filter(b -> sizes[b] > 0)
                .mapToDouble(b -> greatest[b])
                .sorted()
                .toArray();
        return used.length == 0 ? Double.NaN : Bootstrap.quantile(used, .5);
    }
}
