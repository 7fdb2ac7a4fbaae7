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
 */
public final class ChoiceTables {
    private final Offers offers;
    private final double[] exp;
    private final double[] nestTop = new double[Stack.COUNT];
    private final double[] nestScale = new double[Stack.COUNT];
    private final double[] base = new double[Stack.COUNT];
    private final double[] weights;
    private final double[] sums;
    private final double[] nestSum = new double[Stack.COUNT];
    private final int[] stamps;
    private final double[] scratch = new double[Stack.COUNT];
    private int stamp;
    private double none;
    private double top;
    private double nonUseUtility;
    private SegmentTerms terms;
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
        weights = new double[states * Stack.COUNT];
        sums = new double[states * Stack.COUNT];
        stamps = new int[states];
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
        for (int g = 0; g < Stack.COUNT; g++) {
            double sum = 0;
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                exp[k] =
                        utility[k] == Double.NEGATIVE_INFINITY ? 0 : DetMath.exp((utility[k] - nestTop[g]) / terms.rho);
                sum += exp[k];
            }
            nestSum[g] = sum;
            nestScale[g] = sum == 0 ? 0 : DetMath.exp((nestTop[g] - top) / terms.rhoUse);
            base[g] = sum == 0 ? 0 : nestScale[g] * DetMath.pow(sum, exponent);
        }
        // Nothing to use: the weights are all 0, and the weight of none only has to be positive.
        none = top == Double.NEGATIVE_INFINITY ? 1 : DetMath.exp(Math.max(-700, Math.min(700, nonUse - top)));
    }

    /**
     * Chooses for an adopter.
     *
     * @param held offer in use, or {@link Offers#count} for none
     * @param bin tenure bin
     * @param considered one bit per stack considered
     * @param tasteFactor e^(ς·z·sign/ρ_A) by sign + 1
     * @param peerUsers number of peers who use something
     * @param peerCounts number of peers by stack; null if peers do not matter
     * @param bits draw of 64 bits
     * @param bySign sign of each stack's origin
     * @return offer chosen, or {@link Offers#count} for none
     */
    int choose(
            int held,
            int bin,
            int considered,
            double[] tasteFactor,
            int peerUsers,
            int[] peerCounts,
            long bits,
            int[] bySign) {
        int state = held * Tenure.BINS + bin;
        if (stamps[state] != stamp) {
            fill(held, bin, state);
        }
        int at = state * Stack.COUNT;
        double total = 0;
        double[] own = scratch;
        double[] peerFactor = peerCounts == null ? null : terms.peers[peerUsers];
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            double w = 0;
            if ((considered >> g & 1) != 0) {
                w = weights[at + g] * tasteFactor[bySign[g] + 1];
                if (peerFactor != null) {
                    w *= peerFactor[peerCounts[g]];
                }
            }
            own[position] = w;
            total += w;
        }
        double noneWeight = held == offers.count ? none : none * terms.toNone[bin];
        if (total == 0 || choosesNone(part(bits >>> 32), noneWeight, total)) {
            return offers.count;
        }
        // The other half of the draw picks the nest and, stretched to what is left, the offer.
        double left = part(bits & 0xFFFFFFFFL) * total;
        int position = 0;
        int last = -1;
        for (; position < Stack.COUNT; position++) {
            if (own[position] > 0) {
                last = position;
                if (left < own[position]) {
                    break;
                }
                left -= own[position];
            }
        }
        if (position == Stack.COUNT) {
            position = last;
            left = own[last];
        }
        return offerWithin(offers.stackOrder[position], left / own[position], held, bin);
    }

    private static double part(long half) {
        return half * 0x1.0p-32;
    }

    /**
     * Whether a draw falls to using none: u·(none + total^ρ_A) &lt; none. The power is bounded first, and worked out only
     * in the rare case that the bounds do not decide.
     */
    private boolean choosesNone(double u, double noneWeight, double total) {
        double about = terms.powerBound.about(total);
        if (u * (noneWeight + about * PowerBound.BELOW) >= noneWeight) {
            return false;
        }
        if (u * (noneWeight + about * PowerBound.ABOVE) < noneWeight) {
            return true;
        }
        return u * (noneWeight + DetMath.pow(total, terms.rhoUse)) < noneWeight;
    }

    private int offerWithin(int g, double part, int held, int bin) {
        boolean differs = held < offers.count && offers.related(held, g);
        double left = part * (differs ? sums[(held * Tenure.BINS + bin) * Stack.COUNT + g] : nestSum[g]);
        int last = -1;
        for (int k = offers.first[g]; k < offers.end[g]; k++) {
            double w = differs ? exp[k] * terms.within[offers.distance(held, k)][bin] : exp[k];
            if (w > 0) {
                last = k;
                if (left < w) {
                    return k;
                }
                left -= w;
            }
        }
        return last;
    }

    private void fill(int held, int bin, int state) {
        stamps[state] = stamp;
        int at = state * Stack.COUNT;
        for (int g = 0; g < Stack.COUNT; g++) {
            double w;
            if (held == offers.count) {
                w = base[g] * terms.fromNone[bin];
            } else if (!offers.related(held, g)) {
                w = base[g] * terms.wholeNest[bin];
            } else {
                double sum = 0;
                for (int k = offers.first[g]; k < offers.end[g]; k++) {
                    sum += exp[k] * terms.within[offers.distance(held, k)][bin];
                }
                sums[at + g] = sum;
                w = sum == 0 ? 0 : nestScale[g] * DetMath.pow(sum, exponent);
            }
            weights[at + g] = w;
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
        int state = held * Tenure.BINS + bin;
        if (stamps[state] != stamp) {
            fill(held, bin, state);
        }
        double[] nest = new double[Stack.COUNT];
        double total = 0;
        for (int g : offers.stackOrder) {
            if ((considered >> g & 1) != 0) {
                nest[g] = weights[state * Stack.COUNT + g]
                        * terms.taste[tasteBin][Stack.of(g).origin().sign() + 1]
                        * terms.peers[peerUsers][peerCounts[g]];
                total += nest[g];
            }
        }
        double noneWeight = held == offers.count ? none : none * terms.toNone[bin];
        double use = DetMath.pow(total, terms.rhoUse);
        double[] result = new double[offers.count + 1];
        result[offers.count] = noneWeight / (noneWeight + use);
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
                result[k] *= use / (noneWeight + use) * nest[g] / total / sum;
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
