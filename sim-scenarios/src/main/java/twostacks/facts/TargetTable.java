package twostacks.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;

/** A table of what was observed: {@code facts/validation.csv}, or a user's own of the same columns. */
public final class TargetTable {
    private static final List<String> READ = List.of("target_id", "entity", "date", "metric", "observed");
    private static final List<String> MAY = List.of("low", "high", "confidence", "unit", "source", "note");
    private static final List<String> CONFIDENCE = List.of("high", "medium", "low");
    private static final double MOST = 1e15;
    private static final String FORMS =
            "2025, 2025-H1, 2025-Q4, 2025-06, 2025-06-30, or a start and an end such as 2025-06/2025-08";
    private static final Pattern PART =
            Pattern.compile("(\\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\\d|3[01]))?))?");

    private final Source source;
    private final List<TargetRow> rows;

    private TargetTable(Source source, List<TargetRow> rows) {
        this.source = source;
        this.rows = List.copyOf(rows);
    }

    /**
     * Reads a table.
     *
     * @param source table
     * @param problems takes what is wrong with it
     * @return the table, without the rows that are wrong
     */
    public static TargetTable read(Source source, Problems problems) {
        List<TargetRow> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Node.Mapping row : CsvReader.read(source, READ, MAY, problems).rows()) {
            TargetRow read = row(row, ids, problems);
            if (read != null) {
                rows.add(read);
            }
        }
        return new TargetTable(source, rows);
    }

    private static TargetRow row(Node.Mapping row, Set<String> ids, Problems problems) {
        Fields fields = Fields.of(row, "", problems);
        String id = Values.text(fields.require("target_id"), "target_id", problems);
        if (id != null && !ids.add(id)) {
            problems.add(
                    row.place(), "target_id", "target_id '" + id + "' stands here again", "one row for each target");
        }
        String entity = Values.text(fields.require("entity"), "entity", problems);
        String metric = Values.text(fields.require("metric"), "metric", problems);
        Double observed = Values.number(fields.require("observed"), "observed", -MOST, MOST, problems);
        double low = fields.number("low", -MOST, MOST, Double.NaN);
        double high = fields.number("high", -MOST, MOST, Double.NaN);
        if (low > high) {
            problems.add(row.place(), "low", "low is " + low, "at most high, which is " + high);
        }
        String confidence = Values.oneOf(fields.get("confidence"), "confidence", "", CONFIDENCE, problems);
        String date = Values.text(fields.require("date"), "date", problems);
        int[] period = date == null ? null : period(date);
        if (date != null && period == null) {
            problems.add(fields.get("date").place(), "date", "date is '" + date + "'", FORMS);
        }
        if (id == null || entity == null || metric == null || observed == null || period == null) {
            return null;
        }
        return new TargetRow(
                id,
                entity,
                date,
                period[0],
                period[1],
                metric,
                observed,
                low,
                high,
                confidence == null ? "medium" : confidence);
    }

    /**
     * The months of a period.
     *
     * @param text a year, half-year, quarter, month or day, or two of them with a slash between
     * @return first and last month, counted from the year 0; null if the text is no period
     */
    public static int[] period(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return part(text);
        }
        int[] start = part(text.substring(0, slash));
        int[] end = part(text.substring(slash + 1));
        return start == null || end == null || end[1] < start[0] ? null : new int[] {start[0], end[1]};
    }

    private static int[] part(String text) {
        Matcher m = PART.matcher(text);
        if (!m.matches()) {
            return null;
        }
        int year = Integer.parseInt(m.group(1));
        if (m.group(2) != null) {
            int half = Integer.parseInt(m.group(2));
            return new int[] {Months.of(year, 6 * half - 5), Months.of(year, 6 * half)};
        }
        if (m.group(3) != null) {
            int quarter = Integer.parseInt(m.group(3));
            return new int[] {Months.of(year, 3 * quarter - 2), Months.of(year, 3 * quarter)};
        }
        if (m.group(4) != null) {
            int month = Months.of(year, Integer.parseInt(m.group(4)));
            return new int[] {month, month};
        }
        return new int[] {Months.of(year, 1), Months.of(year, 12)};
    }

    /**
     * What it was read from.
     *
     * @return source
     */
    public Source source() {
        return source;
    }

    /**
     * Its rows, in the table's order.
     *
     * @return rows
     */
    public List<TargetRow> rows() {
        return rows;
    }
}
