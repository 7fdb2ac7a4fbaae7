package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import twostacks.experiment.Progress;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.Plan;
import twostacks.experiment.shard.Merger;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.Simulator;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepRunner;
import twostacks.output.Json;
import twostacks.output.Provenance;
import twostacks.output.ResultDirectory;

/** What the commands about sweeps have in common. */
final class Sweeps {
    private Sweeps() {}

    static int threads(Integer asked) {
        return asked != null ? asked : Runtime.getRuntime().availableProcessors();
    }

    /** Words of the command, for the provenance. */
    static List<String> words(CommandSpec spec) {
        List<String> command = new ArrayList<>(List.of("twostacks"));
        command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return command;
    }

    static Provenance provenance(CommandSpec spec, int threads, Instant started, long nanos) {
        return new Provenance(words(spec), VersionProvider.commit(), threads, started, nanos, 0);
    }

    /** Runs a shard with a line of progress, heeding signals. */
    static SweepRunner.Result run(
            CommandSpec spec, SweepDirectory directory, Shard shard, int threads, boolean retry, boolean quiet)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        boolean watched = !quiet && Terminal.interactive();
        String name = spec.qualifiedName();
        try (ProgressLine line = new ProgressLine(err);
                Stopping stopping = new Stopping(
                        err, line, name + ": stopped; what has ended is kept, and the same command goes on with it.")) {
            return new SweepRunner(
                            directory,
                            shard,
                            threads,
                            VersionProvider.commit(),
                            Simulator.MODEL,
                            watched ? line : Progress.NONE,
                            stopping.cancellation())
                    .run(retry);
        }
    }

    /** Merges and says so; returns the exit code. */
    static int merge(
            CommandSpec spec,
            List<SweepDirectory> directories,
            Path out,
            Provenance provenance,
            ObjectNode json,
            boolean quiet)
            throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        Merger.Result merged;
        try {
            merged = new Merger(directories).merge(out, provenance);
        } catch (Merger.RefusedException e) {
            e.reasons().forEach(r -> spec.commandLine().getErr().println(spec.qualifiedName() + ": " + r));
            spec.commandLine().getErr().println(spec.qualifiedName() + ": nothing was merged.");
            spec.commandLine().getErr().flush();
            return ExitCodes.FAILED;
        } catch (ResultDirectory.BusyException e) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + e.getMessage() + "; wait for it.");
            return ExitCodes.BAD_USAGE;
        }
        if (json != null) {
            json.put("directory", out.toString());
            json.put("failed", merged.failed());
            merged.files().forEach(json.withArray("/files")::add);
            ArrayNode lines = json.putArray("summary");
            for (Merger.Line line : merged.summary()) {
                lines.addObject()
                        .put("scenario", line.scenario())
                        .put("lever", line.lever())
                        .put("outcome", line.outcome())
                        .put("mean", line.mean())
                        .put("least", line.least())
                        .put("greatest", line.greatest());
            }
        } else if (!quiet) {
            summarise(print, merged.summary());
            print.println("Written to " + out + " (" + Terminal.size(merged.bytes()) + "): "
                    + String.join(
                            ", ",
                            merged.files().stream()
                                    .filter(f -> f.endsWith(".csv"))
                                    .toList()));
        }
        print.flush();
        if (merged.failed() > 0) {
            spec.commandLine()
                    .getErr()
                    .println(spec.qualifiedName() + ": " + merged.failed() + " of " + merged.runs()
                            + " runs failed; failures.csv says why, and 'twostacks retry " + out
                            + "' runs them again.");
            spec.commandLine().getErr().flush();
            return ExitCodes.FAILED;
        }
        return ExitCodes.OK;
    }

    private static void summarise(PrintWriter out, List<Merger.Line> lines) {
        Map<String, List<Merger.Line>> rows = new LinkedHashMap<>();
        for (Merger.Line line : lines) {
            rows.computeIfAbsent(line.outcome(), o -> new ArrayList<>()).add(line);
        }
        int outcome = Math.max(
                7, rows.keySet().stream().mapToInt(String::length).max().orElse(0));
        int option = lines.stream().mapToInt(l -> option(l).length()).max().orElse(0);
        if (!lines.isEmpty()) {
            out.println("  " + pad("outcome", outcome) + "  " + pad("", option) + "  mean [least, greatest]");
        }
        rows.forEach((name, each) -> {
            String shown = name;
            for (Merger.Line line : each) {
                out.println("  " + pad(shown, outcome) + "  " + pad(option(line), option) + "  "
                        + String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", line.mean(), line.least(), line.greatest()));
                shown = "";
            }
        });
    }

    private static String option(Merger.Line line) {
        return line.lever().equals(Experiment.NO_LEVER) ? line.scenario() : line.scenario() + ", " + line.lever();
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** A plan in a line. */
    static String describe(Plan plan) {
        Experiment experiment = plan.experiment();
        int points = plan.design().points();
        return experiment.name() + "  " + count(plan.runs(), "run") + ": " + count(points, "point") + " ("
                + experiment.design().kind().key() + ", "
                + count(experiment.axes().size(), "factor") + "), "
                + count(experiment.scenarios().size(), "scenario") + ", "
                + count(experiment.levers().size(), "lever") + ", "
                + count(experiment.replicates(), "replicate") + "; seed " + experiment.seed();
    }

    static String count(long n, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    static ObjectNode json(String command, Plan plan) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", command);
        root.put("experiment", plan.experiment().name());
        root.put("planHash", plan.hash());
        root.put("runs", plan.runs());
        return root;
    }
}
