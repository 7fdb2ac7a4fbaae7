package twostacks.world;

import java.util.Arrays;
import java.util.List;
import twostacks.agents.Lab;
import twostacks.agents.Nation;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Stack;
import twostacks.policy.StancePosition;
import twostacks.population.Offers;

/**
 * The month's sums over nations, in the order of their codes: what the world used, who leads, which nations flipped.
 *
 * <p>Nations that are not connected, or that weigh nothing, add exactly nothing to any of them.
 */
public final class Ledger {

    /** What a nation's shares are weighted by in the world's. */
    public enum Weight {
        /** Every nation alike: each has the same number of adopters. */
        ADOPTERS,
        /** People. */
        POPULATION,
        /** Gross domestic product. */
        GDP,
        /** Tokens that adopters would use, by segment and income. */
        TOKENS;

        /**
         * Name in files.
         *
         * @return lower-case name
         */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Lead by which another origin must pass the leading one before a nation counts as flipped. */
    public static final double FLIP_MARGIN = .02;

    private static final Bloc[] BLOCS = Bloc.values();
    private static final Weight[] WEIGHT = Weight.values();
    /** Number of weights that all segments of a nation have in common; that of tokens follows them. */
    private static final int OF_NATIONS = Weight.TOKENS.ordinal();

    private final World world;
    private final double[][] shares = new double[WEIGHT.length][Stack.COUNT + 1];
    private final double[] serviceTokens = new double[Bloc.COUNT];
    private final double[][] worldUse;
    private final double[] frontierUs;
    private final double[] frontierCn;
    private final int[] leading;
    private final StancePosition[] stances;
    private double gapMonths;
    private double polarisation;
    private final Sums sums;

    /** What a month is summed up in: kept, so that a month allocates nothing. */
    private static final class Sums {
        final double[] weight = new double[WEIGHT.length];
        final double[] people;
        final double[] users;
        final double[] tokens;
        final double[] revenue;
        final double[] developers;
        final double[] blocRevenue = new double[Bloc.COUNT];
        final double[] blocUsers = new double[Bloc.COUNT];
        final double[] blocState = new double[Bloc.COUNT];
        final double[] blocCompute = new double[Bloc.COUNT];

        Sums(int segments, int labs) {
            people = new double[segments];
            users = new double[labs];
            tokens = new double[labs];
            revenue = new double[labs];
            developers = new double[labs];
        }

        void clear() {
            Arrays.fill(weight, 0);
            Arrays.fill(people, 0);
            Arrays.fill(users, 0);
            Arrays.fill(tokens, 0);
            Arrays.fill(revenue, 0);
            Arrays.fill(developers, 0);
            Arrays.fill(blocRevenue, 0);
            Arrays.fill(blocUsers, 0);
            Arrays.fill(blocState, 0);
            Arrays.fill(blocCompute, 0);
        }
    }

    Ledger(World world) {
        this.world = world;
        worldUse = new double[world.segments().size()][Stack.COUNT];
        sums = new Sums(worldUse.length, world.labArray().length);
        frontierUs = new double[world.spec.months()];
        frontierCn = new double[world.spec.months()];
        leading = new int[world.nationArray().length];
        Arrays.fill(leading, -1);
        stances = new StancePosition[leading.length];
        for (int n = 0; n < stances.length; n++) {
            stances[n] = world.nationArray()[n].stance();
        }
    }

    /** Sums the month up, and adds what happened in it: flips, then changes of stance, then incidents. */
    void close(List<HappenedEvent> happened) {
        sums.clear();
        sumShares();
        sumLabs();
        gapMonths = gap();
        polarisation = spread();
        findFlips(happened);
        findStanceChanges(happened);
        findIncidents(happened);
    }

    private void sumShares() {
        Offers offers = world.offers();
        double[] total = sums.weight;
        double[] people = sums.people;
        for (double[] row : shares) {
            Arrays.fill(row, 0);
        }
        for (double[] row : worldUse) {
            Arrays.fill(row, 0);
        }
        for (Nation nation : world.nationArray()) {
            if (!nation.facts.connected()) {
                continue;
            }
            for (int w = 0; w < OF_NATIONS; w++) {
                double weight = weight(WEIGHT[w], nation);
                total[w] += weight;
                for (int g = 0; g <= Stack.COUNT; g++) {
                    shares[w][g] += weight * nation.share(g);
                }
            }
            double each = nation.peoplePerAdopter();
            for (int s = 0; s < worldUse.length; s++) {
                int[] users = nation.adopters.users(s);
                int size = nation.adopters.start[s + 1] - nation.adopters.start[s];
                double tokens = each * nation.volume(s);
                total[Weight.TOKENS.ordinal()] += tokens * size;
                people[s] += each * size;
                for (int k = 0; k <= offers.count; k++) {
                    shares[Weight.TOKENS.ordinal()][offers.stack[k]] += tokens * users[k];
                    if (k < offers.count) {
                        worldUse[s][offers.stack[k]] += each * users[k];
                    }
                }
            }
        }
        for (int w = 0; w < shares.length; w++) {
            for (int g = 0; g <= Stack.COUNT; g++) {
                shares[w][g] = total[w] > 0 ? shares[w][g] / total[w] : g == Stack.COUNT ? 1 : 0;
            }
        }
        for (int s = 0; s < worldUse.length; s++) {
            for (int g = 0; g < Stack.COUNT; g++) {
                worldUse[s][g] = people[s] > 0 ? worldUse[s][g] / people[s] : 0;
            }
        }
    }

    private void sumLabs() {
        Offers offers = world.offers();
        Lab[] labs = world.labArray();
        int developer = world.segments().indexOf("developer");
        double[] users = sums.users;
        double[] tokens = sums.tokens;
        double[] revenue = sums.revenue;
        double[] developers = sums.developers;
        double allUsers = 0;
        double allTokens = 0;
        double allDevelopers = 0;
        Arrays.fill(serviceTokens, 0);
        double growth = world.surroundings().volumeGrowth;
        for (Nation nation : world.nationArray()) {
            if (!nation.facts.connected()) {
                continue;
            }
            double each = nation.peoplePerAdopter();
            for (int s = 0; s < worldUse.length; s++) {
                int[] by = nation.adopters.users(s);
                double volume = nation.volume(s) * growth;
                for (int k = 0; k < offers.count; k++) {
                    if (by[k] == 0) {
                        continue;
                    }
                    double number = each * by[k];
                    allUsers += number;
                    allTokens += number * volume;
                    if (s == developer) {
                        allDevelopers += number;
                    }
                    int lab = offers.lab[k];
                    if (lab < 0) {
                        continue;
                    }
                    users[lab] += number;
                    tokens[lab] += number * volume;
                    if (offers.channel[k] == Channel.API) {
                        serviceTokens[labs[lab].bloc.ordinal()] += number * volume;
                        revenue[lab] += number * volume * labs[lab].priceFor(s);
                    } else if (s == developer) {
                        developers[lab] += number;
                    }
                }
            }
        }
        double[] blocRevenue = sums.blocRevenue;
        double[] blocUsers = sums.blocUsers;
        double[] blocState = sums.blocState;
        double[] blocCompute = sums.blocCompute;
        for (int l = 0; l < labs.length; l++) {
            int b = labs[l].bloc.ordinal();
            blocRevenue[b] += revenue[l];
            blocUsers[b] += users[l];
            blocState[b] += labs[l].spec.stateShare();
            blocCompute[b] += labs[l].computeShare();
        }
        for (int l = 0; l < labs.length; l++) {
            int b = labs[l].bloc.ordinal();
            labs[l].observe(
                    ratio(users[l], allUsers),
                    ratio(tokens[l], allTokens),
                    ratio(developers[l], allDevelopers),
                    users[l] / 1e6,
                    revenue[l] / 1e6);
            if (blocCompute[b] > 0 && blocState[b] > 0) {
                double standing = labs[l].spec.stateShare() / blocState[b];
                labs[l].fund(
                        world.surroundings().p.capability(),
                        blocRevenue[b] > 0 ? revenue[l] / blocRevenue[b] : standing,
                        blocUsers[b] > 0 ? users[l] / blocUsers[b] : standing,
                        standing,
                        blocCompute[b]);
            }
        }
    }

    private static double ratio(double part, double whole) {
        return whole > 0 ? part / whole : 0;
    }

    /** Months by which China's best released model trails the first United States one as good; negative if it leads. */
    private double gap() {
        int now = world.monthOfRun();
        frontierUs[now] = world.frontier(Bloc.US);
        frontierCn[now] = world.frontier(Bloc.CN);
        double trails = frontierUs[now] >= frontierCn[now] ? behind(frontierUs, frontierCn[now], now) : 0;
        double leads = frontierCn[now] >= frontierUs[now] ? behind(frontierCn, frontierUs[now], now) : 0;
        // Where both are as good, the one that was there first counts as many months ahead as it was earlier.
        return trails - leads;
    }

    private static double behind(double[] leader, double score, int now) {
        int first = now;
        while (first > 0 && leader[first - 1] >= score) {
            first--;
        }
        return now - first;
    }

    /** Polarisation: standard deviation over nations of the lean of their users, US less Chinese share, by population. */
    private double spread() {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        for (Nation nation : world.nationArray()) {
            if (nation.facts.connected() && nation.using() > 0) {
                double lean = lean(nation);
                double weight = nation.facts.population();
                weights += weight;
                sum += weight * lean;
                squares += weight * lean * lean;
            }
        }
        if (weights == 0) {
            return 0;
        }
        double mean = sum / weights;
        return StrictMath.sqrt(Math.max(0, squares / weights - mean * mean));
    }

    private static double lean(Nation nation) {
        return originShare(nation, 0) - originShare(nation, 1);
    }

    /** Leading origins: US, CN, other, own; in this order in {@link #originShare}. */
    public static final List<String> ORIGINS = List.of("US", "CN", "other", "sovereign");

    /** Of origins with equal shares the first in order leads; in a mirrored world the powers change places. */
    private static final int[] ORIGIN_ORDER = {0, 1, 2, 3};

    private static final int[] MIRRORED_ORIGINS = {1, 0, 2, 3};

    private static double originShare(Nation nation, int origin) {
        return switch (origin) {
            case 0 -> nation.userShare(Stack.US_CLOSED.ordinal()) + nation.userShare(Stack.US_OPEN.ordinal());
            case 1 -> nation.userShare(Stack.CN_API.ordinal()) + nation.userShare(Stack.CN_OPEN.ordinal());
            case 2 -> nation.userShare(Stack.OTHER.ordinal());
            default -> nation.userShare(Stack.SOVEREIGN.ordinal());
        };
    }

    private void findFlips(List<HappenedEvent> happened) {
        Nation[] nations = world.nationArray();
        for (int n = 0; n < nations.length; n++) {
            Nation nation = nations[n];
            if (nation.using() > 0) {
                int best = leading[n] < 0 ? 0 : leading[n];
                double toBeat = leading[n] < 0 ? -1 : originShare(nation, best) + FLIP_MARGIN;
                for (int origin : world.spec.mirrored() ? MIRRORED_ORIGINS : ORIGIN_ORDER) {
                    if (origin != leading[n] && originShare(nation, origin) > toBeat) {
                        best = origin;
                        toBeat = originShare(nation, origin);
                    }
                }
                if (leading[n] >= 0 && best != leading[n]) {
                    happened.add(flip(nation, leading[n], best));
                }
                leading[n] = best;
            }
        }
    }

    private void findStanceChanges(List<HappenedEvent> happened) {
        Nation[] nations = world.nationArray();
        for (int n = 0; n < nations.length; n++) {
            if (nations[n].stance() != stances[n]) {
                happened.add(stanceChange(nations[n], stances[n]));
                stances[n] = nations[n].stance();
            }
        }
    }

    private void findIncidents(List<HappenedEvent> happened) {
        for (Nation nation : world.nationArray()) {
            for (Bloc bloc : BLOCS) {
                if (nation.incidents(false, bloc) > 0) {
                    happened.add(incident(nation, bloc, false));
                }
                if (nation.incidents(true, bloc) > 0) {
                    happened.add(incident(nation, bloc, true));
                }
            }
        }
    }

    private static HappenedEvent flip(Nation nation, int from, int to) {
        return new HappenedEvent(
                "flip", ORIGINS.get(to), nation.facts.iso3(), "from " + ORIGINS.get(from) + " to " + ORIGINS.get(to));
    }

    private static HappenedEvent stanceChange(Nation nation, StancePosition from) {
        return new HappenedEvent(
                "stance",
                nation.facts.iso3(),
                nation.stance().key(),
                "from " + from.key() + " to " + nation.stance().key());
    }

    private static HappenedEvent incident(Nation nation, Bloc bloc, boolean misuse) {
        int count = nation.incidents(misuse, bloc);
        return new HappenedEvent(
                misuse ? "misuseIncident" : "securityIncident",
                bloc.name(),
                nation.facts.iso3(),
                count == 1 ? "one incident" : count + " incidents");
    }

    void takeWorldUse(double[][] into) {
        for (int s = 0; s < worldUse.length; s++) {
            System.arraycopy(worldUse[s], 0, into[s], 0, Stack.COUNT);
        }
    }

    double serviceTokens(int bloc) {
        return serviceTokens[bloc];
    }

    /**
     * Weight of a nation in the world's means.
     *
     * @param weight what nations are weighted by
     * @param nation nation
     * @return weight; 0 for a nation that is not connected
     */
    public static double weight(Weight weight, Nation nation) {
        if (!nation.facts.connected()) {
            return 0;
        }
        return switch (weight) {
            case ADOPTERS -> nation.facts.population() > 0 ? 1 : 0;
            case POPULATION -> nation.facts.population();
            case GDP -> nation.facts.gdp();
            case TOKENS -> {
                double tokens = 0;
                for (int s = 0; s + 1 < nation.adopters.start.length; s++) {
                    tokens += nation.volume(s) * (nation.adopters.start[s + 1] - nation.adopters.start[s]);
                }
                yield tokens * nation.peoplePerAdopter();
            }
        };
    }

    /**
     * Share of the world on a stack; {@link Stack#COUNT} for none.
     *
     * @param weight what nations are weighted by
     * @param g stack index
     * @return share in [0, 1]
     */
    public double share(Weight weight, int g) {
        return shares[weight.ordinal()][g];
    }

    /** Months by which China's frontier trails that of the United States; negative if it leads. */
    public double gapMonths() {
        return gapMonths;
    }

    /** Standard deviation over nations of their lean between the two powers, by population, in [0, 1]. */
    public double polarisation() {
        return polarisation;
    }

    /**
     * The origin that leads among a nation's users.
     *
     * @param place nation's place
     * @return one of {@link #ORIGINS}, or empty before anybody uses anything
     */
    public String leadingOrigin(int place) {
        return leading[place] < 0 ? "" : ORIGINS.get(leading[place]);
    }
}
