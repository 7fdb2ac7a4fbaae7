package twostacks.benchmark;

import java.util.Locale;
import java.util.Map;
import twostacks.policy.Stack;
import twostacks.population.AdopterCounts;
import twostacks.population.Adopters;
import twostacks.population.Population;
import twostacks.population.SegmentTerms;

/**
 * The engine's adopter loop on a {@link BenchmarkCase}: what {@code Nation.adopt} does with {@link Adopters}.
 *
 * <p>Prints a line of {@code name=value} words a run: CPU seconds of the thread for making the adopters and for the
 * months, nanoseconds per adopter and month, adopter-months per second, most memory in MiB, shares of the stacks at the
 * end, a digest of the users of all months, and the users at the end by segment and offer.
 */
public final class AdopterLoop {
    private final BenchmarkCase c;
    private final double[][] available;
    private final double[][][] base;
    private final SegmentTerms[] terms;

    private final double[] utility;
    private final double[] userShare = new double[Stack.COUNT];
    private final int[][] users;
    private final boolean counted;
    private Population adopters;
    private long digest;

    AdopterLoop(BenchmarkCase c, boolean counted) {
        this.c = c;
        this.counted = counted;
        available = c.availableTable();
        base = c.utilityTable();
        terms = new SegmentTerms[c.sizes.length];
        for (int s = 0; s < terms.length; s++) {
            terms[s] = new SegmentTerms(c.p, s, c.offers);
        }
        utility = new double[c.offers.count];
        users = new int[c.sizes.length][];
    }

    void populate(long seed) {
        int bins = c.p.choice().tasteBins();
        adopters = counted
                ? new AdopterCounts(BenchmarkCase.NATION, seed, 1, c.sizes, c.offers, bins, false)
                : new Adopters(BenchmarkCase.NATION, seed, 1, c.sizes, c.offers, bins, false);
        for (int s = 0; s < users.length; s++) {
            users[s] = adopters.users(s);
        }
        digest = 0;
    }

    void month(int month, Adopters.Bench bench) {
        c.userShares(users, userShare);
        double[] share = available[month];
        for (int s = 0; s < terms.length; s++) {
            adopters.open(s, month, terms[s], bench);
            for (int g = 0; g < Stack.COUNT; g++) {
                int using = 0;
                boolean any = false;
                for (int k = c.offers.first[g]; k < c.offers.end[g]; k++) {
                    using += users[s][k];
                    any |= share[k] > 0;
                }
                if (any) {
                    double next = c.nextReach(s, g, adopters.reach(s, g), (double) using / Math.max(1, c.sizes[s]));
                    adopters.consider(s, g, next, bench);
                }
            }
            for (int k = 0; k < c.offers.count; k++) {
                if (month > 0 && share[k] < available[month - 1][k]) {
                    adopters.displace(s, share, bench);
                    break;
                }
            }
            for (int k = 0; k < c.offers.count; k++) {
                utility[k] = base[month][s][k] + c.social(s, userShare[c.offers.stack[k]]);
            }
            adopters.choose(s, terms[s], utility, share, c.nonUse[s], bench);
            digest = Gauges.digest(digest, users[s]);
        }
        adopters.close();
    }

    /** A run; prints its line if it is to be measured. */
    private void run(long seed, boolean measured) {
        double start = Gauges.cpuSeconds();
        populate(seed);
        Adopters.Bench bench = new Adopters.Bench(c.offers);
        double made = Gauges.cpuSeconds();
        for (int month = 0; month < BenchmarkCase.MONTHS; month++) {
            month(month, bench);
        }
        double end = Gauges.cpuSeconds();
        if (measured) {
            Gauges.printLoop(c, seed, made - start, end - made, String.format(Locale.ROOT, "%016x", digest), users);
        }
    }

    /**
     * Runs the loop.
     *
     * @param args {@code adopters= peers=yes|no counted=yes|no offers= seed= runs= warmups=}; each run has the next seed,
     *     the runs that only warm up have at most 100,000 adopters, and those who are counted have no peers
     */
    public static void main(String[] args) {
        Options o = new Options(args, "adopters", "peers", "counted", "offers", "seed", "runs", "warmups");
        int adopters = o.number("adopters", 100_000);
        boolean peers = o.flag("peers", true);
        boolean counted = o.flag("counted", false);
        int offers = o.number("offers", 14);
        int seed = o.number("seed", 1);
        AdopterLoop warm =
                new AdopterLoop(new BenchmarkCase(Math.min(adopters, 100_000), offers, peers, Map.of()), counted);
        for (int i = 0; i < o.number("warmups", 5); i++) {
            warm.run(1000 + i, false);
        }
        AdopterLoop loop = new AdopterLoop(new BenchmarkCase(adopters, offers, peers, Map.of()), counted);
        for (int i = 0; i < o.number("runs", 1); i++) {
            loop.run(seed + i, true);
        }
    }
}
