package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar, run as a user without the launcher runs it. */
final class PackagedIT {

    @Test
    void theJarFindsAllItNeeds() throws IOException, InterruptedException {
        assertEquals(0, run("--version"));
        assertTrue(printed.startsWith("twostacks "), printed);
    }

    @Test
    void badUsageExitsWithTwo() throws IOException, InterruptedException {
        assertEquals(2, run("--bogus"));
        assertEquals(2, run());
        assertTrue(printed.startsWith("Usage: twostacks"), printed);
    }

    private String printed = "";

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("twostacks.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }
}
