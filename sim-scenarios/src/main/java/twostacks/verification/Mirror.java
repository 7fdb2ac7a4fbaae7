package twostacks.verification;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Field;
import twostacks.policy.Intervention;
import twostacks.policy.StancePosition;
import twostacks.scenario.Scenario;
import twostacks.world.WorldSpec;

/**
 * A scenario seen in a mirror in which the two powers change sides: facts, labs, events and parameters, and by {@code
 * mirrored} the order of draws.
 *
 * <p>The facts know an embargo of the United States only; in the mirror it becomes a ban of Chinese services, which does
 * the same.
 */
final class Mirror {
    private static final Map<String, String> FAMILIES = bothWays(Map.of(
            "exportControl.chipStringency", "exportControl.cnChipStringency",
            "exportControl.usModelAccess", "exportControl.cnModelAccess",
            "exportControl.adaptive", "exportControl.cnAdaptive",
            "price.usSubsidy", "price.cnSubsidy",
            "choice.originHandicapUs", "choice.originHandicapCn"));

    private static final Map<String, String> KEYS =
            bothWays(Map.of("US", "CN", "us_closed", "cn_api", "us_open", "cn_open"));

    /** What counts alignment with the United States as positive. */
    private static final String SIGNED = "trust.anchorAlignment.";

    private Mirror() {}

    private static Map<String, String> bothWays(Map<String, String> pairs) {
        Map<String, String> all = new LinkedHashMap<>(pairs);
        pairs.forEach((one, other) -> all.put(other, one));
        return all;
    }

    /** The mirror image of a scenario. */
    static Scenario of(Scenario scenario) {
        WorldSpec spec = scenario.spec();
        Map<String, Double> values = spec.space().values(spec.space().with(spec.overrides()));
        Map<String, Double> mirrored = new LinkedHashMap<>();
        values.forEach((name, value) -> mirrored.put(name(name), value(name, value)));
        List<DatedEvent> events = new ArrayList<>();
        for (DatedEvent event : spec.events()) {
            events.add(new DatedEvent(
                    event.month(),
                    event.months(),
                    intervention(event.what()),
                    event.title(),
                    event.source(),
                    event.observed()));
        }
        List<String> embargoed = spec.nations().stream()
                .filter(NationFacts::usEmbargo)
                .map(n -> Bloc.mirroredHome(n.iso3()))
                .toList();
        if (!embargoed.isEmpty()) {
            double[] coverage =
                    spec.space().with(spec.overrides()).exportControl().embargoCoverage();
            for (int s = 0; s < coverage.length; s++) {
                Intervention ban = new Intervention.Ban(
                        embargoed,
                        Bloc.CN,
                        List.of(),
                        List.of(Channel.API),
                        List.of(spec.space().segments().get(s).name()),
                        coverage[s]);
                events.add(new DatedEvent(spec.startMonth(), DatedEvent.TO_THE_END, ban, "", "", false));
            }
        }
        WorldSpec image = new WorldSpec(
                spec.name(),
                spec.startMonth(),
                spec.months(),
                spec.dataEnd(),
                spec.space(),
                mirrored,
                spec.nations().stream().map(Mirror::nation).toList(),
                spec.labs().stream().map(Mirror::lab).toList(),
                events,
                spec.ownOffers(),
                !spec.mirrored());
        return with(scenario, image);
    }

    /** A scenario with other nations, labs and events. */
    static Scenario with(Scenario scenario, List<NationFacts> nations, List<LabSpec> labs, List<DatedEvent> events) {
        WorldSpec spec = scenario.spec();
        return with(
                scenario,
                new WorldSpec(
                        spec.name(),
                        spec.startMonth(),
                        spec.months(),
                        spec.dataEnd(),
                        spec.space(),
                        spec.overrides(),
                        nations,
                        labs,
                        events,
                        spec.ownOffers(),
                        spec.mirrored()));
    }

    private static Scenario with(Scenario scenario, WorldSpec spec) {
        return new Scenario(
                spec,
                scenario.description(),
                scenario.hypothesis(),
                scenario.seed(),
                scenario.observed(),
                scenario.facts(),
                scenario.imputed());
    }

    /** The parameter that plays a parameter's part in the mirror. */
    static String name(String name) {
        for (Map.Entry<String, String> family : FAMILIES.entrySet()) {
            String one = family.getKey();
            if (name.equals(one)) {
                return family.getValue();
            }
            if (name.startsWith(one + ".")) {
                return family.getValue() + "." + key(name.substring(one.length() + 1));
            }
        }
        int point = name.lastIndexOf('.');
        return name.substring(0, point + 1) + key(name.substring(point + 1));
    }

    private static String key(String key) {
        return KEYS.getOrDefault(key, key);
    }

    private static double value(String name, double value) {
        return name.startsWith(SIGNED) ? 0 - value : value;
    }

    private static NationFacts nation(NationFacts n) {
        Map<String, Double> links = new LinkedHashMap<>();
        n.trustLinks().forEach((code, weight) -> links.put(Bloc.mirroredHome(code), weight));
        return new NationFacts(
                Bloc.mirroredHome(n.iso3()),
                n.name(),
                n.population(),
                n.gdp(),
                n.internetShare(),
                0 - n.alignment(),
                key(n.cnTier()),
                key(n.usTier()),
                false,
                n.notServedBy(),
                n.closedTo().stream().map(Mirror::key).toList(),
                swapped(n.trustSurvey()),
                n.languageSupport(),
                n.latitude(),
                n.longitude(),
                n.connected(),
                links,
                swapped(n.initialTrust()));
    }

    private static double[] swapped(double[] byBloc) {
        double[] result = byBloc.clone();
        result[Bloc.US.ordinal()] = byBloc[Bloc.CN.ordinal()];
        result[Bloc.CN.ordinal()] = byBloc[Bloc.US.ordinal()];
        return result;
    }

    private static LabSpec lab(LabSpec lab) {
        return new LabSpec(
                lab.name(),
                Bloc.mirroredHome(lab.home()),
                lab.channels(),
                lab.openWeights(),
                lab.licenceFreedom(),
                lab.computeShare(),
                lab.stateShare(),
                lab.releaseCadence(),
                lab.capability(),
                lab.openCapability(),
                lab.listPrice(),
                lab.markup(),
                lab.costFactor(),
                lab.catchUp(),
                lab.presence());
    }

    /** An intervention with the powers, their tiers and homes, stances and parameters exchanged. */
    static Intervention intervention(Intervention what) {
        if (what instanceof Intervention.Set set) {
            return new Intervention.Set(name(set.parameter()), value(set.parameter(), set.value()));
        }
        RecordComponent[] components = what.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Field field = components[i].getAnnotation(Field.class);
                values[i] = component(components[i].getAccessor().invoke(what), field.names());
            }
            return (Intervention) what.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot mirror " + what.key(), e);
        }
    }

    private static Object component(Object value, Field.Names names) {
        if (value instanceof Bloc bloc) {
            return bloc.mirrored();
        }
        if (value instanceof StancePosition stance) {
            return stance.mirrored();
        }
        if (value instanceof List<?> list) {
            return switch (names) {
                case NATIONS ->
                    list.stream().map(n -> Bloc.mirroredHome((String) n)).toList();
                case TIERS -> list.stream().map(t -> key((String) t)).toList();
                default -> list;
            };
        }
        return value;
    }
}
