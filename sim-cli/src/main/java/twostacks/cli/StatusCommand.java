package twostacks.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepStatus;
import twostacks.output.Json;

/** {@code twostacks status}: says how far a sweep is. */
@Command(
        name = "status",
        description = {
            "Say how far a sweep is: done, failed and why, missing, time left.",
            "Exit code 0 only if every run is done."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the sweep.")
    private Path directory;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SweepDirectory opened;
        try {
            opened = SweepDirectory.open(directory, VersionProvider.version());
        } catch (SweepDirectory.RefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        SweepStatus status = SweepStatus.of(opened);
        List<String> scheduler = twostacks.experiment.slurm.SlurmEngine.state(opened);
        int threads = Runtime.getRuntime().availableProcessors();
        long left = status.meanNanos() * status.missing() / threads;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = Sweeps.json("status", opened.plan());
            node.put("done", status.done());
            node.put("failed", status.failed());
            node.put("missing", status.missing());
            node.put("complete", status.complete());
            node.put("merged", status.merged());
            node.put("secondsPerRun", Math.round(status.meanNanos() / 1e6) / 1e3);
            node.put("secondsLeft", left / 1_000_000_000);
            node.put("threads", threads);
            node.put("attempts", status.attempts());
            ObjectNode reasons = node.putObject("reasons");
            status.reasons().forEach(reasons::put);
            status.failures().forEach(node.withArray("/failures")::add);
            status.damaged().forEach(node.withArray("/damaged")::add);
            status.conflicts().forEach(node.withArray("/conflicts")::add);
            scheduler.forEach(node.withArray("/scheduler")::add);
            status.builds().forEach(node.withArray("/builds")::add);
            out.print(Json.text(node));
        } else {
            out.println(Sweeps.describe(opened.plan()));
            out.println("  done     " + status.done());
            out.println("  failed   " + status.failed());
            out.println("  missing  " + status.missing()
                    + (status.missing() > 0 && status.meanNanos() > 0
                            ? " (" + Terminal.duration(left) + " on " + Sweeps.count(threads, "thread") + " here, at "
                                    + Terminal.duration(status.meanNanos()) + " a run)"
                            : ""));
            if (status.missing() > 0 && status.replicates().size() > 1) {
                status.replicates()
                        .forEach((replicate, stored) -> out.println("  replicate " + replicate + ": " + stored + " of "
                                + status.runs() / status.replicates().size()));
            }
            status.reasons().forEach((reason, n) -> out.println("  failed " + n + " times: " + reason));
            status.failures().forEach(f -> out.println("    " + f));
            status.damaged().forEach(d -> out.println("  " + d + "; its runs count as missing"));
            status.conflicts().forEach(c -> out.println("  " + c));
            if (status.attempts() > 0) {
                out.println("  " + Sweeps.count(status.attempts(), "chunk")
                        + " being written, or left by a killed process");
            }
            if (status.builds().size() > 1) {
                out.println("  made by several builds: " + String.join(", ", status.builds()));
            }
            scheduler.forEach(s -> out.println("  " + s));
            out.println(
                    status.merged()
                            ? "  merged: the tables are in " + directory
                            : status.missing() == 0
                                    ? "  not merged yet: twostacks merge " + directory
                                    : scheduler.stream()
                                                    .anyMatch(l -> l.contains("RUNNING") || l.contains("(Resources)"))
                                            ? "  under way on Slurm"
                                            : "  to go on: twostacks sweep " + directory);
        }
        out.flush();
        return status.complete() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
