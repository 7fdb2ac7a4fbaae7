package twostacks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user what went wrong: in a line or two, never in a stack trace. */
final class Failures {

    private Failures() {}

    /** Reports a command line that cannot be used. */
    static int badUsage(ParameterException error, String... arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + error.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(error, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        err.flush();
        return ExitCodes.BAD_USAGE;
    }

    /** Reports a defect of the program. The whole trace goes to a file, and with {@code debug} to the user as well. */
    @SuppressWarnings("SystemOut")
    static int internal(Throwable error, boolean debug) {
        if (error instanceof OutOfMemoryError) {
            System.err.println("twostacks: out of memory; give it more with TWOSTACKS_JAVA_OPTS=-Xmx4g, say, or use"
                    + " fewer --threads.");
            return ExitCodes.FAILED;
        }
        String what = error.getMessage() == null
                ? error.getClass().getSimpleName()
                : error.getClass().getSimpleName() + ": " + error.getMessage();
        System.err.println("twostacks: internal error: "
                + what.lines().findFirst().orElse("") + "; this is a defect, please report it" + traceFile(error));
        if (debug) {
            error.printStackTrace();
        }
        return ExitCodes.FAILED;
    }

    private static String traceFile(Throwable error) {
        try {
            Path file = Files.createTempFile("twostacks-error-", ".txt");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                out.println("twostacks " + VersionProvider.version() + ", commit " + VersionProvider.commit()
                        + ", Java " + Runtime.version() + ", " + System.getProperty("os.name"));
                error.printStackTrace(out);
            }
            return " with " + file;
        } catch (IOException e) {
            return " with what --debug prints";
        }
    }
}
