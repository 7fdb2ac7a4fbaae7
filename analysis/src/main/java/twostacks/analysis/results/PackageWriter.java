package twostacks.analysis.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes tables and the data package that describes them. Files have another name until all of them are whole; the data
 * package comes last. It holds no time, host or path: equal results have equal bytes.
 */
public final class PackageWriter implements Closeable {
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final List<Table> tables = new ArrayList<>();

    /**
     * Prepares to write.
     *
     * @param directory where; made if need be
     * @throws IOException if it cannot be made
     */
    public PackageWriter(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /**
     * A column to write.
     *
     * @param name name
     * @param type string, integer, number, boolean, or yearmonth
     * @param decimals decimals written
     * @param unit unit; empty for none, and for units that differ from row to row
     * @param meaning meaning as a phrase
     */
    public record Column(String name, String type, int decimals, String unit, String meaning) {
        /**
         * A text.
         *
         * @param name name
         * @param meaning meaning
         * @return the column
         */
        public static Column text(String name, String meaning) {
            return new Column(name, "string", 0, "", meaning);
        }

        /**
         * A whole number.
         *
         * @param name name
         * @param meaning meaning
         * @return the column
         */
        public static Column integer(String name, String meaning) {
            return new Column(name, "integer", 0, "", meaning);
        }

        /**
         * A number.
         *
         * @param name name
         * @param decimals decimals written
         * @param unit unit
         * @param meaning meaning
         * @return the column
         */
        public static Column number(String name, int decimals, String unit, String meaning) {
            return new Column(name, "number", decimals, unit, meaning);
        }
    }

    /** A table being written. */
    public final class Table {
        private final String name;
        private final String meaning;
        private final List<Column> columns;
        private final List<String> key;
        private final Path file;
        private final DigestOutputStream bytes;
        private final CsvWriter csv;
        private final List<String> row = new ArrayList<>();
        private long rows;

        private Table(String name, String meaning, List<String> key, List<Column> columns) throws IOException {
            this.name = name;
            this.meaning = meaning;
            this.columns = List.copyOf(columns);
            this.key = List.copyOf(key);
            this.file = directory.resolve(UNFINISHED + "-" + name);
            OutputStream out = Files.newOutputStream(file);
            this.bytes = new DigestOutputStream(out, sha256());
            this.csv = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
            csv.writeRecord(this.columns.stream().map(Column::name).toList());
        }

        /**
         * Adds a text to the row.
         *
         * @param text text
         * @return this
         */
        public Table add(String text) {
            row.add(text);
            return this;
        }

        /**
         * Adds a number to the row, with its column's decimals.
         *
         * @param value number; NaN for none
         * @return this
         */
        public Table add(double value) {
            return add(value, columns.get(row.size()).decimals());
        }

        /**
         * Adds a number to the row.
         *
         * @param value number; NaN for none
         * @param decimals decimals
         * @return this
         */
        public Table add(double value, int decimals) {
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException(columns.get(row.size()).name() + " is infinite");
            }
            row.add(Decimals.text(value, decimals));
            return this;
        }

        /** Ends the row. */
        public void endRow() {
            if (row.size() != columns.size()) {
                throw new IllegalStateException(name + ": a row of " + row.size() + " fields for " + columns.size());
            }
            csv.writeRecord(row);
            row.clear();
            rows++;
        }

        private ObjectNode describe() throws IOException {
            return resource(
                    name,
                    meaning,
                    key,
                    columns,
                    Files.size(file),
                    bytes.getMessageDigest().digest(),
                    rows);
        }
    }

    private static ObjectNode resource(
            String name, String meaning, List<String> key, List<Column> columns, long size, byte[] digest, long rows) {
        ObjectNode node = object();
        node.put("name", name)
                .put("path", name + ".csv")
                .put("type", "table")
                .put("description", meaning)
                .put("format", "csv")
                .put("mediatype", "text/csv")
                .put("encoding", "utf-8")
                .put("bytes", size)
                .put("hash", "sha256:" + HexFormat.of().formatHex(digest))
                .put("rows", rows);
        node.putObject("dialect").put("lineTerminator", "\n");
        ObjectNode schema = node.putObject("schema");
        ArrayNode fields = schema.putArray("fields");
        for (Column column : columns) {
            ObjectNode field = fields.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("description", column.meaning());
            if (!column.unit().isEmpty()) {
                field.put("unit", column.unit());
            }
            if (column.type().equals("number")) {
                field.put("decimals", column.decimals());
            }
            if (key.contains(column.name())) {
                field.putObject("constraints").put("required", true);
            }
        }
        schema.putArray("missingValues").add("");
        ArrayNode keys = schema.putArray("primaryKey");
        key.forEach(keys::add);
        return node;
    }

    /**
     * Describes a table that is written by other means.
     *
     * @param name name of the table, and of its file without ending
     * @param meaning what it holds, as a phrase
     * @param key names of the columns that tell rows apart
     * @param columns columns in order
     * @param csv the file's text, whose first line names the columns and no field of which holds a line break
     * @return its description in a data package
     * @throws IllegalArgumentException if its first line names other columns
     */
    public static ObjectNode resource(String name, String meaning, List<String> key, List<Column> columns, String csv) {
        String header = String.join(",", columns.stream().map(Column::name).toList());
        if (!csv.startsWith(header + "\n")) {
            throw new IllegalArgumentException(
                    name + " has other columns: " + csv.lines().findFirst().orElse(""));
        }
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return resource(
                name,
                meaning,
                key,
                columns,
                bytes.length,
                sha256().digest(bytes),
                csv.lines().count() - 1);
    }

    /**
     * A data package.
     *
     * @param title its title
     * @param block what twostacks says about it
     * @param resources descriptions of its tables
     * @return text of datapackage.json
     */
    public static String describe(String title, ObjectNode block, List<ObjectNode> resources) {
        ObjectNode root = object();
        root.put("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
        root.put("name", title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-"));
        root.put("title", title);
        root.set("twostacks", block);
        resources.forEach(root.putArray("resources")::add);
        return json(root);
    }

    /**
     * Begins a table.
     *
     * @param name name of the table, and of its file without ending
     * @param meaning what it holds, as a phrase
     * @param key names of the columns that tell rows apart
     * @param columns columns in order
     * @return the table
     * @throws IOException if it cannot be written
     */
    public Table table(String name, String meaning, List<String> key, List<Column> columns) throws IOException {
        Table table = new Table(name, meaning, key, columns);
        tables.add(table);
        return table;
    }

    /**
     * Gives everything its final name. Tables that an earlier writer left under other names are removed.
     *
     * @param title title of the package
     * @param block what twostacks says about it
     * @throws IOException if it cannot be written
     */
    public void publish(String title, ObjectNode block) throws IOException {
        List<ObjectNode> resources = new ArrayList<>();
        try {
            for (Table table : tables) {
                table.csv.close();
                resources.add(table.describe());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Path described = directory.resolve(ResultPackage.FILE);
        Path unfinished = directory.resolve(UNFINISHED + "-" + ResultPackage.FILE);
        Files.writeString(unfinished, describe(title, block, resources), StandardCharsets.UTF_8);
        removeOld(described);
        for (Table table : tables) {
            rename(table.file, directory.resolve(table.name + ".csv"));
        }
        rename(unfinished, described);
        tables.clear();
    }

    private void removeOld(Path described) throws IOException {
        if (!Files.exists(described)) {
            return;
        }
        List<Path> old = new ArrayList<>();
        try {
            for (var resource :
                    new ObjectMapper().readTree(Files.readAllBytes(described)).path("resources")) {
                String path = resource.path("path").asText();
                if (path.matches("[A-Za-z0-9_-]+\\.csv")) {
                    old.add(directory.resolve(path));
                }
            }
        } catch (JsonProcessingException | CharConversionException e) {
            // nothing that this class wrote
        }
        Files.delete(described);
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes what is not published. */
    @Override
    public void close() throws IOException {
        try {
            for (Table table : tables) {
                table.csv.close();
                Files.deleteIfExists(table.file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * A new JSON object.
     *
     * @return an empty object
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A JSON tree as text: two spaces, LF, decimals without exponent.
     *
     * @param node tree
     * @return text with a line feed at the end
     */
    public static String json(ObjectNode node) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return new ObjectMapper()
                            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                            .writer(printer)
                            .writeValueAsString(node)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
