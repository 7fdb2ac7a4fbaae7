package twostacks.analysis.effects;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import twostacks.analysis.results.OutcomeName;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.ResultPackage;

/**
 * Divides the effect of an alternative among the levers in which it differs from the base, by paired ablation: the model
 * is run with every set of these levers moved, on common random numbers, and what each adds is averaged over all orders
 * ({@link Shapley}), pair by pair. The mean over pairs is the estimate, its error is that of a paired t.
 *
 * <p>Told for the last month of each year and the last of the run.
 */
final class Attribution {
    /** The row that gives what the causes add up to. */
    static final String TOTAL = "total";

    private static final String DECEMBER = "-12";
    private static final long MEMORY = 256L << 20;
    private static final List<String> COLUMNS = List.of("share_", "dependence_", "leading_origin=");

    private final String alternative;
    private final Comparison.Coalitions coalitions;
    private final Set<String> columns;
    private final PairedEstimator estimator;

    Attribution(String alternative, Comparison.Coalitions coalitions, double confidence, Set<String> columns) {
        this.alternative = alternative;
        this.coalitions = coalitions;
        this.columns = columns;
        this.estimator = new PairedEstimator(PairedEstimator.Interval.T, confidence, 0, 0);
    }

    static PackageWriter.Table table(PackageWriter writer, String level) throws IOException {
        return writer.table(
                Comparison.ATTRIBUTION,
                "the effect of each alternative divided among the levers it moves, at the end of each year",
                List.of("alternative", "month", "iso3", "outcome", "cause"),
                List.of(
                        Column.text("alternative", "name of the alternative"),
                        new Column("month", "yearmonth", 0, "", "month, YYYY-MM"),
                        Column.text("iso3", "nation, ISO 3166 alpha-3; WLD for the world"),
                        Column.text("outcome", "outcome, as in effects.csv"),
                        Column.text("cause", "lever, or total: what the levers add up to"),
                        Column.number(
                                "effect", 8, "", "Shapley value, in the outcome's unit; the total's is the effect"),
                        Column.number("standard_error", 8, "", "its standard error over pairs"),
                        Column.number("low", 8, "", "paired t, " + level + ", lower end"),
                        Column.number("high", 8, "", "its upper end"),
                        Column.number("alone", 8, "", "what the lever does when it alone is moved"),
                        Column.number("last", 8, "", "what it adds when all others are moved")));
    }

    void write(PackageWriter.Table out) {
        List<ResultPackage> runs =
                coalitions.runs().stream().map(ResultPackage::open).toList();
        write(runs, true, out);
        write(runs, false, out);
    }

    private void write(List<ResultPackage> runs, boolean nations, PackageWriter.Table out) {
        List<Panel> panels = new ArrayList<>();
        for (ResultPackage run : runs) {
            panels.add(nations ? Panel.nations(run) : Panel.world(run));
        }
        Panel first = panels.get(0);
        Set<String> wanted = new LinkedHashSet<>();
        for (Panel panel : panels) {
            String difference = first.difference(panel);
            if (!difference.isEmpty()) {
                throw new ResultException(
                        "the runs for the attribution of " + alternative + " do not pair: " + difference);
            }
            panel.outcomes().stream()
                    .filter(o -> columns.isEmpty()
                            ? COLUMNS.stream().anyMatch(o.name()::startsWith)
                            : columns.contains(o.name()) || columns.contains(o.column()))
                    .forEach(o -> wanted.add(o.name()));
        }
        Panel all = first;
        for (Panel panel : panels) {
            all = all.withOutcomesOf(panel);
        }
        List<Panel> alike = new ArrayList<>();
        for (Panel panel : panels) {
            alike.add(panel.withOutcomesOf(all).only(wanted));
        }
        List<String> entities = new ArrayList<>(first.entities());
        panels.forEach(p -> entities.retainAll(p.entities()));
        List<Integer> months = new ArrayList<>();
        for (int m = 0; m < first.months().size(); m++) {
            if (first.months().get(m).endsWith(DECEMBER) || m == first.months().size() - 1) {
                months.add(m);
            }
        }
        long perMonth = Double.BYTES * alike.get(0).valuesPerMonth() * alike.size();
        int atATime = (int) Math.max(1, Math.min(months.size(), MEMORY / Math.max(1, perMonth)));
        for (int from = 0; from < months.size(); from += atATime) {
            int[] some = months.subList(from, Math.min(months.size(), from + atATime)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            List<double[]> values = alike.stream().map(p -> p.load(some)).toList();
            for (int m = 0; m < some.length; m++) {
                write(alike, values, m, first.months().get(some[m]), entities, nations, out);
            }
        }
    }

    private void write(
            List<Panel> panels,
            List<double[]> values,
            int month,
            String name,
            List<String> entities,
            boolean nations,
            PackageWriter.Table out) {
        List<Panel.Outcome> outcomes = panels.get(0).outcomes();
        for (String entity : entities) {
            for (int o = 0; o < outcomes.size(); o++) {
                Panel.Outcome outcome = outcomes.get(o);
                boolean plain = nations || entity.equals(OutcomeName.POPULATION);
                if (!plain && !Panel.weighted(outcome.column())) {
                    continue;
                }
                double[][] bySet = new double[panels.size()][];
                for (int s = 0; s < bySet.length; s++) {
                    Panel panel = panels.get(s);
                    int at = panel.at(month, panel.place(entity), o);
                    bySet[s] = Arrays.copyOfRange(values.get(s), at, at + panel.replicates());
                }
                write(
                        name,
                        nations ? entity : OutcomeName.WORLD,
                        plain ? outcome.name() : outcome.name() + "@" + entity,
                        Comparison.decimals(outcome.decimals()),
                        bySet,
                        out);
            }
        }
    }

    private void write(
            String month, String iso3, String outcome, int decimals, double[][] bySet, PackageWriter.Table out) {
        int causes = coalitions.causes().size();
        int pairs = bySet[0].length;
        double[][] shapley = new double[causes][pairs];
        double[] value = new double[bySet.length];
        for (int r = 0; r < pairs; r++) {
            for (int s = 0; s < bySet.length; s++) {
                value[s] = bySet[s][r];
            }
            double[] each = Shapley.values(value);
            for (int c = 0; c < causes; c++) {
                shapley[c][r] = each[c];
            }
        }
        Estimate total = estimate(bySet[0], bySet[bySet.length - 1]);
        Estimate[] estimates = new Estimate[causes];
        double[] parts = new double[causes];
        for (int c = 0; c < causes; c++) {
            estimates[c] = estimate(new double[pairs], shapley[c]);
            parts[c] = estimates[c].effect();
        }
        boolean known = Arrays.stream(parts).noneMatch(Double::isNaN) && estimates[0].pairs() == total.pairs();
        long[] rounded = known ? Shapley.rounded(parts, total.effect(), decimals) : null;
        for (int c = 0; c < causes; c++) {
            double effect = known ? rounded[c] / Math.pow(10, decimals) : parts[c];
            double alone = estimate(bySet[0], bySet[1 << c]).effect();
            double last = estimate(bySet[(bySet.length - 1) & ~(1 << c)], bySet[bySet.length - 1])
                    .effect();
            row(out, month, iso3, outcome, coalitions.causes().get(c), decimals, effect, estimates[c], alone, last);
        }
        row(out, month, iso3, outcome, TOTAL, decimals, total.effect(), total, Double.NaN, Double.NaN);
    }

    private void row(
            PackageWriter.Table out,
            String month,
            String iso3,
            String outcome,
            String cause,
            int decimals,
            double effect,
            Estimate estimate,
            double alone,
            double last) {
        out.add(alternative)
                .add(month)
                .add(iso3)
                .add(outcome)
                .add(cause)
                .add(effect, decimals)
                .add(estimate.standardError(), decimals)
                .add(estimate.low(), decimals)
                .add(estimate.high(), decimals)
                .add(alone, decimals)
                .add(last, decimals)
                .endRow();
    }

    private Estimate estimate(double[] from, double[] to) {
        return estimator.family(new double[][] {from}, new double[][] {to})[0];
    }
}
