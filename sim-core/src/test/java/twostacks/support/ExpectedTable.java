package twostacks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Numbers that an equation must give, computed without it: a table of {@code src/test/resources/expected}, written by a
 * script of {@code src/test/expected} that the table's header names.
 */
public final class ExpectedTable {
    /** Relative difference that rounding may make. */
    private static final double RELATIVE = 1e-12;

    private static final int FEWEST_ROWS = 9;

    private record Row(int line, double[] arguments, double[] expected) {}

    private final String file;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    private ExpectedTable(String file) {
        this.file = file;
        String text = read(file);
        String[] lines = text.split("\n", -1);
        assertTrue(
                lines[1].startsWith("# Made by: python3 sim-core/src/test/expected/"), file + " says how it was made");
        assertEquals("function,arguments,expected", lines[2], file);
        for (int line = 3; line < lines.length - 1; line++) {
            String[] cells = lines[line].split(",", -1);
            rows.computeIfAbsent(cells[0], f -> new ArrayList<>())
                    .add(new Row(line + 1, numbers(cells[1]), numbers(cells[2])));
        }
    }

    /**
     * Reads a table.
     *
     * @param file its name
     * @return the table
     */
    public static ExpectedTable of(String file) {
        return new ExpectedTable(file);
    }

    /**
     * Holds a function to the table.
     *
     * @param function its name in the table
     * @param actual computes it from the row's arguments
     * @return this
     */
    public ExpectedTable check(String function, ToDoubleFunction<double[]> actual) {
        return check(function, 0, actual);
    }

    /**
     * Holds a function to the table whose result may be a small difference of large numbers.
     *
     * @param function its name in the table
     * @param cancelling absolute error allowed besides, for what cancels
     * @param actual computes it from the row's arguments
     * @return this
     */
    public ExpectedTable check(String function, double cancelling, ToDoubleFunction<double[]> actual) {
        return checkAll(function, cancelling, a -> new double[] {actual.applyAsDouble(a)});
    }

    /**
     * Holds a function of many results to the table.
     *
     * @param function its name in the table
     * @param cancelling absolute error allowed besides, for what cancels
     * @param actual computes them from the row's arguments
     * @return this
     */
    public ExpectedTable checkAll(String function, double cancelling, Function<double[], double[]> actual) {
        List<Row> checked = rows.remove(function);
        assertTrue(checked != null && checked.size() >= FEWEST_ROWS, file + " holds rows of " + function);
        for (Row row : checked) {
            double[] got = actual.apply(row.arguments);
            assertEquals(row.expected.length, got.length, () -> where(function, row));
            for (int i = 0; i < got.length; i++) {
                double expected = row.expected[i];
                boolean near = Math.abs(got[i] - expected) <= RELATIVE * Math.abs(expected) + cancelling;
                if (!near && got[i] != expected) {
                    fail(where(function, row) + ": expected " + expected + ", got " + got[i]
                            + (got.length > 1 ? " at " + i : ""));
                }
            }
        }
        return this;
    }

    /** Fails if the table holds a function that nobody checked. */
    public void holdsNothingElse() {
        assertEquals(List.of(), List.copyOf(rows.keySet()), file);
    }

    private String where(String function, Row row) {
        return file + ":" + row.line + " " + function + Arrays.toString(row.arguments);
    }

    private static double[] numbers(String cell) {
        return cell.isEmpty()
                ? new double[0]
                : Arrays.stream(cell.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }

    private static String read(String file) {
        try (InputStream in = ExpectedTable.class.getResourceAsStream("/expected/" + file)) {
            assertTrue(in != null, "there is a table " + file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
