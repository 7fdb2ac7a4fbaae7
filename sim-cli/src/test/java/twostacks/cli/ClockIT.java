package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the machine's clock says does not matter to results: years ahead or behind, a thousand times as fast, jumping to
 * and fro in the course of a run. The clock is libfaketime's. Durations come from the kernel's other clock, which is
 * never set.
 */
@Timeout(600)
final class ClockIT {
    /** Where Debian puts it. */
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    @TempDir
    private Path temporary;

    private static Path library() {
        Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "skipped: libfaketime is not installed (apt-get install faketime)");
        return library;
    }

    private static Map<String, String> clock(String time) {
        return Map.of("LD_PRELOAD", library().toString(), "FAKETIME", time, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    private String[] words(String name) {
        return new String[] {
            "run",
            "baseline",
            "--set=nations.only=[USA, CHN, IND]",
            "--set=population.adoptersPerNation=200",
            "--months=12",
            "--no-report",
            "-o",
            temporary.resolve(name).toString()
        };
    }

    private Map<String, String> results(String name) throws IOException {
        return SweepResults.of(temporary.resolve(name));
    }

    @Test
    void aClockThatIsWrongOrMovesLeavesNoTraceInTheResults() throws Exception {
        library();
        Program right = Program.run(words("right"));
        assertEquals(0, right.exitCode, right::toString);
        for (String time : List.of("-40y", "@2038-01-19 03:14:00 x1000")) {
            String name = "clock" + Integer.toHexString(time.hashCode());
            Program wrong = Program.run(clock(time), words(name));
            assertEquals(0, wrong.exitCode, wrong::toString);
            assertEquals(results("right"), results(name), time);
        }
    }

    @Test
    void aClockThatJumpsToAndFroLeavesNoTraceInTheResults() throws Exception {
        Path setting = temporary.resolve("clock");
        Map<String, String> jumping = Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                setting.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
        Files.writeString(setting, "+0");
        assertEquals(0, Program.run(words("right")).exitCode);
        Process run = Program.start(jumping, words("jumping"));
        int jumps = 0;
        while (run.isAlive()) {
            Path next = Files.writeString(temporary.resolve("next"), jumps++ % 2 == 0 ? "-400d" : "+400d");
            Files.move(next, setting, StandardCopyOption.ATOMIC_MOVE);
            Thread.sleep(20);
        }
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, run.exitValue(), printed);
        assertTrue(jumps > 5, "the clock has jumped " + jumps + " times");
        assertEquals(results("right"), results("jumping"));
    }

    @Test
    void aSweepThatGoesOnInThePastComesToTheSameBytes() throws Exception {
        library();
        String experiment = SweepResults.experiment(temporary, 4, 12, 100).toString();
        Path right = temporary.resolve("right");
        assertEquals(0, Program.run("sweep", experiment, "-q", "-o", right.toString()).exitCode);
        Path moved = temporary.resolve("moved");
        Program begun = Program.run(clock("+1y"), "sweep", experiment, "-q", "--shard", "1/2", "-o", moved.toString());
        assertEquals(0, begun.exitCode, begun::toString);
        Program ended = Program.run(clock("-1y"), "sweep", experiment, "-q", "-o", moved.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertEquals(SweepResults.of(right), SweepResults.of(moved));
        try (Stream<Path> left = Files.list(moved.resolve("runs"))) {
            assertFalse(left.anyMatch(f -> f.toString().endsWith(".part")));
        }
    }
}
