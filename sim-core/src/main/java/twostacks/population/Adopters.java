package twostacks.population;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
 * matter. Only those who review do any work; who they are is drawn 64 at a time. What a review needs of an adopter stands
 * in one <em>word</em>, from its lowest bit on: the offer in use (6 bits), the stacks considered (6, one each), the bin of
 * its taste (5), and the month in which its tenure starts (15, signed).
 */
public final class Adopters extends Population {
    /** Most buckets, as a power of 2, into which adopters are sorted first. */
    private static final int MOST_BUCKET_BITS = 12;

    private static final int COHORT_OFFSET = Tenure.LONG + 1;
    /** Peers whose rewiring a short can hold. */
    static final int NOTED_PEERS = 16;
    /** Adopters whose peers are drawn together. */
    private static final int TOGETHER = 512;
    /** Copies of adopters from the other end of the ring, on either side of {@link #seen}. */
    private static final int MARGIN = 32;

    private static final int OFFER_BITS = 6;
    private static final int TASTE_BITS = 5;
    private static final int SINCE_AT = OFFER_BITS + Stack.COUNT + TASTE_BITS;

    /** Four adopters who stand side by side, the first in the lowest byte. */
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** In the place of an adopter who is not to be counted. */
    private static final int NOBODY = Stack.COUNT + 1;

    private static final int FOUR_NOBODIES = NOBODY * 0x01010101;
    /** What {@link Batch#peers} sums, by what is seen of an adopter. */
    private static final long[] UNITS = units();
    /** The same of two adopters: by what is seen of the one and, times 256, of the other. */
    private static final long[] PAIRS = pairs();
    /** Where the other one is nobody. */
    private static final int ALONE = NOBODY << 8;

    private final int[] stackKey = new int[Stack.COUNT];

    private int now;
    private final int[] word;
    /** By segment, one bit for each adopter who considers anything. */
    private final long[][] considering;
    /** What others see of adopters: the position of the stack in use last month, and of that in use now. */
    private byte[] seen;

    private byte[] seenNext;

    private final long rankKey;
    private final long considerKey;
    private final long reviewKey;
    private final long choiceKey;
    private final long peerKey;

    /** By stack, for each segment: adopters in the order in which they come to consider it; made when first needed. */
    private final int[][] order = new int[Stack.COUNT][];
    /** By segment and stack: how many of them do, and -1 until they are put in order. */
    private final int[] reached;
    /** As long as the share that considers it is no greater, nobody more does. */
    private final double[] reachOfNext;

    /** Which of an adopter's first 16 peers are rewired, one bit each; made when first needed. */
    private short[] rewired = {};

    private long rewiredAt = -1;

    private final int[][] cohorts;

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
        super(sizes, offers);
        word = new int[count];
        seen = new byte[count + 2 * MARGIN];
        seenNext = new byte[count + 2 * MARGIN];
        Arrays.fill(seen, offers.positionOf[none]);
        Arrays.fill(seenNext, offers.positionOf[none]);
        considering = new long[sizes.length][];
        cohorts = new int[sizes.length][256];
        for (int s = 0; s < sizes.length; s++) {
            considering[s] = new long[sizes[s] + 63 >> 6];
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
            word[i] = none | (mirrored ? tasteBins - 1 - bin : bin) << OFFER_BITS + Stack.COUNT;
        }
        for (int g = 0; g < Stack.COUNT; g++) {
            stackKey[g] = mirrored ? Stack.of(g).mirrored().ordinal() : g;
        }
        reached = new int[sizes.length * Stack.COUNT];
        Arrays.fill(reached, -1);
        reachOfNext = new double[sizes.length * Stack.COUNT];
    }

    private static long[] units() {
        long[] units = new long[NOBODY + 1];
        Arrays.setAll(units, ChoiceTables::peerUnit);
        return units;
    }

    private static long[] pairs() {
        long[] pairs = new long[NOBODY + 1 << 8];
        for (int one = 0; one <= NOBODY; one++) {
            for (int other = 0; other <= NOBODY; other++) {
                pairs[other << 8 | one] = ChoiceTables.peerUnit(one) + ChoiceTables.peerUnit(other);
            }
        }
        return pairs;
    }

    private static int offerOf(int word) {
        return word & (1 << OFFER_BITS) - 1;
    }

    private static int consideredOf(int word) {
        return word >>> OFFER_BITS & (1 << Stack.COUNT) - 1;
    }

    /** What sets an adopter apart, apart from what it uses: the stacks considered and, above them, the bin of its taste. */
    static int personOf(int word) {
        return word >>> OFFER_BITS & (1 << Stack.COUNT + TASTE_BITS) - 1;
    }

    private static int sinceOf(int word) {
        return word >> SINCE_AT;
    }

    private static int since(int word, int month) {
        return word & (1 << SINCE_AT) - 1 | month << SINCE_AT;
    }

    /** A worker's tables and lists, kept from nation to nation so that a month allocates nothing. */
    public static final class Bench {
        private final Offers offers;
        private final ChoiceTables[] tables;
        private final double[] masked;
        private final double[] thresholds = new double[Offers.MOST];
        private long[] reviewing = new long[64];
        private long[] draws = {};
        private long[] sets = {};
        private int[] buckets = {};
        private final Batch batch = new Batch();
        private final int[] stackSets = new int[1 << Stack.COUNT];
        private final int[] numbers = new int[1 << Stack.COUNT];
        private final double[] logsums = new double[1 << Stack.COUNT];
        private CountBench counting;
        private int started;
        /** What {@link Adopters#fetchNext} read; nobody else does, but what nobody could read would not be read there. */
        int fetched;

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

        /** What a worker needs where adopters are counted; made when first needed. */
        CountBench counting() {
            if (counting == null) {
                counting = new CountBench(offers);
            }
            return counting;
        }

        /** The tables of a class of adopters. */
        ChoiceTables table(int rank) {
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

        /** The class of those whose rank is, or starts, somewhere. */
        int classOf(double rank) {
            int c = 0;
            while (c < started - 1 && rank >= thresholds[c]) {
                c++;
            }
            return c;
        }

        private double shareOf(int c) {
            return (c == started - 1 ? 1 : thresholds[c]) - (c == 0 ? 0 : thresholds[c - 1]);
        }

        /**
         * Weighs all sets of stacks, {@link ChoiceTables#weighSets}, for the classes of adopters last started.
         *
         * @param nestFactor factor on each nest's weight
         */
        public void weighSets(double[] nestFactor) {
            for (int c = 0; c < started; c++) {
                table(c).weighSets(nestFactor);
            }
        }

        /**
         * Sum over adopters of the expected utility of their best choice, {@link ChoiceTables#addLogsums}.
         *
         * @param by number of adopters by set of stacks considered
         * @param also stacks that whoever considers any is taken to consider, one bit each
         * @return utils
         */
        public double sumOfLogsums(int[] by, int also) {
            int n = listSets(by, also);
            Arrays.fill(logsums, 0, n, 0);
            for (int c = 0; c < started; c++) {
                table(c).addLogsums(stackSets, n, shareOf(c), logsums);
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += numbers[i] * logsums[i];
            }
            return sum;
        }

        /**
         * Adds the number of adopters to be expected on each stack, {@link ChoiceTables#addShares}.
         *
         * @param by number of adopters by set of stacks considered
         * @param also stacks that whoever considers any is taken to consider, one bit each
         * @param into by stack index, and none last
         */
        public void addExpected(int[] by, int also, double[] into) {
            int n = listSets(by, also);
            for (int c = 0; c < started; c++) {
                table(c).addShares(stackSets, numbers, n, shareOf(c), into);
            }
        }

        /** Lists sets of stacks that somebody considers, and by how many; returns how many there are. */
        private int listSets(int[] by, int also) {
            int n = 0;
            for (int set : offers.setOrder) {
                stackSets[n] = set == 0 ? 0 : set | also;
                numbers[n] = by[set];
                // 1 if there are any, without a branch
                n += -by[set] >>> 31;
            }
            return n;
        }
    }

    @Override
    public void consider(int s, int g, double share, Bench bench) {
        if (share <= reach[s][g]) {
            return;
        }
        reach[s][g] = share;
        int column = s * Stack.COUNT + g;
        if (share <= reachOfNext[column]) {
            return;
        }
        long key = Draws.key(considerKey, stackKey[g]);
        if (reached[column] < 0) {
            sortByReach(s, g, key, bench);
            reached[column] = start[s];
        }
        int[] sorted = order[g];
        int end = start[s + 1];
        int shift = bucketShift(end - start[s]);
        // The share falls into this bucket: of those before it all consider the stack, of those in it some.
        long edge = (long) (share * (1L << 64 - shift));
        int at = reached[column];
        for (; at < end && Draws.bits(key, sorted[at]) >>> shift < edge; at++) {
            considers(s, g, sorted[at], bench);
        }
        double next = 1;
        int to = at;
        for (; to < end; to++) {
            long bucket = Draws.bits(key, sorted[to]) >>> shift;
            if (bucket > edge) {
                next = Math.scalb((double) bucket, shift - 64);
                break;
            }
        }
        // Those of the bucket who do not yet stay in it, in the same order.
        int left = to;
        for (int each = to - 1; each >= at; each--) {
            int i = sorted[each];
            double reachOfOne = Draws.unit(Draws.bits(key, i));
            if (reachOfOne < share) {
                considers(s, g, i, bench);
            } else {
                next = Math.min(next, reachOfOne);
                sorted[--left] = i;
            }
        }
        reached[column] = left;
        reachOfNext[column] = next;
    }

    /** From now on an adopter considers a stack. */
    private void considers(int s, int g, int i, Bench bench) {
        int before = consideredOf(word[i]);
        word[i] |= 1 << OFFER_BITS + g;
        consideringBy[s][before]--;
        consideringBy[s][before | 1 << g]++;
        if (before == 0) {
            int within = i - start[s];
            considering[s][within >> 6] |= 1L << within;
            bench.reviewing[within >> 6] |= 1L << within;
            word[i] = since(word[i], now);
        }
    }

    /** By how much a draw is shifted to give its bucket. */
    private static int bucketShift(int adopters) {
        return 64 - Math.min(MOST_BUCKET_BITS, 32 - Integer.numberOfLeadingZeros(adopters));
    }

    /**
     * Puts a segment's adopters in the order of their draws, as far as buckets tell them apart. Within one they stay as they
     * stand, so that where there are many, those who come to consider a stack in a month are near one another in memory.
     */
    private void sortByReach(int s, int g, long key, Bench bench) {
        if (order[g] == null) {
            order[g] = new int[count];
        }
        int from = start[s];
        int end = start[s + 1];
        int shift = bucketShift(end - from);
        int places = (1 << 64 - shift) + 1;
        if (bench.buckets.length < places) {
            bench.buckets = new int[places];
        }
        int[] next = bench.buckets;
        Arrays.fill(next, 0, places, 0);
        bench.draws = room(bench.draws, TOGETHER);
        long[] draws = bench.draws;
        for (int first = from; first < end; first += TOGETHER) {
            int n = Math.min(TOGETHER, end - first);
            draw(key, first, n, draws);
            for (int j = 0; j < n; j++) {
                next[(int) (draws[j] >>> shift) + 1]++;
            }
        }
        next[0] = from;
        for (int bucket = 1; bucket < places; bucket++) {
            next[bucket] += next[bucket - 1];
        }
        int[] sorted = order[g];
        for (int first = from; first < end; first += TOGETHER) {
            int n = Math.min(TOGETHER, end - first);
            draw(key, first, n, draws);
            for (int j = 0; j < n; j++) {
                sorted[next[(int) (draws[j] >>> shift)]++] = first + j;
            }
        }
    }

    /**
     * Reads all that {@link #consider} reads first. A nation has left the caches since last month, and there each of its
     * reads would wait for the one before, which a branch depends on; here they are under way at the same time.
     *
     * @return something that depends on all of it, so that it is read
     */
    private int fetchNext() {
        int sum = 0;
        for (int column = 0; column < reached.length; column++) {
            int at = reached[column];
            int[] sorted = order[column % Stack.COUNT];
            if (at >= 0 && at < sorted.length) {
                sum += word[sorted[at]];
            }
        }
        return sum;
    }

    /** Draws for n adopters from one on. */
    private static void draw(long key, int from, int n, long[] draws) {
        for (int each = 0; each < n; each++) {
            draws[each] = (long) from + each;
        }
        Draws.bits(key, n, draws);
    }

    /** An array with room for so many words: the same, or a longer one. */
    private static long[] room(long[] words, int size) {
        return words.length < size ? new long[size] : words;
    }

    /** Clears the list of those who review, then draws who does. */
    @Override
    public void open(int s, int month, SegmentTerms terms, Bench bench) {
        now = month;
        if (s == 0) {
            bench.fetched = fetchNext();
        }
        int size = start[s + 1] - start[s];
        int blocks = size + 63 >> 6;
        bench.reviewing = room(bench.reviewing, blocks);
        long key = Draws.key(Draws.key(reviewKey, s), month);
        bench.draws = room(bench.draws, blocks);
        bench.sets = room(bench.sets, blocks);
        Draws.bernoulli64(key, blocks, terms.review, bench.reviewing, bench.sets, bench.draws);
        for (int block = 0; block < blocks; block++) {
            bench.reviewing[block] &= considering[s][block];
        }
    }

    @Override
    public void displace(int s, double[] available, Bench bench) {
        for (int i = start[s]; i < start[s + 1]; i++) {
            int k = offerOf(word[i]);
            if (k != none && available[k] < 1 && rank(i) >= available[k]) {
                int within = i - start[s];
                bench.reviewing[within >> 6] |= 1L << within;
            }
        }
    }

    private double rank(int i) {
        return Draws.unit(Draws.bits(rankKey, i));
    }

    @Override
    public void choose(int s, SegmentTerms terms, double[] utility, double[] available, double nonUse, Bench bench) {
        int from = start[s];
        int size = start[s + 1] - from;
        System.arraycopy(seen, MARGIN + from, seenNext, MARGIN + from, size);
        int classes = bench.start(terms, utility, available, nonUse);
        if (terms.peersMatter && count > 1) {
            noteRewired(terms, bench);
        }
        if (classes > 1) {
            bench.draws = room(bench.draws, size);
            draw(rankKey, from, size, bench.draws);
        }
        Batch batch = bench.batch;
        int blocks = size + 63 >> 6;
        for (int c = 0; c < classes; c++) {
            int n = 0;
            for (int block = 0; block < blocks; block++) {
                long set = bench.reviewing[block];
                n = classes == 1 ? batch.add(n, block, set) : addOfClass(c, n, block, set, bench);
                if (n > Batch.SIZE - 64 || block == blocks - 1) {
                    chooseBatch(s, terms, bench.table(c), batch, n);
                    n = 0;
                }
            }
        }
    }

    /** Adds those of a block's reviewers who are of a class to a batch that has n; returns how many it has then. */
    private int addOfClass(int c, int n, int block, long set, Bench bench) {
        int[] within = bench.batch.within;
        for (; set != 0; set &= set - 1) {
            int each = (block << 6) + Long.numberOfTrailingZeros(set);
            if (bench.classOf(Draws.unit(bench.draws[each])) == c) {
                within[n++] = each;
            }
        }
        return n;
    }

    /** Lets the first n of a batch choose from a table: they look around, choose, and move. */
    private void chooseBatch(int s, SegmentTerms terms, ChoiceTables table, Batch batch, int n) {
        batch.count = n;
        boolean withPeers = terms.peersMatter && count > 1;
        findStates(s, batch);
        table.prepare(batch);
        if (withPeers) {
            lookAround(s, terms, batch);
        }
        draw(batch, Draws.key(Draws.key(choiceKey, s), now));
        table.choose(batch, withPeers);
        move(s, terms, batch, selectMovers(batch));
    }

    /** Finds what the tables are asked for. The compiler makes vectors of loops that are short and of one word length. */
    private void findStates(int s, Batch batch) {
        int from = start[s];
        int month = now;
        int n = batch.count;
        int[] words = word;
        int[] own = batch.word;
        int[] rows = batch.rows;
        for (int j = 0; j < n; j++) {
            own[j] = words[from + batch.within[j]];
        }
        for (int j = 0; j < n; j++) {
            rows[j] = Tenure.bin(month - sinceOf(own[j]));
        }
        for (int j = 0; j < n; j++) {
            rows[j] = Batch.rows(ChoiceTables.state(offerOf(own[j]), rows[j]), personOf(own[j]));
        }
    }

    private static void draw(Batch batch, long key) {
        long[] draw = batch.draw;
        for (int j = 0; j < batch.count; j++) {
            draw[j] = batch.within[j];
        }
        Draws.bits(key, batch.count, draw);
    }

    /** Singles out those who do not keep their offer; returns how many. */
    private static int selectMovers(Batch batch) {
        int n = 0;
        for (int j = 0; j < batch.count; j++) {
            int chosen = batch.chosen[j];
            int w = batch.word[j];
            batch.mover[n] = batch.within[j];
            batch.before[n] = w;
            batch.to[n] = chosen;
            // 1 if the two differ, without a branch
            n += -(chosen ^ offerOf(w)) >>> 31;
        }
        return n;
    }

    /** Moves those singled out, in three passes with few tables each. */
    private void move(int s, SegmentTerms terms, Batch batch, int movers) {
        findWords(terms, batch, movers);
        countMoves(s, batch, movers);
        noteMoves(s, batch, movers);
    }

    /** Finds the words of movers from now on. */
    private void findWords(SegmentTerms terms, Batch batch, int movers) {
        int month = now;
        for (int m = 0; m < movers; m++) {
            int chosen = batch.to[m];
            int w = batch.before[m];
            int held = offerOf(w);
            int tenure = Math.min(month - sinceOf(w), Tenure.LONG);
            int takenUp = month - terms.kept(offers.move(held, chosen), tenure);
            batch.after[m] = since(w - held + chosen, takenUp);
        }
    }

    /** Counts who uses what, and since when. */
    private void countMoves(int s, Batch batch, int movers) {
        int[] used = users[s];
        int[] cohort = cohort(s);
        for (int m = 0; m < movers; m++) {
            int before = batch.before[m];
            int after = batch.after[m];
            // 0 for none, without a branch
            cohort[sinceOf(before) + COHORT_OFFSET & offerOf(before) - none >> 31]--;
            cohort[sinceOf(after) + COHORT_OFFSET & offerOf(after) - none >> 31]++;
            used[offerOf(before)]--;
            used[offerOf(after)]++;
        }
    }

    /** Notes what movers use from now on, and what others see. */
    private void noteMoves(int s, Batch batch, int movers) {
        int from = start[s];
        int[] words = word;
        byte[] next = seenNext;
        byte[] positions = offers.positionOf;
        for (int m = 0; m < movers; m++) {
            int i = from + batch.mover[m];
            words[i] = batch.after[m];
            next[MARGIN + i] = positions[batch.to[m]];
        }
    }

    /** Notes which peers are rewired, so that a look at the others costs no draw. */
    private void noteRewired(SegmentTerms terms, Bench bench) {
        long at = terms.rewiring << 8 | terms.degree;
        if (rewiredAt == at || terms.degree > NOTED_PEERS) {
            return;
        }
        rewiredAt = at;
        if (rewired.length == 0) {
            rewired = new short[count];
        }
        bench.draws = room(bench.draws, TOGETHER);
        bench.sets = room(bench.sets, TOGETHER);
        for (int from = 0; from < count; from += TOGETHER) {
            noteRewired(from, Math.min(TOGETHER, count - from), terms, bench.draws, bench.sets);
        }
    }

    private void noteRewired(int from, int n, SegmentTerms terms, long[] draws, long[] sets) {
        Arrays.fill(sets, 0, n, 0);
        for (int slot = 0; slot < terms.degree; slot++) {
            for (int j = 0; j < n; j++) {
                draws[j] = Peers.item(from + j, slot);
            }
            Draws.bits(peerKey, n, draws);
            for (int j = 0; j < n; j++) {
                sets[j] |= Peers.rewired(draws[j], terms.rewiring) << slot;
            }
        }
        for (int j = 0; j < n; j++) {
            rewired[from + j] = (short) sets[j];
        }
    }

    /** Counts what the peers of reviewers used, into one word each. */
    private void lookAround(int s, SegmentTerms terms, Batch batch) {
        int degree = terms.degree;
        if (degree > NOTED_PEERS || count <= degree + 1) {
            lookAtEach(s, terms, batch);
            return;
        }
        lookAside(s, degree, batch);
        lookFar(batch, selectRewired(s, batch));
    }

    /** Counts what the neighbours on the ring used: four on either side in a pass, less those who are too far. */
    private void lookAside(int s, int degree, Batch batch) {
        int from = start[s] + MARGIN;
        long[] peers = batch.peers;
        byte[] used = seen;
        for (int step = 1; 2 * step <= degree + 1; step += 4) {
            int first = from + step;
            int last = from - step - 3;
            int tooFar = (int) ((long) FOUR_NOBODIES << 8 * Math.min(4, (degree + 1 >> 1) - step + 1));
            int tooFarBack = (int) ((long) FOUR_NOBODIES >>> 8 * Math.min(4, (degree >> 1) - step + 1));
            boolean fresh = step == 1;
            for (int j = 0; j < batch.count; j++) {
                int ahead = (int) FOUR.get(used, first + batch.within[j]) | tooFar;
                int behind = (int) FOUR.get(used, last + batch.within[j]) | tooFarBack;
                peers[j] = (fresh ? 0 : peers[j])
                        + PAIRS[ahead & PAIRS.length - 1]
                        + PAIRS[ahead >>> 16]
                        + PAIRS[behind & PAIRS.length - 1]
                        + PAIRS[behind >>> 16];
            }
        }
    }

    /** Singles out the rewired peers of a batch, as peer above reviewer; returns how many. */
    private int selectRewired(int s, Batch batch) {
        int from = start[s];
        long[] found = batch.rewired;
        int n = 0;
        for (int j = 0; j < batch.count; j++) {
            int i = from + batch.within[j];
            int set = rewired[i] & 0xFFFF;
            long each = Peers.item(i, 0) << Batch.PLACE_BITS | j;
            // Two places are written whether they are needed or not: few have more, and no branch tells one from two.
            int others = set & set - 1;
            found[n] = each | Integer.numberOfTrailingZeros(set) << Batch.PLACE_BITS;
            found[n + 1] = each | Integer.numberOfTrailingZeros(others) << Batch.PLACE_BITS;
            int at = n + 2;
            for (others &= others - 1; others != 0; others &= others - 1) {
                found[at++] = each | Integer.numberOfTrailingZeros(others) << Batch.PLACE_BITS;
            }
            n += Integer.bitCount(set);
        }
        return n;
    }

    /** Puts the adopters whom rewired slots look at in the place of the neighbours. */
    private void lookFar(Batch batch, int n) {
        long[] rewired = batch.rewired;
        long[] far = batch.far;
        long[] near = batch.near;
        int adopters = count;
        for (int m = 0; m < n; m++) {
            far[m] = rewired[m] >>> Batch.PLACE_BITS;
        }
        Draws.bits(peerKey, n, far);
        for (int m = 0; m < n; m++) {
            far[m] = Peers.far(far[m], Peers.adopter(rewired[m] >>> Batch.PLACE_BITS), adopters);
        }
        for (int m = 0; m < n; m++) {
            near[m] = Peers.near(rewired[m] >>> Batch.PLACE_BITS);
        }
        long[] peers = batch.peers;
        byte[] used = seen;
        for (int m = 0; m < n; m++) {
            int j = (int) rewired[m] & Batch.SIZE - 1;
            peers[j] += UNITS[used[MARGIN + (int) far[m]] & UNITS.length - 1]
                    - UNITS[used[MARGIN + (int) near[m]] & UNITS.length - 1];
        }
    }

    /** The same without what is noted of rewiring. */
    private void lookAtEach(int s, SegmentTerms terms, Batch batch) {
        for (int j = 0; j < batch.count; j++) {
            int i = start[s] + batch.within[j];
            long peers = 0;
            for (int slot = 0; slot < terms.degree; slot++) {
                peers += PAIRS[seen[MARGIN + Peers.peer(peerKey, i, slot, count, terms.rewiring)] | ALONE];
            }
            batch.peers[j] = peers;
        }
    }

    @Override
    public void close() {
        byte[] last = seen;
        seen = seenNext;
        seenNext = last;
        for (int beyond = 0; beyond < MARGIN; beyond++) {
            seen[MARGIN + count + beyond] = seen[MARGIN + beyond % count];
            seen[MARGIN - 1 - beyond] = seen[MARGIN + count - 1 - beyond % count];
        }
    }

    @Override
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
