package twostacks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import twostacks.experiment.Job;
import twostacks.experiment.JobResult;
import twostacks.experiment.JobResult.Status;
import twostacks.experiment.OccupiedException;
import twostacks.experiment.Progress;
import twostacks.experiment.RunService;
import twostacks.output.ResultDirectory;

/**
 * The runs of one command, in one go or in several: how far they are on a terminal, and a tidy end on Ctrl-C and SIGTERM,
 * for which the session must stay open as long as something unfinished may have to be tidied up.
 */
final class RunSession implements AutoCloseable {
    private final ProgressLine line;
    private final Stopping stopping;
    private final RunService service;

    /**
     * Opens a session.
     *
     * @param spec the command
     * @param threads threads at work
     * @param force whether directories that hold something else are overwritten
     * @param quiet whether nothing is shown
     * @param kept what is said of the results when the command is stopped
     */
    RunSession(CommandSpec spec, int threads, boolean force, boolean quiet, String kept) {
        PrintWriter err = spec.commandLine().getErr();
        String stopped = spec.qualifiedName() + ": stopped; ";
        line = new ProgressLine(err);
        stopping = new Stopping(err, line, stopped + kept, stopped + "the next run there removes what is unfinished.");
        service = new RunService(
                threads,
                VersionProvider.commit(),
                Sweeps.words(spec),
                force,
                !quiet && Terminal.interactive() ? line : Progress.NONE,
                stopping.cancellation());
    }

    /** Does runs; see {@link RunService#run}. */
    List<JobResult> run(List<Job> jobs) throws OccupiedException, IOException, InterruptedException {
        return service.run(jobs);
    }

    /** Takes the line away and lets go of the signals. */
    @Override
    public void close() {
        line.close();
        stopping.close();
    }

    /** Tells about directories that hold something else. */
    static int occupied(OccupiedException e, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        e.occupied()
                .forEach((directory, what) -> err.println(spec.qualifiedName() + ": " + directory + " holds " + what
                        + "; choose another directory with -o, or replace it with --force."));
        return ExitCodes.BAD_USAGE;
    }

    /** Tells why nothing can be written. */
    static int cannotWrite(IOException e, CommandSpec spec) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + cannotWrite(e));
        return ExitCodes.BAD_USAGE;
    }

    private static String cannotWrite(IOException e) {
        if (e instanceof ResultDirectory.BusyException) {
            return e.getMessage() + "; wait for it, or choose another directory with -o.";
        }
        if (e instanceof java.nio.file.AccessDeniedException denied) {
            return "cannot write to " + denied.getFile() + ": permission denied; choose another directory with -o.";
        }
        if (e instanceof java.nio.file.NotDirectoryException || e instanceof java.nio.file.FileAlreadyExistsException) {
            return e.getMessage() + " is a file, not a directory; choose another directory with -o.";
        }
        return "cannot write: " + e.getMessage() + "; choose another directory with -o.";
    }

    /** Tells about a run that failed. */
    static void failed(JobResult result, boolean debug, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        String trace = result.failure() instanceof IOException
                ? ""
                : " Please report it, with " + Failures.trace(result.failure(), debug, err) + ".";
        err.println(spec.qualifiedName() + ": " + result.job().run().scenario() + ": " + result.note()
                + "; nothing of it was written." + trace);
    }

    /** The exit code that runs ask for. */
    static int exitCode(List<JobResult> results) {
        if (results.stream().anyMatch(r -> r.status() == Status.STOPPED)) {
            return ExitCodes.INTERRUPTED;
        }
        return results.stream().anyMatch(r -> r.status() == Status.FAILED) ? ExitCodes.FAILED : ExitCodes.OK;
    }
}
