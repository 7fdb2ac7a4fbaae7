package twostacks.world;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Field;
import twostacks.policy.Intervention;
import twostacks.policy.StancePosition;

/** A world in which the two powers have changed sides in everything: nations, labs, events, parameters, draws. */
final class MirrorImage {
    private MirrorImage() {}

    static WorldSpec of(WorldSpec spec) {
        List<DatedEvent> events = new ArrayList<>();
        for (DatedEvent event : spec.events()) {
            events.add(new DatedEvent(
                    event.month(), event.months(), of(event.what()), event.title(), event.source(), event.observed()));
        }
        List<NationFacts> nations = new ArrayList<>();
        for (NationFacts facts : spec.nations()) {
            nations.add(of(facts));
            if (facts.usEmbargo()) {
                // China has no embargo list; a ban of the services in that nation is the same thing.
                double[] coverage =
                        spec.space().with(spec.overrides()).exportControl().embargoCoverage();
                List<ParameterSpace.Segment> segments = spec.space().segments();
                for (int s = 0; s < coverage.length; s++) {
                    events.add(new DatedEvent(
                            spec.startMonth(),
                            DatedEvent.TO_THE_END,
                            new Intervention.Ban(
                                    List.of(nation(facts.iso3())),
                                    Bloc.CN,
                                    List.of(),
                                    List.of(Channel.API),
                                    List.of(segments.get(s).name()),
                                    coverage[s]),
                            "embargo",
                            "",
                            false));
                }
            }
        }
        List<LabSpec> labs = spec.labs().stream().map(MirrorImage::of).toList();
        Map<String, Double> values = spec.space().values(spec.space().with(spec.overrides()));
        Map<String, Double> mirrored = new HashMap<>();
        values.forEach((name, value) -> mirrored.put(parameter(name), value(name, value)));
        return TestWorlds.copy(spec, mirrored, nations, labs, events, spec.dataEnd(), !spec.mirrored());
    }

    static String nation(String iso3) {
        return switch (iso3) {
            case "USA" -> "CHN";
            case "CHN" -> "USA";
            default -> iso3;
        };
    }

    private static String tier(String tier) {
        return switch (tier) {
            case "CN" -> "US";
            case "US" -> "CN";
            default -> tier;
        };
    }

    private static NationFacts of(NationFacts f) {
        Map<String, Double> links = new HashMap<>();
        f.trustLinks().forEach((code, weight) -> links.put(nation(code), weight));
        return new NationFacts(
                nation(f.iso3()),
                f.name(),
                f.population(),
                f.gdp(),
                f.internetShare(),
                -f.alignment(),
                tier(f.cnTier()),
                tier(f.usTier()),
                false,
                f.notServedBy(),
                f.closedTo().stream().map(MirrorImage::tier).toList(),
                swapped(f.trustSurvey()),
                f.languageSupport(),
                f.latitude(),
                f.longitude(),
                f.connected(),
                links,
                swapped(f.initialTrust()));
    }

    private static double[] swapped(double[] byBloc) {
        return new double[] {byBloc[1], byBloc[0], byBloc[2]};
    }

    private static LabSpec of(LabSpec lab) {
        return with(lab, "home", nation(lab.home()));
    }

    static Intervention of(Intervention what) {
        if (what instanceof Intervention.Set set) {
            return new Intervention.Set(parameter(set.parameter()), value(set.parameter(), set.value()));
        }
        Intervention image = what;
        for (RecordComponent component : what.getClass().getRecordComponents()) {
            image = with(image, component.getName(), mirrored(component, read(component, what)));
        }
        return image;
    }

    private static Object mirrored(RecordComponent component, Object value) {
        if (value instanceof Bloc bloc) {
            return bloc.mirrored();
        }
        if (value instanceof StancePosition stance) {
            return stance.mirrored();
        }
        if (value instanceof List<?> list) {
            Field.Names names = component.getAnnotation(Field.class).names();
            return switch (names) {
                case NATIONS -> list.stream().map(n -> nation((String) n)).toList();
                case TIERS -> list.stream().map(t -> tier((String) t)).toList();
                default -> list;
            };
        }
        return value;
    }

    /** The name under which the mirror image has a parameter. */
    static String parameter(String name) {
        String image = name;
        if (name.startsWith("exportControl.adaptive") && !name.equals("exportControl.adaptive")) {
            return name;
        }
        for (String[] pair : new String[][] {
            {"originHandicapUs", "originHandicapCn"},
            {"usSubsidy", "cnSubsidy"},
            {"exportControl.adaptive", "exportControl.cnAdaptive"},
            {"usModelAccess", "cnModelAccess"},
            {"exportControl.chipStringency", "exportControl.cnChipStringency"},
            {".us_closed", ".cn_api"},
            {".us_open", ".cn_open"}
        }) {
            if (name.contains(pair[0])) {
                image = image.replace(pair[0], pair[1]);
            } else if (name.contains(pair[1])) {
                image = image.replace(pair[1], pair[0]);
            }
        }
        if (image.endsWith(".US")) {
            return image.substring(0, image.length() - 2) + "CN";
        }
        return image.endsWith(".CN") ? image.substring(0, image.length() - 2) + "US" : image;
    }

    private static double value(String name, double value) {
        // Alignment is with the United States, so what is made of it changes sign with it.
        return name.startsWith("trust.anchorAlignment.") ? 0 - value : value;
    }

    static boolean isItsOwnInverse(ParameterSpace space) {
        return space.entries().keySet().stream()
                .allMatch(n -> space.entries().containsKey(parameter(n))
                        && parameter(parameter(n)).equals(n));
    }

    // Records ---------------------------------------------------------------------------------------------------------

    /** A record with one component changed. */
    static <R> R with(R record, String name, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getName().equals(name) ? value : read(components[i], record);
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked")
            Constructor<R> constructor = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot copy " + record, e);
        }
    }

    private static Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot read " + component, e);
        }
    }
}
