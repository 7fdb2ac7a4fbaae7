package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands = Main.commandLine()
            .addSubcommand(new Breaks())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @Test
    void versionNamesTheCommit() {
        assertEquals(0, commands.execute("--version"));
        assertTrue(
                out.toString().matches("twostacks \\d+\\.\\d+\\.\\d+ \\(commit ([0-9a-f]{12}(-dirty)?|unknown)\\)\\R"),
                out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void helpGoesToStandardOutput() {
        assertEquals(0, commands.execute("--help"));
        assertTrue(out.toString().startsWith("Usage: twostacks"), out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void unknownOptionIsBadUsageInTwoLines() {
        assertEquals(2, commands.execute("--bogus"));
        assertEquals("", out.toString());
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("'--bogus'"), err::toString);
    }

    @Test
    void misspeltCommandIsAnsweredWithTheNearest() {
        assertEquals(2, commands.execute("breakz"));
        assertTrue(err.toString().contains("Did you mean: twostacks breaks"), err::toString);
    }

    @Test
    void defectIsOneLineThatNamesTheFileWithTheTrace() throws IOException {
        assertEquals(1, commands.execute("breaks"));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(
                err.toString().startsWith("twostacks: internal error: IllegalStateException: it broke; please report"),
                err::toString);
        Path trace = Path.of(err.toString().replaceAll("(?s).*with (.*\\.txt)\\..*", "$1"));
        try {
            assertTrue(Files.readString(trace).contains("\tat twostacks.cli.MainTest$Breaks.call"));
        } finally {
            Files.delete(trace);
        }
    }

    @Test
    void debugPrintsTheTraceWhereverItStands() throws IOException {
        assertEquals(1, commands.execute("breaks", "--debug"));
        assertTrue(err.toString().contains("\tat twostacks.cli.MainTest$Breaks.call"), err::toString);
        Files.delete(Path.of(err.toString().replaceAll("(?s).*with (.*\\.txt)\\..*", "$1")));
    }

    @Test
    void memoryThatRunsOutIsNoDefect() {
        assertEquals(1, Failures.internal(new OutOfMemoryError(), false, commands.getErr()));
        assertFalse(err.toString().contains("report"), err::toString);
        assertTrue(err.toString().contains("-Xmx"), err::toString);
    }

    @Command(name = "breaks", description = "Fails as only a defect does.")
    private static final class Breaks implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("it broke\nin two lines");
        }
    }
}
