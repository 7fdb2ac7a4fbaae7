package twostacks.population;

import twostacks.policy.Stack;

/** One adopter's choice at a time, from tables made for many. */
final class TestChoices {
    private TestChoices() {}

    /** The choice; {@code peerCounts} is by stack index, none last, or null where peers do not matter. */
    static int choose(
            ChoiceTables tables,
            Offers offers,
            int held,
            int bin,
            int considered,
            int tasteBin,
            int[] peerCounts,
            long bits) {
        int state = tables.prepare(held, bin);
        if (peerCounts == null) {
            int chosen = tables.choose(state, considered, tasteBin, bits);
            return chosen < 0 ? tables.decide(chosen, state, considered, tasteBin, 0, bits) : chosen;
        }
        long peers = (long) peerCounts[Stack.COUNT] << 8 * Stack.COUNT;
        for (int position = 0; position < Stack.COUNT; position++) {
            peers += (long) peerCounts[offers.stackOrder[position]] << 8 * position;
        }
        int chosen = tables.choose(state, considered, tasteBin, peers, bits);
        return chosen < 0 ? tables.decide(chosen, state, considered, tasteBin, peers, bits) : chosen;
    }
}
