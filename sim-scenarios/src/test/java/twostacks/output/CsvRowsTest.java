package twostacks.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CsvRowsTest {

    private static String number(double value, int decimals) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvRows rows = new CsvRows(bytes)) {
            rows.number(value, decimals);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The contract in one line. */
    private static String expected(double value, int decimals) {
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
        return rounded.toPlainString();
    }

    @Test
    void aHundredThousandNumbersAreRoundedAsBigDecimalRoundsTheirExactValue() throws IOException {
        SplittableRandom random = new SplittableRandom(20260901);
        for (int i = 0; i < 100_000; i++) {
            int decimals = random.nextInt(CsvRows.MOST_DECIMALS + 1);
            double value = switch (i % 4) {
                case 0 -> random.nextDouble();
                case 1 -> (random.nextDouble() - .5) * Math.pow(10, random.nextInt(20));
                case 2 -> (random.nextInt(2_000_001) - 1_000_000) / Math.pow(2, random.nextInt(24)); // many ties
                default -> finite(random);
            };
            assertEquals(
                    expected(value, decimals),
                    number(value, decimals),
                    () -> value + " with " + decimals + " decimals");
        }
    }

    private static double finite(SplittableRandom random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : 1;
    }

    @Test
    void numbersNextToATieAreRoundedToTheRightSide() throws IOException {
        for (int decimals = 0; decimals <= CsvRows.MOST_DECIMALS; decimals++) {
            for (int k = 0; k < 200; k++) {
                double tie = (k + .5) / Math.pow(10, decimals);
                for (double value : new double[] {tie, Math.nextUp(tie), Math.nextDown(tie), -tie}) {
                    assertEquals(expected(value, decimals), number(value, decimals));
                }
            }
        }
    }

    @Test
    void edgesAreWrittenPlainly() throws IOException {
        assertEquals("", number(Double.NaN, 6));
        assertEquals("0.000000", number(0.0, 6));
        assertEquals("0.000000", number(-0.0, 6));
        assertEquals("0.00", number(-.004, 2));
        assertEquals("-0.01", number(-.005, 2));
        assertEquals("1.000000", number(.9999999, 6));
        assertEquals("0.3", number(.25, 1));
        assertEquals("0.000000", number(Double.MIN_VALUE, 6));
        assertEquals("123456789012345683968.00", number(1.2345678901234568e20, 2));
        assertEquals("4503599627370496.0", number(0x1p52, 1));
    }

    @Test
    void whateverIsWrittenIsReadBackByAReaderOfRfc4180() throws IOException {
        List<List<String>> rows = List.of(
                List.of("plain", "", "a,b", "say \"so\"", "two\nlines", "cr\r\nlf", " spaces "),
                List.of("Côte d'Ivoire", "中国", "🛰", "'", "\t", "#", "="),
                List.of("x".repeat(70_000), "é".repeat(70_000), "\"".repeat(3), ",", "\n", "", "end"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvRows csv = new CsvRows(bytes)) {
            for (List<String> row : rows) {
                for (String field : row) {
                    csv.text(field);
                }
                csv.endRow();
            }
        }
        List<List<String>> read = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(bytes.toString(StandardCharsets.UTF_8))) {
            reader.forEach(record -> read.add(record.getFields()));
        }
        assertEquals(rows, read);
    }

    @Test
    void rowsThatFillTheBufferManyTimesAreWhole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvRows csv = new CsvRows(bytes)) {
            for (int i = 0; i < 50_000; i++) {
                csv.startRow("s,1,2026-01".getBytes(StandardCharsets.UTF_8));
                csv.integer(-i);
                csv.number(i / 8.0, 3);
                csv.text(null);
                csv.endRow();
            }
        }
        String[] lines = bytes.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertEquals(50_001, lines.length);
        for (int i = 0; i < 50_000; i++) {
            assertEquals("s,1,2026-01," + (i == 0 ? "" : "-") + i + "," + expected(i / 8.0, 3) + ",", lines[i]);
        }
    }
}
