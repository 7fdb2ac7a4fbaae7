package twostacks.calibration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import twostacks.input.Numbers;
import twostacks.output.Json;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.ScenarioLoader;
import twostacks.scenario.Schemas;

/**
 * JSON Schema (2020-12) of calibration files, for editors: made from the registry of parameters and the bounds that
 * {@link CalibrationFile} reads by. That checks more: targets, ranges, what goes together.
 */
public final class CalibrationSchema {
    private static final String DESCRIPTION = "description";
    private static final String TYPE = "type";
    private static final String PROPERTIES = "properties";
    private static final String NUMBER = "number";

    private CalibrationSchema() {}

    /**
     * The schema.
     *
     * @param families families that observations can have
     * @return JSON, indented
     */
    public static String text(Set<String> families) {
        ObjectNode root = closed("a calibration: which parameters are fitted to which observations, and how");
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "twostacks calibration");
        root.putArray("required").add("name").add("targets").add("parameters");
        ObjectNode keys = (ObjectNode) root.path(PROPERTIES);
        keys.set("name", text("name in files and folders").put("pattern", "^(" + ScenarioLoader.NAME.pattern() + ")$"));
        keys.set(DESCRIPTION, text("what it asks, for people"));
        keys.set("scenario", text("bundled name, or a file beside this one; baseline by default"));
        ObjectNode overrides = Json.object()
                .put(DESCRIPTION, "values laid over the scenario: parameters, or keys such as horizon.months");
        overrides.putArray(TYPE).add("object").add("null");
        keys.set("overrides", overrides);
        ObjectNode targets = closed("what was observed");
        targets.putArray("required").add("families");
        ObjectNode ofTargets = (ObjectNode) targets.path(PROPERTIES);
        ofTargets.set("file", text("table beside this file; the bundled one by default"));
        ofTargets.set("families", weights("weight of each family's levels", families));
        ofTargets.set("growth", weights("weight of each family's growth", families));
        ofTargets.set(
                "until",
                text("last month that a fit may know of; later figures are scored and not fitted")
                        .put("pattern", Schemas.MONTH));
        keys.set("targets", targets);
        keys.set("parameters", parameters());
        keys.set("point", closed("the point fits"));
        ObjectNode posterior = closed("the posterior");
        ((ObjectNode) posterior.path(PROPERTIES))
                .putObject("quantile")
                .put(TYPE, NUMBER)
                .put("minimum", CalibrationFile.LEAST_QUANTILE)
                .put("maximum", CalibrationFile.MOST_QUANTILE)
                .put(DESCRIPTION, "quantile of distances that becomes the next tolerance");
        keys.set("posterior", posterior);
        for (CalibrationNumber number : CalibrationNumber.values()) {
            ObjectNode of = number.section.isEmpty()
                    ? keys
                    : (ObjectNode) keys.path(number.section).path(PROPERTIES);
            of.putObject(number.key)
                    .put(TYPE, "integer")
                    .put("minimum", number.min)
                    .put("maximum", number.max)
                    .put("default", number.without)
                    .put(DESCRIPTION, number.meaning);
        }
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode text(String meaning) {
        return Json.object().put(TYPE, "string").put(DESCRIPTION, meaning);
    }

    /** An object that has the keys named and no others. */
    private static ObjectNode closed(String meaning) {
        ObjectNode node = Json.object().put(TYPE, "object").put(DESCRIPTION, meaning);
        node.putObject(PROPERTIES);
        return node.put("additionalProperties", false);
    }

    private static ObjectNode weights(String meaning, Set<String> families) {
        ObjectNode node = closed(meaning);
        for (String family : new TreeSet<>(families)) {
            ((ObjectNode) node.path(PROPERTIES))
                    .putObject(family)
                    .put(TYPE, NUMBER)
                    .put("minimum", 0)
                    .put("maximum", CalibrationFile.MOST_WEIGHT);
        }
        return node;
    }

    private static ObjectNode parameters() {
        ObjectNode node = closed("parameters to fit, each with the range of its prior; the plausible one by default");
        node.put("minProperties", 1);
        ObjectNode patterns = node.putObject("patternProperties");
        for (ParameterSpace.Entry entry : ParameterSpace.ofDefaults().entries().values()) {
            if (entry.type() == ParameterSpace.Type.INTEGER) {
                continue;
            }
            ObjectNode range = closed(entry.meaning() + " [" + entry.unit() + "], plausible "
                    + Numbers.text(entry.low()) + " to " + Numbers.text(entry.high()));
            range.putArray(TYPE).add("object").add("null");
            for (String end : new String[] {"min", "max"}) {
                ((ObjectNode) range.path(PROPERTIES))
                        .putObject(end)
                        .put(TYPE, NUMBER)
                        .put("minimum", Numbers.shortest(entry.min()))
                        .put("maximum", Numbers.shortest(entry.max()));
            }
            if (entry.by() == Key.SEGMENT) {
                patterns.set("^" + entry.family().replace(".", "\\.") + "\\.[a-z][a-z0-9_]{0,31}$", range);
            } else {
                ((ObjectNode) node.path(PROPERTIES)).set(entry.name(), range);
            }
        }
        return node;
    }
}
