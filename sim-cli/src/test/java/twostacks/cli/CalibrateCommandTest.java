package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code twostacks calibrate}, on data that the model itself made from parameters that are known. */
final class CalibrateCommandTest {
    private static final String PARAMETER = "choice.nonUse.consumer";
    private static final List<String> RESULTS = List.of(
            "posterior.csv",
            "points.csv",
            "parameters.csv",
            "generations.csv",
            "posterior.svg",
            "scores.csv",
            "scorecard.csv",
            "calibration.json");

    @TempDir
    private Path temporary;

    /** What the model would have shown had the parameter that value, in a seed of its own. */
    private Path targets(double truth, int seed) throws IOException {
        Path asked = temporary.resolve("asked.csv");
        StringBuilder rows = new StringBuilder("target_id,entity,date,metric,observed,confidence\n");
        for (String nation : List.of("USA", "DEU", "IND", "KEN")) {
            rows.append(nation).append(',').append(nation).append(",2023-12,ai_user_share_working_age,0,high\n");
        }
        Files.writeString(asked, rows);
        Path truthDirectory = temporary.resolve("truth" + seed);
        Cli ended = twostacks(
                "hindcast",
                "--targets=" + asked,
                "-r=1",
                "-q",
                "--seed=" + seed,
                "--set=" + PARAMETER + "=" + truth,
                "--set=nations.only=[USA, DEU, IND, KEN]",
                "--set=population.adoptersPerNation=4000",
                "--set=horizon.months=12",
                "-o=" + truthDirectory);
        assertEquals(0, ended.exitCode, ended::toString);
        Map<String, String> figures = new LinkedHashMap<>();
        for (String line : Files.readAllLines(truthDirectory.resolve("predictions.csv"))) {
            String[] fields = line.split(",", -1);
            figures.put(fields[0], fields[2]);
        }
        String text = rows.toString();
        for (String nation : List.of("USA", "DEU", "IND", "KEN")) {
            text = text.replace(
                    nation + "," + nation + ",2023-12,ai_user_share_working_age,0,",
                    nation + "," + nation + ",2023-12,ai_user_share_working_age," + figures.get(nation) + ",");
        }
        Path made = temporary.resolve("targets" + seed + ".csv");
        Files.writeString(made, text);
        return made;
    }

    private Path calibration(Path targets, String more) throws IOException {
        Path file = temporary.resolve("known-truth.yaml");
        Files.writeString(file, """
                name: known-truth
                overrides:
                  nations.only: [USA, DEU, IND, KEN]
                  population.adoptersPerNation: 4000
                  horizon.months: 12
                targets: {file: %s, families: {ai_users: 1}}
                parameters:
                  %s: {min: -1, max: 2}
                folds: 2
                scoreReplicates: 2
                %s
                """.formatted(targets.getFileName(), PARAMETER, more));
        return file;
    }

    private static final String QUICK =
            "point: {design: 16, evaluations: 12}\nposterior: {particles: 12, generations: 3}";

    @Test
    void findsTheParametersThatMadeTheData() throws IOException {
        Path file = calibration(targets(0.2, 77), QUICK);
        Path directory = temporary.resolve("found");
        Cli ended = twostacks("calibrate", file.toString(), "-o", directory.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        String[] row =
                Files.readAllLines(directory.resolve("parameters.csv")).get(1).split(",", -1);
        assertEquals(PARAMETER, row[0]);
        assertEquals(0.2, Double.parseDouble(row[4]), 0.4, "the point");
        assertTrue(Double.parseDouble(row[8]) <= 0.2 && 0.2 <= Double.parseDouble(row[9]), String.join(" ", row));
        assertEquals("true", row[11], "identified");
        assertEquals(13, Files.readAllLines(directory.resolve("posterior.csv")).size());
        assertTrue(Files.readString(directory.resolve("posterior.svg")).contains(PARAMETER));
        assertTrue(ended.out.contains("Out of fold"), ended.out);
    }

    @Test
    void whatWasObservedLaterThanAFitMayKnowDoesNotMoveIt() throws IOException {
        Path made = targets(0.2, 77);
        String figures = Files.readString(made);
        StringBuilder later = new StringBuilder(figures);
        figures.lines()
                .skip(1)
                .forEach(line -> later.append(
                                line.replaceAll("^([A-Z]+),", "$1-earlier,").replace("2023-12", "2023-09"))
                        .append('\n'));
        Files.writeString(made, later);
        Path file = calibration(made, "point: {design: 16, evaluations: 4}\nposterior: {generations: 0}");
        Files.writeString(file, Files.readString(file).replace("ai_users: 1}}", "ai_users: 1}, until: 2023-09}"));
        Path directory = temporary.resolve("until");
        Cli ended = twostacks("calibrate", file.toString(), "-o", directory.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertTrue(ended.err.contains("to 4 targets"), ended.err);
        assertEquals(
                8 + 1, Files.readAllLines(directory.resolve("scorecard.csv")).size(), "all are scored");
        Files.writeString(
                made,
                later.toString()
                        .replaceAll(
                                "2023-12,ai_user_share_working_age,[0-9.]+", "2023-12,ai_user_share_working_age,0.9"));
        Path other = temporary.resolve("until-other");
        Cli again = twostacks("calibrate", file.toString(), "-o", other.toString());
        assertEquals(0, again.exitCode, again::toString);
        assertEquals(Files.readString(directory.resolve("points.csv")), Files.readString(other.resolve("points.csv")));
    }

    @Test
    void aDryRunWritesNothingAndKnowsTheRunsOfEachPhase() throws IOException {
        Path file = calibration(targets(0.2, 77), QUICK);
        Path directory = temporary.resolve("dry");
        List<String> words = List.of("calibrate", file.toString(), "-o=" + directory, "--dry-run", "--json");
        Cli told = twostacks(words.toArray(String[]::new));
        assertEquals(0, told.exitCode, told::toString);
        assertFalse(Files.exists(directory));
        JsonNode estimate = new ObjectMapper().readTree(told.out);
        long most = estimate.path("toRun").asLong();
        long posterior = estimate.at("/phases/posteriorAtMost").asLong();
        long phases = 0;
        for (JsonNode runs : estimate.path("phases")) {
            phases += runs.asLong();
        }
        assertEquals(phases, most);
        assertEquals(0, twostacks("calibrate", file.toString(), "-q", "-o=" + directory).exitCode);
        List<String> log = Files.readAllLines(directory.resolve("evaluations.csv"));
        long ofPosterior = log.stream()
                .filter(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1, line.indexOf(','))) > 1L << 32)
                .count();
        assertTrue(ofPosterior <= posterior, "of the posterior: " + ofPosterior + " of at most " + posterior);
        double others = (double) (log.size() - ofPosterior) / (most - posterior);
        assertTrue(others > 0.75 && others <= 1, "others: " + others);
        assertTrue(estimate.path("cpuHoursBeforePosterior").asDouble()
                < estimate.path("cpuHours").asDouble());

        JsonNode again = new ObjectMapper().readTree(twostacks(words.toArray(String[]::new)).out);
        assertEquals(log.size(), again.path("stored").asLong());
        assertEquals(most - log.size(), again.path("toRun").asLong());
    }

    @Test
    void goesOnWhereItWasStoppedAndEndsTheSame() throws IOException {
        Path file = calibration(targets(0.2, 77), QUICK);
        Path whole = temporary.resolve("whole");
        Path stopped = temporary.resolve("stopped");
        assertEquals(0, twostacks("calibrate", file.toString(), "-q", "--threads=2", "-o=" + whole).exitCode);
        // as a kill leaves it: the mark, and part of the log, the last line cut
        Files.createDirectories(stopped);
        Files.copy(whole.resolve("calibration.json"), stopped.resolve("calibration.json"));
        byte[] log = Files.readAllBytes(whole.resolve("evaluations.csv"));
        Files.write(stopped.resolve("evaluations.csv"), java.util.Arrays.copyOf(log, log.length / 2));
        long kept = new String(log, 0, log.length / 2, StandardCharsets.UTF_8)
                        .lines()
                        .count()
                - 1;
        Cli ended = twostacks("calibrate", file.toString(), "--threads=1", "-o=" + stopped);
        assertEquals(0, ended.exitCode, ended::toString);
        assertTrue(ended.err.contains("goes on after " + kept + " runs"), ended.err);
        for (String result : RESULTS) {
            assertArrayEquals(
                    Files.readAllBytes(whole.resolve(result)), Files.readAllBytes(stopped.resolve(result)), result);
        }
        assertEquals(
                Files.readAllLines(whole.resolve("evaluations.csv")).size(),
                Files.readAllLines(stopped.resolve("evaluations.csv")).size(),
                "nothing was made twice");
    }

    @Test
    void everythingWrongWithAFileIsToldAtOnce() throws IOException {
        Path file = temporary.resolve("bad.yaml");
        Files.writeString(file, """
                name: bad
                overrides: {horizon.month: 12}
                targets: {families: {ai_userz: 1}}
                parameters:
                  choice.nonUse.consumers: {}
                  choice.price.consumer: {min: 0.8, max: 0.2}
                point: {design: 10}
                foldz: 5
                """);
        Cli ended = twostacks(
                "calibrate", file.toString(), "-o", temporary.resolve("bad").toString());
        assertEquals(2, ended.exitCode, ended::toString);
        for (String told : List.of(
                "bad.yaml:3:",
                "'ai_userz'",
                "did you mean 'ai_users'",
                "a design of at least 100",
                "'foldz'",
                "'month'")) {
            assertTrue(ended.err.contains(told), told + " is not in\n" + ended.err);
        }
        assertFalse(Files.exists(temporary.resolve("bad")));
    }

    @Test
    void anotherCalibrationIsNotOverwritten() throws IOException {
        Path directory = temporary.resolve("taken");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("calibration.json"), "{\"id\": \"0\"}");
        Path file = calibration(targets(0.2, 77), QUICK);
        Cli ended = twostacks("calibrate", file.toString(), "-o", directory.toString());
        assertEquals(2, ended.exitCode, ended::toString);
        assertTrue(ended.err.contains("holds another calibration"), ended.err);
    }

    /** Simulation-based calibration through the whole model: over truths drawn from the prior, 90 % intervals cover 90 %. */
    @Test
    @EnabledIfSystemProperty(named = "twostacks.long", matches = "true")
    void intervalsCoverTruthsDrawnFromThePrior() throws IOException {
        int truths = 30;
        int covered = 0;
        int[] thirds = new int[3];
        for (int i = 0; i < truths; i++) {
            double truth = -1 + 3 * (i + 0.5) / truths;
            Path file = calibration(
                    targets(Math.round(truth * 1000) / 1000.0, 100 + i),
                    "point: {design: 60, evaluations: 1}\nposterior: {particles: 39, generations: 4}\nseed: "
                            + (200 + i));
            Path directory = temporary.resolve("sbc" + i);
            assertEquals(0, twostacks("calibrate", file.toString(), "-q", "-o", directory.toString()).exitCode);
            List<String> draws = Files.readAllLines(directory.resolve("posterior.csv"));
            long below = draws.stream()
                    .skip(1)
                    .filter(d -> Double.parseDouble(d) < truth)
                    .count();
            covered += below >= 2 && below <= 37 ? 1 : 0;
            thirds[(int) (below * 3 / 40)]++;
        }
        String found = covered + " of " + truths + ", ranks by thirds " + java.util.Arrays.toString(thirds);
        assertTrue(covered >= 23, () -> "covered " + found);
        for (int third : thirds) {
            assertTrue(third >= 3 && third <= 18, () -> "covered " + found);
        }
    }

    @Test
    void validateChecksACalibrationAsCalibrateDoes() throws IOException {
        for (String name : List.of("consumers", "firms", "marketplace")) {
            Cli fine = twostacks("validate", "../docs/calibrations/" + name + ".yaml");
            assertEquals(0, fine.exitCode, fine::toString);
        }
        Path wrong = Files.writeString(
                temporary.resolve("wrong.yaml"),
                "name: wrong\ntargets: {families: {ai_user: 1}}\nparameters: {trust.wat: {}}\npint: {design: 9}\n");
        Cli validated = twostacks("validate", wrong.toString());
        Cli calibrated = twostacks(
                "calibrate", wrong.toString(), "-o", temporary.resolve("out").toString());
        assertEquals(2, validated.exitCode, validated::toString);
        assertEquals(2, calibrated.exitCode, calibrated::toString);
        List<String> said =
                validated.out.lines().filter(l -> l.contains("wrong.yaml:")).toList();
        assertEquals(
                calibrated.err.lines().filter(l -> l.contains("wrong.yaml:")).toList(), said);
        assertTrue(validated.out.contains("did you mean 'ai_users'?"), validated.out);
        assertTrue(validated.out.contains("did you mean 'point'?"), validated.out);
    }
}
