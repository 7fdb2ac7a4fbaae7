package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twostacks.experiment.plan.Plan;
import twostacks.experiment.shard.SweepDirectory;

/**
 * Sweeps larger than the heap are planned, listed, merged and reported in a heap of 256 MiB. Their runs are made up, in
 * chunks written as the format says: each has the rows of the same real run. With
 * {@code -Dtwostacks.sweep.gib=N} tables of N GiB, else of three times the heap.
 */
@Timeout(7200)
final class LargeSweepIT {
    private static final double GIB = Double.parseDouble(System.getProperty("twostacks.sweep.gib", "0.75"));
    private static final int MONTHS = 60;
    private static final int PER_CHUNK = 500;

    @TempDir
    private Path temporary;

    private Path experiment(int points) throws IOException {
        return Files.writeString(
                temporary.resolve("large.yaml"),
                "name: large\noverrides: {horizon.months: " + MONTHS + ", nations.only: [USA, CHN, IND]}\n"
                        + "factors: {price.cnSubsidy: plausible, price.hostMargin: plausible}\n"
                        + "design: {kind: sobol, size: " + points + "}\n"
                        + "keep: {outcomes: [share_cn_open], series: world}\n");
    }

    private static void fine(Program ended) {
        assertEquals(0, ended.exitCode, ended::toString);
    }

    @Test
    void aMillionPointsArePlannedAndCounted() throws Exception {
        Path million = experiment(1_000_000);
        Program estimate = Program.run("sweep", million.toString(), "--dry-run");
        fine(estimate);
        assertTrue(estimate.printed.contains("1,000,000 runs"), estimate::toString);
        Program listed = Program.run("sweep", million.toString(), "--list", "--shard", "1000/1000");
        fine(listed);
        assertEquals(1001, listed.printed.lines().count());
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

    /** Stores all runs of a plan, each with the same made up rows. */
    private static void store(Path directory, Plan plan, byte[] outcome, byte[] rows) throws IOException {
        MessageDigest print = sha256();
        print.update(outcome);
        print.update((byte) '\n');
        print.update(rows);
        String fingerprint = HexFormat.of().formatHex(print.digest()).substring(0, 32);
        byte[] stored = deflated(rows);
        for (long first = 0; first < plan.runs(); first += PER_CHUNK) {
            MessageDigest digest = sha256();
            long end = Math.min(first + PER_CHUNK, plan.runs());
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(directory.resolve("runs").resolve("made-" + first + ".chunk")))) {
                put(out, digest, ("twostacks chunk 1 " + plan.hash() + " test\n").getBytes(StandardCharsets.US_ASCII));
                for (long number = first; number < end; number++) {
                    String head = "run " + plan.run(number).name() + " done 1 " + fingerprint + " " + outcome.length
                            + " " + stored.length + "\n";
                    put(out, digest, head.getBytes(StandardCharsets.US_ASCII));
                    put(out, digest, outcome);
                    put(out, digest, stored);
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
        fine(Program.run("sweep", experiment(1).toString(), "-q", "-o", one.toString()));
        byte[] rows = rows(one.resolve("world.csv"));
        int points = (int) (GIB * (1 << 30) / Files.size(one.resolve("world.csv")));

        Path experiment = experiment(points);
        Path directory = temporary.resolve("large");
        Process begun = Program.start(Map.of(), "sweep", experiment.toString(), "-q", "-o", directory.toString());
        while (begun.isAlive() && !Files.exists(directory.resolve("plan.json"))) {
            Thread.sleep(50);
        }
        begun.destroy();
        begun.waitFor();
        String version = new ObjectMapper()
                .readTree(directory.resolve("plan.json").toFile())
                .path("modelVersion")
                .asText();
        Plan plan = SweepDirectory.open(directory, version).plan();
        assertEquals(points, plan.runs());
        store(directory, plan, "0.25".getBytes(StandardCharsets.US_ASCII), rows);
        for (Path real : SweepResults.files(directory.resolve("runs"), ".chunk")) {
            if (!real.getFileName().toString().startsWith("made-")) {
                Files.delete(real);
            }
        }

        fine(Program.run("merge", directory.toString(), "-q"));
        long bytes = Files.size(directory.resolve("world.csv"));
        assertTrue(bytes > GIB * 0.9 * (1 << 30), "world.csv has " + bytes + " bytes");
        fine(Program.run("report", directory.toString(), "-q"));
        System.out.println(points + " runs, tables of " + bytes + " bytes merged and reported");
    }
}
