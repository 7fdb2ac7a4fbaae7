package twostacks.facts;

/**
 * Something that was observed, as a table of targets has it.
 *
 * @param id what it is known by
 * @param entity nation (ISO 3166 alpha-3) or group of nations
 * @param date period as written
 * @param first first month of the period, counted from the year 0
 * @param last last month of the period, the same way
 * @param metric what was measured
 * @param observed figure observed
 * @param low lower bound, NaN if none is known
 * @param high upper bound, NaN if none is known
 * @param confidence high, medium or low
 */
public record TargetRow(
        String id,
        String entity,
        String date,
        int first,
        int last,
        String metric,
        double observed,
        double low,
        double high,
        String confidence) {}
