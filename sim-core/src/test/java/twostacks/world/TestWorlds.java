package twostacks.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;

/** Small worlds made by hand: twelve nations that differ in all that the model reads, seven labs, a year of history. */
public final class TestWorlds {
    /** First month, 2024-01. */
    public static final int START = 2024 * 12;
    /** Months observed. */
    public static final int OBSERVED = 6;

    static final ParameterSpace SPACE = ParameterSpace.ofDefaults();

    private static final double NONE = Double.NaN;
    private static final List<Channel> SERVICE = List.of(Channel.API);
    private static final List<Channel> ALL = List.of(Channel.API, Channel.HOST, Channel.SELF);

    private TestWorlds() {}

    /**
     * The world: observed for six months, its own from then on.
     *
     * @param months months to run
     * @param adopters adopters of each nation
     * @return a spec
     */
    public static WorldSpec world(int months, int adopters) {
        return new WorldSpec(
                "test",
                START,
                months,
                START + OBSERVED,
                SPACE,
                Map.of("population.adoptersPerNation", (double) adopters),
                nations(),
                labs(),
                history(),
                true,
                false);
    }

    static List<NationFacts> nations() {
        return List.of(
                nation("BRA", 211e6, 2.2e12, .84, -.3, "2", "2", 1, -10, -55),
                nation("CHN", 1410e6, 18e12, .78, -1.9, "CN", "", 1, 35, 105),
                nation("FRA", 68e6, 3e12, .87, 1.4, "1", "1", .9, 47, 2),
                nation("IDN", 279e6, 1.4e12, .69, -.5, "2", "2", .7, -5, 120),
                nation("IND", 1428e6, 3.6e12, .46, -.4, "2", "2", .8, 22, 79),
                new NationFacts(
                        "IRN",
                        "Iran",
                        89e6,
                        4e11,
                        .8,
                        -2.1,
                        "3",
                        "2",
                        true,
                        List.of("Alpha", "Beta"),
                        List.of("US"),
                        new double[] {.2, .5, NONE},
                        .6,
                        32,
                        53,
                        true,
                        Map.of(),
                        unknown()),
                nation("JPN", 124e6, 4.2e12, .87, 1.5, "1", "1", .9, 36, 138),
                nation("KAZ", 20e6, 2.6e11, .92, -.6, "2", "1", .5, 48, 67),
                new NationFacts(
                        "KEN",
                        "Kenya",
                        55e6,
                        1.1e11,
                        .41,
                        -.2,
                        "2",
                        "2",
                        false,
                        List.of("Delta"),
                        List.of(),
                        new double[] {.62, .66, NONE},
                        .4,
                        0,
                        38,
                        true,
                        Map.of("NGA", 2.0, "IND", 1.0),
                        unknown()),
                nation("NGA", 224e6, 3.6e11, .39, -.1, "2", "2", .4, 9, 8),
                nation("SAU", 37e6, 1.1e12, 1, -.3, "2", "1", .7, 24, 45),
                nation("USA", 335e6, 27e12, .93, 2.8, "", "1", 1, 38, -97));
    }

    /** A nation of which nothing out of the ordinary is known. */
    static NationFacts nation(
            String iso3,
            double people,
            double gdp,
            double internet,
            double alignment,
            String usTier,
            String cnTier,
            double language,
            double latitude,
            double longitude) {
        return new NationFacts(
                iso3,
                iso3,
                people,
                gdp,
                internet,
                alignment,
                usTier,
                iso3.equals("USA") ? "US" : cnTier,
                false,
                List.of(),
                iso3.equals("CHN") ? List.of("US", "OTHER") : List.of(),
                unknown(),
                language,
                latitude,
                longitude,
                true,
                Map.of(),
                unknown());
    }

    private static double[] unknown() {
        return new double[] {NONE, NONE, NONE};
    }

    static List<LabSpec> labs() {
        return List.of(
                lab("Alpha", "USA", SERVICE, false, 3, 2, 35, NONE, 5),
                lab("Beta", "USA", SERVICE, false, 2, 1, 33, NONE, NONE),
                lab("Gamma", "USA", ALL, true, 1, 1, 28, 25, NONE),
                lab("Delta", "CHN", ALL, true, 2, 1, 27, 26, .5),
                lab("Epsilon", "CHN", ALL, true, 1, 2, 25, 25, 1),
                lab("Zeta", "CHN", SERVICE, false, 1, 1, NONE, NONE, NONE),
                lab("Eta", "FRA", ALL, true, 1, 1, 24, 22, 2));
    }

    private static LabSpec lab(
            String name,
            String home,
            List<Channel> channels,
            boolean open,
            double compute,
            double state,
            double capability,
            double openCapability,
            double price) {
        return new LabSpec(
                name,
                home,
                channels,
                open,
                .9,
                compute,
                state,
                0,
                capability,
                openCapability,
                price,
                NONE,
                1,
                1,
                .2 + .1 * name.length());
    }

    private static List<DatedEvent> history() {
        return List.of(
                released(1, "Delta", "delta-2", true, 34, .3, 1.2),
                released(2, "Alpha", "alpha-2", false, 42, 2.5, 10),
                released(2, "Alpha", "alpha-2-mini", false, 31, .15, .6),
                released(3, "Zeta", "zeta-1", false, 33, .4, .8),
                released(4, "Gamma", "gamma-2", true, 36, NONE, NONE),
                at(5, 1, new Intervention.Note()));
    }

    private static DatedEvent released(
            int month, String lab, String model, boolean open, double capability, double in, double out) {
        return at(month, 1, new Intervention.Release(lab, model, open, capability, in, out, 1));
    }

    /**
     * An event.
     *
     * @param month month of the run, from 0
     * @param months how long it lasts
     * @param what what it does
     * @return the event
     */
    public static DatedEvent at(int month, int months, Intervention what) {
        return new DatedEvent(START + month, months, what, what.key(), "", false);
    }

    /** An event that lasts. */
    static DatedEvent lasting(int month, Intervention what) {
        return at(month, DatedEvent.TO_THE_END, what);
    }

    // Variations ------------------------------------------------------------------------------------------------------

    /**
     * The same world with more events.
     *
     * @param spec world
     * @param more events
     * @return a spec
     */
    public static WorldSpec with(WorldSpec spec, DatedEvent... more) {
        List<DatedEvent> events = new ArrayList<>(spec.events());
        events.addAll(Arrays.asList(more));
        return copy(spec, spec.overrides(), spec.nations(), spec.labs(), events, spec.dataEnd(), spec.mirrored());
    }

    /** The same world with parameters set. */
    static WorldSpec with(WorldSpec spec, Map<String, Double> set) {
        Map<String, Double> overrides = new HashMap<>(spec.overrides());
        overrides.putAll(set);
        return copy(spec, overrides, spec.nations(), spec.labs(), spec.events(), spec.dataEnd(), spec.mirrored());
    }

    /** The same world with other nations. */
    static WorldSpec withNations(WorldSpec spec, List<NationFacts> nations) {
        return copy(spec, spec.overrides(), nations, spec.labs(), spec.events(), spec.dataEnd(), spec.mirrored());
    }

    /** The same world with other labs, without history if {@code dataEnd} is the start. */
    static WorldSpec withLabs(WorldSpec spec, List<LabSpec> labs, List<DatedEvent> events, int dataEnd) {
        return copy(spec, spec.overrides(), spec.nations(), labs, events, dataEnd, spec.mirrored());
    }

    static WorldSpec copy(
            WorldSpec spec,
            Map<String, Double> overrides,
            List<NationFacts> nations,
            List<LabSpec> labs,
            List<DatedEvent> events,
            int dataEnd,
            boolean mirrored) {
        return new WorldSpec(
                spec.name(),
                spec.startMonth(),
                spec.months(),
                dataEnd,
                spec.space(),
                overrides,
                nations,
                labs,
                events,
                spec.ownOffers(),
                mirrored);
    }

    // What a run left -------------------------------------------------------------------------------------------------

    /** All outcomes of a run, to the bit: by table, month and key, a line of columns and values. */
    static Map<String, String> outcomes(WorldSpec spec, long seed, long replicate, int threads) {
        return outcomes(new World(spec, seed, replicate, threads), month -> {});
    }

    /** All outcomes of a world that is yet to be run; somebody is told when a month is over. */
    static Map<String, String> outcomes(World all, IntConsumer month) {
        Map<String, String> lines = new TreeMap<>();
        all.run(world -> {
            month.accept(world.monthOfRun());
            for (Table<?> table : Outcomes.TABLES) {
                if (!table.name().equals("events")) {
                    addLines(table, world, lines);
                }
            }
            int[] same = {0};
            world.happened().stream()
                    .map(Record::toString)
                    .sorted()
                    .forEach(e ->
                            lines.put("events " + digits(world.monthOfRun()) + " " + digits(same[0]++) + " " + e, ""));
        });
        return lines;
    }

    static Map<String, String> outcomes(WorldSpec spec) {
        return outcomes(spec, 1, 0, 1);
    }

    private static <R> void addLines(Table<R> table, World world, Map<String, String> lines) {
        for (R row : table.rows().apply(world)) {
            StringBuilder key = new StringBuilder(table.name()).append(' ').append(digits(world.monthOfRun()));
            StringBuilder values = new StringBuilder();
            for (Column<R> column : table.columns()) {
                String value = column.kind() == Column.Kind.TEXT
                        ? column.text().apply(row)
                        : bits(column.number().applyAsDouble(row));
                if (table.key().contains(column.name())) {
                    key.append(' ').append(value);
                }
                values.append(column.name()).append('=').append(value).append(' ');
            }
            if (lines.put(key.toString(), values.toString()) != null) {
                throw new AssertionError("two rows have the key " + key);
            }
        }
    }

    private static String digits(int number) {
        return Integer.toString(1000 + number).substring(1);
    }

    /** All bits, and a few digits for people. */
    private static String bits(double value) {
        return Long.toHexString(Double.doubleToLongBits(value)) + "(" + (float) value + ")";
    }
}
