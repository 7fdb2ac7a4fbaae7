package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import twostacks.facts.BundledFacts;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.policy.DatedEvent;

class ScenarioCatalogTest {
    private static final List<String> PROMISED = List.of(
            "baseline",
            "glm-5.2-release",
            "us-labs-held-back",
            "chip-controls-tightened",
            "chip-controls-lifted",
            "model-access-shutdown",
            "china-withholds-weights",
            "us-bans-chinese-models",
            "huawei-breakthrough",
            "smuggling-surge",
            "price-war",
            "price-convergence",
            "trust-shock-china",
            "trust-shock-us",
            "misuse-crisis",
            "india-sovereign",
            "global-south-packages",
            "american-exports-program",
            "cooperation-organisation",
            "regulation-too-strict",
            "regulation-too-lax",
            "lock-in",
            "no-controls");

    static Stream<String> bundled() {
        return ScenarioCatalog.names().stream();
    }

    @Test
    void everyPromisedScenarioIsThere() {
        assertTrue(ScenarioCatalog.names().containsAll(PROMISED));
    }

    @Test
    void theIndexNamesEveryFileAndNoOther() throws IOException {
        Path folder = Path.of("src/main/resources/scenarios");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    new TreeSet<>(ScenarioCatalog.names()),
                    new TreeSet<>(files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(".yaml"))
                            .map(f -> f.substring(0, f.length() - ".yaml".length()))
                            .toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void itLoadsUnderItsNameAndSaysWhatItIsAbout(String name) {
        Scenario scenario = ScenarioLoader.load(name);
        assertEquals(name, scenario.name());
        assertTrue(scenario.description().length() > 100, scenario.description());
        assertEquals(198, scenario.spec().nations().size());
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void itsHypothesisNamesAnOutcomeThatThereIs(String name) {
        String hypothesis = ScenarioLoader.load(name).hypothesis();
        assertTrue(
                Outcomes.TABLES.stream()
                        .flatMap(t -> t.columns().stream())
                        .map(Column::name)
                        .filter(c -> c.contains("_") || c.equals("surplus") || c.equals("polarisation"))
                        .anyMatch(c -> Pattern.compile("\\b" + c + "\\b")
                                .matcher(hypothesis)
                                .find()),
                hypothesis);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void everyEventOfItsOwnHasATitleAndASource(String name) {
        for (DatedEvent event : ScenarioLoader.load(name).spec().events()) {
            assertFalse(event.title().isEmpty(), () -> name + ": " + event);
            assertFalse(event.source().isEmpty(), () -> name + ": " + event);
        }
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void whatShouldBearOnCapabilityComesAfterTheDataOrUnderEndogenousHistory(String name) {
        Scenario scenario = ScenarioLoader.load(name);
        for (DatedEvent event : scenario.spec().events()) {
            boolean bears = List.of("stallReleases", "withholdWeights", "chipControl")
                    .contains(event.what().key());
            if (bears && !event.observed()) {
                assertTrue(!scenario.observed() || event.month() >= BundledFacts.DATA_END, event::title);
            }
        }
    }

    @Test
    void theReleaseScenarioAsItStandsIsTheBaselineButForANote() {
        List<DatedEvent> baseline = releases("baseline");
        List<DatedEvent> release = releases("glm-5.2-release");
        assertEquals(
                baseline.stream().map(DatedEvent::what).collect(java.util.stream.Collectors.toSet()),
                release.stream().map(DatedEvent::what).collect(java.util.stream.Collectors.toSet()));
        assertEquals(baseline.size() - 1, releases("glm-5.2-withheld").size());
    }

    private static List<DatedEvent> releases(String name) {
        return ScenarioLoader.load(name).spec().events().stream()
                .filter(e -> !e.what().key().equals("note"))
                .toList();
    }

    @Test
    void theListSaysWhatEachIsAbout() {
        assertEquals(ScenarioCatalog.names().size(), ScenarioCatalog.list().size());
        assertEquals("baseline", ScenarioCatalog.list().get(0).name());
        assertTrue(ScenarioCatalog.list().get(0).description().startsWith("The world as observed"));
    }

    @Test
    void aCopyIsTheTextAndOverwritesNothing(@TempDir Path folder) throws IOException {
        Path to = folder.resolve("mine.yaml");
        ScenarioCatalog.copy("price-war", to);
        assertEquals(ScenarioCatalog.text("price-war"), Files.readString(to));
        assertThrows(FileAlreadyExistsException.class, () -> ScenarioCatalog.copy("baseline", to));
        assertThrows(IllegalArgumentException.class, () -> ScenarioCatalog.text("../baseline"));
        assertEquals("price-war", ScenarioLoader.load(to.toString()).name());
    }
}
