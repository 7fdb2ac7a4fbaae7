package twostacks.population;

import java.util.Arrays;
import twostacks.adoption.Tenure;
import twostacks.policy.Bloc;
import twostacks.policy.Stack;
import twostacks.random.Draws;
import twostacks.random.Purpose;

/**
 * A nation's adopters, as columns: one primitive array per attribute, the segments one after another.
 *
 * <p>A month reads what all adopters used last month and writes what they use now, so the order of adopters cannot
 * matter. Only those who review do any work; who they are is drawn 64 at a time.
 */
public final class Adopters {
    private static final int BUCKETS = 512;
    private static final int COHORT_OFFSET = Tenure.LONG + 1;
    private static final int NO_OFFER = 4;
    /** Reviewers taken at a time: what is worked out of them stays near the processor. */
    private static final int BATCH = 1024;
    /** Peers whose rewiring a short can hold. */
    private static final int NOTED_PEERS = 16;

    /** Number of adopters. */
    public final int count;
    /** First adopter of each segment, and past the last at the end. */
    public final int[] start;

    private final Offers offers;
    private final int none;
    private final long[] peerUnits;
    private final int[] stackKey = new int[Stack.COUNT];

    private int now;
    private byte[] offer;
    private byte[] offerNow;
    private final byte[] considered;
    private final byte[] taste;
    private final short[] since;

    private final long rankKey;
    private final long considerKey;
    private final long reviewKey;
    private final long choiceKey;
    private final long peerKey;

    private final double[][] reach;
    private final int[][] order;
    private final int[][] bucketStart;

    /** Which of an adopter's first 16 peers are rewired, one bit each; made when first needed. */
    private short[] rewired = {};

    private long rewiredAt = -1;

    private final int[][] cohorts;
    private final int[][] users;
    private final int[][] consideringBy;

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
    public Adopters(
            String iso3, long seed, long replicate, int[] sizes, Offers offers, int tasteBins, boolean mirrored) {
        this.offers = offers;
        peerUnits = ChoiceTables.peerUnits(offers);
        none = offers.count;
        start = new int[sizes.length + 1];
        for (int s = 0; s < sizes.length; s++) {
            start[s + 1] = start[s] + sizes[s];
        }
        count = start[sizes.length];
        offer = new byte[count];
        offerNow = new byte[count];
        Arrays.fill(offer, (byte) none);
        Arrays.fill(offerNow, (byte) none);
        considered = new byte[count];
        taste = new byte[count];
        since = new short[count];
        users = new int[sizes.length][offers.count + 1];
        cohorts = new int[sizes.length][256];
        consideringBy = new int[sizes.length][1 << Stack.COUNT];
        for (int s = 0; s < sizes.length; s++) {
            users[s][none] = sizes[s];
            consideringBy[s][0] = sizes[s];
        }
        long part = Draws.part(mirrored ? Bloc.mirroredHome(iso3) : iso3);
        rankKey = Draws.key(Draws.key(seed, replicate, Purpose.RANK), part);
        considerKey = Draws.key(Draws.key(seed, replicate, Purpose.CONSIDER), part);
        reviewKey = Draws.key(Draws.key(seed, replicate, Purpose.REVIEW), part);
        choiceKey = Draws.key(Draws.key(seed, replicate, Purpose.CHOICE), part);
        peerKey = Draws.key(Draws.key(seed, replicate, Purpose.PEERS), part);
        long tasteKey = Draws.key(Draws.key(seed, replicate, Purpose.TASTE), part);
        for (int i = 0; i < count; i++) {
            int bin = (int) ((Draws.bits(tasteKey, i) >>> 32) * tasteBins >>> 32);
            taste[i] = (byte) (mirrored ? tasteBins - 1 - bin : bin);
        }
        for (int g = 0; g < Stack.COUNT; g++) {
            stackKey[g] = mirrored ? Stack.of(g).mirrored().ordinal() : g;
        }
        reach = new double[sizes.length][Stack.COUNT];
        order = new int[sizes.length * Stack.COUNT][];
        bucketStart = new int[sizes.length * Stack.COUNT][];
    }

    /** A worker's tables and lists, kept from nation to nation so that a month allocates nothing. */
    public static final class Bench {
        private final Offers offers;
        private final ChoiceTables[] tables;
        private final double[] masked;
        private final double[] thresholds = new double[Offers.MOST];
        private long[] reviewing = new long[64];
        // Of a batch of reviewers: who they are, what they see, and what they choose.
        private final int[] reviewer = new int[BATCH];
        private final int[] state = new int[BATCH];
        private final long[] peers = new long[BATCH];
        private final int[] chosen = new int[BATCH];
        private int started;

        /**
         * A bench for a world's offers.
         *
         * @param offers offers
         */
        public Bench(Offers offers) {
            this.offers = offers;
            tables = new ChoiceTables[offers.count + 1];
            masked = new double[offers.count];
        }

        private ChoiceTables table(int rank) {
            if (tables[rank] == null) {
                tables[rank] = new ChoiceTables(offers);
            }
            return tables[rank];
        }

        /**
         * Starts the tables on a nation's segment, one for each class of adopters to whom the same offers are available.
         *
         * @param terms factors of the segment
         * @param utility utility of each offer without switching, taste and peers; negative infinity if not available
         * @param available share of adopters to whom each offer is available
         * @param nonUse utility of using none
         * @return number of classes
         */
        public int start(SegmentTerms terms, double[] utility, double[] available, double nonUse) {
            int classes = rationing(available) + 1;
            table(0).start(terms, utility, nonUse);
            for (int c = 1; c < classes; c++) {
                for (int k = 0; k < offers.count; k++) {
                    masked[k] = available[k] < 1 && available[k] <= thresholds[c - 1]
                            ? Double.NEGATIVE_INFINITY
                            : utility[k];
                }
                table(c).start(terms, masked, nonUse);
            }
            started = classes;
            return classes;
        }

        /** Thresholds of rank at which fewer offers are available, ascending; returns how many there are. */
        private int rationing(double[] available) {
            int n = 0;
            for (int k = 0; k < offers.count; k++) {
                double a = available[k];
                if (a > 0 && a < 1) {
                    int at = 0;
                    while (at < n && thresholds[at] < a) {
                        at++;
                    }
                    if (at == n || thresholds[at] != a) {
                        System.arraycopy(thresholds, at, thresholds, at + 1, n - at);
                        thresholds[at] = a;
                        n++;
                    }
                }
            }
            return n;
        }

        private double shareOf(int c) {
            return (c == started - 1 ? 1 : thresholds[c]) - (c == 0 ? 0 : thresholds[c - 1]);
        }

        /**
         * Expected utility of the best choice, {@link ChoiceTables#logsum}, over the classes of adopters last started.
         *
         * @param considered one bit per stack considered
         * @param nestFactor factor on each nest's weight
         * @return utils
         */
        public double logsum(int considered, double[] nestFactor) {
            double sum = 0;
            for (int c = 0; c < started; c++) {
                sum += shareOf(c) * table(c).logsum(considered, nestFactor);
            }
            return sum;
        }

        /**
         * Expected shares of the stacks, {@link ChoiceTables#addShares}, over the classes of adopters last started.
         *
         * @param considered one bit per stack considered
         * @param weight weight with which the shares are added
         * @param into by stack index, and none last
         */
        public void addShares(int considered, double weight, double[] into) {
            for (int c = 0; c < started; c++) {
                table(c).addShares(considered, weight * shareOf(c), into);
            }
        }
    }

    /**
     * Raises the share of a segment that considers a stack.
     *
     * @param s segment
     * @param g stack index
     * @param share share that considers it from this month on; never less than before
     * @param bench worker's bench
     */
    public void consider(int s, int g, double share, Bench bench) {
        double from = reach[s][g];
        if (share <= from) {
            return;
        }
        reach[s][g] = share;
        int column = s * Stack.COUNT + g;
        if (order[column] == null) {
            sortByReach(s, g, column);
        }
        int[] starts = bucketStart[column];
        int lowest = (int) (from * BUCKETS);
        int highest = Math.min(BUCKETS - 1, (int) (share * BUCKETS));
        long key = Draws.key(considerKey, stackKey[g]);
        for (int at = starts[lowest]; at < starts[highest + 1]; at++) {
            int i = order[column][at];
            double u = Draws.unit(Draws.bits(key, i));
            if (u >= from && u < share) {
                int before = considered[i];
                considered[i] = (byte) (before | 1 << g);
                consideringBy[s][before]--;
                consideringBy[s][before | 1 << g]++;
                if (before == 0) {
                    int within = i - start[s];
                    bench.reviewing[within >> 6] |= 1L << within;
                    since[i] = (short) now;
                }
            }
        }
    }

    private void sortByReach(int s, int g, int column) {
        long key = Draws.key(considerKey, stackKey[g]);
        int size = start[s + 1] - start[s];
        int[] starts = new int[BUCKETS + 1];
        for (int i = start[s]; i < start[s + 1]; i++) {
            starts[(int) (Draws.unit(Draws.bits(key, i)) * BUCKETS) + 1]++;
        }
        for (int b = 0; b < BUCKETS; b++) {
            starts[b + 1] += starts[b];
        }
        int[] next = Arrays.copyOf(starts, BUCKETS);
        int[] sorted = new int[size];
        for (int i = start[s]; i < start[s + 1]; i++) {
            sorted[next[(int) (Draws.unit(Draws.bits(key, i)) * BUCKETS)]++] = i;
        }
        order[column] = sorted;
        bucketStart[column] = starts;
    }

    /**
     * Opens a month for a segment: clears the list of those who review, then draws who does.
     *
     * @param s segment
     * @param month month of the run, from 0
     * @param terms factors of the segment
     * @param bench worker's bench
     */
    public void open(int s, int month, SegmentTerms terms, Bench bench) {
        now = month;
        int size = start[s + 1] - start[s];
        int blocks = size + 63 >> 6;
        if (bench.reviewing.length < blocks) {
            bench.reviewing = new long[blocks];
        }
        long key = Draws.key(Draws.key(reviewKey, s), month);
        for (int block = 0; block < blocks; block++) {
            long set = Draws.bernoulli64(key, block, terms.review);
            int from = start[s] + (block << 6);
            int width = Math.min(64, size - (block << 6));
            long reviewing = 0;
            if (width < 64) {
                set &= (1L << width) - 1;
            }
            while (set != 0) {
                int bit = Long.numberOfTrailingZeros(set);
                set &= set - 1;
                if (considered[from + bit] != 0) {
                    reviewing |= 1L << bit;
                }
            }
            bench.reviewing[block] = reviewing;
        }
    }

    /**
     * Makes those review whose offer has gone or has been rationed away.
     *
     * @param s segment
     * @param available share of adopters to whom each offer is available
     * @param bench worker's bench
     */
    public void displace(int s, double[] available, Bench bench) {
        for (int i = start[s]; i < start[s + 1]; i++) {
            int k = offer[i];
            if (k != none && available[k] < 1 && rank(i) >= available[k]) {
                int within = i - start[s];
                bench.reviewing[within >> 6] |= 1L << within;
            }
        }
    }

    private double rank(int i) {
        return Draws.unit(Draws.bits(rankKey, i));
    }

    /**
     * Lets those who review choose.
     *
     * @param s segment
     * @param terms factors of the segment
     * @param utility utility of each offer without switching, taste and peers; negative infinity if not available
     * @param available share of adopters to whom each offer is available
     * @param nonUse utility of using none
     * @param bench worker's bench; its tables are left started
     */
    public void choose(int s, SegmentTerms terms, double[] utility, double[] available, double nonUse, Bench bench) {
        int from = start[s];
        int size = start[s + 1] - from;
        System.arraycopy(offer, from, offerNow, from, size);
        int classes = bench.start(terms, utility, available, nonUse);
        if (terms.peersMatter && count > 1) {
            noteRewired(terms);
        }
        int blocks = size + 63 >> 6;
        for (int c = 0; c < classes; c++) {
            int n = 0;
            for (int block = 0; block < blocks; block++) {
                long set = bench.reviewing[block];
                if (n > BATCH - 64) {
                    chooseBatch(s, terms, bench.table(c), bench, n);
                    n = 0;
                }
                while (set != 0) {
                    int i = from + (block << 6) + Long.numberOfTrailingZeros(set);
                    set &= set - 1;
                    if (classes == 1 || rationClass(i, classes, bench) == c) {
                        bench.reviewer[n++] = i;
                    }
                }
            }
            chooseBatch(s, terms, bench.table(c), bench, n);
        }
    }

    /** Lets the first n reviewers of the bench choose from a table: look around, choose, and move, one after the other. */
    private void chooseBatch(int s, SegmentTerms terms, ChoiceTables table, Bench bench, int n) {
        boolean withPeers = terms.peersMatter && count > 1;
        prepareBatch(table, bench, n);
        if (withPeers) {
            lookAround(terms, bench, n);
        }
        long key = Draws.key(Draws.key(choiceKey, s), now);
        if (withPeers) {
            chooseWithPeers(table, bench, n, key, start[s]);
        } else {
            chooseAlone(table, bench, n, key, start[s]);
        }
        int[] used = users[s];
        int[] cohort = cohort(s);
        for (int j = 0; j < n; j++) {
            int i = bench.reviewer[j];
            int chosen = bench.chosen[j];
            if (chosen < 0) {
                long peers = withPeers ? bench.peers[j] : 0;
                long bits = Draws.bits(key, i - start[s]);
                chosen = table.decide(chosen, bench.state[j], considered[i], taste[i], peers, bits);
            }
            int held = offer[i];
            if (chosen != held) {
                move(i, held, chosen, terms, used, cohort);
            }
        }
    }

    private void prepareBatch(ChoiceTables table, Bench bench, int n) {
        int[] reviewer = bench.reviewer;
        int[] state = bench.state;
        for (int j = 0; j < n; j++) {
            int i = reviewer[j];
            state[j] = table.prepare(offer[i], Tenure.bin(now - since[i]));
        }
    }

    private void chooseAlone(ChoiceTables table, Bench bench, int n, long key, int from) {
        int[] reviewer = bench.reviewer;
        int[] state = bench.state;
        int[] chosen = bench.chosen;
        for (int j = 0; j < n; j++) {
            int i = reviewer[j];
            chosen[j] = table.choose(state[j], considered[i], taste[i], Draws.bits(key, i - from));
        }
    }

    private void chooseWithPeers(ChoiceTables table, Bench bench, int n, long key, int from) {
        int[] reviewer = bench.reviewer;
        int[] state = bench.state;
        long[] peers = bench.peers;
        int[] chosen = bench.chosen;
        for (int j = 0; j < n; j++) {
            int i = reviewer[j];
            chosen[j] = table.choose(state[j], considered[i], taste[i], peers[j], Draws.bits(key, i - from));
        }
    }

    private void move(int i, int held, int chosen, SegmentTerms terms, int[] used, int[] cohort) {
        int tenure = now - since[i];
        double distance = terms.distances[held == none || chosen == none ? NO_OFFER : offers.distance(held, chosen)];
        int kept = Tenure.kept(Math.min(tenure, Tenure.LONG), distance);
        cohort[held == none ? 0 : since[i] + COHORT_OFFSET]--;
        offerNow[i] = (byte) chosen;
        since[i] = (short) (now - kept);
        cohort[chosen == none ? 0 : since[i] + COHORT_OFFSET]++;
        used[held]--;
        used[chosen]++;
    }

    /** Notes which peers are rewired, so that a look at the others costs no draw. */
    private void noteRewired(SegmentTerms terms) {
        long at = terms.rewiring << 8 | terms.degree;
        if (rewiredAt == at || terms.degree > NOTED_PEERS) {
            return;
        }
        rewiredAt = at;
        if (rewired.length == 0) {
            rewired = new short[count];
        }
        for (int i = 0; i < count; i++) {
            int set = 0;
            for (int slot = 0; slot < terms.degree; slot++) {
                set |= (Peers.rewired(peerKey, i, slot, terms.rewiring) ? 1 : 0) << slot;
            }
            rewired[i] = (short) set;
        }
    }

    /** Counts what the peers of reviewers used, into one word each. */
    private void lookAround(SegmentTerms terms, Bench bench, int n) {
        int degree = terms.degree;
        int reach = degree + 1 >> 1;
        boolean noted = degree <= NOTED_PEERS && count > 2 * reach;
        byte[] used = offer;
        for (int j = 0; j < n; j++) {
            int i = bench.reviewer[j];
            long peers = 0;
            if (noted && i >= reach && i < count - reach) {
                for (int step = 1; step <= degree >> 1; step++) {
                    peers += peerUnits[used[i + step]] + peerUnits[used[i - step]];
                }
                if ((degree & 1) != 0) {
                    peers += peerUnits[used[i + reach]];
                }
                for (int set = rewired[i] & 0xFFFF; set != 0; set &= set - 1) {
                    int slot = Integer.numberOfTrailingZeros(set);
                    peers += peerUnits[used[Peers.peer(peerKey, i, slot, count, terms.rewiring)]]
                            - peerUnits[used[Peers.neighbour(i, slot, count)]];
                }
            } else {
                for (int slot = 0; slot < degree; slot++) {
                    peers += peerUnits[used[Peers.peer(peerKey, i, slot, count, terms.rewiring)]];
                }
            }
            bench.peers[j] = peers;
        }
    }

    private int rationClass(int i, int classes, Bench bench) {
        double rank = rank(i);
        int c = 0;
        while (c < classes - 1 && rank >= bench.thresholds[c]) {
            c++;
        }
        return c;
    }

    /** Closes a month: what adopters use now is what the next month reads. */
    public void close() {
        byte[] last = offer;
        offer = offerNow;
        offerNow = last;
    }

    /**
     * Users of each offer, and of none last.
     *
     * @param s segment
     * @return counts; not to be changed
     */
    public int[] users(int s) {
        return users[s];
    }

    /**
     * Number of adopters of a segment by what they consider.
     *
     * @param s segment
     * @return counts by set of stacks, one bit per stack; not to be changed
     */
    public int[] consideringBy(int s) {
        return consideringBy[s];
    }

    /**
     * Share of a segment that considers a stack.
     *
     * @param s segment
     * @param g stack index
     * @return share in [0, 1]
     */
    public double reach(int s, int g) {
        return reach[s][g];
    }

    /**
     * Sum over a segment's users of what a full switch would cost them now.
     *
     * @param s segment
     * @param terms factors of the segment
     * @return utils
     */
    public double switchingCostHeld(int s, SegmentTerms terms) {
        double sum = 0;
        int[] cohort = cohort(s);
        for (int at = 1; at <= now + COHORT_OFFSET; at++) {
            if (cohort[at] != 0) {
                sum += cohort[at] * terms.lockIn[Tenure.bin(now + COHORT_OFFSET - at)];
            }
        }
        return sum * terms.cost[Offers.OTHER];
    }

    /** Users of a segment by the month in which their tenure starts; those who use none at index 0. */
    private int[] cohort(int s) {
        if (cohorts[s].length < now + COHORT_OFFSET + 1) {
            cohorts[s] = Arrays.copyOf(cohorts[s], 2 * (now + COHORT_OFFSET + 1));
        }
        return cohorts[s];
    }
}
