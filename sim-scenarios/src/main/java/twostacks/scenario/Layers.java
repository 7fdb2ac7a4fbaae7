package twostacks.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.input.Nearest;
import twostacks.input.Node;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.TreeReader;
import twostacks.input.Values;

/**
 * Finds the file of a scenario and those that it extends, and lays them over each other.
 *
 * <p>Whatever a scenario file names (the scenario it extends, tables of facts) is a bundled name or lies in the directory
 * of the file that was asked for, or below it: a file from elsewhere cannot make the program read what its author likes.
 */
final class Layers {
    private static final int MOST_LAYERS = 20;

    private final Problems problems;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private Path root;

    Layers(Problems problems) {
        this.problems = problems;
    }

    /** Loads the scenario that was asked for, by bundled name or path. */
    void open(String nameOrPath) {
        Source source = ScenarioCatalog.source(nameOrPath);
        if (source == null) {
            source = file(nameOrPath);
        }
        if (source != null) {
            add(source, new ArrayList<>(), true);
        }
    }

    /** Loads the scenario that a file names, bundled or beside that file. */
    void open(Node reference, String path) {
        Path file = reference.place().source().path();
        if (file != null) {
            root = directory(file);
        }
        Source source = find(reference, path);
        if (source != null) {
            add(source, new ArrayList<>(), true);
        }
    }

    /** Loads a scenario that was handed over as a text. */
    void open(Source source) {
        if (source.path() != null) {
            root = directory(source.path());
        }
        add(source, new ArrayList<>(), true);
    }

    /** Lays something over the scenario, after what it extends. */
    void overlay(Node.Mapping fragment) {
        Node parent = fragment.get("extends");
        if (parent != null) {
            extend(parent, new ArrayList<>());
        }
        String id = "overlay " + layers.size();
        layers.put(id, Layer.of(id, fragment, problems));
    }

    /** All layers in one; null if there is none. */
    Node.Mapping merged() {
        Node.Mapping merged = null;
        for (Layer layer : layers.values()) {
            merged = merged == null ? layer.root() : Layer.merge(merged, layer.root());
        }
        return merged;
    }

    /** A file that a scenario names, if it may. */
    Source named(Node node, String path, String what) {
        String text = Values.text(node, path, problems);
        if (text == null) {
            return null;
        }
        Path base = node.place().source().path();
        Path file = within(text, base, node.place(), path);
        if (file == null) {
            return null;
        }
        if (!Files.exists(file)) {
            problems.add(node.place(), path, "there is no " + what + " '" + text + "'", "a file beside this one");
            return null;
        }
        if (Files.isDirectory(file)) {
            problems.add(node.place(), path, "'" + text + "' is a directory", "a file beside this one");
            return null;
        }
        return Source.named(base.resolveSibling(text).toString(), file, problems);
    }

    private Source file(String path) {
        Place nowhere = new Place(Source.of(path, ""), 0, 0);
        if (Problems.clean(path).isBlank()) {
            Place none = Source.of("scenario", "").whole();
            problems.add(none, "", "the name is empty", "a file, or a name as 'scenarios list' prints them");
            return null;
        }
        Path file;
        try {
            file = Path.of(path);
        } catch (InvalidPathException e) {
            problems.add(nowhere, "", "is no path: " + e.getReason());
            return null;
        }
        if (!Files.exists(file)) {
            problems.add(
                    nowhere,
                    "",
                    "there is no such file, and no bundled scenario of this name",
                    "a file, or a name as 'scenarios list' prints them",
                    Nearest.to(path, ScenarioCatalog.names()));
            return null;
        }
        Source source = Source.file(path, file, problems);
        if (source != null) {
            root = directory(file);
        }
        return source;
    }

    private static Path directory(Path file) {
        return real(file.toAbsolutePath().normalize().getParent());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private Path within(String text, Path base, Place place, String path) {
        if (base == null || root == null) {
            problems.add(
                    place, path, "'" + text + "' is a file, and this scenario is not read from one", "a bundled name");
            return null;
        }
        Path file;
        try {
            file = Path.of(text);
        } catch (InvalidPathException e) {
            problems.add(place, path, "'" + text + "' is no path", "a file beside this one");
            return null;
        }
        if (file.isAbsolute()) {
            problems.add(place, path, "'" + text + "' is an absolute path", "a path relative to this file");
            return null;
        }
        Path target = real(base.toAbsolutePath().resolveSibling(file).normalize());
        if (!target.startsWith(root)) {
            problems.add(
                    place, path, "'" + text + "' leads out of the scenario's directory", "a file in it or below it");
            return null;
        }
        return target;
    }

    private static String id(Source source) {
        return source.path() == null ? source.name() : real(source.path()).toString();
    }

    private void add(Source source, List<String> chain, boolean own) {
        String id = id(source);
        if (layers.containsKey(id)) {
            return;
        }
        problems.next(source);
        Node node = TreeReader.read(source, problems);
        if (node == null) {
            return;
        }
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node.place(), "", "is no scenario: " + Values.describe(node, ""), "keys and values");
            return;
        }
        chain.add(id);
        Node parent = mapping.get("extends");
        if (parent != null) {
            extend(parent, chain);
        }
        Layer layer = Layer.of(id, mapping, problems);
        layers.put(id, own ? layer : layer.withoutOwn());
    }

    private void extend(Node node, List<String> chain) {
        Source source = find(node, "extends");
        if (source == null) {
            return;
        }
        if (chain.contains(id(source))) {
            problems.add(
                    node.place(),
                    "extends",
                    "'" + ((Node.Scalar) node).text() + "' extends this scenario in turn",
                    "no circle");
        } else if (chain.size() >= MOST_LAYERS) {
            problems.add(node.place(), "extends", "more than " + MOST_LAYERS + " scenarios extend each other", "fewer");
        } else {
            add(source, chain, false);
        }
    }

    /** The scenario that a file names; null, with the problem noted, if there is none. */
    private Source find(Node node, String path) {
        String name = Values.text(node, path, problems);
        if (name == null) {
            return null;
        }
        Source source = ScenarioCatalog.source(name);
        if (source != null) {
            return source;
        }
        Path base = node.place().source().path();
        if (base == null) {
            problems.addUnknown(
                    node.place(),
                    path,
                    "no bundled scenario is called '" + name + "'",
                    name,
                    "a name as 'scenarios list' prints them",
                    ScenarioCatalog.names());
            return null;
        }
        Path file = within(name, base, node.place(), path);
        if (file == null) {
            return null;
        }
        if (!Files.exists(file)) {
            problems.add(
                    node.place(),
                    path,
                    "there is no file '" + name + "' beside this one, and no bundled scenario of this name",
                    "a file, or a name as 'scenarios list' prints them",
                    Nearest.to(name, ScenarioCatalog.names()));
            return null;
        }
        if (Files.isDirectory(file)) {
            problems.add(node.place(), path, "'" + name + "' is a directory", "a file beside this one");
            return null;
        }
        return Source.named(base.resolveSibling(name).toString(), file, problems);
    }
}
