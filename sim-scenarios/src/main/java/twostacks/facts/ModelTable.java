package twostacks.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;

/** A table of releases: {@code facts/models.csv}, or a user's own of the same columns. */
public final class ModelTable {
    private static final double MOST_PRICE = 1e6;
    private static final double MOST_CAPABILITY = 1000;
    private static final List<String> READ = List.of(
            "lab",
            "home",
            "model",
            "date",
            "access",
            "capability",
            "price_in",
            "price_out",
            "later_price_in",
            "later_price_out",
            "licence_freedom",
            "source");
    private static final List<String> NOT_READ =
            List.of("later_date", "capability_basis", "price_basis", "licence", "price_source");
    private static final List<String> ACCESS = Arrays.stream(ModelRow.Access.values())
            .map(a -> a.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Source source;
    private final List<ModelRow> rows;

    private ModelTable(Source source, List<ModelRow> rows) {
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
    public static ModelTable read(Source source, Problems problems) {
        List<ModelRow> rows = new ArrayList<>();
        for (Node.Mapping row : CsvReader.read(source, READ, NOT_READ, problems).rows()) {
            ModelRow read = row(row, problems);
            if (read != null) {
                rows.add(read);
            }
        }
        rows.sort(Comparator.comparingInt(ModelRow::month));
        return new ModelTable(source, rows);
    }

    /**
     * The table that comes with the program.
     *
     * @return the table
     */
    public static ModelTable bundled() {
        return Bundled.TABLE;
    }

    /** Read once: nothing of it can change. */
    private static final class Bundled {
        private static final ModelTable TABLE = readBundled();

        private static ModelTable readBundled() {
            Problems problems = new Problems();
            ModelTable table = read(BundledFacts.source("models"), problems);
            problems.throwIfAny();
            return table;
        }
    }

    private static ModelRow row(Node.Mapping row, Problems problems) {
        Fields fields = Fields.of(row, "", problems);
        String lab = Values.text(fields.require("lab"), "lab", problems);
        String home = Values.matching(
                fields.require("home"),
                "home",
                NationTable.CODE,
                "an ISO 3166 alpha-3 code of three capital letters",
                problems);
        String model = Values.text(fields.require("model"), "model", problems);
        Integer month = Dates.month(fields.require("date"), "date", problems);
        Integer later = Dates.month(fields.get("later_date"), "later_date", problems);
        String access = Values.oneOf(fields.require("access"), "access", "an access", ACCESS, problems);
        double capability = fields.number("capability", 0, MOST_CAPABILITY, Double.NaN);
        double priceIn = fields.number("price_in", 0, MOST_PRICE, Double.NaN);
        double priceOut = fields.number("price_out", 0, MOST_PRICE, Double.NaN);
        double laterIn = fields.number("later_price_in", 0, MOST_PRICE, Double.NaN);
        double laterOut = fields.number("later_price_out", 0, MOST_PRICE, Double.NaN);
        double freedom = fields.number("licence_freedom", 0, 1, Double.NaN);
        if (lab == null || home == null || model == null || month == null || access == null) {
            return null;
        }
        return new ModelRow(
                row.place(),
                lab,
                home,
                model,
                month,
                ModelRow.Access.valueOf(access.toUpperCase(Locale.ROOT)),
                capability,
                priceIn,
                priceOut,
                laterIn,
                laterOut,
                later == null ? -1 : later,
                freedom,
                fields.text("source", ""));
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
     * Its rows by month, those of a month in the table's order.
     *
     * @return rows
     */
    public List<ModelRow> rows() {
        return rows;
    }
}
