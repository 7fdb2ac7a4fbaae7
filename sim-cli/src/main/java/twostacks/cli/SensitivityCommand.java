package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.results.Sweep;
import twostacks.analysis.results.Sweep.Setting;
import twostacks.analysis.sensitivity.GivenData;
import twostacks.analysis.sensitivity.Index;
import twostacks.analysis.sensitivity.SensitivityAnalysis;
import twostacks.analysis.sensitivity.SensitivityAnalysis.Finding;
import twostacks.analysis.sensitivity.SensitivityAnalysis.Method;
import twostacks.analysis.sensitivity.SobolIndices;
import twostacks.output.Json;

/** {@code twostacks sensitivity}: what a sweep's outcomes hang on. */
@Command(
        name = "sensitivity",
        description = "Tell which factors of a sweep its outcomes hang on, and how much is luck.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "A design of kind saltelli gives Sobol' indices (first: by itself; total: with all its interactions),",
            "morris gives elementary effects, and any other gives binned first-order indices and PAWN.",
            "",
            "Examples:",
            "  twostacks sensitivity results/my-sweep",
            "  twostacks sensitivity results/my-sweep --outcome share_cn_open --method given"
        })
final class SensitivityCommand implements Callable<Integer> {
    private static final int BAR = 30;
    private static final MathContext DIGITS = new MathContext(6);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of a sweep.")
    private Path directory;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Outcome to tell about. May be given several times. Default: all that the sweep keeps.")
    private List<String> outcomes = new ArrayList<>();

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "sobol, morris or given. Default: the one that the design is made for.")
    private Method method;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
    private int resamples;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "Level of intervals. Default: ${DEFAULT-VALUE}.")
    private double confidence;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of resampling. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for sensitivity.csv. Default: sensitivity in the sweep's directory.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() {
        check(resamples >= 100 && resamples <= 1_000_000, "--resamples must be 100 to 1000000, not " + resamples);
        check(confidence > 0 && confidence < 1, "--confidence must be between 0 and 1, not " + confidence);
        Sweep sweep = Sweep.read(directory);
        SensitivityAnalysis analysis =
                new SensitivityAnalysis(sweep, new SensitivityAnalysis.Options(resamples, confidence, seed));
        Method used = method == null ? analysis.natural() : method;
        analysis.check(used);
        List<Finding> findings = new ArrayList<>();
        for (String outcome : outcomes.isEmpty() ? sweep.outcomes() : outcomes) {
            for (Setting setting : sweep.settings()) {
                findings.add(analysis.analyse(setting, outcome, used));
            }
        }
        Path where = output == null ? directory.resolve(SensitivityAnalysis.TABLE) : output;
        try {
            analysis.write(where, findings);
        } catch (IOException e) {
            return RunSession.cannotWrite(e, spec);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.text(json(sweep, findings, where)));
        } else if (!quiet) {
            Ansi ansi = Terminal.colours() ? Ansi.ON : Ansi.OFF;
            findings.forEach(f -> print(out, ansi, sweep, f));
            out.println("Written to " + where.resolve(SensitivityAnalysis.TABLE + ".csv"));
        }
        out.flush();
        return ExitCodes.OK;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    // Text ------------------------------------------------------------------------------------------------------------

    private void print(PrintWriter out, Ansi ansi, Sweep sweep, Finding f) {
        out.println(ansi.string("@|bold " + f.outcome() + "|@") + "  " + f.setting() + "; mean "
                + Terminal.number(f.mean(), 4) + ", standard deviation " + Terminal.number(f.spread(), 4)
                + " over runs");
        String each = sweep.replicates() == 1 ? "1 replicate" : sweep.replicates() + " replicates";
        switch (f.method()) {
            case SOBOL -> {
                out.println("Sobol' indices from " + f.sample() + " rows of "
                        + (sweep.coordinates().size() + 2) + " points, " + each + masked(f, "row", "rows"));
                bars(out, f, "sobol", "total", "first", "total", "first");
                luck(out, f, sweep.replicates());
                ranks(out, f);
            }
            case MORRIS -> {
                out.println("Elementary effects from " + f.sample() + " trajectories, " + each
                        + masked(f, "effect", "effects"));
                bars(out, f, "morris", "mu_star", "sigma", "mu*", "sigma");
            }
            case GIVEN -> {
                out.println(
                        "Given-data indices from " + f.sample() + " points, " + each + masked(f, "point", "points"));
                bars(out, f, "binned", "first", "", "first", "");
                bars(out, f, "pawn", "median", "", "PAWN", "");
                out.println("  A factor whose index is that of " + GivenData.DUMMY + " does nothing that shows.");
            }
            default -> throw new IllegalStateException(f.method().name());
        }
        out.println();
    }

    private static String masked(Finding f, String one, String many) {
        return f.masked() == 0
                ? ""
                : "; " + f.masked() + " " + (f.masked() == 1 ? one : many) + " masked, since runs are missing";
    }

    private void bars(
            PrintWriter out, Finding f, String method, String measure, String second, String title, String other) {
        List<Index> sorted = SensitivityAnalysis.sorted(f, method, measure);
        double greatest = sorted.stream()
                .mapToDouble(Index::value)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        Columns columns = new Columns();
        columns.row("  " + title, "", Math.round(confidence * 100) + " % interval", "", other);
        for (Index index : sorted) {
            int filled = greatest > 0 && index.value() > 0 ? (int) Math.round(BAR * index.value() / greatest) : 0;
            String beside = f.indices().stream()
                    .filter(i -> i.method().equals(method)
                            && i.measure().equals(second)
                            && i.factor().equals(index.factor()))
                    .findFirst()
                    .map(i -> Terminal.number(i.value(), 3) + " " + interval(i))
                    .orElse("");
            columns.row(
                    "  " + index.factor(),
                    Terminal.number(index.value(), 3),
                    interval(index),
                    "#".repeat(filled),
                    beside);
        }
        columns.print(out);
    }

    private static void luck(PrintWriter out, Finding f, int replicates) {
        Index luck = f.indices().stream()
                .filter(i -> i.factor().equals(Index.SEED))
                .findFirst()
                .orElseThrow();
        out.println(
                Double.isNaN(luck.value())
                        ? replicates == 1
                                ? "  Luck cannot be told from the rest with one replicate; add replicates to the experiment."
                                : "  Luck's share cannot be told: nothing varies, or there are too few rows."
                        : "  Luck: " + Terminal.number(100 * luck.value(), 1) + " % of a run's variance ["
                                + Terminal.number(100 * luck.low(), 1) + ", " + Terminal.number(100 * luck.high(), 1)
                                + "]; the indices are parts of what is not luck.");
    }

    private static void ranks(PrintWriter out, Finding f) {
        if (f.ranks().size() > 1) {
            StringBuilder text = new StringBuilder("  Ranks by total index as the sample grows, against all rows:");
            for (SobolIndices.Rank rank : f.ranks()) {
                text.append(' ')
                        .append(Terminal.number(rank.correlation(), 2))
                        .append(" (")
                        .append(rank.rows())
                        .append(")");
            }
            out.println(text);
        }
    }

    private static String interval(Index index) {
        return Double.isNaN(index.low())
                ? ""
                : "[" + Terminal.number(index.low(), 3) + ", " + Terminal.number(index.high(), 3) + "]";
    }

    // JSON ------------------------------------------------------------------------------------------------------------

    private static ObjectNode json(Sweep sweep, List<Finding> findings, Path where) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "sensitivity");
        root.put("directory", where.toString());
        root.put("design", sweep.design());
        root.put("replicates", sweep.replicates());
        root.put("failedRuns", sweep.failed());
        ArrayNode all = root.putArray("findings");
        for (Finding f : findings) {
            ObjectNode node = all.addObject();
            node.put("scenario", f.setting().scenario());
            node.put("lever", f.setting().lever());
            node.put("outcome", f.outcome());
            node.put("method", f.method().name().toLowerCase(Locale.ROOT));
            node.put("sample", f.sample());
            node.put("masked", f.masked());
            put(node, "mean", f.mean());
            put(node, "standardDeviation", f.spread());
            ArrayNode indices = node.putArray("indices");
            for (Index index : f.indices()) {
                ObjectNode i = indices.addObject();
                i.put("method", index.method());
                i.put("factor", index.factor());
                i.put("measure", index.measure());
                put(i, "value", index.value());
                put(i, "low", index.low());
                put(i, "high", index.high());
            }
            ArrayNode ranks = node.putArray("ranks");
            for (SobolIndices.Rank rank : f.ranks()) {
                ObjectNode r = ranks.addObject();
                r.put("rows", rank.rows());
                put(r, "correlation", rank.correlation());
                r.put("top", rank.top());
            }
        }
        return root;
    }

    static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, new BigDecimal(value).round(DIGITS).stripTrailingZeros());
        } else {
            node.putNull(name);
        }
    }
}
