package twostacks.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import twostacks.facts.NationTable;
import twostacks.input.Numbers;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Field;

/**
 * JSON Schema (2020-12) of scenario files, for editors: made from the registry of parameters and from the interventions,
 * so that it says what {@link ScenarioLoader} accepts. The loader checks more: names, sums, places.
 */
public final class Schemas {
    /** What a month looks like, as a regular expression. */
    public static final String MONTH = "^\\d{4}-(0[1-9]|1[0-2])$";

    private static final String NUMBER_WITH = "^\\s*[-+.0-9eE]+\\s+";
    private static final String DESCRIPTION = "description";

    private final JsonNodeFactory json = JsonNodeFactory.instance;

    private Schemas() {}

    /**
     * The schema of scenario files.
     *
     * @return JSON, indented
     */
    public static String scenario() {
        return new Schemas().root().toPrettyString() + "\n";
    }

    private ObjectNode root() {
        ObjectNode schema = json.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "twostacks scenario");
        object(schema, "A scenario: what differs from the one it extends, or from the defaults.");
        schema.putArray("required").add("name");
        ObjectNode properties = schema.putObject("properties");
        Map<String, ObjectNode> keys = new LinkedHashMap<>();
        keys.put("name", pattern(ScenarioLoader.NAME, "name in files and folders"));
        keys.put("extends", text("bundled name, or a file in this file's folder or below"));
        keys.put(DESCRIPTION, text("what it assumes, for people"));
        keys.put("hypothesis", text("what a run may refute: column, direction, month"));
        keys.put("horizon", horizon());
        keys.put("seed", whole(0, 9.007199254740992e15, "seed unless the command line says otherwise"));
        keys.put(
                "history",
                choice(
                        List.of("observed", "endogenous"),
                        "whether releases and prices until dataEnd are observed or made by the equations"));
        keys.put("dataEnd", month("first month that is not observed any more"));
        keys.put("parameters", parameters());
        keys.put("segments", segments());
        keys.put("nations", nations());
        keys.put("labs", labs());
        keys.put("labsOnly", list(text("a lab"), "these labs only, in this order"));
        keys.put("models", file("table of releases: bundled, none, or a CSV file of the same columns"));
        keys.put("observedEvents", observedEvents());
        keys.put("inheritEvents", truth("false drops the events of what this extends"));
        keys.put("events", list(event(), "what happens, after the events of what this extends"));
        keys.put("ownOffers", truth("whether nations may have models of their own"));
        keys.put("mirrored", truth("whether draws are those of the mirror image in which the powers change sides"));
        keys.put("provenance", provenance());
        keys.put("imputed", list(text("nation and figure"), "figures that are medians instead of observations"));
        keys.forEach(properties::set);
        return schema;
    }

    // Kinds of values

    private ObjectNode described(String type, String meaning) {
        ObjectNode node = json.objectNode();
        node.put("type", type);
        node.put(DESCRIPTION, meaning);
        return node;
    }

    private ObjectNode object(ObjectNode node, String meaning) {
        node.putArray("type").add("object").add("null");
        node.put(DESCRIPTION, meaning);
        node.put("additionalProperties", false);
        return node;
    }

    private ObjectNode text(String meaning) {
        // Whatever stands without quotes is a text where a text is asked for.
        ObjectNode node = json.objectNode();
        node.putArray("type").add("string").add("number").add("boolean");
        node.put(DESCRIPTION, meaning);
        return node;
    }

    private ObjectNode pattern(Pattern pattern, String meaning) {
        ObjectNode node = described("string", meaning);
        node.put("pattern", "^(" + pattern.pattern() + ")$");
        return node;
    }

    private ObjectNode month(String meaning) {
        ObjectNode node = described("string", meaning);
        node.put("pattern", MONTH);
        return node;
    }

    private ObjectNode truth(String meaning) {
        return described("boolean", meaning);
    }

    private ObjectNode number(double min, double max, String meaning) {
        ObjectNode node = described("number", meaning);
        bounds(node, min, max);
        return node;
    }

    private ObjectNode whole(double min, double max, String meaning) {
        ObjectNode node = described("integer", meaning);
        bounds(node, min, max);
        return node;
    }

    private static void bounds(ObjectNode node, double min, double max) {
        if (Double.isFinite(min)) {
            node.put("minimum", Numbers.shortest(min));
        }
        if (Double.isFinite(max)) {
            node.put("maximum", Numbers.shortest(max));
        }
    }

    private ObjectNode choice(Collection<String> words, String meaning) {
        ObjectNode node = json.objectNode();
        node.put(DESCRIPTION, meaning);
        ArrayNode allowed = node.putArray("enum");
        for (String word : words) {
            allowed.add(word);
            if (Numbers.parse(word) != null) {
                allowed.add(Integer.parseInt(word));
            }
        }
        return node;
    }

    private ObjectNode orNone(ObjectNode node) {
        ObjectNode either = json.objectNode();
        either.set(DESCRIPTION, node.remove(DESCRIPTION));
        ArrayNode any = either.putArray("anyOf");
        any.add(node);
        any.addObject().put("const", "none");
        return either;
    }

    private ObjectNode list(ObjectNode item, String meaning) {
        ObjectNode node = json.objectNode();
        node.putArray("type").add("array").add("null");
        node.put(DESCRIPTION, meaning);
        node.set("items", item);
        return node;
    }

    private ObjectNode file(String meaning) {
        ObjectNode node = object(json.objectNode(), meaning);
        node.putObject("properties").set("file", text("bundled, none, or a CSV file"));
        return node;
    }

    private ObjectNode open(ObjectNode values, String names, String meaning) {
        ObjectNode node = object(json.objectNode(), meaning);
        node.putObject("patternProperties").set(names, values);
        return node;
    }

    // Sections of the file

    private ObjectNode horizon() {
        ObjectNode node = object(json.objectNode(), "the time simulated");
        ObjectNode properties = node.putObject("properties");
        properties.set("start", month("first month"));
        properties.set("months", whole(1, 1200, "number of months"));
        return node;
    }

    private ObjectNode segments() {
        ObjectNode segment = object(json.objectNode(), "a segment of adopters");
        segment.putObject("properties")
                .set("like", choice(Key.SEGMENT.names(), "default segment whose baselines it starts from"));
        segment.putArray("required").add("like");
        return open(
                segment,
                "^" + ScenarioLoader.SEGMENT.pattern() + "$",
                "segments in place of the default ones; population.segmentShare must then sum to 1");
    }

    private ObjectNode parameters() {
        ObjectNode node = object(json.objectNode(), "values of parameters, by dotted name or nested");
        ObjectNode properties = node.putObject("properties");
        ObjectNode patterns = node.putObject("patternProperties");
        Map<String, ObjectNode> sections = new LinkedHashMap<>();
        Map<String, ObjectNode> families = new LinkedHashMap<>();
        for (ParameterSpace.Entry entry : ParameterSpace.ofDefaults().entries().values()) {
            int point = entry.family().indexOf('.');
            String section = entry.family().substring(0, point);
            String component = entry.family().substring(point + 1);
            ObjectNode inSection = sections.computeIfAbsent(section, s -> object(json.objectNode(), entry.section()));
            ObjectNode value = value(entry);
            if (entry.by() == Key.NONE) {
                properties.set(entry.name(), value);
                inSection.withObject("/properties").set(component, value);
                continue;
            }
            ObjectNode family =
                    families.computeIfAbsent(entry.family(), f -> object(json.objectNode(), entry.meaning()));
            properties.set(entry.family(), family);
            inSection.withObject("/properties").set(component, family);
            if (entry.by() == Key.SEGMENT) {
                String name = ScenarioLoader.SEGMENT.pattern();
                patterns.set("^" + literal(entry.family()) + "\\." + name + "$", value);
                inSection.withObject("/patternProperties").set("^" + component + "\\." + name + "$", value);
                family.withObject("/patternProperties").set("^" + name + "$", value);
            } else {
                properties.set(entry.name(), value);
                inSection.withObject("/properties").set(component + "." + entry.key(), value);
                family.withObject("/properties").set(entry.key(), value);
            }
        }
        sections.forEach(properties::set);
        return node;
    }

    private ObjectNode value(ParameterSpace.Entry entry) {
        String baseline = entry.by() == Key.SEGMENT ? "" : ", baseline " + Numbers.text(entry.baseline());
        String plausible = entry.by() == Key.SEGMENT
                ? ""
                : ", plausible " + Numbers.text(entry.low()) + " to " + Numbers.text(entry.high());
        ObjectNode node = json.objectNode();
        node.put(DESCRIPTION, entry.meaning() + " [" + entry.unit() + "]" + baseline + plausible);
        ArrayNode any = node.putArray("anyOf");
        if (!entry.choices().isEmpty()) {
            ArrayNode choices = any.addObject().putArray("enum");
            entry.choices().forEach(choices::add);
        }
        ObjectNode number = any.addObject();
        number.put("type", entry.type() == ParameterSpace.Type.INTEGER ? "integer" : "number");
        bounds(number, entry.min(), entry.max());
        ObjectNode withUnit = any.addObject();
        withUnit.put("type", "string");
        withUnit.put("pattern", NUMBER_WITH + literal(entry.unit()) + "\\s*$");
        return node;
    }

    /** A text as a regular expression that stands for itself in every dialect. */
    private static String literal(String text) {
        return text.replaceAll("([.\\\\+*?\\[\\](){}|^$])", "\\\\$1");
    }

    private ObjectNode nations() {
        ObjectNode code = pattern(Pattern.compile("[A-Z][A-Z0-9]{2}"), "ISO 3166 alpha-3 code");
        ObjectNode facts = nation();
        ObjectNode node = object(json.objectNode(), "which nations take part, and what is known of them otherwise");
        ObjectNode properties = node.putObject("properties");
        properties.set("only", list(code, "these nations only"));
        properties.set("except", list(code, "all but these nations"));
        properties.set("file", text("table of nations: bundled, none, or a CSV file of the same columns"));
        properties.set("overrides", open(facts, "^[A-Z][A-Z0-9]{2}$", "facts in place of the table's, by nation"));
        properties.set("add", open(facts, "^[A-Z][A-Z0-9]{2}$", "nations that the table does not have"));
        ObjectNode either = json.objectNode();
        either.put(DESCRIPTION, "nations: all, or a choice");
        ArrayNode any = either.putArray("anyOf");
        any.addObject().put("const", "all");
        any.add(node);
        return either;
    }

    private ObjectNode nation() {
        ObjectNode node = object(json.objectNode(), "facts of a nation");
        ObjectNode properties = node.putObject("properties");
        properties.set("name", text("short name"));
        properties.set("population", number(0, 1e15, "people"));
        properties.set("gdp_usd", number(0, 1e15, "gross domestic product, million USD a year"));
        properties.set("internet_share", number(0, 1, "share of people online at the start"));
        properties.set("un_ideal_point", number(-10, 10, "UN ideal point, higher is closer to the United States"));
        properties.set("alignment", number(-20, 20, "the same in standard deviations from the mean of 193 members"));
        properties.set("tier", choice(NationTable.TIERS, "destination tier of United States controls"));
        properties.set("cn_tier", choice(Key.CN_TARGET_TIER.names(), "destination tier of Chinese controls"));
        properties.set("us_embargo", truth("whether United States services may not be supplied"));
        properties.set("not_served_by", list(text("a lab"), "labs that do not offer their services there"));
        properties.set(
                "closed_to",
                list(choice(EventFormat.texts(Bloc.class), "a bloc"), "blocs whose services domestic law keeps out"));
        properties.set("trust_us", orNone(number(0, 1, "surveyed trust in the United States")));
        properties.set("trust_cn", orNone(number(0, 1, "surveyed trust in China")));
        properties.set("trust_other", orNone(number(0, 1, "surveyed trust in other origins")));
        properties.set("language_support", number(0, 1, "how well open models serve its languages"));
        properties.set("lat", number(-90, 90, "degrees north"));
        properties.set("lon", number(-180, 180, "degrees east"));
        properties.set("connected", truth("whether it takes part in the network of nations and in the world's sums"));
        properties.set(
                "trust_links",
                open(number(0, 1e6, "weight"), "^[A-Z][A-Z0-9]{2}$", "weights of other nations' trust, by code"));
        ObjectNode initial = object(json.objectNode(), "trust at the start, by bloc");
        for (Bloc bloc : Bloc.values()) {
            initial.withObject("/properties").set(EventFormat.text(bloc), orNone(number(0, 1, "trust")));
        }
        properties.set("initial_trust", initial);
        return node;
    }

    private ObjectNode labs() {
        ObjectNode lab = object(json.objectNode(), "a lab");
        ObjectNode properties = lab.putObject("properties");
        LabFormat.FIELDS.forEach(field -> properties.set(
                field.key(),
                switch (field.kind()) {
                    case CODE -> pattern(Pattern.compile("[A-Z][A-Z0-9]{2}"), field.meaning());
                    case CHANNELS -> list(choice(LabFormat.CHANNELS, "a channel"), field.meaning());
                    case TRUTH -> truth(field.meaning());
                    case WHOLE -> whole(field.min(), field.max(), field.meaning());
                    case NUMBER -> number(field.min(), field.max(), field.meaning());
                    case NUMBER_OR_NONE -> orNone(number(field.min(), field.max(), field.meaning()));
                }));
        ObjectNode either = json.objectNode();
        ArrayNode any = either.putArray("anyOf");
        any.addObject().put("const", "none");
        any.add(lab);
        return open(
                either,
                "^" + LabReader.NAME.pattern() + "$",
                "labs that differ from the default ones, or are added; none removes");
    }

    private ObjectNode observedEvents() {
        ObjectNode node = object(json.objectNode(), "observed events, with exceptions");
        ObjectNode properties = node.putObject("properties");
        properties.set("except", list(text("id, kind, or part of a title"), "observed events to leave out"));
        properties.set("file", text("table of events: bundled, none, or a CSV file of the same columns"));
        ObjectNode either = json.objectNode();
        either.put(DESCRIPTION, "whether observed events happen; true if history is observed");
        ArrayNode any = either.putArray("anyOf");
        any.addObject().put("type", "boolean");
        any.add(node);
        return either;
    }

    private ObjectNode provenance() {
        ObjectNode table = object(json.objectNode(), "a table of facts");
        ObjectNode properties = table.putObject("properties");
        properties.set("file", text("file it was read from"));
        properties.set("sha256", text("hash of its bytes"));
        return open(table, ".", "the tables that a resolved scenario was made from");
    }

    // Events

    private ObjectNode event() {
        ObjectNode event = json.objectNode();
        event.put("type", "object");
        event.putArray("required").add("date").add("do");
        ObjectNode does = event.putObject("properties").putObject("do");
        ArrayNode keys = does.putArray("enum");
        ArrayNode kinds = event.putArray("oneOf");
        for (EventFormat.Kind kind : EventFormat.kinds()) {
            keys.add(kind.key());
            kinds.add(event(kind));
        }
        return event;
    }

    private ObjectNode event(EventFormat.Kind kind) {
        ObjectNode node = json.objectNode();
        node.put("type", "object");
        node.put("additionalProperties", false);
        ArrayNode required = node.putArray("required");
        ObjectNode properties = node.putObject("properties");
        properties.set("date", month("first month in force"));
        properties.putObject("do").put("const", kind.key());
        ObjectNode months = json.objectNode();
        months.put(DESCRIPTION, kind.once() ? "happens in its first month only" : "months in force; else to the end");
        ArrayNode any = months.putArray("anyOf");
        any.add(whole(1, kind.once() ? 1 : 12_000, "months"));
        any.addObject().put("const", "end");
        properties.set("months", months);
        properties.set("title", text("what happens, in a phrase"));
        properties.set("source", text("where that is known from, or that it is hypothetical"));
        properties.set("observed", truth("whether it is part of the observed history"));
        for (EventFormat.Component component : kind.components()) {
            properties.set(component.name(), component(component));
            if (component.required()) {
                required.add(component.name());
            }
        }
        return node;
    }

    private ObjectNode component(EventFormat.Component component) {
        Field field = component.field();
        String meaning = field.value();
        ObjectNode element = element(component, meaning);
        if (component.isList()) {
            ObjectNode list = list(element, meaning);
            if (component.required()) {
                list.put("minItems", 1);
            }
            return list;
        }
        return component.required() ? element : orNone(element);
    }

    private ObjectNode element(EventFormat.Component component, String meaning) {
        Field field = component.field();
        Class<?> type = component.element();
        if (type == double.class) {
            return number(field.min(), field.max(), meaning);
        }
        if (type == int.class) {
            return whole(field.min(), field.max(), meaning);
        }
        if (type == boolean.class) {
            return truth(meaning);
        }
        if (type.isEnum()) {
            return choice(EventFormat.texts(type), meaning);
        }
        return switch (field.names()) {
            case NATIONS -> pattern(Pattern.compile("[A-Z][A-Z0-9]{2}"), meaning);
            case TIERS -> choice(EventFormat.tiers(), meaning);
            case LABS, SEGMENTS, PARAMETER, NONE -> text(meaning);
        };
    }
}
