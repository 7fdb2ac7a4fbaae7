package twostacks.population;

import twostacks.policy.Stack;
import twostacks.random.Trials;

/**
 * What a worker needs where adopters are counted: a sheet with a place for each set of stacks considered, offer in use and
 * tenure, on which the adopters of one bin of taste and interval of ranks are laid out, and probabilities of their moves.
 */
final class CountBench {
    static final int TENURE_BITS = 5;
    private static final int SETS = 1 << Stack.COUNT;

    /** Bits of a place below the set: the offer in use and, lowest, the tenure. */
    final int setShift;
    /** Adopters by place. */
    final int[] sheet;
    /** By place without the tenure: tenures of which there are any, one bit each. */
    final int[] taken;
    /** Sets of which there are any on the sheet. */
    long sets;
    /** Those who have moved, by place in the set at work, and their tenures. */
    final int[] moved;

    final int[] movedTaken;
    /** Those to whom the first stack has come to mind this month, by what they consider. */
    final int[] first = new int[SETS];
    /** Those of the set at work who go far, by the stacks that are near to what they have left. */
    final int[] far = new int[SETS];
    /** Those of the set at work who used none and do so no more, by the tenure they keep. */
    final int[] fresh = new int[1 << TENURE_BITS];

    final Trials trials = new Trials();
    final Cells cells = new Cells();
    final double[] weights;
    private final Moves[] moves;
    private final Offers offers;

    CountBench(Offers offers) {
        this.offers = offers;
        int offerBits = Integer.SIZE - Integer.numberOfLeadingZeros(offers.count);
        setShift = TENURE_BITS + offerBits;
        sheet = new int[SETS << setShift];
        taken = new int[SETS << offerBits];
        moved = new int[1 << setShift];
        movedTaken = new int[1 << offerBits];
        weights = new double[offers.count];
        moves = new Moves[offers.count + 1];
    }

    /** The moves of a class of adopters. */
    Moves moves(int rank) {
        if (moves[rank] == null) {
            moves[rank] = new Moves(offers);
        }
        return moves[rank];
    }

    void put(int place, int n) {
        if (n > 0) {
            sheet[place] += n;
            taken[place >> TENURE_BITS] |= 1 << place;
        }
    }

    void move(int offer, int tenure, int n) {
        if (n > 0) {
            moved[offer << TENURE_BITS | tenure] += n;
            movedTaken[offer] |= 1 << tenure;
        }
    }
}
