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
        List<Uses> without = runs(base);
        StringBuilder table = new StringBuilder("\n| policy from January 2025 | share of | 5 % | 25 % | median | 75 % |"
                + " 95 % | below 1 | most for individuals | world | most for individuals |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Map.Entry<String, Intervention> policy : policies().entrySet()) {
            DatedEvent event =
                    new DatedEvent(2025 * 12, DatedEvent.TO_THE_END, policy.getValue(), policy.getKey(), "", false);
            List<Uses> under = runs(with(base, event));
            for (int outcome = 0; outcome < OUTCOMES.size(); outcome++) {
                double[] ratios = new double[base.nations().size()];
                double[] most = new double[ratios.length];
                for (int n = 0; n < ratios.length; n++) {
                    ratios[n] = ratio(without, under, outcome, n);
                    most[n] = mostForIndividuals(without, under, outcome, List.of(n));
                }
                String what = policy.getKey() + ", " + OUTCOMES.get(outcome);
                double world = ratio(without, under, outcome, -1);
                double worldMost = mostForIndividuals(
                        without,
                        under,
                        outcome,
                        IntStream.range(0, ratios.length).boxed().toList());
                double median = quantile(ratios, .5);
                boolean bound = policy.getKey().equals(HALF) || median >= 10;
                assertTrue(bound, what + ": median " + median);
                assertTrue(median >= quantile(most, .5), what + ": " + median + " of " + quantile(most, .5));
                table.append("| ").append(policy.getKey()).append(" | ").append(OUTCOMES.get(outcome));
                for (double part : new double[] {.05, .25, .5, .75, .95}) {
                    table.append(" | ").append(text(quantile(ratios, part)));
                }
                table.append(" | ")
                        .append(Arrays.stream(ratios).filter(r -> r < 1).count())
                        .append(" | ")
                        .append(text(quantile(most, .5)))
                        .append(" | ")
                        .append(text(world))
                        .append(" (")
                        .append(interval(without, under, outcome))
                        .append(") | ")
                        .append(text(worldMost))
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
    private static final int PUBLISHED_PAIRS = 32;
    private static final List<String> OUTCOMES = List.of("US stacks", "Chinese stacks", "no AI");

    /** So great an effect that luck of individuals alone cannot come to ten: {@link #mostForIndividuals}. */
    private static final String HALF = "export control: the United States license half in tiers 2 and 3";

    private static Map<String, Intervention> policies() {
        Map<String, Intervention> policies = new LinkedHashMap<>();
        policies.put("price: Chinese list prices treble", new Intervention.PriceMove(Bloc.CN, List.of(), 3));
        policies.put(HALF, new Intervention.RestrictModelAccess(Bloc.US, List.of("2", "3"), List.of(), .5, Double.NaN));
        policies.put(
                "trust: China courts everybody with full weight", new Intervention.Diplomacy(Bloc.CN, List.of(), 1));
        return policies;
    }

    /**
     * What a run ends with.
     *
     * @param users adopters by nation, segment and outcome
     * @param sizes adopters by segment
     * @param people population by nation
     */
    private record Uses(int[][][] users, int[] sizes, double[] people) {
        /** Share in a nation, or in the world's people where the nation is −1. */
        double share(int outcome, int nation) {
            if (nation >= 0) {
                int sum = 0;
                for (int s = 0; s < sizes.length; s++) {
                    sum += users[nation][s][outcome];
                }
                return (double) sum / Arrays.stream(sizes).sum();
            }
            double sum = 0;
            for (int n = 0; n < people.length; n++) {
                sum += people[n] * share(outcome, n);
            }
            return sum / Arrays.stream(people).sum();
        }
    }

    private static List<Uses> runs(WorldSpec spec) {
        List<Uses> runs = new ArrayList<>();
        for (int replicate = 1; replicate <= PUBLISHED_PAIRS; replicate++) {
            runs.add(uses(spec, replicate));
        }
        return runs;
    }

    private static Uses uses(WorldSpec spec, int replicate) {
        List<Uses> last = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        new World(spec, 1, replicate, threads).run(world -> {
            if (world.monthOfRun() < spec.months() - 1) {
                return;
            }
            List<Nation> nations = world.nations();
            int segments = world.segments().size();
            int[][][] users = new int[nations.size()][segments][OUTCOMES.size()];
            int[] sizes = new int[segments];
            for (int n = 0; n < users.length; n++) {
                for (int s = 0; s < segments; s++) {
                    int[] by = nations.get(n).adopters.users(s);
                    for (int k = 0; k <= world.offers().count; k++) {
                        int stack = world.offers().stack[k];
                        if (stack == Stack.COUNT) {
                            users[n][s][2] += by[k];
                        } else if (Stack.of(stack).origin() == Bloc.US) {
                            users[n][s][0] += by[k];
                        } else if (Stack.of(stack).origin() == Bloc.CN) {
                            users[n][s][1] += by[k];
                        }
                        sizes[s] += n == 0 ? by[k] : 0;
                    }
                }
            }
            last.add(new Uses(
                    users,
                    sizes,
                    nations.stream()
                            .mapToDouble(n -> n.facts.connected() ? n.facts.population() : 0)
                            .toArray()));
        });
        return last.get(0);
    }

    /**
     * The greatest ratio that any way of pairing could give if luck were that of individuals alone, each apart. One who is
     * counted with probability p without the policy and p' under it adds p(1 − p) + p'(1 − p') to the variance under
     * independent luck, and at least |p' − p|(1 − |p' − p|) to that of the difference: that is what remains when nobody
     * who is counted under the smaller of the two fails to be under the greater (Fréchet's bound of the covariance).
     */
    private static double mostForIndividuals(List<Uses> without, List<Uses> under, int outcome, List<Integer> nations) {
        Uses one = without.get(0);
        double independent = 0;
        double common = 0;
        for (int n : nations) {
            double weight = nations.size() == 1 ? 1 : one.people()[n] * one.people()[n];
            for (int s = 0; s < one.sizes().length; s++) {
                double p = probability(without, outcome, n, s);
                double q = probability(under, outcome, n, s);
                double moved = Math.abs(q - p);
                independent += weight * one.sizes()[s] * (p * (1 - p) + q * (1 - q));
                common += weight * one.sizes()[s] * moved * (1 - moved);
            }
        }
        return independent / common;
    }

    private static double probability(List<Uses> runs, int outcome, int n, int s) {
        return runs.stream().mapToInt(r -> r.users()[n][s][outcome]).average().orElseThrow()
                / runs.get(0).sizes()[s];
    }

    /** Variance of the difference under independent luck over that under common luck. */
    private static double ratio(List<Uses> without, List<Uses> under, int outcome, int nation) {
        int pairs = without.size();
        double[] x = new double[pairs];
        double[] y = new double[pairs];
        double[] d = new double[pairs];
        for (int r = 0; r < pairs; r++) {
            x[r] = without.get(r).share(outcome, nation);
            y[r] = under.get(r).share(outcome, nation);
            d[r] = y[r] - x[r];
        }
        Variance variance = new Variance();
        double independent = variance.evaluate(x) + variance.evaluate(y);
        double common = variance.evaluate(d);
        return independent > 0 ? common > 0 ? independent / common : Double.POSITIVE_INFINITY : Double.NaN;
    }

    /** Interval of 95 % around the world's ratio, by leaving out one pair at a time (jackknife of its logarithm). */
    private static String interval(List<Uses> without, List<Uses> under, int outcome) {
        int pairs = without.size();
        double[] logs = new double[pairs];
        for (int left = 0; left < pairs; left++) {
            List<Uses> x = new ArrayList<>(without);
            List<Uses> y = new ArrayList<>(under);
            x.remove(left);
            y.remove(left);
            logs[left] = Math.log(ratio(x, y, outcome, -1));
        }
        double error = (pairs - 1) * Math.sqrt(new Variance().evaluate(logs) / pairs);
        double world = ratio(without, under, outcome, -1);
        return text(world * Math.exp(-1.96 * error)) + " to " + text(world * Math.exp(1.96 * error));
    }

    /** Among the numbers; nations in which luck moves nothing have none. */
    private static double quantile(double[] values, double part) {
        double[] ascending =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
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
