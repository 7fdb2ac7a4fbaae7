package twostacks.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import twostacks.agents.Nation;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Outcomes.NationRow;
import twostacks.outcome.Table;
import twostacks.policy.Bloc;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.policy.Stack;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;
import twostacks.world.Ledger.Weight;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/** Two policies under one seed meet the same luck; what that is worth. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CommonRandomNumbersTest {
    private static final String NATIONS =
            "[USA, CHN, IND, BRA, DEU, FRA, KEN, KAZ, IRN, RUS, SGP, ARE, NGA, MNG, JPN, MEX]";
    private static final int REGULATED_FROM = 2024 * 12;

    private static WorldSpec spec(int months, String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("nations.only", NATIONS);
        all.put("horizon.months", Integer.toString(months));
        all.put("population.adoptersPerNation", "400");
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        Scenario scenario = ScenarioLoader.load(
                "baseline",
                all.entrySet().stream()
                        .map(e -> ScenarioLoader.setting(e.getKey(), e.getValue()))
                        .toList());
        return scenario.spec();
    }

    private static WorldSpec with(WorldSpec spec, DatedEvent... more) {
        List<DatedEvent> events =
                Stream.concat(spec.events().stream(), Arrays.stream(more)).toList();
        return new WorldSpec(
                spec.name(),
                spec.startMonth(),
                spec.months(),
                spec.dataEnd(),
                spec.space(),
                spec.overrides(),
                spec.nations(),
                spec.labs(),
                events,
                spec.ownOffers(),
                spec.mirrored());
    }

    private static DatedEvent kenyaRegulates() {
        return new DatedEvent(
                REGULATED_FROM,
                DatedEvent.TO_THE_END,
                new Intervention.Regulate(List.of("KEN"), .2, .2),
                "Kenya regulates",
                "",
                false);
    }

    /** Every row of nations.csv, by nation, in order of months. */
    private static Map<String, List<String>> rows(WorldSpec spec, int untilMonth) {
        @SuppressWarnings("unchecked")
        Table<NationRow> table = (Table<NationRow>) Outcomes.TABLES.get(0);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        new World(spec, 1, 1).run(world -> {
            if (world.month() < untilMonth) {
                for (NationRow row : table.rows().apply(world)) {
                    StringBuilder line = new StringBuilder();
                    for (Column<NationRow> column : table.columns()) {
                        line.append(
                                        column.kind() == Column.Kind.TEXT
                                                ? column.text().apply(row)
                                                : Long.toHexString(Double.doubleToLongBits(
                                                        column.number().applyAsDouble(row))))
                                .append(',');
                    }
                    rows.computeIfAbsent(row.nation().facts.iso3(), k -> new ArrayList<>())
                            .add(line.toString());
                }
            }
        });
        return rows;
    }

    /** Nations whose rows differ between two worlds. */
    private static Set<String> differing(WorldSpec one, WorldSpec other, int untilMonth) {
        Map<String, List<String>> before = rows(one, untilMonth);
        Map<String, List<String>> after = rows(other, untilMonth);
        Set<String> differing = new TreeSet<>(before.keySet());
        differing.removeIf(nation -> before.get(nation).equals(after.get(nation)));
        return differing;
    }

    @Test
    void one_nations_regulation_changes_nothing_before_it_begins() {
        WorldSpec spec = spec(24);
        assertEquals(Set.of(), differing(spec, with(spec, kenyaRegulates()), REGULATED_FROM));
    }

    @Test
    void one_nations_regulation_changes_no_other_nation_where_nothing_connects_them() {
        // The ways from nation to nation in an observed history: word from the world, other nations' trust, mark-ups
        // where no list price is observed, and how much use a lab has whose access a power cuts.
        WorldSpec apart = spec(
                30,
                "awareness.worldWeight=0",
                "trust.networkPull=0",
                "price.markupSpeed=0",
                "trust.accessShockLoss=0",
                "stance.cutOffRise=0");
        assertEquals(Set.of("KEN"), differing(apart, with(apart, kenyaRegulates()), Integer.MAX_VALUE));
    }

    @Test
    void one_nations_regulation_reaches_others_where_nations_are_connected() {
        WorldSpec connected = spec(30);
        Set<String> reached = differing(connected, with(connected, kenyaRegulates()), Integer.MAX_VALUE);
        assertTrue(reached.contains("KEN") && reached.size() > 1, "reached: " + reached);
    }

    @Test
    void common_luck_cuts_the_variance_of_a_policys_effect_at_least_tenfold_in_the_median_nation() {
        WorldSpec base = spec(60);
        WorldSpec dearer = with(
                base,
                new DatedEvent(
                        2025 * 12,
                        DatedEvent.TO_THE_END,
                        new Intervention.PriceMove(Bloc.CN, List.of(), 3),
                        "Chinese prices treble",
                        "",
                        false));
        int pairs = 16;
        List<double[]> without = new ArrayList<>();
        List<double[]> under = new ArrayList<>();
        for (int replicate = 1; replicate <= pairs; replicate++) {
            without.add(shares(base, replicate));
            under.add(shares(dearer, replicate));
        }
        assertTrue(median(without, under, v -> Arrays.copyOf(v, v.length - Stack.COUNT - 1)) >= 10, "nations");
        assertTrue(
                median(without, under, v -> Arrays.copyOfRange(v, v.length - Stack.COUNT - 1, v.length)) >= 10,
                "world");
    }

    /** Shares of US, Chinese and no adoption in each nation at the end, and the world's shares last. */
    private static double[] shares(WorldSpec spec, int replicate) {
        List<Double> values = new ArrayList<>();
        new World(spec, 1, replicate).run(world -> {
            if (world.monthOfRun() == spec.months() - 1) {
                for (Nation nation : world.nations()) {
                    values.add(nation.blocShare(Bloc.US));
                    values.add(nation.blocShare(Bloc.CN));
                    values.add(nation.share(Stack.COUNT));
                }
                for (int g = 0; g <= Stack.COUNT; g++) {
                    values.add(world.ledger().share(Weight.POPULATION, g));
                }
            }
        });
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Median over outcomes of the variance under independent luck over that under common luck. */
    private static double median(List<double[]> without, List<double[]> under, Function<double[], double[]> part) {
        int pairs = without.size();
        int outcomes = part.apply(without.get(0)).length;
        List<Double> ratios = new ArrayList<>();
        Variance variance = new Variance();
        for (int o = 0; o < outcomes; o++) {
            double[] x = new double[pairs];
            double[] y = new double[pairs];
            double[] d = new double[pairs];
            for (int r = 0; r < pairs; r++) {
                x[r] = part.apply(without.get(r))[o];
                y[r] = part.apply(under.get(r))[o];
                d[r] = y[r] - x[r];
            }
            double independent = variance.evaluate(x) + variance.evaluate(y);
            if (independent > 0) {
                ratios.add(independent / Math.max(1e-18, variance.evaluate(d)));
            }
        }
        ratios.sort(null);
        return ratios.get(ratios.size() / 2);
    }
}
