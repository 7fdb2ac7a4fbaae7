package twostacks.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import twostacks.agents.LabSpec;
import twostacks.facts.BundledFacts;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Nearest;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;
import twostacks.policy.Channel;

/** Reads the {@code labs} of a scenario over those of {@code facts/labs.csv}. */
final class LabReader {
    /** What a lab's name looks like. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}");

    private static final List<String> NOTES = List.of("basis", "source", "note");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{2}");

    private final Problems problems;
    private final Source source = BundledFacts.source("labs");
    private final Map<String, LabSpec> bundled;

    LabReader(Problems problems) {
        this(problems, Bundled.LABS);
    }

    private LabReader(Problems problems, Map<String, LabSpec> bundled) {
        this.problems = problems;
        this.bundled = bundled;
    }

    /** Read once: nothing of it can change. */
    private static final class Bundled {
        private static final Map<String, LabSpec> LABS = read();

        private static Map<String, LabSpec> read() {
            Problems problems = new Problems();
            LabReader reader = new LabReader(problems, Map.of());
            List<String> columns = new ArrayList<>(List.of("name"));
            LabFormat.FIELDS.forEach(f -> columns.add(f.key()));
            Map<String, LabSpec> labs = new LinkedHashMap<>();
            for (Node.Mapping row :
                    CsvReader.read(reader.source, columns, NOTES, problems).rows()) {
                String name = Values.text(row.get("name"), "name", problems);
                labs.put(name, reader.lab(name, entries(row), name, null));
            }
            problems.throwIfAny();
            return Collections.unmodifiableMap(labs);
        }
    }

    /** A row of the table as it would stand in a scenario file. */
    private static Node.Mapping entries(Node.Mapping row) {
        List<Node.Entry> entries = new ArrayList<>();
        for (LabFormat.LabField field : LabFormat.FIELDS) {
            Node cell = row.get(field.key());
            if (cell != null) {
                Node value = switch (field.kind()) {
                    case CHANNELS -> CsvReader.list(cell);
                    case TRUTH -> new Node.Scalar(cell.place(), Values.is(cell, "1") ? "true" : "false", true);
                    default -> cell;
                };
                entries.add(new Node.Entry(new Node.Scalar(cell.place(), field.key(), true), value));
            }
        }
        return new Node.Mapping(row.place(), entries);
    }

    Source source() {
        return source;
    }

    /** All labs there are, in the scenario or not. */
    List<String> known(Node section) {
        Set<String> known = new LinkedHashSet<>(bundled.keySet());
        if (section instanceof Node.Mapping mapping) {
            mapping.entries().forEach(e -> known.add(e.key().text()));
        }
        return List.copyOf(known);
    }

    /** Names of the labs of the scenario, in order. */
    List<String> names(Node section, Node only) {
        List<String> names = new ArrayList<>(known(section));
        if (section instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (Values.is(entry.value(), "none")) {
                    names.remove(entry.key().text());
                }
            }
        }
        if (only == null) {
            return names;
        }
        List<String> chosen = new ArrayList<>();
        List<Node> items = Values.items(only, "labsOnly", problems);
        for (int i = 0; i < items.size(); i++) {
            String path = "labsOnly[" + i + "]";
            String name = Values.oneOf(items.get(i), path, "a lab of the scenario", names, problems);
            if (name != null && chosen.contains(name)) {
                problems.add(items.get(i).place(), path, "'" + name + "' stands here again", "each once");
            } else if (name != null) {
                chosen.add(name);
            }
        }
        return chosen;
    }

    /**
     * Reads the labs.
     *
     * @param section what the scenario says of labs
     * @param names those of the scenario, in order
     * @param history what was observed of a lab until the start, laid over the table and under the scenario; null for
     *     nothing
     */
    Map<String, LabSpec> read(Node section, List<String> names, UnaryOperator<LabSpec> history) {
        Map<String, LabSpec> labs = new LinkedHashMap<>();
        Fields fields = Fields.of(section, "labs", problems);
        if (section instanceof Node.Mapping mapping) {
            mapping.entries().forEach(this::checkName);
        }
        for (String name : names) {
            Node node = fields.get(name);
            LabSpec table = bundled.get(name);
            String path = "labs." + name;
            if (table == null) {
                table = isNew(node) ? lab(name, node, path, null) : null;
            } else if (!(node instanceof Node.Mapping)) {
                // Notes what is neither nothing, nor none, nor keys and values.
                Fields.of(node, path, problems);
            }
            if (table != null) {
                LabSpec base = history == null ? table : history.apply(table);
                labs.put(name, node instanceof Node.Mapping ? lab(name, node, path, base) : base);
            }
        }
        return labs;
    }

    /** Whether a lab that the table does not have is meant to be one. */
    private static boolean isNew(Node node) {
        return node instanceof Node.Mapping mapping && (mapping.get("home") != null || mapping.get("channels") != null);
    }

    private void checkName(Node.Entry entry) {
        String name = entry.key().text();
        boolean unknown = !bundled.containsKey(name) && !isNew(entry.value());
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    entry.key().place(),
                    "labs." + name,
                    "'" + name + "' is no name for a lab",
                    "letters, digits, blanks, points, dashes");
        } else if (unknown) {
            problems.add(
                    entry.key().place(),
                    "labs." + name,
                    "there is no lab '" + name + "'",
                    Problems.oneOf(bundled.keySet()) + ", or 'home' and 'channels' of a new one",
                    Nearest.to(name, bundled.keySet()));
        }
    }

    /** A lab: what a node says of it over a base; without one, what it must say and defaults. */
    private LabSpec lab(String name, Node node, String path, LabSpec base) {
        int before = problems.count();
        Fields fields = Fields.of(node, path, problems);
        Map<String, Object> values = new LinkedHashMap<>();
        if (base == null) {
            LabFormat.FIELDS.forEach(f -> values.put(f.component(), f.orElse()));
        } else {
            values.putAll(LabFormat.values(base));
        }
        values.put("name", name);
        for (LabFormat.LabField field : LabFormat.FIELDS) {
            boolean needed = base == null && field.orElse() == null;
            Node value = needed ? fields.require(field.key()) : fields.get(field.key());
            Object read = value(field, value, fields.path(field.key()));
            if (read != null) {
                values.put(field.component(), read);
            }
        }
        fields.done();
        if (base == null && fields.get("state_share") == null) {
            values.put("stateShare", values.get("computeShare"));
        }
        if (problems.count() > before) {
            return base;
        }
        LabSpec lab = LabFormat.make(values);
        if (lab.openCapability() > lab.capability() || Double.isNaN(lab.capability()) && lab.openCapability() >= 0) {
            Node said = fields.get("open_capability") == null ? node : fields.get("open_capability");
            problems.add(
                    said.place(),
                    path + ".open_capability",
                    "open_capability exceeds capability",
                    "at most the lab's capability, which is that of its best model, open or not");
        }
        return lab;
    }

    private Object value(LabFormat.LabField field, Node node, String path) {
        if (node == null) {
            return null;
        }
        return switch (field.kind()) {
            case CODE ->
                Values.matching(node, path, CODE, "an ISO 3166 alpha-3 code of three capital letters", problems);
            case CHANNELS -> channels(node, path);
            case TRUTH -> Values.truth(node, path, problems);
            case WHOLE -> Values.whole(node, path, (int) field.min(), (int) field.max(), problems);
            case NUMBER -> Values.number(node, path, field.min(), field.max(), problems);
            case NUMBER_OR_NONE ->
                Values.is(node, "none")
                        ? (Double) Double.NaN
                        : Values.number(node, path, field.min(), field.max(), problems);
        };
    }

    private List<Channel> channels(Node node, String path) {
        List<Channel> channels = new ArrayList<>();
        List<Node> items = Values.items(node, path, problems);
        if (node instanceof Node.Sequence && items.isEmpty()) {
            problems.add(node.place(), path, path + " is an empty list", Problems.oneOf(LabFormat.CHANNELS));
        }
        for (int i = 0; i < items.size(); i++) {
            String at = path + "[" + i + "]";
            String name = Values.oneOf(items.get(i), at, "a channel", LabFormat.CHANNELS, problems);
            if (name != null) {
                Channel channel = Channel.valueOf(name.toUpperCase(Locale.ROOT));
                if (channels.contains(channel)) {
                    problems.add(items.get(i).place(), at, "'" + name + "' stands here again", "each once");
                } else {
                    channels.add(channel);
                }
            }
        }
        return channels.isEmpty() ? null : channels;
    }
}
