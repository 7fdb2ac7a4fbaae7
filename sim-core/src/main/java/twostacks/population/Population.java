package twostacks.population;

import twostacks.policy.Stack;

/**
 * A nation's adopters by segment: what they consider and what they use. A month of a segment is {@link #open},
 * {@link #consider} for each stack that can be had, {@link #displace} if an offer has become scarcer, and {@link #choose};
 * {@link #close} ends the month of all segments.
 */
public abstract class Population {
    /** Number of adopters. */
    public final int count;
    /** First adopter of each segment, and past the last at the end. */
    public final int[] start;

    final Offers offers;
    final int none;
    final double[][] reach;
    final int[][] users;
    final int[][] consideringBy;

    /** Adopters none of whom considers or uses anything. */
    Population(int[] sizes, Offers offers) {
        this.offers = offers;
        none = offers.count;
        start = new int[sizes.length + 1];
        reach = new double[sizes.length][Stack.COUNT];
        users = new int[sizes.length][none + 1];
        consideringBy = new int[sizes.length][1 << Stack.COUNT];
        for (int s = 0; s < sizes.length; s++) {
            start[s + 1] = start[s] + sizes[s];
            users[s][none] = sizes[s];
            consideringBy[s][0] = sizes[s];
        }
        count = start[sizes.length];
    }

    /**
     * Opens a month for a segment.
     *
     * @param s segment
     * @param month month of the run, from 0
     * @param terms factors of the segment
     * @param bench worker's bench
     */
    public abstract void open(int s, int month, SegmentTerms terms, Adopters.Bench bench);

    /**
     * Raises the share of a segment that considers a stack.
     *
     * @param s segment
     * @param g stack index
     * @param share share that considers it from this month on; nothing changes if it is less than before
     * @param bench worker's bench
     */
    public abstract void consider(int s, int g, double share, Adopters.Bench bench);

    /**
     * Makes those review whose offer has gone or has been rationed away.
     *
     * @param s segment
     * @param available share of adopters to whom each offer is available
     * @param bench worker's bench
     */
    public abstract void displace(int s, double[] available, Adopters.Bench bench);

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
    public abstract void choose(
            int s, SegmentTerms terms, double[] utility, double[] available, double nonUse, Adopters.Bench bench);

    /** Closes a month: what adopters use now is what the next month reads. */
    public abstract void close();

    /**
     * Sum over a segment's users of what a full switch would cost them now.
     *
     * @param s segment
     * @param terms factors of the segment
     * @return utils
     */
    public abstract double switchingCostHeld(int s, SegmentTerms terms);

    /**
     * Users of each offer, and of none last.
     *
     * @param s segment
     * @return counts; not to be changed
     */
    public final int[] users(int s) {
        return users[s];
    }

    /**
     * Number of adopters of a segment by what they consider.
     *
     * @param s segment
     * @return counts by set of stacks, one bit per stack; not to be changed
     */
    public final int[] consideringBy(int s) {
        return consideringBy[s];
    }

    /**
     * Share of a segment that considers a stack.
     *
     * @param s segment
     * @param g stack index
     * @return share in [0, 1]
     */
    public final double reach(int s, int g) {
        return reach[s][g];
    }
}
