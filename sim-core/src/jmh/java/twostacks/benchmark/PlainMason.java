package twostacks.benchmark;

import ec.util.MersenneTwisterFast;
import java.util.Map;
import sim.engine.Schedule;
import sim.engine.SimState;
import sim.engine.Steppable;
import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Taste;
import twostacks.adoption.Tenure;
import twostacks.policy.Stack;
import twostacks.population.Offers;

/**
 * The rules of {@link AdopterLoop} as one would write them in MASON at first: an object per adopter, each a
 * {@link Steppable} scheduled every month, references to its peers, MASON's own generator, and a nested logit worked out
 * with {@link Math#exp} whenever an adopter reviews.
 *
 * <p>Its draws differ from the engine's; its shares agree within sampling error. Prints the same words as
 * {@link AdopterLoop}.
 */
public final class PlainMason extends SimState {
    private static final long serialVersionUID = 1;

    private final transient BenchmarkCase c;
    private final transient double[][] available;
    private final transient double[][][] base;
    private final transient Adopter[] adopters;
    private final transient int[][] users;
    private final transient double[] tastes;
    private final transient Market market;
    private int month;

    private PlainMason(BenchmarkCase c, long seed) {
        super(seed);
        this.c = c;
        available = c.availableTable();
        base = c.utilityTable();
        users = new int[c.sizes.length][c.offers.count + 1];
        tastes = Taste.values(c.p.choice().tasteBins());
        int count = 0;
        for (int size : c.sizes) {
            count += size;
        }
        adopters = new Adopter[count];
        market = new Market();
    }

    @Override
    public void start() {
        super.start();
        int i = 0;
        for (int s = 0; s < c.sizes.length; s++) {
            users[s][c.offers.count] = c.sizes[s];
            for (int n = 0; n < c.sizes[s]; n++) {
                adopters[i++] =
                        new Adopter(s, c.offers.count, tastes[random.nextInt(tastes.length)], random.nextDouble());
            }
        }
        if (c.peers) {
            for (int n = 0; n < adopters.length; n++) {
                adopters[n].peers = peersOf(n);
            }
        }
        schedule.scheduleRepeating(Schedule.EPOCH, 0, market, 1);
        for (Adopter adopter : adopters) {
            schedule.scheduleRepeating(Schedule.EPOCH, 1, adopter, 1);
        }
        schedule.scheduleRepeating(Schedule.EPOCH, 2, s -> closeMonth(), 1);
    }

    /** A small world: neighbours on a ring, each replaced by a random other adopter with the rewiring probability. */
    private Adopter[] peersOf(int n) {
        int count = adopters.length;
        Adopter[] peers = new Adopter[c.p.population().peers()];
        for (int slot = 0; slot < peers.length; slot++) {
            if (random.nextBoolean(c.p.population().rewiring())) {
                int other = random.nextInt(count - 1);
                peers[slot] = adopters[other >= n ? other + 1 : other];
            } else {
                int step = slot / 2 + 1;
                peers[slot] = adopters[Math.floorMod(slot % 2 == 0 ? n + step : n - step, count)];
            }
        }
        return peers;
    }

    private void closeMonth() {
        for (Adopter adopter : adopters) {
            users[adopter.segment][adopter.offer]--;
            adopter.offer = adopter.offerNow;
            users[adopter.segment][adopter.offer]++;
        }
        month++;
    }

    /** What all adopters of a segment see. */
    private final class Market implements Steppable {
        private static final long serialVersionUID = 1;

        private final transient double[][] utility = new double[c.sizes.length][c.offers.count];
        private final transient double[][] reach = new double[c.sizes.length][Stack.COUNT];
        private final transient double[][] hazard = new double[c.sizes.length][Stack.COUNT];
        private final transient double[] userShare = new double[Stack.COUNT];
        private transient double[] share;

        @Override
        public void step(SimState state) {
            c.userShares(users, userShare);
            share = available[month];
            for (int s = 0; s < c.sizes.length; s++) {
                for (int g = 0; g < Stack.COUNT; g++) {
                    int using = 0;
                    boolean any = false;
                    for (int k = c.offers.first[g]; k < c.offers.end[g]; k++) {
                        using += users[s][k];
                        any |= share[k] > 0;
                    }
                    hazard[s][g] = 0;
                    if (any) {
                        double before = reach[s][g];
                        reach[s][g] = Math.max(before, c.nextReach(s, g, before, (double) using / c.sizes[s]));
                        hazard[s][g] = before < 1 ? (reach[s][g] - before) / (1 - before) : 0;
                    }
                }
                for (int k = 0; k < c.offers.count; k++) {
                    utility[s][k] = base[month][s][k] + c.social(s, userShare[c.offers.stack[k]]);
                }
            }
        }
    }

    /** An adopter. */
    private static final class Adopter implements Steppable {
        private static final long serialVersionUID = 1;
        /** Months in the middle of each tenure bin. */
        private static final double[] MIDDLE = {0, 1, 2, 3, 4.5, 7, 10.5, 15.5, 24.5, 48};

        private final int segment;
        private final double taste;
        private final double rank;
        private Adopter[] peers;
        private int considered;
        private int offer;
        private int offerNow;
        private int since;

        Adopter(int segment, int none, double taste, double rank) {
            this.segment = segment;
            this.taste = taste;
            this.rank = rank;
            offer = none;
            offerNow = none;
        }

        @Override
        public void step(SimState state) {
            PlainMason world = (PlainMason) state;
            MersenneTwisterFast random = world.random;
            double[] hazard = world.market.hazard[segment];
            double[] share = world.market.share;
            boolean reviews =
                    considered != 0 && random.nextBoolean(world.c.p.choice().review()[segment]);
            for (int g = 0; g < Stack.COUNT; g++) {
                if ((considered & 1 << g) == 0 && hazard[g] > 0 && random.nextBoolean(hazard[g])) {
                    if (considered == 0) {
                        reviews = true;
                        since = world.month;
                    }
                    considered |= 1 << g;
                }
            }
            Offers offers = world.c.offers;
            if (offer != offers.count && rank >= share[offer]) {
                reviews = true;
            }
            if (reviews) {
                int tenure = world.month - since;
                int chosen = choose(world, tenure, random.nextDouble());
                if (chosen != offer) {
                    int kept = Tenure.kept(Math.min(tenure, Tenure.LONG), distance(world, chosen));
                    since = world.month - kept;
                    offerNow = chosen;
                }
            }
        }

        private double distance(PlainMason world, int k) {
            Offers offers = world.c.offers;
            if (offer == offers.count || k == offers.count) {
                return k == offer ? 0 : world.c.p.choice().distanceNone();
            }
            return switch (offers.distance(offer, k)) {
                case Offers.SAME -> 0;
                case Offers.FAMILY -> world.c.p.choice().distanceFamily();
                case Offers.STACK -> world.c.p.choice().distanceStack();
                default -> 1;
            };
        }

        /** Number of peers by stack, and of those who use nothing last. */
        private int[] countPeers(Offers offers) {
            int[] counts = new int[Stack.COUNT + 1];
            for (Adopter peer : peers) {
                counts[offers.stack[peer.offer]]++;
            }
            return counts;
        }

        private int choose(PlainMason world, int tenure, double draw) {
            BenchmarkCase c = world.c;
            Offers offers = c.offers;
            double rho = c.p.choice().nestDissimilarity();
            double rhoUse = c.p.choice().useDissimilarity();
            double phi = c.p.choice().switching()[segment];
            double lockIn = lockIn(tenure, c.p.choice().lockInTime());
            int[] peerCounts = peers == null ? null : countPeers(offers);
            double[] weight = new double[offers.count];
            double[] nest = new double[Stack.COUNT];
            double total = 0;
            for (int g = 0; g < Stack.COUNT; g++) {
                if ((considered & 1 << g) == 0) {
                    continue;
                }
                double personal = c.p.choice().tasteSpread()[segment]
                        * taste
                        * Stack.of(g).origin().sign();
                if (peerCounts != null) {
                    int using = peers.length - peerCounts[Stack.COUNT];
                    double peerShare = using == 0 ? 0 : (double) peerCounts[g] / using;
                    personal += AdopterChoice.socialTerm(
                            c.p.choice().social()[segment], c.p.choice().peerWeight(), 0, peerShare);
                }
                double sum = 0;
                for (int k = offers.first[g]; k < offers.end[g]; k++) {
                    if (rank < world.market.share[k]) {
                        double utility = world.market.utility[segment][k]
                                + personal
                                - AdopterChoice.switchingCost(phi, distance(world, k), lockIn);
                        weight[k] = Math.exp(utility / rho);
                        sum += weight[k];
                    }
                }
                if (sum > 0) {
                    nest[g] = Math.exp(rho * Math.log(sum) / rhoUse);
                    total += nest[g];
                    for (int k = offers.first[g]; k < offers.end[g]; k++) {
                        weight[k] /= sum;
                    }
                }
            }
            if (total == 0) {
                return offers.count;
            }
            double use = Math.exp(rhoUse * Math.log(total));
            double none = Math.exp(
                    c.nonUse[segment] - AdopterChoice.switchingCost(phi, distance(world, offers.count), lockIn));
            double left = draw - none / (none + use);
            if (left < 0) {
                return offers.count;
            }
            int last = offers.count;
            for (int g = 0; g < Stack.COUNT; g++) {
                for (int k = offers.first[g]; k < offers.end[g] && nest[g] > 0; k++) {
                    if (weight[k] > 0) {
                        last = k;
                        left -= use / (none + use) * nest[g] / total * weight[k];
                        if (left < 0) {
                            return k;
                        }
                    }
                }
            }
            return last;
        }

        private static double lockIn(int tenure, double time) {
            return 1 - Math.exp(-MIDDLE[Tenure.bin(tenure)] / time);
        }
    }

    private static void run(BenchmarkCase c, long seed, boolean measured) {
        double start = Gauges.cpuSeconds();
        PlainMason world = new PlainMason(c, seed);
        world.start();
        double made = Gauges.cpuSeconds();
        while (world.month < BenchmarkCase.MONTHS) {
            world.schedule.step(world);
        }
        double end = Gauges.cpuSeconds();
        if (measured) {
            Gauges.printLoop(c, seed, made - start, end - made, "-", world.users);
        }
    }

    /**
     * Runs the model.
     *
     * @param args as those of {@link AdopterLoop#main}
     */
    public static void main(String[] args) {
        Options o = new Options(args, "adopters", "peers", "offers", "seed", "runs", "warmups");
        int adopters = o.number("adopters", 100_000);
        boolean peers = o.flag("peers", true);
        int offers = o.number("offers", 14);
        for (int i = 0; i < o.number("warmups", 5); i++) {
            run(new BenchmarkCase(Math.min(adopters, 10_000), offers, peers, Map.of()), 1000 + i, false);
        }
        for (int i = 0; i < o.number("runs", 1); i++) {
            run(new BenchmarkCase(adopters, offers, peers, Map.of()), o.number("seed", 1) + i, true);
        }
    }
}
