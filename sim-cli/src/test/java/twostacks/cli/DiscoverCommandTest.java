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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscoverCommandTest {
    @TempDir
    private static Path temporary;

    private static Path sweep;

    @BeforeAll
    static void sweep() throws IOException {
        Path experiment = Files.writeString(
                temporary.resolve("trial.yaml"),
                "name: trial\n"
                        + "overrides: {horizon.months: 30, population.adoptersPerNation: 30, nations.only: [USA, CHN, IND]}\n"
                        + "factors: {price.cnSubsidy: plausible, chips.domesticGrowth.CN: plausible,"
                        + " trust.accessShockLoss: plausible}\n"
                        + "levers: {none: {}, shutdown: {extends: model-access-shutdown}}\n"
                        + "design: {kind: sobol, size: 32}\n"
                        + "keep: {outcomes: [share_cn_api, domestic_chips_cn]}\n");
        sweep = temporary.resolve("out");
        Cli made = twostacks("sweep", experiment.toString(), "-q", "-o", sweep.toString());
        assertEquals(0, made.exitCode, made::toString);
    }

    /** A value below which an outcome is in a part of the runs under a lever. */
    private static double quantile(String outcome, String lever, double part) throws IOException {
        List<String> rows = Files.readAllLines(sweep.resolve("runs.csv"));
        int column = List.of(rows.get(0).split(",", -1)).indexOf(outcome);
        double[] values = rows.stream()
                .skip(1)
                .filter(r -> r.contains("," + lever + ","))
                .mapToDouble(r -> Double.parseDouble(r.split(",", -1)[column]))
                .sorted()
                .toArray();
        return values[(int) (part * values.length)];
    }

    private static JsonNode json(Cli ended) throws IOException {
        return new ObjectMapper().readTree(ended.out);
    }

    @Test
    void boxesAreToldWithTheirFiguresAndWritten() throws IOException {
        String condition = "domestic_chips_cn > " + quantile("domestic_chips_cn", "none", .5);
        Cli told = twostacks("discover", sweep.toString(), "--where", condition);
        assertEquals(0, told.exitCode, told::toString);
        assertTrue(told.out.contains("of 64 cases"), told.out);
        assertTrue(told.out.contains("Box 1  density"), told.out);
        assertFalse(told.out.contains("NaN"), told.out);
        JsonNode root = json(twostacks("discover", sweep.toString(), "--where", condition, "--json"));
        JsonNode box = root.path("boxes").path(0);
        assertTrue(box.path("density").asDouble() >= .8, root::toString);
        assertTrue(box.path("density").asDouble() > root.path("density").asDouble());
        List<String> rows = Files.readAllLines(sweep.resolve("discovery/restrictions.csv"));
        assertEquals(
                "box,dimension,side,value,categories,quasi_p,density_without,coverage_without,reproduced", rows.get(0));
        assertTrue(rows.size() > 1);
    }

    @Test
    void aReversalIsConfirmedByRunsThatAreASweepOfTheirOwnAndIsNotMadeTwice() throws IOException {
        String claim = "domestic_chips_cn[none] < " + quantile("domestic_chips_cn", "none", .8);
        String[] command = {
            "discover",
            sweep.toString(),
            "--reverse",
            claim,
            "--evaluations",
            "10",
            "--replicates",
            "2",
            "--confirm",
            "3",
            "--json",
            "-o",
            temporary.resolve("reversal").toString()
        };
        Cli first = twostacks(command);
        JsonNode root = json(first);
        assertEquals(0, first.exitCode, first::toString);
        assertTrue(root.path("confirmed").asBoolean(), first::toString);
        assertTrue(root.path("start").path("holds").asBoolean(), first::toString);
        JsonNode reversed = root.path("reversed");
        assertFalse(reversed.path("holds").asBoolean(true), first::toString);
        assertEquals(3, reversed.path("replicates").asInt());
        double squares = 0;
        for (JsonNode change : reversed.path("changes")) {
            squares += change.path("change").asDouble() * change.path("change").asDouble();
        }
        assertEquals(
                List.of("chips.domesticGrowth.CN"), reversed.path("changes").findValuesAsText("parameter"));
        assertEquals(reversed.path("distance").asDouble(), Math.sqrt(squares), 1e-4);
        assertTrue(reversed.path("distance").asDouble()
                < root.path("nearestInSweep").asDouble());

        Path search = temporary.resolve("reversal/search");
        List<Path> chunks = SweepResults.files(search.resolve("runs"), ".chunk");
        Cli again = twostacks(command);
        assertEquals(first.out, again.out);
        assertEquals(chunks, SweepResults.files(search.resolve("runs"), ".chunk"), "no run was made twice");
        Cli same = twostacks(
                "reproduce", temporary.resolve("reversal/confirmation").toString());
        assertEquals(0, same.exitCode, same::toString);

        Cli other = twostacks(
                "discover",
                sweep.toString(),
                "--reverse",
                "share_cn_api[none] < 0.9",
                "-o",
                temporary.resolve("reversal").toString());
        assertEquals(2, other.exitCode, other::toString);
        assertTrue(other.err.contains("holds another plan"), other.err);
    }

    @Test
    void aClaimThatDoesNotHoldIsSaidSoAndIsNoSuccess() {
        Cli ended = twostacks(
                "discover",
                sweep.toString(),
                "--reverse",
                "share_cn_api[shutdown] > 0.99",
                "--confirm",
                "2",
                "--evaluations",
                "2",
                "-o",
                temporary.resolve("nothing").toString());
        assertEquals(1, ended.exitCode, ended::toString);
        assertTrue(ended.out.contains("There is nothing to reverse."), ended.out);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedInWords() {
        Cli lever = twostacks("discover", sweep.toString(), "--reverse", "share_cn_api < 0.5");
        assertEquals(2, lever.exitCode, lever::toString);
        assertTrue(lever.err.contains("choose one with --lever: none, shutdown"), lever.err);
        Cli name = twostacks("discover", sweep.toString(), "--where", "share_cn_apo < 0.5");
        assertEquals(2, name.exitCode, name::toString);
        assertTrue(name.err.contains("did you mean 'share_cn_api'?"), name.err);
        Cli nothing = twostacks("discover", sweep.toString());
        assertEquals(2, nothing.exitCode, nothing::toString);
        assertTrue(nothing.err.contains("--where") && nothing.err.contains("--reverse"), nothing.err);
    }
}
