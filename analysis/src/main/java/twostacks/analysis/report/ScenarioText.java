package twostacks.analysis.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What a page tells of the scenario that a run used: what it is about, its parameters, and the names of nations. */
final class ScenarioText {
    private static final List<String> FACTS =
            List.of("name", "population", "gdp_usd", "internet_share", "tier", "lat", "lon");
    private static final List<String> SETUP = List.of("history", "dataEnd", "observedEvents", "ownOffers", "mirrored");

    private final Map<?, ?> root;

    private ScenarioText(Map<?, ?> root) {
        this.root = root;
    }

    /** Reads a resolved scenario; one that is no YAML tells nothing. */
    static ScenarioText parse(String text) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
            Object loaded = new Load(settings).loadFromString(withoutAgents(text));
            return new ScenarioText(loaded instanceof Map<?, ?> map ? map : Map.of());
        } catch (YamlEngineException e) {
            return new ScenarioText(Map.of());
        }
    }

    /** Leaves out labs and events, half of the text, which the tables tell better. */
    private static String withoutAgents(String text) {
        int from = text.indexOf("\nlabs:\n");
        int to = text.indexOf("\nmodels:", from);
        int events = text.indexOf("\nevents:\n", to);
        return from < 0 || to < 0 || events < 0 ? text : text.substring(0, from) + text.substring(to, events);
    }

    /** Writes it into the header of a page. */
    void write(ObjectNode header) {
        ObjectMapper json = new ObjectMapper();
        for (String key : List.of("description", "hypothesis")) {
            if (root.get(key) != null) {
                header.put(key, root.get(key).toString());
            }
        }
        ObjectNode setup = header.putObject("setup");
        for (String key : SETUP) {
            if (root.get(key) != null) {
                setup.put(key, root.get(key).toString());
            }
        }
        ArrayNode parameters = header.putArray("parameters");
        if (root.get("parameters") instanceof Map<?, ?> map) {
            map.forEach(
                    (name, value) -> parameters.addArray().add(name.toString()).add(String.valueOf(value)));
        }
        ObjectNode nations = header.putObject("nations");
        if (all() instanceof Map<?, ?> map) {
            map.forEach((iso3, facts) -> {
                if (facts instanceof Map<?, ?> known) {
                    ObjectNode nation = nations.putObject(iso3.toString());
                    for (String fact : FACTS) {
                        if (known.get(fact) != null && !"none".equals(known.get(fact))) {
                            nation.set(fact, json.valueToTree(known.get(fact)));
                        }
                    }
                }
            });
        }
    }

    private Object all() {
        return root.get("nations") instanceof Map<?, ?> nations ? nations.get("add") : null;
    }
}
