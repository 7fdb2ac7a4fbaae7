package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import twostacks.input.Source;
import twostacks.parameters.Group;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.world.WorldSpec;

final class AblationTest {
    private static final Scenario BASE = scenario("base", "");
    private static final Scenario MOVED = scenario("moved", """
            parameters:
              price.cnSubsidy: 0.5
              exportControl.chipStringency.CN: 0.5
              trust.accessShockLoss: 0.5
              capability.growth: 25
            labs:
              DeepSeek: {markup: 0.1, licence_freedom: 0.5}
            events:
              - {date: 2027-01, do: package, by: CN, nations: [KEN], discount: 0.5, goodwill: 0.7, source: hypothetical}
              - {date: 2027-01, do: incident, kind: backdoor, by: US, source: hypothetical}
              - {date: 2027-02, do: priceMove, by: CN, factor: 0.5, source: hypothetical}
              - {date: 2027-02, do: withholdWeights, by: CN, source: hypothetical}
              - {date: 2027-03, do: holdStance, nations: [KEN], stance: sovereign, source: hypothetical}
            """);

    private static Scenario scenario(String name, String rest) {
        return ScenarioLoader.load(Source.of(
                name + ".yaml",
                "name: " + name + "\nextends: baseline\ndescription: none\nhorizon: {months: 60}\n"
                        + "nations: {only: [USA, CHN, KEN, IND]}\n" + rest));
    }

    private static List<String> kinds(Scenario scenario) {
        return scenario.spec().events().stream()
                .filter(e -> !e.observed())
                .map(e -> e.what().key())
                .collect(Collectors.toList());
    }

    @Test
    void nothingMovedIsTheBaseAndAllMovedTheAlternative() {
        Ablation ablation = Ablation.of(BASE, MOVED);
        assertEquals(List.of(Group.values()), ablation.groups());
        assertSameWorld(BASE.spec(), ablation.mix(Set.of()).spec());
        assertSameWorld(MOVED.spec(), ablation.mix(EnumSet.allOf(Group.class)).spec());
    }

    private static void assertSameWorld(WorldSpec expected, WorldSpec mixed) {
        assertEquals(expected.overrides(), mixed.overrides());
        assertEquals(expected.events(), mixed.events());
        assertEquals(expected.labs(), mixed.labs());
        assertEquals(expected.nations().size(), mixed.nations().size());
        assertEquals(expected.ownOffers(), mixed.ownOffers());
        assertEquals(expected.dataEnd(), mixed.dataEnd());
    }

    @Test
    void eachLeverMovesWhatBelongsToIt() {
        Ablation ablation = Ablation.of(BASE, MOVED);
        Scenario price = ablation.mix(Set.of(Group.PRICE));
        assertEquals(Map.of("price.cnSubsidy", .5), changed(price));
        assertEquals(List.of("package", "priceMove"), kinds(price));
        assertEquals(0, ((Intervention.Package) only(price, "package").what()).goodwill());
        assertEquals(.1, lab(price).markup());
        assertEquals(lab(BASE).licenceFreedom(), lab(price).licenceFreedom());

        Scenario control = ablation.mix(Set.of(Group.EXPORT_CONTROL));
        assertEquals(Map.of("exportControl.chipStringency.CN", .5), changed(control));
        assertEquals(List.of("withholdWeights"), kinds(control));

        Scenario trust = ablation.mix(Set.of(Group.TRUST));
        assertEquals(Map.of("trust.accessShockLoss", .5), changed(trust));
        assertEquals(List.of("incident"), kinds(trust));

        Scenario rest = ablation.mix(Set.of(Group.REST));
        assertEquals(Map.of("capability.growth", 25.0), changed(rest));
        assertEquals(List.of("diplomacy", "holdStance"), kinds(rest));
        assertEquals(.7, ((Intervention.Diplomacy) only(rest, "diplomacy").what()).weight());
        assertEquals(.5, lab(rest).licenceFreedom());
        assertEquals("moved.other", rest.name());
    }

    private static Map<String, Double> changed(Scenario scenario) {
        return scenario.spec().overrides().entrySet().stream()
                .filter(e -> !e.getValue().equals(BASE.spec().overrides().get(e.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static twostacks.agents.LabSpec lab(Scenario scenario) {
        return scenario.spec().labs().stream()
                .filter(l -> l.name().equals("DeepSeek"))
                .findFirst()
                .orElseThrow();
    }

    private static DatedEvent only(Scenario scenario, String kind) {
        return scenario.spec().events().stream()
                .filter(e -> !e.observed() && e.what().key().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMixtureIsAScenarioThatRunsAgainFromItsText() {
        Scenario mixed = Ablation.of(BASE, MOVED).mix(Set.of(Group.PRICE, Group.TRUST));
        assertEquals("moved.price.trust", mixed.name());
        Scenario again = ScenarioLoader.load(Source.of("resolved.yaml", mixed.resolvedYaml()));
        assertEquals(mixed.resolvedYaml(), again.resolvedYaml());
    }

    @Test
    void whatDiffersIsToldInWords() {
        Ablation ablation = Ablation.of(BASE, MOVED);
        assertTrue(
                ablation.differences(Group.PRICE).contains("price.cnSubsidy 0.2 to 0.5"),
                ablation.differences(Group.PRICE)::toString);
        assertTrue(
                ablation.differences(Group.EXPORT_CONTROL).stream()
                        .anyMatch(d -> d.startsWith("2027-02 withholdWeights")),
                ablation.differences(Group.EXPORT_CONTROL)::toString);
        assertFalse(ablation.differences(Group.REST).isEmpty());
    }

    @Test
    void equalScenariosDifferInNothing() {
        assertEquals(List.of(), Ablation.of(BASE, scenario("twin", "")).groups());
    }

    @Test
    void anEventThatTheAlternativeDropsComesBackWhereItStood() {
        Scenario without = scenario("without", "observedEvents: false\n");
        Ablation ablation = Ablation.of(BASE, without);
        assertEquals(BASE.spec().events(), ablation.mix(Set.of()).spec().events());
        assertEquals(
                without.spec().events(),
                ablation.mix(EnumSet.allOf(Group.class)).spec().events());
        List<DatedEvent> kept = new ArrayList<>(BASE.spec().events());
        kept.removeIf(e -> e.what().group() == Group.EXPORT_CONTROL
                && !without.spec().events().contains(e));
        assertEquals(kept, ablation.mix(Set.of(Group.EXPORT_CONTROL)).spec().events());
    }

    @Test
    void scenariosOfOtherMonthsCannotBeMixed() {
        Scenario shorter = BASE.withMonths(12);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Ablation.of(BASE, shorter));
        assertTrue(e.getMessage().contains("do not cover the same months"), e::getMessage);
    }

    @Test
    void aParameterThatIsSetForATimeBelongsToItsOwnLever() {
        ParameterSpace space = ParameterSpace.ofDefaults();
        space.entries().forEach((name, entry) -> assertEquals(entry.group(), ParameterSpace.group(name), name));
        assertEquals(Group.REST, ParameterSpace.group("no.such"));
        assertEquals(Group.PRICE, new Intervention.Set("price.cnSubsidy", .1).group());
    }
}
