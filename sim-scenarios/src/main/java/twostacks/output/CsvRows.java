package twostacks.output;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Rows of CSV, written straight into bytes: RFC 4180, UTF-8, LF.
 *
 * <p>Numbers have fixed decimals and are written digit by digit from a whole number, never by {@code Double.toString},
 * whose digits differ between Java versions. A number is rounded as {@code new BigDecimal(x).setScale(decimals,
 * HALF_UP)} rounds it: to the nearest decimal to the exact binary value, and a tie away from zero. NaN is an empty
 * field; zero has no sign.
 */
public final class CsvRows implements Closeable {
    /** Most decimals that a number may have. */
    static final int MOST_DECIMALS = 15;

    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** From here on a double has no fraction, and a product of doubles may be off by a whole number. */
    private static final double WHOLE = 0x1p52;

    private static final int LONGEST_LONG = 20;

    private final OutputStream out;
    private final byte[] bytes = new byte[1 << 16];
    private final byte[] digits = new byte[LONGEST_LONG + 1];
    private int length;
    private boolean first = true;
    private boolean closed;

    /**
     * Rows to be written.
     *
     * @param out takes the bytes; closed with this
     */
    public CsvRows(OutputStream out) {
        this.out = out;
    }

    /**
     * Starts a row with fields that are encoded already, separators between them.
     *
     * @param fields their bytes
     * @throws IOException if it cannot write
     */
    public void startRow(byte[] fields) throws IOException {
        room(fields.length);
        System.arraycopy(fields, 0, bytes, length, fields.length);
        length += fields.length;
        first = false;
    }

    /**
     * Adds a text, quoted where it must be.
     *
     * @param text text; null for an empty field
     * @throws IOException if it cannot write
     */
    public void text(String text) throws IOException {
        separate();
        if (text == null) {
            return;
        }
        int end = text.length();
        if (end > bytes.length) {
            odd(text);
            return;
        }
        room(end);
        int start = length;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == ',' || c == '"') {
                length = start;
                odd(text);
                return;
            }
            bytes[length++] = (byte) c;
        }
    }

    /**
     * Adds a number.
     *
     * @param value number; NaN for an empty field
     * @param decimals decimals, at most 15
     * @throws IOException if it cannot write
     */
    public void number(double value, int decimals) throws IOException {
        separate();
        if (Double.isNaN(value)) {
            return;
        }
        double scaled = Math.abs(value) * POWERS[decimals];
        if (scaled >= WHOLE) {
            String plain = new BigDecimal(value)
                    .setScale(decimals, RoundingMode.HALF_UP)
                    .toPlainString();
            encoded(plain.getBytes(StandardCharsets.US_ASCII));
            return;
        }
        long whole = (long) scaled;
        double fraction = scaled - whole;
        if (fraction > .5 || fraction == .5 && Math.fma(Math.abs(value), POWERS[decimals], -scaled) >= 0) {
            whole++;
        }
        put(whole, decimals, value < 0 && whole != 0);
    }

    /**
     * Adds a whole number.
     *
     * @param value number
     * @throws IOException if it cannot write
     */
    public void integer(long value) throws IOException {
        separate();
        if (value == Long.MIN_VALUE) {
            encoded(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
        } else {
            put(Math.abs(value), 0, value < 0);
        }
    }

    /**
     * Ends a row.
     *
     * @throws IOException if it cannot write
     */
    public void endRow() throws IOException {
        room(1);
        bytes[length++] = '\n';
        first = true;
    }

    /**
     * Hands on what is buffered.
     *
     * @throws IOException if it cannot write
     */
    public void flush() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (out) {
                flush();
            }
        }
    }

    private void put(long scaled, int decimals, boolean negative) throws IOException {
        int at = digits.length;
        long left = scaled;
        for (int i = 0; i < decimals; i++) {
            long tenth = left / 10;
            digits[--at] = (byte) ('0' + (left - tenth * 10));
            left = tenth;
        }
        if (decimals > 0) {
            digits[--at] = '.';
        }
        do {
            long tenth = left / 10;
            digits[--at] = (byte) ('0' + (left - tenth * 10));
            left = tenth;
        } while (left != 0);
        int count = digits.length - at;
        room(count + 1);
        if (negative) {
            bytes[length++] = '-';
        }
        System.arraycopy(digits, at, bytes, length, count);
        length += count;
    }

    private void separate() throws IOException {
        if (first) {
            first = false;
        } else {
            room(1);
            bytes[length++] = ',';
        }
    }

    private void odd(String text) throws IOException {
        boolean quote = false;
        for (int i = 0; i < text.length() && !quote; i++) {
            char c = text.charAt(i);
            quote = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        encoded((quote ? '"' + text.replace("\"", "\"\"") + '"' : text).getBytes(StandardCharsets.UTF_8));
    }

    private void encoded(byte[] encoded) throws IOException {
        if (encoded.length > bytes.length) {
            flush();
            out.write(encoded);
            return;
        }
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void room(int count) throws IOException {
        if (length + count > bytes.length) {
            flush();
        }
    }
}
