package twostacks.cli.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody changed in the world.
 *
 * @param parameters values by dotted name
 * @param without places of events of the base world that are switched off
 * @param with names of scenarios whose events and parameters are switched on
 */
public record Change(Map<String, Double> parameters, List<Integer> without, List<String> with) {
    private static final int MOST = 1000;

    /** Copies. */
    public Change {
        parameters = new LinkedHashMap<>(parameters);
        without = List.copyOf(without);
        with = List.copyOf(with);
    }

    /**
     * Reads what a page sent.
     *
     * @param node an object with {@code parameters}, {@code without}, {@code with}; each may be missing
     * @return the change
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Change read(JsonNode node) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path("parameters").properties()) {
            if (!entry.getValue().isNumber()) {
                throw new IllegalArgumentException(entry.getKey() + " wants a number");
            }
            parameters.put(entry.getKey(), entry.getValue().asDouble());
        }
        List<Integer> without = new ArrayList<>();
        for (JsonNode place : node.path("without")) {
            if (!place.isInt()) {
                throw new IllegalArgumentException("'without' wants whole numbers");
            }
            without.add(place.asInt());
        }
        List<String> with = new ArrayList<>();
        for (JsonNode name : node.path("with")) {
            with.add(name.asText());
        }
        if (parameters.size() > MOST || without.size() > MOST || with.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " changes");
        }
        return new Change(parameters, without, with);
    }

    /**
     * Whether it changes nothing.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return parameters.isEmpty() && without.isEmpty() && with.isEmpty();
    }
}
