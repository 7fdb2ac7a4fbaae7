package twostacks.analysis.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A directory of results, as its data package describes it. */
final class ResultFiles {
    private static final String PACKAGE = "datapackage.json";

    private final Path directory;
    private final JsonNode description;

    private ResultFiles(Path directory, JsonNode description) {
        this.directory = directory;
        this.description = description;
    }

    static ResultFiles open(Path directory) throws UnusableResultsException, IOException {
        if (!Files.isDirectory(directory)) {
            throw new UnusableResultsException(
                    directory + (Files.exists(directory) ? " is not a directory" : " does not exist"));
        }
        try {
            JsonNode description = new ObjectMapper().readTree(Files.readAllBytes(directory.resolve(PACKAGE)));
            if (!description.path("twostacks").isObject()) {
                throw new UnusableResultsException(directory + " has a " + PACKAGE + " that twostacks did not write");
            }
            return new ResultFiles(directory, description);
        } catch (NoSuchFileException e) {
            throw new UnusableResultsException(
                    directory + " has no " + PACKAGE + ": it holds no results, or a run there did not end");
        } catch (JacksonException e) {
            throw new UnusableResultsException(
                    directory + ": " + PACKAGE + " cannot be read: " + e.getOriginalMessage());
        } catch (CharConversionException e) {
            throw new UnusableResultsException(directory + ": " + PACKAGE + " cannot be read: " + e.getMessage());
        }
    }

    Path directory() {
        return directory;
    }

    /** What the results were made from. */
    JsonNode block() {
        return description.path("twostacks");
    }

    /** What kind of results these are; a run where nothing is said. */
    String kind() {
        return block().path("kind").asText("run");
    }

    String title() {
        return description.path("title").asText(directory.getFileName().toString());
    }

    /** A table, if the data package lists it. */
    Optional<TableFile> table(String name) throws UnusableResultsException {
        for (JsonNode resource : description.path("resources")) {
            if (name.equals(resource.path("name").asText())
                    && resource.path("schema").has("fields")) {
                return Optional.of(TableFile.of(directory, resource));
            }
        }
        return Optional.empty();
    }

    /** The text of a file beside the tables; empty if it is not there. */
    Optional<String> text(String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
