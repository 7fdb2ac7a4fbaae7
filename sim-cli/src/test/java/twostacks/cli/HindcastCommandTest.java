package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code twostacks hindcast}. */
final class HindcastCommandTest {
    private static final List<String> SMALL = List.of(
            "--set=population.adoptersPerNation=200",
            "--set=nations.only=[USA, CHN, IND, DEU, FRA, KEN, BRA, JPN, IRN, NGA, POL, MEX]");

    @TempDir
    private Path temporary;

    private Cli hindcast(String directory, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("hindcast", "-o", temporary.resolve(directory).toString()));
        all.addAll(SMALL);
        all.addAll(List.of(arguments));
        return twostacks(all.toArray(String[]::new));
    }

    @Test
    void everyTargetIsScoredOrListedWithItsReason() throws IOException {
        Cli ended = hindcast("all", "-r", "2");
        assertEquals(0, ended.exitCode, ended::toString);
        List<String> lines = Files.readAllLines(temporary.resolve("all/scorecard.csv"));
        assertEquals(679 + 1, lines.size());
        assertTrue(lines.get(0).startsWith("target_id,entity,date,metric,observed,low,high,median,p05,p95,inside"));
        assertTrue(lines.stream()
                .anyMatch(l -> l.startsWith("AIU_ALB_2025-H1,") && l.endsWith("no nation of the scenario")));
        assertTrue(ended.out.contains("targets not scored"), ended.out);
        assertTrue(ended.out.contains("no operator: "), ended.out);
        assertEquals("", ended.err);
    }

    @Test
    void aDryRunWritesNothingAndKnowsTheRoomThatTheScoresTake() throws IOException {
        Cli told = hindcast("dry", "-r", "3", "--dry-run", "--json");
        assertEquals(0, told.exitCode, told::toString);
        Path out = temporary.resolve("dry");
        assertFalse(Files.exists(out));
        JsonNode estimate = new ObjectMapper().readTree(told.out);
        assertEquals(3, estimate.path("toRun").asInt());
        assertTrue(estimate.path("cpuHours").asDouble() > 0, told.out);
        assertEquals(0, hindcast("dry", "-r", "3", "-q").exitCode);
        long bytes = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        double ratio = estimate.path("diskBytes").asDouble() / bytes;
        assertTrue(ratio > 0.75 && ratio < 1.25, "said " + estimate.path("diskBytes") + ", took " + bytes);
    }

    @Test
    void threadsChangeNoByte() throws IOException {
        assertEquals(0, hindcast("one", "-r", "3", "--threads", "1", "-q").exitCode);
        assertEquals(0, hindcast("two", "-r", "3", "--threads", "2", "-q").exitCode);
        for (String file :
                List.of("scorecard.csv", "scores.csv", "predictions.csv", "hindcast.json", "datapackage.json")) {
            assertArrayEquals(
                    Files.readAllBytes(temporary.resolve("one").resolve(file)),
                    Files.readAllBytes(temporary.resolve("two").resolve(file)),
                    file);
        }
    }

    @Test
    void theDataPackageDescribesTheTablesAsTheyAre() throws Exception {
        assertEquals(0, hindcast("told", "-r", "1", "-q").exitCode);
        JsonNode root = new ObjectMapper()
                .readTree(temporary.resolve("told/datapackage.json").toFile());
        assertEquals("hindcast", root.at("/twostacks/kind").asText());
        assertEquals(3, root.path("resources").size());
        for (JsonNode resource : root.path("resources")) {
            Path file = temporary.resolve("told").resolve(resource.path("path").asText());
            byte[] bytes = Files.readAllBytes(file);
            assertEquals(
                    "sha256:"
                            + HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(bytes)),
                    resource.path("hash").asText(),
                    file::toString);
            List<String> lines = Files.readAllLines(file);
            assertEquals(lines.size() - 1, resource.path("rows").asInt(), file::toString);
            List<String> columns = new ArrayList<>();
            resource.at("/schema/fields")
                    .forEach(field -> columns.add(field.path("name").asText()));
            assertEquals(lines.get(0), String.join(",", columns));
        }
    }

    @Test
    void drawsOfParametersAreSpreadOverTheReplicates() throws IOException {
        Path draws = temporary.resolve("draws.csv");
        Files.writeString(draws, "choice.nonUse.consumer\n-1\n2\n");
        Path targets = temporary.resolve("targets.csv");
        Files.writeString(
                targets, "target_id,entity,date,metric,observed\nUSERS,USA,2025-H2,ai_user_share_working_age,0.3\n");
        Cli ended = hindcast(
                "drawn", "-r", "4", "--parameters", draws.toString(), "--targets", targets.toString(), "--json");
        assertEquals(0, ended.exitCode, ended::toString);
        List<String> lines = Files.readAllLines(temporary.resolve("drawn/predictions.csv"));
        assertEquals(5, lines.size());
        double eager = Double.parseDouble(lines.get(1).split(",", -1)[2]);
        double reluctant = Double.parseDouble(lines.get(2).split(",", -1)[2]);
        assertTrue(eager > reluctant + 0.05, () -> eager + " " + reluctant);
        JsonNode root = new ObjectMapper().readTree(ended.out);
        assertEquals("hindcast", root.get("command").asText());
        assertEquals("USERS", root.get("targets").get(0).get("target_id").asText());
    }

    @Test
    void everythingWrongWithTheInputIsToldAtOnce() throws IOException {
        Path draws = temporary.resolve("draws.csv");
        Files.writeString(draws, "choice.nonUse.consumers\n0\n");
        Path targets = temporary.resolve("targets.csv");
        Files.writeString(targets, "target_id,entity,date,metric,observed\nT,USA,yesterday,m,0.3\n");
        Cli ended = hindcast("bad", "--parameters", draws.toString(), "--targets", targets.toString());
        assertEquals(2, ended.exitCode);
        assertTrue(ended.err.contains("draws.csv:1:1: "), ended.err);
        assertTrue(ended.err.contains("choice.nonUse.consumer"), ended.err);
        assertTrue(ended.err.contains("targets.csv:2:7: "), ended.err);
        assertFalse(Files.exists(temporary.resolve("bad")));
    }

    @Test
    void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
        Files.createDirectories(temporary.resolve("mine"));
        Files.writeString(temporary.resolve("mine/letter.txt"), "dear");
        Cli ended = hindcast("mine", "-r", "1");
        assertEquals(2, ended.exitCode);
        assertTrue(ended.err.contains("holds something else"), ended.err);
    }

    @Test
    void aRunTakesARowOfATableOfParameters() throws IOException {
        Path draws = temporary.resolve("draws.csv");
        Files.writeString(draws, "choice.nonUse.consumer,choice.price.consumer\n-1,0.3\n2,0.35\n");
        Cli ended = Cli.runSmall("baseline", "--parameters=" + draws + ":2", "-o=" + temporary.resolve("run"), "-q");
        assertEquals(0, ended.exitCode, ended::toString);
        String resolved = Files.readString(temporary.resolve("run/scenario.resolved.yaml"));
        assertTrue(resolved.contains("choice.nonUse.consumer: 2\n"), "the second row");
        assertTrue(resolved.contains("choice.price.consumer: 0.35\n"));
        Cli beyond = Cli.runSmall("baseline", "--parameters=" + draws + ":3", "-o=" + temporary.resolve("run3"));
        assertEquals(2, beyond.exitCode);
        assertTrue(beyond.err.contains("a row of 1 to 2"), beyond.err);
    }

    @Test
    void replicatesTakeTheRowsOfATableOfParametersInTurn() throws IOException {
        Path draws = temporary.resolve("draws.csv");
        Files.writeString(draws, "choice.nonUse.consumer,choice.price.consumer\n-1,0.3\n2,0.35\n");
        Path together = temporary.resolve("together");
        String[] all = {"baseline", "--parameters=" + draws, "-r=3", "-o=" + together, "-q", "--report"};
        Cli ended = Cli.runSmall(all);
        assertEquals(0, ended.exitCode, ended::toString);
        for (int replicate = 1; replicate <= 3; replicate++) {
            int row = replicate == 2 ? 2 : 1;
            Path alone = temporary.resolve("row" + row);
            Cli one = Cli.runSmall("baseline", "--parameters=" + draws + ":" + row, "-r=3", "-o=" + alone, "-q");
            assertEquals(0, one.exitCode, one::toString);
            for (String table : List.of("world.csv", "nations.csv", "labs.csv")) {
                String of = "baseline," + replicate + ",";
                assertEquals(
                        Files.readAllLines(alone.resolve(table)).stream()
                                .filter(line -> line.startsWith(of))
                                .toList(),
                        Files.readAllLines(together.resolve(table)).stream()
                                .filter(line -> line.startsWith(of))
                                .toList(),
                        table + " of replicate " + replicate);
            }
        }
        assertEquals(
                2,
                new ObjectMapper()
                        .readTree(together.resolve("datapackage.json").toFile())
                        .at("/twostacks/draws")
                        .size());
        Cli again = Cli.twostacks("reproduce", together.toString());
        assertEquals(0, again.exitCode, again::toString);
        Cli kept = Cli.runSmall("baseline", "--parameters=" + draws, "-r=4", "-o=" + together, "-q");
        assertEquals(0, kept.exitCode, kept::toString);
        Files.writeString(draws, "choice.nonUse.consumer\n1\n2\n");
        Cli other = Cli.runSmall("baseline", "--parameters=" + draws, "-r=4", "-o=" + together, "-q");
        assertEquals(2, other.exitCode, "other draws are another run");
    }
}
