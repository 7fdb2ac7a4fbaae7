package twostacks.scenario;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.input.Months;
import twostacks.input.Numbers;
import twostacks.parameters.Group;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.world.WorldSpec;

/**
 * What two scenarios differ in, taken apart by lever, and the scenarios between them in which only some levers have
 * moved: what paired ablation needs.
 *
 * <p>Everything that differs belongs to one lever:
 *
 * <ul>
 *   <li>a parameter to the {@link Group} that the registry gives it;
 *   <li>an event to that of its {@linkplain Intervention#group() intervention}; a package's terms to price and its
 *       goodwill to the rest;
 *   <li>of a nation's facts the tiers, the embargo and the labs that do not serve it to export control, the trust
 *       surveyed, at the start and in links to trust, all others to the rest;
 *   <li>of a lab's facts price, mark-up and cost to price, all others to the rest;
 *   <li>nations and labs that only one of the scenarios has, own offers, the history and its end to the rest.
 * </ul>
 */
public final class Ablation {
    private static final int MOST_WORDS = 200;

    private static final Map<String, Group> OF_NATIONS = Map.of(
            "usTier", Group.EXPORT_CONTROL,
            "cnTier", Group.EXPORT_CONTROL,
            "usEmbargo", Group.EXPORT_CONTROL,
            "notServedBy", Group.EXPORT_CONTROL,
            "trustSurvey", Group.TRUST,
            "trustLinks", Group.TRUST,
            "initialTrust", Group.TRUST);

    private static final Map<String, Group> OF_LABS =
            Map.of("listPrice", Group.PRICE, "markup", Group.PRICE, "costFactor", Group.PRICE);

    private final Scenario base;
    private final Scenario alternative;
    private final List<Step> events;
    private final Map<Group, Set<String>> differences = new EnumMap<>(Group.class);

    /** An event of either scenario or both, in an order that keeps that of both. */
    private record Step(DatedEvent event, boolean inBase, boolean inAlternative) {}

    private Ablation(Scenario base, Scenario alternative) {
        this.base = base;
        this.alternative = alternative;
        this.events = align(base.spec().events(), alternative.spec().events());
        collect();
    }

    /**
     * Takes the difference of two scenarios apart.
     *
     * @param base one
     * @param alternative another
     * @return what they differ in
     * @throws IllegalArgumentException if they cannot be mixed: horizon, segments or mirroring differ
     */
    public static Ablation of(Scenario base, Scenario alternative) {
        WorldSpec a = base.spec();
        WorldSpec b = alternative.spec();
        if (a.startMonth() != b.startMonth() || a.months() != b.months()) {
            throw new IllegalArgumentException(
                    base.name() + " and " + alternative.name() + " do not cover the same months");
        }
        if (!a.space().segments().equals(b.space().segments())) {
            throw new IllegalArgumentException(
                    base.name() + " and " + alternative.name() + " do not have the same segments");
        }
        if (a.mirrored() != b.mirrored()) {
            throw new IllegalArgumentException(
                    "of " + base.name() + " and " + alternative.name() + ", one is the mirror image of a world");
        }
        return new Ablation(base, alternative);
    }

    /**
     * The levers in which they differ.
     *
     * @return levers in the order of {@link Group}; empty if the scenarios are equal but for their names
     */
    public List<Group> groups() {
        return List.copyOf(differences.keySet());
    }

    /**
     * What differs, in words.
     *
     * @param group lever
     * @return a phrase for each parameter, event, nation and lab
     */
    public List<String> differences(Group group) {
        return List.copyOf(differences.getOrDefault(group, Set.of()));
    }

    /**
     * The scenario in which some levers are those of the alternative and the others those of the base.
     *
     * @param moved levers of the alternative
     * @return the scenario; its name says which levers have moved
     */
    public Scenario mix(Set<Group> moved) {
        WorldSpec a = base.spec();
        WorldSpec b = alternative.spec();
        boolean rest = moved.contains(Group.REST);
        Map<String, Double> overrides = new LinkedHashMap<>();
        a.space().entries().forEach((name, entry) -> {
            Double value = (moved.contains(entry.group()) ? b : a).overrides().get(name);
            if (value != null) {
                overrides.put(name, value);
            }
        });
        WorldSpec mixed = new WorldSpec(
                name(moved),
                a.startMonth(),
                a.months(),
                (rest ? b : a).dataEnd(),
                a.space(),
                overrides,
                mix(a.nations(), b.nations(), NationFacts::iso3, OF_NATIONS, moved),
                mix(a.labs(), b.labs(), LabSpec::name, OF_LABS, moved),
                mixEvents(moved),
                (rest ? b : a).ownOffers(),
                a.mirrored());
        Scenario other = rest ? alternative : base;
        return new Scenario(
                mixed,
                moved.isEmpty()
                        ? "as " + base.name()
                        : "as " + base.name() + ", with " + names(moved) + " of " + alternative.name(),
                "",
                base.seed(),
                other.observed(),
                other.facts(),
                other.imputed());
    }

    /**
     * A lever's name in files.
     *
     * @param group lever
     * @return price, export-control, trust or other
     */
    public static String name(Group group) {
        return switch (group) {
            case PRICE -> "price";
            case EXPORT_CONTROL -> "export-control";
            case TRUST -> "trust";
            case REST -> "other";
        };
    }

    /**
     * The name of a mixture in files.
     *
     * @param moved levers of the alternative
     * @return names joined by {@code +}; none if nothing has moved
     */
    public static String names(Collection<Group> moved) {
        return moved.isEmpty()
                ? "none"
                : new TreeSet<>(moved).stream().map(Ablation::name).collect(Collectors.joining("+"));
    }

    private String name(Set<Group> moved) {
        String suffix = "." + names(moved).replace('+', '.');
        String stem = alternative.name();
        int room = 64 - suffix.length();
        return (stem.length() > room ? stem.substring(0, room) : stem) + suffix;
    }

    // Events ----------------------------------------------------------------------------------------------------------

    /** The longest common subsequence, with what only one has where it stands. */
    private static List<Step> align(List<DatedEvent> a, List<DatedEvent> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Step> steps = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                steps.add(new Step(a.get(i), true, true));
                i++;
                j++;
            } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
                steps.add(new Step(a.get(i), true, false));
                i++;
            } else {
                steps.add(new Step(b.get(j), false, true));
                j++;
            }
        }
        return steps;
    }

    private List<DatedEvent> mixEvents(Set<Group> moved) {
        List<DatedEvent> mixed = new ArrayList<>();
        for (Step step : events) {
            if (step.inBase() && step.inAlternative()) {
                mixed.add(step.event());
                continue;
            }
            Map<Group, DatedEvent> parts = parts(step.event());
            List<DatedEvent> there = new ArrayList<>();
            parts.forEach((group, part) -> {
                if (moved.contains(group) == step.inAlternative()) {
                    there.add(part);
                }
            });
            if (there.size() == parts.size()) {
                mixed.add(step.event());
            } else {
                mixed.addAll(there);
            }
        }
        return mixed;
    }

    /** An event by lever. Goodwill of a package acts as diplomacy of the same weight does. */
    private static Map<Group, DatedEvent> parts(DatedEvent event) {
        Map<Group, DatedEvent> parts = new EnumMap<>(Group.class);
        if (event.what() instanceof Intervention.Package p && p.goodwill() != 0) {
            parts.put(Group.PRICE, with(event, new Intervention.Package(p.by(), p.nations(), p.discount(), 0)));
            parts.put(Group.REST, with(event, new Intervention.Diplomacy(p.by(), p.nations(), p.goodwill())));
        } else {
            parts.put(event.what().group(), event);
        }
        return parts;
    }

    private static DatedEvent with(DatedEvent event, Intervention what) {
        return new DatedEvent(event.month(), event.months(), what, event.title(), event.source(), event.observed());
    }

    // Nations and labs ------------------------------------------------------------------------------------------------

    private static <T extends Record> List<T> mix(
            List<T> a, List<T> b, Function<T, String> key, Map<String, Group> levers, Set<Group> moved) {
        Map<String, T> inBase = byKey(a, key);
        Map<String, T> inAlternative = byKey(b, key);
        List<T> mixed = new ArrayList<>();
        for (T one : moved.contains(Group.REST) ? b : a) {
            T x = inBase.get(key.apply(one));
            T y = inAlternative.get(key.apply(one));
            mixed.add(x == null ? y : y == null ? x : mix(x, y, levers, moved));
        }
        return mixed;
    }

    private static <T> Map<String, T> byKey(List<T> all, Function<T, String> key) {
        Map<String, T> byKey = new LinkedHashMap<>();
        all.forEach(one -> byKey.put(key.apply(one), one));
        return byKey;
    }

    /** Whether two values are alike; arrays are if what is in them is. */
    private static boolean alike(Object x, Object y) {
        return x instanceof double[] a && y instanceof double[] b ? Arrays.equals(a, b) : Objects.equals(x, y);
    }

    /** Mixes two records: each component is that of the alternative if its lever has moved. */
    private static <T extends Record> T mix(T a, T b, Map<String, Group> levers, Set<Group> moved) {
        RecordComponent[] components = a.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean move = moved.contains(levers.getOrDefault(components[i].getName(), Group.REST));
            values[i] = read(components[i], move ? b : a);
        }
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) a.getClass();
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + a.getClass().getSimpleName(), e);
        }
    }

    private static Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName(), e);
        }
    }

    /** Levers of the components in which two records differ. */
    private static Set<Group> groups(Record a, Record b, Map<String, Group> levers) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        for (RecordComponent component : a.getClass().getRecordComponents()) {
            if (!alike(read(component, a), read(component, b))) {
                groups.add(levers.getOrDefault(component.getName(), Group.REST));
            }
        }
        return groups;
    }

    // What differs ----------------------------------------------------------------------------------------------------

    private void note(Group group, String what) {
        differences.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(what);
    }

    private void collect() {
        WorldSpec a = base.spec();
        WorldSpec b = alternative.spec();
        a.space().entries().forEach((name, entry) -> {
            double from = a.overrides().getOrDefault(name, entry.baseline());
            double to = b.overrides().getOrDefault(name, entry.baseline());
            if (from != to) {
                note(entry.group(), name + " " + text(from) + " to " + text(to));
            }
        });
        for (Step step : events) {
            if (step.inBase() != step.inAlternative()) {
                String words = Months.text(step.event().month()) + " "
                        + step.event().what().key() + ": " + step.event().title();
                String what = (step.inBase() ? "without " : "")
                        + (words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + " …" : words);
                parts(step.event()).keySet().forEach(group -> note(group, what));
            }
        }
        compare(a.nations(), b.nations(), NationFacts::iso3, "nation", OF_NATIONS);
        compare(a.labs(), b.labs(), LabSpec::name, "lab", OF_LABS);
        noteIf(a.ownOffers() != b.ownOffers(), Group.REST, "ownOffers");
        noteIf(a.dataEnd() != b.dataEnd(), Group.REST, "history or its end");
    }

    private void noteIf(boolean differs, Group group, String what) {
        if (differs) {
            note(group, what);
        }
    }

    private <T extends Record> void compare(
            List<T> a, List<T> b, Function<T, String> key, String kind, Map<String, Group> levers) {
        Map<String, T> inBase = byKey(a, key);
        Map<String, T> inAlternative = byKey(b, key);
        inBase.forEach((name, x) -> {
            T y = inAlternative.get(name);
            if (y == null) {
                note(Group.REST, "without " + kind + " " + name);
            } else {
                groups(x, y, levers).forEach(group -> note(group, kind + " " + name));
            }
        });
        inAlternative.keySet().stream()
                .filter(name -> !inBase.containsKey(name))
                .forEach(name -> note(Group.REST, kind + " " + name));
    }

    private static String text(double value) {
        return Numbers.text(Numbers.shortest(value));
    }
}
