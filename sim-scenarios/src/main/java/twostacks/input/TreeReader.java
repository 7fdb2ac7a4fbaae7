package twostacks.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Reads YAML 1.2, and JSON from files that end in {@code .json}, into {@link Node}s.
 *
 * <p>One pass over the parser's events, so that every key and value has its place, a key that stands twice is seen, and
 * nothing is built from tags. Depth and what aliases unfold to are limited.
 */
public final class TreeReader {
    private static final int MOST_DEPTH = 50;
    private static final int MOST_ALIASED = 100_000;
    private static final int MOST_VALUES = 250_000;
    private static final int LONGEST_KEY = 1000;

    private final Source source;
    private final Problems problems;
    private int values;

    private TreeReader(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Reads a source.
     *
     * @param source what to read
     * @param problems takes what is wrong with it
     * @return the tree; null if it is no YAML or JSON, or empty
     */
    public static Node read(Source source, Problems problems) {
        boolean json = source.name().toLowerCase(Locale.ROOT).endsWith(".json");
        return new TreeReader(source, problems).tree(json);
    }

    /**
     * Reads YAML from a source, whatever its name.
     *
     * @param source what to read
     * @param problems takes what is wrong with it
     * @return the tree; null if it is no YAML, or empty
     */
    public static Node readYaml(Source source, Problems problems) {
        return new TreeReader(source, problems).tree(false);
    }

    /**
     * Whether a file has one of some keys at its top, to tell its kind; what is wrong with it is not said.
     *
     * @param file a file
     * @param keys keys
     * @return true if one is there
     */
    public static boolean hasKey(Path file, Set<String> keys) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        Problems unheard = new Problems();
        Source source = Source.file(file.toString(), file, unheard);
        Node node = source == null ? null : read(source, unheard);
        return node instanceof Node.Mapping mapping
                && mapping.entries().stream()
                        .anyMatch(e -> keys.contains(e.key().text()));
    }

    private Node tree(boolean json) {
        try {
            return json ? json() : yaml();
        } catch (Unreadable e) {
            return null;
        }
    }

    /** Thrown and caught here only, when the problem is noted and reading cannot go on. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super(null, null, false, false);
        }
    }

    private Unreadable stop(Place place, String path, String message, String allowed) {
        problems.add(place, path, message, allowed);
        return new Unreadable();
    }

    /** Holds every value to what may be read at all. */
    private void admit(Place place, String path, int depth) {
        if (depth > MOST_DEPTH) {
            throw stop(place, path, "is nested too deeply", "at most " + MOST_DEPTH + " levels");
        }
        if (++values > MOST_VALUES) {
            throw stop(place, "", "more than " + MOST_VALUES + " keys and values stand before this one", "fewer");
        }
    }

    private Node.Scalar key(Node.Scalar key, String path) {
        if (key.text().length() > LONGEST_KEY) {
            throw stop(
                    key.place(), path, "the key has " + key.text().length() + " characters", "at most " + LONGEST_KEY);
        }
        Text.check(key.text(), key.place(), path, problems);
        return key;
    }

    private Node mapping(Place place, String path, List<Node.Entry> entries) {
        Map<String, Place> seen = new HashMap<>();
        List<Node.Entry> kept = new ArrayList<>(entries.size());
        for (Node.Entry entry : entries) {
            String key = entry.key().text();
            Place first = seen.putIfAbsent(key, entry.key().place());
            if (first == null) {
                kept.add(entry);
            } else {
                problems.add(
                        entry.key().place(),
                        join(path, key),
                        "'" + key + "' stands here again, first at line " + first.line(),
                        "each key once");
            }
        }
        return new Node.Mapping(place, kept);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    // YAML

    private Node yaml() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setUseMarks(true)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        return new Yaml(new Parse(settings).parseString(source.text()).iterator()).document();
    }

    private final class Yaml {
        private final Iterator<Event> events;
        private final Map<String, Node> anchors = new HashMap<>();
        private final Map<String, Long> sizes = new HashMap<>();
        private final Set<String> open = new HashSet<>();
        private long nodes;
        private long aliased;

        Yaml(Iterator<Event> events) {
            this.events = events;
        }

        Node document() {
            next();
            Event start = next();
            if (start.getEventId() == Event.ID.StreamEnd) {
                throw stop(source.whole(), "", "is empty", "keys and values");
            }
            Node node = node(next(), "", 0);
            next();
            Event end = next();
            if (end.getEventId() != Event.ID.StreamEnd) {
                throw stop(place(end.getStartMark()), "", "a second document starts here", "one document in a file");
            }
            return node;
        }

        private Event next() {
            try {
                return events.next();
            } catch (MarkedYamlEngineException e) {
                throw stop(place(e.getProblemMark().or(e::getContextMark)), "", "is not YAML: " + words(e), "");
            } catch (ReaderException e) {
                String before = source.text()
                        .substring(0, source.text().offsetByCodePoints(0, Math.min(e.getPosition(), codePoints())));
                int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
                int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
                throw stop(
                        new Place(source, line, column),
                        "",
                        String.format(Locale.ROOT, "the control character U+%04X may not stand here", e.getCodePoint()),
                        "a text without it");
            } catch (NumberFormatException e) {
                // snakeyaml-engine, where the text ends within an escape
                String text = source.text();
                int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
                Place end = new Place(source, line, text.length() - text.lastIndexOf('\n'));
                throw stop(
                        end, "", "is not YAML: an escape in quotes is cut off", "an escape such as \\x41, and a quote");
            } catch (YamlVersionException e) {
                throw stop(source.whole(), "", "is of another YAML", "YAML 1.2");
            } catch (YamlEngineException e) {
                throw stop(source.whole(), "", "is not YAML: " + e.getMessage(), "");
            }
        }

        private int codePoints() {
            return source.text().codePointCount(0, source.text().length());
        }

        private String words(MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
            if (problem.contains("(TAB)")) {
                problem = "a tab stands where only blanks may";
            } else if (problem.contains("that cannot start any token")) {
                problem = problem.replaceAll("(?s)\\.? \\(Do not use.*", "") + ", quote it if it is meant";
            }
            boolean within = e.getContext() != null
                    && e.getContextMark().isPresent()
                    && e.getContextMark().get().getLine()
                            != e.getProblemMark().map(Mark::getLine).orElse(-1);
            return within
                    ? problem + " (" + e.getContext() + " that starts at line "
                            + (e.getContextMark().get().getLine() + 1) + ")"
                    : problem;
        }

        private Place place(Optional<Mark> mark) {
            return mark.map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1))
                    .orElse(source.whole());
        }

        private Node node(Event event, String path, int depth) {
            Place place = place(event.getStartMark());
            admit(place, path, depth);
            if (event instanceof AliasEvent alias) {
                return alias(alias.getAlias().getValue(), place, path);
            }
            String anchor =
                    ((NodeEvent) event).getAnchor().map(a -> a.getValue()).orElse(null);
            long before = nodes++;
            if (anchor != null) {
                open.add(anchor);
            }
            Node node;
            if (event instanceof ScalarEvent scalar) {
                untagged(scalar.getTag(), place, path);
                Text.check(scalar.getValue(), place, path, problems);
                node = new Node.Scalar(place, scalar.getValue(), scalar.isPlain());
            } else if (event instanceof SequenceStartEvent sequence) {
                untagged(sequence.getTag(), place, path);
                node = sequence(place, path, depth);
            } else {
                untagged(((MappingStartEvent) event).getTag(), place, path);
                node = entries(place, path, depth);
            }
            if (anchor != null) {
                open.remove(anchor);
                anchors.put(anchor, node);
                sizes.put(anchor, nodes - before);
            }
            return node;
        }

        private void untagged(Optional<String> tag, Place place, String path) {
            if (tag.isPresent()) {
                problems.add(place, path, "the tag " + tag.get() + " is not read", "a value without a tag");
            }
        }

        private Node alias(String name, Place place, String path) {
            if (open.contains(name)) {
                throw stop(place, path, "*" + name + " refers to what it is a part of", "");
            }
            Node node = anchors.get(name);
            if (node == null) {
                throw stop(place, path, "nothing above is called &" + name, "");
            }
            nodes += sizes.get(name);
            aliased += sizes.get(name);
            if (aliased > MOST_ALIASED) {
                throw stop(place, path, "the aliases unfold to more than " + MOST_ALIASED + " values", "fewer");
            }
            return node;
        }

        private Node sequence(Place place, String path, int depth) {
            List<Node> items = new ArrayList<>();
            for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
                items.add(node(event, path + "[" + items.size() + "]", depth + 1));
            }
            return new Node.Sequence(place, items);
        }

        private Node entries(Place place, String path, int depth) {
            List<Node.Entry> entries = new ArrayList<>();
            for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
                Node key = node(event, path, depth + 1);
                String name = key instanceof Node.Scalar s ? key(s, path).text() : "?";
                Node value = node(next(), join(path, name), depth + 1);
                if (key instanceof Node.Scalar scalar) {
                    entries.add(new Node.Entry(scalar, value));
                } else {
                    problems.add(key.place(), path, "a list or a mapping cannot be a key", "a text");
                }
            }
            return mapping(place, path, entries);
        }
    }

    // JSON

    private Node json() {
        try (JsonParser parser = new JsonFactory().createParser(source.text())) {
            if (parser.nextToken() == null) {
                throw stop(source.whole(), "", "is empty", "keys and values");
            }
            Node node = json(parser, "", 0);
            if (parser.nextToken() != null) {
                throw stop(place(parser.currentTokenLocation()), "", "a second value starts here", "one in a file");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw stop(place(e.getLocation()), "", "is not JSON: " + words(e), "");
        } catch (IOException e) {
            throw stop(source.whole(), "", "is not JSON: " + e.getMessage(), "");
        }
    }

    /** What is wrong with the JSON, without what concerns programmers only. */
    private static String words(JsonProcessingException e) {
        return e.getOriginalMessage()
                .replaceAll(":? enable `[^`]*` to allow", "")
                .replaceAll(" \\(not recognized[^)]*\\)", "")
                .replaceAll(", from `[^`]*`", "")
                .replaceAll(" \\(start marker at .*?line: (\\d+).*", " that starts at line $1");
    }

    private Node json(JsonParser parser, String path, int depth) throws IOException {
        Place place = place(parser.currentTokenLocation());
        admit(place, path, depth);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(json(parser, path + "[" + items.size() + "]", depth + 1));
            }
            return new Node.Sequence(place, items);
        }
        if (token == JsonToken.START_OBJECT) {
            List<Node.Entry> entries = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Place at = place(parser.currentTokenLocation());
                Node.Scalar key = key(new Node.Scalar(at, parser.currentName(), false), path);
                parser.nextToken();
                entries.add(new Node.Entry(key, json(parser, join(path, key.text()), depth + 1)));
            }
            return mapping(place, path, entries);
        }
        Text.check(parser.getText(), place, path, problems);
        return new Node.Scalar(place, parser.getText(), token != JsonToken.VALUE_STRING);
    }

    private Place place(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? source.whole()
                : new Place(source, location.getLineNr(), Math.max(1, location.getColumnNr()));
    }
}
