package twostacks.analysis.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A directory of results: what its {@code datapackage.json} promises. */
public final class ResultPackage {
    /** The file that describes the others. */
    public static final String FILE = "datapackage.json";

    private static final String SHA256 = "sha256:";
    private static final String NAME = "name";

    private final Path directory;
    private final JsonNode block;
    private final Map<String, ResultTable> tables = new LinkedHashMap<>();

    private ResultPackage(Path directory, JsonNode root) {
        this.directory = directory;
        this.block = root.path("twostacks");
        for (JsonNode resource : root.path("resources")) {
            if (resource.path("schema").has("fields")) {
                ResultTable table = table(resource);
                tables.put(table.name(), table);
            }
        }
    }

    /**
     * Opens a directory. Tables are looked at when they are read.
     *
     * @param directory directory
     * @return what is in it
     * @throws ResultException if it is no directory of results, or a file that it promises is missing
     */
    public static ResultPackage open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ResultException(directory + ": there is no such directory");
        }
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ResultException(directory + " holds no results: it has no " + FILE);
        }
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ResultException(file + ":" + e.getLocation().getLineNr() + ": is no JSON");
        } catch (CharConversionException e) {
            throw new ResultException(file + ":1: is no JSON");
        } catch (IOException e) {
            throw new ResultException(file + ": cannot be read: " + e.getMessage());
        }
        if (root == null || !root.path("resources").isArray()) {
            throw new ResultException(file + " is no data package: it has no resources");
        }
        ResultPackage results = new ResultPackage(directory, root);
        List<String> missing = results.tables.values().stream()
                .filter(t -> !Files.isRegularFile(t.file()))
                .map(t -> t.file().getFileName().toString())
                .toList();
        if (!missing.isEmpty()) {
            throw new ResultException(directory + " is not whole: " + String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " missing; make it again");
        }
        return results;
    }

    private ResultTable table(JsonNode resource) {
        List<ResultTable.Field> fields = new ArrayList<>();
        for (JsonNode field : resource.path("schema").path("fields")) {
            fields.add(new ResultTable.Field(
                    field.path(NAME).asText(),
                    field.path("type").asText("string"),
                    field.path("description").asText(),
                    field.path("unit").asText(),
                    field.path("decimals").asInt()));
        }
        List<String> key = new ArrayList<>();
        JsonNode keys = resource.path("schema").path("primaryKey");
        if (keys.isTextual()) {
            key.add(keys.asText());
        }
        keys.forEach(k -> key.add(k.asText()));
        String hash = resource.path(resource.has("contentHash") ? "contentHash" : "hash")
                .asText();
        return new ResultTable(
                resource.path(NAME).asText(),
                file(resource.path("path").asText()),
                resource.path("rows").asLong(-1),
                hash.startsWith(SHA256) ? hash.substring(SHA256.length()) : "",
                fields,
                key);
    }

    /** A file that the package names: one of the directory, or below it. */
    private Path file(String path) {
        try {
            Path file = directory.resolve(path);
            Path within = directory.toAbsolutePath().normalize();
            if (!path.isBlank() && file.toAbsolutePath().normalize().startsWith(within)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // below
        }
        throw new ResultException(directory.resolve(FILE) + ": '" + path + "' is no file of this directory");
    }

    /**
     * The directory.
     *
     * @return its path
     */
    public Path directory() {
        return directory;
    }

    /**
     * What twostacks says about the results.
     *
     * @return the block {@code twostacks}; a missing node if somebody else wrote the package
     */
    public JsonNode block() {
        return block;
    }

    /**
     * What kind of results these are.
     *
     * @return sweep, comparison and so on; run where the package names none and has a run's id
     */
    public String kind() {
        return block.path("kind").asText(block.has("runId") ? "run" : "");
    }

    /**
     * Whether there is a table.
     *
     * @param name name
     * @return true if there is
     */
    public boolean has(String name) {
        return tables.containsKey(name);
    }

    /**
     * A table.
     *
     * @param name name
     * @return the table
     * @throws ResultException if there is none
     */
    public ResultTable table(String name) {
        ResultTable table = tables.get(name);
        if (table == null) {
            throw ResultException.unknown(
                    directory + " has no table '" + name + "'", name, List.copyOf(tables.keySet()));
        }
        return table;
    }

    /**
     * Requires a kind of results.
     *
     * @param wanted kind
     * @param how what makes such results, as a phrase
     * @throws ResultException if these are of another
     */
    public void require(String wanted, String how) {
        if (!kind().equals(wanted)) {
            throw new ResultException(directory + " holds "
                    + (kind().isEmpty() ? "results that twostacks did not write" : "a " + kind()) + ", not a " + wanted
                    + "; " + how);
        }
    }
}
