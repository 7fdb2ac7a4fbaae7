package twostacks.facts;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The rule for a missing figure: the median of the nation's subregion in the bundled table; where nobody there has one,
 * of its region; else of the world. A missing GDP is the median GDP per head times the nation's people. Surveyed trust is
 * never imputed: where there is no survey, the model has a wide prior of its own.
 */
public final class Imputation {
    private final Collection<NationRow> reference;

    /**
     * The rule over a table.
     *
     * @param reference rows that medians are taken of
     */
    public Imputation(Collection<NationRow> reference) {
        this.reference = List.copyOf(reference);
    }

    /**
     * A figure, imputed if it is missing.
     *
     * @param figure reads the figure off a row; NaN if missing
     * @param row row of the nation
     * @return the figure, or the median that stands for it; NaN if no row has one
     */
    public double figure(ToDoubleFunction<NationRow> figure, NationRow row) {
        double own = figure.applyAsDouble(row);
        if (!Double.isNaN(own)) {
            return own;
        }
        List<Predicate<NationRow>> scopes = List.of(
                r -> r.subregion().equals(row.subregion()), r -> r.region().equals(row.region()), r -> true);
        for (Predicate<NationRow> scope : scopes) {
            double[] values = reference.stream()
                    .filter(scope)
                    .mapToDouble(figure)
                    .filter(v -> !Double.isNaN(v))
                    .sorted()
                    .toArray();
            if (values.length > 0) {
                return median(values);
            }
        }
        return Double.NaN;
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
