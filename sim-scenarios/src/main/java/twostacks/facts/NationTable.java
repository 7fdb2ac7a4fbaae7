package twostacks.facts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;

/** A table of nations: {@code facts/nations.csv}, or a user's own of the same columns. */
public final class NationTable {
    /** Destination tiers of United States controls. */
    public static final List<String> TIERS = List.of("1", "2", "3", "CN");

    /** What a code of a nation looks like. */
    public static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    private static final List<String> BLOCS = List.of("US", "CN", "other");
    private static final double MOST = 1e15;
    private static final int LONGEST_NAME = 200;
    private static final List<String> READ = List.of(
            "iso3",
            "name",
            "region",
            "subregion",
            "population",
            "gdp_usd",
            "internet_share",
            "un_ideal_point",
            "tier",
            "us_embargo",
            "not_served_by",
            "closed_to",
            "trust_us",
            "trust_cn",
            "language_support",
            "lat",
            "lon");
    private static final List<String> NOT_READ =
            List.of("iso2", "income_group", "population_year", "gdp_year", "internet_year", "language");

    private final Source source;
    private final Map<String, NationRow> rows = new LinkedHashMap<>();

    private NationTable(Source source) {
        this.source = source;
    }

    /**
     * Reads a table.
     *
     * @param source table
     * @param problems takes what is wrong with it
     * @return the table, without the rows that are wrong
     */
    public static NationTable read(Source source, Problems problems) {
        NationTable table = new NationTable(source);
        for (Node.Mapping row : CsvReader.read(source, READ, NOT_READ, problems).rows()) {
            table.add(row, problems);
        }
        return table;
    }

    /**
     * The table that comes with the program.
     *
     * @return the table
     */
    public static NationTable bundled() {
        return Bundled.TABLE;
    }

    /** Read once: nothing of it can change. */
    private static final class Bundled {
        private static final NationTable TABLE = readBundled();

        private static NationTable readBundled() {
            Problems problems = new Problems();
            NationTable table = read(BundledFacts.source("nations"), problems);
            problems.throwIfAny();
            return table;
        }
    }

    private void add(Node.Mapping row, Problems problems) {
        Fields fields = Fields.of(row, "", problems);
        String code = Values.matching(
                fields.require("iso3"), "iso3", CODE, "an ISO 3166 alpha-3 code of three capital letters", problems);
        double population = fields.number("population", 0, MOST, Double.NaN);
        BigDecimal millions = Values.decimal(fields.get("gdp_usd"), "gdp_usd", 0, MOST, false, problems);
        String tier = Values.oneOf(fields.require("tier"), "tier", "a tier", TIERS, problems);
        NationRow read = new NationRow(
                row.place(),
                code,
                fields.text("iso2", ""),
                fields.text("name", code),
                fields.text("region", ""),
                fields.text("subregion", ""),
                population,
                millions == null ? Double.NaN : Values.value(millions.movePointRight(6)),
                fields.number("internet_share", 0, 1, Double.NaN),
                fields.number("un_ideal_point", -10, 10, Double.NaN),
                tier,
                flag(fields.get("us_embargo"), "us_embargo", problems),
                texts(fields.get("not_served_by"), "not_served_by", null, problems),
                texts(fields.get("closed_to"), "closed_to", BLOCS, problems).stream()
                        .map(b -> b.toUpperCase(Locale.ROOT))
                        .toList(),
                fields.number("trust_us", 0, 1, Double.NaN),
                fields.number("trust_cn", 0, 1, Double.NaN),
                fields.number("language_support", 0, 1, Double.NaN),
                fields.number("lat", -90, 90, Double.NaN),
                fields.number("lon", -180, 180, Double.NaN));
        if (code != null && tier != null && rows.putIfAbsent(code, read) != null) {
            problems.add(row.place(), "iso3", "'" + code + "' stands here again", "each nation once");
        }
    }

    private static boolean flag(Node node, String path, Problems problems) {
        return !Values.is(node, "0")
                && (Values.is(node, "1") || Boolean.TRUE.equals(Values.truth(node, path, problems)));
    }

    private static List<String> texts(Node cell, String path, List<String> allowed, Problems problems) {
        List<String> texts = new ArrayList<>();
        for (Node part : Values.items(CsvReader.list(cell), path, problems)) {
            String text = allowed == null
                    ? Values.text(part, path, problems)
                    : Values.oneOf(part, path, "a bloc", allowed, problems);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
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
     * Its rows by code, in the table's order.
     *
     * @return rows
     */
    public Map<String, NationRow> rows() {
        return java.util.Collections.unmodifiableMap(rows);
    }

    /**
     * The code of a nation that was named by another name.
     *
     * @param found what was written: a name, or an alpha-2 code
     * @param among codes to choose from
     * @return the code; empty if no nation is called so
     */
    public String codeOf(String found, Collection<String> among) {
        if (found.length() > LONGEST_NAME) {
            return "";
        }
        for (NationRow row : rows.values()) {
            boolean same = row.name().toLowerCase(Locale.ROOT).equals(found.toLowerCase(Locale.ROOT))
                    || row.iso2().equals(found.toUpperCase(Locale.ROOT))
                    || row.iso3().equals(found.toUpperCase(Locale.ROOT));
            if (same && among.contains(row.iso3())) {
                return row.iso3();
            }
        }
        return "";
    }
}
