package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twostacks.experiment.plan.Plan;
import twostacks.experiment.shard.SweepDirectory;

/**
 * Sweeps larger than the heap are planned, begun, listed, merged and reported in a heap of 256 MiB. Their runs are made
 * up, in chunks written as the format says: each has the outcome and the rows of the same real run. With
 * {@code -Dtwostacks.sweep.gib=N} tables of N GiB, else of three times the heap; with {@code -Dtwostacks.long=true} a
 * million runs without tables.
 */
@Timeout(7200)
final class LargeSweepIT {
    private static final double GIB = Double.parseDouble(System.getProperty("twostacks.sweep.gib", "0.75"));
    private static final int MONTHS = 60;
    private static final int PER_CHUNK = 500;
    private static final int MILLION = 1_000_000;
    private static final int MADE = Boolean.getBoolean("twostacks.long") ? MILLION : 20_000;
    private static final String WORLD = ", series: world";

    @TempDir
    private Path temporary;

    private Path experiment(int points, String series) throws IOException {
        return Files.writeString(
                temporary.resolve("large.yaml"),
                "name: large\noverrides: {horizon.months: " + MONTHS + ", nations.only: [USA, CHN, IND]}\n"
                        + "factors: {price.cnSubsidy: plausible, price.hostMargin: plausible}\n"
                        + "design: {kind: sobol, size: " + points + "}\n"
                        + "keep: {outcomes: [share_cn_open]" + series + "}\n");
    }

    /** Carries a command out, and prints how long it took and how much memory it held at most. */
    private static String fine(String... words) throws Exception {
        return ended(0, words);
    }

    private static String ended(int exitCode, String... words) throws Exception {
        long before = System.nanoTime();
        Process process = Program.start(Map.of(), words);
        Future<byte[]> printed = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
        long most = 0;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, mostResident(process.pid()));
        }
        String told = new String(printed.get(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.exitValue(), told);
        System.out.printf(
                Locale.ROOT,
                "LargeSweepIT: %s: %.1f s, %d MiB resident at most%n",
                words[0] + (words.length > 2 ? " " + words[2] : ""),
                (System.nanoTime() - before) / 1e9,
                most >> 10);
        return told;
    }

    private static byte[] all(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that a process has held, in KiB; 0 where the system does not tell. */
    private static long mostResident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .max()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Begins a sweep, and stops it when its plan is written. */
    private static Plan begin(Path experiment, Path directory) throws Exception {
        long before = System.nanoTime();
        Process begun = Program.start(Map.of(), "sweep", experiment.toString(), "-q", "-o", directory.toString());
        while (begun.isAlive() && !Files.exists(directory.resolve("plan.json"))) {
            Thread.sleep(50);
        }
        System.out.printf(Locale.ROOT, "LargeSweepIT: plan written after %.1f s%n", (System.nanoTime() - before) / 1e9);
        begun.destroy();
        begun.waitFor();
        String version = new ObjectMapper()
                .readTree(directory.resolve("plan.json").toFile())
                .path("modelVersion")
                .asText();
        return SweepDirectory.open(directory, version).plan();
    }

    /** Leaves the runs that were made up. */
    private static void removeReal(Path directory) throws IOException {
        for (Path real : SweepResults.files(directory.resolve("runs"), ".chunk")) {
            if (!real.getFileName().toString().startsWith("made-")) {
                Files.delete(real);
            }
        }
    }

    @Test
    void aMillionPointsArePlannedAndListed() throws Exception {
        Path million = experiment(MILLION, "");
        assertTrue(fine("sweep", million.toString(), "--dry-run").contains("1,000,000 runs"));
        String listed = fine("sweep", million.toString(), "--list", "--shard", "1000/1000");
        assertEquals(1001, listed.lines().count());
    }

    @Test
    void aSweepOfManyPointsIsBegunLookedAtAndMerged() throws Exception {
        Path directory = temporary.resolve("many");
        Plan plan = begin(experiment(MADE, ""), directory);
        assertEquals(MADE, plan.runs());
        ended(1, "status", directory.toString());
        store(directory, plan, "0.25".getBytes(StandardCharsets.US_ASCII));
        removeReal(directory);
        fine("status", directory.toString());
        fine("merge", directory.toString(), "-q");
        try (Stream<String> rows = Files.lines(directory.resolve("runs.csv"))) {
            assertEquals(MADE + 1L, rows.count());
        }
    }

    /** The rows of the only run of a merged sweep as the run gave them, without what the merge put before them. */
    private static byte[] rows(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        int before = List.of(lines.get(0).split(",")).indexOf("month");
        StringBuilder rows = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            rows.append(line.split(",", before + 1)[before]).append('\n');
        }
        return rows.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Stores all runs of a plan, each with the same made up outcome, and rows of a table where the plan keeps one. */
    private static void store(Path directory, Plan plan, byte[] outcome, byte[]... rows) throws IOException {
        MessageDigest print = sha256();
        print.update(outcome);
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        StringBuilder lengths = new StringBuilder().append(outcome.length);
        for (byte[] table : rows) {
            print.update((byte) '\n');
            print.update(table);
            byte[] packed = deflated(table);
            stored.write(packed);
            lengths.append(' ').append(packed.length);
        }
        String fingerprint = HexFormat.of().formatHex(print.digest()).substring(0, 32);
        for (long first = 0; first < plan.runs(); first += PER_CHUNK) {
            MessageDigest digest = sha256();
            long end = Math.min(first + PER_CHUNK, plan.runs());
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(directory.resolve("runs").resolve("made-" + first + ".chunk")))) {
                put(out, digest, ("twostacks chunk 1 " + plan.hash() + " test\n").getBytes(StandardCharsets.US_ASCII));
                for (long number = first; number < end; number++) {
                    String head = "run " + plan.run(number).name() + " done 1 " + fingerprint + " " + lengths + "\n";
                    put(out, digest, head.getBytes(StandardCharsets.US_ASCII));
                    put(out, digest, outcome);
                    put(out, digest, stored.toByteArray());
                    put(out, digest, new byte[] {'\n'});
                }
                out.write(("end " + (end - first) + " " + HexFormat.of().formatHex(digest.digest()) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void put(OutputStream out, MessageDigest digest, byte[] bytes) throws IOException {
        out.write(bytes);
        digest.update(bytes);
    }

    @Test
    void tablesLargerThanTheHeapAreMergedAndReported() throws Exception {
        Path one = temporary.resolve("one");
        fine("sweep", experiment(1, WORLD).toString(), "-q", "-o", one.toString());
        byte[] rows = rows(one.resolve("world.csv"));
        int points = (int) (GIB * (1 << 30) / Files.size(one.resolve("world.csv")));

        Path directory = temporary.resolve("large");
        Plan plan = begin(experiment(points, WORLD), directory);
        assertEquals(points, plan.runs());
        store(directory, plan, "0.25".getBytes(StandardCharsets.US_ASCII), rows);
        removeReal(directory);

        fine("merge", directory.toString(), "-q");
        long bytes = Files.size(directory.resolve("world.csv"));
        assertTrue(bytes > GIB * 0.9 * (1 << 30), "world.csv has " + bytes + " bytes");
        fine("report", directory.toString(), "-q");
        System.out.println("LargeSweepIT: " + points + " runs, a table of " + bytes + " bytes merged and reported");
    }
}
