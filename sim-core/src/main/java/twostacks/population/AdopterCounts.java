package twostacks.population;

import java.util.Arrays;
import twostacks.adoption.Tenure;
import twostacks.policy.Bloc;
import twostacks.policy.Stack;
import twostacks.random.Binomial;
import twostacks.random.Draws;
import twostacks.random.Purpose;

/**
 * A nation's adopters as counts. Where peers do not matter, adopters of a segment who use the same offer, have the same
 * tenure, consider the same stacks, share a bin of taste and an interval of ranks are exchangeable: how many of them come to
 * consider a stack and how many review is binomial, and what those choose multinomial. The joint distribution of all
 * counts is that of {@link Adopters}; who is meant by them is nobody's concern.
 *
 * <p>What a month costs depends on the number of cells that hold anybody: never more than there are adopters, and bounded
 * by what can set adopters apart. That bound is high, so that individuals are quicker up to some ten million adopters.
 *
 * <p>Ranks are uniform within an interval, whatever has happened to its adopters, because all of them have met the same
 * availability. Where a share of availability falls inside an interval, the interval and its cells are cut in two.
 *
 * <p>Each draw is keyed by nation, segment, month and cell, so neither the order of cells nor that of nations matters.
 */
public final class AdopterCounts extends Population {
    private static final int[] NO_PEERS = new int[Stack.COUNT];

    // A cell's key, from its lowest bit on.
    private static final int OFFER_BITS = 6;
    private static final int CONSIDERED_AT = OFFER_BITS;
    private static final int TASTE_AT = CONSIDERED_AT + Stack.COUNT;
    private static final int TENURE_AT = TASTE_AT + 5;
    private static final int RANK_AT = TENURE_AT + 5;

    private final Cells[] cells;
    private Cells next = new Cells();
    private final int tasteBins;
    private final boolean mirrored;
    private final long countKey;
    /** By segment and position of the stack: probability that one who does not consider it comes to do so. */
    private final double[][] hazard;
    /** Users by segment and tenure. */
    private final int[][] tenures;
    /** By segment, the intervals of rank: where each begins and ends. */
    private double[][] lowest;

    private double[][] highest;
    private final int[] intervals;

    private final double[] probability;
    private final double[] rest;
    private boolean displacing;
    private int now;
    private int before = -1;

    // Of the cell at work.
    private SegmentTerms terms;
    private double[] available;
    private Adopters.Bench bench;
    private int segment;
    private long cell;
    private long drawKey;
    private long drawn;

    /**
     * Adopters of a nation, none of whom uses anything.
     *
     * @param iso3 code of the nation
     * @param seed seed
     * @param replicate replicate
     * @param sizes number of adopters of each segment
     * @param offers offers of the world
     * @param tasteBins number of taste bins
     * @param mirrored whether draws are those of the mirror image
     */
    public AdopterCounts(
            String iso3, long seed, long replicate, int[] sizes, Offers offers, int tasteBins, boolean mirrored) {
        super(sizes, offers);
        this.tasteBins = tasteBins;
        this.mirrored = mirrored;
        long part = Draws.part(mirrored ? Bloc.mirroredHome(iso3) : iso3);
        countKey = Draws.key(Draws.key(seed, replicate, Purpose.COUNTS), part);
        hazard = new double[sizes.length][Stack.COUNT];
        tenures = new int[sizes.length][Tenure.LONG + 1];
        lowest = new double[sizes.length][1];
        highest = new double[sizes.length][1];
        intervals = new int[sizes.length];
        probability = new double[none + 1];
        rest = new double[none + 2];
        cells = new Cells[sizes.length];
        long tasteKey = Draws.key(Draws.key(seed, replicate, Purpose.TASTE), part);
        for (int s = 0; s < sizes.length; s++) {
            highest[s][0] = 1;
            intervals[s] = 1;
            cells[s] = new Cells();
            int left = sizes[s];
            for (int bin = 0; bin < tasteBins; bin++) {
                int n = Binomial.draw(Draws.key(Draws.key(tasteKey, s), bin), left, 1.0 / (tasteBins - bin));
                cells[s].add(none | (long) bin << TASTE_AT, n);
                left -= n;
            }
        }
    }

    @Override
    public void open(int s, int month, SegmentTerms segmentTerms, Adopters.Bench worker) {
        now = month;
        displacing = false;
        Arrays.fill(hazard[s], 0);
    }

    @Override
    public void consider(int s, int g, double share, Adopters.Bench worker) {
        double from = reach[s][g];
        if (share <= from) {
            return;
        }
        reach[s][g] = share;
        int position = offers.position(g);
        hazard[s][position] = 1 - (1 - hazard[s][position]) * (1 - share) / (1 - from);
    }

    @Override
    public void displace(int s, double[] shares, Adopters.Bench worker) {
        displacing = true;
    }

    @Override
    public void choose(
            int s, SegmentTerms segmentTerms, double[] utility, double[] shares, double nonUse, Adopters.Bench worker) {
        if (segmentTerms.peersMatter) {
            throw new IllegalStateException("adopters with peers of their own cannot be counted");
        }
        for (double share : shares) {
            if (share > 0 && share < 1) {
                cut(s, share);
            }
        }
        segment = s;
        terms = segmentTerms;
        available = shares;
        bench = worker;
        bench.start(terms, utility, shares, nonUse);
        next.clear();
        Arrays.fill(users[s], 0);
        Arrays.fill(consideringBy[s], 0);
        Arrays.fill(tenures[s], 0);
        long monthKey = Draws.key(Draws.key(countKey, s), now);
        Cells old = cells[s];
        for (int place = 0; place < old.size; place++) {
            cell = old.key(place);
            drawKey = Draws.key(monthKey, cell);
            drawn = 0;
            spread(0, considered(cell), old.count(place));
        }
        cells[s] = next;
        next = old;
    }

    private int draw(int n, double p) {
        return Binomial.draw(Draws.key(drawKey, drawn++), n, p);
    }

    /** Lets some of the cell come to consider the stacks from a position on that they do not consider yet. */
    private void spread(int position, int considered, int n) {
        if (n == 0) {
            return;
        }
        if (position == Stack.COUNT) {
            review(considered, n);
            return;
        }
        int more = 0;
        if ((considered >> position & 1) == 0) {
            more = draw(n, hazard[segment][position]);
        }
        spread(position + 1, considered | 1 << position, more);
        spread(position + 1, considered, n - more);
    }

    private void review(int considered, int n) {
        int held = (int) cell & (1 << OFFER_BITS) - 1;
        boolean first = considered(cell) == 0;
        int tenure = first ? 0 : Math.min(Tenure.LONG, tenure(cell) + now - before);
        int reviewers;
        if (first) {
            // They review at once; those who still consider nothing have nothing to review.
            reviewers = considered == 0 ? 0 : n;
        } else if (displacing && held < none && rank() >= available[held]) {
            reviewers = n;
        } else {
            reviewers = draw(n, terms.review * 0x1p-32);
        }
        put(held, considered, tenure, n - reviewers);
        if (reviewers > 0) {
            choose(held, considered, tenure, reviewers);
        }
    }

    private void choose(int held, int considered, int tenure, int reviewers) {
        bench.table(bench.classOf(rank()))
                .probabilities(held, Tenure.bin(tenure), stacks(considered), tasteBin(), 0, NO_PEERS, probability);
        rest[none + 1] = 0;
        for (int k = none; k >= 0; k--) {
            rest[k] = rest[k + 1] + probability[k];
        }
        int left = reviewers;
        for (int k = 0; k <= none && left > 0; k++) {
            int chosen = rest[k] > 0 ? draw(left, probability[k] / rest[k]) : 0;
            left -= chosen;
            put(k, considered, k == held ? tenure : terms.kept[offers.move(held, k)][tenure], chosen);
        }
    }

    private void put(int held, int considered, int tenure, int n) {
        if (n == 0) {
            return;
        }
        long kept = cell >> RANK_AT << RANK_AT | cell & 31L << TASTE_AT;
        next.add(kept | (long) tenure << TENURE_AT | (long) considered << CONSIDERED_AT | held, n);
        users[segment][held] += n;
        consideringBy[segment][stacks(considered)] += n;
        if (held != none) {
            tenures[segment][tenure] += n;
        }
    }

    /** Cuts the interval in which a rank lies, and all cells that stand for it. */
    private void cut(int s, double rank) {
        int at = 0;
        while (rank < lowest[s][at] || rank >= highest[s][at]) {
            at++;
        }
        if (rank == lowest[s][at]) {
            return;
        }
        int made = intervals[s]++;
        if (made == lowest[s].length) {
            lowest[s] = Arrays.copyOf(lowest[s], 2 * made);
            highest[s] = Arrays.copyOf(highest[s], 2 * made);
        }
        double above = (highest[s][at] - rank) / (highest[s][at] - lowest[s][at]);
        lowest[s][made] = rank;
        highest[s][made] = highest[s][at];
        highest[s][at] = rank;
        long cutKey = Draws.key(Draws.key(Draws.key(countKey, s), now), -1 - made);
        Cells old = cells[s];
        next.clear();
        for (int place = 0; place < old.size; place++) {
            long key = old.key(place);
            int moved = key >> RANK_AT == at ? Binomial.draw(Draws.key(cutKey, key), old.count(place), above) : 0;
            next.add(key, old.count(place) - moved);
            next.add(key & (1L << RANK_AT) - 1 | (long) made << RANK_AT, moved);
        }
        cells[s] = next;
        next = old;
    }

    private double rank() {
        return lowest[segment][(int) (cell >> RANK_AT)];
    }

    private int tasteBin() {
        int bin = (int) (cell >> TASTE_AT) & 31;
        return mirrored ? tasteBins - 1 - bin : bin;
    }

    /** What is considered, one bit for each position of a stack. */
    private static int considered(long key) {
        return (int) (key >> CONSIDERED_AT) & (1 << Stack.COUNT) - 1;
    }

    private static int tenure(long key) {
        return (int) (key >> TENURE_AT) & 31;
    }

    /** A set of positions as a set of stacks. */
    private int stacks(int considered) {
        return offers.setOrder[considered];
    }

    @Override
    public void close() {
        before = now;
    }

    @Override
    public double switchingCostHeld(int s, SegmentTerms segmentTerms) {
        double sum = 0;
        for (int months = 0; months <= Tenure.LONG; months++) {
            sum += tenures[s][months] * segmentTerms.lockIn[Tenure.bin(months)];
        }
        return sum * segmentTerms.cost[Offers.OTHER];
    }
}
