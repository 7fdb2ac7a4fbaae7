package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps that are killed in the middle and started again. With {@code -Dtwostacks.long=true} they are killed a hundred
 * times.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
@Timeout(900)
final class SweepSignalsIT {
    private static final int POINTS = 150;

    @TempDir
    private Path temporary;

    private static boolean running(Path out) throws IOException {
        return !SweepResults.files(out.resolve("runs"), ".part").isEmpty();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid())))
                .start()
                .waitFor();
    }

    private Map<String, String> undisturbed(String experiment) throws IOException, InterruptedException {
        Path whole = temporary.resolve("whole");
        Program ended = Program.run("sweep", experiment, "-q", "-o", whole.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        return SweepResults.of(whole);
    }

    @Test
    void killedAtAnyMomentItGoesOnToTheBytesOfAnUndisturbedSweep() throws IOException, InterruptedException {
        String experiment = SweepResults.experiment(temporary, POINTS, 12, 300).toString();
        Map<String, String> expected = undisturbed(experiment);
        SplittableRandom random = new SplittableRandom(5);
        int kills = Boolean.getBoolean("twostacks.long") ? 100 : 5;
        Path out = temporary.resolve("out");
        int finished = 0;
        for (int i = 0; i < kills; i++) {
            if (finished > 0) {
                out = temporary.resolve("out" + i);
                finished = 0;
            }
            Process process = Program.start(Map.of(), "sweep", experiment, "-q", "-o", out.toString());
            if (process.waitFor(200 + random.nextInt(2500), TimeUnit.MILLISECONDS)) {
                finished++;
                assertEquals(0, process.exitValue());
                assertEquals(expected, SweepResults.of(out));
                continue;
            }
            signal(process, "KILL");
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        }
        Program ended = Program.run("sweep", experiment, "-q", "-o", out.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertEquals(expected, SweepResults.of(out));
        assertEquals(List.of(), SweepResults.files(out.resolve("runs"), ".part"));
    }

    @Test
    void controlCKeepsWhatHasEndedAndSaysSo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Program.hearsInterrupts(), "this build is in the background, where Ctrl-C is ignored");
        stopInTheMiddle("INT", 130);
    }

    @Test
    void terminationKeepsWhatHasEndedAndSaysSo() throws IOException, InterruptedException {
        stopInTheMiddle("TERM", 143);
    }

    private void stopInTheMiddle(String name, int exitCode) throws IOException, InterruptedException {
        String experiment = SweepResults.experiment(temporary, 2000, 12, 300).toString();
        Path out = temporary.resolve(name);
        Process process = Program.start(Map.of(), "sweep", experiment, "-o", out.toString());
        while (!running(out)) {
            assertTrue(process.isAlive(), "ended before it was stopped");
            Thread.sleep(20);
        }
        signal(process, name);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(exitCode, process.exitValue());
        assertEquals(
                "twostacks sweep: stopped; what has ended is kept, and the same command goes on with it.",
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        assertEquals(List.of(), SweepResults.files(out.resolve("runs"), ".part"));
        assertEquals(1, SweepResults.files(out.resolve("runs"), ".chunk").size());
        assertFalse(Files.exists(out.resolve("runs.csv")));
    }
}
