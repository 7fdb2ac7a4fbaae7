package twostacks.experiment.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import twostacks.agents.Nation;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.world.Ledger;
import twostacks.world.World;

/**
 * A number that is kept of every run: a column of the world's table or of the nations', in one month.
 *
 * @param name its name, which is what the experiment file says: {@code share_cn_open}, {@code share_cn_open@gdp},
 *     {@code share_cn_open:2030-12}, {@code IND.share_cn_open:2030-12}, {@code south.share_cn_open}
 * @param column the table's column
 * @param weight what nations are weighted by; empty for a single nation
 * @param month month counted from the year 0; {@link #LAST} for the last one
 * @param nations the nations it is about; none for the world
 */
public record Outcome(String name, Column<?> column, String weight, int month, List<String> nations) {
    /** The last month of a run, whichever that is. */
    public static final int LAST = -1;

    /** What is kept unless an experiment says otherwise. */
    static final List<String> DEFAULT = List.of(
            "share_us_closed", "share_us_open", "share_cn_api", "share_cn_open", "dependence_us", "dependence_cn");

    private static final String POPULATION = "population";
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<who>[A-Za-z][A-Za-z0-9_-]*)\\.)?(?<column>[A-Za-z][A-Za-z0-9_]*)(?:@(?<weight>[A-Za-z]+))?"
                    + "(?::(?<month>[0-9]{4}-[0-9]{2}))?");

    /** Copies the list. */
    public Outcome {
        nations = List.copyOf(nations);
    }

    /** The table of a name. */
    @SuppressWarnings("unchecked") // each table knows what its rows are about
    private static <R> Table<R> table(String name) {
        return (Table<R>) Outcomes.TABLES.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> numbers(Table<?> table) {
        return table.columns().stream()
                .filter(c -> c.kind() != Column.Kind.TEXT)
                .map(Column::name)
                .toList();
    }

    /**
     * Reads an outcome.
     *
     * @param node its name
     * @param path dotted path of the node
     * @param groups groups of nations that the experiment names
     * @param nations codes of the nations that all worlds have; null if they are not known
     * @param problems takes what is wrong
     * @return the outcome; null if there is none of this name
     */
    static Outcome read(
            Node node, String path, Map<String, List<String>> groups, Set<String> nations, Problems problems) {
        String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            problems.add(
                    node.place(),
                    path,
                    "'" + text + "' is no outcome",
                    "a column such as share_cn_open, share_cn_open@gdp, share_cn_open:2030-12 or IND.share_cn_open");
            return null;
        }
        String who = parts.group("who");
        List<String> whom = List.of();
        if (who != null && groups.containsKey(who)) {
            whom = groups.get(who);
        } else if (who != null) {
            if (nations != null && !nations.contains(who)) {
                List<String> known = new ArrayList<>(groups.keySet());
                known.addAll(nations);
                problems.addUnknown(
                        node.place(),
                        path,
                        "no nation or group is called '" + who + "'",
                        who,
                        "the code of a nation, or a group of keep.groups",
                        known);
                return null;
            }
            whom = List.of(who);
        }
        Table<?> table = table(whom.isEmpty() ? "world" : "nations");
        Column<?> column = table.columns().stream()
                .filter(c -> c.name().equals(parts.group("column")) && c.kind() != Column.Kind.TEXT)
                .findFirst()
                .orElse(null);
        if (column == null) {
            problems.addUnknown(
                    node.place(),
                    path,
                    "no column of " + table.name() + ".csv that holds numbers is called '" + parts.group("column")
                            + "'",
                    parts.group("column"),
                    "a column as 'columns " + table.name() + "' prints them",
                    numbers(table));
            return null;
        }
        String weight = parts.group("weight");
        List<String> weights =
                List.of(Ledger.Weight.values()).stream().map(Ledger.Weight::key).toList();
        if (weight != null && (whom.size() == 1 && !groups.containsKey(who) || !weights.contains(weight))) {
            if (weights.contains(weight)) {
                problems.add(
                        node.place(),
                        path,
                        "a nation by itself has no weight",
                        "'" + text.replace("@" + weight, "") + "'");
            } else {
                problems.addUnknown(node.place(), path, "no weight is called '" + weight + "'", weight, "", weights);
            }
            return null;
        }
        boolean single = who != null && !groups.containsKey(who);
        int month = LAST;
        if (parts.group("month") != null) {
            month = Months.parse(parts.group("month"));
            if (month < 0) {
                problems.add(
                        node.place(), path, "'" + parts.group("month") + "' is no month", "a month such as 2030-12");
                return null;
            }
        }
        return new Outcome(text, column, single ? "" : weight == null ? POPULATION : weight, month, whom);
    }

    /**
     * Whether it is a count, of which a group has the sum and not the mean.
     *
     * @return true for whole numbers
     */
    boolean counted() {
        return column.kind() == Column.Kind.INTEGER;
    }

    /**
     * Decimals it is written with.
     *
     * @return decimals
     */
    public int decimals() {
        return counted() ? 0 : column.decimals();
    }

    /**
     * What it means.
     *
     * @return a phrase
     */
    public String meaning() {
        String where = nations.isEmpty()
                ? ""
                : nations.size() == 1
                        ? ", " + nations.get(0)
                        : ", " + (counted() ? "sum" : "mean by " + weight) + " over " + String.join(" ", nations);
        return column.meaning() + where + ", " + (month == LAST ? "last month" : Months.text(month));
    }

    /**
     * Reads it off a world.
     *
     * @return a function of the world at the end of a month; NaN where there is no value
     */
    public ToDoubleFunction<World> reader() {
        return nations.isEmpty() ? worldReader() : nationsReader();
    }

    @SuppressWarnings("unchecked")
    private ToDoubleFunction<World> worldReader() {
        Table<Outcomes.WorldRow> table = table("world");
        Column<Outcomes.WorldRow> read = (Column<Outcomes.WorldRow>) column;
        return world -> {
            for (Outcomes.WorldRow row : table.rows().apply(world)) {
                if (row.weight().key().equals(weight)) {
                    return checked(read.number().applyAsDouble(row));
                }
            }
            throw new IllegalStateException("the world has no row for the weight " + weight);
        };
    }

    @SuppressWarnings("unchecked")
    private ToDoubleFunction<World> nationsReader() {
        Column<Outcomes.NationRow> read = (Column<Outcomes.NationRow>) column;
        Set<String> wanted = nations.stream().collect(Collectors.toUnmodifiableSet());
        Ledger.Weight by =
                weight.isEmpty() ? Ledger.Weight.POPULATION : Ledger.Weight.valueOf(weight.toUpperCase(Locale.ROOT));
        return world -> {
            double sum = 0;
            double weights = 0;
            for (Nation nation : world.nations()) {
                if (wanted.contains(nation.facts.iso3())) {
                    double value = checked(read.number().applyAsDouble(new Outcomes.NationRow(world, nation)));
                    double w = counted() || nations.size() == 1 ? 1 : Ledger.weight(by, nation);
                    if (!Double.isNaN(value)) {
                        sum += w * value;
                        weights += w;
                    }
                }
            }
            return weights == 0 ? Double.NaN : counted() ? sum : sum / weights;
        };
    }

    private double checked(double value) {
        if (value < column.min() || value > column.max() || Double.isInfinite(value)) {
            throw new IllegalStateException(name + " is " + value + ", which the column does not allow");
        }
        return value;
    }
}
