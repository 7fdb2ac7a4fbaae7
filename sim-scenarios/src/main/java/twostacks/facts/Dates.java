package twostacks.facts;

import java.util.regex.Pattern;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Values;

/** Dates of observations: a month, or a day of which the month counts. */
public final class Dates {
    private static final Pattern DATE = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?");
    private static final int MONTH = 7;

    private Dates() {}

    /**
     * The month of a date.
     *
     * @param node date, or null
     * @param path its dotted path
     * @param problems takes what is wrong
     * @return month counted from the year 0; null if the node is null or no date
     */
    public static Integer month(Node node, String path, Problems problems) {
        String text =
                Values.matching(node, path, DATE, "a month such as 2026-06 or a day such as 2026-06-16", problems);
        return text == null ? null : (Integer) Months.parse(text.substring(0, MONTH));
    }
}
