package twostacks.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.TreeReader;

/** The scenarios that come with the program. */
public final class ScenarioCatalog {
    private static final String FOLDER = "/scenarios/";

    /** What the names of the verification's scenarios start with. */
    public static final String VERIFICATION = "verification/";

    private ScenarioCatalog() {}

    /**
     * What a scenario is about.
     *
     * @param name name
     * @param description what it assumes
     * @param hypothesis what a run of it may refute
     */
    public record Entry(String name, String description, String hypothesis) {}

    /**
     * The names of all bundled scenarios.
     *
     * @return names in the order in which they are listed
     */
    public static List<String> names() {
        Source index = Source.resource("scenarios/index.txt", ScenarioCatalog.class, FOLDER + "index.txt");
        return index == null ? List.of() : index.text().lines().toList();
    }

    /**
     * The names of the scenarios of the verification: limits in which theory knows the answer.
     *
     * @return names, each starting with {@link #VERIFICATION}
     */
    public static List<String> verification() {
        Source index = Source.resource("verification/index.txt", ScenarioCatalog.class, "/verification/index.txt");
        return index == null
                ? List.of()
                : index.text().lines().map(VERIFICATION::concat).toList();
    }

    /**
     * All bundled scenarios.
     *
     * @return name, description and hypothesis of each
     */
    public static List<Entry> list() {
        return names().stream().map(ScenarioCatalog::entry).toList();
    }

    /**
     * The text of a bundled scenario.
     *
     * @param name its name
     * @return its file as it is
     * @throws IllegalArgumentException if none has this name
     */
    public static String text(String name) {
        Source source = source(name);
        if (source == null) {
            throw new IllegalArgumentException("no bundled scenario is called '" + name + "'");
        }
        return source.text();
    }

    /**
     * Copies a bundled scenario, as a start for one's own.
     *
     * @param name its name
     * @param to file to write, which must not exist
     * @throws IOException if it cannot be written
     */
    public static void copy(String name, Path to) throws IOException {
        Files.write(to, text(name).getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    }

    /** The file of a bundled scenario; null if none has this name. */
    static Source source(String name) {
        if (name.startsWith(VERIFICATION)) {
            return verification().contains(name)
                    ? Source.resource("bundled/" + name + ".yaml", ScenarioCatalog.class, "/" + name + ".yaml")
                    : null;
        }
        return names().contains(name)
                ? Source.resource("bundled/" + name + ".yaml", ScenarioCatalog.class, FOLDER + name + ".yaml")
                : null;
    }

    private static Entry entry(String name) {
        Problems problems = new Problems();
        Node node = TreeReader.read(source(name), problems);
        problems.throwIfAny();
        return new Entry(name, line(node, "description"), line(node, "hypothesis"));
    }

    private static String line(Node node, String key) {
        return node instanceof Node.Mapping mapping && mapping.get(key) instanceof Node.Scalar scalar
                ? scalar.text().strip()
                : "";
    }
}
