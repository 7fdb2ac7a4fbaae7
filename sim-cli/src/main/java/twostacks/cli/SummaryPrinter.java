package twostacks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import twostacks.analysis.report.Report;
import twostacks.experiment.JobResult;
import twostacks.experiment.JobResult.Status;
import twostacks.output.RunSummary;
import twostacks.output.RunSummary.Flip;
import twostacks.output.RunSummary.Spread;

/** Prints what a run came to, on a screenful. */
final class SummaryPrinter {
    private static final int LABEL = 26;
    private static final int MOST_NAMES = 5;
    private static final int MOST_NAMES_COUNTED = 3;
    private static final Map<String, String> WEIGHTS = Map.of("population", "people", "gdp", "output (GDP)");

    private static final String HINT =
            "What the columns mean: twostacks columns, or datapackage.json beside the tables";

    private record Line(String label, String column) {}

    private static final List<Line> SHARES = List.of(
            new Line("US services", "share_us_closed"),
            new Line("US open weights", "share_us_open"),
            new Line("Chinese services", "share_cn_api"),
            new Line("Chinese open weights", "share_cn_open"),
            new Line("others", "share_other"),
            new Line("nations' own models", "share_sovereign"),
            new Line("no AI", "share_no_adoption"));

    private static final List<Line> LED_BY = List.of(
            new Line("US", "nations_led_by_us"),
            new Line("China", "nations_led_by_cn"),
            new Line("others", "nations_led_by_other"),
            new Line("their own models", "nations_led_by_sovereign"));

    private static final List<Line> DEPENDENCE =
            List.of(new Line("on the US", "dependence_us"), new Line("on China", "dependence_cn"));

    private final PrintWriter out;
    private final Ansi ansi;

    SummaryPrinter(PrintWriter out, boolean colours) {
        this.out = out;
        this.ansi = colours ? Ansi.ON : Ansi.OFF;
    }

    void print(JobResult result, RunSummary summary, Map<String, String> names, boolean page) throws IOException {
        title(result, summary);
        header(summary);
        for (String weight : List.of("population", "gdp")) {
            section("Share of the world's " + WEIGHTS.get(weight) + ", %", weight, SHARES, summary, 100, 1);
        }
        section("Nations with most users of", "population", LED_BY, summary, 1, 0);
        section(
                summary.figures().containsKey("population.dependence_us")
                        ? "Dependence, by people, %"
                        : "Dependence, mean of nations, %",
                dependence(summary),
                DEPENDENCE,
                summary,
                100,
                1);
        row("China's lag, months", "population.gap_months", summary, 1, 0);
        flips(summary, names);
        files(result, page);
    }

    /** Prints several runs beside each other, a line each: where the world's people are at the end. */
    void printTogether(List<JobResult> results, List<RunSummary> summaries, List<Path> pages) throws IOException {
        RunSummary any = summaries.get(0);
        boolean sameEnd = summaries.stream().map(SummaryPrinter::end).distinct().count() == 1;
        out.println(ansi.string("@|bold At the end" + (sameEnd ? ", " + end(any) : "")
                        + ": share of the world's people, %; nations led; months|@")
                + (any.replicates() == 1 ? "" : " (means of " + any.replicates() + " replicates)"));
        Columns columns = new Columns().rightFrom(1);
        List<String> header = new ArrayList<>(List.of("", "US svc", "open", "CN svc", "open", "other", "own", "none"));
        header.addAll(List.of("US leads", "CN leads", "CN lag"));
        columns.row(header.toArray(String[]::new));
        for (RunSummary summary : summaries) {
            List<String> row = new ArrayList<>(List.of(summary.scenario() + (sameEnd ? "" : " " + end(summary))));
            SHARES.forEach(share -> row.add(last(summary, "population." + share.column(), 100, 1)));
            row.add(last(summary, "population.nations_led_by_us", 1, 0));
            row.add(last(summary, "population.nations_led_by_cn", 1, 0));
            row.add(last(summary, "population.gap_months", 1, 0));
            columns.row(row.toArray(String[]::new));
        }
        columns.print(out);
        for (JobResult result : results) {
            out.println((result.status() == Status.ALREADY_THERE ? "Already in " : "Written to ")
                    + result.job().directory()
                    + (result.note().isEmpty() ? "" : " (again: " + result.note() + ")")
                    + (pages.contains(result.job().directory().resolve(Report.FILE))
                            ? "; to look at: " + Report.FILE
                            : ""));
        }
        out.println(HINT);
    }

    private static String end(RunSummary summary) {
        return summary.moments().isEmpty()
                ? ""
                : summary.moments().get(summary.moments().size() - 1).month();
    }

    private static String last(RunSummary summary, String name, double factor, int decimals) {
        List<Spread> spreads = summary.figures().getOrDefault(name, List.of());
        return spreads.isEmpty() ? "-" : text(spreads.get(spreads.size() - 1), 1, factor, decimals);
    }

    private void title(JobResult result, RunSummary summary) {
        String replicates = summary.replicates() == 1 ? "1 replicate" : summary.replicates() + " replicates";
        String how = result.status() == Status.ALREADY_THERE
                ? "already there, unchanged"
                : "done in " + Terminal.duration(result.elapsedNanos());
        out.println(ansi.string("@|bold " + summary.scenario() + "|@") + "  seed " + summary.seed() + ", " + replicates
                + ", " + how + (result.note().isEmpty() ? "" : " (again: what was there is " + result.note() + ")"));
    }

    private void header(RunSummary summary) {
        StringBuilder line = new StringBuilder(pad(summary.replicates() > 1 ? "mean [least, greatest]" : "", LABEL));
        for (RunSummary.Moment moment : summary.moments()) {
            line.append(right(moment.month(), width(summary)));
        }
        out.println(line.toString().stripTrailing());
    }

    private void section(
            String title, String prefix, List<Line> lines, RunSummary summary, double factor, int decimals) {
        List<Line> there = lines.stream()
                .filter(line -> !figure(summary, prefix, line.column()).isEmpty())
                .toList();
        if (there.isEmpty()) {
            return;
        }
        out.println(ansi.string("@|bold " + title + "|@"));
        for (Line line : there) {
            print("  " + line.label(), figure(summary, prefix, line.column()), summary, factor, decimals);
        }
    }

    private void row(String label, String name, RunSummary summary, double factor, int decimals) {
        List<Spread> spreads = summary.figures().getOrDefault(name, List.of());
        if (!spreads.isEmpty()) {
            print(label, spreads, summary, factor, decimals);
        }
    }

    private void print(String label, List<Spread> spreads, RunSummary summary, double factor, int decimals) {
        StringBuilder line = new StringBuilder(pad(label, LABEL));
        for (Spread spread : spreads) {
            line.append(right(text(spread, summary.replicates(), factor, decimals), width(summary)));
        }
        out.println(line.toString().stripTrailing());
    }

    private static List<Spread> figure(RunSummary summary, String prefix, String column) {
        return summary.figures().getOrDefault(prefix + "." + column, List.of());
    }

    private static String dependence(RunSummary summary) {
        return summary.figures().containsKey("population.dependence_us") ? "population" : "nations";
    }

    private static int width(RunSummary summary) {
        return summary.replicates() == 1 ? 11 : 20;
    }

    private static String text(Spread spread, int replicates, double factor, int decimals) {
        if (Double.isNaN(spread.mean())) {
            return "-";
        }
        String mean = number(spread.mean() * factor, decimals);
        return replicates == 1
                ? mean
                : mean + " [" + number(spread.least() * factor, decimals) + ", "
                        + number(spread.greatest() * factor, decimals) + "]";
    }

    private static String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    private void flips(RunSummary summary, Map<String, String> names) {
        if (summary.flips().directions().isEmpty()) {
            out.println("No nation changed its leading origin after "
                    + summary.flips().since() + ".");
            return;
        }
        String directions = summary.flips().directions().entrySet().stream()
                .limit(3)
                .map(e -> readable(e.getKey()) + " " + text(e.getValue(), summary.replicates(), 1, 0))
                .collect(Collectors.joining("; "));
        out.println("Changes of the leading origin after " + summary.flips().since() + ": " + directions);
        List<Flip> nations = summary.flips().nations();
        String latest = nations.stream()
                .limit(summary.replicates() == 1 ? MOST_NAMES : MOST_NAMES_COUNTED)
                .map(f -> names.getOrDefault(f.iso3(), f.iso3()) + " " + f.month()
                        + (summary.replicates() == 1 ? "" : " (" + f.replicates() + "/" + summary.replicates() + ")"))
                .collect(Collectors.joining(", "));
        String which = nations.size() == 1
                ? " nation: "
                : summary.replicates() == 1 ? " nations, the latest: " : " nations, such as ";
        out.println("  in " + nations.size() + which + latest);
    }

    private static String readable(String direction) {
        return direction.replace("CN", "China").replace("other", "others").replace("sovereign", "own");
    }

    private void files(JobResult result, boolean page) throws IOException {
        long bytes = 0;
        List<String> files = new ArrayList<>();
        for (Path file : RunCommand.files(result)) {
            bytes += Files.size(file);
            files.add(file.getFileName().toString());
        }
        out.println("Written to " + result.job().directory() + " (" + Terminal.size(bytes) + "): "
                + String.join(", ", files)
                + (page ? "; to look at: " + Report.FILE : ""));
        out.println(HINT);
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return text.length() >= width ? " " + text : " ".repeat(width - text.length()) + text;
    }
}
