package twostacks.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.parameters.ModelParameters;

/**
 * The law and the prices in force this month: cleared and filled anew each month by the parameters and the events in
 * force, read by the mechanisms. Nothing here outlasts a month, so an event that ends needs no undoing.
 */
public final class Levers {

    /**
     * Who there is, by place in the world's arrays.
     *
     * @param nations place of each nation by code
     * @param labs place of each lab by name
     * @param labBloc bloc of each lab
     * @param segments place of each segment by name
     * @param offerCount number of offers
     * @param offerMask offers of labs through channels
     */
    public record Roster(
            Map<String, Integer> nations,
            Map<String, Integer> labs,
            List<Bloc> labBloc,
            Map<String, Integer> segments,
            int offerCount,
            OfferMask offerMask) {}

    /** Finds offers. */
    @FunctionalInterface
    public interface OfferMask {
        /**
         * Offers of an origin, of labs, through channels.
         *
         * @param origin bloc; null for any
         * @param labs labs; empty for any
         * @param channels channels; empty for any
         * @return one bit per offer
         */
        long of(Bloc origin, int[] labs, List<Channel> channels);
    }

    /**
     * An incident that an event brings.
     *
     * @param kind kind
     * @param by bloc that is blamed
     * @param nations places of the nations that take note; empty for all
     * @param size multiple of the kind's usual loss
     */
    public record Shock(ShockKind kind, Bloc by, List<Integer> nations, double size) {}

    /** Names of the destination tiers of United States controls, then of Chinese ones, in the order of arrays. */
    private static final List<List<String>> TIERS = List.of(List.of("1", "2", "3", "CN"), List.of("1", "2", "3", "US"));

    private static final Bloc[] POWERS = {Bloc.US, Bloc.CN};

    private static final int[] ALL = {};

    /** Number of destination tiers of either power. */
    public static final int TIER_COUNT = 4;

    private final Roster roster;
    private final Places nationPlaces;
    private final Places segmentPlaces;
    private final Places labPlaces;
    private final String[] labNames;

    /** Stringency on chips, by power and tier. */
    public final double[][] chipStringency = new double[2][TIER_COUNT];
    /** Greatest stringency announced and not yet in force, by power and tier; NaN for none. */
    private final double[][] announced = new double[2][TIER_COUNT];
    /** Whether a rule is announced that is stricter than the one in force, by bloc of destination. */
    public final boolean[] stockpiling = new boolean[Bloc.COUNT];
    /** Licensed share of a lab's services, by lab and tier of its power. */
    public final double[][] licensed;
    /** Whether a lab publishes no weights. */
    public final boolean[] withheld;
    /** Whether a lab's releases wait. */
    public final boolean[] stalled;
    /** Factor on a lab's list price. */
    public final double[] priceFactor;
    /** Share of serving cost covered, by bloc. */
    public final double[] subsidy = new double[Bloc.COUNT];
    /** Weight of secondary sanctions, by power that sanctions. */
    public final double[] sanctions = new double[2];
    /** Share of hardware cost that a power's package covers, by nation and power. */
    public final double[][] packages;
    /** Diplomatic weight of a bloc, by nation and bloc. */
    public final double[][] diplomacy;
    /** Share of adopters to whom no ban forbids an offer, by nation, segment and offer. */
    public final double[][][] allowed;
    /** Severity of access shocks that events state, by power and tier of destination; NaN where none does. */
    public final double[][] statedShock = new double[2][TIER_COUNT];
    /** Stance held whatever a review says, by nation; null if none. */
    public final StancePosition[] heldStance;
    /** Effort of a programme that runs whatever the stance, by nation; 0 for none. */
    public final double[] sovereignEffort;
    /** Hazard that the month's news adds to coming to consider a stack, by segment and stack. */
    public final double[][] news;
    /** Burden that events add, on open weights and on services, by nation. */
    public final double[][] burden;
    /** Releases of the month. */
    public final List<Intervention.Release> releases = new ArrayList<>();
    /** Incidents that events bring in the month. */
    public final List<Shock> shocks = new ArrayList<>();
    /** Parameters with another value for the time being. */
    public final Map<String, Double> parameters = new LinkedHashMap<>();

    /**
     * Levers of a world.
     *
     * @param roster who there is
     */
    public Levers(Roster roster) {
        this.roster = roster;
        nationPlaces = new Places(roster.nations());
        segmentPlaces = new Places(roster.segments());
        labPlaces = new Places(roster.labs());
        labNames = new String[roster.labs().size()];
        roster.labs().forEach((name, place) -> labNames[place] = name);
        int nations = roster.nations().size();
        int labs = roster.labs().size();
        licensed = new double[labs][TIER_COUNT];
        withheld = new boolean[labs];
        stalled = new boolean[labs];
        priceFactor = new double[labs];
        packages = new double[nations][2];
        diplomacy = new double[nations][Bloc.COUNT];
        allowed = new double[nations][roster.segments().size()][roster.offerCount()];
        heldStance = new StancePosition[nations];
        sovereignEffort = new double[nations];
        burden = new double[nations][2];
        news = new double[roster.segments().size()][Stack.COUNT];
    }

    /**
     * Place of a tier in the arrays of a power.
     *
     * @param power US or CN
     * @param tier name of the tier; empty for the power's own home
     * @return place, or −1 for its home
     */
    public static int tier(Bloc power, String tier) {
        return TIERS.get(power.ordinal()).indexOf(tier);
    }

    /** Whether any power puts secondary sanctions in force. */
    public boolean sanctioning() {
        return sanctions[0] > 0 || sanctions[1] > 0;
    }

    /** Clears everything that events fill, before they are asked what is in force. */
    public void clear() {
        Arrays.fill(stockpiling, false);
        Arrays.fill(announced[0], Double.NaN);
        Arrays.fill(announced[1], Double.NaN);
        for (int p = 0; p < licensed.length; p++) {
            Arrays.fill(licensed[p], 1);
        }
        Arrays.fill(withheld, false);
        Arrays.fill(stalled, false);
        Arrays.fill(priceFactor, 1);
        Arrays.fill(subsidy, 0);
        Arrays.fill(sanctions, 0);
        for (int n = 0; n < packages.length; n++) {
            Arrays.fill(packages[n], 0);
            Arrays.fill(diplomacy[n], 0);
            for (double[] bySegment : allowed[n]) {
                Arrays.fill(bySegment, 1);
            }
            Arrays.fill(burden[n], 0);
        }
        Arrays.fill(heldStance, null);
        Arrays.fill(sovereignEffort, 0);
        for (double[] byStack : news) {
            Arrays.fill(byStack, 0);
        }
        releases.clear();
        shocks.clear();
        parameters.clear();
        Arrays.fill(statedShock[0], Double.NaN);
        Arrays.fill(statedShock[1], Double.NaN);
        Arrays.fill(chipStringency[0], Double.NaN);
        Arrays.fill(chipStringency[1], Double.NaN);
    }

    /**
     * Adds what the parameters say, where no event says otherwise. Called once the events have been asked.
     *
     * @param p parameters of the month
     */
    public void fill(ModelParameters p) {
        ModelParameters.ExportControl control = p.exportControl();
        for (int tier = 0; tier < TIER_COUNT; tier++) {
            if (Double.isNaN(chipStringency[0][tier])) {
                chipStringency[0][tier] = control.chipStringency()[tier];
            }
            if (Double.isNaN(chipStringency[1][tier])) {
                chipStringency[1][tier] = control.cnChipStringency()[tier];
            }
        }
        findStockpiling();
        for (int lab = 0; lab < licensed.length; lab++) {
            Bloc bloc = roster.labBloc().get(lab);
            if (bloc != Bloc.OTHER) {
                double[] access = bloc == Bloc.US ? control.usModelAccess() : control.cnModelAccess();
                for (int tier = 0; tier < TIER_COUNT; tier++) {
                    licensed[lab][tier] = Math.min(licensed[lab][tier], access[tier]);
                }
            }
        }
        subsidy[Bloc.US.ordinal()] =
                Math.min(1, subsidy[Bloc.US.ordinal()] + p.price().usSubsidy());
        subsidy[Bloc.CN.ordinal()] =
                Math.min(1, subsidy[Bloc.CN.ordinal()] + p.price().cnSubsidy());
    }

    void release(Intervention.Release release) {
        if (roster.labs().containsKey(release.lab())) {
            releases.add(release);
        }
    }

    void movePrice(Bloc by, List<String> labs, double factor) {
        for (int lab = 0; lab < labNames.length; lab++) {
            if (concerns(lab, by, labs)) {
                priceFactor[lab] *= factor;
            }
        }
    }

    void announce(Bloc by, List<String> tiers, double stringency) {
        for (String name : tiers) {
            int tier = by == Bloc.OTHER ? -1 : tier(by, name);
            if (tier >= 0 && !(announced[by.ordinal()][tier] >= stringency)) {
                announced[by.ordinal()][tier] = stringency;
            }
        }
    }

    /** Imports are brought forward where a stricter rule is known to come; the last tier is the rival. */
    private void findStockpiling() {
        for (Bloc power : POWERS) {
            for (int tier = 0; tier < TIER_COUNT; tier++) {
                if (announced[power.ordinal()][tier] > chipStringency[power.ordinal()][tier]) {
                    Bloc bloc = tier == TIER_COUNT - 1 ? power.mirrored() : Bloc.OTHER;
                    stockpiling[bloc.ordinal()] = true;
                }
            }
        }
    }

    void setChipStringency(Bloc by, List<String> tiers, double stringency) {
        for (String name : tiers) {
            int tier = by == Bloc.OTHER ? -1 : tier(by, name);
            if (tier >= 0) {
                chipStringency[by.ordinal()][tier] = stringency;
            }
        }
    }

    void license(Bloc by, List<String> tiers, List<String> labs, double share) {
        for (int lab = 0; lab < labNames.length; lab++) {
            for (int t = 0; t < tiers.size() && concerns(lab, by, labs); t++) {
                int tier = by == Bloc.OTHER ? -1 : tier(by, tiers.get(t));
                if (tier >= 0) {
                    licensed[lab][tier] = Math.min(licensed[lab][tier], share);
                }
            }
        }
    }

    void stateShock(Bloc by, List<String> tiers, double severity) {
        for (String name : tiers) {
            int tier = by == Bloc.OTHER ? -1 : tier(by, name);
            if (tier >= 0) {
                double stated = statedShock[by.ordinal()][tier];
                statedShock[by.ordinal()][tier] = Double.isNaN(stated) ? severity : Math.max(stated, severity);
            }
        }
    }

    void withhold(Bloc by, List<String> labs) {
        for (int lab = 0; lab < labNames.length; lab++) {
            withheld[lab] |= concerns(lab, by, labs);
        }
    }

    void stall(Bloc by, List<String> labs) {
        for (int lab = 0; lab < labNames.length; lab++) {
            stalled[lab] |= concerns(lab, by, labs);
        }
    }

    void ban(
            List<String> nations,
            Bloc origin,
            List<String> labs,
            List<Channel> channels,
            List<String> segments,
            double coverage) {
        int[] named = labs.isEmpty() ? ALL : labPlaces.of(labs);
        if (!labs.isEmpty() && named.length == 0) {
            return;
        }
        long mask = roster.offerMask().of(origin, named, channels);
        for (int n : nationPlaces.of(nations)) {
            for (int s : segmentPlaces.of(segments)) {
                for (int k = 0; k < roster.offerCount(); k++) {
                    if ((mask >>> k & 1) != 0) {
                        allowed[n][s][k] = Math.min(allowed[n][s][k], 1 - coverage);
                    }
                }
            }
        }
    }

    void subsidise(Bloc by, double share) {
        subsidy[by.ordinal()] += share;
    }

    void supply(Bloc by, List<String> nations, double discount) {
        if (by != Bloc.OTHER) {
            for (int n : nationPlaces.of(nations)) {
                packages[n][by.ordinal()] = Math.max(packages[n][by.ordinal()], discount);
            }
        }
    }

    void befriend(Bloc by, List<String> nations, double weight) {
        for (int n : nationPlaces.of(nations)) {
            diplomacy[n][by.ordinal()] = Math.max(-1, Math.min(1, diplomacy[n][by.ordinal()] + weight));
        }
    }

    void shock(ShockKind kind, Bloc by, List<String> nations, double size) {
        int[] noting = nations.isEmpty() ? ALL : nationPlaces.of(nations);
        if (nations.isEmpty() || noting.length > 0) {
            shocks.add(new Shock(kind, by, Arrays.stream(noting).boxed().toList(), size));
        }
    }

    void sanction(Bloc by, double weight) {
        if (by != Bloc.OTHER) {
            sanctions[by.ordinal()] += weight;
        }
    }

    void holdStance(List<String> nations, StancePosition stance) {
        for (int n : nationPlaces.of(nations)) {
            heldStance[n] = stance;
        }
    }

    void fundSovereign(List<String> nations, double effort) {
        for (int n : nationPlaces.of(nations)) {
            sovereignEffort[n] = Math.max(sovereignEffort[n], effort);
        }
    }

    void report(Bloc by, List<Channel> channels, List<String> segments, double hazard) {
        EnumSet<Stack> stacks = EnumSet.noneOf(Stack.class);
        for (Channel channel : channels.isEmpty() ? List.of(Channel.API, Channel.HOST, Channel.SELF) : channels) {
            stacks.add(Stack.of(by, channel));
        }
        for (int s : segmentPlaces.of(segments)) {
            for (Stack stack : stacks) {
                news[s][stack.ordinal()] = Math.min(1, news[s][stack.ordinal()] + hazard);
            }
        }
    }

    void regulate(List<String> nations, double open, double api) {
        for (int n : nationPlaces.of(nations)) {
            burden[n][0] += open;
            burden[n][1] += api;
        }
    }

    void set(String parameter, double value) {
        parameters.put(parameter, value);
    }

    /** Whether a list names a lab of a power; if it names none, all of the power's are meant. */
    private boolean concerns(int lab, Bloc by, List<String> names) {
        boolean ofBloc = by == null || roster.labBloc().get(lab) == by;
        return ofBloc && (names.isEmpty() ? by != null : names.contains(labNames[lab]));
    }

    /** Places of what lists name, each list looked up once: an event brings the same one every month. */
    private static final class Places {
        private final Map<String, Integer> all;
        private final IdentityHashMap<List<String>, int[]> found = new IdentityHashMap<>();

        Places(Map<String, Integer> all) {
            this.all = all;
        }

        /** All if the list names none. Names that the world lacks are passed over. */
        int[] of(List<String> names) {
            int[] places = found.get(names);
            if (places == null) {
                places = names.isEmpty()
                        ? all.values().stream().mapToInt(place -> place).toArray()
                        : names.stream()
                                .filter(all::containsKey)
                                .mapToInt(all::get)
                                .toArray();
                found.put(names, places);
            }
            return places;
        }
    }
}
