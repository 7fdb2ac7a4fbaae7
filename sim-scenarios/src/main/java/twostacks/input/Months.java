package twostacks.input;

import java.util.regex.Pattern;

/** Months as text and as numbers counted from the year 0: year × 12 + month − 1. */
public final class Months {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");
    private static final int PER_YEAR = 12;

    private Months() {}

    /**
     * The month that a text is.
     *
     * @param text such as {@code 2026-06}
     * @return its number; −1 if the text is no month
     */
    public static int parse(String text) {
        if (!MONTH.matcher(text).matches()) {
            return -1;
        }
        return of(Integer.parseInt(text.substring(0, 4)), Integer.parseInt(text.substring(5)));
    }

    /**
     * The number of a month.
     *
     * @param year year
     * @param month 1 to 12
     * @return its number
     */
    public static int of(int year, int month) {
        return year * PER_YEAR + month - 1;
    }

    /**
     * A month as text.
     *
     * @param month its number
     * @return such as {@code 2026-06}
     */
    public static String text(int month) {
        String year = "000" + month / PER_YEAR;
        String of = "0" + (month % PER_YEAR + 1);
        return year.substring(year.length() - 4) + "-" + of.substring(of.length() - 2);
    }
}
