package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps from the command line. */
final class SweepCommandTest {

    @TempDir
    private Path temporary;

    private String experiment;

    @BeforeEach
    void writeExperiment() throws IOException {
        experiment = SweepResults.experiment(temporary, 4, 4, 50).toString();
    }

    private String at(String name) {
        return temporary.resolve(name).toString();
    }

    @Test
    void aSweepSaysWhatItCameToAndWhereItIs() throws IOException {
        Cli ended = twostacks("sweep", experiment, "-o", at("out"));
        assertEquals(0, ended.exitCode, ended::toString);
        assertEquals("", ended.err);
        assertTrue(ended.out.startsWith("trial  8 runs: 4 points (sobol, 2 factors), 1 scenario, 2 levers"), ended.out);
        assertTrue(ended.out.contains("share_us_closed  baseline"), ended.out);
        assertTrue(ended.out.contains("runs.csv, design.csv, failures.csv, world.csv"), ended.out);
        assertEquals(9, Files.readAllLines(temporary.resolve("out/runs.csv")).size());
        Cli again = twostacks("sweep", experiment, "-o", at("out"));
        assertTrue(again.out.contains("0 runs done") && again.out.contains("8 kept from before"), again.out);
        Cli status = twostacks("status", at("out"));
        assertEquals(0, status.exitCode, status::toString);
        assertTrue(status.out.contains("done     8") && status.out.contains("merged"), status.out);
        Cli same = twostacks("reproduce", at("out"));
        assertEquals(0, same.exitCode, same::toString);
        assertTrue(same.out.contains("5 runs made again") && same.out.contains("not a byte differs"), same.out);
    }

    @Test
    void shardsOfSeveralDirectoriesMergeToTheBytesOfOneSweep() throws IOException {
        assertEquals(0, twostacks("sweep", experiment, "-q", "-o", at("whole")).exitCode);
        for (int i = 1; i <= 3; i++) {
            Cli ended = twostacks("sweep", experiment, "--shard", i + "/3", "-o", at("part" + i), "--threads=1");
            assertEquals(0, ended.exitCode, ended::toString);
            assertFalse(Files.exists(temporary.resolve("part" + i + "/runs.csv")));
        }
        Cli missing = twostacks("merge", at("part1"), at("part3"), "-o", at("merged"));
        assertEquals(1, missing.exitCode, missing::toString);
        assertTrue(missing.err.contains("3 of 8 runs are missing"), missing.err);
        assertTrue(missing.err.contains("nothing was merged"), missing.err);
        assertFalse(Files.exists(temporary.resolve("merged")));
        Cli status = twostacks("status", at("part1"), "--json");
        assertEquals(1, status.exitCode);
        JsonNode json = new ObjectMapper().readTree(status.out);
        assertEquals(3, json.path("done").asInt());
        assertEquals(5, json.path("missing").asInt());

        Cli merged = twostacks("merge", at("part1"), at("part2"), at("part3"), "-o", at("merged"));
        assertEquals(0, merged.exitCode, merged::toString);
        assertEquals(SweepResults.of(temporary.resolve("whole")), SweepResults.of(temporary.resolve("merged")));
        assertEquals(0, twostacks("reproduce", at("merged"), "--sample", "2").exitCode);
        Cli other =
                twostacks("sweep", SweepResults.experiment(temporary, 4, 5, 50).toString(), "-q", "-o", at("other"));
        assertEquals(0, other.exitCode, other::toString);
        Cli refused = twostacks("merge", at("part1"), at("other"), "-o", at("mixed"));
        assertEquals(1, refused.exitCode, refused::toString);
        assertTrue(refused.err.contains(at("part1")) && refused.err.contains(at("other")), refused.err);
    }

    @Test
    void aDryRunSaysWhatItWouldTakeAndWritesNothing() throws IOException {
        Cli ended = twostacks("sweep", experiment, "--dry-run", "-o", at("out"), "--threads=2");
        assertEquals(0, ended.exitCode, ended::toString);
        for (String word : List.of("to run      8 runs", "CPU-hours", "disk", "memory", "Nothing was run.")) {
            assertTrue(ended.out.contains(word), word + " in " + ended.out);
        }
        Cli listed = twostacks("sweep", experiment, "--list", "--shard=2/4");
        assertEquals(3, listed.out.lines().count(), listed.out);
        assertTrue(listed.out.startsWith("run_id,scenario,point,lever,replicate,seed,price.cnSubsidy,"), listed.out);
        Cli slurm = twostacks(
                "sweep",
                experiment,
                "--engine=slurm",
                "--shards=4",
                "--dry-run",
                "-o",
                at("out"),
                "--partition=long",
                "--time=1:00:00",
                "--memory=2G",
                "--account=lab",
                "--modules=java/17",
                "--at-once=2");
        assertEquals(0, slurm.exitCode, slurm::toString);
        for (String line : List.of(
                "#SBATCH --array=1-4%2",
                "#SBATCH --requeue",
                "#SBATCH --open-mode=append",
                "#SBATCH --partition=long",
                "#SBATCH --time=1:00:00",
                "#SBATCH --mem=2G",
                "#SBATCH --account=lab",
                "module load java/17",
                "  sbatch --dependency=afterok:ARRAY --kill-on-invalid-dep=yes merge.sh")) {
            assertTrue(slurm.out.lines().anyMatch(line::equals), line + " in " + slurm.out);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(1, left.count(), "only the experiment itself");
        }
    }

    @Test
    void whatCannotBeIsToldInALineOrTwo() throws IOException {
        for (List<String> arguments : List.of(
                List.of("sweep", experiment, "--shard=0/3"),
                List.of("sweep", experiment, "--shard=4/3"),
                List.of("sweep", experiment, "--threads=0"),
                List.of("sweep", experiment, "--engine=pbs"),
                List.of("sweep", experiment, "--engine=slurm", "--shard=1/2"),
                List.of("sweep", experiment, "--engine=slurm", "--partition=a b", "--dry-run"),
                List.of("sweep", temporary.toString()),
                List.of("sweep", at("absent.yaml")),
                List.of("status", temporary.toString()),
                List.of("retry", temporary.toString()),
                List.of("merge", temporary.toString()),
                List.of("merge", at("a"), at("b")),
                List.of("reproduce", temporary.toString()))) {
            Cli ended = twostacks(arguments.toArray(String[]::new));
            assertEquals(2, ended.exitCode, () -> arguments + " " + ended);
            assertEquals("", ended.out);
            assertTrue(ended.err.lines().count() <= 2, ended.err);
        }
        twostacks("sweep", experiment, "-q", "-o", at("out"));
        Cli refused =
                twostacks("sweep", SweepResults.experiment(temporary, 4, 5, 50).toString(), "-o", at("out"));
        assertEquals(2, refused.exitCode);
        assertTrue(refused.err.contains("holds another plan (trial, 8 runs"), refused.err);
        assertTrue(refused.err.contains("--force"), refused.err);
        Cli run = Cli.runSmall("baseline", "-o", at("out"));
        assertEquals(2, run.exitCode);
        assertTrue(run.err.contains("holds a sweep of trial"), run.err);
    }

    @Test
    void validateTellsExperimentsFromScenarios() throws IOException {
        assertEquals(0, twostacks("validate", experiment).exitCode);
        Path broken =
                Files.writeString(temporary.resolve("broken.yaml"), "name: x\nfactors: {price.cnSubsidi: plausible}\n");
        Cli told = twostacks("validate", broken.toString());
        assertEquals(2, told.exitCode);
        assertTrue(told.out.contains("broken.yaml:2:11: no parameter is called 'price.cnSubsidi'"), told.out);
    }

    @Test
    void changedTablesAreFound() throws IOException {
        twostacks("sweep", experiment, "-q", "-o", at("out"));
        Path world = temporary.resolve("out/world.csv");
        Files.writeString(world, Files.readString(world).replaceFirst(",population,0\\.0", ",population,0.1"));
        Cli found = twostacks("reproduce", at("out"), "--sample", "0");
        assertEquals(1, found.exitCode, found::toString);
        assertTrue(found.out.contains("world.csv: ") && found.out.contains("1 of 8 runs made again differ"), found.out);

        Cli.runSmall("baseline", "-o", at("run"), "-r", "3", "--gzip");
        Cli same = twostacks("reproduce", at("run"), "--sample", "2");
        assertEquals(0, same.exitCode, same::toString);
        assertTrue(same.out.contains("2 runs made again"), same.out);
    }
}
