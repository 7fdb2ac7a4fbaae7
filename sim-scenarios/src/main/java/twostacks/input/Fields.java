package twostacks.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a mapping, asked for one by one: what was never asked for is unknown, and what was asked for is what could
 * have stood there.
 */
public final class Fields {
    /** From this size on, values are looked up in a table. */
    private static final int MANY = 16;

    private final Node.Mapping mapping;
    private final Map<String, Node> table;
    private final String path;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private Fields(Node.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.table = mapping.entries().size() < MANY ? null : new HashMap<>();
        if (table != null) {
            mapping.entries().forEach(e -> table.putIfAbsent(e.key().text(), e.value()));
        }
        this.path = path;
        this.problems = problems;
    }

    /**
     * The keys at a node.
     *
     * @param node a mapping; null or nothing for no keys; anything else is a problem
     * @param path dotted path of the node; empty for the top of a file
     * @param problems takes what is wrong
     * @return its fields
     */
    public static Fields of(Node node, String path, Problems problems) {
        if (node instanceof Node.Mapping mapping) {
            return new Fields(mapping, path, problems);
        }
        if (!Values.isNothing(node)) {
            problems.add(node.place(), path, Values.describe(node, path), "keys and values");
        }
        return new Fields(new Node.Mapping(node == null ? null : node.place(), List.of()), path, problems);
    }

    /**
     * Where the mapping starts.
     *
     * @return its place; null if there is no mapping
     */
    public Place place() {
        return mapping.place();
    }

    /**
     * The value of a key.
     *
     * @param key key
     * @return its value; null if the key is not there
     */
    public Node get(String key) {
        asked.add(key);
        return table == null ? mapping.get(key) : table.get(key);
    }

    /**
     * The value of a key that must be there.
     *
     * @param key key
     * @return its value; null, with the problem noted, if the key is not there
     */
    public Node require(String key) {
        Node node = get(key);
        if (node == null && mapping.place() != null) {
            problems.add(mapping.place(), path(key), "the key '" + key + "' is missing");
        }
        return node;
    }

    /**
     * The dotted path of a key.
     *
     * @param key key
     * @return its path
     */
    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /**
     * A text.
     *
     * @param key key
     * @param orElse value without it
     * @return the text
     */
    public String text(String key, String orElse) {
        String text = Values.text(get(key), path(key), problems);
        return text == null ? orElse : text;
    }

    /**
     * A truth value.
     *
     * @param key key
     * @param orElse value without it
     * @return the value
     */
    public boolean truth(String key, boolean orElse) {
        Boolean truth = Values.truth(get(key), path(key), problems);
        return truth == null ? orElse : truth;
    }

    /**
     * A number within bounds.
     *
     * @param key key
     * @param min least value
     * @param max greatest value
     * @param orElse value without it
     * @return the number
     */
    public double number(String key, double min, double max, double orElse) {
        Double number = Values.number(get(key), path(key), min, max, problems);
        return number == null ? orElse : number;
    }

    /**
     * A number within bounds, or none.
     *
     * @param key key
     * @param min least value
     * @param max greatest value
     * @param orElse value without the key
     * @return the number; NaN for {@code none}
     */
    public double numberOrNone(String key, double min, double max, double orElse) {
        return Values.is(get(key), "none") ? Double.NaN : number(key, min, max, orElse);
    }

    /**
     * A whole number within bounds.
     *
     * @param key key
     * @param min least value
     * @param max greatest value
     * @param orElse value without it
     * @return the number
     */
    public int whole(String key, int min, int max, int orElse) {
        Integer whole = Values.whole(get(key), path(key), min, max, problems);
        return whole == null ? orElse : whole;
    }

    /**
     * A month.
     *
     * @param key key
     * @param orElse value without it
     * @return its number counted from the year 0
     */
    public int month(String key, int orElse) {
        Integer month = Values.month(get(key), path(key), problems);
        return month == null ? orElse : month;
    }

    /**
     * Notes every key that nobody asked for.
     *
     * @return the unknown keys
     */
    public List<String> done() {
        List<String> unknown = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!asked.contains(key)) {
                unknown.add(key);
                problems.addUnknown(
                        entry.key().place(), path(key), "unknown key '" + key + "'", key, "another key", asked);
            }
        }
        return unknown;
    }
}
