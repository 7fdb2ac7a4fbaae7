package twostacks.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.output.Json;

/** {@code twostacks merge}: puts the shards of a sweep together. */
@Command(
        name = "merge",
        description =
                "Put the shards of a sweep together into tables. Writes nothing if a run is missing, if one has two "
                        + "results, or if a shard is of another plan.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class MergeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories with shards of one plan.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for the tables. Default: the only DIR.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of the summary.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (output == null && directories.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "several directories need another for the tables, with -o");
        }
        Instant started = Instant.now();
        long before = System.nanoTime();
        List<SweepDirectory> opened = new ArrayList<>();
        for (Path directory : directories) {
            try {
                opened.add(SweepDirectory.open(directory, VersionProvider.version()));
            } catch (SweepDirectory.RefusedException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
        }
        ObjectNode node = json ? Sweeps.json("merge", opened.get(0).plan()) : null;
        if (!json && !quiet) {
            spec.commandLine().getOut().println(Sweeps.describe(opened.get(0).plan()));
        }
        int code;
        try {
            code = Sweeps.merge(
                    spec,
                    opened,
                    output != null ? output : directories.get(0),
                    Sweeps.provenance(spec, 1, started, System.nanoTime() - before),
                    node,
                    quiet);
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("twostacks merge: cannot write: " + e.getMessage() + "; nothing was merged.");
            return ExitCodes.FAILED;
        }
        if (node != null) {
            spec.commandLine().getOut().print(Json.text(node));
            spec.commandLine().getOut().flush();
        }
        return code;
    }
}
