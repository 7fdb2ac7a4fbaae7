package twostacks.input;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads CSV (RFC 4180) with a header row into one {@link Node.Mapping} per row, so that a row is read as an entry of a
 * YAML file is, and its problems have a place too. An empty field is left out.
 */
public final class CsvReader {
    private static final int MOST_COLUMNS = 1000;
    private static final int MOST_FIELDS = 1_000_000;

    private final Source source;
    private final Problems problems;

    private CsvReader(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * A table.
     *
     * @param columns names of the columns in order
     * @param rows rows in order, each with its fields by column; empty fields are left out
     */
    public record Table(List<Node.Scalar> columns, List<Node.Mapping> rows) {
        /** Copies the lists. */
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * Reads a source.
     *
     * @param source what to read
     * @param required columns that there must be
     * @param optional columns that there may be besides
     * @param problems takes what is wrong with it
     * @return the table, without the rows that are no rows of it
     */
    public static Table read(Source source, List<String> required, List<String> optional, Problems problems) {
        return new CsvReader(source, problems).read(required, optional);
    }

    /**
     * The parts of a field that holds several, separated by semicolons.
     *
     * @param cell a field, or null
     * @return a list of its parts, each with its place; null for null
     */
    public static Node.Sequence list(Node cell) {
        if (!(cell instanceof Node.Scalar scalar)) {
            return null;
        }
        List<Node> parts = new ArrayList<>();
        int at = 0;
        for (String part : scalar.text().split(";", -1)) {
            Place place = new Place(
                    cell.place().source(), cell.place().line(), cell.place().column() + at);
            parts.add(new Node.Scalar(place, part.strip(), true));
            at += part.length() + 1;
        }
        return new Node.Sequence(cell.place(), parts);
    }

    private Table read(List<String> required, List<String> optional) {
        List<Node.Scalar> columns = null;
        List<Node.Mapping> rows = new ArrayList<>();
        Handler handler = new Handler();
        try (de.siegmar.fastcsv.reader.CsvReader<List<Node.Scalar>> reader =
                de.siegmar.fastcsv.reader.CsvReader.builder()
                        .skipEmptyLines(true)
                        .allowUnclosedQuote(false)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .build(handler, source.text())) {
            for (List<Node.Scalar> cells : reader) {
                if (columns == null) {
                    columns = cells;
                    if (!separated(cells, required)) {
                        break;
                    }
                    checkHeader(cells, required, optional);
                } else if (cells.size() != columns.size()) {
                    problems.add(
                            cells.get(0).place(),
                            "",
                            "this row has " + cells.size() + " fields",
                            columns.size() + ", as the header has");
                } else {
                    rows.add(row(columns, cells));
                }
            }
        } catch (CsvParseException e) {
            Place place = new Place(source, (int) handler.line, 1);
            if (e.getCause() instanceof TooLarge large) {
                problems.add(place, "", large.getMessage(), large.allowed);
                rows.clear();
            } else {
                problems.add(place, "", "is not CSV: " + e.getMessage(), "commas between fields, quotes in pairs");
            }
            columns = columns == null ? List.of() : columns;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (columns == null) {
            problems.add(source.whole(), "", "is empty", "a header row and rows");
            columns = List.of();
        }
        return new Table(columns, rows);
    }

    /** Whether commas stand between the columns; what Excel writes in some countries has semicolons there. */
    private boolean separated(List<Node.Scalar> header, List<String> required) {
        String only = header.get(0).text();
        for (String separator : List.of(";", "\t")) {
            if (header.size() == 1
                    && required.size() > 1
                    && List.of(only.split(separator, -1)).containsAll(required)) {
                problems.add(
                        header.get(0).place(),
                        "",
                        "the columns are separated by " + (separator.equals(";") ? "semicolons" : "tabs"),
                        "commas, and points in numbers");
                return false;
            }
        }
        return true;
    }

    private void checkHeader(List<Node.Scalar> header, List<String> required, List<String> optional) {
        Set<String> seen = new HashSet<>();
        List<String> known = new ArrayList<>(required);
        known.addAll(optional);
        for (Node.Scalar column : header) {
            if (!known.contains(column.text())) {
                problems.addUnknown(
                        column.place(),
                        column.text(),
                        "unknown column '" + column.text() + "'",
                        column.text(),
                        "another column",
                        known);
            } else if (!seen.add(column.text())) {
                problems.add(column.place(), column.text(), "the column '" + column.text() + "' stands here again");
            }
        }
        for (String column : required) {
            if (!seen.contains(column)) {
                problems.add(header.get(0).place(), column, "the column '" + column + "' is missing");
            }
        }
    }

    private static Node.Mapping row(List<Node.Scalar> columns, List<Node.Scalar> cells) {
        List<Node.Entry> entries = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            Node.Scalar cell = cells.get(i);
            if (!cell.text().isEmpty()) {
                entries.add(new Node.Entry(
                        new Node.Scalar(cell.place(), columns.get(i).text(), true), cell));
            }
        }
        return new Node.Mapping(cells.get(0).place(), entries);
    }

    /** Thrown where a table is larger than is read, and caught here, wrapped by the reader. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String allowed;

        TooLarge(String message, String allowed) {
            super(message, null, false, false);
            this.allowed = allowed;
        }
    }

    /** Follows the parser through a row, counting lines and columns as it goes. */
    private final class Handler extends AbstractBaseCsvCallbackHandler<List<Node.Scalar>> {
        private List<Node.Scalar> cells = new ArrayList<>();
        private long line = 1;
        private int column = 1;
        private int fields;

        @Override
        protected void handleBegin(long startingLineNumber) {
            cells = new ArrayList<>();
            line = startingLineNumber;
            column = 1;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index >= MOST_COLUMNS) {
                throw new TooLarge("this row has more than " + MOST_COLUMNS + " fields", "fewer columns");
            }
            if (++fields > MOST_FIELDS) {
                throw new TooLarge("more than " + MOST_FIELDS + " fields stand before this row", "a smaller table");
            }
            String text = new String(buffer, offset, length);
            Place place = new Place(source, (int) line, column);
            Text.check(text, place, "", problems);
            cells.add(new Node.Scalar(place, text, true));
            column += length + 1;
            if (quoted) {
                int quotes = (int) text.chars().filter(c -> c == '"').count();
                column += 2 + quotes;
                int breaks = (int) text.chars().filter(c -> c == '\n').count();
                if (breaks > 0) {
                    line += breaks;
                    String last = text.substring(text.lastIndexOf('\n') + 1);
                    column = last.length()
                            + (int) last.chars().filter(c -> c == '"').count()
                            + 3;
                }
            }
        }

        @Override
        protected List<Node.Scalar> buildRecord() {
            return cells;
        }
    }
}
