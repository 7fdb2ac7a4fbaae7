package twostacks.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import twostacks.input.Fields;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Values;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Field;
import twostacks.policy.Intervention;
import twostacks.policy.Levers;

/**
 * How interventions stand in files: everything is read off the records nested in {@link Intervention} and their
 * {@link Field} annotations, so that an instrument added there can be written, checked and listed at once.
 *
 * <p>Names of labs and nations that are known and not part of the scenario are dropped; an intervention of which nobody
 * is left does not take place.
 */
final class EventFormat {
    private static final String NONE = "none";
    private static final String REQUIRED = "required";

    private static final List<Kind> KINDS = readKinds();

    /** Stands for a component that is missing or wrong. */
    private static final Object MISSING = new Object();

    private EventFormat() {}

    /**
     * A kind of intervention.
     *
     * @param key name in files
     * @param type its record
     * @param components its components in order
     * @param once whether it happens in its first month only
     */
    record Kind(String key, Class<?> type, List<Component> components, boolean once) {
        /** The number that a table's column {@code value} holds; null if the kind has none. */
        Component principal() {
            return components.stream()
                    .filter(c -> c.type() == double.class)
                    .findFirst()
                    .orElse(null);
        }

        boolean has(String component) {
            return components.stream().anyMatch(c -> c.name().equals(component));
        }
    }

    /**
     * A component of a kind.
     *
     * @param name name in files
     * @param column name of its column in a table: {@code noticeMonths} stands under {@code notice_months}
     * @param type its type
     * @param element type of a list's elements, else the type itself
     * @param field what it means
     * @param record the record's component
     */
    record Component(String name, String column, Class<?> type, Class<?> element, Field field, RecordComponent record) {
        boolean isList() {
            return type == List.class;
        }

        boolean required() {
            return field.orElse().equals(REQUIRED);
        }
    }

    /**
     * The names that a scenario's events may use.
     *
     * @param labs labs of the scenario, each with its bloc
     * @param knownLabs all labs there are, in the scenario or not
     * @param nations nations of the scenario
     * @param knownNations all nations there are
     * @param codeOf finds the code of a nation that was named otherwise; empty for none
     * @param space parameters and segments
     * @param observed whether the events are observed ones: segments are then the default ones
     */
    record Names(
            Map<String, Bloc> labs,
            Collection<String> knownLabs,
            Collection<String> nations,
            Collection<String> knownNations,
            java.util.function.UnaryOperator<String> codeOf,
            ParameterSpace space,
            boolean observed) {}

    /** All kinds in the order of their declaration. */
    static List<Kind> kinds() {
        return KINDS;
    }

    private static List<Kind> readKinds() {
        List<Kind> kinds = new ArrayList<>();
        for (Class<?> type : Intervention.class.getPermittedSubclasses()) {
            String simple = type.getSimpleName();
            String key = Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
            List<Component> components = new ArrayList<>();
            for (RecordComponent record : type.getRecordComponents()) {
                boolean list = record.getType() == List.class;
                Class<?> element = list
                        ? (Class<?>) ((ParameterizedType) record.getGenericType()).getActualTypeArguments()[0]
                        : record.getType();
                components.add(new Component(
                        record.getName(),
                        column(record.getName()),
                        record.getType(),
                        element,
                        record.getAnnotation(Field.class),
                        record));
            }
            kinds.add(new Kind(key, type, List.copyOf(components), once(type)));
        }
        return List.copyOf(kinds);
    }

    static Kind kind(String key) {
        return KINDS.stream().filter(k -> k.key().equals(key)).findFirst().orElse(null);
    }

    private static String column(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static boolean once(Class<?> type) {
        try {
            return type.getMethod("apply", Levers.class).getDeclaringClass() == Intervention.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a constant stands in files: the powers in capitals, all others small. */
    static String text(Enum<?> constant) {
        return constant == Bloc.US || constant == Bloc.CN
                ? constant.name()
                : constant.name().toLowerCase(Locale.ROOT);
    }

    static List<String> texts(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> text((Enum<?>) c))
                .toList();
    }

    /**
     * Reads an intervention.
     *
     * @return the intervention; null if it is wrong, with the problems noted, or if nobody is left in it
     */
    static Intervention read(Kind kind, Fields fields, Place place, Names names, Problems problems) {
        int before = problems.count();
        Object[] values = new Object[kind.components().size()];
        boolean moot = false;
        for (int i = 0; i < values.length; i++) {
            Component component = kind.components().get(i);
            Node node = component.required() ? fields.require(component.name()) : fields.get(component.name());
            String path = fields.path(component.name());
            if (component.isList()) {
                List<Object> elements = elements(component, node, path, names, problems);
                moot |= elements.isEmpty()
                        && !Values.items(node, path, new Problems()).isEmpty();
                if (component.required() && elements.isEmpty() && !moot && node != null && problems.count() == before) {
                    problems.add(node.place(), path, path + " is an empty list", "at least one of them");
                }
                values[i] = elements;
            } else {
                values[i] = single(component, node, path, names, problems);
                moot |= component.field().names() == Field.Names.LABS
                        && values[i] != null
                        && !names.labs().containsKey(values[i]);
            }
        }
        check(kind, values, fields, names, problems);
        if (problems.count() > before || moot || Arrays.stream(values).anyMatch(v -> v == MISSING)) {
            return null;
        }
        return make(kind, values, place, fields, problems);
    }

    private static Object single(Component component, Node node, String path, Names names, Problems problems) {
        boolean absent = node == null || !component.required() && Values.is(node, NONE);
        Class<?> type = component.type();
        Field field = component.field();
        if (absent && component.required()) {
            return MISSING;
        }
        if (type == double.class) {
            if (absent) {
                return field.orElse().isEmpty() ? Double.NaN : Double.parseDouble(field.orElse());
            }
            Double number = Values.number(node, path, field.min(), field.max(), problems);
            return number == null ? MISSING : number;
        }
        if (type == int.class) {
            if (absent) {
                return Integer.parseInt(field.orElse());
            }
            int min = (int) Math.max(field.min(), Integer.MIN_VALUE);
            int max = (int) Math.min(field.max(), Integer.MAX_VALUE);
            Integer whole = Values.whole(node, path, min, max, problems);
            return whole == null ? MISSING : whole;
        }
        if (type == boolean.class) {
            if (absent) {
                return Boolean.parseBoolean(field.orElse());
            }
            Boolean truth = Values.truth(node, path, problems);
            return truth == null ? MISSING : truth;
        }
        if (absent) {
            return type == String.class ? field.orElse() : null;
        }
        Object value = element(component, node, path, names, problems);
        return value == null ? MISSING : value;
    }

    private static List<Object> elements(Component component, Node node, String path, Names names, Problems problems) {
        LinkedHashSet<Object> elements = new LinkedHashSet<>();
        List<Node> items = Values.items(node, path, problems);
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            String at = path + "[" + i + "]";
            if (names.observed() && component.field().names() == Field.Names.SEGMENTS) {
                elements.addAll(segmentsLike(item, at, names, problems));
                continue;
            }
            Object element = element(component, item, at, names, problems);
            if (element != null && !inScenario(component, element, names)) {
                continue;
            }
            if (element != null && !elements.add(element)) {
                problems.add(item.place(), at, "'" + ((Node.Scalar) item).text() + "' stands here again", "each once");
            }
        }
        return List.copyOf(elements);
    }

    private static boolean inScenario(Component component, Object element, Names names) {
        return switch (component.field().names()) {
            case LABS -> names.labs().containsKey(element);
            case NATIONS -> names.nations().contains(element);
            default -> true;
        };
    }

    private static List<String> segmentsLike(Node node, String path, Names names, Problems problems) {
        String like = Values.oneOf(node, path, "a segment", Key.SEGMENT.names(), problems);
        return names.space().segments().stream()
                .filter(s -> s.like().equals(like))
                .map(ParameterSpace.Segment::name)
                .toList();
    }

    private static Object element(Component component, Node node, String path, Names names, Problems problems) {
        if (component.element().isEnum()) {
            return constant(component.element(), node, path, problems);
        }
        return switch (component.field().names()) {
            case LABS -> Values.oneOf(node, path, "a lab of the scenario", names.knownLabs(), problems);
            case NATIONS -> nation(node, path, names.knownNations(), names.codeOf(), problems);
            case TIERS -> Values.oneOf(node, path, "a tier", tiers(), problems);
            case SEGMENTS ->
                Values.oneOf(
                        node, path, "a segment of the scenario", names.space().names(Key.SEGMENT), problems);
            case PARAMETER ->
                Values.oneOf(
                        node,
                        path,
                        "a parameter as 'params list' prints them",
                        names.space().entries().keySet(),
                        problems);
            case NONE -> Values.text(node, path, problems);
        };
    }

    static List<String> tiers() {
        LinkedHashSet<String> tiers = new LinkedHashSet<>(Key.US_TARGET_TIER.names());
        tiers.addAll(Key.CN_TARGET_TIER.names());
        return List.copyOf(tiers);
    }

    static String nation(
            Node node,
            String path,
            Collection<String> known,
            java.util.function.UnaryOperator<String> codeOf,
            Problems problems) {
        String text = Values.text(node, path, problems);
        if (text == null || known.contains(text)) {
            return text;
        }
        problems.add(
                node.place(),
                path,
                "no nation has the code '" + text + "'",
                "an ISO 3166 alpha-3 code",
                codeOf.apply(text));
        return null;
    }

    private static Object constant(Class<?> type, Node node, String path, Problems problems) {
        String text = Values.text(node, path, problems);
        if (text == null) {
            return null;
        }
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        problems.addUnknown(node.place(), path, path + " is '" + text + "'", text, "another word", texts(type));
        return null;
    }

    /** What must hold between components. */
    private static void check(Kind kind, Object[] values, Fields fields, Names names, Problems problems) {
        Bloc power = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Bloc bloc) {
                power = bloc;
            }
        }
        for (int i = 0; i < values.length; i++) {
            Component component = kind.components().get(i);
            if (component.field().names() == Field.Names.TIERS && power != null) {
                checkTiers(component, (List<?>) values[i], power, fields, problems);
            } else if (component.field().names() == Field.Names.LABS && component.isList() && power != null) {
                checkLabs((List<?>) values[i], fields.get(component.name()), fields, component, power, names, problems);
            } else if (component.field().names() == Field.Names.PARAMETER && values[i] instanceof String name) {
                checkParameter(kind, values, name, fields, names, problems);
            }
        }
    }

    private static void checkTiers(Component component, List<?> tiers, Bloc power, Fields fields, Problems problems) {
        if (power == Bloc.OTHER) {
            problems.add(
                    fields.get("by").place(), fields.path("by"), fields.path("by") + " is 'other'", "one of US, CN");
            return;
        }
        List<String> targets = (power == Bloc.US ? Key.US_TARGET_TIER : Key.CN_TARGET_TIER).names();
        for (Object tier : tiers) {
            if (!targets.contains(tier)) {
                problems.add(
                        fields.get(component.name()).place(),
                        fields.path(component.name()),
                        "'" + tier + "' is no target of " + text(power) + ", being its home",
                        Problems.oneOf(targets));
            }
        }
    }

    private static void checkLabs(
            List<?> labs, Node node, Fields fields, Component component, Bloc power, Names names, Problems problems) {
        for (Object lab : labs) {
            Bloc home = names.labs().get(lab);
            if (home != null && home != power && node != null) {
                problems.add(
                        node.place(),
                        fields.path(component.name()),
                        "'" + lab + "' is no lab of " + text(power),
                        Problems.oneOf(names.labs().entrySet().stream()
                                .filter(e -> e.getValue() == power)
                                .map(Map.Entry::getKey)
                                .toList()));
            }
        }
    }

    private static void checkParameter(
            Kind kind, Object[] values, String name, Fields fields, Names names, Problems problems) {
        ParameterSpace.Entry entry = names.space().entries().get(name);
        for (int i = 0; i < values.length; i++) {
            if (entry != null && values[i] instanceof Double value && !entry.allows(value)) {
                String component = kind.components().get(i).name();
                problems.add(
                        fields.get(component).place(),
                        fields.path(component),
                        name + " is " + Numbers.text(value),
                        ParameterReader.allowed(entry));
            }
        }
    }

    private static Intervention make(Kind kind, Object[] values, Place place, Fields fields, Problems problems) {
        try {
            Class<?>[] types = kind.components().stream().map(Component::type).toArray(Class<?>[]::new);
            return (Intervention) kind.type().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            problems.add(place, fields.path("do"), e.getCause().getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + kind.key(), e);
        }
    }

    /** The components of an intervention as they stand in a file, every one of them. */
    static Map<String, Object> write(Intervention intervention) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Component component : kind(intervention.key()).components()) {
            Object value;
            try {
                value = component.record().getAccessor().invoke(intervention);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component.name(), e);
            }
            written.put(component.name(), written(value));
        }
        return written;
    }

    private static Object written(Object value) {
        if (value == null || value instanceof Double number && number.isNaN()) {
            return Yaml.NONE;
        }
        if (value instanceof Enum<?> constant) {
            return text(constant);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(EventFormat::written).toList();
        }
        return value;
    }
}
