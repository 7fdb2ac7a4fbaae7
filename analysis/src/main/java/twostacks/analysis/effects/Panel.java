package twostacks.analysis.effects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import twostacks.analysis.results.OutcomeName;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.ResultPackage;
import twostacks.analysis.results.ResultTable;
import twostacks.analysis.results.RowReader;

/**
 * A table of a run (nations or world) as a panel: replicates × months × entities × outcomes. Its layout is found in one
 * pass that checks that nothing is missing; values are loaded for as many months at a time as memory allows.
 */
final class Panel {
    private static final String REPLICATE = "replicate";
    private static final String MONTH = "month";

    /** Columns whose values differ with the weight of the world's row. */
    private static final List<String> WEIGHTED = List.of("share_", "dependence_");

    /** Text columns that make an outcome for each value. */
    private static final List<String> INDICATED = List.of("leading_origin");

    /**
     * An outcome of the panel.
     *
     * @param name name
     * @param column column
     * @param value for a text column the text that counts as 1; empty for a number
     * @param unit unit
     * @param decimals decimals in the file
     */
    record Outcome(String name, String column, String value, String unit, int decimals) {}

    private final ResultTable table;
    private final String entityColumn;
    private final List<String> months;
    private final List<String> entities;
    private final List<Outcome> outcomes;
    private final int replicates;
    private final Map<String, Integer> monthPlaces = new HashMap<>();
    private final Map<String, Integer> entityPlaces = new HashMap<>();

    private Panel(
            ResultTable table,
            String entityColumn,
            List<String> months,
            List<String> entities,
            List<Outcome> outcomes,
            int replicates) {
        this.table = table;
        this.entityColumn = entityColumn;
        this.months = List.copyOf(months);
        this.entities = List.copyOf(entities);
        this.outcomes = List.copyOf(outcomes);
        this.replicates = replicates;
        for (int i = 0; i < months.size(); i++) {
            monthPlaces.put(months.get(i), i);
        }
        for (int i = 0; i < entities.size(); i++) {
            entityPlaces.put(entities.get(i), i);
        }
    }

    /** The nations of a run. */
    static Panel nations(ResultPackage run) {
        return scan(run, "nations", "iso3");
    }

    /** The world of a run, by weight. */
    static Panel world(ResultPackage run) {
        return scan(run, "world", "weight");
    }

    /** Whether a column of the world's table depends on the row's weight. */
    static boolean weighted(String column) {
        return WEIGHTED.stream().anyMatch(column::startsWith);
    }

    private static Panel scan(ResultPackage run, String name, String entityColumn) {
        ResultTable table = run.table(name);
        List<String> texts =
                INDICATED.stream().filter(c -> table.find(c).isPresent()).toList();
        List<String> columns = new ArrayList<>(List.of(REPLICATE, MONTH, entityColumn));
        columns.addAll(texts);
        Set<String> months = new LinkedHashSet<>();
        Set<String> entities = new LinkedHashSet<>();
        Map<String, Set<String>> values = new LinkedHashMap<>();
        texts.forEach(t -> values.put(t, new TreeSet<>()));
        int replicates = 0;
        long rows = 0;
        try (RowReader reader = table.read(columns, true)) {
            while (reader.next()) {
                replicates = Math.max(replicates, (int) reader.number(0));
                months.add(reader.text(1));
                entities.add(reader.text(2));
                for (int i = 0; i < texts.size(); i++) {
                    values.get(texts.get(i)).add(reader.text(3 + i));
                }
                rows++;
            }
        }
        if (rows != (long) replicates * months.size() * entities.size()) {
            throw new ResultException(table.file() + " is not whole: " + rows + " rows are not " + replicates
                    + " replicates of " + months.size() + " months of " + entities.size());
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (ResultTable.Field field : table.fields()) {
            if (values.containsKey(field.name())) {
                for (String value : values.get(field.name())) {
                    outcomes.add(new Outcome(field.name() + "=" + value, field.name(), value, "1", 0));
                }
            } else if (field.numeric() && !field.name().equals(REPLICATE)) {
                outcomes.add(new Outcome(field.name(), field.name(), "", field.unit(), field.decimals()));
            }
        }
        return new Panel(
                table, entityColumn, months.stream().toList(), entities.stream().toList(), outcomes, replicates);
    }

    /** The panel with outcomes of both: where a text takes a value in one of two runs only, the other has it too. */
    Panel withOutcomesOf(Panel other) {
        Map<String, Outcome> all = new LinkedHashMap<>();
        outcomes.forEach(o -> all.put(o.name(), o));
        other.outcomes.forEach(o -> all.putIfAbsent(o.name(), o));
        List<String> columns = table.names();
        List<Outcome> sorted = new ArrayList<>(all.values());
        sorted.sort(java.util.Comparator.<Outcome>comparingInt(o -> columns.indexOf(o.column()))
                .thenComparing(Outcome::value));
        return new Panel(table, entityColumn, months, entities, sorted, replicates);
    }

    /** The panel with some of its outcomes. */
    Panel only(Set<String> wanted) {
        return new Panel(
                table,
                entityColumn,
                months,
                entities,
                outcomes.stream()
                        .filter(o -> wanted.contains(o.name()) || wanted.contains(o.column()))
                        .toList(),
                replicates);
    }

    /** Why rows of two panels are no pairs; empty if they are. */
    String difference(Panel other) {
        if (!months.equals(other.months)) {
            return "the months differ: " + span() + " and " + other.span();
        }
        if (replicates != other.replicates) {
            return "the numbers of replicates differ: " + replicates + " and " + other.replicates;
        }
        return "";
    }

    private String span() {
        return months.isEmpty() ? "none" : months.get(0) + " to " + months.get(months.size() - 1);
    }

    List<String> months() {
        return months;
    }

    List<String> entities() {
        return entities;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    int replicates() {
        return replicates;
    }

    /** Place of an entity; -1 if there is none of the name. */
    int place(String entity) {
        return entityPlaces.getOrDefault(entity, -1);
    }

    /** Number of values of a month. */
    long valuesPerMonth() {
        return (long) entities.size() * outcomes.size() * replicates;
    }

    /** Where the values of the replicates of a cell begin in what is loaded. */
    int at(int month, int entity, int outcome) {
        return ((month * entities.size() + entity) * outcomes.size() + outcome) * replicates;
    }

    /**
     * Loads values.
     *
     * @param wanted places of the months wanted
     * @return values by month, in the order wanted, entity, outcome and replicate; NaN where a field is empty
     */
    double[] load(int... wanted) {
        int[] order = new int[months.size()];
        Arrays.fill(order, -1);
        for (int i = 0; i < wanted.length; i++) {
            order[wanted[i]] = i;
        }
        double[] values = new double[Math.toIntExact(wanted.length * valuesPerMonth())];
        Arrays.fill(values, Double.NaN);
        List<String> columns = new ArrayList<>(List.of(REPLICATE, MONTH, entityColumn));
        int[] source = new int[outcomes.size()];
        for (int o = 0; o < source.length; o++) {
            String column = outcomes.get(o).column();
            if (!columns.contains(column)) {
                columns.add(column);
            }
            source[o] = columns.indexOf(column);
        }
        try (RowReader reader = table.read(columns, false)) {
            while (reader.next()) {
                int month = order[monthPlaces.get(reader.text(1))];
                if (month < 0) {
                    continue;
                }
                int replicate = (int) reader.number(0) - 1;
                int at = at(month, entityPlaces.get(reader.text(2)), 0) + replicate;
                for (int o = 0; o < source.length; o++) {
                    String value = outcomes.get(o).value();
                    values[at + o * replicates] = value.isEmpty()
                            ? reader.number(source[o])
                            : reader.text(source[o]).equals(value) ? 1 : 0;
                }
            }
        }
        return values;
    }

    /**
     * Reads one outcome of a run, by replicate.
     *
     * @param run a run
     * @param name outcome
     * @return its values in the order of replicates
     */
    static double[] series(ResultPackage run, OutcomeName name) {
        boolean world = name.iso3().equals(OutcomeName.WORLD);
        ResultTable table = run.table(world ? "world" : "nations");
        int equals = name.column().indexOf('=');
        String column = equals < 0 ? name.column() : name.column().substring(0, equals);
        String value = equals < 0 ? "" : name.column().substring(equals + 1);
        ResultTable.Field field = table.field(column);
        if (field.numeric() == (equals >= 0)) {
            throw new ResultException(
                    equals >= 0
                            ? name + ": " + column + " is a number; leave out '=" + value + "'"
                            : name + ": " + column + " is a text; say which value counts, as in " + column + "=CN");
        }
        String entity = world ? name.weight() : name.iso3();
        String last =
                name.month().isEmpty() ? run.block().path("horizon").path("end").asText() : name.month();
        List<Double> values = new ArrayList<>();
        Set<String> entities = new LinkedHashSet<>();
        try (RowReader reader = table.read(List.of(REPLICATE, MONTH, world ? "weight" : "iso3", column), false)) {
            while (reader.next()) {
                if (reader.text(1).equals(last)) {
                    entities.add(reader.text(2));
                    if (reader.text(2).equals(entity)) {
                        values.add(
                                equals < 0 ? reader.number(3) : reader.text(3).equals(value) ? 1.0 : 0.0);
                    }
                }
            }
        }
        if (entities.isEmpty()) {
            throw new ResultException(name + ": " + run.directory() + " has no month " + last);
        }
        if (values.isEmpty()) {
            throw ResultException.unknown(
                    name + ": " + run.directory() + " has no " + (world ? "weight" : "nation") + " '" + entity + "'",
                    entity,
                    List.copyOf(entities));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
