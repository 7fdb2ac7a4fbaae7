package twostacks.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import twostacks.analysis.results.OutcomeName;
import twostacks.input.Months;
import twostacks.input.Nearest;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.scenario.Scenario;
import twostacks.world.Ledger;
import twostacks.world.WorldSpec;

/** Finds outcomes that runs will not have, before they are made. */
final class OutcomeCheck {
    private OutcomeCheck() {}

    /**
     * What is wrong with an outcome.
     *
     * @param outcome outcome
     * @param scenario scenario whose runs are to have it
     * @return a sentence; empty if the runs will have it
     */
    static Optional<String> problem(OutcomeName outcome, Scenario scenario) {
        boolean world = outcome.iso3().equals(OutcomeName.WORLD);
        String table = world ? "world" : "nations";
        int equals = outcome.column().indexOf('=');
        String column = equals < 0 ? outcome.column() : outcome.column().substring(0, equals);
        List<String> known = equals < 0
                ? numbers(table)
                : table(table).columns().stream().map(Column::name).toList();
        if (!known.contains(column)) {
            return Optional.of(table + ".csv has no " + (equals < 0 ? "number" : "column") + " '" + column + "'"
                    + Columns.didYouMean(Nearest.to(column, known)));
        }
        List<String> weights =
                Arrays.stream(Ledger.Weight.values()).map(Ledger.Weight::key).toList();
        if (!weights.contains(outcome.weight())) {
            return Optional.of(
                    "no weight is called '" + outcome.weight() + "'; there are " + String.join(", ", weights));
        }
        WorldSpec spec = scenario.spec();
        List<String> nations = spec.nations().stream().map(n -> n.iso3()).toList();
        if (!world && !nations.contains(outcome.iso3())) {
            return Optional.of(scenario.name() + " has no nation " + outcome.iso3()
                    + Columns.didYouMean(Nearest.to(outcome.iso3(), nations)));
        }
        if (!outcome.month().isEmpty()) {
            int month = Months.parse(outcome.month());
            if (month < spec.startMonth() || month >= spec.startMonth() + spec.months()) {
                return Optional.of("the runs cover " + span(spec));
            }
        }
        return Optional.empty();
    }

    /**
     * What is wrong with a column that effects are to be told on.
     *
     * @param column name
     * @return a sentence; empty if there is such a number
     */
    static Optional<String> problem(String column) {
        List<String> known = new ArrayList<>(numbers("nations"));
        known.addAll(numbers("world"));
        known.add("leading_origin");
        return known.contains(column)
                ? Optional.empty()
                : Optional.of("no number of nations.csv or world.csv is called '" + column + "'"
                        + Columns.didYouMean(Nearest.to(column, known)));
    }

    /** The months of a world, in words. */
    static String span(WorldSpec world) {
        return Months.text(world.startMonth()) + " to " + Months.text(world.startMonth() + world.months() - 1);
    }

    private static Table<?> table(String name) {
        return Outcomes.TABLES.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> numbers(String table) {
        return table(table).columns().stream()
                .filter(c -> c.kind() != Column.Kind.TEXT)
                .map(Column::name)
                .toList();
    }
}
