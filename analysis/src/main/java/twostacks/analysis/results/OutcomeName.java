package twostacks.analysis.results;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scalar of a run by name: {@code share_cn_open} (the world by population, last month), {@code share_cn_open@gdp},
 * {@code share_cn_open:2030-12}, {@code IND.share_cn_open}, {@code IND.leading_origin=CN:2030-12}.
 *
 * @param iso3 nation; WLD for the world
 * @param column column of its table; for a text column with {@code =value}, 1 where it has this value and 0 elsewhere
 * @param weight what nations are weighted by; population for a nation, where it means nothing
 * @param month month, YYYY-MM; empty for the last
 */
public record OutcomeName(String iso3, String column, String weight, String month) {
    /** Code of the world. */
    public static final String WORLD = "WLD";
    /** The weight that a name need not mention. */
    public static final String POPULATION = "population";

    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Z]{3})\\.)?([A-Za-z_][A-Za-z0-9_]*(?:=[A-Za-z0-9_-]+)?)(?:@([a-z]+))?(?::(\\d{4}-\\d{2}))?");

    /**
     * Reads a name.
     *
     * @param text name
     * @return its parts
     * @throws ResultException if it is none
     */
    public static OutcomeName of(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new ResultException("'" + text + "' is no outcome; expected COLUMN, COLUMN@WEIGHT or ISO.COLUMN, each"
                    + " with :YYYY-MM for another month than the last");
        }
        if (m.group(1) != null && m.group(3) != null) {
            throw new ResultException("'" + text + "' weights nations, and names one of them");
        }
        return new OutcomeName(
                m.group(1) == null ? WORLD : m.group(1),
                m.group(2),
                m.group(3) == null ? POPULATION : m.group(3),
                m.group(4) == null ? "" : m.group(4));
    }

    /**
     * The name within a table of effects: column, and weight unless it is population.
     *
     * @return outcome
     */
    public String outcome() {
        return weight.equals(POPULATION) ? column : column + "@" + weight;
    }

    /**
     * The same outcome in a month.
     *
     * @param other month, YYYY-MM
     * @return the name with that month
     */
    public OutcomeName in(String other) {
        return new OutcomeName(iso3, column, weight, other);
    }

    @Override
    public String toString() {
        return (iso3.equals(WORLD) ? "" : iso3 + ".") + outcome() + (month.isEmpty() ? "" : ":" + month);
    }
}
