package twostacks.population;

/**
 * Reviewers of a segment taken together, as columns: who they are, what they see, and what they choose.
 *
 * <p>A month's choices are made in passes over a batch, each of which does one thing to all of its reviewers. What a pass
 * leaves for the next stays near the processor, and nothing in a pass depends on the reviewer before.
 */
final class Batch {
    /** Bits of a reviewer's place in a batch. */
    static final int PLACE_BITS = 9;
    /** Most reviewers in a batch. */
    static final int SIZE = 1 << PLACE_BITS;
    /** Entries of {@link #cuts} from one reviewer to the next. */
    static final int STRIDE = 8;

    private static final int PERSON_AT = 16;

    /** Number of reviewers. */
    int count;
    /** Place of each within its segment, which is also the item of its draws. */
    final int[] within = new int[SIZE];
    /** Its {@linkplain Adopters word}. */
    final int[] word = new int[SIZE];
    /** Where its rows begin, by its state and by its person, see {@link #rows(int, int)}. */
    final int[] rows = new int[SIZE];
    /** Its draw of 64 bits. */
    final long[] draw = new long[SIZE];
    /** What its peers used: the sum of {@link ChoiceTables#peerUnit} over them. */
    final long[] peers = new long[SIZE];
    /** Cumulated weights of the stacks in the order of draws, from 0 to the total, {@link #STRIDE} entries each. */
    final double[] cuts = new double[SIZE * STRIDE];
    /** Where the stack that its draw falls to stands in the row of its state. */
    final int[] nest = new int[SIZE];
    /** How far in the stack it falls, as a part of 1. */
    final double[] share = new double[SIZE];
    /** Offer chosen. */
    final int[] chosen = new int[SIZE];
    /** States not met yet. */
    final int[] missing = new int[SIZE];

    // Of those who do not keep their offer; the columns that selectMovers writes have room for one who does.

    /** Place within the segment. */
    final int[] mover = new int[SIZE + 1];
    /** Offer that it moves to. */
    final int[] to = new int[SIZE + 1];
    /** Its word before. */
    final int[] before = new int[SIZE + 1];
    /** Its word from now on. */
    final int[] after = new int[SIZE];

    // Of rewired peers.

    /** The item of its draw, above the place of the reviewer in the batch; with room for two that are none. */
    final long[] rewired = new long[SIZE * Adopters.NOTED_PEERS + 2];
    /** Whom the reviewer looks at. */
    final long[] far = new long[SIZE * Adopters.NOTED_PEERS];
    /** Whom it looked at on the ring instead. */
    final long[] near = new long[SIZE * Adopters.NOTED_PEERS];

    /** Adds a block's reviewers to a batch that has n; returns how many it has then. */
    int add(int n, int block, long set) {
        int[] into = within;
        for (; set != 0; set &= set - 1) {
            into[n++] = (block << 6) + Long.numberOfTrailingZeros(set);
        }
        return n;
    }

    /**
     * Where a reviewer's rows begin in tables, in one word, so that passes load one column in place of two.
     *
     * @param state offer in use and tenure bin, see {@link ChoiceTables#state}
     * @param person see {@link Adopters#personOf}
     * @return the word
     */
    static int rows(int state, int person) {
        return state * ChoiceTables.STRIDE | person * ChoiceTables.STRIDE << PERSON_AT;
    }

    /** Where the row of a state begins. */
    static int ofState(int rows) {
        return rows & (1 << PERSON_AT) - 1;
    }

    /** Where the row of a person begins. */
    static int ofPerson(int rows) {
        return rows >>> PERSON_AT;
    }
}
