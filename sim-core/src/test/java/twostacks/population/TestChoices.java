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
        Batch batch = new Batch();
        batch.count = 1;
        batch.draw[0] = bits;
        batch.word[0] = (tasteBin << Stack.COUNT | considered) << 6 | held;
        batch.state[0] = ChoiceTables.state(held, bin);
        tables.prepare(batch);
        if (peerCounts != null) {
            long peers = (long) peerCounts[Stack.COUNT] << 8 * Stack.COUNT;
            for (int position = 0; position < Stack.COUNT; position++) {
                peers += (long) peerCounts[offers.stackOrder[position]] << 8 * position;
            }
            batch.peers[0] = peers;
        }
        tables.choose(batch, peerCounts != null);
        return batch.chosen[0];
    }
}
