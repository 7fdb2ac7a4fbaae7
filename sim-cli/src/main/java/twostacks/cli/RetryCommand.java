package twostacks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepRunner;

/** {@code twostacks retry}: runs again what failed. */
@Command(
        name = "retry",
        description = "Run again what failed in a sweep, and what is missing; then merge.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class RetryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the sweep.")
    private Path directory;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private Integer threads;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, not " + threads);
        }
        SweepDirectory opened;
        try {
            opened = SweepDirectory.open(directory, VersionProvider.version());
        } catch (SweepDirectory.RefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        int used = Sweeps.threads(threads);
        Instant started = Instant.now();
        long before = System.nanoTime();
        SweepRunner.Result result = Sweeps.run(spec, opened, Shard.ALL, used, true, quiet);
        long nanos = System.nanoTime() - before;
        PrintWriter out = spec.commandLine().getOut();
        if (!quiet) {
            out.println(Sweeps.count(result.done() + result.failed(), "run") + " made again: " + result.done()
                    + " done, " + result.failed() + " failed");
            out.flush();
        }
        if (result.stopped()) {
            return ExitCodes.INTERRUPTED;
        }
        return Sweeps.merge(
                spec, List.of(opened), directory, Sweeps.provenance(spec, used, started, nanos), null, quiet);
    }
}
