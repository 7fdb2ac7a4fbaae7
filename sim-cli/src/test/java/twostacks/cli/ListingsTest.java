package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.parameters.Group;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.ScenarioCatalog;

final class ListingsTest {

    @TempDir
    private Path temporary;

    private static JsonNode json(String... arguments) throws IOException {
        Cli ended = twostacks(arguments);
        assertEquals(0, ended.exitCode, ended::toString);
        JsonNode root = new ObjectMapper().readTree(ended.out);
        assertEquals(1, root.path("schemaVersion").asInt());
        return root;
    }

    @Test
    void paramsListsEveryEntryOfTheRegistryInItsOrder() throws IOException {
        List<String> expected =
                new ArrayList<>(ParameterSpace.ofDefaults().entries().keySet());
        Cli ended = twostacks("params", "list");
        assertEquals(
                expected,
                ended.out
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
        assertEquals(ended.out, twostacks("params").out);
        List<String> listed = new ArrayList<>();
        json("params", "list", "--json")
                .path("parameters")
                .forEach(p -> listed.add(p.path("name").asText()));
        assertEquals(expected, listed);
    }

    @Test
    void paramsOfAGroupAreThoseOfTheGroup() throws IOException {
        long expected = ParameterSpace.ofDefaults().entries().values().stream()
                .filter(e -> e.group() == Group.EXPORT_CONTROL)
                .count();
        assertEquals(
                expected,
                twostacks("params", "list", "--group", "export_control")
                        .out
                        .lines()
                        .count());
        assertEquals(2, twostacks("params", "list", "--group", "bogus").exitCode);
    }

    @Test
    void paramsShowsAnEntryAFamilyOrASection() {
        Cli one = twostacks("params", "show", "exportControl.chipStringency.CN");
        assertEquals(0, one.exitCode);
        assertTrue(one.out.contains("source") && one.out.contains("plausible"), one.out);
        String family = twostacks("params", "show", "exportControl.chipStringency").out;
        assertTrue(family.contains(one.out), family);
        assertTrue(twostacks("params", "show", "exportControl").out.contains(one.out));
        Cli wrong = twostacks("params", "show", "exportControl.chipStringencyy");
        assertEquals(2, wrong.exitCode);
        assertTrue(wrong.err.contains("did you mean 'exportControl.chipStringency'?"), wrong.err);
    }

    @Test
    void columnsListsEveryColumnOfEveryTable() throws IOException {
        String text = twostacks("columns").out;
        JsonNode tables = json("columns", "--json").path("tables");
        assertEquals(Outcomes.TABLES.size(), tables.size());
        for (int i = 0; i < tables.size(); i++) {
            Table<?> table = Outcomes.TABLES.get(i);
            assertTrue(text.contains(table.name() + ".csv: "), text);
            List<String> listed = new ArrayList<>();
            tables.get(i)
                    .path("schema")
                    .path("fields")
                    .forEach(f -> listed.add(f.path("name").asText()));
            List<String> expected = new ArrayList<>(List.of("scenario", "replicate", "month"));
            for (Column<?> column : table.columns()) {
                expected.add(column.name());
                assertTrue(text.contains("  " + column.name() + " "), column.name());
                assertTrue(text.contains(column.meaning()), column.meaning());
            }
            assertEquals(expected, listed);
        }
    }

    @Test
    void columnsOfOneTableAreAskedForByItsNameOrFile() {
        String world = twostacks("columns", "world").out;
        assertTrue(world.startsWith("world.csv: "), world);
        assertEquals(world, twostacks("columns", "world.csv").out);
        Cli wrong = twostacks("columns", "nation");
        assertEquals(2, wrong.exitCode);
        assertTrue(wrong.err.contains("did you mean 'nations'?"), wrong.err);
    }

    @Test
    void scenariosAreListedShownAndCopied() throws IOException {
        Cli list = twostacks("scenarios");
        assertEquals(0, list.exitCode);
        assertEquals(list.out, twostacks("scenarios", "list").out);
        for (String name : ScenarioCatalog.names()) {
            assertTrue(list.out.lines().anyMatch(line -> line.startsWith(name + " ")), name);
        }
        assertEquals(
                ScenarioCatalog.names().size(),
                json("scenarios", "list", "--json").path("scenarios").size());
        assertEquals(ScenarioCatalog.text("baseline"), twostacks("scenarios", "show", "baseline").out);

        Path copy = temporary.resolve("copy.yaml");
        Cli copied = twostacks("scenarios", "copy", "baseline", copy.toString());
        assertEquals(0, copied.exitCode, copied::toString);
        assertEquals(ScenarioCatalog.text("baseline"), Files.readString(copy));
        Cli again = twostacks("scenarios", "copy", "baseline", copy.toString());
        assertEquals(2, again.exitCode);
        assertTrue(again.err.contains("exists already"), again.err);
        Cli wrong = twostacks("scenarios", "show", "basline");
        assertEquals(2, wrong.exitCode);
        assertTrue(wrong.err.contains("did you mean 'baseline'?"), wrong.err);
    }

    @Test
    void everyBundledScenarioIsValid() {
        Cli ended = twostacks(
                java.util.stream.Stream.concat(java.util.stream.Stream.of("validate"), ScenarioCatalog.names().stream())
                        .toArray(String[]::new));
        assertEquals(0, ended.exitCode, ended::toString);
        assertEquals(ScenarioCatalog.names().size(), ended.out.lines().count());
    }

    @Test
    void validateTellsEveryProblemWithItsPlace() throws IOException {
        Path wrong = temporary.resolve("wrong.yaml");
        Files.writeString(wrong, "name: wrong\nextends: baseline\nparameters:\n  price.cnSubsidi: 0.3\nmonths: 3\n");
        Cli ended = twostacks("validate", wrong.toString(), "baseline");
        assertEquals(2, ended.exitCode);
        assertTrue(ended.out.contains(wrong + ":4:3: "), ended.out);
        assertTrue(ended.out.contains("did you mean 'price.cnSubsidy'?"), ended.out);
        assertTrue(ended.out.contains(wrong + ":5:1: "), ended.out);
        assertTrue(ended.out.contains("baseline: valid"), ended.out);

        Cli asJson = twostacks("validate", "--json", wrong.toString());
        assertEquals(2, asJson.exitCode);
        JsonNode problem = new ObjectMapper()
                .readTree(asJson.out)
                .path("files")
                .path(0)
                .path("problems")
                .path(0);
        assertEquals(4, problem.path("line").asInt());
        assertEquals("price.cnSubsidy", problem.path("nearest").asText());
    }

    @Test
    void schemaIsJsonThatEndsItsLine() throws IOException {
        Cli ended = twostacks("schema", "scenario");
        assertEquals(0, ended.exitCode, ended::toString);
        assertTrue(new ObjectMapper().readTree(ended.out).has("$schema"), ended.out);
        assertTrue(ended.out.endsWith("}\n"), "the last line is ended");
        Cli wrong = twostacks("schema", "scenari");
        assertEquals(2, wrong.exitCode);
        assertTrue(
                wrong.err.contains("no kind of file is called 'scenari'; there are: calibration, experiment, scenario"),
                wrong.err);
    }

    @Test
    void completionKnowsTheCommands() {
        Cli ended = twostacks("completion");
        assertEquals(0, ended.exitCode);
        for (String command : List.of("run", "validate", "scenarios", "params", "columns")) {
            assertTrue(ended.out.contains(command), command);
        }
        assertTrue(ended.out.contains("--replicates"), "options too");
    }

    @Test
    void everyCommandHasHelpWithoutMarkup() {
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            Cli ended = twostacks(command, "--help");
            assertEquals(0, ended.exitCode, command);
            assertTrue(ended.out.startsWith("Usage: twostacks " + command), ended.out);
            assertTrue(!ended.out.contains("${"), ended.out);
        }
    }
}
