package twostacks.outcome;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * An output column: what a file says, and how it is read off the world.
 *
 * @param <R> what a row is about
 * @param name name in files; a plain word that pandas, SQL and R take unquoted
 * @param kind what its values are
 * @param decimals decimals written, 0 unless a number
 * @param unit unit
 * @param min least value, NaN if unbounded
 * @param max greatest value, NaN if unbounded
 * @param meaning meaning as a phrase
 * @param number reads a number or integer off a row; NaN is written as an empty field
 * @param text reads a text off a row
 */
public record Column<R>(
        String name,
        Kind kind,
        int decimals,
        String unit,
        double min,
        double max,
        String meaning,
        ToDoubleFunction<R> number,
        Function<R, String> text) {

    /** What a column's values are. */
    public enum Kind {
        /** A real number with fixed decimals. */
        NUMBER,
        /** A whole number. */
        INTEGER,
        /** A text. */
        TEXT
    }

    /**
     * A share in [0, 1], six decimals.
     *
     * @param <R> what a row is about
     * @param name name
     * @param meaning meaning
     * @param number reads it off a row
     * @return the column
     */
    public static <R> Column<R> share(String name, String meaning, ToDoubleFunction<R> number) {
        return new Column<>(name, Kind.NUMBER, 6, "1", 0, 1, meaning, number, null);
    }

    /**
     * A real number.
     *
     * @param <R> what a row is about
     * @param name name
     * @param unit unit
     * @param decimals decimals written
     * @param min least value, NaN if unbounded
     * @param max greatest value, NaN if unbounded
     * @param meaning meaning
     * @param number reads it off a row
     * @return the column
     */
    public static <R> Column<R> number(
            String name,
            String unit,
            int decimals,
            double min,
            double max,
            String meaning,
            ToDoubleFunction<R> number) {
        return new Column<>(name, Kind.NUMBER, decimals, unit, min, max, meaning, number, null);
    }

    /**
     * A count.
     *
     * @param <R> what a row is about
     * @param name name
     * @param unit unit
     * @param meaning meaning
     * @param number reads it off a row
     * @return the column
     */
    public static <R> Column<R> count(String name, String unit, String meaning, ToDoubleFunction<R> number) {
        return new Column<>(name, Kind.INTEGER, 0, unit, 0, Double.NaN, meaning, number, null);
    }

    /**
     * A text.
     *
     * @param <R> what a row is about
     * @param name name
     * @param meaning meaning
     * @param text reads it off a row
     * @return the column
     */
    public static <R> Column<R> text(String name, String meaning, Function<R, String> text) {
        return new Column<>(name, Kind.TEXT, 0, "", Double.NaN, Double.NaN, meaning, null, text);
    }
}
