package twostacks.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.report.Report;
import twostacks.analysis.report.UnusableResultsException;
import twostacks.input.Problems;
import twostacks.output.Json;

/** {@code twostacks report}: results as one page. */
@Command(
        name = "report",
        description = "Make one HTML file of results: map, paths, tables. It opens from the disk and needs no network.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Example:", "  twostacks report results/baseline"})
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Results of a run, a comparison, a sweep or a hindcast.")
    private Path directory;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write. Default: DIR/report.html.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of a line.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() {
        Path target = output != null ? output : directory.resolve(Report.FILE);
        try {
            if (Files.isDirectory(target)) {
                return refuse(target + " is a directory; name a file with -o.");
            }
            long bytes = Report.write(directory, target);
            if (json) {
                spec.commandLine()
                        .getOut()
                        .print(Json.text(Json.object()
                                .put("schemaVersion", 1)
                                .put("command", "report")
                                .put("file", target.toString())
                                .put("bytes", bytes)));
            } else if (!quiet) {
                spec.commandLine()
                        .getOut()
                        .println("Written: " + target + " (" + Terminal.size(bytes) + "); open it in a browser.");
            }
            spec.commandLine().getOut().flush();
            return ExitCodes.OK;
        } catch (UnusableResultsException e) {
            return refuse(e.getMessage() + ".");
        } catch (IOException e) {
            return refuse(cannot(e, target));
        }
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("twostacks report: " + Problems.line(why));
        return ExitCodes.BAD_USAGE;
    }

    /** What went wrong with reading results or writing a page, in words. */
    static String cannot(IOException e, Path target) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied; name another file with -o.";
        }
        if (e instanceof NoSuchFileException) {
            return "cannot write " + target + ": its directory does not exist.";
        }
        return "cannot make " + target + ": " + e.getMessage() + ".";
    }
}
