package twostacks.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A table of results.
 *
 * @param path its file
 * @param gzip whether the file is compressed
 * @param sha256 SHA-256 of its content in hexadecimal digits; empty if none is promised
 * @param meaning what a row is
 * @param fields its columns
 */
record TableFile(Path path, boolean gzip, String sha256, String meaning, List<Field> fields) {
    private static final String DESCRIPTION = "description";
    private static final int EXACT_DIGITS = 15;
    private static final double[] TENS = new double[EXACT_DIGITS + 1];

    static {
        double ten = 1;
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = ten;
            ten *= 10;
        }
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type type in Table Schema
     * @param unit unit; empty if it has none
     * @param meaning what it holds
     */
    record Field(String name, String type, String unit, String meaning) {
        boolean number() {
            return "number".equals(type) || "integer".equals(type);
        }
    }

    /** Takes a row: the numbers and the texts that were asked for, in arrays that are used again for the next row. */
    interface Sink {
        void row(double[] numbers, String[] texts) throws UnusableResultsException;
    }

    static TableFile of(Path directory, JsonNode resource) throws UnusableResultsException {
        String name = resource.path("path").asText();
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*")) {
            throw new UnusableResultsException(directory + ": '" + name + "' is not the name of a file there");
        }
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : resource.path("schema").path("fields")) {
            fields.add(new Field(
                    field.path("name").asText(),
                    field.path("type").asText(),
                    field.path("unit").asText(),
                    field.path(DESCRIPTION).asText()));
        }
        return new TableFile(
                directory.resolve(name),
                name.endsWith(".gz"),
                resource.path(resource.has("contentHash") ? "contentHash" : "hash")
                        .asText()
                        .replaceFirst("^sha256:", ""),
                resource.path(DESCRIPTION).asText(),
                List.copyOf(fields));
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    boolean has(String name) {
        return field(name).isPresent();
    }

    /**
     * Reads the whole table.
     *
     * @param numbers columns wanted as numbers; an empty field is NaN
     * @param texts columns wanted as texts
     * @param sink takes each row
     */
    void scan(List<String> numbers, List<String> texts, Sink sink) throws UnusableResultsException, IOException {
        Handler handler = new Handler(this, numbers, texts);
        MessageDigest digest = digest();
        try (BufferedReader in = reader(digest);
                CsvReader<Handler> rows = CsvReader.builder().build(handler, in)) {
            boolean header = true;
            for (Handler row : rows) {
                if (header) {
                    row.columns();
                    header = false;
                } else {
                    row.check();
                    sink.row(row.numbers, row.texts);
                }
            }
            if (!sha256.isEmpty() && !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                throw new UnusableResultsException(path + " is not as it was written; make it again");
            }
        } catch (ZipException | EOFException e) {
            throw new UnusableResultsException(path + " is not as it was written; make it again");
        } catch (NoSuchFileException e) {
            throw new UnusableResultsException(path + " is missing");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ZipException || e.getCause() instanceof EOFException) {
                throw new UnusableResultsException(path + " is not as it was written; make it again");
            }
            throw e.getCause();
        } catch (CsvParseException e) {
            throw new UnusableResultsException(path + " cannot be read: " + e.getMessage());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private BufferedReader reader(MessageDigest digest) throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            InputStream content = gzip ? new GZIPInputStream(in, 1 << 16) : in;
            return new BufferedReader(
                    new InputStreamReader(new DigestInputStream(content, digest), StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Keeps of each row what is wanted, and makes texts of nothing else. */
    private static final class Handler extends AbstractBaseCsvCallbackHandler<Handler> {
        private final TableFile table;
        private final List<String> numberNames;
        private final List<String> textNames;
        private final double[] numbers;
        private final String[] texts;
        private List<String> header = new ArrayList<>();
        private int[] numberAt;
        private int[] textAt;
        private long line;
        private String bad;

        Handler(TableFile table, List<String> numberNames, List<String> textNames) {
            this.table = table;
            this.numberNames = numberNames;
            this.textNames = textNames;
            this.numbers = new double[numberNames.size()];
            this.texts = new String[textNames.size()];
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            line = startingLineNumber;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (header != null) {
                header.add(new String(buffer, offset, length));
                return;
            }
            if (index >= numberAt.length) {
                return;
            }
            if (numberAt[index] >= 0) {
                numbers[numberAt[index]] = number(buffer, offset, length);
            }
            if (textAt[index] >= 0) {
                texts[textAt[index]] = new String(buffer, offset, length);
            }
        }

        @Override
        protected Handler buildRecord() {
            return this;
        }

        /** Takes the first row as the names of the columns. */
        void columns() throws UnusableResultsException {
            List<String> names = header;
            header = null;
            numberAt = places(names, numberNames);
            textAt = places(names, textNames);
        }

        private int[] places(List<String> names, List<String> wanted) throws UnusableResultsException {
            int[] places = new int[names.size()];
            Arrays.fill(places, -1);
            for (int i = 0; i < wanted.size(); i++) {
                int at = names.indexOf(wanted.get(i));
                if (at < 0) {
                    throw new UnusableResultsException(table.path() + " has no column " + wanted.get(i));
                }
                places[at] = i;
            }
            return places;
        }

        void check() throws UnusableResultsException {
            if (bad != null) {
                throw new UnusableResultsException(table.path() + ":" + line + ": '" + bad + "' is not a number");
            }
        }

        /** A number with at most 15 digits is a quotient of two that are exact; others are left to the JDK. */
        private double number(char[] buffer, int offset, int length) {
            if (length == 0) {
                return Double.NaN;
            }
            boolean negative = buffer[offset] == '-';
            long digits = 0;
            int count = 0;
            int decimals = -1;
            for (int i = negative ? 1 : 0; i < length; i++) {
                char c = buffer[offset + i];
                if (c >= '0' && c <= '9') {
                    digits = digits * 10 + (c - '0');
                    count++;
                    decimals += decimals < 0 ? 0 : 1;
                } else if (c == '.' && decimals < 0) {
                    decimals = 0;
                } else {
                    count = EXACT_DIGITS + 1;
                    break;
                }
            }
            if (count == 0 || count > EXACT_DIGITS) {
                String text = new String(buffer, offset, length);
                try {
                    return Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    bad = text;
                    return Double.NaN;
                }
            }
            double value = decimals > 0 ? digits / TENS[decimals] : digits;
            return negative ? -value : value;
        }
    }
}
