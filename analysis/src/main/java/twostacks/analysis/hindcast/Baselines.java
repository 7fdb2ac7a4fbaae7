package twostacks.analysis.hindcast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * What one predicts without a model. Every baseline is fitted on training figures only.
 *
 * <p>Two tasks: the <em>level</em> of a nation of which nothing was seen, from the other nations' figures of the same
 * period; and the figure <em>ahead</em> of a nation of which an earlier one is known.
 */
public final class Baselines {
    /** Neighbours that nearest neighbours averages over. */
    public static final int NEIGHBOURS = 5;

    /** Month from which growth is drawn through the origin: November 2022, when ChatGPT opened. */
    public static final int ORIGIN = 2022 * 12 + 10;

    /** Figures from which a regression on all facts is tried: a few for each of its numbers. */
    private static final int FEWEST_FOR_FACTS = 15;

    private static final double RIDGE = 1e-9;
    private static final int GRID = 24;

    private Baselines() {}

    /** A figure predicted from facts of the nation. */
    @FunctionalInterface
    public interface Level {
        /**
         * Predicts.
         *
         * @param facts facts of a nation
         * @return figure
         */
        double of(Covariates facts);
    }

    /**
     * A nation's earlier figure, with its later one.
     *
     * @param entity nation
     * @param from middle of the earlier period, months from the year 0
     * @param to middle of the later one
     * @param earlier earlier figure
     * @param later later figure
     */
    public record Pair(String entity, double from, double to, double earlier, double later) {}

    /** A figure predicted from an earlier one; the pair's later figure is not read. */
    @FunctionalInterface
    public interface Ahead {
        /**
         * Predicts.
         *
         * @param pair earlier figure and the two dates
         * @return figure
         */
        double of(Pair pair);
    }

    /**
     * Baselines of levels.
     *
     * @param facts facts of the training nations
     * @param figures their figures
     * @return fitted baselines by name
     */
    public static Map<String, Level> levels(List<Covariates> facts, double[] figures) {
        Map<String, Level> all = new LinkedHashMap<>();
        double mean = Arrays.stream(figures).average().orElse(Double.NaN);
        all.put("mean of others", c -> mean);
        double[][] income =
                facts.stream().map(c -> new double[] {c.logIncome()}).toArray(double[][]::new);
        Linear one = new Linear(income, figures);
        all.put("ln GDP per head", c -> one.of(new double[] {c.logIncome()}));
        double[][] three = facts.stream().map(Covariates::all).toArray(double[][]::new);
        Linear linear = new Linear(three, figures);
        all.put("linear regression", c -> linear.of(c.all()));
        all.put("nearest neighbours", c -> neighbours(linear, three, figures, c.all()));
        return all;
    }

    /**
     * Baselines of figures ahead.
     *
     * @param training pairs of training nations
     * @param facts facts of nations by code
     * @return fitted baselines by name
     */
    public static Map<String, Ahead> ahead(List<Pair> training, Map<String, Covariates> facts) {
        Map<String, Ahead> all = new LinkedHashMap<>();
        all.put("last value", Pair::earlier);
        double before = 0;
        double after = 0;
        double months = 0;
        for (Pair pair : training) {
            before += pair.earlier();
            after += pair.later();
            months += pair.earlier() * (pair.to() - pair.from());
        }
        // A factor over the time between the figures known holds a month at a time over any other.
        double growth = before > 0 ? StrictMath.log(after / before) / (months / before) : 0;
        all.put("one proportional factor", p -> p.earlier() * StrictMath.exp(growth * (p.to() - p.from())));
        growthByFacts(training, facts)
                .ifPresent(of -> all.put(
                        "growth by facts",
                        p -> p.earlier()
                                * StrictMath.exp(of.of(facts.get(p.entity()).all()) * (p.to() - p.from()))));
        all.put("linear trend", p -> p.earlier() * (p.to() - ORIGIN) / (p.from() - ORIGIN));
        Bass bass = Bass.fit(training);
        all.put("Bass curve", bass::of);
        return all;
    }

    /** Monthly growth of the logarithm by the nation's facts. */
    private static Optional<Linear> growthByFacts(List<Pair> training, Map<String, Covariates> facts) {
        List<Pair> grown =
                training.stream().filter(p -> p.earlier() > 0 && p.later() > 0).toList();
        if (grown.size() < FEWEST_FOR_FACTS) {
            return Optional.empty();
        }
        return Optional.of(new Linear(
                grown.stream().map(p -> facts.get(p.entity()).all()).toArray(double[][]::new),
                grown.stream()
                        .mapToDouble(p -> StrictMath.log(p.later() / p.earlier()) / (p.to() - p.from()))
                        .toArray()));
    }

    /** Least squares on standardised columns, with an intercept. */
    private static final class Linear {
        private final double[] means;
        private final double[] spreads;
        private final double[] slopes;
        private final double intercept;

        Linear(double[][] x, double[] y) {
            int columns = x[0].length;
            means = new double[columns];
            spreads = new double[columns];
            for (int j = 0; j < columns; j++) {
                for (double[] row : x) {
                    means[j] += row[j] / x.length;
                }
                for (double[] row : x) {
                    spreads[j] += (row[j] - means[j]) * (row[j] - means[j]) / x.length;
                }
                spreads[j] = StrictMath.sqrt(spreads[j]);
            }
            intercept = Arrays.stream(y).average().orElse(0);
            double[][] normal = new double[columns][columns];
            double[] right = new double[columns];
            for (int i = 0; i < x.length; i++) {
                double[] z = standardised(x[i]);
                for (int j = 0; j < columns; j++) {
                    right[j] += z[j] * (y[i] - intercept);
                    for (int k = 0; k < columns; k++) {
                        normal[j][k] += z[j] * z[k];
                    }
                }
            }
            for (int j = 0; j < columns; j++) {
                normal[j][j] += RIDGE * x.length; // a column that is constant gets no slope
            }
            slopes = new CholeskyDecomposition(new Array2DRowRealMatrix(normal, false))
                    .getSolver()
                    .solve(new Array2DRowRealMatrix(right))
                    .getColumn(0);
        }

        double[] standardised(double[] row) {
            double[] z = new double[row.length];
            for (int j = 0; j < z.length; j++) {
                z[j] = spreads[j] > 0 ? (row[j] - means[j]) / spreads[j] : 0;
            }
            return z;
        }

        double of(double[] row) {
            double sum = intercept;
            double[] z = standardised(row);
            for (int j = 0; j < z.length; j++) {
                sum += slopes[j] * z[j];
            }
            return sum;
        }
    }

    /** Mean of the nearest, by distance between standardised facts; of equally near ones the first in order. */
    private static double neighbours(Linear scale, double[][] x, double[] y, double[] at) {
        double[] z = scale.standardised(at);
        List<double[]> found = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            double[] other = scale.standardised(x[i]);
            double square = 0;
            for (int j = 0; j < z.length; j++) {
                square += (z[j] - other[j]) * (z[j] - other[j]);
            }
            found.add(new double[] {square, y[i]});
        }
        found.sort(Comparator.comparingDouble(f -> f[0]));
        return found.stream().limit(NEIGHBOURS).mapToDouble(f -> f[1]).average().orElse(Double.NaN);
    }

    /**
     * Diffusion without choice (Bass 1969): one curve for all nations, m·F(t), F = (1 − e^(−(p+q)t))/(1 + (q/p)·e^(−(p+q)t)),
     * each nation as late on it as its earlier figure says. p is the usual 0.03 a year; q and m are those with the least
     * absolute error in the training pairs, on a grid.
     */
    private static final class Bass {
        private static final double INNOVATION = 0.03 / 12;

        private final double imitation;
        private final double ceiling;

        private Bass(double imitation, double ceiling) {
            this.imitation = imitation;
            this.ceiling = ceiling;
        }

        static Bass fit(List<Pair> training) {
            double most = training.stream().mapToDouble(Pair::earlier).max().orElse(0.5);
            Bass best = new Bass(0.03, Math.min(1, most * 1.2));
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < GRID; i++) {
                for (int j = 1; j <= GRID; j++) {
                    Bass candidate = new Bass(0.2 * i / GRID, most + (Math.max(1, most * 1.01) - most) * j / GRID);
                    double error = 0;
                    for (Pair pair : training) {
                        error += Math.abs(candidate.of(pair) - pair.later());
                    }
                    if (error < least) {
                        least = error;
                        best = candidate;
                    }
                }
            }
            return best;
        }

        double of(Pair pair) {
            double sum = INNOVATION + imitation;
            double f = Math.max(0, Math.min(0.999999, pair.earlier() / ceiling));
            // F(t) = f solved for e^(−(p+q)t)
            double late = (1 - f) / (1 + f * imitation / INNOVATION);
            double later = late * StrictMath.exp(-sum * (pair.to() - pair.from()));
            return ceiling * (1 - later) / (1 + imitation / INNOVATION * later);
        }
    }
}
