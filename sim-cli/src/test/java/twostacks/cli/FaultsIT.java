package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program, killed, stopped, starved of disk, run twice at once, and met with damaged files: after a plain restart the
 * results are those of an undisturbed run to the byte, or it says what is wrong and does not exit with 0. A few times
 * each; with {@code -Dtwostacks.long=true} hundreds of times. Kills of sweeps are in {@link SweepSignalsIT}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals, permissions and mounts")
@Timeout(7200)
final class FaultsIT {
    private static final boolean LONG = Boolean.getBoolean("twostacks.long");
    private static final List<String> WORLD = List.of(
            "--quiet",
            "--set=nations.only=[USA, CHN, IND]",
            "--set=population.adoptersPerNation=200",
            "--months=12",
            "--no-report");

    private final SplittableRandom random = new SplittableRandom(11);

    @TempDir
    private Path temporary;

    // What is done ----------------------------------------------------------------------------------------------------

    private static String[] words(List<String> words, Path out) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("-o", out.toString()));
        return all.toArray(String[]::new);
    }

    private static List<String> run(int replicates) {
        List<String> words = new ArrayList<>(List.of("run", "baseline", "--replicates=" + replicates));
        words.addAll(WORLD);
        return words;
    }

    private static void fine(Program ended) {
        assertEquals(0, ended.exitCode, ended::toString);
    }

    /** It refused or failed in words. */
    private static void told(Program ended, String words) {
        assertNotEquals(0, ended.exitCode, ended::toString);
        assertTrue(ended.printed.contains(words), ended::toString);
        assertFalse(ended.printed.contains("internal error") || ended.printed.contains("\tat "), ended::toString);
    }

    /** Everything below a directory that is a result: hashes by name. What says when and where it was made is none. */
    private static Map<String, String> results(Path directory) throws IOException {
        Map<String, String> results = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                boolean own = name.startsWith("runs/")
                        || name.endsWith("provenance.json")
                        || name.endsWith("evaluations.csv")
                        || name.endsWith("plan.json");
                if (!own) {
                    results.put(name, hash(Files.readAllBytes(file)));
                }
            }
        }
        return results;
    }

    private static void same(Map<String, String> expected, Map<String, String> found, String what) {
        List<String> differing = Stream.concat(expected.keySet().stream(), found.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(expected.get(name), found.get(name)))
                .toList();
        assertEquals(List.of(), differing, what);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts a command again and again and kills each at a random moment of the time that it takes, until it has been
     * killed often enough; then lets it end.
     */
    private void kill(String name, int times, List<String> words) throws IOException, InterruptedException {
        Path whole = temporary.resolve(name + "-whole");
        long before = System.nanoTime();
        fine(Program.run(words(words, whole)));
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        Map<String, String> expected = results(whole);
        assertFalse(expected.isEmpty());
        int killed = 0;
        Path out = temporary.resolve(name);
        for (int attempt = 0; killed < times; attempt++) {
            assertTrue(attempt < 20 + 20 * times, "always over before it was killed");
            Process process = Program.start(Map.of(), words(words, out));
            long moment = took / 8 + random.nextLong(took);
            if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
                assertEquals(0, process.exitValue());
                same(expected, results(out), name + " after " + killed + " kills");
                out = temporary.resolve(name + attempt);
            } else {
                process.destroyForcibly();
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                killed++;
            }
        }
        fine(Program.run(words(words, out)));
        same(expected, results(out), name);
        System.out.println("FaultsIT: " + name + ": killed " + killed + " times, the same bytes");
    }

    // Kills -----------------------------------------------------------------------------------------------------------

    @Test
    void aRunKilledAtAnyMomentEndsInTheSameBytes() throws IOException, InterruptedException {
        kill("run", LONG ? 200 : 2, run(40));
    }

    @Test
    @EnabledIfSystemProperty(named = "twostacks.long", matches = "true", disabledReason = "with -Dtwostacks.long=true")
    void aComparisonKilledAtAnyMomentEndsInTheSameBytes() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("compare", "baseline", "price-war", "--replicates=8", "--resamples=200", "--quiet"));
        words.addAll(WORLD.subList(1, 4));
        kill("compare", 50, words);
    }

    @Test
    @EnabledIfSystemProperty(named = "twostacks.long", matches = "true", disabledReason = "with -Dtwostacks.long=true")
    void aCalibrationKilledAtAnyMomentEndsInTheSameBytes() throws IOException, InterruptedException {
        Files.writeString(temporary.resolve("t.csv"), """
                target_id,entity,date,metric,observed,confidence
                a,USA,2023-12,ai_user_share_working_age,0.3,high
                b,IND,2023-12,ai_user_share_working_age,0.1,high
                c,CHN,2023-12,ai_user_share_working_age,0.1,high
                """);
        Path file = Files.writeString(temporary.resolve("fit.yaml"), """
                name: fit
                overrides:
                  horizon.months: 12
                  population.adoptersPerNation: 200
                  nations.only: [USA, CHN, IND]
                targets: {file: t.csv, families: {ai_users: 1}}
                parameters: {trust.home: {}}
                folds: 2
                scoreReplicates: 1
                point: {design: 6, evaluations: 4}
                posterior: {particles: 4, generations: 1}
                """);
        kill("calibrate", 50, List.of("calibrate", file.toString(), "--quiet"));
    }

    @Test
    void aMergeKilledAtAnyMomentEndsInTheSameBytes() throws IOException, InterruptedException {
        String experiment =
                SweepResults.experiment(temporary, LONG ? 150 : 40, 6, 50).toString();
        List<String> words = new ArrayList<>(List.of("merge", "--quiet"));
        for (int shard = 1; shard <= 2; shard++) {
            Path part = temporary.resolve("part" + shard);
            fine(Program.run("sweep", experiment, "-q", "--shard", shard + "/2", "-o", part.toString()));
            words.add(part.toString());
        }
        kill("merge", LONG ? 100 : 1, words);
    }

    // Two at once -----------------------------------------------------------------------------------------------------

    @Test
    void twoRunsIntoOneDirectoryLeaveTheResultsOfOne() throws IOException, InterruptedException {
        Path whole = temporary.resolve("whole");
        fine(Program.run(words(run(20), whole)));
        for (int i = 0; i < (LONG ? 50 : 1); i++) {
            Path out = temporary.resolve("both" + i);
            Process one = Program.start(Map.of(), words(run(20), out));
            Process other = Program.start(Map.of(), words(run(20), out));
            for (Process each : List.of(one, other)) {
                String printed = new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(each.waitFor(120, TimeUnit.SECONDS));
                assertTrue(
                        each.exitValue() == 0
                                || each.exitValue() == 2 && printed.contains("another run is writing to " + out),
                        printed);
            }
            assertTrue(one.exitValue() == 0 || other.exitValue() == 0);
            assertEquals(results(whole), results(out));
        }
    }

    // Output that nobody reads ----------------------------------------------------------------------------------------

    @Test
    void aRunWhoseReaderHasGoneIsWhole() throws IOException, InterruptedException {
        Path whole = temporary.resolve("whole");
        fine(Program.run(words(run(2), whole)));
        Path out = temporary.resolve("out");
        List<String> words = new ArrayList<>(run(2));
        words.remove("--quiet");
        Process process = Program.start(Map.of(), words(words, out));
        process.getInputStream().close();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals(results(whole), results(out));
    }

    // No network ------------------------------------------------------------------------------------------------------

    @Test
    void withoutAnyNetworkTheBytesAreTheSame() throws IOException, InterruptedException {
        assumeTrue(call("unshare", "-rn", "true"), "needs unshare, and the right to make name spaces");
        Path whole = temporary.resolve("whole");
        fine(Program.run(words(run(2), whole)));
        Path out = temporary.resolve("out");
        List<String> words = new ArrayList<>(List.of("unshare", "-rn"));
        words.addAll(Program.command(words(run(2), out)));
        assertTrue(call(words.toArray(String[]::new)));
        assertEquals(results(whole), results(out));
    }

    // Disks -----------------------------------------------------------------------------------------------------------

    private static boolean call(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private Path disk(String size) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        boolean mounted = "root".equals(System.getProperty("user.name"))
                && call("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString());
        assumeTrue(mounted, "needs root and the right to mount a tmpfs");
        return disk;
    }

    @Test
    void aDiskThatFillsUpIsToldAndHoldsNothingHalfAndWithRoomTheBytesAreTheSame()
            throws IOException, InterruptedException {
        Path whole = temporary.resolve("whole");
        fine(Program.run(words(run(20), whole)));
        Path sweep = temporary.resolve("sweep");
        String experiment =
                SweepResults.experiment(temporary, LONG ? 150 : 40, 6, 50).toString();
        fine(Program.run("sweep", experiment, "-q", "-o", sweep.toString()));
        Path disk = disk("64k");
        try {
            told(Program.run(words(run(20), disk.resolve("run"))), "No space left on device");
            assertFalse(Files.exists(disk.resolve("run").resolve("datapackage.json")));
            told(
                    Program.run(
                            "sweep",
                            experiment,
                            "-q",
                            "-o",
                            disk.resolve("sweep").toString()),
                    "No space left on device");
            assertFalse(Files.exists(disk.resolve("sweep").resolve("runs.csv")));
            assertTrue(call("mount", "-o", "remount,size=100m", disk.toString()));
            fine(Program.run(words(run(20), disk.resolve("run"))));
            assertEquals(results(whole), results(disk.resolve("run")));
            fine(Program.run(
                    "sweep", experiment, "-q", "-o", disk.resolve("sweep").toString()));
            assertEquals(results(sweep), results(disk.resolve("sweep")));
        } finally {
            call("umount", disk.toString());
        }
    }

    @Test
    void aDiskThatTurnsReadOnlyIsTold() throws IOException, InterruptedException {
        Path disk = disk("100m");
        try {
            Path out = disk.resolve("run");
            fine(Program.run(words(run(2), out)));
            Map<String, String> before = results(out);
            assertTrue(call("mount", "-o", "remount,ro", disk.toString()));
            told(Program.run(words(run(3), disk.resolve("more"))), "Read-only file system");
            told(Program.run("report", out.toString()), "Read-only file system");
            assertEquals(before, results(out));
        } finally {
            call("umount", disk.toString());
        }
    }

    @Test
    void aDirectoryThatMayNotBeWrittenToIsTold() throws IOException, InterruptedException {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may write everywhere");
        Path out = Files.createDirectory(temporary.resolve("out"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("r-xr-xr-x"));
        told(Program.run(words(run(1), out)), "permission denied");
    }

    // Damage ----------------------------------------------------------------------------------------------------------

    /** Turns a bit of a file; returns what it was before. */
    private byte[] damage(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        byte[] after = before.clone();
        after[random.nextInt(after.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, after);
        return before;
    }

    @Test
    void aRunWithATurnedBitIsMadeAgainAndNotReported() throws IOException, InterruptedException {
        Path out = temporary.resolve("out");
        fine(Program.run(words(run(2), out)));
        Map<String, String> expected = results(out);
        List<String> names = List.of("world.csv", "nations.csv", "labs.csv", "events.csv", "scenario.resolved.yaml");
        for (int i = 0; i < (LONG ? 50 : 1); i++) {
            String name = names.get(i % names.size());
            byte[] good = damage(out.resolve(name));
            if (name.equals("world.csv") || name.equals("nations.csv")) {
                Path page = temporary.resolve("page.html");
                told(Program.run("report", out.toString(), "-o", page.toString()), name);
                assertFalse(Files.exists(page));
            }
            fine(Program.run(words(run(2), out)));
            assertEquals(expected, results(out), name);
            assertEquals(hash(good), expected.get(name));
        }
    }

    @Test
    void aSweepWithATurnedBitIsToldAndMadeAgain() throws IOException, InterruptedException {
        String experiment = SweepResults.experiment(temporary, 40, 6, 50).toString();
        Path out = temporary.resolve("out");
        fine(Program.run("sweep", experiment, "-q", "-o", out.toString()));
        Map<String, String> expected = results(out);
        for (int i = 0; i < (LONG ? 50 : 1); i++) {
            Path chunk = SweepResults.files(out.resolve("runs"), ".chunk").get(0);
            damage(chunk);
            Program status = Program.run("status", out.toString());
            assertTrue(status.printed.contains(chunk.getFileName().toString()), status::toString);
            told(Program.run("merge", "-q", out.toString()), "missing");
            fine(Program.run("sweep", experiment, "-q", "-o", out.toString()));
            assertEquals(expected, results(out));
            Files.deleteIfExists(chunk);
        }
    }
}
