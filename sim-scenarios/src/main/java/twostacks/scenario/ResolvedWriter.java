package twostacks.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.input.Months;
import twostacks.input.Numbers;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.DatedEvent;
import twostacks.world.WorldSpec;

/** Writes a scenario in full. */
final class ResolvedWriter {
    private final Scenario scenario;
    private final WorldSpec spec;
    private final Yaml yaml = new Yaml();

    ResolvedWriter(Scenario scenario) {
        this.scenario = scenario;
        this.spec = scenario.spec();
    }

    String write() {
        yaml.line(0, "name", spec.name());
        yaml.line(0, "description", scenario.description());
        yaml.line(0, "hypothesis", scenario.hypothesis());
        Map<String, Object> horizon = new LinkedHashMap<>();
        horizon.put("start", month(spec.startMonth()));
        horizon.put("months", spec.months());
        yaml.line(0, "horizon", horizon);
        if (scenario.seed().isPresent()) {
            yaml.line(0, "seed", scenario.seed().getAsLong());
        }
        yaml.line(0, "history", scenario.observed() ? "observed" : "endogenous");
        if (scenario.observed()) {
            yaml.line(0, "dataEnd", month(spec.dataEnd()));
        }
        yaml.line(0, "ownOffers", spec.ownOffers());
        yaml.line(0, "mirrored", spec.mirrored());
        provenance();
        segments();
        parameters();
        nations();
        labs();
        yaml.line(0, "models", Map.of("file", Yaml.NONE));
        yaml.line(0, "observedEvents", false);
        events();
        return yaml.toString();
    }

    private static Yaml.Word month(int month) {
        return new Yaml.Word(Months.text(month));
    }

    private void provenance() {
        yaml.open(0, "provenance");
        for (Scenario.Facts facts : scenario.facts()) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("file", facts.file());
            value.put("sha256", facts.sha256());
            yaml.line(1, facts.table(), value);
        }
        yaml.line(0, "imputed", scenario.imputed());
    }

    private void segments() {
        yaml.open(0, "segments");
        for (ParameterSpace.Segment segment : spec.space().segments()) {
            yaml.line(1, segment.name(), Map.of("like", segment.like()));
        }
    }

    private void parameters() {
        yaml.open(0, "parameters");
        for (ParameterSpace.Entry entry : spec.space().entries().values()) {
            double value = spec.overrides().getOrDefault(entry.name(), entry.baseline());
            yaml.line(
                    1,
                    entry.name(),
                    entry.choices().isEmpty() ? value : (Object) entry.choices().get((int) value));
        }
    }

    private void nations() {
        yaml.open(0, "nations");
        yaml.line(1, "file", Yaml.NONE);
        yaml.open(1, "add");
        List<NationFacts> nations = new ArrayList<>(spec.nations());
        nations.sort(Comparator.comparing(NationFacts::iso3));
        for (NationFacts nation : nations) {
            yaml.line(2, nation.iso3(), facts(nation));
        }
    }

    private static Map<String, Object> facts(NationFacts nation) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", nation.name());
        facts.put("population", nation.population());
        facts.put(
                "gdp_usd",
                new Yaml.Word(Numbers.text(Numbers.shortest(nation.gdp()).movePointLeft(6))));
        facts.put("internet_share", nation.internetShare());
        facts.put("alignment", nation.alignment());
        if (!nation.usTier().isEmpty()) {
            facts.put("tier", nation.usTier());
        }
        if (!nation.cnTier().isEmpty()) {
            facts.put("cn_tier", nation.cnTier());
        }
        facts.put("us_embargo", nation.usEmbargo());
        facts.put("not_served_by", nation.notServedBy());
        facts.put(
                "closed_to",
                nation.closedTo().stream()
                        .map(n -> EventFormat.text(Bloc.valueOf(n)))
                        .toList());
        for (Bloc bloc : Bloc.values()) {
            facts.put("trust_" + bloc.name().toLowerCase(Locale.ROOT), orNone(nation.trustSurvey()[bloc.ordinal()]));
        }
        facts.put("language_support", nation.languageSupport());
        facts.put("lat", nation.latitude());
        facts.put("lon", nation.longitude());
        facts.put("connected", nation.connected());
        facts.put("trust_links", new TreeMap<>(nation.trustLinks()));
        Map<String, Object> initial = new LinkedHashMap<>();
        for (Bloc bloc : Bloc.values()) {
            initial.put(EventFormat.text(bloc), orNone(nation.initialTrust()[bloc.ordinal()]));
        }
        facts.put("initial_trust", initial);
        return facts;
    }

    private static Object orNone(double value) {
        return Double.isNaN(value) ? Yaml.NONE : (Object) value;
    }

    private void labs() {
        yaml.line(0, "labsOnly", spec.labs().stream().map(LabSpec::name).toList());
        yaml.open(0, "labs");
        for (LabSpec lab : spec.labs()) {
            yaml.line(1, lab.name(), LabFormat.write(lab));
        }
    }

    private void events() {
        if (spec.events().isEmpty()) {
            yaml.line(0, "events", List.of());
            return;
        }
        yaml.open(0, "events");
        for (DatedEvent event : spec.events()) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("date", month(event.month()));
            value.put("do", event.what().key());
            value.put("months", event.months() == DatedEvent.TO_THE_END ? new Yaml.Word("end") : event.months());
            value.putAll(EventFormat.write(event.what()));
            value.put("title", event.title());
            value.put("source", event.source());
            value.put("observed", event.observed());
            yaml.item(1, value);
        }
    }
}
