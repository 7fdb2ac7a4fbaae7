package twostacks.analysis.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Results as one HTML file that opens from the disk: it holds its data, styles and scripts, asks the network for
 * nothing, and its Content-Security-Policy lets nothing else run.
 */
public final class Report {
    /** The usual name of the file. */
    public static final String FILE = "report.html";

    private Report() {}

    /**
     * Makes the page of a directory of results.
     *
     * @param directory results of a run, a comparison, a sweep or a hindcast
     * @param target the file to write; it appears whole or not at all
     * @return bytes written
     * @throws UnusableResultsException if the directory does not hold results of which a page can be made
     * @throws IOException if files cannot be read or written
     */
    public static long write(Path directory, Path target) throws UnusableResultsException, IOException {
        ResultFiles files = ResultFiles.open(directory);
        Payload payload = new Payload();
        ObjectNode header = new ObjectMapper().createObjectNode();
        header.put("title", files.title());
        header.set("made", files.block());
        header.put("atlas", payload.add(Payload.text(Assets.text("world.json"))));
        provenance(files, header);
        String kind = files.kind();
        header.put("kind", kind);
        Optional<String> text =
                files.text(kind.equals("comparison") ? "base/scenario.resolved.yaml" : "scenario.resolved.yaml");
        // Beside the tables, which take as long.
        CompletableFuture<ScenarioText> scenario = CompletableFuture.supplyAsync(
                () -> text.map(ScenarioText::parse).orElse(null));
        switch (kind) {
            case "run" -> new RunPart(files, payload, header).write();
            case "comparison" -> new ComparisonPart(files, payload, header).write();
            case "sweep" -> new SweepPart(files, payload, header).write();
            case "hindcast" -> new HindcastPart(files, header).write();
            default ->
                throw new UnusableResultsException(directory + " holds results of another kind (" + kind
                        + "); a page can be made of a run, a comparison, a sweep or a hindcast");
        }
        ScenarioText told = scenario.join();
        if (told != null) {
            told.write(header);
        }
        byte[] page = Page.html(files.title(), payload.text(header)).getBytes(StandardCharsets.UTF_8);
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
        try {
            Files.write(unfinished, page);
            move(unfinished, target);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return page.length;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void provenance(ResultFiles files, ObjectNode header) throws IOException {
        ArrayNode lines = header.putArray("provenance");
        Optional<String> text = files.text("provenance.json");
        if (text.isPresent()) {
            try {
                flatten("", new ObjectMapper().readTree(text.get()), lines);
            } catch (JacksonException e) {
                lines.addArray().add("provenance.json").add("cannot be read");
            }
        }
    }

    private static void flatten(String name, JsonNode node, ArrayNode lines) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                flatten(name.isEmpty() ? field.getKey() : name + " " + field.getKey(), field.getValue(), lines);
            }
        } else if (node.isArray()) {
            StringBuilder words = new StringBuilder();
            node.forEach(word -> words.append(words.isEmpty() ? "" : " ").append(word.asText()));
            lines.addArray().add(name).add(words.toString());
        } else {
            lines.addArray().add(name).add(node.asText());
        }
    }
}
