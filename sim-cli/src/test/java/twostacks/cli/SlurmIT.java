package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a real Slurm, whatever happens to tasks, nodes, disks and files: the bytes of a local sweep, or none. */
@Timeout(600)
final class SlurmIT {
    private static final int SHARDS = 4;

    @TempDir
    private static Path shared;

    private static SlurmCluster slurm;
    private static String experiment;
    private static Map<String, String> expected;

    @BeforeAll
    static void startSlurm() throws IOException, InterruptedException {
        List<String> missing = SlurmCluster.missing();
        Assumptions.assumeTrue(
                missing.isEmpty(),
                () -> "no Slurm here (" + missing + "); apt-get install slurmctld slurmd slurm-client munge");
        slurm = SlurmCluster.start(Files.createDirectories(shared.resolve("slurm")));
        // Long enough for a shard to be caught while it works, on a fast machine, too.
        experiment = SweepResults.experiment(shared, 60, 48, 4000).toString();
        Path local = shared.resolve("local");
        Program ended = Program.run("sweep", experiment, "-q", "-o", local.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        expected = SweepResults.of(local);
    }

    @AfterAll
    static void stopSlurm() throws IOException {
        if (slurm != null) {
            slurm.close();
        }
    }

    /** The numbers of the jobs of a sweep. */
    private record Jobs(String array, String merge, String report) {}

    private static Jobs submit(String what, Path out) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("sweep", what, "--engine=slurm", "--shards=" + SHARDS));
        if (!what.equals(out.toString())) {
            arguments.addAll(List.of("-o", out.toString()));
        }
        Program ended = Program.run(slurm.environment(), arguments.toArray(String[]::new));
        assertEquals(0, ended.exitCode, ended::toString);
        JsonNode jobs = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("slurm/jobs.json")));
        return new Jobs(
                jobs.path("array").asText(),
                jobs.path("merge").asText(),
                jobs.path("report").asText());
    }

    private static boolean writing(Path out, int shard) throws IOException {
        return SweepResults.files(out.resolve("runs"), ".part").stream()
                .anyMatch(f -> f.getFileName().toString().startsWith(shard + "of"));
    }

    /** Waits until a shard has stored a run, and holds its process there, so that it cannot end before its time. */
    private static ProcessHandle hold(Path out, int shard) throws IOException, InterruptedException {
        slurm.await("shard " + shard + " to store a run", () -> writing(out, shard), 20);
        ProcessHandle process = SlurmCluster.process(out, shard + "/" + SHARDS);
        slurm.signal(process, "STOP");
        return process;
    }

    private static void assertMerged(Path out, Jobs jobs) throws IOException, InterruptedException {
        assertEquals(List.of("COMPLETED"), slurm.end(jobs.merge()), () -> log(out, "merge.log"));
        assertEquals(expected, SweepResults.of(out));
    }

    private static String log(Path out, String name) {
        try {
            return Files.readString(out.resolve("slurm").resolve(name));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void assertNothingMerged(Path out) {
        assertFalse(Files.exists(out.resolve("runs.csv")));
        assertFalse(Files.exists(out.resolve("datapackage.json")));
    }

    @Test
    void anArrayAndItsMergeGiveTheBytesOfALocalSweep() throws IOException, InterruptedException {
        Path out = shared.resolve("whole");
        Jobs jobs = submit(experiment, out);
        ProcessHandle task = hold(out, 1); // else the sweep could be over before it is asked for
        Program status = Program.run(slurm.environment(), "status", out.toString());
        slurm.signal(task, "CONT");
        assertEquals(1, status.exitCode, status::toString);
        assertTrue(status.printed.contains("Slurm array " + jobs.array() + ": "), status::toString);
        assertTrue(status.printed.contains("Slurm merge " + jobs.merge() + ": PENDING (Dependency)"), status::toString);
        assertEquals(Collections.nCopies(SHARDS, "COMPLETED"), slurm.end(jobs.array()), () -> log(out, "shard-1.log"));
        assertMerged(out, jobs);
        assertEquals(List.of("COMPLETED"), slurm.end(jobs.report()));
        Program again = Program.run(slurm.environment(), "sweep", out.toString(), "--engine=slurm");
        assertEquals(0, again.exitCode, again::toString);
        assertTrue(again.printed.contains("Nothing is missing."), again::toString);
    }

    @Test
    void aKilledTaskKeepsTheMergeFromRunningAndIsTheOnlyOneResumed() throws IOException, InterruptedException {
        Path out = shared.resolve("killed");
        Jobs jobs = submit(experiment, out);
        slurm.signal(hold(out, 2), "KILL");
        slurm.end(jobs.array());
        assertEquals("FAILED", SlurmCluster.state(slurm.task(jobs.array(), 2)));
        assertEquals("COMPLETED", SlurmCluster.state(slurm.task(jobs.array(), 1)));
        assertEquals(List.of("CANCELLED"), slurm.end(jobs.merge()), "an impossible dependency does not hang");
        assertFalse(Files.exists(out.resolve("slurm/merge.log")), "the merge never ran");
        assertEquals(List.of("FAILED"), slurm.end(jobs.report()), "the report says that something is missing");
        assertTrue(log(out, "report.log").contains("missing  "), () -> log(out, "report.log"));
        Program early = Program.run("merge", out.toString());
        assertEquals(1, early.exitCode, early::toString);
        assertTrue(early.printed.contains("runs are missing"), early::toString);
        assertNothingMerged(out);

        Jobs resumed = submit(out.toString(), out);
        assertEquals(List.of("COMPLETED"), slurm.end(resumed.array()));
        assertEquals("2", SlurmCluster.word(slurm.tasks(resumed.array()).get(0), "ArrayTaskId"));
        assertMerged(out, resumed);
    }

    @Test
    void aRequeuedTaskGoesOnFromWhatItHadStored() throws IOException, InterruptedException {
        Path out = shared.resolve("requeued");
        Jobs jobs = submit(experiment, out);
        hold(out, 1); // Slurm lets go of what it tells to end
        String id = SlurmCluster.word(slurm.task(jobs.array(), 1), "JobId");
        assertEquals(0, slurm.ask(List.of("scontrol", "requeue", id)).code());
        slurm.await(
                "the task to be started again",
                () -> "1".equals(SlurmCluster.word(slurm.task(jobs.array(), 1), "Restarts")));
        assertEquals(Collections.nCopies(SHARDS, "COMPLETED"), slurm.end(jobs.array()), () -> log(out, "shard-1.log"));
        assertTrue(
                SweepResults.files(out.resolve("runs"), ".chunk").stream()
                                .filter(f -> f.getFileName().toString().startsWith("1of"))
                                .count()
                        >= 2,
                "both attempts stored something");
        assertMerged(out, jobs);
    }

    @Test
    void preemptedTasksRunAgain() throws IOException, InterruptedException {
        Path out = shared.resolve("preempted");
        Jobs jobs = submit(experiment, out);
        hold(out, 1); // Slurm lets go of what it tells to end
        assertEquals(
                0,
                slurm.ask(List.of(
                                "sbatch",
                                "--partition=urgent",
                                "--array=1-" + SlurmCluster.NODES,
                                "--output=/dev/null",
                                "--wrap=sleep 1"))
                        .code());
        assertEquals(Collections.nCopies(SHARDS, "COMPLETED"), slurm.end(jobs.array()), () -> log(out, "shard-1.log"));
        assertTrue(
                slurm.tasks(jobs.array()).stream().anyMatch(t -> !"0".equals(SlurmCluster.word(t, "Restarts"))),
                "somebody had to give way");
        assertMerged(out, jobs);
    }

    @Test
    void aFullDiskFailsTheTasksAndPublishesNothing() throws IOException, InterruptedException {
        Path out = shared.resolve("full");
        Program first = Program.run("sweep", experiment, "-q", "--shard=4/" + SHARDS, "-o", out.toString());
        assertEquals(0, first.exitCode, first::toString);
        Path runs = out.resolve("runs");
        Assumptions.assumeTrue(
                slurm.ask(List.of("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", runs.toString()))
                                .code()
                        == 0,
                "needs the right to mount a tmpfs");
        try {
            Jobs jobs = submit(out.toString(), out);
            assertEquals(Collections.nCopies(SHARDS, "FAILED"), slurm.end(jobs.array()));
            assertEquals(List.of(), SweepResults.files(runs, ""), "no half file");
            assertTrue(log(out, "shard-1.log").contains("No space left"), () -> log(out, "shard-1.log"));
            assertEquals(List.of("CANCELLED"), slurm.end(jobs.merge()));
            slurm.end(jobs.report());
        } finally {
            slurm.ask(List.of("umount", runs.toString()));
        }
        assertNothingMerged(out);
        Jobs resumed = submit(out.toString(), out);
        assertEquals(Collections.nCopies(SHARDS - 1, "COMPLETED"), slurm.end(resumed.array()));
        assertMerged(out, resumed);
    }

    @Test
    void aCutOffShardIsSeenAndMadeAgain() throws IOException, InterruptedException {
        Path out = shared.resolve("cut");
        for (int i = 1; i <= SHARDS; i++) {
            Program ended = Program.run("sweep", experiment, "-q", "--shard=" + i + "/" + SHARDS, "-o", out.toString());
            assertEquals(0, ended.exitCode, ended::toString);
        }
        Path chunk = SweepResults.files(out.resolve("runs"), ".chunk").get(2);
        byte[] bytes = Files.readAllBytes(chunk);
        Files.write(chunk, java.util.Arrays.copyOf(bytes, bytes.length - 100));
        Program refused = Program.run("merge", out.toString());
        assertEquals(1, refused.exitCode, refused::toString);
        assertTrue(refused.printed.contains(chunk + " is cut off"), refused::toString);
        assertNothingMerged(out);
        Jobs resumed = submit(out.toString(), out);
        assertEquals(List.of("COMPLETED"), slurm.end(resumed.array()), "one shard only");
        assertMerged(out, resumed);
    }

    @Test
    void twoLiveCopiesOfAShardAfterALostNodeStoreTheSameBytes() throws IOException, InterruptedException {
        Path out = shared.resolve("lost");
        Jobs jobs = submit(experiment, out);
        ProcessHandle first = hold(out, 3); // so slow that the other copy overtakes it
        String node = SlurmCluster.word(slurm.task(jobs.array(), 3), "NodeList");
        try {
            slurm.killNode(node);
            slurm.await(
                    "a second copy of the shard",
                    () -> SlurmCluster.processes(out, "3/" + SHARDS).stream().anyMatch(p -> p.pid() != first.pid()));
            assertTrue(first.isAlive(), "and the first one lives");
            assertEquals(
                    Collections.nCopies(SHARDS, "COMPLETED"), slurm.end(jobs.array()), () -> log(out, "shard-3.log"));
            assertMerged(out, jobs);
            slurm.signal(first, "CONT");
            slurm.await("the end of the first copy", () -> !first.isAlive());
        } finally {
            slurm.signal(first, "CONT");
            slurm.up();
        }
        assertEquals(
                2,
                SweepResults.files(out.resolve("runs"), ".chunk").stream()
                        .map(f -> f.getFileName().toString().split("~", -1))
                        .filter(words -> words[0].startsWith("3of"))
                        .map(words -> words[2]) // the process
                        .distinct()
                        .count(),
                "both stored the shard");
        Program merged = Program.run("merge", "-q", out.toString());
        assertEquals(0, merged.exitCode, merged::toString);
        assertEquals(expected, SweepResults.of(out));
    }

    @Test
    void aRestartedNodeDaemonCostsNothing() throws IOException, InterruptedException {
        Path out = shared.resolve("restarted");
        Jobs jobs = submit(experiment, out);
        ProcessHandle task = hold(out, 1);
        slurm.killNode(SlurmCluster.word(slurm.task(jobs.array(), 1), "NodeList"));
        slurm.up();
        slurm.signal(task, "CONT");
        assertEquals(Collections.nCopies(SHARDS, "COMPLETED"), slurm.end(jobs.array()), () -> log(out, "shard-1.log"));
        assertMerged(out, jobs);
    }
}
