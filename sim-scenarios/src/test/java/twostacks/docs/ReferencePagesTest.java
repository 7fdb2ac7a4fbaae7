package twostacks.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import twostacks.input.Source;
import twostacks.outcome.Outcomes;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioCatalog;
import twostacks.scenario.ScenarioLoader;

/** Holds the documents to the code. With {@code -Dtwostacks.update=true} it writes them instead. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ReferencePagesTest {
    private static final Path ROOT = root();
    private static final String UPDATE = "mvn -q test -pl sim-scenarios -am -Dtest=ReferencePagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtwostacks.update=true";

    /** A record of an intervention, and the first sentence of the Javadoc before it. */
    private static final Pattern RECORD = Pattern.compile("/\\*\\*(.*?)\\*/\\s*record (\\w+)\\(", Pattern.DOTALL);

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ODD.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void ODD_lists_the_parameters_and_columns_that_there_are() throws IOException {
        holds("ODD.md", Map.of("parameters", ReferencePages.parameters(), "outcomes", ReferencePages.outcomes()));
    }

    @Test
    void the_guide_to_scenarios_lists_the_interventions_and_scenarios_that_there_are() throws IOException {
        holds(
                "docs/scenarios.md",
                Map.of(
                        "interventions", ReferencePages.interventions(summaries()),
                        "scenarios", ReferencePages.scenarios()));
    }

    private static void holds(String file, Map<String, String> parts) throws IOException {
        Path path = ROOT.resolve(file);
        String is = Files.readString(path);
        String shall = is;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            shall = ReferencePages.replaced(shall, part.getKey(), part.getValue());
        }
        if (Boolean.getBoolean("twostacks.update")) {
            Files.writeString(path, shall);
        } else {
            assertEquals(shall, is, () -> file + " is not what the code says; bring it up to date with\n  " + UPDATE);
        }
    }

    /** docs/scenarios-results.py writes that page, from runs that take minutes. */
    @Test
    void the_results_of_every_scenario_are_told() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/scenarios-results.md"));
        for (String name : ScenarioCatalog.names()) {
            assertTrue(page.contains("\n## `" + name + "`\n\nHypothesis "), name);
        }
        assertEquals(
                "glm-5.2-withheld-no-shutdown",
                ScenarioLoader.load(ROOT.resolve("docs/glm-5.2-withheld-no-shutdown.yaml")
                                .toString())
                        .name());
    }

    /** What each intervention does, from the one place where it is written. */
    private static Map<String, String> summaries() throws IOException {
        String source = Files.readString(ROOT.resolve("sim-core/src/main/java/twostacks/policy/Intervention.java"));
        Map<String, String> summaries = new LinkedHashMap<>();
        Matcher matcher = RECORD.matcher(source);
        while (matcher.find()) {
            String doc = matcher.group(1);
            // The pattern may begin at an earlier comment, if no record follows that.
            doc = doc.substring(doc.lastIndexOf("/**") + 1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ");
            String name = matcher.group(2);
            summaries.put(
                    Character.toLowerCase(name.charAt(0)) + name.substring(1),
                    doc.replaceFirst("^[/* ]+", "").strip());
        }
        return summaries;
    }

    @Test
    void every_intervention_says_what_it_does() throws IOException {
        Map<String, String> summaries = summaries();
        for (String name : ReferencePages.interventionNames()) {
            String summary = summaries.getOrDefault(name, "");
            assertTrue(summary.endsWith(".") && !summary.contains("{@"), () -> name + ": '" + summary + "'");
        }
    }

    @Test
    void every_example_of_a_whole_scenario_in_the_guide_loads() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/scenarios.md"));
        Matcher matcher =
                Pattern.compile("```yaml\\n(name: .*?)```", Pattern.DOTALL).matcher(guide);
        int examples = 0;
        while (matcher.find()) {
            Scenario scenario = ScenarioLoader.load(Source.of("docs/scenarios.md", matcher.group(1)));
            assertFalse(scenario.name().isEmpty());
            examples++;
        }
        assertTrue(examples > 0, "the guide has no example of a scenario");
    }

    @Test
    void every_parameter_column_and_scenario_is_listed() {
        String parameters = ReferencePages.parameters();
        for (ParameterSpace.Entry entry : ParameterSpace.ofDefaults().entries().values()) {
            assertTrue(parameters.contains("| `" + entry.family()), entry::family);
        }
        String outcomes = ReferencePages.outcomes();
        Outcomes.TABLES.forEach(t ->
                t.columns().forEach(c -> assertTrue(outcomes.contains("\n| `" + c.name() + "` |"), c::name)));
        String scenarios = ReferencePages.scenarios();
        ScenarioCatalog.names().forEach(n -> assertTrue(scenarios.contains("\n### `" + n + "`\n"), n));
    }

    @Test
    void every_row_of_a_table_has_as_many_cells_as_its_head() throws IOException {
        List<String> pages = List.of(
                ReferencePages.parameters(), ReferencePages.outcomes(), ReferencePages.interventions(summaries()));
        for (String page : pages) {
            int cells = 0;
            for (String line : page.split("\n", -1)) {
                int bars = line.replace("\\|", "").replaceAll("[^|]", "").length();
                assertTrue(cells == 0 || bars == 0 || bars == cells, line);
                cells = bars;
            }
        }
    }

    @Test
    void only_what_stands_between_the_comments_is_replaced() {
        String document = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n";
        assertEquals("a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n", ReferencePages.replaced(document, "x", "new\n"));
        assertThrows(IllegalArgumentException.class, () -> ReferencePages.replaced(document, "y", ""));
        assertThrows(IllegalArgumentException.class, () -> ReferencePages.replaced(document + document, "x", ""));
    }
}
