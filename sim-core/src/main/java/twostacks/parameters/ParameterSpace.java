package twostacks.parameters;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The registry of all parameters, read off the annotations of {@link ModelParameters}: what there is, within which
 * bounds, and how to make a set of values from the baseline and overrides by dotted name.
 *
 * <p>A keyed parameter has one entry per key, {@code section.component.key}. The segments are the scenario's: a segment
 * that is not one of the four default ones takes baseline and bounds from the default segment it is said to be like.
 */
public final class ParameterSpace {

    /**
     * A segment of adopters: its name, and the default segment whose baselines it starts from.
     *
     * @param name name as it appears in files
     * @param like one of {@link Key#SEGMENT}'s default names
     */
    public record Segment(String name, String like) {
        /** Checks the base segment's name. */
        public Segment {
            if (!Key.SEGMENT.names().contains(like)) {
                throw new IllegalArgumentException(
                        "segment " + name + " is like '" + like + "', which is none of " + Key.SEGMENT.names());
            }
        }
    }

    /** The kind of number a parameter takes. */
    public enum Type {
        /** A whole number. */
        INTEGER,
        /** A real number. */
        NUMBER
    }

    /**
     * One scalar of the registry.
     *
     * @param name dotted name, with its key if there is one
     * @param family dotted name without the key
     * @param key key, or empty
     * @param by what there is one value for
     * @param section title of its section
     * @param group lever for attribution
     * @param type kind of number
     * @param meaning meaning as a phrase
     * @param unit unit
     * @param baseline value unless a scenario says otherwise
     * @param low lower end of the plausible range
     * @param high upper end of the plausible range
     * @param min least value allowed
     * @param max greatest value allowed
     * @param basis how the baseline was arrived at
     * @param source where it comes from
     * @param choices names of its values 0, 1, …, if it is a choice; else empty
     */
    public record Entry(
            String name,
            String family,
            String key,
            Key by,
            String section,
            Group group,
            Type type,
            String meaning,
            String unit,
            double baseline,
            double low,
            double high,
            double min,
            double max,
            Basis basis,
            String source,
            List<String> choices) {

        /** Copies the list. */
        public Entry {
            choices = List.copyOf(choices);
        }

        /**
         * Whether the equations allow a value.
         *
         * @param value candidate
         * @return true if finite, within bounds, and whole where it must be
         */
        public boolean allows(double value) {
            return value >= min && value <= max && (type == Type.NUMBER || value == Math.rint(value));
        }
    }

    /**
     * Values that are allowed one by one and not together.
     *
     * @param names dotted names of the parameters, at least one
     * @param message what is wrong, as a clause
     * @param allowed what would be right, as a phrase
     */
    public record Conflict(List<String> names, String message, String allowed) {
        /** Copies the list. */
        public Conflict {
            names = List.copyOf(names);
        }
    }

    /** Sums are compared to within this. */
    private static final double SUM_TOLERANCE = 1e-9;

    /** The default segments. */
    public static final List<Segment> DEFAULT_SEGMENTS =
            Key.SEGMENT.names().stream().map(n -> new Segment(n, n)).toList();

    private final List<Segment> segments;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * The registry for a scenario's segments.
     *
     * @param segments segments in the scenario's order, at least one, names distinct
     */
    public ParameterSpace(List<Segment> segments) {
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a world needs at least one segment");
        }
        this.segments = List.copyOf(segments);
        for (RecordComponent section : ModelParameters.class.getRecordComponents()) {
            for (RecordComponent component : section.getType().getRecordComponents()) {
                addEntries(section, component);
            }
        }
    }

    /**
     * Whether a parameter is read once, at the start of a run.
     *
     * @param name dotted name, with or without its key
     * @return true if no event may change it
     */
    public static boolean fixedAtStart(String name) {
        for (RecordComponent section : ModelParameters.class.getRecordComponents()) {
            for (RecordComponent component : section.getType().getRecordComponents()) {
                String family = section.getName() + "." + component.getName();
                if (name.equals(family) || name.startsWith(family + ".")) {
                    return component.getAnnotation(Parameter.class).fixedAtStart();
                }
            }
        }
        return false;
    }

    /**
     * The lever that a parameter belongs to.
     *
     * @param name dotted name, with or without its key
     * @return its lever; {@link Group#REST} if there is no such parameter
     */
    public static Group group(String name) {
        for (RecordComponent section : ModelParameters.class.getRecordComponents()) {
            Section s = section.getType().getAnnotation(Section.class);
            for (RecordComponent component : section.getType().getRecordComponents()) {
                String family = section.getName() + "." + component.getName();
                if (name.equals(family) || name.startsWith(family + ".")) {
                    Group[] own = component.getAnnotation(Parameter.class).group();
                    return own.length == 0 ? s.group() : own[0];
                }
            }
        }
        return Group.REST;
    }

    /**
     * The registry for the default segments.
     *
     * @return a registry
     */
    public static ParameterSpace ofDefaults() {
        return new ParameterSpace(DEFAULT_SEGMENTS);
    }

    /**
     * The segments this registry was made for.
     *
     * @return segments in order
     */
    public List<Segment> segments() {
        return segments;
    }

    /**
     * All scalars, in the order of their declaration.
     *
     * @return entries by dotted name
     */
    public Map<String, Entry> entries() {
        return java.util.Collections.unmodifiableMap(entries);
    }

    /**
     * The names of a key's values in this registry.
     *
     * @param by key
     * @return names in the order of values
     */
    public List<String> names(Key by) {
        return by == Key.SEGMENT ? segments.stream().map(Segment::name).toList() : by.names();
    }

    /**
     * Parameters from the baseline and overrides. What must hold between them is not looked at: {@link #conflicts}.
     *
     * @param overrides values by dotted name, key included
     * @return the parameters
     * @throws IllegalArgumentException naming the first override that is unknown or out of bounds
     */
    public ModelParameters with(Map<String, Double> overrides) {
        for (Map.Entry<String, Double> override : overrides.entrySet()) {
            Entry entry = entries.get(override.getKey());
            if (entry == null) {
                throw new IllegalArgumentException("no parameter is called " + override.getKey());
            }
            if (!entry.allows(override.getValue())) {
                throw new IllegalArgumentException(override.getKey() + " = " + override.getValue() + " is outside ["
                        + entry.min() + ", " + entry.max() + "]");
            }
        }
        RecordComponent[] sections = ModelParameters.class.getRecordComponents();
        Object[] parts = new Object[sections.length];
        for (int i = 0; i < sections.length; i++) {
            parts[i] = section(sections[i], overrides);
        }
        return (ModelParameters) construct(ModelParameters.class, sections, parts);
    }

    /**
     * What must hold between parameters and does not: the shares of segments sum to 1, what pulls at trust to at most 1,
     * a lower end is at most the upper one, and adopters who are counted have no peers that matter.
     *
     * @param overrides values by dotted name, each known and within its bounds
     * @return conflicts; empty if there are none
     */
    public List<Conflict> conflicts(Map<String, Double> overrides) {
        List<Conflict> conflicts = new ArrayList<>();
        List<String> shares = names(Key.SEGMENT).stream()
                .map(s -> "population.segmentShare." + s)
                .toList();
        double all = sum(shares, overrides);
        if (Math.abs(all - 1) > SUM_TOLERANCE) {
            String message = "the shares of " + String.join(", ", names(Key.SEGMENT)) + " sum to " + text(all);
            conflicts.add(new Conflict(shares, message, "a sum of 1"));
        }
        List<String> pulls = List.of("trust.anchorPull", "trust.networkPull", "trust.usagePull");
        double pull = sum(pulls, overrides);
        if (pull > 1 + SUM_TOLERANCE) {
            String message = "trust.anchorPull, trust.networkPull and trust.usagePull sum to " + text(pull);
            conflicts.add(new Conflict(pulls, message, "a sum of at most 1, so that trust stays between 0 and 1"));
        }
        ordered("choice.nestDissimilarity", "choice.useDissimilarity", overrides, conflicts);
        ordered("price.markupMin", "price.markupMax", overrides, conflicts);
        ordered("exportControl.adaptiveTighten", "exportControl.adaptiveRelax", overrides, conflicts);
        boolean counted = value("population.mode", overrides) == ModelParameters.EXACT_COUNTS;
        if (counted
                && value("choice.peerWeight", overrides) > 0
                && value("population.peers", overrides) > 0
                && names(Key.SEGMENT).stream().anyMatch(s -> value("choice.social." + s, overrides) > 0)) {
            String message = "population.mode is exact-counts, and choice.peerWeight "
                    + text(value("choice.peerWeight", overrides))
                    + ": adopters who look at peers of their own are not exchangeable and cannot be counted";
            conflicts.add(new Conflict(
                    List.of("population.mode", "choice.peerWeight"),
                    message,
                    "choice.peerWeight: 0 with exact-counts, or population.mode: individuals"));
        }
        return conflicts;
    }

    private double sum(List<String> names, Map<String, Double> overrides) {
        double sum = 0;
        for (String name : names) {
            sum += value(name, overrides);
        }
        return sum;
    }

    private void ordered(String low, String high, Map<String, Double> overrides, List<Conflict> conflicts) {
        double least = value(low, overrides);
        double most = value(high, overrides);
        if (least > most) {
            String message = low + " is " + text(least) + " and " + high + " " + text(most);
            conflicts.add(new Conflict(List.of(low, high), message, low + " to be at most " + high));
        }
    }

    /** A number for people, at most nine decimals. */
    private static String text(double value) {
        BigDecimal rounded = new BigDecimal(value).setScale(9, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Two registries are equal if they are for the same segments: all else is the same in each. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterSpace space && segments.equals(space.segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    /**
     * The values of a set of parameters, by dotted name, in the order of their declaration.
     *
     * @param parameters parameters made by this registry
     * @return values by dotted name
     */
    public Map<String, Double> values(ModelParameters parameters) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (RecordComponent section : ModelParameters.class.getRecordComponents()) {
            Object record = read(section, parameters);
            for (RecordComponent component : section.getType().getRecordComponents()) {
                String family = section.getName() + "." + component.getName();
                Object value = read(component, record);
                if (value instanceof double[] array) {
                    List<String> names =
                            names(component.getAnnotation(Parameter.class).by());
                    for (int k = 0; k < array.length; k++) {
                        values.put(family + "." + names.get(k), array[k]);
                    }
                } else {
                    values.put(family, ((Number) value).doubleValue());
                }
            }
        }
        return values;
    }

    private void addEntries(RecordComponent section, RecordComponent component) {
        Parameter p = component.getAnnotation(Parameter.class);
        Section s = section.getType().getAnnotation(Section.class);
        String family = section.getName() + "." + component.getName();
        Type type = component.getType() == int.class ? Type.INTEGER : Type.NUMBER;
        Group group = p.group().length == 0 ? s.group() : p.group()[0];
        List<String> names = p.by() == Key.NONE ? List.of("") : names(p.by());
        for (int k = 0; k < names.size(); k++) {
            int at = p.by() == Key.SEGMENT
                    ? Key.SEGMENT.names().indexOf(segments.get(k).like())
                    : k;
            String name = p.by() == Key.NONE ? family : family + "." + names.get(k);
            Basis basis = p.basis().length == 1 ? p.basis()[0] : p.basis()[at];
            entries.put(
                    name,
                    new Entry(
                            name,
                            family,
                            names.get(k),
                            p.by(),
                            s.title(),
                            group,
                            type,
                            p.meaning(),
                            p.unit(),
                            at(p.baseline(), at),
                            at(p.low(), at),
                            at(p.high(), at),
                            p.min(),
                            p.max(),
                            basis,
                            p.source(),
                            List.of(p.choices())));
        }
    }

    private Object section(RecordComponent section, Map<String, Double> overrides) {
        RecordComponent[] components = section.getType().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String family = section.getName() + "." + components[i].getName();
            Key by = components[i].getAnnotation(Parameter.class).by();
            if (by == Key.NONE) {
                double value = value(family, overrides);
                if (components[i].getType() == int.class) {
                    values[i] = (int) value;
                } else {
                    values[i] = value;
                }
            } else {
                values[i] = names(by).stream()
                        .mapToDouble(n -> value(family + "." + n, overrides))
                        .toArray();
            }
        }
        return construct(section.getType(), components, values);
    }

    private double value(String name, Map<String, Double> overrides) {
        Double override = overrides.get(name);
        return override == null ? entries.get(name).baseline() : override;
    }

    private static double at(double[] array, int index) {
        return array.length == 1 ? array[0] : array[index];
    }

    private static Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component.getName(), e);
        }
    }

    private static Object construct(Class<?> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types = new ArrayList<Class<?>>(java.util.Arrays.stream(components)
                        .map(RecordComponent::getType)
                        .toList())
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
        }
    }
}
