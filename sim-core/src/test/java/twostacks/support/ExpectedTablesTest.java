package twostacks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody edits a table of expected numbers by hand: the script that its header names makes it again, byte for byte. */
final class ExpectedTablesTest {
    private static final Path SCRIPTS = Path.of("src/test/expected");
    private static final Path TABLES = Path.of("src/test/resources/expected");

    @Test
    void everyTableIsWhatItsScriptMakes(@TempDir Path made) throws IOException, InterruptedException {
        assumeTrue(hasPython(), "install Python 3.8 or later as python3 to make the tables of expected numbers again");
        for (Path script : list(SCRIPTS, ".py")) {
            if (!script.getFileName().toString().equals("exact.py")) {
                assertEquals(0, run("python3", "-B", script.toString(), made.toString()), script + " runs");
            }
        }
        assertEquals(names(TABLES), names(made));
        for (Path table : list(TABLES, ".csv")) {
            assertEquals(
                    Files.readString(table),
                    Files.readString(made.resolve(table.getFileName().toString())),
                    table + " is what its script makes");
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return run("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "ends in time");
        return process.exitValue();
    }

    private static List<String> names(Path folder) throws IOException {
        return list(folder, ".csv").stream()
                .map(p -> p.getFileName().toString())
                .toList();
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        }
    }
}
