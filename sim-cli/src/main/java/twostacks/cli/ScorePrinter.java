package twostacks.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Scorecard.Prediction;
import twostacks.analysis.hindcast.Scorecard.Row;
import twostacks.analysis.hindcast.Scorecard.Score;

/** Prints a scorecard: families of nations beside their baselines, figures of the world one by one, what is missing. */
final class ScorePrinter {
    private ScorePrinter() {}

    /**
     * Prints a scorecard.
     *
     * @param enough targets from which on a family gets a table of its own
     */
    static void print(Scorecard card, int enough, PrintWriter out) {
        Map<String, List<Score>> tables = new LinkedHashMap<>();
        for (Score s : card.scores()) {
            tables.computeIfAbsent(s.family() + "/" + s.task(), k -> new ArrayList<>())
                    .add(s);
        }
        List<String> tested = new ArrayList<>();
        tables.forEach((name, scores) -> {
            Score first = scores.get(0);
            if (first.count() >= enough) {
                tested.add(first.family());
                boolean input = card.rows().stream().anyMatch(r -> r.family().equals(first.family()) && r.input());
                out.println();
                out.println(Scorecard.title(first.family()) + ", " + first.count() + " targets: "
                        + (first.task().equals("level")
                                ? "nothing seen of the nation"
                                : "the nation's earlier figure known")
                        + (input ? " (the model was given these figures: no test)" : ""));
                table(scores, out);
            }
        });
        List<Row> others =
                card.rows().stream().filter(r -> !tested.contains(r.family())).toList();
        if (!others.isEmpty()) {
            out.println();
            out.println("Other targets");
            Columns columns = new Columns().rightFrom(1);
            columns.row("  ", "observed", "model", "5 %", "95 %", "inside");
            for (Row r : others) {
                columns.row(
                        "  " + r.target().id() + " " + r.target().metric() + " "
                                + r.target().date(),
                        number(r.target().observed()),
                        number(r.median()),
                        number(r.p05()),
                        number(r.p95()),
                        r.inside() ? "yes" : "NO");
            }
            columns.print(out);
        }
        missing(card.unmeasured(), out);
    }

    private static void table(List<Score> scores, PrintWriter out) {
        double best = scores.stream()
                .mapToDouble(Score::meanAbsoluteError)
                .filter(e -> !Double.isNaN(e))
                .min()
                .orElse(Double.NaN);
        boolean bins = scores.stream().anyMatch(s -> !Double.isNaN(s.insideBin()));
        Columns columns = new Columns().rightFrom(1);
        columns.row(
                "  ",
                "mean error",
                "rank corr",
                bins ? "inside bin" : "",
                "coverage",
                "CRPS",
                "of runs: coverage",
                "CRPS");
        for (Score s : scores) {
            columns.row(
                    "  " + s.predictor() + (s.meanAbsoluteError() <= best ? " *" : ""),
                    number(s.meanAbsoluteError()),
                    number(s.rankCorrelation()),
                    number(s.insideBin()),
                    number(s.coverage()),
                    number(s.crps()),
                    number(s.runCoverage()),
                    number(s.runCrps()));
        }
        columns.print(out);
    }

    private static void missing(List<Prediction> unmeasured, PrintWriter out) {
        if (unmeasured.isEmpty()) {
            return;
        }
        Map<String, List<String>> reasons = new TreeMap<>();
        for (Prediction p : unmeasured) {
            reasons.computeIfAbsent(p.reason(), r -> new ArrayList<>())
                    .add(p.target().id());
        }
        out.println();
        out.println(unmeasured.size() + (unmeasured.size() == 1 ? " target" : " targets") + " not scored");
        reasons.forEach((reason, ids) -> out.println("  " + String.join(" ", ids) + ": " + reason));
    }

    /** A figure as people read it: decimals as its size asks for, nothing for none. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(
                Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : Math.abs(value) < 1000 ? "%.1f" : "%.0f", value);
    }
}
