package twostacks.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command {@code twostacks}; what it can do are its subcommands. */
@Command(
        name = "twostacks",
        description = "A laboratory for the race between closed and open-weight AI: which AI the world's nations"
                + " end up running.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {
            RunCommand.class,
            SweepCommand.class,
            StatusCommand.class,
            RetryCommand.class,
            MergeCommand.class,
            CompareCommand.class,
            SensitivityCommand.class,
            DiscoverCommand.class,
            ReproduceCommand.class,
            ReportCommand.class,
            ExploreCommand.class,
            ValidateCommand.class,
            ScenariosCommand.class,
            ParamsCommand.class,
            ColumnsCommand.class,
            SchemaCommand.class,
            VerifyCommand.class,
            HindcastCommand.class,
            CalibrateCommand.class,
            CompletionCommand.class
        })
public final class Main {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "On an internal error, print where in the program it happened.")
    private boolean debug;

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            StandardOutput output = new StandardOutput();
            PrintWriter out = output.writer();
            CommandLine commands = commandLine().setOut(out);
            if (arguments.length == 0) {
                commands.usage(commands.getErr());
                return ExitCodes.BAD_USAGE;
            }
            int exitCode = commands.execute(arguments);
            out.flush();
            if (!output.failure().isEmpty()) {
                commands.getErr().println("twostacks: cannot write to standard output: " + output.failure());
                return exitCode == ExitCodes.OK ? ExitCodes.FAILED : exitCode;
            }
            return exitCode;
        } catch (Throwable error) { // also what goes wrong before or outside a command
            return Failures.internal(error, false, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is no path: " + e.getReason());
        }
    }

    /** Whether the user wants to see where in the program something happened. */
    boolean debug() {
        return debug;
    }

    /** Returns the whole command line, as the process and its tests run it. */
    static CommandLine commandLine() {
        Main main = new Main();
        return new CommandLine(main)
                // a name that begins with @ is a name
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, Main::path)
                .setParameterExceptionHandler(Failures::badUsage)
                .setExecutionExceptionHandler((error, command, parsed) -> Failures.thrown(error, main.debug, command));
    }
}
