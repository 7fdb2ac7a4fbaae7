package twostacks.population;

import java.util.Arrays;
import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Tenure;
import twostacks.maths.DetMath;
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
    /** What {@link #choose} returns, less the offer, where only the exact power tells using from not using. */
    private static final int UNDECIDED = -1;
    /** Entries between rows by position of the stack: a power of 2 ≥ {@link Stack#COUNT}. */
    private static final int STRIDE = 8;
    /** Bits between numbers of peers by position of the stack, packed into one word; none last. */
    private static final int PEER_BITS = 8;

    private final Offers offers;
    private final double[] exp;
    private final double[] nestTop = new double[Stack.COUNT];
    private final double[] nestScale = new double[Stack.COUNT];
    private final double[] base = new double[Stack.COUNT];
    private final double[] nestSum = new double[Stack.COUNT];

    // By state, that is offer in use and tenure bin, and by position of the stack in the order of draws.
    private final int[] stamps;
    private final double[] noneWeight;
    private final double[] weights;
    private final double[] sums;
    private final int[] rows;
    // Cumulated weights within nests: those of the stacks by position, then of the relatives of each state.
    private final double[] cumulated;
    private final int width;
    private final int[] last = new int[STRIDE];
    private final double[] consideredFactor;
    private double[] tasteFactor = {};

    private final double[] own = new double[STRIDE];
    private final double[] below = new double[STRIDE];
    private int stamp;
    private double none;
    private double top;
    private double nonUseUtility;
    private SegmentTerms terms;
    private PowerBound power;
    private double[] peerFactor;
    private double exponent;

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
        noneWeight = new double[states];
        weights = new double[states * STRIDE];
        sums = new double[states * STRIDE];
        rows = new int[states * STRIDE];
        int widest = 1;
        for (int g = 0; g < Stack.COUNT; g++) {
            widest = Math.max(widest, offers.end[g] - offers.first[g]);
        }
        width = widest;
        int row = Stack.COUNT;
        for (int held = 0; held <= offers.count; held++) {
            for (int bin = 0; bin < Tenure.BINS; bin++) {
                for (int position = 0; position < Stack.COUNT; position++) {
                    boolean differs = held < offers.count && offers.related(held, offers.stackOrder[position]);
                    rows[(held * Tenure.BINS + bin) * STRIDE + position] = (differs ? row++ : position) * width;
                }
            }
        }
        cumulated = new double[row * width];
        consideredFactor = new double[STRIDE << Stack.COUNT];
        for (int position = 0; position < Stack.COUNT; position++) {
            last[position] = offers.first[offers.stackOrder[position]] + width - 1;
            for (int considered = 0; considered < 1 << Stack.COUNT; considered++) {
                consideredFactor[considered * STRIDE + position] = considered >> offers.stackOrder[position] & 1;
            }
        }
    }

    /**
     * Starts on a nation's segment.
     *
     * @param segmentTerms factors of the segment
     * @param utility utility of each offer without switching, taste and peers; negative infinity if not available
     * @param nonUse utility of using none
     */
    public void start(SegmentTerms segmentTerms, double[] utility, double nonUse) {
        if (terms != segmentTerms) {
            terms = segmentTerms;
            setTasteFactors();
        }
        power = terms.powerBound;
        peerFactor = terms.peers;
        exponent = terms.rho / terms.rhoUse;
        stamp++;
        if (stamp == Integer.MAX_VALUE) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
        nonUseUtility = nonUse;
        top = Double.NEGATIVE_INFINITY;
        for (int g = 0; g < Stack.COUNT; g++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                best = Math.max(best, utility[k]);
            }
            nestTop[g] = best;
            top = Math.max(top, best);
        }
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                exp[k] =
                        utility[k] == Double.NEGATIVE_INFINITY ? 0 : DetMath.exp((utility[k] - nestTop[g]) / terms.rho);
            }
            double sum = cumulate(g, position * width, offers.count, 0);
            nestSum[g] = sum;
            nestScale[g] = sum == 0 ? 0 : DetMath.exp((nestTop[g] - top) / terms.rhoUse);
            base[g] = sum == 0 ? 0 : nestScale[g] * DetMath.pow(sum, exponent);
        }
        // Nothing to use: the weights are all 0, and the weight of none only has to be positive.
        none = top == Double.NEGATIVE_INFINITY ? 1 : DetMath.exp(Math.max(-700, Math.min(700, nonUse - top)));
    }

    private void setTasteFactors() {
        if (tasteFactor.length != terms.taste.length * STRIDE) {
            tasteFactor = new double[terms.taste.length * STRIDE];
        }
        for (int bin = 0; bin < terms.taste.length; bin++) {
            for (int position = 0; position < Stack.COUNT; position++) {
                int sign = Stack.of(offers.stackOrder[position]).origin().sign();
                tasteFactor[bin * STRIDE + position] = terms.taste[bin][sign + 1];
            }
        }
    }

    /**
     * A peer's weight in the word that {@link #choose(int, int, int, long, long)} takes: the sum over peers holds their
     * number by stack.
     *
     * @param offers offers of a world
     * @return by offer, and for none last
     */
    static long[] peerUnits(Offers offers) {
        long[] units = new long[offers.count + 1];
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            Arrays.fill(units, offers.first[g], offers.end[g], 1L << PEER_BITS * position);
        }
        units[offers.count] = 1L << PEER_BITS * Stack.COUNT;
        return units;
    }

    /**
     * Sees to it that the tables have the weights of an adopter's state.
     *
     * @param held offer in use, or {@link Offers#count} for none
     * @param bin tenure bin
     * @return the state
     */
    int prepare(int held, int bin) {
        int state = held * Tenure.BINS + bin;
        if (stamps[state] != stamp) {
            fill(held, bin, state);
        }
        return state;
    }

    /**
     * Chooses for an adopter whose peers do not matter.
     *
     * @param state what {@link #prepare} returned
     * @param considered one bit per stack considered
     * @param tasteBin bin of its taste
     * @param bits draw of 64 bits
     * @return offer chosen, or {@link Offers#count} for none; negative if {@link #decide} has to say which
     */
    int choose(int state, int considered, int tasteBin, long bits) {
        int at = state * STRIDE;
        int seen = considered * STRIDE;
        int liked = tasteBin * STRIDE;
        return pick(
                state,
                bits,
                weight(at, seen, liked),
                weight(at + 1, seen + 1, liked + 1),
                weight(at + 2, seen + 2, liked + 2),
                weight(at + 3, seen + 3, liked + 3),
                weight(at + 4, seen + 4, liked + 4),
                weight(at + 5, seen + 5, liked + 5));
    }

    /**
     * Chooses for an adopter with peers.
     *
     * @param state what {@link #prepare} returned
     * @param considered one bit per stack considered
     * @param tasteBin bin of its taste
     * @param peers sum of {@link #peerUnits} over what its peers used
     * @param bits draw of 64 bits
     * @return offer chosen, or {@link Offers#count} for none; negative if {@link #decide} has to say which
     */
    int choose(int state, int considered, int tasteBin, long peers, long bits) {
        int at = state * STRIDE;
        int seen = considered * STRIDE;
        int liked = tasteBin * STRIDE;
        int row = terms.peerRow(terms.degree - (int) (peers >>> PEER_BITS * Stack.COUNT));
        return pick(
                state,
                bits,
                weight(at, seen, liked) * peerFactor(row, peers, 0),
                weight(at + 1, seen + 1, liked + 1) * peerFactor(row, peers, 1),
                weight(at + 2, seen + 2, liked + 2) * peerFactor(row, peers, 2),
                weight(at + 3, seen + 3, liked + 3) * peerFactor(row, peers, 3),
                weight(at + 4, seen + 4, liked + 4) * peerFactor(row, peers, 4),
                weight(at + 5, seen + 5, liked + 5) * peerFactor(row, peers, 5));
    }

    private double weight(int at, int seen, int liked) {
        return weights[at] * tasteFactor[liked] * consideredFactor[seen];
    }

    private double peerFactor(int row, long peers, int position) {
        return peerFactor[row + ((int) (peers >>> PEER_BITS * position) & (1 << PEER_BITS) - 1)];
    }

    /** The first half of the draw tells whether to use any; the other picks the nest and, stretched to it, the offer. */
    private int pick(int state, long bits, double w0, double w1, double w2, double w3, double w4, double w5) {
        double c1 = w0 + w1;
        double c2 = c1 + w2;
        double c3 = c2 + w3;
        double c4 = c3 + w4;
        double total = c4 + w5;
        double left = part(bits & 0xFFFFFFFFL) * total;
        int position =
                5 - exceeds(w0, left) - exceeds(c1, left) - exceeds(c2, left) - exceeds(c3, left) - exceeds(c4, left);
        own[0] = w0;
        own[1] = w1;
        own[2] = w2;
        own[3] = w3;
        own[4] = w4;
        own[5] = w5;
        below[1] = w0;
        below[2] = c1;
        below[3] = c2;
        below[4] = c3;
        below[5] = c4;
        int at = state * STRIDE + position;
        double within = (left - below[position]) / own[position] * sums[at];
        int row = rows[at];
        int offer = last[position];
        for (int k = 0; k < width - 1; k++) {
            offer -= exceeds(cumulated[row + k], within);
        }
        double u = part(bits >>> 32);
        double noUse = noneWeight[state];
        double about = power.about(total);
        if (u * (noUse + about * PowerBound.BELOW) >= noUse) {
            return total > 0 ? offer : offers.count;
        }
        return u * (noUse + about * PowerBound.ABOVE) < noUse || total == 0 ? offers.count : UNDECIDED - offer;
    }

    /** 1 if a number is greater than another, else 0; without a branch. */
    private static int exceeds(double a, double b) {
        return (int) (Double.doubleToRawLongBits(b - a) >>> 63);
    }

    private static double part(long half) {
        return half * 0x1.0p-32;
    }

    /**
     * Decides the rare choice that the bounds of the power leave open: none is used if u·(none + total^ρ_A) &lt; none.
     *
     * @param chosen what {@link #choose} returned, negative
     * @param state state
     * @param considered one bit per stack considered
     * @param tasteBin bin of its taste
     * @param peers sum of {@link #peerUnits} over what its peers used; 0 if they do not matter
     * @param bits draw of 64 bits
     * @return offer chosen, or {@link Offers#count} for none
     */
    int decide(int chosen, int state, int considered, int tasteBin, long peers, long bits) {
        int row = terms.peerRow(terms.degree - (int) (peers >>> PEER_BITS * Stack.COUNT));
        double total = 0;
        for (int position = 0; position < Stack.COUNT; position++) {
            double w = weight(state * STRIDE + position, considered * STRIDE + position, tasteBin * STRIDE + position);
            total += peers == 0 ? w : w * peerFactor(row, peers, position);
        }
        boolean none = part(bits >>> 32) * (noneWeight[state] + DetMath.pow(total, terms.rhoUse)) < noneWeight[state];
        return none ? offers.count : UNDECIDED - chosen;
    }

    /**
     * Sums the weights of a stack's offers as they go, for an adopter who holds an offer; the last that has a weight, and
     * all after it, are out of any draw's reach.
     */
    private double cumulate(int g, int row, int held, int bin) {
        double sum = 0;
        int lastWeight = row;
        for (int k = offers.first[g], at = row; k < offers.end[g]; k++, at++) {
            double w = held == offers.count ? exp[k] : exp[k] * terms.within[offers.distance(held, k)][bin];
            if (w > 0) {
                lastWeight = at;
            }
            sum += w;
            cumulated[at] = sum;
        }
        Arrays.fill(cumulated, lastWeight, row + width, Double.POSITIVE_INFINITY);
        return sum;
    }

    private void fill(int held, int bin, int state) {
        stamps[state] = stamp;
        noneWeight[state] = held == offers.count ? none : none * terms.toNone[bin];
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            int at = state * STRIDE + position;
            if (held == offers.count) {
                weights[at] = base[g] * terms.fromNone[bin];
                sums[at] = nestSum[g];
            } else if (!offers.related(held, g)) {
                weights[at] = base[g] * terms.wholeNest[bin];
                sums[at] = nestSum[g];
            } else {
                double sum = cumulate(g, rows[at], held, bin);
                sums[at] = sum;
                weights[at] = sum == 0 ? 0 : nestScale[g] * DetMath.pow(sum, exponent);
            }
        }
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
        int state = prepare(held, bin);
        double[] nest = new double[Stack.COUNT];
        double total = 0;
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            if ((considered >> g & 1) != 0) {
                nest[g] = weights[state * STRIDE + position]
                        * terms.taste[tasteBin][Stack.of(g).origin().sign() + 1]
                        * terms.peers[terms.peerRow(peerUsers) + peerCounts[g]];
                total += nest[g];
            }
        }
        double noUse = noneWeight[state];
        double use = DetMath.pow(total, terms.rhoUse);
        double[] result = new double[offers.count + 1];
        result[offers.count] = noUse / (noUse + use);
        for (int g = 0; g < Stack.COUNT; g++) {
            if (nest[g] == 0) {
                continue;
            }
            double sum = 0;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                result[k] = held == offers.count || !offers.related(held, g)
                        ? exp[k]
                        : exp[k] * terms.within[offers.distance(held, k)][bin];
                sum += result[k];
            }
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                result[k] *= use / (noUse + use) * nest[g] / total / sum;
            }
        }
        return result;
    }

    /**
     * Expected utility of the best choice, ln(e^U0 + e^Y), of one who considers some stacks, without switching, taste
     * and peers.
     *
     * @param considered one bit per stack considered
     * @param nestFactor factor on each nest's weight, to take a term out again
     * @return utils
     */
    public double logsum(int considered, double[] nestFactor) {
        double total = 0;
        for (int g : offers.stackOrder) {
            if ((considered >> g & 1) != 0) {
                total += base[g] * nestFactor[g];
            }
        }
        return total == 0 ? nonUseUtility : top + DetMath.log(none + DetMath.pow(total, terms.rhoUse));
    }

    /**
     * Expected shares of the stacks among those who consider some stacks, without switching, taste and peers.
     *
     * @param considered one bit per stack considered
     * @param weight weight with which the shares are added
     * @param into by stack index, and none last
     */
    public void addShares(int considered, double weight, double[] into) {
        double total = 0;
        for (int g : offers.stackOrder) {
            if ((considered >> g & 1) != 0) {
                total += base[g];
            }
        }
        double use = DetMath.pow(total, terms.rhoUse);
        into[Stack.COUNT] += weight * none / (none + use);
        if (total == 0) {
            return;
        }
        for (int g = 0; g < Stack.COUNT; g++) {
            if ((considered >> g & 1) != 0) {
                into[g] += weight * use / (none + use) * base[g] / total;
            }
        }
    }
}
