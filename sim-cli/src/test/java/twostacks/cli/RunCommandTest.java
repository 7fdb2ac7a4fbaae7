package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.runSmall;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunCommandTest {

    @TempDir
    private Path temporary;

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRunWritesItsFilesAndSaysOnAScreenfulWhatItCameTo() throws IOException {
        Path out = temporary.resolve("out");
        Cli ended = runSmall("baseline", "-o", out.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertEquals("", ended.err);
        assertEquals(
                List.of(
                        "datapackage.json",
                        "events.csv",
                        "labs.csv",
                        "nations.csv",
                        "provenance.json",
                        "report.html",
                        "scenario.resolved.yaml",
                        "world.csv"),
                names(out));
        assertTrue(ended.out.startsWith("baseline  seed 1, 1 replicate, done in "), ended.out);
        assertTrue(ended.out.contains("Share of the world's people"), ended.out);
        assertTrue(ended.out.contains("Share of the world's output"), ended.out);
        assertTrue(ended.out.contains("Nations with most users of"), ended.out);
        assertTrue(ended.out.contains("on the US"), ended.out);
        assertTrue(ended.out.contains("China's lag, months"), ended.out);
        assertTrue(ended.out.contains(out.toString()), ended.out);
        assertTrue(ended.out.lines().count() <= 30, ended.out);
        assertFalse(ended.out.contains("\u001b"), "no colours where nobody watches");
        assertFalse(ended.out.contains("NaN"), ended.out);
    }

    @Test
    void aDryRunWritesNothingAndKnowsTheRoomThatTheResultsTake() throws IOException {
        Path out = temporary.resolve("out");
        Cli told = runSmall("baseline", "--replicates", "2", "--dry-run", "--json", "-o", out.toString());
        assertEquals(0, told.exitCode, told::toString);
        assertFalse(Files.exists(out));
        JsonNode estimate = new ObjectMapper().readTree(told.out);
        assertEquals(2, estimate.path("toRun").asInt());
        assertTrue(
                estimate.path("cpuHours").asDouble() > 0
                        && estimate.path("memoryBytes").asLong() > 1 << 20,
                told.out);
        assertEquals(0, runSmall("baseline", "--replicates", "2", "--no-report", "-o", out.toString()).exitCode);
        long bytes = 0;
        for (String name : names(out)) {
            bytes += Files.size(out.resolve(name));
        }
        double ratio = estimate.path("diskBytes").asDouble() / bytes;
        assertTrue(ratio > 0.75 && ratio < 1.25, "said " + estimate.path("diskBytes") + ", took " + bytes);
    }

    @Test
    void replicatesAreSummedUpWithTheirEnds() {
        Cli ended = runSmall(
                "baseline", "--replicates", "3", "-o", temporary.resolve("out").toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertTrue(ended.out.contains("3 replicates"), ended.out);
        assertTrue(ended.out.contains("mean [least, greatest]"), ended.out);
        assertTrue(ended.out.matches("(?s).*US services +\\d+\\.\\d \\[\\d+\\.\\d, \\d+\\.\\d\\].*"), ended.out);
        assertTrue(ended.out.lines().count() <= 30, ended.out);
    }

    @Test
    void whatTheRunChangesIsInTheResolvedScenario() throws IOException {
        Path out = temporary.resolve("out");
        runSmall("baseline", "-o", out.toString(), "--seed", "77", "--set", "price.cnSubsidy=0.35", "--no-report");
        String resolved = Files.readString(out.resolve("scenario.resolved.yaml"));
        assertTrue(resolved.contains("seed: 77"));
        assertTrue(resolved.contains("0.35"));

        Path again = temporary.resolve("again");
        Cli ended = twostacks("run", out.resolve("scenario.resolved.yaml").toString(), "-o", again.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        for (String name : names(out)) {
            if (!name.equals("provenance.json")) {
                assertEquals(-1, Files.mismatch(out.resolve(name), again.resolve(name)), name);
            }
        }
    }

    @Test
    void tablesOnRequestAreWrittenOnRequest() throws IOException {
        Path out = temporary.resolve("out");
        runSmall("baseline", "-o", out.toString(), "--segments", "--offers", "--gzip");
        assertTrue(names(out).containsAll(List.of("segments.csv.gz", "offers.csv.gz", "nations.csv.gz")));
    }

    @Test
    void quietSaysNothing() {
        Cli ended =
                runSmall("baseline", "--quiet", "-o", temporary.resolve("out").toString());
        assertEquals(0, ended.exitCode);
        assertEquals("", ended.out + ended.err);
    }

    @Test
    void jsonIsOneObjectWithItsVersion() throws IOException {
        Path out = temporary.resolve("out");
        Cli ended = runSmall("baseline", "--json", "-o", out.toString());
        JsonNode root = new ObjectMapper().readTree(ended.out);
        assertEquals(1, root.path("schemaVersion").asInt());
        JsonNode run = root.path("runs").path(0);
        assertEquals("done", run.path("status").asText());
        assertEquals(out.toString(), run.path("directory").asText());
        assertEquals(64, run.path("runId").asText().length());
        assertEquals(4, run.path("files").size());
        assertTrue(run.path("summary").path("figures").has("population.share_us_closed"));
    }

    @Test
    void theSameRunIsAlreadyThere() {
        String out = temporary.resolve("out").toString();
        Cli first = runSmall("baseline", "-o", out);
        Cli second = runSmall("baseline", "-o", out);
        assertEquals(0, second.exitCode);
        if (VersionProvider.commit().endsWith("-dirty")) {
            assertTrue(second.out.contains("sources have changed"), second.out);
        } else {
            assertTrue(second.out.contains("already there, unchanged"), second.out);
        }
        assertEquals(
                first.out.lines().skip(1).toList(), second.out.lines().skip(1).toList());
    }

    @Test
    void anotherRunsDirectoryIsRefusedWithTheWayOn() {
        String out = temporary.resolve("out").toString();
        runSmall("baseline", "-o", out);
        Cli refused = runSmall("baseline", "-o", out, "--seed", "2");
        assertEquals(2, refused.exitCode);
        assertEquals("", refused.out);
        assertEquals(1, refused.err.lines().count(), refused.err);
        assertTrue(refused.err.contains(out + " holds a run of baseline (seed 1, 1 replicate"), refused.err);
        assertTrue(refused.err.contains("-o") && refused.err.contains("--force"), refused.err);
        assertEquals(0, runSmall("baseline", "-o", out, "--seed", "2", "--force").exitCode);
    }

    @Test
    void severalScenariosHaveADirectoryEach() throws IOException {
        Path out = temporary.resolve("out");
        Path copy = temporary.resolve("mine.yaml");
        Files.writeString(copy, "name: mine\nextends: baseline\n");
        Cli ended = runSmall("baseline", copy.toString(), "-o", out.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertEquals(List.of("baseline", "mine"), names(out));
        assertTrue(ended.out.lines().anyMatch(line -> line.startsWith("baseline  ")), ended.out);
        assertTrue(ended.out.lines().anyMatch(line -> line.startsWith("mine  ")), ended.out);
        assertTrue(ended.out.contains("Written to " + out.resolve("mine")), ended.out);
    }

    @Test
    void twoScenariosOfOneNameAreRefused() throws IOException {
        Path copy = temporary.resolve("copy.yaml");
        Files.writeString(copy, "name: baseline\nextends: baseline\n");
        Cli ended = runSmall(
                "baseline", copy.toString(), "-o", temporary.resolve("out").toString());
        assertEquals(2, ended.exitCode);
        assertTrue(ended.err.contains("two of the scenarios are called 'baseline'"), ended.err);
    }

    @Test
    void theScenariosSeedIsUsedUnlessAnotherIsAskedFor() throws IOException {
        Path mine = temporary.resolve("mine.yaml");
        Files.writeString(mine, "name: mine\nextends: baseline\nseed: 42\n");
        assertTrue(runSmall(mine.toString(), "-o", temporary.resolve("a").toString())
                .out
                .contains("seed 42"));
        assertTrue(runSmall(mine.toString(), "-o", temporary.resolve("b").toString(), "--seed=3")
                .out
                .contains("seed 3"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithTheNearestName() {
        Cli ended = twostacks(
                "run",
                "baselin",
                "--set",
                "price.cnSubsidi=0.4",
                "--set",
                "trust.speed=7",
                "-o",
                temporary.resolve("out").toString());
        assertEquals(2, ended.exitCode);
        assertTrue(ended.err.contains("did you mean 'baseline'?"), ended.err);
        ended = twostacks("run", "baseline", "--set", "price.cnSubsidi=0.4", "--set", "price.hostMargin=-7");
        assertEquals(2, ended.exitCode);
        assertTrue(ended.err.contains("did you mean 'price.cnSubsidy'?"), ended.err);
        assertTrue(ended.err.contains("--set"), ended.err);
        assertTrue(ended.err.contains("price.hostMargin"), ended.err);
        assertFalse(Files.exists(temporary.resolve("out")));
    }

    @Test
    void optionsThatCannotBeAreBadUsage() {
        for (String option : List.of(
                "--months=0",
                "--replicates=0",
                "--threads=0",
                "--threads=many",
                "--seed=-1",
                "--seed=9007199254740993",
                "--set=price.cnSubsidy",
                "--set==3",
                "--bogus")) {
            Cli ended = twostacks(
                    "run", "baseline", option, "-o", temporary.resolve("out").toString());
            assertEquals(2, ended.exitCode, option);
            assertEquals("", ended.out, option);
            assertTrue(ended.err.startsWith("twostacks run: "), ended.err);
            assertTrue(ended.err.lines().count() <= 2, ended.err);
        }
        assertEquals(2, twostacks("run").exitCode);
        assertFalse(Files.exists(temporary.resolve("out")));
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsOneLine() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        for (Path out : List.of(file, file.resolve("below"))) {
            Cli ended = runSmall("baseline", "-o", out.toString());
            assertEquals(2, ended.exitCode, ended::toString);
            assertEquals(1, ended.err.lines().count(), ended.err);
            assertTrue(ended.err.contains(file.toString()), ended.err);
        }
    }

    @Test
    void helpTellsTheDefaults() {
        String help = twostacks("run", "--help").out;
        assertTrue(help.contains("results/SCENARIO"), help);
        assertTrue(help.replaceAll("\\s+", " ").contains("Default: the scenario's, else 1."), help);
        assertTrue(help.contains("all cores"), help);
        assertTrue(help.contains("Default: 1."), help);
    }

    @Test
    void theLineOfProgressSaysHowFarAndHowLong() {
        assertEquals(
                "[############------------]  50 %  78 of 156 months, 3.0 s left",
                ProgressLine.line(78, 156, 3_000_000_000L));
        assertEquals("[------------------------]   0 %  0 of 156 months", ProgressLine.line(0, 156, 5));
    }
}
