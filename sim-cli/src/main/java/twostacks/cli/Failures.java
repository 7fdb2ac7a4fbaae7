package twostacks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import twostacks.analysis.results.ResultException;
import twostacks.input.InputException;
import twostacks.input.Nearest;
import twostacks.input.Problems;

/** Tells a user what went wrong: in a line or two, never in a stack trace. */
final class Failures {

    private Failures() {}

    /** Reports a command line that cannot be used. */
    static int badUsage(ParameterException error, String... arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + Problems.line(error.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(error, err)) {
            err.println("Try '" + name + " --help'.");
        }
        err.flush();
        return ExitCodes.BAD_USAGE;
    }

    /** Reports an input that cannot be used: everything that is wrong with it, a line each. */
    static int badInput(InputException error, PrintWriter err) {
        error.problems().forEach(err::println);
        int count = error.problems().size();
        if (count > 1) {
            err.println(count + " problems");
        }
        err.flush();
        return ExitCodes.BAD_USAGE;
    }

    /** Reports whatever a command threw. */
    static int thrown(Throwable error, boolean debug, CommandLine command) {
        if (error instanceof InputException bad) {
            return badInput(bad, command.getErr());
        }
        Throwable cause = error instanceof UncheckedIOException ? error.getCause() : error;
        if (cause instanceof IOException files) {
            command.getErr()
                    .println(command.getCommandSpec().qualifiedName() + ": " + Problems.line(words(files)) + ".");
            command.getErr().flush();
            return ExitCodes.FAILED;
        }
        if (error instanceof ResultException bad) {
            command.getErr()
                    .println(command.getCommandSpec().qualifiedName() + ": " + Problems.line(bad.getMessage())
                            + Columns.didYouMean(Nearest.to(bad.unknown(), bad.allowed())));
            command.getErr().flush();
            return ExitCodes.BAD_USAGE;
        }
        return internal(error, debug, command.getErr());
    }

    /** Reports a defect of the program. The whole trace goes to a file, and with {@code debug} to the user as well. */
    static int internal(Throwable error, boolean debug, PrintWriter err) {
        if (error instanceof OutOfMemoryError) {
            err.println("twostacks: out of memory; let it have more (TWOSTACKS_JAVA_OPTS=-Xmx8g, say)"
                    + " or run with fewer --threads.");
        } else {
            err.println("twostacks: internal error: " + inOneLine(error) + "; please report it, with "
                    + trace(error, debug, err) + ".");
        }
        err.flush();
        return ExitCodes.FAILED;
    }

    /** Puts a trace into a file, and with {@code debug} before the user's eyes; says where it is. */
    static String trace(Throwable error, boolean debug, PrintWriter err) {
        if (debug) {
            error.printStackTrace(err);
        }
        return whereTheTraceIs(error);
    }

    /** What is wrong with a file. */
    private static String words(IOException e) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " is not there";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": permission denied";
        }
        if (e instanceof FileSystemException files && files.getReason() != null) {
            return files.getFile() + ": " + files.getReason();
        }
        return e.getMessage() == null ? "cannot read or write" : e.getMessage();
    }

    private static String inOneLine(Throwable error) {
        String kind = error.getClass().getSimpleName();
        String message = error.getMessage();
        return message == null || message.isBlank()
                ? kind
                : kind + ": " + message.lines().findFirst().orElseThrow();
    }

    private static String whereTheTraceIs(Throwable error) {
        try {
            Path file = Files.createTempFile("twostacks-error-", ".txt");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                out.println("twostacks " + VersionProvider.version() + ", commit " + VersionProvider.commit()
                        + ", Java " + Runtime.version() + ", " + System.getProperty("os.name"));
                error.printStackTrace(out);
            }
            return file.toString();
        } catch (IOException e) {
            return "what it prints when started with --debug";
        }
    }
}
