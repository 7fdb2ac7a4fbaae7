package twostacks.population;

import twostacks.policy.Stack;

/** One adopter's choice at a time, from tables made for many. */
final class TestChoices {
    private TestChoices() {}

    /** The choice; {@code peerCounts} is by stack index, or null where peers do not matter. */
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
        batch.rows[0] = Batch.rows(ChoiceTables.state(held, bin), Adopters.personOf(batch.word[0]));
        tables.prepare(batch);
        if (peerCounts != null) {
            long peers = 0;
            for (int position = 0; position < Stack.COUNT; position++) {
                peers += peerCounts[offers.stackOrder[position]] * ChoiceTables.peerUnit(position);
            }
            batch.peers[0] = peers;
        }
        tables.choose(batch, peerCounts != null);
        return batch.chosen[0];
    }
}
