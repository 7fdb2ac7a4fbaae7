package twostacks.population;

import java.util.Arrays;
import java.util.stream.IntStream;
import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Tenure;
import twostacks.maths.DetMath;
import twostacks.maths.FixedPower;
import twostacks.policy.Stack;

/**
 * The choice of {@link AdopterChoice} without an exponential per adopter.
 *
 * <p>An adopter's own terms (taste by origin, peers by stack) are constant within a nest, so the weight of nest g,
 * e^(I_g/ρ_A), is one of the nation and segment times the adopter's factor. Only nests that hold relatives of the offer
 * in use differ inside, by offer and tenure bin; their weights are worked out when the first reviewer needs them.
 * Utilities are taken relative to the greatest of them, within each nest and among nests, so that nothing overflows.
 *
 * <p>Which nest and which offer a draw falls to cannot be foretold, so both are found without a branch: of cumulated
 * weights, as many as do not exceed the draw lie before the one it falls to, and the sign bit of a difference counts them.
 */
public final class ChoiceTables {
    /** Entries between rows by position of the stack: a power of 2 &gt; {@link Stack#COUNT}. */
    static final int STRIDE = 8;
    /** Bits between numbers of peers by position of the stack, packed into one word; of all who use any last. */
    static final int PEER_BITS = 8;
    /** Place of using none in a row of weights. */
    private static final int NONE = Stack.COUNT;
    /** Weights within a nest that are compared with a draw in any case. */
    private static final int COMPARED = 4;
    /** Where the row begins in {@link #nests}; below it stands the last offer. */
    private static final int ROW_AT = 8;

    private static final int LAST_OFFER = (1 << ROW_AT) - 1;
    /** Numbers of peers at even positions. */
    private static final long EVEN = 0x00FF00FF00FFL;
    /** 1 at each of them. */
    private static final long LANES = 0x000100010001L;

    private static final long LOWER_HALF = 0xFFFFFFFFL;
    /** Factors by distance class of one who holds nothing. */
    private static final double[] NO_SWITCHING = {1, 1, 1, 1};

    private static final long ONE = Double.doubleToRawLongBits(1);

    private final Offers offers;
    private final double[] exp;
    // By position of the stack.
    private final double[] nestTop = new double[Stack.COUNT];
    /** e^((top of the nest − top)/ρ_A). */
    private final double[] scale = new double[STRIDE];
    /** Last offer that is available, −1 if none is. */
    private final int[] lastAvailable = new int[Stack.COUNT];
    /** Weight without switching. */
    private final double[] base = new double[Stack.COUNT];

    private final double[] nestWeight = new double[Stack.COUNT];
    private final double[] setWeight = new double[1 << Stack.COUNT];
    private final double[] raised = new double[1 << Stack.COUNT];
    private final double[] totals = new double[1 << Stack.COUNT];

    // By state, that is offer in use and tenure bin, and by position of the stack in the order of draws.
    private final int[] stamps;
    // Weights of the stacks, and of using none at NONE.
    private final double[] weights;
    // Row of the nest's shares, and the last offer that a draw can fall to, if the row were full.
    private final int[] nests;
    // Cumulated shares within nests, but for the last: those of the stacks by position, then of each state's relatives.
    private final double[] cumulated;
    private final int width;
    /** By offer: the positions of stacks that hold relatives of it; nobody has any who uses none. */
    private final int[][] relatives;
    /** Places among the weights that hold sums. */
    private final int[] sums;

    private int sumCount;
    private int stamp;
    private double none;
    private double top;
    private double nonUseUtility;
    private SegmentTerms terms;

    /**
     * Tables for a world's offers.
     *
     * @param offers offers
     */
    public ChoiceTables(Offers offers) {
        this.offers = offers;
        exp = new double[offers.count];
        int states = (offers.count + 1) * Tenure.BINS;
        stamps = new int[states];
        weights = new double[states * STRIDE];
        nests = new int[states * STRIDE];
        sums = new int[states * Stack.COUNT];
        int most = COMPARED;
        for (int g = 0; g < Stack.COUNT; g++) {
            most = Math.max(most, offers.end[g] - offers.first[g] - 1);
        }
        width = most;
        relatives = new int[offers.count + 1][];
        int row = Stack.COUNT;
        for (int held = 0; held <= offers.count; held++) {
            int of = held;
            relatives[held] = IntStream.range(0, Stack.COUNT)
                    .filter(position -> of < offers.count && offers.related(of, offers.stackOrder[position]))
                    .toArray();
            for (int bin = 0; bin < Tenure.BINS; bin++) {
                for (int position = 0; position < Stack.COUNT; position++) {
                    int g = offers.stackOrder[position];
                    boolean differs = held < offers.count && offers.related(held, g);
                    nests[(held * Tenure.BINS + bin) * STRIDE + position] =
                            (differs ? row++ : position) * (width + 1) << ROW_AT | offers.first[g] + width;
                }
            }
        }
        cumulated = new double[row * (width + 1)];
        Arrays.fill(cumulated, Double.POSITIVE_INFINITY);
    }

    /**
     * Starts on a nation's segment.
     *
     * @param segmentTerms factors of the segment
     * @param utility utility of each offer without switching, taste and peers; negative infinity if not available
     * @param nonUse utility of using none
     */
    public void start(SegmentTerms segmentTerms, double[] utility, double nonUse) {
        terms = segmentTerms;
        stamp++;
        if (stamp == Integer.MAX_VALUE) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
        nonUseUtility = nonUse;
        top = Double.NEGATIVE_INFINITY;
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            double best = Double.NEGATIVE_INFINITY;
            int last = -1;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                best = Math.max(best, utility[k]);
                last = utility[k] > Double.NEGATIVE_INFINITY ? k : last;
            }
            lastAvailable[position] = last;
            nestTop[position] = best;
            top = Math.max(top, best);
        }
        for (int k = 0; k < offers.count; k++) {
            exp[k] = utility[k] == Double.NEGATIVE_INFINITY
                    ? 0
                    : DetMath.exp((utility[k] - nestTop[offers.positionOf[k]]) / terms.rho);
        }
        for (int position = 0; position < Stack.COUNT; position++) {
            base[position] = cumulate(position, position * (width + 1), 0, NO_SWITCHING);
        }
        for (int position = 0; position < Stack.COUNT; position++) {
            scale[position] = base[position] == 0 ? 0 : DetMath.exp((nestTop[position] - top) / terms.rhoUse);
            base[position] = scale[position] * DetMath.pow(base[position], terms.nestExponent);
        }
        // Nothing to use: the weights are all 0, and the weight of none only has to be positive.
        none = top == Double.NEGATIVE_INFINITY ? 1 : DetMath.exp(Math.max(-700, Math.min(700, nonUse - top)));
    }

    /**
     * What a peer adds to the word that {@link Batch#peers} holds, so that the sum over peers holds their number by stack
     * and, above, of all who use any.
     *
     * @param position position of the stack in use; {@link Stack#COUNT}, for none, or beyond
     * @return unit; 0 for none
     */
    static long peerUnit(int position) {
        return position >= Stack.COUNT ? 0 : 1L << PEER_BITS * Stack.COUNT | 1L << PEER_BITS * position;
    }

    /**
     * An adopter's state.
     *
     * @param held offer in use, or {@link Offers#count} for none
     * @param bin tenure bin
     * @return the state
     */
    static int state(int held, int bin) {
        return held * Tenure.BINS + bin;
    }

    /** Sees to it that the tables have the weights of the states in a batch. */
    void prepare(Batch batch) {
        int[] missing = batch.missing;
        int n = 0;
        for (int j = 0; j < batch.count; j++) {
            int state = Batch.ofState(batch.rows[j]) / STRIDE;
            missing[n] = state;
            // 1 if the two differ, without a branch
            n += -(stamps[state] ^ stamp) >>> 31;
            stamps[state] = stamp;
        }
        for (int m = 0; m < n; m++) {
            fill(missing[m]);
        }
        raise();
    }

    private void prepare(int state) {
        if (stamps[state] != stamp) {
            stamps[state] = stamp;
            fill(state);
            raise();
        }
    }

    /**
     * Lets the reviewers of a batch choose: weighs the stacks for each, then finds where its draw falls.
     *
     * @param batch its words, {@linkplain #prepare states} and draws, and its peers if they matter; receives the offers
     *     chosen, {@link Offers#count} for none
     * @param withPeers whether peers matter
     */
    void choose(Batch batch, boolean withPeers) {
        if (withPeers) {
            weighWithPeers(batch);
        } else {
            weigh(batch);
        }
        pick(batch);
        decide(batch);
    }

    /** Multiplies the weights of the stacks by the reviewer's own factors, and cumulates them. */
    private void weigh(Batch batch) {
        double[] personal = terms.personal;
        double[] stacks = weights;
        double[] cuts = batch.cuts;
        for (int j = 0; j < batch.count; j++) {
            int at = Batch.ofState(batch.rows[j]);
            int own = Batch.ofPerson(batch.rows[j]);
            int cut = j * Batch.STRIDE;
            double sum = stacks[at] * personal[own];
            cuts[cut + 1] = sum;
            sum += stacks[at + 1] * personal[own + 1];
            cuts[cut + 2] = sum;
            sum += stacks[at + 2] * personal[own + 2];
            cuts[cut + 3] = sum;
            sum += stacks[at + 3] * personal[own + 3];
            cuts[cut + 4] = sum;
            sum += stacks[at + 4] * personal[own + 4];
            cuts[cut + 5] = sum;
            cuts[cut + 6] = sum + stacks[at + 5] * personal[own + 5];
        }
    }

    /** The same with the factors of peers. */
    private void weighWithPeers(Batch batch) {
        double[] social = terms.peers;
        long row = LANES << terms.peersBits;
        double[] cuts = batch.cuts;
        double[] personal = terms.personal;
        double[] stacks = weights;
        for (int j = 0; j < batch.count; j++) {
            int at = Batch.ofState(batch.rows[j]);
            int own = Batch.ofPerson(batch.rows[j]);
            int cut = j * Batch.STRIDE;
            long peers = batch.peers[j];
            // Places among the factors by position, in lanes of 16 bits; that they are a power of 2 spares a check.
            long rowAt = (peers >>> PEER_BITS * Stack.COUNT) * row;
            long even = (peers & EVEN) + rowAt;
            long odd = (peers >>> PEER_BITS & EVEN) + rowAt;
            double sum = stacks[at] * personal[own] * social[(int) even & social.length - 1];
            cuts[cut + 1] = sum;
            sum += stacks[at + 1] * personal[own + 1] * social[(int) odd & social.length - 1];
            cuts[cut + 2] = sum;
            sum += stacks[at + 2] * personal[own + 2] * social[(int) (even >>> 16) & social.length - 1];
            cuts[cut + 3] = sum;
            sum += stacks[at + 3] * personal[own + 3] * social[(int) (odd >>> 16) & social.length - 1];
            cuts[cut + 4] = sum;
            sum += stacks[at + 4] * personal[own + 4] * social[(int) (even >>> 32) & social.length - 1];
            cuts[cut + 5] = sum;
            cuts[cut + 6] = sum + stacks[at + 5] * personal[own + 5] * social[(int) (odd >>> 32) & social.length - 1];
        }
    }

    /**
     * Finds what draws fall to. Three passes, since each has few tables, which stay in registers, and more of its
     * reviewers are under way at once.
     */
    private void pick(Batch batch) {
        pickStack(batch);
        pickOffer(batch);
        pickNone(batch);
    }

    /** Finds the stack that the lower half of a draw falls to, and how far in it. */
    private void pickStack(Batch batch) {
        double[] cuts = batch.cuts;
        for (int j = 0; j < batch.count; j++) {
            int cut = j * Batch.STRIDE;
            double left = part(batch.draw[j] & LOWER_HALF) * cuts[cut + 6];
            long bits = Double.doubleToRawLongBits(left);
            int position = (int) (5
                    - exceeds(cuts[cut + 1], bits)
                    - exceeds(cuts[cut + 2], bits)
                    - exceeds(cuts[cut + 3], bits)
                    - exceeds(cuts[cut + 4], bits)
                    - exceeds(cuts[cut + 5], bits));
            double below = cuts[cut + position];
            batch.share[j] = (left - below) / (cuts[cut + position + 1] - below);
            batch.nest[j] = Batch.ofState(batch.rows[j]) + position;
        }
    }

    /** Finds the offer there, if the reviewer uses any. */
    private void pickOffer(Batch batch) {
        double[] inNest = cumulated;
        for (int j = 0; j < batch.count; j++) {
            long share = Double.doubleToRawLongBits(batch.share[j]);
            int nest = nests[batch.nest[j]];
            int row = nest >>> ROW_AT;
            int offer = (int) ((nest & LAST_OFFER)
                    - exceeds(inNest[row], share)
                    - exceeds(inNest[row + 1], share)
                    - exceeds(inNest[row + 2], share)
                    - exceeds(inNest[row + 3], share));
            for (int k = COMPARED; k < width; k++) {
                offer -= (int) exceeds(inNest[row + k], share);
            }
            batch.chosen[j] = offer;
        }
    }

    /**
     * The upper half of a draw tells whether to use any. Where only the exact power tells using from not using, the
     * complement of the offer is left.
     */
    private void pickNone(Batch batch) {
        double[] power = terms.powerBound.bounds;
        double[] stacks = weights;
        int none = offers.count;
        for (int j = 0; j < batch.count; j++) {
            double u = part(batch.draw[j] >>> 32);
            double noUse = stacks[Batch.ofState(batch.rows[j]) + NONE];
            int bound = PowerBound.at(batch.cuts[j * Batch.STRIDE + 6]);
            int mayUseNone = (int) exceeds(noUse, u * (noUse + power[bound]));
            int usesNone = (int) exceeds(noUse, u * (noUse + power[bound + 1]));
            int offer = batch.chosen[j];
            batch.chosen[j] = offer + (none - offer & -usesNone) ^ -(mayUseNone ^ usesNone);
        }
    }

    /** The same for numbers that are not negative, the other one by its bits: compared as whole numbers, as they stand. */
    private static long exceeds(double a, long b) {
        return b - Double.doubleToRawLongBits(a) >>> 63;
    }

    /** 1 if a number is greater than another, else 0; without a branch. */
    private static long exceeds(double a, double b) {
        return Double.doubleToRawLongBits(b - a) >>> 63;
    }

    /** Half a draw as a part of 1: set into the bits of a number in [1, 2), which costs less than a conversion. */
    private static double part(long half) {
        return Double.longBitsToDouble(half << 20 | ONE) - 1;
    }

    /** Decides the rare choices that the bounds of the power leave open: none is used if u·(none + total^ρ_A) &lt; none. */
    private void decide(Batch batch) {
        for (int j = 0; j < batch.count; j++) {
            if (batch.chosen[j] < 0) {
                double u = part(batch.draw[j] >>> 32);
                double noUse = weights[Batch.ofState(batch.rows[j]) + NONE];
                double use = DetMath.pow(batch.cuts[j * Batch.STRIDE + Stack.COUNT], terms.rhoUse);
                batch.chosen[j] = u * (noUse + use) < noUse ? offers.count : ~batch.chosen[j];
            }
        }
    }

    /**
     * Sums the weights of a stack's offers, and notes their cumulated shares in a row; the last that is available, and all
     * after it, are out of any draw's reach.
     *
     * @param from where the offer held begins in the table of distances
     * @param factors factors on the weights by distance class
     */
    private double cumulate(int position, int row, int from, double[] factors) {
        byte[] distance = offers.distance;
        double[] shares = cumulated;
        int g = offers.stackOrder[position];
        int last = lastAvailable[position];
        int at = row;
        double sum = 0;
        for (int k = offers.first[g]; k <= last; k++) {
            sum += exp[k] * factors[distance[from + k]];
            shares[at++] = sum;
        }
        double inverse = 1 / sum;
        for (int k = row; k < at - 1; k++) {
            shares[k] *= inverse;
        }
        int end = row + offers.end[g] - offers.first[g];
        for (int k = Math.max(row, at - 1); k < end; k++) {
            shares[k] = Double.POSITIVE_INFINITY;
        }
        return sum;
    }

    /** Notes a state's weights; those of nests that differ inside are but sums until they are {@linkplain #raise raised}. */
    private void fill(int state) {
        int held = state / Tenure.BINS;
        int bin = state % Tenure.BINS;
        boolean any = held < offers.count;
        double switched = any ? terms.wholeNest[bin] : terms.fromNone[bin];
        int at = state * STRIDE;
        for (int position = 0; position < Stack.COUNT; position++) {
            weights[at + position] = base[position] * switched;
        }
        weights[at + NONE] = any ? none * terms.toNone[bin] : none;
        for (int position : relatives[held]) {
            weights[at + position] =
                    cumulate(position, nests[at + position] >>> ROW_AT, held * offers.count, terms.within[bin]);
            sums[sumCount++] = at + position;
        }
    }

    /** Turns sums within nests into weights: one after another, so that none waits for the one before. */
    private void raise() {
        FixedPower power = terms.nestPower;
        for (int n = 0; n < sumCount; n++) {
            int at = sums[n];
            weights[at] = scale[at % STRIDE] * power.of(weights[at]);
        }
        sumCount = 0;
    }

    /**
     * Choice probabilities of an adopter: what {@link #choose} draws from.
     *
     * @param held offer in use, or {@link Offers#count} for none
     * @param bin tenure bin
     * @param considered one bit per stack considered
     * @param tasteBin bin of its taste
     * @param peerUsers number of peers who use something
     * @param peerCounts number of peers by stack
     * @return probabilities of the offers and, last, of none
     */
    public double[] probabilities(int held, int bin, int considered, int tasteBin, int peerUsers, int[] peerCounts) {
        double[] result = new double[offers.count + 1];
        probabilities(held, bin, considered, tasteBin, peerUsers, peerCounts, result);
        return result;
    }

    /** The same, into an array. */
    void probabilities(
            int held, int bin, int considered, int tasteBin, int peerUsers, int[] peerCounts, double[] result) {
        int state = state(held, bin);
        prepare(state);
        double[] nest = nestWeight;
        Arrays.fill(nest, 0);
        Arrays.fill(result, 0);
        double total = 0;
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            if ((considered >> g & 1) != 0) {
                nest[g] = weights[state * STRIDE + position]
                        * terms.personal[(tasteBin << Stack.COUNT | considered) * STRIDE + position]
                        * terms.peers[peerUsers << terms.peersBits | peerCounts[g]];
                total += nest[g];
            }
        }
        double noUse = weights[state * STRIDE + NONE];
        double use = DetMath.pow(total, terms.rhoUse);
        result[offers.count] = noUse / (noUse + use);
        for (int g = 0; g < Stack.COUNT; g++) {
            if (nest[g] == 0) {
                continue;
            }
            double sum = 0;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                result[k] = held == offers.count || !offers.related(held, g)
                        ? exp[k]
                        : exp[k] * terms.within[bin][offers.distance(held, k)];
                sum += result[k];
            }
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                result[k] *= use / (noUse + use) * nest[g] / total / sum;
            }
        }
    }

    /**
     * Sums the weights of nests over every set of stacks, for {@link #addLogsums}.
     *
     * @param nestFactor factor on each nest's weight, to take a term out again
     */
    public void weighSets(double[] nestFactor) {
        for (int at = 1; at < setWeight.length; at++) {
            // the set without the last of its stacks, and that one
            int last = Integer.highestOneBit(at);
            int position = Integer.numberOfTrailingZeros(last);
            setWeight[offers.setOrder[at]] =
                    setWeight[offers.setOrder[at ^ last]] + base[position] * nestFactor[offers.stackOrder[position]];
        }
    }

    /**
     * Adds the expected utility of the best choice, ln(e^U0 + e^Y), of those who consider some stacks, without switching,
     * taste and peers; {@link #weighSets} goes before. The powers of all sets, then the logarithms of all, so that none
     * waits for another.
     *
     * @param sets sets of stacks, one bit per stack considered
     * @param n how many there are
     * @param weight weight with which they are added
     * @param into by place in the list, utils
     */
    void addLogsums(int[] sets, int n, double weight, double[] into) {
        for (int i = 0; i < n; i++) {
            raised[i] = DetMath.pow(setWeight[sets[i]], terms.rhoUse);
        }
        for (int i = 0; i < n; i++) {
            into[i] += weight * (raised[i] == 0 ? nonUseUtility : top + DetMath.log(none + raised[i]));
        }
    }

    /**
     * Expected shares of the stacks among those who consider some stacks, without switching, taste and peers; the powers
     * of all sets of stacks, then the shares, so that none waits for another.
     *
     * @param sets sets of stacks, one bit per stack considered
     * @param numbers number of adopters who consider each
     * @param n how many sets there are
     * @param weight weight with which the shares are added
     * @param into by stack index, and none last
     */
    void addShares(int[] sets, int[] numbers, int n, double weight, double[] into) {
        for (int i = 0; i < n; i++) {
            double total = 0;
            for (int position = 0; position < Stack.COUNT; position++) {
                total += (sets[i] >> offers.stackOrder[position] & 1) * base[position];
            }
            totals[i] = total;
        }
        for (int i = 0; i < n; i++) {
            raised[i] = DetMath.pow(totals[i], terms.rhoUse);
        }
        for (int i = 0; i < n; i++) {
            double adopters = weight * numbers[i];
            double use = raised[i] == 0 ? 0 : raised[i] / (none + raised[i]);
            into[Stack.COUNT] += adopters * (1 - use);
            double each = use == 0 ? 0 : adopters * use / totals[i];
            for (int position = 0; position < Stack.COUNT; position++) {
                int g = offers.stackOrder[position];
                into[g] += (sets[i] >> g & 1) * each * base[position];
            }
        }
    }

    /**
     * The weights of one who holds an offer, before its own factors.
     *
     * @param held offer in use, or {@link Offers#count} for none
     * @param bin tenure bin
     * @param intoStacks receives the weight of each stack by position and, next, of none, from a place on
     * @param stacksAt the place
     * @param into receives the weight of each offer, of which those of a stack sum to its weight, from a place on
     * @param at the place
     */
    void weights(int held, int bin, double[] intoStacks, int stacksAt, double[] into, int at) {
        int state = state(held, bin);
        prepare(state);
        System.arraycopy(weights, state * STRIDE, intoStacks, stacksAt, NONE + 1);
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            boolean differs = held < offers.count && offers.related(held, g);
            double sum = 0;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                double w = differs ? exp[k] * terms.within[bin][offers.distance(held, k)] : exp[k];
                into[at + k] = w;
                sum += w;
            }
            double share = sum == 0 ? 0 : weights[state * STRIDE + position] / sum;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                into[at + k] *= share;
            }
        }
    }
}
