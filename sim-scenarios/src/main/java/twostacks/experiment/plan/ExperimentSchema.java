package twostacks.experiment.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import twostacks.experiment.plan.DesignSpec.Kind;
import twostacks.input.Numbers;
import twostacks.outcome.Outcomes;
import twostacks.output.Json;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.ScenarioLoader;
import twostacks.scenario.Schemas;

/**
 * JSON Schema (2020-12) of experiment files, for editors: made from the registry of parameters and the schema of
 * scenarios. {@link ExperimentLoader} checks more: names, ranges, every point.
 */
public final class ExperimentSchema {
    private static final String DESCRIPTION = "description";
    private static final String TYPE = "type";
    private static final String NUMBER = "number";
    private static final String ITEMS = "items";
    private static final String PROPERTIES = "properties";
    private static final String PATTERNS = "patternProperties";
    private static final String NAME = "^(" + ScenarioLoader.NAME.pattern() + ")$";
    private static final String WORD = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

    private ExperimentSchema() {}

    /**
     * The schema.
     *
     * @return JSON, indented
     */
    public static String text() {
        ObjectNode root = Json.object();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "twostacks experiment");
        root.put(DESCRIPTION, "An experiment: what is run, what varies, what is kept.");
        root.put(TYPE, "object");
        root.put("additionalProperties", false);
        root.putArray("required").add("name");
        ObjectNode keys = root.putObject(PROPERTIES);
        keys.set("name", text("name in files and folders").put("pattern", NAME));
        keys.set(DESCRIPTION, text("what it asks, for people"));
        ObjectNode scenarios = Json.object();
        scenarios.put(DESCRIPTION, "bundled names, or files beside this one; baseline by default");
        ArrayNode either = scenarios.putArray("anyOf");
        either.addObject().put(TYPE, "string");
        either.addObject().put(TYPE, "array").putObject(ITEMS).put(TYPE, "string");
        keys.set("scenarios", scenarios);
        keys.set("overrides", open("values laid over every scenario: parameters, or keys such as horizon.months"));
        keys.set("factors", factors());
        ObjectNode levers = open("what somebody decides; crossed with all points. Each is a part of a scenario");
        levers.putObject(PATTERNS).putObject(NAME).put("$ref", "#/$defs/lever");
        levers.put("additionalProperties", false);
        keys.set("levers", levers);
        keys.set(
                "worlds",
                open("written by a sweep in place of scenarios, overrides and levers")
                        .put(TYPE, "array"));
        keys.set("design", design());
        keys.set("replicates", whole(1, ExperimentLoader.MOST_REPLICATES, "runs of each point that differ in luck"));
        keys.set("seed", whole(0, (long) ExperimentLoader.MOST_SEED, "seed of all runs"));
        keys.set("keep", keep());
        ObjectNode lever = scenario();
        lever.remove(List.of("$schema", "title", "required"));
        lever.put(DESCRIPTION, "a part of a scenario: extends, parameters, events and so on; none of it for no lever");
        ((ObjectNode) lever.path(PROPERTIES)).remove("name");
        root.putObject("$defs").set("lever", lever);
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode scenario() {
        try {
            return (ObjectNode) new ObjectMapper().readTree(Schemas.scenario());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of scenarios is JSON", e);
        }
    }

    private static ObjectNode text(String meaning) {
        return Json.object().put(TYPE, "string").put(DESCRIPTION, meaning);
    }

    private static ObjectNode open(String meaning) {
        ObjectNode node = Json.object().put(DESCRIPTION, meaning);
        node.putArray(TYPE).add("object").add("null");
        return node;
    }

    private static ObjectNode whole(long min, long max, String meaning) {
        return Json.object()
                .put(TYPE, "integer")
                .put("minimum", min)
                .put("maximum", max)
                .put(DESCRIPTION, meaning);
    }

    private static ObjectNode factors() {
        ObjectNode node = open("what the world decides: parameters with ranges, or tables of joint draws");
        node.put("additionalProperties", false);
        ObjectNode properties = node.putObject(PROPERTIES);
        ObjectNode patterns = node.putObject(PATTERNS);
        for (ParameterSpace.Entry entry : ParameterSpace.ofDefaults().entries().values()) {
            if (entry.by() == Key.SEGMENT) {
                patterns.set("^" + entry.family().replace(".", "\\.") + "\\.[a-z][a-z0-9_]{0,31}$", factor(entry, ""));
            } else {
                properties.set(
                        entry.name(),
                        factor(
                                entry,
                                ", plausible " + Numbers.text(entry.low()) + " to " + Numbers.text(entry.high())));
            }
        }
        ObjectNode joint = Json.object().put(TYPE, "object").put("additionalProperties", false);
        joint.put(DESCRIPTION, "joint draws: a CSV file with a column for each parameter, and weight if they differ");
        joint.putArray("required").add("file");
        joint.putObject(PROPERTIES).set("file", text("CSV file beside this one"));
        patterns.set(WORD, joint);
        return node;
    }

    private static ObjectNode factor(ParameterSpace.Entry entry, String more) {
        ObjectNode node = Json.object();
        node.put(DESCRIPTION, entry.meaning() + " [" + entry.unit() + "]" + more);
        ArrayNode any = node.putArray("anyOf");
        any.addObject().put("const", "plausible");
        ObjectNode listed = any.addObject().put(TYPE, "object").put("additionalProperties", false);
        listed.putArray("required").add("values");
        ObjectNode values = listed.putObject(PROPERTIES).putObject("values");
        values.put(TYPE, "array").put("minItems", 1).put("uniqueItems", true);
        values.set(ITEMS, bounded(entry));
        ObjectNode range = any.addObject().put(TYPE, "object").put("additionalProperties", false);
        ObjectNode keys = range.putObject(PROPERTIES);
        ArrayNode kinds = keys.putObject("distribution").putArray("enum");
        Stream.of("uniform", "log-uniform", "triangular", "normal").forEach(kinds::add);
        keys.set("min", bounded(entry));
        keys.set("max", bounded(entry));
        keys.set("mode", bounded(entry));
        keys.putObject("mean").put(TYPE, NUMBER);
        keys.putObject("sd").put(TYPE, NUMBER).put("exclusiveMinimum", 0);
        return node;
    }

    private static ObjectNode bounded(ParameterSpace.Entry entry) {
        return Json.object()
                .put(TYPE, entry.type() == ParameterSpace.Type.INTEGER ? "integer" : NUMBER)
                .put("minimum", Numbers.shortest(entry.min()))
                .put("maximum", Numbers.shortest(entry.max()));
    }

    private static ObjectNode design() {
        ObjectNode node = Json.object().put(TYPE, "object").put("additionalProperties", false);
        node.put(DESCRIPTION, "how the points are chosen");
        node.putArray("required").add("kind");
        ObjectNode keys = node.putObject(PROPERTIES);
        ArrayNode kinds = keys.putObject("kind").putArray("enum");
        Stream.of(Kind.values()).filter(k -> k != Kind.SINGLE).map(Kind::key).forEach(kinds::add);
        keys.set(
                "size",
                whole(1, FactorReader.MOST_SIZE, "points; rows of a Saltelli design; trajectories of a Morris design"));
        keys.set("levels", whole(2, FactorReader.MOST_LEVELS, "levels of a grid, or of a Morris design (even)"));
        keys.set("candidates", whole(1, FactorReader.MOST_CANDIDATES, "trajectories to choose a Morris design's from"));
        keys.set(
                "seed", whole(0, (long) ExperimentLoader.MOST_SEED, "seed of the points; the experiment's by default"));
        keys.set("file", text("CSV file of points, for a list"));
        return node;
    }

    private static ObjectNode keep() {
        ObjectNode node = open("what is kept of each run");
        node.put("additionalProperties", false);
        ObjectNode keys = node.putObject(PROPERTIES);
        ObjectNode outcomes = keys.putObject("outcomes");
        outcomes.put(TYPE, "array").put("uniqueItems", true);
        outcomes.put(
                DESCRIPTION,
                "numbers: share_cn_open, share_cn_open@gdp, share_cn_open:2030-12, IND.share_cn_open,"
                        + " GROUP.share_cn_open");
        outcomes.putObject(ITEMS).put(TYPE, "string");
        ObjectNode tables = Json.object().put(TYPE, "string");
        ArrayNode names = tables.putArray("enum");
        Outcomes.TABLES.forEach(t -> names.add(t.name()));
        names.add("none");
        ObjectNode series = keys.putObject("series").put(DESCRIPTION, "tables of every month");
        ArrayNode any = series.putArray("anyOf");
        any.add(tables);
        any.addObject().put(TYPE, "array").set(ITEMS, tables);
        ObjectNode groups = open("groups of nations that outcomes may be about");
        ObjectNode codes = groups.putObject(PATTERNS).putObject(WORD);
        codes.put(TYPE, "array").put("minItems", 1);
        codes.putObject(ITEMS).put(TYPE, "string").put("pattern", "^[A-Z][A-Z0-9]{2}$");
        groups.put("additionalProperties", false);
        keys.set("groups", groups);
        return node;
    }
}
