package twostacks.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.experiment.Progress;
import twostacks.experiment.shard.Reproduction;
import twostacks.experiment.shard.Reproduction.Checked;
import twostacks.experiment.shard.Simulator;
import twostacks.output.Json;

/** {@code twostacks reproduce}: makes stored runs again and compares the bytes. */
@Command(
        name = "reproduce",
        description = {
            "Make stored runs again and compare the bytes with the tables of a run or a sweep.",
            "Exit code 0 only if not a byte differs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class ReproduceCommand implements Callable<Integer> {
    private static final int DEFAULT_SAMPLE = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Results of a run, or of a sweep once merged.")
    private Path directory;

    @Option(
            names = "--sample",
            paramLabel = "K",
            description =
                    "How many runs of a sweep, or replicates of a run; 0 for all. Default: " + DEFAULT_SAMPLE + ".")
    private int sample = DEFAULT_SAMPLE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private Integer threads;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors and differences.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (sample < 0 || threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--sample must be at least 0, and --threads at least 1");
        }
        PrintWriter err = spec.commandLine().getErr();
        List<Checked> checked;
        boolean watched = !quiet && Terminal.interactive();
        try (ProgressLine line = new ProgressLine(err);
                Stopping stopping = new Stopping(err, line, "twostacks reproduce: stopped.")) {
            checked = new Reproduction(
                            directory,
                            VersionProvider.version(),
                            Sweeps.threads(threads),
                            Simulator.MODEL,
                            watched ? line : Progress.NONE,
                            stopping.cancellation())
                    .check(sample, seed);
        } catch (Reproduction.RefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (CancellationException e) {
            return ExitCodes.INTERRUPTED;
        }
        long different =
                checked.stream().filter(c -> !c.differences().isEmpty()).count();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = Json.object();
            root.put("schemaVersion", 1);
            root.put("command", "reproduce");
            root.put("directory", directory.toString());
            root.put("checked", checked.size());
            root.put("different", different);
            for (Checked each : checked) {
                ObjectNode node = root.withArray("/runs").addObject();
                node.put("name", each.name()).put("rows", each.rows());
                each.differences().forEach(node.withArray("/differences")::add);
            }
            out.print(Json.text(root));
        } else {
            for (Checked each : checked) {
                each.differences().forEach(d -> out.println(each.name() + ": " + d));
            }
            long rows = checked.stream().mapToLong(Checked::rows).sum();
            if (different > 0) {
                out.println(different + " of " + Sweeps.count(checked.size(), "run") + " made again differ");
            } else if (!quiet) {
                out.println(Sweeps.count(checked.size(), "run") + " made again, " + Sweeps.count(rows, "row")
                        + ": not a byte differs");
            }
        }
        out.flush();
        return different > 0 ? ExitCodes.FAILED : ExitCodes.OK;
    }
}
