package twostacks.population;

import twostacks.random.Draws;

/**
 * Whom an adopter looks at: a small world (Watts &amp; Strogatz 1998) over a nation's adopters in a ring. Of its 2m peers,
 * m stand on either side; each is replaced, with the rewiring probability, by a random adopter of the nation.
 *
 * <p>Looking is one-sided: a rewired peer need not look back. Peers follow from keyed draws, so none is stored. Adopters
 * stand by segment, so that most look at their own kind.
 */
public final class Peers {
    private static final int SLOT_BITS = 6;

    private Peers() {}

    /**
     * A peer of an adopter.
     *
     * @param key key of the nation's network
     * @param adopter adopter, 0 to {@code adopters} − 1
     * @param slot which of its peers, 0 to degree − 1
     * @param adopters number of adopters, ≥ 2
     * @param rewiring rewiring probability, as a multiple of 2^−32 from {@link Draws#threshold}
     * @return the peer, never the adopter itself
     */
    public static int peer(long key, int adopter, int slot, int adopters, long rewiring) {
        long bits = Draws.bits(key, item(adopter, slot));
        if (rewired(bits, rewiring) == 1) {
            return (int) far(bits, adopter, adopters);
        }
        return neighbour(adopter, slot, adopters);
    }

    /**
     * A random one of the others, by multiplying the lower half of the draw up. All is of one length, here and in
     * {@link #near}, so that the compiler makes vectors of loops.
     */
    static long far(long bits, long adopter, long adopters) {
        long other = (bits & 0xFFFFFFFFL) * (adopters - 1) >>> 32;
        // one more from the adopter itself on, without a branch
        return other + 1 + (other - adopter >> 63);
    }

    /** The item of a slot's draw: adopter above slot. */
    static long item(int adopter, int slot) {
        return (long) adopter << SLOT_BITS | slot;
    }

    /** Whose item it is. */
    static long adopter(long item) {
        return item >>> SLOT_BITS;
    }

    /** 1 if the draw of a slot makes it look at a random adopter instead of a neighbour, else 0; without a branch. */
    static long rewired(long bits, long rewiring) {
        return (bits >>> 32) - rewiring >>> 63;
    }

    /** Where, on an endless ring, the neighbour stands that a slot stands for: 1, −1, 2, −2, … from the adopter; no branch. */
    static long near(long item) {
        long slot = item & (1 << SLOT_BITS) - 1;
        long back = -(slot & 1);
        return adopter(item) + ((slot >> 1) + 1 ^ back) - back;
    }

    /** The neighbour on the ring that a slot stands for: the next, the one before, the next but one, … */
    static int neighbour(int adopter, int slot, int adopters) {
        int step = (slot >> 1) % (adopters - 1) + 1;
        int peer = (slot & 1) == 0 ? adopter + step : adopter - step;
        return peer >= adopters ? peer - adopters : peer < 0 ? peer + adopters : peer;
    }
}
