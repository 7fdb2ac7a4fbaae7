package twostacks.analysis.results;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads a table row by row, in memory that does not depend on its length. Only the columns wanted are made into values.
 *
 * <p>What the data package promises is checked on the way: the header, the number of fields of each row, numbers where
 * numbers are promised, and at the end the number of rows and, if wanted, the hash.
 */
public final class RowReader implements Closeable {
    private static final int BUFFER = 1 << 16;
    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private static final long EXACT = 1L << 53;
    private static final int MOST_TEXTS = 1 << 14;

    private final ResultTable table;
    private final int[] wanted;
    private final boolean[] numeric;
    private final String[] texts;
    private final double[] numbers;
    private final DigestInputStream digest;
    private final CsvReader<Boolean> reader;
    private final Iterator<Boolean> rows;
    private final Map<String, String> known = new HashMap<>();
    private String[] header;
    private long count;
    private long line;
    private boolean ended;

    RowReader(ResultTable table, List<String> columns, boolean verify) {
        this.table = table;
        this.wanted = new int[table.fields().size()];
        Arrays.fill(wanted, -1);
        this.numeric = new boolean[columns.size()];
        this.texts = new String[columns.size()];
        this.numbers = new double[columns.size()];
        List<String> names = table.names();
        for (int i = 0; i < columns.size(); i++) {
            ResultTable.Field field = table.field(columns.get(i));
            int at = names.indexOf(field.name());
            if (wanted[at] >= 0) {
                throw new IllegalArgumentException(field.name() + " is wanted twice");
            }
            wanted[at] = i;
            numeric[i] = field.numeric();
        }
        try {
            InputStream in = Files.newInputStream(table.file());
            if (table.file().toString().endsWith(".gz")) {
                in = new GZIPInputStream(in, BUFFER);
            }
            digest = verify && !table.sha256().isEmpty() ? new DigestInputStream(in, sha256()) : null;
            reader = CsvReader.builder()
                    .build(
                            new Handler(),
                            new InputStreamReader(
                                    digest == null ? in : new BufferedInputStream(digest, BUFFER),
                                    StandardCharsets.UTF_8));
            rows = reader.iterator();
            if (!rows.hasNext() || !rows.next() || !Arrays.asList(header).equals(names)) {
                close();
                throw new ResultException(
                        table.file() + ":1: the columns are not those that " + ResultPackage.FILE + " describes");
            }
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(e);
        } catch (CsvParseException e) {
            throw malformed(e);
        }
    }

    /**
     * Goes to the next row.
     *
     * @return false if there is none
     * @throws ResultException if the row, or at the end the whole, is not as described
     */
    public boolean next() {
        try {
            if (rows.hasNext()) {
                rows.next();
                count++;
                return true;
            }
            if (!ended) {
                ended = true;
                checkWhole();
            }
            return false;
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        } catch (CsvParseException e) {
            throw malformed(e);
        }
    }

    private ResultException malformed(CsvParseException e) {
        return e.getCause() instanceof ResultException wrong
                ? wrong
                : new ResultException(table.file() + ":" + line + ": is no CSV"
                        + (e.getCause() == null ? ": " + e.getMessage() : ""));
    }

    private void checkWhole() {
        if (table.rows() >= 0 && table.rows() != count) {
            throw new ResultException(table.file() + " has " + count + " rows, and " + ResultPackage.FILE + " promises "
                    + table.rows() + "; make it again");
        }
        if (digest != null
                && !HexFormat.of().formatHex(digest.getMessageDigest().digest()).equals(table.sha256())) {
            throw new ResultException(table.file() + " is not as it was written; make it again");
        }
    }

    /**
     * A text of the row.
     *
     * @param column place among the columns wanted
     * @return text; empty for an empty field
     */
    public String text(int column) {
        return texts[column];
    }

    /**
     * A number of the row.
     *
     * @param column place among the columns wanted
     * @return number; NaN for an empty field
     */
    public double number(int column) {
        return numbers[column];
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ResultException unreadable(Exception e) {
        return new ResultException(table.file() + ": cannot be read: " + e.getMessage());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A number as it stands in a file. Digits are taken as a whole number and divided by a power of ten: both are exact,
     * so that the quotient is the double nearest to the decimal, as {@code Double.parseDouble} would have it.
     */
    static double parse(char[] buffer, int offset, int length) {
        int i = offset;
        int end = offset + length;
        boolean negative = i < end && buffer[i] == '-';
        if (negative) {
            i++;
        }
        long whole = 0;
        int decimals = -1;
        int digits = 0;
        for (; i < end; i++) {
            char c = buffer[i];
            if (c >= '0' && c <= '9') {
                whole = whole * 10 + (c - '0');
                digits++;
                if (decimals >= 0) {
                    decimals++;
                }
            } else if (c == '.' && decimals < 0) {
                decimals = 0;
            } else {
                digits = -1;
                break;
            }
        }
        if (digits <= 0 || digits > 18 || whole >= EXACT) {
            return Double.parseDouble(new String(buffer, offset, length));
        }
        double value = decimals > 0 ? whole / POWERS[decimals] : whole;
        return negative ? -value : value;
    }

    private final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final String[] first = new String[wanted.length];
        private int fields;

        @Override
        protected void handleBegin(long startingLineNumber) {
            fields = 0;
            line = startingLineNumber;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            fields++;
            if (header == null) {
                if (index < first.length) {
                    first[index] = new String(buffer, offset, length);
                }
                return;
            }
            int column = index < wanted.length ? wanted[index] : -1;
            if (column < 0) {
                return;
            }
            if (numeric[column]) {
                try {
                    numbers[column] = length == 0 ? Double.NaN : parse(buffer, offset, length);
                } catch (NumberFormatException e) {
                    throw new ResultException(table.file() + ":" + line + ": "
                            + table.names().get(index) + " is '" + new String(buffer, offset, length)
                            + "', which is no number");
                }
            } else {
                texts[column] = same(texts[column], buffer, offset, length);
            }
        }

        /** One object for equal texts: rows repeat scenario, month, nation. */
        private String same(String before, char[] buffer, int offset, int length) {
            if (before != null && before.length() == length) {
                int i = 0;
                while (i < length && before.charAt(i) == buffer[offset + i]) {
                    i++;
                }
                if (i == length) {
                    return before;
                }
            }
            String text = new String(buffer, offset, length);
            if (known.size() > MOST_TEXTS) {
                return text;
            }
            String old = known.putIfAbsent(text, text);
            return old == null ? text : old;
        }

        @Override
        protected Boolean buildRecord() {
            if (header == null) {
                header = fields == first.length ? first : new String[] {""};
                return Boolean.TRUE;
            }
            if (fields != wanted.length) {
                throw new ResultException(table.file() + ":" + line + ": has " + fields + " fields, and "
                        + ResultPackage.FILE + " promises " + wanted.length);
            }
            return Boolean.TRUE;
        }
    }
}
