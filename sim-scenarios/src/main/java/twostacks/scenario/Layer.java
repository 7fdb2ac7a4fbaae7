package twostacks.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twostacks.input.Node;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Values;

/**
 * One file's share of a scenario, and how shares are laid over each other: a child's keys override its parent's deeply,
 * events are appended, and lists and segments are replaced as a whole.
 *
 * @param id what tells it from other layers, so that none is laid twice
 * @param root its keys and values, parameters under dotted names
 */
record Layer(String id, Node.Mapping root) {
    /** What belongs to the file alone and is not inherited. */
    private static final Set<String> OWN = Set.of("name", "extends", "description", "hypothesis");

    private static final Set<String> REPLACED = Set.of("segments", "labsOnly", "observedEvents", "imputed");

    static Layer of(String id, Node.Mapping root, Problems problems) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : root.entries()) {
            boolean flat = entry.key().text().equals("parameters") && entry.value() instanceof Node.Mapping;
            entries.add(flat ? new Node.Entry(entry.key(), flat((Node.Mapping) entry.value(), problems)) : entry);
        }
        return new Layer(id, new Node.Mapping(root.place(), entries));
    }

    /** The layer without what belongs to its file alone. */
    Layer withoutOwn() {
        return new Layer(
                id,
                new Node.Mapping(
                        root.place(),
                        root.entries().stream()
                                .filter(e -> !OWN.contains(e.key().text()))
                                .toList()));
    }

    /** Lays a layer over another one. */
    static Node.Mapping merge(Node.Mapping below, Node.Mapping above) {
        boolean drop = Boolean.FALSE.equals(Values.truth(above.get("inheritEvents"), "", new Problems()));
        Map<String, Node.Entry> merged = new LinkedHashMap<>();
        for (Node.Entry entry : below.entries()) {
            String key = entry.key().text();
            if (!(drop && key.equals("events")) && !key.equals("inheritEvents")) {
                merged.put(key, entry);
            }
        }
        for (Node.Entry entry : above.entries()) {
            String key = entry.key().text();
            Node.Entry old = merged.get(key);
            Node value = entry.value();
            if (old != null && key.equals("events")) {
                value = append(old.value(), value);
            } else if (old != null && !REPLACED.contains(key)) {
                value = deep(old.value(), value);
            }
            merged.put(key, new Node.Entry(entry.key(), value));
        }
        return new Node.Mapping(above.place(), List.copyOf(merged.values()));
    }

    private static Node append(Node below, Node above) {
        if (below instanceof Node.Sequence first && above instanceof Node.Sequence second) {
            List<Node> items = new ArrayList<>(first.items());
            items.addAll(second.items());
            return new Node.Sequence(above.place(), items);
        }
        return Values.isNothing(above) ? below : above;
    }

    private static Node deep(Node below, Node above) {
        if (!(below instanceof Node.Mapping first)) {
            return above;
        }
        if (Values.isNothing(above)) {
            return below;
        }
        if (!(above instanceof Node.Mapping second)) {
            return above;
        }
        Map<String, Node.Entry> merged = new LinkedHashMap<>();
        first.entries().forEach(e -> merged.put(e.key().text(), e));
        for (Node.Entry entry : second.entries()) {
            Node.Entry old = merged.get(entry.key().text());
            merged.put(
                    entry.key().text(),
                    old == null ? entry : new Node.Entry(entry.key(), deep(old.value(), entry.value())));
        }
        return new Node.Mapping(above.place(), List.copyOf(merged.values()));
    }

    /** Nested parameters under their dotted names. */
    private static Node.Mapping flat(Node.Mapping parameters, Problems problems) {
        Map<String, Node.Entry> flat = new LinkedHashMap<>();
        flatten(parameters, "", flat, problems);
        return new Node.Mapping(parameters.place(), List.copyOf(flat.values()));
    }

    private static void flatten(Node.Mapping mapping, String path, Map<String, Node.Entry> flat, Problems problems) {
        for (Node.Entry entry : mapping.entries()) {
            String name = path.isEmpty()
                    ? entry.key().text()
                    : path + "." + entry.key().text();
            Place place = entry.key().place();
            if (entry.value() instanceof Node.Mapping nested) {
                flatten(nested, name, flat, problems);
            } else {
                Node.Entry first =
                        flat.putIfAbsent(name, new Node.Entry(new Node.Scalar(place, name, true), entry.value()));
                if (first != null) {
                    problems.add(
                            place,
                            "parameters." + name,
                            "'" + name + "' stands here again, first at line "
                                    + first.key().place().line(),
                            "each parameter once");
                }
            }
        }
    }
}
