package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar, told to stop in the middle of a run. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
@Timeout(120)
final class SignalsIT {

    @TempDir
    private Path temporary;

    @Test
    void controlCLeavesNothingAndSaysSo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Program.hearsInterrupts(), "this build is in the background, where Ctrl-C is ignored");
        stopInTheMiddle("INT", 130);
    }

    @Test
    void terminationLeavesNothingAndSaysSo() throws IOException, InterruptedException {
        stopInTheMiddle("TERM", 143);
    }

    private void stopInTheMiddle(String signal, int exitCode) throws IOException, InterruptedException {
        Path out = temporary.resolve("results").resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("twostacks.jar"),
                        "run",
                        "baseline",
                        "--replicates=200",
                        "--set=nations.only=[USA, CHN, IND]",
                        "-o",
                        out.toString())
                .redirectErrorStream(true)
                .start();
        try {
            while (!Files.exists(out.resolve(".twostacks-unfinished").resolve("nations.1"))) {
                assertTrue(process.isAlive(), () -> "ended before it was stopped: " + printed(process));
                Thread.sleep(20);
            }
            new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(process.pid())))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(exitCode, process.exitValue());
            assertEquals(
                    "twostacks run: stopped; nothing unfinished was kept.",
                    printed(process).strip());
        } finally {
            process.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static String printed(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
