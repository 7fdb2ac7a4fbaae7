package twostacks.population;

import java.util.Arrays;
import twostacks.adoption.Tenure;
import twostacks.maths.DetMath;
import twostacks.policy.Stack;
import twostacks.random.Trials;

/**
 * The probabilities of {@link ChoiceTables} as adopters alike need them: first whether one of them leaves its offer, then
 * where those who leave go. Made for a class of adopters to whom the same offers are available, and a bin of taste.
 *
 * <p>Who leaves goes near, to none or to offers of the stacks that hold relatives of its offer, or far, to another stack.
 * Switching costs the same to all that is far, so where those go depends neither on the offer left nor on the tenure, but
 * for which stacks are far; and where those go who used none depends on nothing but what they consider.
 */
final class Moves {
    private static final int STRIDE = ChoiceTables.STRIDE;
    /** Entries for each set of stacks, offer in use and tenure bin. */
    private static final int ENTRIES = 4;

    private static final int LEAVE = 0;
    private static final int HAZARD = 1;
    private static final int TO_NONE = 2;
    private static final int PER_WEIGHT = 3;

    private final int none;
    private final int states;
    private final int width;
    /** By offer: the positions of stacks that hold relatives, one bit each. */
    private final int[] relatives;
    /** By offer: the other offers of those stacks. */
    private final int[][] near;
    /** The position of each offer's stack. */
    final int[] position;

    // By state, that is offer in use and tenure bin.
    private final boolean[] weighed;
    private final double[] stackWeights;
    private final double[] offerWeights;
    // By set of positions and state.
    private final int[] stamps;
    private final double[] entries;
    private int stamp;

    private ChoiceTables table;
    private SegmentTerms terms;
    private double review;
    private int taste;
    private final double[] own = new double[Stack.COUNT];

    Moves(Offers offers) {
        none = offers.count;
        states = (none + 1) * Tenure.BINS;
        width = none + 1;
        position = new int[none];
        relatives = new int[none];
        near = new int[none][];
        for (int k = 0; k < none; k++) {
            position[k] = offers.position(offers.stack[k]);
        }
        for (int k = 0; k < none; k++) {
            int[] others = new int[none];
            int n = 0;
            for (int g = 0; g < Stack.COUNT; g++) {
                if (offers.related(k, g)) {
                    relatives[k] |= 1 << offers.position(g);
                    for (int j = offers.first[g]; j < offers.end[g]; j++) {
                        if (j != k) {
                            others[n++] = j;
                        }
                    }
                }
            }
            near[k] = Arrays.copyOf(others, n);
        }
        weighed = new boolean[states];
        stackWeights = new double[states * STRIDE];
        offerWeights = new double[states * width];
        stamps = new int[states << Stack.COUNT];
        entries = new double[ENTRIES * states << Stack.COUNT];
    }

    /**
     * Starts on a nation's segment.
     *
     * @param started tables started for the class
     * @param segmentTerms factors of the segment
     */
    void start(ChoiceTables started, SegmentTerms segmentTerms) {
        table = started;
        terms = segmentTerms;
        review = terms.review * 0x1p-32;
        Arrays.fill(weighed, false);
        taste = -1;
    }

    /** Turns to a bin of taste. */
    void turnTo(int tasteBin) {
        if (tasteBin == taste) {
            return;
        }
        taste = tasteBin;
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
        int all = (tasteBin + 1 << Stack.COUNT) - 1;
        System.arraycopy(terms.personal, all * STRIDE, own, 0, Stack.COUNT);
    }

    /** The place of what belongs to a set of positions considered, an offer in use and a tenure bin. */
    int at(int set, int held, int bin) {
        return set * states + held * Tenure.BINS + bin;
    }

    boolean prepared(int at) {
        return stamps[at] == stamp;
    }

    void prepare(int set, int held, int bin) {
        int at = at(set, held, bin);
        if (stamps[at] == stamp) {
            return;
        }
        stamps[at] = stamp;
        int state = weigh(held, bin);
        double total = 0;
        for (int p = 0; p < Stack.COUNT; p++) {
            if ((set >> p & 1) != 0) {
                total += stackWeights[state * STRIDE + p] * own[p];
            }
        }
        double use = DetMath.pow(total, terms.rhoUse);
        double all = stackWeights[state * STRIDE + Stack.COUNT] + use;
        double perWeight = total == 0 ? 0 : use / (all * total);
        double stay = held == none ? 1 - use / all : perWeight * weight(state, held);
        int entry = at * ENTRIES;
        entries[entry + LEAVE] = held == none ? use / all : Math.max(0, 1 - stay);
        entries[entry + HAZARD] = Trials.hazard(review * entries[entry + LEAVE]);
        entries[entry + TO_NONE] = stackWeights[state * STRIDE + Stack.COUNT] / all;
        entries[entry + PER_WEIGHT] = perWeight;
    }

    /** Probability that a reviewer leaves what it uses. */
    double leave(int at) {
        return entries[at * ENTRIES + LEAVE];
    }

    /** The hazard of reviewing and leaving. */
    double hazard(int at) {
        return entries[at * ENTRIES + HAZARD];
    }

    /** Probability that a reviewer who uses an offer comes to use none. */
    double toNone(int at) {
        return entries[at * ENTRIES + TO_NONE];
    }

    /** The offers that are near to one. */
    int[] near(int held) {
        return near[held];
    }

    /** The positions of stacks that are near to an offer. */
    int relatives(int held) {
        return relatives[held];
    }

    /** Probability that a reviewer comes to use another offer of a stack that it considers. */
    double to(int at, int held, int bin, int offer) {
        return entries[at * ENTRIES + PER_WEIGHT] * weight(held * Tenure.BINS + bin, offer);
    }

    /** Probability that a reviewer who uses an offer goes far. */
    double far(int at, int set, int held, int bin) {
        int state = held * Tenure.BINS + bin;
        double sum = 0;
        for (int p = 0; p < Stack.COUNT; p++) {
            if (((set & ~relatives[held]) >> p & 1) != 0) {
                sum += stackWeights[state * STRIDE + p] * own[p];
            }
        }
        return entries[at * ENTRIES + PER_WEIGHT] * sum;
    }

    /** The weights of offers for those who used none or go far. */
    void weights(int set, double[] into) {
        int state = weigh(none, 0);
        for (int k = 0; k < none; k++) {
            into[k] = (set >> position[k] & 1) == 0 ? 0 : weight(state, k);
        }
    }

    private double weight(int state, int offer) {
        return offerWeights[state * width + offer] * own[position[offer]];
    }

    private int weigh(int held, int bin) {
        int state = held * Tenure.BINS + bin;
        if (!weighed[state]) {
            weighed[state] = true;
            table.weights(held, bin, stackWeights, state * STRIDE, offerWeights, state * width);
        }
        return state;
    }
}
