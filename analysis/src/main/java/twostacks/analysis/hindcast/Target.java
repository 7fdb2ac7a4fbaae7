package twostacks.analysis.hindcast;

/**
 * Something that was observed.
 *
 * @param id what it is known by
 * @param entity nation (ISO 3166 alpha-3) or {@linkplain Groups group of nations}
 * @param date period as the source's table writes it
 * @param first first month of the period, counted from the year 0 (year × 12 + month − 1)
 * @param last last month of the period, the same way
 * @param metric what was measured; the operators are named by it
 * @param observed figure observed, or the midpoint of a bin
 * @param low lower bound, NaN if none is known
 * @param high upper bound, NaN if none is known
 * @param confidence high, medium or low
 */
public record Target(
        String id,
        String entity,
        String date,
        int first,
        int last,
        String metric,
        double observed,
        double low,
        double high,
        String confidence) {

    /** Checks the period. */
    public Target {
        if (last < first) {
            throw new IllegalArgumentException(id + " ends before it begins");
        }
    }

    /**
     * Whether only a range is known.
     *
     * @return true if there are both bounds
     */
    public boolean binned() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    /**
     * Whether it was observed of the same entity, in a period that ends before another one's begins.
     *
     * @param later the other target
     * @return true if so
     */
    public boolean precedes(Target later) {
        return entity.equals(later.entity) && last < later.first;
    }

    /**
     * Middle of the period.
     *
     * @return months, counted from the year 0
     */
    public double middle() {
        return (first + last + 1) / 2.0;
    }
}
