package twostacks.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import twostacks.input.Months;
import twostacks.input.Numbers;
import twostacks.outcome.Column;
import twostacks.outcome.Table;
import twostacks.policy.StancePosition;

/**
 * The Frictionless Data Package that describes a run's files: types, units, meanings and bounds of all columns, what the
 * run was made from, and the hash of every file.
 *
 * <p>It holds no time, host or path: equal runs have equal data packages. The hash of a compressed file is that of its
 * content, since compressed bytes differ between zlib versions.
 */
public final class DataPackage {
    /** Columns that every table starts with. */
    static final List<String> KEY = List.of("scenario", "replicate", "month");

    /** Version of the block {@code twostacks}. */
    public static final int SCHEMA_VERSION = 1;

    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String CONSTRAINTS = "constraints";
    private static final String SHA256 = "sha256:";

    /** A table as written. */
    record Resource(Table<?> table, long rows, long contentBytes, String contentHash) {}

    private DataPackage() {}

    /** The text of {@code datapackage.json}. */
    static String json(RunDescription run, List<Resource> tables) {
        ObjectNode root = Json.object();
        root.put("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
        root.put(NAME, "twostacks-" + run.scenario().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-"));
        root.put("title", "twostacks: " + run.scenario());
        root.set("twostacks", block(run));
        ArrayNode resources = root.putArray("resources");
        for (Resource table : tables) {
            resources.add(resource(run, table));
        }
        byte[] scenario = run.resolvedScenario().getBytes(StandardCharsets.UTF_8);
        resources
                .addObject()
                .put(NAME, "scenario")
                .put("path", ResultDirectory.SCENARIO)
                .put(
                        DESCRIPTION,
                        run.draws().isEmpty()
                                ? "everything the run used, defaults included; runs again as it stands"
                                : "everything the run used, defaults included, but the draws of parameters")
                .put("format", "yaml")
                .put("mediatype", "application/yaml")
                .put("encoding", "utf-8")
                .put("bytes", scenario.length)
                .put("hash", SHA256 + Hashes.sha256(run.resolvedScenario()));
        return Json.text(root);
    }

    private static ObjectNode block(RunDescription run) {
        ObjectNode block = Json.object();
        block.put("schemaVersion", SCHEMA_VERSION);
        block.put("runId", run.id());
        block.put("modelVersion", run.modelVersion());
        block.put("scenario", run.scenario());
        block.put("seed", run.seed());
        block.put("replicates", run.replicates());
        ObjectNode horizon = block.putObject("horizon");
        int start = run.world().startMonth();
        int months = run.world().months();
        horizon.put("start", Months.text(start));
        horizon.put("end", Months.text(start + months - 1));
        horizon.put("months", months);
        if (run.world().dataEnd() > start) {
            horizon.put("lastObserved", Months.text(run.world().dataEnd() - 1));
        }
        ObjectNode facts = block.putObject("facts");
        new TreeMap<>(run.facts()).forEach((name, hash) -> facts.put(name, SHA256 + hash));
        if (!run.draws().isEmpty()) {
            ArrayNode draws = block.putArray("draws");
            for (Map<String, Double> draw : run.draws()) {
                ObjectNode node = draws.addObject();
                new TreeMap<>(draw).forEach((name, value) -> node.put(name, Numbers.shortest(value)));
            }
        }
        return block;
    }

    /**
     * The draws of parameters that the replicates of a run took in turn.
     *
     * @param block what a data package says of a run
     * @return values by dotted name; empty if replicates differed in luck only
     */
    public static List<Map<String, Double>> draws(JsonNode block) {
        List<Map<String, Double>> draws = new ArrayList<>();
        for (JsonNode node : block.path("draws")) {
            Map<String, Double> draw = new TreeMap<>();
            node.properties().forEach(e -> draw.put(e.getKey(), e.getValue().asDouble()));
            draws.add(draw);
        }
        return draws;
    }

    private static ObjectNode resource(RunDescription run, Resource written) {
        Table<?> table = written.table();
        ObjectNode node = Json.object();
        node.put(NAME, table.name());
        node.put("path", run.fileName(table.name()));
        node.put("type", "table");
        node.put(DESCRIPTION, table.meaning());
        node.put("format", "csv");
        node.put("mediatype", run.gzip() ? "application/gzip" : "text/csv");
        node.put("encoding", "utf-8");
        if (run.gzip()) {
            node.put("compression", "gz");
            node.put("contentBytes", written.contentBytes());
            node.put("contentHash", SHA256 + written.contentHash());
        } else {
            node.put("bytes", written.contentBytes());
            node.put("hash", SHA256 + written.contentHash());
        }
        node.put("rows", written.rows());
        node.putObject("dialect").put("lineTerminator", "\n");
        node.set("schema", schema(table));
        return node;
    }

    /**
     * The Table Schema of a table.
     *
     * @param table a table
     * @return its columns, the three that every table starts with included
     */
    public static ObjectNode schema(Table<?> table) {
        ObjectNode schema = Json.object();
        ArrayNode fields = schema.putArray("fields");
        fields.add(required(field("scenario", "string", "name of the scenario")));
        ObjectNode replicate = required(field("replicate", "integer", "number of the replicate, from 1"));
        ((ObjectNode) replicate.get(CONSTRAINTS)).put("minimum", 1);
        fields.add(replicate);
        fields.add(required(field("month", "yearmonth", "month, YYYY-MM")));
        for (Column<?> column : table.columns()) {
            fields.add(field(table, column));
        }
        schema.putArray("missingValues").add("");
        ArrayNode key = schema.putArray("primaryKey");
        KEY.forEach(key::add);
        table.key().forEach(key::add);
        return schema;
    }

    private static ObjectNode field(Table<?> table, Column<?> column) {
        String type = switch (column.kind()) {
            case TEXT -> "string";
            case INTEGER -> "integer";
            case NUMBER -> "number";
        };
        ObjectNode field = field(column.name(), type, column.meaning());
        if (!column.unit().isEmpty()) {
            field.put("unit", column.unit());
        }
        if (column.kind() == Column.Kind.NUMBER) {
            field.put("decimals", column.decimals());
        }
        if (table.key().contains(column.name())) {
            required(field);
        }
        bound(field, "minimum", column.min());
        bound(field, "maximum", column.max());
        if ("stance".equals(column.name())) {
            ArrayNode allowed = field.withObject("/" + CONSTRAINTS).putArray("enum");
            Arrays.stream(StancePosition.values()).map(StancePosition::key).forEach(allowed::add);
        }
        return field;
    }

    private static ObjectNode field(String name, String type, String description) {
        return Json.object().put(NAME, name).put("type", type).put(DESCRIPTION, description);
    }

    private static ObjectNode required(ObjectNode field) {
        field.withObject("/" + CONSTRAINTS).put("required", true);
        return field;
    }

    private static void bound(ObjectNode field, String name, double bound) {
        if (!Double.isFinite(bound)) {
            return;
        }
        field.withObject("/" + CONSTRAINTS).put(name, Numbers.shortest(bound));
    }

    /**
     * Reads the data package of a directory.
     *
     * @param directory a directory
     * @return the data package; empty if there is none that can be read
     */
    public static Optional<JsonNode> read(Path directory) {
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(directory.resolve(ResultDirectory.PACKAGE)));
            return Optional.ofNullable(root).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
