package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.input.Source;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.DatedEvent;

class ResolvedYamlTest {
    static Stream<String> bundled() {
        return ScenarioCatalog.names().stream();
    }

    private static void assertRoundTrip(Scenario scenario) {
        String text = scenario.resolvedYaml();
        Scenario again = ScenarioLoader.load(Source.of("scenario.resolved.yaml", text));
        assertEquals(Specs.of(scenario.spec()), Specs.of(again.spec()));
        assertEquals(text, again.resolvedYaml());
        assertEquals(scenario.facts(), again.facts());
        assertEquals(scenario.imputed(), again.imputed());
        assertEquals(scenario.seed(), again.seed());
        assertEquals(scenario.description(), again.description());
        assertEquals(scenario.hypothesis(), again.hypothesis());
        assertEquals(scenario.observed(), again.observed());
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void readingWhatWasWrittenGivesTheSameScenario(String name) {
        assertRoundTrip(ScenarioLoader.load(name));
    }

    static Stream<String> odd() {
        return Stream.of("""
                name: x
                seed: 9223372036854775807
                mirrored: true
                ownOffers: false
                description: "quotes \\" and \\\\ and\\nlines, é, 😀, \\u2028"
                """, """
                name: x
                horizon: {start: 2025-07, months: 7}
                nations: {only: [IND, USA, CHN, TWN]}
                """, """
                name: x
                horizon: {start: 2027-01, months: 7}
                """, """
                name: x
                history: endogenous
                labs:
                  Meta: none
                  Own: {home: IND, channels: [self], open_weights: true, capability: 3, open_capability: 3, markup: -0.5}
                """, """
                name: x
                labsOnly: [Zhipu, OpenAI]
                nations:
                  overrides:
                    IND:
                      trust_links: {USA: 0.1, CHN: 1e-9}
                      initial_trust: {US: 0.3, other: none}
                      closed_to: [other]
                      cn_tier: US
                      trust_us: none
                """, """
                name: x
                nations:
                  file: none
                  add:
                    XAA: {population: 1, gdp_usd: 0.1, internet_share: 1, alignment: 0, tier: 2, lat: 0, lon: 0,
                      language_support: 1, connected: false}
                    USA: {population: 3e8, gdp_usd: 2.7e7, internet_share: .9, un_ideal_point: 2.2, lat: 38, lon: -97,
                      language_support: 1}
                """, """
                name: x
                segments: {staff: {like: public}, people: {like: consumer}}
                parameters: {population.segmentShare: {staff: 0.1, people: 0.9}, price.referenceCost: 3 USD/Mtok}
                """, """
                name: x
                observedEvents: false
                dataEnd: 2025-01
                """, """
                name: x
                models: {file: none}
                events: [{date: 2022-06, do: subsidy, by: CN, share: 0.1}]
                """);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void oddScenariosComeBackTheSameToo(String text) {
        assertRoundTrip(ScenarioLoader.load(Source.of("x.yaml", text)));
    }

    @Test
    void itListsEveryParameterNationLabAndEvent() {
        Scenario baseline = ScenarioLoader.load("baseline");
        String text = baseline.resolvedYaml();
        for (String name : baseline.spec().space().entries().keySet()) {
            assertTrue(text.contains("\n  " + name + ": "), name);
        }
        for (NationFacts nation : baseline.spec().nations()) {
            assertTrue(text.contains("\n    " + nation.iso3() + ": {"), nation.iso3());
        }
        for (LabSpec lab : baseline.spec().labs()) {
            assertTrue(text.contains("\n  " + lab.name() + ": {"), lab.name());
        }
        for (DatedEvent event : baseline.spec().events()) {
            assertTrue(text.contains(", do: " + event.what().key() + ", "));
        }
        assertEquals(4, text.lines().filter(l -> l.contains("sha256: ")).count());
    }

    @Test
    void itIsTheSameTwiceAndForParametersGivenAtTheirBaseline() {
        String plain = ScenarioLoader.load("baseline").resolvedYaml();
        assertEquals(plain, ScenarioLoader.load("baseline").resolvedYaml());
        double subsidy =
                ParameterSpace.ofDefaults().entries().get("price.cnSubsidy").baseline();
        assertEquals(
                plain,
                ScenarioLoader.load("baseline")
                        .withParameters(Map.of("price.cnSubsidy", subsidy))
                        .resolvedYaml());
    }

    @Test
    void parametersAndMonthsChangeNothingElse() {
        Scenario baseline = ScenarioLoader.load("baseline");
        Scenario other = baseline.withParameters(Map.of("price.cnSubsidy", 0.5)).withMonths(12);
        Set<String> before = baseline.resolvedYaml().lines().collect(Collectors.toSet());
        List<String> changed =
                other.resolvedYaml().lines().filter(l -> !before.contains(l)).toList();
        assertEquals(List.of("horizon: {start: 2023-01, months: 12}", "  price.cnSubsidy: 0.5"), changed);
        assertFalse(baseline.spec().overrides().containsKey("price.cnSubsidy"));
    }

    @Test
    void parametersThatDoNotGoTogetherAreRefused() {
        Scenario baseline = ScenarioLoader.load("baseline");
        Map<String, Double> wrong = Map.of("population.segmentShare.consumer", .5, "trust.anchorPull", .99);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> baseline.withParameters(wrong));
        assertTrue(e.getMessage().contains("sum to 1.1; expected a sum of 1"), e::getMessage);
        assertTrue(e.getMessage().contains("trust stays between 0 and 1"), e::getMessage);
    }
}
