package twostacks.experiment.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Progress;
import twostacks.experiment.plan.Experiments;
import twostacks.experiment.plan.Plan;
import twostacks.output.Hashes;
import twostacks.output.Provenance;
import twostacks.output.ResultDirectory;
import twostacks.output.RunDescription;
import twostacks.scenario.Scenario;
import twostacks.world.SpareThreads;

/** Sweeps: the same bytes whatever happens on the way, and nothing at all where something is missing. */
final class SweepTest {
    private static final String VERSION = "1";
    private static final String BUILD = "test";

    @TempDir
    private Path temporary;

    private Plan plan(String text) throws IOException {
        return new Plan(Experiments.of(temporary.resolve("in"), text), VERSION);
    }

    private Plan plan() throws IOException {
        return plan(Experiments.twoByTwo(4, 2));
    }

    private SweepDirectory open(String name, Plan plan) throws IOException {
        try {
            return SweepDirectory.open(temporary.resolve(name), plan, BUILD, false);
        } catch (SweepDirectory.RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static SweepRunner.Result run(SweepDirectory directory, Shard shard, int threads, Simulator simulator)
            throws IOException, InterruptedException {
        return new SweepRunner(directory, shard, threads, BUILD, simulator, Progress.NONE, new Cancellation())
                .run(false);
    }

    private static SweepRunner.Result run(SweepDirectory directory) throws IOException, InterruptedException {
        return run(directory, Shard.ALL, 2, Simulator.MODEL);
    }

    private static Merger.Result merge(Path out, SweepDirectory... directories)
            throws Merger.RefusedException, IOException {
        return new Merger(List.of(directories)).merge(out, new Provenance(List.of(), BUILD, 1, Instant.now(), 0, 0));
    }

    /** Hashes of all that is compared. */
    private static Map<String, String> results(Path directory) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.equals(ResultDirectory.PROVENANCE) && !name.equals(SweepDirectory.PLAN)) {
                    hashes.put(name, Hashes.sha256(Files.readString(file)));
                }
            }
        }
        return hashes;
    }

    private Map<String, String> undisturbed() throws Exception {
        SweepDirectory whole = open("undisturbed", plan());
        run(whole);
        merge(whole.path(), whole);
        return results(whole.path());
    }

    private static List<Path> chunks(SweepDirectory directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.runs())) {
            return files.filter(f -> f.toString().endsWith(ChunkWriter.CHUNK))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void threadsAndShardsLeaveNoTraceInTheResults() throws Exception {
        Map<String, String> expected = undisturbed();
        assertEquals(
                List.of(
                        "datapackage.json",
                        "design.csv",
                        "experiment.resolved.yaml",
                        "failures.csv",
                        "runs.csv",
                        "world.csv"),
                List.copyOf(expected.keySet()));
        SweepDirectory alone = open("alone", plan());
        run(alone, Shard.ALL, 1, Simulator.MODEL);
        merge(alone.path(), alone);
        assertEquals(expected, results(alone.path()));

        List<SweepDirectory> parts = new ArrayList<>();
        for (int i = 3; i >= 1; i--) {
            SweepDirectory part = open("part" + i, plan());
            run(part, new Shard(i, 3), 2, Simulator.MODEL);
            parts.add(part);
        }
        Path out = temporary.resolve("merged");
        merge(out, parts.toArray(SweepDirectory[]::new));
        assertEquals(expected, results(out));
    }

    @Test
    void aRunInASweepIsTheRunThatTheCommandRunMakes() throws Exception {
        Plan plan = plan();
        Plan.Run run = plan.run(plan.runs() - 1);
        assertEquals(2, run.replicate());
        Stored stored = new RunMaker(plan, Simulator.MODEL).make(run, new SpareThreads(0), w -> {});
        Scenario scenario = plan.scenario(run);
        var description = RunDescription.of(scenario, VERSION, 1, 2, java.util.Set.of(), false);
        Path out = temporary.resolve("run");
        new twostacks.experiment.RunService(1, BUILD, List.of(), false, Progress.NONE, new Cancellation())
                .run(List.of(new twostacks.experiment.Job(description, out)));
        List<String> rows = Files.readAllLines(out.resolve("world.csv")).stream()
                .filter(l -> l.startsWith("baseline,2,"))
                .toList();
        assertEquals(
                String.join("\n", rows) + "\n", new String(stored.rows(0), java.nio.charset.StandardCharsets.UTF_8));
        String last = rows.stream()
                .filter(l -> l.startsWith("baseline,2,2023-06,population,"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                last.split(",", -1)[4],
                new String(stored.content(), java.nio.charset.StandardCharsets.UTF_8).split(",", -1)[0]);
    }

    @Test
    void aSweepThatWasStoppedGoesOnToTheSameBytes() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory directory = open("stopped", plan());
        for (int stop = 3; stop <= 9; stop += 3) {
            Cancellation cancellation = new Cancellation();
            AtomicInteger left = new AtomicInteger(stop);
            Simulator counting = (world, seed, replicate, spare, told) -> {
                if (left.getAndDecrement() == 0) {
                    cancellation.cancel();
                }
                Simulator.MODEL.run(world, seed, replicate, spare, told);
            };
            SweepRunner.Result result =
                    new SweepRunner(directory, Shard.ALL, 2, BUILD, counting, Progress.NONE, cancellation).run(false);
            assertTrue(result.stopped() || stop == 9, "stopped at " + stop);
            Merger.RefusedException refused = SweepStatus.of(directory).missing() == 0
                    ? null
                    : assertThrows(Merger.RefusedException.class, () -> merge(directory.path(), directory));
            assertTrue(
                    refused == null || refused.getMessage().contains("runs are missing"), () -> refused.getMessage());
            assertFalse(Files.exists(directory.path().resolve("runs.csv")), "nothing is written");
        }
        SweepRunner.Result result = run(directory);
        assertTrue(result.kept() >= 3);
        merge(directory.path(), directory);
        assertEquals(expected, results(directory.path()));
    }

    @Test
    void overlappingShardsMergeToTheSameBytes() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory a = open("a", plan());
        SweepDirectory b = open("b", plan());
        run(a, new Shard(1, 2), 1, Simulator.MODEL);
        run(b, new Shard(2, 2), 1, Simulator.MODEL);
        run(b, new Shard(1, 3), 1, Simulator.MODEL);
        Path out = temporary.resolve("out");
        merge(out, a, b);
        assertEquals(expected, results(out));
    }

    @Test
    void twoCopiesOfOneShardAtTheSameTimeMergeToTheSameBytes() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory directory = open("twice", plan());
        Thread other = new Thread(() -> {
            try {
                run(directory);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        run(directory);
        other.join();
        merge(directory.path(), directory);
        assertEquals(expected, results(directory.path()));
    }

    @Test
    void aFailingRunAmongGoodOnesIsKeptWithItsReasonUntilItIsRetried() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory directory = open("failing", plan());
        Simulator failing = (world, seed, replicate, spare, told) -> {
            if (replicate == 2 && world.overrides().getOrDefault("price.cnSubsidy", 0.0) > .3) {
                throw new IllegalStateException("no good, \"really\"");
            }
            Simulator.MODEL.run(world, seed, replicate, spare, told);
        };
        SweepRunner.Result result = run(directory, Shard.ALL, 2, failing);
        assertEquals(4, result.failed());
        assertEquals(12, result.done());
        assertEquals(4, run(directory).failedBefore(), "a failure is not tried again unasked");
        SweepStatus status = SweepStatus.of(directory);
        assertEquals(Map.of("no good, \"really\"", 4L), status.reasons());
        assertFalse(status.complete());

        assertEquals(4, merge(directory.path(), directory).failed());
        List<String> failures = Files.readAllLines(directory.path().resolve("failures.csv"));
        assertEquals(5, failures.size());
        assertTrue(failures.get(1).endsWith(",2,\"no good, \"\"really\"\"\""), failures.get(1));
        List<String> runs = Files.readAllLines(directory.path().resolve("runs.csv"));
        assertEquals(17, runs.size());
        assertEquals(
                4,
                runs.stream()
                        .filter(r -> r.contains(",failed,") && r.endsWith(",,,"))
                        .count());

        new SweepRunner(directory, Shard.ALL, 2, BUILD, Simulator.MODEL, Progress.NONE, new Cancellation()).run(true);
        merge(directory.path(), directory);
        assertEquals(expected, results(directory.path()));
        assertTrue(SweepStatus.of(directory).complete());
    }

    @Test
    void aLongerDesignRunsOnlyWhatIsNew() throws Exception {
        SweepDirectory directory = open("grown", plan(Experiments.twoByTwo(2, 1)));
        run(directory);
        merge(directory.path(), directory);
        SweepDirectory longer = open("grown", plan());
        SweepRunner.Result result = run(longer);
        assertEquals(4, result.kept());
        assertEquals(12, result.done());
        merge(longer.path(), longer);
        assertEquals(undisturbed(), results(longer.path()));
    }

    @Test
    void aChunkWithARightHashAndWrongWordsIsDamaged() throws Exception {
        SweepDirectory directory = open("words", plan());
        run(directory);
        Path chunk = chunks(directory).get(0);
        String text = Files.readString(chunk, StandardCharsets.ISO_8859_1);
        String body = text.substring(0, text.lastIndexOf("end "));
        String end = text.substring(text.lastIndexOf("end ")).replaceFirst(" [0-9a-f]{64}", " ");
        for (String wrong : List.of("run 89d97= done", "run 0000000000000000 gone", "run -000000000000001 done")) {
            byte[] changed = body.replaceFirst("run [0-9a-f]{16} done", wrong).getBytes(StandardCharsets.ISO_8859_1);
            Files.write(chunk, changed);
            Files.writeString(
                    chunk,
                    end.strip() + " " + Hashes.hex(Hashes.digest().digest(changed)) + "\n",
                    StandardOpenOption.APPEND);
            List<String> damaged = SweepStatus.of(directory).damaged();
            assertTrue(damaged.size() == 1 && damaged.get(0).contains("not as it was written"), damaged::toString);
        }
    }

    @Test
    void aCutOffChunkCountsAsMissingAndIsMadeAgain() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory directory = open("cut", plan());
        run(directory);
        Path chunk = chunks(directory).get(0);
        byte[] bytes = Files.readAllBytes(chunk);
        Files.write(chunk, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Merger.RefusedException refused =
                assertThrows(Merger.RefusedException.class, () -> merge(directory.path(), directory));
        assertTrue(refused.reasons().get(0).contains("is cut off"), refused.getMessage());
        bytes[bytes.length / 2] ^= 1;
        Files.write(chunk, bytes);
        assertTrue(SweepStatus.of(directory).damaged().get(0).contains("not as it was written"));
        assertEquals(16, run(directory).done());
        merge(directory.path(), directory);
        assertEquals(expected, results(directory.path()));
    }

    @Test
    void twoResultsOfOneRunAreRefusedAndBothNamed() throws Exception {
        SweepDirectory a = open("a", plan());
        run(a);
        SweepDirectory b = open("b", plan());
        run(
                b,
                Shard.ALL,
                1,
                (world, seed, replicate, spare, told) -> Simulator.MODEL.run(world, seed + 1, replicate, spare, told));
        Merger.RefusedException refused =
                assertThrows(Merger.RefusedException.class, () -> merge(temporary.resolve("out"), a, b));
        assertTrue(refused.getMessage().contains(chunks(a).get(0).toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains(chunks(b).get(0).toString()), refused.getMessage());
        assertFalse(Files.exists(temporary.resolve("out")));
    }

    @Test
    void anotherPlansShardsAreRefusedAndBothNamed() throws Exception {
        SweepDirectory a = open("a", plan());
        run(a);
        SweepDirectory b = open("b", plan(Experiments.twoByTwo(4, 2) + "seed: 9\n"));
        run(b);
        Merger.RefusedException refused =
                assertThrows(Merger.RefusedException.class, () -> merge(temporary.resolve("out"), a, b));
        assertTrue(refused.getMessage().contains(a.path().toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains(b.path().toString()), refused.getMessage());

        Files.copy(chunks(b).get(0), a.runs().resolve("stray.chunk"));
        refused = assertThrows(Merger.RefusedException.class, () -> merge(temporary.resolve("out"), a));
        assertTrue(refused.getMessage().contains("stray.chunk"), refused.getMessage());
        assertThrows(
                SweepDirectory.RefusedException.class,
                () -> SweepDirectory.open(a.path(), b.plan(), BUILD, false),
                "and a directory with another plan is left alone");
        SweepDirectory forced = SweepDirectory.open(a.path(), b.plan(), BUILD, true);
        assertEquals(List.of(), chunks(forced));
    }

    @Test
    void aDamagedPlanIsNotedBeforeAnythingIsRun() throws Exception {
        SweepDirectory directory = open("spoilt", plan());
        Path file = directory.path().resolve(SweepDirectory.EXPERIMENT);
        Files.writeString(file, Files.readString(file).replace("seed: 1", "seed: 2"));
        SweepDirectory.RefusedException refused = assertThrows(
                SweepDirectory.RefusedException.class, () -> SweepDirectory.open(directory.path(), VERSION));
        assertTrue(refused.getMessage().contains("not as it was written"), refused.getMessage());
        Path plan = directory.path().resolve(SweepDirectory.PLAN);
        Files.writeString(plan, Files.readString(plan).replaceFirst("\"planHash\": \"[^\"]*\"", "\"planHash\": \"0\""));
        refused = assertThrows(
                SweepDirectory.RefusedException.class, () -> SweepDirectory.open(directory.path(), VERSION));
        assertTrue(refused.getMessage().contains("says 0"), refused.getMessage());
        refused = assertThrows(
                SweepDirectory.RefusedException.class, () -> SweepDirectory.open(directory.path(), "another"));
        assertTrue(refused.getMessage().contains("this is model another"), refused.getMessage());
    }

    @Test
    void aKilledWritersLeftoversAreIgnoredAndRemovedOnItsMachine() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory directory = open("killed", plan());
        String name = Attempt.name(Shard.ALL);
        long gone = 4_194_305; // more than Linux' greatest process number
        Path part = directory
                .runs()
                .resolve(name.replace("~" + ProcessHandle.current().pid() + "~", "~" + gone + "~") + ".part");
        Files.writeString(part, "run half of it");
        Path alive = directory.runs().resolve(name + ".part");
        Files.writeString(alive, "run half of it");
        run(directory);
        assertFalse(Files.exists(part));
        assertTrue(Files.exists(alive), "what another process may still write to is left alone");
        merge(directory.path(), directory);
        assertEquals(expected, results(directory.path()));
    }

    @Test
    void aFullDiskLeavesWhatWasStoredAndNoHalfFile() throws Exception {
        Map<String, String> expected = undisturbed();
        SweepDirectory directory = open("full", plan());
        try (SmallDisk disk = SmallDisk.mount(directory.runs(), 4)) {
            assertThrows(IOException.class, () -> run(directory));
            try (Stream<Path> left = Files.list(disk.path())) {
                assertEquals(List.of(), left.toList(), "no half file");
            }
        }
        run(directory);
        merge(directory.path(), directory);
        assertEquals(expected, results(directory.path()));
    }

    @Test
    void aRunsTimeIsNoPartOfItsResult() {
        Stored quick = Stored.done(1, 5, new byte[] {'1'}, List.of());
        Stored slow = Stored.done(1, 50, new byte[] {'1'}, List.of());
        Stored other = Stored.done(1, 5, new byte[] {'2'}, List.of());
        assertEquals(quick.fingerprint(), slow.fingerprint());
        assertNotEquals(quick.fingerprint(), other.fingerprint());
    }
}
