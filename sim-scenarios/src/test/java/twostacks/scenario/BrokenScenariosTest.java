package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import twostacks.input.InputException;
import twostacks.input.Node;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.input.Source;

/** What a user is told about a scenario that cannot be used. The cases, with every word, stand in broken.txt. */
class BrokenScenariosTest {
    private static final String EXPECTED = "--- expected\n";

    private static String told(String text) {
        InputException e = assertThrows(InputException.class, () -> ScenarioLoader.load(Source.of("x.yaml", text)));
        return e.problems().stream().map(p -> p + "\n").collect(Collectors.joining());
    }

    private static String expanded(String expected) {
        LabReader labs = new LabReader(new Problems());
        return expected.replace("{labs}", String.join(", ", labs.known(null)))
                .replace(
                        "{kinds}",
                        EventFormat.kinds().stream().map(EventFormat.Kind::key).collect(Collectors.joining(", ")))
                .replace(
                        "{labFields}",
                        LabFormat.FIELDS.stream().map(LabFormat.LabField::key).collect(Collectors.joining(", ")))
                .replace("{scenarios}", String.join(", ", ScenarioCatalog.names()));
    }

    @TestFactory
    Stream<DynamicTest> everyProblemIsToldWithItsPlaceAndWhatWouldBeRight() {
        String all = Source.resource("broken.txt", BrokenScenariosTest.class, "/twostacks/scenario/broken.txt")
                .text();
        List<String> blocks = Arrays.stream(all.split("(?m)^=== ", -1))
                .filter(b -> !b.isBlank())
                .toList();
        assertTrue(blocks.size() > 100);
        return blocks.stream().map(block -> {
            int line = block.indexOf('\n');
            int expected = block.indexOf(EXPECTED);
            return DynamicTest.dynamicTest(
                    block.substring(0, line),
                    () -> assertEquals(
                            expanded(block.substring(expected + EXPECTED.length())),
                            told(block.substring(line + 1, expected))));
        });
    }

    @Test
    void aProblemSaysInWordsAndInPartsTheSame() {
        InputException e = assertThrows(
                InputException.class, () -> ScenarioLoader.load(Source.of("x.yaml", "name: x\nhistory: observd\n")));
        assertEquals(
                List.of(new Problem(
                        "x.yaml", 2, 10, "history", "history is 'observd'", "one of observed, endogenous", "observed")),
                e.problems());
        assertEquals(e.problems().get(0).toString(), e.getMessage());
    }

    @Test
    void aProblemIsOneLineWhateverTheFileHolds() {
        String told = told("name: \"a\\nb\\u0007c\"\nhistory: '" + "x".repeat(5000) + "'\n");
        assertEquals(3, told.lines().count());
        assertTrue(told.length() < 2000);
        assertFalse(told.contains("\u0007"));
    }

    @Test
    void problemsInJsonHaveTheirPlacesToo() {
        InputException e = assertThrows(
                InputException.class,
                () -> ScenarioLoader.load(Source.of("x.json", "{\"name\": \"x\",\n \"seed\": \"many\"}")));
        assertEquals(
                "x.json:2:10: seed is 'many'; expected a whole number from 0 to 9223372036854775807", e.getMessage());
    }

    @Test
    void whateverIsWrittenNothingIsThrownButProblems() {
        SplittableRandom random = new SplittableRandom(1);
        String alphabet = "abzAZ019 .:-{}[],&*!'\"#|>?%@`~\n\t\u0000é😀";
        List<String> texts =
                List.of(ScenarioCatalog.text("price-convergence"), ScenarioCatalog.text("no-controls"), """
                name: x
                nations: {only: [IND], overrides: {IND: {tier: 3, trust_links: {}}}}
                labs: {Meta: none}
                segments: {one: {like: public}}
                parameters: {population.segmentShare.one: 1}
                observedEvents: {except: [ban]}
                seed: 3
                labsOnly: [OpenAI]
                """);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder(texts.get(i % texts.size()));
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(8));
                String put =
                        random.nextBoolean() ? "" : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
                text.replace(from, to, put);
            }
            try {
                ScenarioLoader.load(Source.of(i % 5 == 0 ? "x.json" : "x.yaml", text.toString()));
            } catch (InputException e) {
                refused++;
                assertFalse(e.problems().isEmpty());
            }
        }
        assertTrue(refused > 100, "refused " + refused);
    }

    @Test
    void settingsAreCheckedAndNamed() {
        Node.Mapping known = ScenarioLoader.setting("price.cnSubsidy", "2");
        Node.Mapping unknown = ScenarioLoader.setting("price.cnSubsidi", "0.2");
        Node.Mapping horizon = ScenarioLoader.setting("horizon.months", "none");
        InputException e = assertThrows(
                InputException.class, () -> ScenarioLoader.load("baseline", List.of(known, unknown, horizon)));
        assertEquals(
                List.of(
                        "--set horizon.months=none:1:1: horizon.months is 'none'; expected a whole number from 1 to 1200",
                        "--set price.cnSubsidy=2:1:1: price.cnSubsidy is 2; expected a number from 0 to 1",
                        "--set price.cnSubsidi=0.2:1:1: no parameter is called 'price.cnSubsidi'; expected a parameter "
                                + "as 'params list' prints them; did you mean 'price.cnSubsidy'?"),
                e.problems().stream().map(Problem::toString).toList());
    }
}
