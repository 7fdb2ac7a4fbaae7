package twostacks.outcome;

import static twostacks.outcome.Column.count;
import static twostacks.outcome.Column.number;
import static twostacks.outcome.Column.share;
import static twostacks.outcome.Column.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import twostacks.agents.Lab;
import twostacks.agents.Nation;
import twostacks.policy.Bloc;
import twostacks.policy.Stack;
import twostacks.policy.StancePosition;
import twostacks.population.Offers;
import twostacks.world.HappenedEvent;
import twostacks.world.Ledger;
import twostacks.world.Ledger.Weight;
import twostacks.world.World;

/**
 * Every output column, one line each: name, unit, meaning, and the function that reads it off the world. Adding a column
 * touches this file only; writers, data dictionary and listings derive from it.
 */
public final class Outcomes {
    private static final double NONE = Double.NaN;
    private static final Bloc[] BLOCS = Bloc.values();
    private static final Weight[] WEIGHTS = Weight.values();

    private Outcomes() {}

    /**
     * A nation in a month.
     *
     * @param world world
     * @param nation nation
     */
    public record NationRow(World world, Nation nation) {
        double dependence(Bloc bloc) {
            return nation.dependence(world.offers(), world.surroundings().labs, bloc);
        }
    }

    /**
     * A nation's segment in a month.
     *
     * @param world world
     * @param nation nation
     * @param segment segment
     */
    public record SegmentRow(World world, Nation nation, int segment) {
        double share(int g) {
            if (size() == 0) {
                return g == Stack.COUNT ? 1 : 0;
            }
            int[] users = nation.adopters.users(segment);
            int sum = 0;
            for (int k = 0; k <= world.offers().count; k++) {
                if (world.offers().stack[k] == g) {
                    sum += users[k];
                }
            }
            return sum / size();
        }

        double size() {
            return nation.adopters.start[segment + 1] - nation.adopters.start[segment];
        }
    }

    /**
     * An offer to a nation's segment in a month.
     *
     * @param world world
     * @param nation nation
     * @param segment segment
     * @param offer offer
     */
    public record OfferRow(World world, Nation nation, int segment, int offer) {
        double share() {
            int size = nation.adopters.start[segment + 1] - nation.adopters.start[segment];
            return (double) nation.adopters.users(segment)[offer] / Math.max(1, size);
        }
    }

    /**
     * The world in a month, under a weight.
     *
     * @param world world
     * @param weight weight
     * @param sums sums over nations that the month's rows share
     */
    public record WorldRow(World world, Weight weight, MonthSums sums) {
        double tally(int column, ToDoubleBiFunction<World, Nation> read) {
            if (Double.isNaN(sums.tallies[column])) {
                sums.tallies[column] = Outcomes.tally(world, read);
            }
            return sums.tallies[column];
        }

        double dependence(Bloc bloc) {
            int b = bloc.ordinal();
            if (Double.isNaN(sums.dependence[b][0])) {
                sums.addDependence(world, bloc);
            }
            return sums.dependence[b][weight.ordinal()];
        }
    }

    /** Sums over nations, worked out once a month for the rows of all weights; NaN until then. */
    public static final class MonthSums {
        private final double[] tallies = new double[WORLD.columns().size()];
        private final double[][] dependence = new double[BLOCS.length][WEIGHTS.length];

        private MonthSums() {
            Arrays.fill(tallies, Double.NaN);
            for (double[] of : dependence) {
                Arrays.fill(of, Double.NaN);
            }
        }

        private void addDependence(World world, Bloc bloc) {
            double[] mean = dependence[bloc.ordinal()];
            double[] weights = new double[WEIGHTS.length];
            Arrays.fill(mean, 0);
            for (Nation nation : world.nations()) {
                double each = nation.dependence(world.offers(), world.surroundings().labs, bloc);
                for (int w = 0; w < weights.length; w++) {
                    double weight = Ledger.weight(WEIGHTS[w], nation);
                    mean[w] += weight * each;
                    weights[w] += weight;
                }
            }
            for (int w = 0; w < weights.length; w++) {
                mean[w] = weights[w] > 0 ? mean[w] / weights[w] : 0;
            }
        }
    }

    /**
     * A lab in a month.
     *
     * @param world world
     * @param lab lab
     */
    public record LabRow(World world, Lab lab) {}

    /**
     * Something that happened in a month.
     *
     * @param event what happened
     * @param sequence its place in the month, from 1
     */
    public record EventRow(HappenedEvent event, int sequence) {}

    private static final Table<WorldRow> WORLD = world();

    /** All tables. */
    public static final List<Table<?>> TABLES = List.of(nations(), segments(), offers(), WORLD, labsTable(), events());

    private interface ShareOf<R> {
        double of(R row, int g);
    }

    private static <R> void addShares(List<Column<R>> columns, String of, ShareOf<R> read) {
        String[] meaning = {
            "United States vendors' own services",
            "United States weights run elsewhere than at the vendor",
            "Chinese vendors' own services",
            "Chinese weights run elsewhere than at the vendor",
            "other vendors' services and weights",
            "the nation's own model"
        };
        for (int g = 0; g < Stack.COUNT; g++) {
            int stack = g;
            columns.add(share(
                    "share_" + Stack.of(g).key(), "share of " + of + " on " + meaning[g], r -> read.of(r, stack)));
        }
        columns.add(share("share_no_adoption", "share of " + of + " who use none", r -> read.of(r, Stack.COUNT)));
    }

    private static Table<NationRow> nations() {
        List<Column<NationRow>> c = new ArrayList<>();
        c.add(text(
                "iso3",
                "nation, ISO 3166 alpha-3 (XKX for Kosovo)",
                r -> r.nation().facts.iso3()));
        addShares(c, "adopters", (r, g) -> r.nation().share(g));
        c.add(share(
                "ai_users",
                "share of people who use AI: online, considering, and using something",
                r -> r.nation().aiUsers()));
        c.add(share(
                "trust_us",
                "trust in United States AI as adopters see it",
                r -> r.nation().trustSeen(Bloc.US)));
        c.add(share(
                "trust_cn",
                "trust in Chinese AI as adopters see it",
                r -> r.nation().trustSeen(Bloc.CN)));
        c.add(share(
                "trust_other",
                "trust in other AI as adopters see it",
                r -> r.nation().trustSeen(Bloc.OTHER)));
        c.add(text(
                "stance",
                "stance in force: "
                        + Arrays.stream(StancePosition.values())
                                .map(StancePosition::key)
                                .toList(),
                r -> r.nation().stance().key()));
        c.add(text(
                "leading_origin",
                "origin with the most users, with a margin of " + Ledger.FLIP_MARGIN + " to change: " + Ledger.ORIGINS,
                r -> r.world().ledger().leadingOrigin(r.nation().place)));
        c.add(share(
                "dependence_us",
                "share of adopters times revocability (service 1, host .4, self .2, own model .05) on the United States",
                r -> r.dependence(Bloc.US)));
        c.add(share("dependence_cn", "the same on China", r -> r.dependence(Bloc.CN)));
        c.add(share("dependence_other", "the same on other blocs", r -> r.dependence(Bloc.OTHER)));
        c.add(share(
                "hhi",
                "concentration of users over stacks (Herfindahl-Hirschman)",
                r -> r.nation().concentration()));
        c.add(number(
                "lock_in",
                "utils",
                4,
                0,
                NONE,
                "mean cost of a full switch that users hold",
                r -> r.nation().lockIn()));
        c.add(number(
                "surplus",
                "utils",
                4,
                NONE,
                NONE,
                "mean expected utility of the best choice, without social term, switching and taste",
                r -> r.nation().surplus()));
        c.add(number(
                "burden_open",
                "burden",
                4,
                0,
                NONE,
                "burden of regulation on open weights",
                r -> r.nation().burdenOpen()));
        c.add(number(
                "burden_api",
                "burden",
                4,
                0,
                NONE,
                "burden of regulation on services",
                r -> r.nation().burdenApi()));
        c.add(share(
                "cutoff_risk_us",
                "perceived risk of being cut off by the United States",
                r -> r.nation().cutOffRisk(Bloc.US)));
        c.add(share(
                "cutoff_risk_cn",
                "perceived risk of being cut off by China",
                r -> r.nation().cutOffRisk(Bloc.CN)));
        c.add(number(
                "own_capability",
                "index points",
                2,
                0,
                NONE,
                "capability of the nation's own model; empty without a programme",
                r -> r.nation().ownCapability()));
        c.add(count("security_incidents", "incidents", "breaches of services", r -> incidents(r.nation(), false)));
        c.add(count(
                "misuse_incidents", "incidents", "misuse traced to open weights", r -> incidents(r.nation(), true)));
        c.add(number(
                "security_rate",
                "incidents/month",
                6,
                0,
                NONE,
                "breaches of services to be expected, given use and burden",
                r -> incidentRate(r.nation(), false)));
        c.add(number(
                "misuse_rate",
                "incidents/month",
                6,
                0,
                NONE,
                "misuse to be expected, given use of open weights, their capability and burden",
                r -> incidentRate(r.nation(), true)));
        return new Table<>(
                "nations",
                false,
                List.of("iso3"),
                c,
                w -> w.nations().stream().map(n -> new NationRow(w, n)).toList(),
                "each nation in each month");
    }

    private static double incidents(Nation nation, boolean misuse) {
        int sum = 0;
        for (Bloc b : BLOCS) {
            sum += nation.incidents(misuse, b);
        }
        return sum;
    }

    private static double incidentRate(Nation nation, boolean misuse) {
        double sum = 0;
        for (Bloc b : BLOCS) {
            sum += nation.incidentRate(misuse, b);
        }
        return sum;
    }

    private static Table<SegmentRow> segments() {
        List<Column<SegmentRow>> c = new ArrayList<>();
        c.add(text("iso3", "nation, ISO 3166 alpha-3", r -> r.nation().facts.iso3()));
        c.add(text("segment", "segment of adopters", r -> r.world().segments().get(r.segment())));
        addShares(c, "the segment's adopters", SegmentRow::share);
        for (int g = 0; g < Stack.COUNT; g++) {
            int stack = g;
            c.add(share(
                    "considers_" + Stack.of(g).key(),
                    "share of the segment's adopters who consider the stack",
                    r -> r.nation().adopters.reach(r.segment(), stack)));
        }
        return new Table<>(
                "segments",
                true,
                List.of("iso3", "segment"),
                c,
                w -> {
                    List<SegmentRow> rows = new ArrayList<>();
                    for (Nation n : w.nations()) {
                        for (int s = 0; s < w.segments().size(); s++) {
                            rows.add(new SegmentRow(w, n, s));
                        }
                    }
                    return rows;
                },
                "each segment of each nation in each month");
    }

    private static Table<OfferRow> offers() {
        List<Column<OfferRow>> c = new ArrayList<>();
        c.add(text("iso3", "nation, ISO 3166 alpha-3", r -> r.nation().facts.iso3()));
        c.add(text("segment", "segment of adopters", r -> r.world().segments().get(r.segment())));
        c.add(text("offer", "lab and channel, or own", r -> name(r.world(), r.offer())));
        c.add(text(
                "stack",
                "stack of the offer",
                r -> Stack.of(r.world().offers().stack[r.offer()]).key()));
        c.add(share(
                "available",
                "share of adopters to whom it is available",
                r -> r.nation().available(r.segment(), r.offer())));
        c.add(number(
                "price",
                "USD/month if billed by the month, else USD/Mtok",
                6,
                0,
                NONE,
                "delivered price; empty if not available",
                r -> r.nation().price(r.segment(), r.offer())));
        c.add(share("share", "share of the segment's adopters who use it", OfferRow::share));
        return new Table<>(
                "offers",
                true,
                List.of("iso3", "segment", "offer"),
                c,
                w -> {
                    List<OfferRow> rows = new ArrayList<>();
                    for (Nation n : w.nations()) {
                        for (int s = 0; s < w.segments().size(); s++) {
                            for (int k = 0; k < w.offers().count; k++) {
                                rows.add(new OfferRow(w, n, s, k));
                            }
                        }
                    }
                    return rows;
                },
                "each offer to each segment of each nation in each month");
    }

    private static String name(World world, int offer) {
        Offers offers = world.offers();
        return offers.lab[offer] < 0
                ? "own"
                : world.labs().get(offers.lab[offer]).spec.name() + " "
                        + offers.channel[offer].name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Table<WorldRow> world() {
        List<Column<WorldRow>> c = new ArrayList<>();
        c.add(text("weight", "what nations are weighted by", r -> r.weight().key()));
        addShares(
                c,
                "the world, by the row's weight,",
                (r, g) -> r.world().ledger().share(r.weight(), g));
        c.add(number(
                "gap_months",
                "months",
                0,
                NONE,
                NONE,
                "months by which China's best released model trails the first United States one as good; negative if it leads",
                r -> r.world().ledger().gapMonths()));
        c.add(number(
                "frontier_us",
                "index points",
                2,
                0,
                NONE,
                "best released United States model",
                r -> r.world().frontier(Bloc.US)));
        c.add(number(
                "frontier_cn",
                "index points",
                2,
                0,
                NONE,
                "best released Chinese model",
                r -> r.world().frontier(Bloc.CN)));
        for (Bloc b : Bloc.values()) {
            String key = b.name().toLowerCase(java.util.Locale.ROOT);
            c.add(number(
                    "compute_" + key,
                    "million H100-equivalents",
                    6,
                    0,
                    NONE,
                    "compute of the bloc",
                    r -> r.world().power(b).stock()));
        }
        c.add(number(
                "domestic_chips_cn",
                "million H100-equivalents/month",
                6,
                0,
                NONE,
                "domestic chip output of China, from next month on",
                r -> r.world().power(Bloc.CN).domestic()));
        c.add(share(
                "chip_stringency_cn",
                "stringency on chips that China faces",
                r -> r.world().surroundings().levers.chipStringency[0][3]));
        for (Bloc b : Bloc.values()) {
            String key = b.name().toLowerCase(java.util.Locale.ROOT);
            c.add(share(
                    "served_" + key,
                    "share of would-be users of the bloc's services whom its capacity serves",
                    r -> r.world().surroundings().served[b.ordinal()]));
        }
        for (Bloc b : Bloc.values()) {
            c.add(share(
                    "dependence_" + b.name().toLowerCase(java.util.Locale.ROOT),
                    "mean dependence of nations on the bloc, by the row's weight",
                    r -> r.dependence(b)));
        }
        c.add(number(
                "polarisation",
                "1",
                6,
                0,
                1,
                "standard deviation over nations of United States less Chinese share among users, by population",
                r -> r.world().ledger().polarisation()));
        for (String origin : Ledger.ORIGINS) {
            addTally(
                    c,
                    "nations_led_by_" + origin.toLowerCase(java.util.Locale.ROOT),
                    "nations",
                    "nations where this origin has the most users",
                    (w, n) -> w.ledger().leadingOrigin(n.place).equals(origin) ? 1 : 0);
        }
        for (StancePosition stance : StancePosition.values()) {
            addTally(
                    c,
                    "nations_" + stance.key(),
                    "nations",
                    "nations with this stance",
                    (w, n) -> n.stance() == stance ? 1 : 0);
        }
        addTally(
                c,
                "nations_with_own_model",
                "nations",
                "nations whose own model is on offer",
                (w, n) -> n.hasOwn() ? 1 : 0);
        addTally(c, "security_incidents", "incidents", "breaches of services", (w, n) -> incidents(n, false));
        addTally(c, "misuse_incidents", "incidents", "misuse traced to open weights", (w, n) -> incidents(n, true));
        addTally(
                c,
                "cutoff_nations",
                "nations",
                "nations in which a power's licensed share fell this month",
                (w, n) -> n.cutOffThisMonth() ? 1 : 0);
        return new Table<>(
                "world",
                false,
                List.of("weight"),
                c,
                Outcomes::worldRows,
                "the world in each month, under each weight; what has no weight is repeated");
    }

    /**
     * The rows of the world's month, one a weight.
     *
     * @param world world
     * @return rows, in the order of weights
     */
    public static List<WorldRow> worldRows(World world) {
        MonthSums sums = new MonthSums();
        List<WorldRow> rows = new ArrayList<>(WEIGHTS.length);
        for (Weight weight : WEIGHTS) {
            rows.add(new WorldRow(world, weight, sums));
        }
        return rows;
    }

    /** A count over nations that are connected, which every weight's row repeats. */
    private static void addTally(
            List<Column<WorldRow>> columns,
            String name,
            String unit,
            String meaning,
            ToDoubleBiFunction<World, Nation> read) {
        int column = columns.size();
        columns.add(count(name, unit, meaning, r -> r.tally(column, read)));
    }

    private static double tally(World world, ToDoubleBiFunction<World, Nation> read) {
        double sum = 0;
        for (Nation nation : world.nations()) {
            sum += nation.facts.connected() ? read.applyAsDouble(world, nation) : 0;
        }
        return sum;
    }

    private static Table<LabRow> labsTable() {
        List<Column<LabRow>> c = new ArrayList<>();
        c.add(text("lab", "lab", r -> r.lab().spec.name()));
        c.add(text("bloc", "bloc of its home", r -> r.lab().bloc.name()));
        c.add(number(
                "capability",
                "index points",
                2,
                0,
                NONE,
                "internal capability; empty before the first model",
                r -> r.lab().internal()));
        c.add(number(
                "capability_released",
                "index points",
                2,
                0,
                NONE,
                "best released model; empty before the first",
                r -> r.lab().released()));
        c.add(number(
                "capability_open",
                "index points",
                2,
                0,
                NONE,
                "best published weights; empty if none",
                r -> r.lab().open()));
        c.add(number(
                "price",
                "USD/Mtok",
                6,
                0,
                NONE,
                "list price of the best model, three parts input to one output; empty before the first",
                r -> r.lab().listPrice()));
        c.add(number(
                "markup",
                "1",
                4,
                NONE,
                NONE,
                "mark-up over serving cost; empty before the first model",
                r -> r.lab().markup()));
        c.add(number(
                "compute",
                "million H100-equivalents",
                6,
                0,
                NONE,
                "training compute",
                r -> r.lab().compute()));
        c.add(number(
                "users",
                "million people",
                4,
                0,
                NONE,
                "users behind its adopters, by any channel",
                r -> r.lab().users()));
        c.add(share("user_share", "share of the world's users", r -> r.lab().userShare()));
        c.add(share("token_share", "share of the world's tokens", r -> r.lab().tokenShare()));
        c.add(number(
                "revenue",
                "million USD/month",
                3,
                0,
                NONE,
                "tokens through its own service at list price",
                r -> r.lab().revenue()));
        return new Table<>(
                "labs",
                false,
                List.of("lab"),
                c,
                w -> w.labs().stream().map(l -> new LabRow(w, l)).toList(),
                "each lab in each month");
    }

    private static Table<EventRow> events() {
        List<Column<EventRow>> c = new ArrayList<>();
        c.add(count("sequence", "1", "place in the month, from 1", EventRow::sequence));
        c.add(text(
                "kind",
                "kind of event: an intervention of the scenario or history, or release, flip, stance, securityIncident, misuseIncident",
                r -> r.event().kind()));
        c.add(text("actor", "who did it or caused it", r -> r.event().actor()));
        c.add(text("target", "whom or what it concerns", r -> r.event().target()));
        c.add(text("detail", "the rest, as a phrase", r -> r.event().detail()));
        return new Table<>(
                "events",
                false,
                List.of("sequence"),
                c,
                w -> {
                    List<EventRow> rows = new ArrayList<>();
                    for (HappenedEvent event : w.happened()) {
                        rows.add(new EventRow(event, rows.size() + 1));
                    }
                    return rows;
                },
                "what happened, in order");
    }
}
