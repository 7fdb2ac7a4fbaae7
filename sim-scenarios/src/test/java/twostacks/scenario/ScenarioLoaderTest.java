package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.facts.Alignment;
import twostacks.facts.BundledFacts;
import twostacks.facts.NationTable;
import twostacks.input.InputException;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.TreeReader;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;

class ScenarioLoaderTest {
    @TempDir
    private Path folder;

    private static Scenario load(String text) {
        return ScenarioLoader.load(Source.of("x.yaml", text));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String refused(Path file) {
        return assertThrows(InputException.class, () -> ScenarioLoader.load(file.toString())).problems().stream()
                .map(p -> p.toString().substring(p.file().length()))
                .collect(Collectors.joining("\n"));
    }

    private static NationFacts nation(Scenario scenario, String iso3) {
        return scenario.spec().nations().stream()
                .filter(n -> n.iso3().equals(iso3))
                .findFirst()
                .orElseThrow();
    }

    private static LabSpec lab(Scenario scenario, String name) {
        return scenario.spec().labs().stream()
                .filter(l -> l.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // Defaults

    @Test
    void aNameAloneIsTheBaseline() {
        List<Object> plain = Specs.of(load("name: baseline\n").spec());
        assertEquals(Specs.of(ScenarioLoader.load("baseline").spec()), plain);
    }

    @Test
    void jsonSaysTheSameAsYaml() {
        String yaml = """
                name: x
                parameters: {price: {cnSubsidy: 0.3}}
                nations: {only: [IND, USA]}
                events: [{date: 2026-10, do: subsidy, by: CN, share: 0.1}]
                """;
        String json = """
                {"name": "x",
                 "parameters": {"price": {"cnSubsidy": 0.3}},
                 "nations": {"only": ["IND", "USA"]},
                 "events": [{"date": "2026-10", "do": "subsidy", "by": "CN", "share": 0.1}]}
                """;
        assertEquals(
                Specs.of(load(yaml).spec()),
                Specs.of(ScenarioLoader.load(Source.of("x.json", json)).spec()));
    }

    @Test
    void emptySectionsSayNothing() {
        assertEquals(
                Specs.of(load("name: x\n").spec()),
                Specs.of(load("name: x\nparameters:\nnations:\nlabs: {}\nevents: []\nhorizon:\n")
                        .spec()));
    }

    // Parameters

    @Test
    void everyParameterCanBeSetToEitherEndOfItsRange() {
        ParameterSpace space = ParameterSpace.ofDefaults();
        for (ParameterSpace.Entry entry : space.entries().values()) {
            for (double value : new double[] {entry.low(), entry.high()}) {
                Problems problems = new Problems();
                Node node = TreeReader.read(Source.of("p.yaml", entry.name() + ": " + Numbers.text(value)), problems);
                Map<String, Double> read = new ParameterReader(space, problems)
                        .read(node, node.place().source().whole());
                List<String> relations = List.of("sum", "at most");
                problems.all()
                        .forEach(p -> assertTrue(relations.stream().anyMatch(p.toString()::contains), p::toString));
                assertEquals(value == entry.baseline() ? Map.of() : Map.of(entry.name(), value), read, entry.name());
            }
        }
    }

    @Test
    void aNumberMayCarryItsUnit() {
        assertEquals(
                3.0,
                load("name: x\nparameters: {price.referenceCost: \"3 USD/Mtok\"}\n")
                        .spec()
                        .overrides()
                        .get("price.referenceCost"));
    }

    @Test
    void valuesAtTheBaselineAreNoOverrides() {
        assertEquals(
                Map.of(),
                load("name: x\nparameters: {price.cnSubsidy: 0.2, exportControl.chipStringency: {CN: 0.85}}\n")
                        .spec()
                        .overrides()
                        .entrySet()
                        .stream()
                        .filter(e -> e.getValue()
                                == ParameterSpace.ofDefaults()
                                        .entries()
                                        .get(e.getKey())
                                        .baseline())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    // Nations

    @Test
    void alignmentIsTheSameWhoeverElseTakesPart() {
        double alone = nation(load("name: x\nnations: {only: [BRA]}\n"), "BRA").alignment();
        assertEquals(nation(load("name: x\n"), "BRA").alignment(), alone);
        double point = NationTable.bundled().rows().get("BRA").idealPoint();
        assertEquals(Alignment.standardised(point), alone);
    }

    @Test
    void chineseTiersMirrorThoseOfTheUnitedStates() {
        Scenario baseline = ScenarioLoader.load("baseline");
        assertEquals("", nation(baseline, "USA").usTier());
        assertEquals("US", nation(baseline, "USA").cnTier());
        for (String home : List.of("CHN", "HKG", "MAC")) {
            assertEquals("CN", nation(baseline, home).usTier());
            assertEquals("", nation(baseline, home).cnTier());
        }
        assertEquals("3", nation(baseline, "DEU").cnTier());
        assertEquals("1", nation(baseline, "RUS").cnTier());
        assertEquals("2", nation(baseline, "BRA").cnTier());
    }

    @Test
    void missingFiguresAreImputedAndNamed() {
        Scenario baseline = ScenarioLoader.load("baseline");
        assertTrue(baseline.imputed().containsAll(List.of("TWN.un_ideal_point", "PRK.internet_share")));
        double taiwan = nation(baseline, "TWN").alignment();
        List<Double> subregion = NationTable.bundled().rows().values().stream()
                .filter(r -> r.subregion().equals("Eastern Asia") && !Double.isNaN(r.idealPoint()))
                .map(r -> Alignment.standardised(r.idealPoint()))
                .sorted()
                .toList();
        int half = subregion.size() / 2;
        double median =
                subregion.size() % 2 == 1 ? subregion.get(half) : (subregion.get(half - 1) + subregion.get(half)) / 2;
        assertEquals(median, taiwan);
    }

    @Test
    void aFigureThatTheScenarioGivesIsNotImputed() {
        Scenario scenario = load("name: x\nnations: {overrides: {TWN: {un_ideal_point: 1}}}\n");
        assertFalse(scenario.imputed().contains("TWN.un_ideal_point"));
        assertEquals(Alignment.standardised(1), nation(scenario, "TWN").alignment());
    }

    @Test
    void nationsCanBeLeftOutOverriddenAndAdded() {
        Scenario scenario = load("""
                name: x
                nations:
                  only: [IND, CHN, XAA]
                  overrides: {IND: {gdp_usd: 5, tier: 1, us_embargo: true, closed_to: [US, other], trust_cn: none}}
                  add:
                    XAA: {population: 10, gdp_usd: 2.5, internet_share: 1, alignment: 0, tier: 2, lat: 1, lon: 2,
                      language_support: 0.5, connected: false, trust_links: {IND: 0.5, FRA: 1}, initial_trust: {US: .5}}
                """);
        assertEquals(
                List.of("CHN", "IND", "XAA"),
                scenario.spec().nations().stream().map(NationFacts::iso3).toList());
        NationFacts india = nation(scenario, "IND");
        assertEquals(5e6, india.gdp());
        assertEquals("1", india.usTier());
        assertEquals("3", india.cnTier());
        assertEquals(List.of("US", "OTHER"), india.closedTo());
        assertTrue(Double.isNaN(india.trustSurvey()[Bloc.CN.ordinal()]));
        NationFacts added = nation(scenario, "XAA");
        assertFalse(added.connected());
        assertEquals(Map.of("IND", 0.5), added.trustLinks(), "a link to a nation that takes no part");
        assertEquals(0.5, added.initialTrust()[Bloc.US.ordinal()]);
    }

    // Labs and history

    @Test
    void labsCanBeRemovedChangedAddedAndOrdered() {
        Scenario scenario = load("""
                name: x
                labsOnly: [Zhipu, Own, OpenAI]
                labs: {Meta: none, Zhipu: {cost_factor: 0.5}, Own: {home: IND, channels: [api, self]}}
                """);
        assertEquals(
                List.of("Zhipu", "Own", "OpenAI"),
                scenario.spec().labs().stream().map(LabSpec::name).toList());
        assertEquals(0.5, lab(scenario, "Zhipu").costFactor());
        assertEquals(List.of(Channel.API, Channel.SELF), lab(scenario, "Own").channels());
        assertEquals(Bloc.OTHER, lab(scenario, "Own").bloc());
        assertTrue(Double.isNaN(lab(scenario, "Own").capability()));
    }

    @Test
    void thereAreAtMostTwentyEightOffersByDefault() {
        int offers = ScenarioLoader.load("baseline").spec().labs().stream()
                .mapToInt(l -> l.channels().size())
                .sum();
        assertTrue(offers <= 28, offers + " offers");
    }

    @Test
    void releasesBeforeTheStartAreWhatLabsStartWith() {
        LabSpec openai = lab(ScenarioLoader.load("baseline"), "OpenAI");
        assertEquals(3.2, openai.capability());
        assertEquals(2, openai.listPrice());
        assertTrue(Double.isNaN(openai.openCapability()));
        Scenario later = load("name: x\nhorizon: {start: 2026-01}\n");
        assertEquals(43.3, lab(later, "OpenAI").capability());
        assertEquals(24.1, lab(later, "OpenAI").openCapability());
        assertEquals((3 * 1.75 + 14) / 4, lab(later, "OpenAI").listPrice());
        assertTrue(later.spec().events().stream().allMatch(e -> e.month() >= Months.of(2026, 1)));
    }

    @Test
    void releasesFromTheStartOnAreObservedEvents() {
        Scenario baseline = ScenarioLoader.load("baseline");
        DatedEvent release = baseline.spec().events().stream()
                .filter(e ->
                        e.what() instanceof Intervention.Release r && r.model().equals("GLM-5.2"))
                .findFirst()
                .orElseThrow();
        assertEquals(Months.of(2026, 6), release.month());
        assertTrue(release.observed());
        assertEquals("2026-06-release-zhipu-glm-5-2", EventReader.id(release));
        assertEquals((3 * 1.4 + 4.4) / 4, ((Intervention.Release) release.what()).blendedPrice(), 1e-12);
        assertEquals(BundledFacts.DATA_END, baseline.spec().dataEnd());
    }

    @Test
    void aLaterListPriceIsTheSameModelReleasedAnew() {
        List<DatedEvent> releases = ScenarioLoader.load("baseline").spec().events().stream()
                .filter(e ->
                        e.what() instanceof Intervention.Release r && r.model().equals("o3"))
                .toList();
        assertEquals(2, releases.size());
        assertEquals(Months.of(2025, 6), releases.get(1).month());
        assertEquals(2, ((Intervention.Release) releases.get(1).what()).priceIn());
        assertEquals("OpenAI o3: new price", releases.get(1).title());
    }

    @Test
    void labsThatAreNotInTheScenarioReleaseNothing() {
        assertTrue(load("name: x\nlabsOnly: [OpenAI]\n").spec().events().stream()
                .filter(e -> e.what() instanceof Intervention.Release)
                .allMatch(e -> ((Intervention.Release) e.what()).lab().equals("OpenAI")));
    }

    @Test
    void whatIsObservedAfterAnEarlierDataEndIsLeftOut() {
        Scenario scenario = load("name: x\ndataEnd: 2025-01\n");
        assertEquals(Months.of(2025, 1), scenario.spec().dataEnd());
        assertTrue(scenario.spec().events().stream().allMatch(e -> e.month() < Months.of(2025, 1)));
        assertTrue(scenario.spec().events().size() > 50);
    }

    @Test
    void endogenousHistoryHasNoObservedEventsUnlessItAsksForThem() {
        Scenario scenario = load("name: x\nhistory: endogenous\n");
        assertEquals(List.of(), scenario.spec().events());
        assertEquals(scenario.spec().startMonth(), scenario.spec().dataEnd());
        assertEquals(0.5, lab(scenario, "DeepSeek").capability());
        Scenario asked = load("name: x\nhistory: endogenous\nobservedEvents: true\n");
        assertTrue(asked.spec().events().stream().anyMatch(e -> e.what() instanceof Intervention.StallReleases));
        assertTrue(asked.spec().events().stream().noneMatch(e -> e.what() instanceof Intervention.Release));
    }

    @Test
    void observedReleasesAreNotStalledASecondTime() {
        assertTrue(ScenarioLoader.load("baseline").spec().events().stream()
                .noneMatch(e -> e.what() instanceof Intervention.StallReleases));
    }

    @Test
    void observedRulesWithoutMonthsHoldUntilTheDataEndAndBansAndProgrammesLast() {
        for (DatedEvent event : ScenarioLoader.load("baseline").spec().events()) {
            if (event.what() instanceof Intervention.ChipControl) {
                assertTrue(event.month() + event.months() <= BundledFacts.DATA_END, event::title);
            } else if (event.what() instanceof Intervention.SovereignProgramme) {
                assertEquals(DatedEvent.TO_THE_END, event.months(), event::title);
            }
        }
    }

    @Test
    void rulesOlderThanTheStartBeginWithItAndOnlyTheLastOfATierCounts() {
        Scenario scenario = load("name: x\nhorizon: {start: 2025-01}\n");
        List<DatedEvent> rules = scenario.spec().events().stream()
                .filter(e -> e.what() instanceof Intervention.ChipControl c
                        && c.tiers().contains("CN")
                        && e.month() == Months.of(2025, 1))
                .toList();
        assertEquals(1, rules.size());
        assertEquals(
                "High-bandwidth memory and 24 kinds of chip tools controlled; 140 entities listed",
                rules.get(0).title());
    }

    @Test
    void observedEventsCanBeLeftOutByIdByKindAndByTitle() {
        int all = ScenarioLoader.load("baseline").spec().events().size();
        int without = load("name: x\nobservedEvents: {except: [2026-06-release-zhipu-glm-5-2]}\n")
                .spec()
                .events()
                .size();
        assertEquals(all - 1, without);
        assertTrue(load("name: x\nobservedEvents: {except: [chipControl]}\n").spec().events().stream()
                .noneMatch(e -> e.what() instanceof Intervention.ChipControl));
        assertTrue(load("name: x\nobservedEvents: {except: [deepseek]}\n").spec().events().stream()
                .noneMatch(e -> e.title().contains("DeepSeek")));
    }

    // Events

    @Test
    void anEventWithoutMonthsLastsAndOneThatHappensOnceDoesNot() {
        List<DatedEvent> events = load("""
                        name: x
                        observedEvents: false
                        models: {file: none}
                        events:
                          - {date: 2026-10, do: subsidy, by: CN, share: 0.1}
                          - {date: 2026-11, do: incident, kind: Backdoor, by: us}
                        """).spec().events();
        assertEquals(DatedEvent.TO_THE_END, events.get(0).months());
        assertEquals(1, events.get(1).months());
        assertEquals(Bloc.US, ((Intervention.Incident) events.get(1).what()).by());
        assertFalse(events.get(0).observed());
    }

    @Test
    void anEventOfNationsOrLabsThatTakeNoPartDoesNotBecomeOneOfAll() {
        List<DatedEvent> events = load("""
                        name: x
                        observedEvents: false
                        models: {file: none}
                        nations: {only: [FRA, DEU]}
                        labs: {Meta: none}
                        events:
                          - {date: 2026-10, do: diplomacy, by: CN, nations: [IND, PAK], weight: 1}
                          - {date: 2026-10, do: diplomacy, by: CN, nations: [IND, FRA], weight: 1}
                          - {date: 2026-10, do: withholdWeights, by: US, labs: [Meta]}
                          - {date: 2026-10, do: release, lab: Meta, model: M, openWeights: true, capability: 60}
                        """).spec().events();
        assertEquals(1, events.size());
        assertEquals(List.of("FRA"), ((Intervention.Diplomacy) events.get(0).what()).nations());
    }

    // Inheritance

    @Test
    void aChildOverridesItsParentDeeplyAndAddsEvents() throws IOException {
        write("base.yaml", """
                name: base
                description: d
                seed: 3
                parameters: {price: {cnSubsidy: 0.3, usSubsidy: 0.1}}
                horizon: {start: 2024-01, months: 12}
                nations: {only: [IND, FRA], overrides: {IND: {tier: 1}}}
                events: [{date: 2026-10, do: subsidy, by: CN, share: 0.1}]
                """);
        Path child = write("child.yaml", """
                name: child
                extends: base.yaml
                parameters: {price.cnSubsidy: 0.4}
                horizon: {months: 24}
                nations: {only: [IND], overrides: {IND: {lat: 1}}}
                events: [{date: 2026-09, do: note, title: mine}]
                """);
        Scenario scenario = ScenarioLoader.load(child.toString());
        assertEquals("child", scenario.name());
        assertEquals("", scenario.description(), "a description is its file's own");
        assertEquals(3, scenario.seed().orElseThrow());
        assertEquals(
                Map.of("price.cnSubsidy", 0.4, "price.usSubsidy", 0.1),
                scenario.spec().overrides());
        assertEquals(Months.of(2024, 1), scenario.spec().startMonth());
        assertEquals(24, scenario.spec().months());
        assertEquals(1, scenario.spec().nations().size());
        assertEquals("1", nation(scenario, "IND").usTier());
        assertEquals(1, nation(scenario, "IND").latitude());
        assertEquals(
                List.of("note", "subsidy"),
                scenario.spec().events().stream()
                        .filter(e -> !e.observed())
                        .map(e -> e.what().key())
                        .toList());
    }

    @Test
    void aChildMayDropItsParentsEvents() throws IOException {
        write("base.yaml", "name: base\nevents: [{date: 2026-10, do: subsidy, by: CN, share: 0.1}]\n");
        Path child = write("child.yaml", "name: child\nextends: base.yaml\ninheritEvents: false\n");
        assertTrue(
                ScenarioLoader.load(child.toString()).spec().events().stream().allMatch(DatedEvent::observed));
    }

    @Test
    void aFileMayStandInAFolderBelowAndTablesBesideIt() throws IOException {
        write("below/base.yaml", "name: base\nextends: baseline\nnations: {file: three.csv}\n");
        write(
                "below/three.csv",
                "iso3,name,region,subregion,population,gdp_usd,internet_share,un_ideal_point,tier,us_embargo,"
                        + "not_served_by,closed_to,trust_us,trust_cn,language_support,lat,lon\n"
                        + "XAA,Aland,Europe,Northern Europe,1000,,,,2,0,OpenAI;Nobody,other,,,1,1,1\n");
        Path child = write("child.yaml", "name: child\nextends: below/base.yaml\n");
        Scenario scenario = ScenarioLoader.load(child.toString());
        NationFacts added = nation(scenario, "XAA");
        assertEquals(List.of("OpenAI"), added.notServedBy());
        assertTrue(added.gdp() > 1000 * 10_000, "median GDP per head of Northern Europe times the people");
        assertEquals(List.of("XAA.internet_share", "XAA.gdp_usd", "XAA.un_ideal_point"), scenario.imputed());
        assertEquals("three.csv", scenario.facts().get(0).file());
    }

    @Test
    void circlesAreRefused() throws IOException {
        write("a.yaml", "name: a\nextends: b.yaml\n");
        Path b = write("b.yaml", "name: b\nextends: a.yaml\n");
        assertEquals(":2:10: 'b.yaml' extends this scenario in turn; expected no circle", refused(b));
        Path self = write("self.yaml", "name: self\nextends: self.yaml\n");
        assertEquals(":2:10: 'self.yaml' extends this scenario in turn; expected no circle", refused(self));
    }

    @Test
    void pathsOutOfTheFolderAreRefused() throws IOException {
        write("outside.yaml", "name: outside\n");
        Path up = write("in/up.yaml", "name: up\nextends: ../outside.yaml\n");
        assertEquals(
                ":2:10: '../outside.yaml' leads out of the scenario's directory; expected a file in it or below it",
                refused(up));
        Path absolute = write("in/absolute.yaml", "name: x\nmodels: {file: /etc/passwd}\n");
        assertEquals(
                ":2:16: '/etc/passwd' is an absolute path; expected a path relative to this file", refused(absolute));
        Files.createSymbolicLink(folder.resolve("in/link.yaml"), folder.resolve("outside.yaml"));
        Path link = write("in/linked.yaml", "name: x\nextends: link.yaml\n");
        assertEquals(
                ":2:10: 'link.yaml' leads out of the scenario's directory; expected a file in it or below it",
                refused(link));
        Path below = write("in/deep/below.yaml", "name: x\n");
        assertTrue(Files.exists(below));
        Path inAndOut = write("in/inout.yaml", "name: x\nextends: deep/../../outside.yaml\n");
        assertTrue(refused(inAndOut).contains("leads out"));
    }

    @Test
    void whatIsNotThereIsNamedWithTheNearestBundledScenario() {
        InputException e = assertThrows(InputException.class, () -> ScenarioLoader.load("basline"));
        assertEquals(
                "basline: there is no such file, and no bundled scenario of this name; expected a file, or a name as "
                        + "'scenarios list' prints them; did you mean 'baseline'?",
                e.getMessage());
    }

    @Test
    void aBundledNameGoesBeforeAFileAndAPathBeforeNothing() throws IOException {
        Path file = write("baseline", "name: mine\n");
        assertEquals("baseline", ScenarioLoader.load("baseline").name());
        assertEquals("mine", ScenarioLoader.load(file.toString()).name());
    }

    @Test
    void problemsInAParentAreToldAtTheirOwnPlace() throws IOException {
        write("base.yaml", "name: base\nparameters: {price.cnSubsidy: 3}\n");
        Path child = write("child.yaml", "name: child\nextends: base.yaml\nseed: x\n");
        InputException e = assertThrows(InputException.class, () -> ScenarioLoader.load(child.toString()));
        assertEquals(
                List.of("child.yaml:3:7", "base.yaml:2:31"),
                e.problems().stream()
                        .map(p -> Path.of(p.file()).getFileName() + ":" + p.line() + ":" + p.column())
                        .toList());
    }

    // Overlays

    @Test
    void settingsAreLaidOverAScenario() {
        Scenario scenario = ScenarioLoader.load(
                "baseline",
                List.of(
                        ScenarioLoader.setting("horizon.months", "6"),
                        ScenarioLoader.setting("nations.only", "[IND, CHN]"),
                        ScenarioLoader.setting("exportControl.chipStringency.CN", "0.5"),
                        ScenarioLoader.setting("parameters.trust.home", ".9"),
                        ScenarioLoader.setting("labs.Zhipu.cost_factor", "2")));
        assertEquals(6, scenario.spec().months());
        assertEquals(2, scenario.spec().nations().size());
        assertEquals(0.5, scenario.spec().overrides().get("exportControl.chipStringency.CN"));
        assertEquals(0.9, scenario.spec().overrides().get("trust.home"));
        assertEquals(2, lab(scenario, "Zhipu").costFactor());
        assertEquals("baseline", scenario.name());
    }

    @Test
    void aSettingMayNameTheScenarioAndIsYamlWhateverItEndsIn() {
        Scenario scenario = ScenarioLoader.load(
                "baseline",
                List.of(
                        ScenarioLoader.setting("name", "mine"),
                        ScenarioLoader.setting("description", "as in my.json")));
        assertEquals("mine", scenario.name());
        assertEquals("as in my.json", scenario.description());
    }

    @Test
    void aLeverThatExtendsAScenarioIsLaidOverAnotherOne() {
        Node.Mapping lever = ScenarioLoader.setting("extends", "model-access-shutdown");
        Scenario scenario = ScenarioLoader.load("global-south-packages", List.of(lever));
        assertEquals("global-south-packages", scenario.name());
        assertEquals(
                List.of("restrictModelAccess", "package"),
                scenario.spec().events().stream()
                        .filter(e -> !e.observed())
                        .map(e -> e.what().key())
                        .toList());
    }
}
