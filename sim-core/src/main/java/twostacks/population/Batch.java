package twostacks.population;

/**
 * Reviewers of a segment taken together, as columns: who they are, what they see, and what they choose.
 *
 * <p>A month's choices are made in passes over a batch, each of which does one thing to all of its reviewers. What a pass
 * leaves for the next stays near the processor, and nothing in a pass depends on the reviewer before.
 */
final class Batch {
    /** Most reviewers in a batch. */
    static final int SIZE = 256;
    /** Entries of {@link #cuts} from one reviewer to the next. */
    static final int STRIDE = 8;

    /** Number of reviewers. */
    int count;
    /** Place of each within its segment, which is also the item of its draws. */
    final int[] within = new int[SIZE];
    /** Its {@linkplain Adopters word}. */
    final int[] word = new int[SIZE];
    /** Its state: offer in use and tenure bin, see {@link ChoiceTables#state}. */
    final int[] state = new int[SIZE];
    /** Its draw of 64 bits. */
    final long[] draw = new long[SIZE];
    /** What its peers used: the sum of {@link ChoiceTables#peerUnit} over them. */
    final long[] peers = new long[SIZE];
    /** Cumulated weights of the stacks in the order of draws, from 0 to the total, {@link #STRIDE} entries each. */
    final double[] cuts = new double[SIZE * STRIDE];
    /** Offer chosen. */
    final int[] chosen = new int[SIZE];
    /** What a pass singles out: states not met yet, then rewired peers, then those who do not keep their offer. */
    final int[] selected = new int[SIZE * Adopters.NOTED_PEERS + 2];

    /** Adds a block's reviewers to a batch that has n; returns how many it has then. */
    int add(int n, int block, long set) {
        int[] into = within;
        for (; set != 0; set &= set - 1) {
            into[n++] = (block << 6) + Long.numberOfTrailingZeros(set);
        }
        return n;
    }
}
