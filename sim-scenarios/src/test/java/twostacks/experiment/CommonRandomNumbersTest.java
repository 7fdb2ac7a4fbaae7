package twostacks.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import twostacks.agents.Nation;
import twostacks.docs.ReferencePages;
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

    /**
     * How much common luck is worth in the whole world: the table of docs/verification.md, which
     * {@code -Dtwostacks.long=true} works out again and {@code -Dtwostacks.update=true} with it writes.
     */
    @Test
    void what_common_luck_is_worth_in_each_nation_is_as_published() throws IOException {
        assumeTrue(
                Boolean.getBoolean("twostacks.long"),
                "-Dtwostacks.long=true works the variances of docs/verification.md out again");
        WorldSpec base =
                ScenarioLoader.load("baseline").withMonths(PUBLISHED_MONTHS).spec();
        List<double[]> without = runs(base);
        StringBuilder table =
                new StringBuilder("\n| policy from January 2025 | share of | nations | 5 % | 25 % | median |"
                        + " 75 % | 95 % | below 1 | world |\n|---|---|---|---|---|---|---|---|---|---|\n");
        for (Map.Entry<String, Intervention> policy : policies().entrySet()) {
            DatedEvent event =
                    new DatedEvent(2025 * 12, DatedEvent.TO_THE_END, policy.getValue(), policy.getKey(), "", false);
            List<double[]> under = runs(with(base, event));
            for (int outcome = 0; outcome < OUTCOMES.size(); outcome++) {
                double[] ratios = ratios(without, under, outcome, base.nations().size());
                double world = ratio(without, under, base.nations().size() * OUTCOMES.size() + outcome);
                // A policy whose effect is itself a matter of who is hit leaves variance that no common luck removes.
                double least = policy.getValue() instanceof Intervention.RestrictModelAccess ? 1 : 10;
                assertTrue(quantile(ratios, .5) >= least, policy.getKey() + ", " + OUTCOMES.get(outcome));
                table.append("| ").append(policy.getKey()).append(" | ").append(OUTCOMES.get(outcome));
                table.append(" | ").append(ratios.length);
                for (double part : new double[] {.05, .25, .5, .75, .95}) {
                    table.append(" | ").append(text(quantile(ratios, part)));
                }
                long below = Arrays.stream(ratios).filter(r -> r < 1).count();
                table.append(" | ")
                        .append(below)
                        .append(" | ")
                        .append(text(world))
                        .append(" |\n");
            }
        }
        Path page = page();
        String is = Files.readString(page);
        String shall =
                ReferencePages.replaced(is, "common-luck", table.append('\n').toString());
        if (Boolean.getBoolean("twostacks.update")) {
            Files.writeString(page, shall);
        } else {
            assertEquals(shall, is);
        }
    }

    private static final int PUBLISHED_MONTHS = 60;
    private static final int PUBLISHED_PAIRS = 16;
    private static final List<String> OUTCOMES = List.of("US stacks", "Chinese stacks", "no AI");

    private static Map<String, Intervention> policies() {
        Map<String, Intervention> policies = new LinkedHashMap<>();
        policies.put("price: Chinese list prices treble", new Intervention.PriceMove(Bloc.CN, List.of(), 3));
        policies.put(
                "export control: the United States license half in tiers 2 and 3",
                new Intervention.RestrictModelAccess(Bloc.US, List.of("2", "3"), List.of(), .5, Double.NaN));
        policies.put(
                "trust: China courts everybody with full weight", new Intervention.Diplomacy(Bloc.CN, List.of(), 1));
        return policies;
    }

    private static List<double[]> runs(WorldSpec spec) {
        List<double[]> runs = new ArrayList<>();
        for (int replicate = 1; replicate <= PUBLISHED_PAIRS; replicate++) {
            runs.add(blocShares(spec, replicate));
        }
        return runs;
    }

    /** In each nation at the end, the shares of US and Chinese stacks and of no AI; then those of the world's people. */
    private static double[] blocShares(WorldSpec spec, int replicate) {
        double[] values = new double[(spec.nations().size() + 1) * OUTCOMES.size()];
        int threads = Runtime.getRuntime().availableProcessors();
        new World(spec, 1, replicate, threads).run(world -> {
            if (world.monthOfRun() == spec.months() - 1) {
                int at = 0;
                for (Nation nation : world.nations()) {
                    values[at++] = nation.blocShare(Bloc.US);
                    values[at++] = nation.blocShare(Bloc.CN);
                    values[at++] = nation.share(Stack.COUNT);
                }
                for (Stack stack : Stack.values()) {
                    double share = world.ledger().share(Weight.POPULATION, stack.ordinal());
                    values[at] += stack == Stack.US_CLOSED || stack == Stack.US_OPEN ? share : 0;
                    values[at + 1] += stack == Stack.CN_API || stack == Stack.CN_OPEN ? share : 0;
                }
                values[at + 2] = world.ledger().share(Weight.POPULATION, Stack.COUNT);
            }
        });
        return values;
    }

    /** In ascending order; without the nations in which luck moves nothing. */
    private static double[] ratios(List<double[]> without, List<double[]> under, int outcome, int nations) {
        return IntStream.range(0, nations)
                .mapToDouble(n -> ratio(without, under, n * OUTCOMES.size() + outcome))
                .filter(r -> !Double.isNaN(r))
                .sorted()
                .toArray();
    }

    /** Variance of the difference under independent luck over that under common luck. */
    private static double ratio(List<double[]> without, List<double[]> under, int at) {
        int pairs = without.size();
        double[] x =
                IntStream.range(0, pairs).mapToDouble(r -> without.get(r)[at]).toArray();
        double[] y =
                IntStream.range(0, pairs).mapToDouble(r -> under.get(r)[at]).toArray();
        double[] d = IntStream.range(0, pairs).mapToDouble(r -> y[r] - x[r]).toArray();
        Variance variance = new Variance();
        double independent = variance.evaluate(x) + variance.evaluate(y);
        double common = variance.evaluate(d);
        return independent > 0 ? common > 0 ? independent / common : Double.POSITIVE_INFINITY : Double.NaN;
    }

    private static double quantile(double[] ascending, double part) {
        return ascending[(int) Math.min(ascending.length - 1.0, Math.floor(part * ascending.length))];
    }

    private static String text(double ratio) {
        return Double.isInfinite(ratio) ? "no variance left" : String.format(Locale.ROOT, "%.1f", ratio);
    }

    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ODD.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/verification.md");
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
