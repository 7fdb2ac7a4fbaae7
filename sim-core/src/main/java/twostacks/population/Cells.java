package twostacks.population;

import java.util.Arrays;

/** Numbers of adopters by what sets them apart: a map from keys that are not negative to counts, in order of arrival. */
final class Cells {
    private static final int FREE = -1;

    /** Number of cells. */
    int size;

    private long[] keys = new long[64];
    private int[] counts = new int[64];
    private int[] slots = new int[128];

    Cells() {
        Arrays.fill(slots, FREE);
    }

    /** The key of a cell, by its place from 0 to {@link #size}. */
    long key(int place) {
        return keys[place];
    }

    /** The number of adopters in a cell, by its place; never 0. */
    int count(int place) {
        return counts[place];
    }

    /** Adds adopters to a cell, which is made if it is not there; adding none makes no cell. */
    void add(long key, int n) {
        if (n == 0) {
            return;
        }
        int slot = slotOf(key);
        while (slots[slot] != FREE) {
            if (keys[slots[slot]] == key) {
                counts[slots[slot]] += n;
                return;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (size == keys.length) {
            grow();
            add(key, n);
            return;
        }
        slots[slot] = size;
        keys[size] = key;
        counts[size++] = n;
    }

    private int slotOf(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & slots.length - 1;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        slots = new int[4 * size];
        Arrays.fill(slots, FREE);
        for (int place = 0; place < size; place++) {
            int slot = slotOf(keys[place]);
            while (slots[slot] != FREE) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = place;
        }
    }

    /** Empties it. */
    void clear() {
        size = 0;
        Arrays.fill(slots, FREE);
    }
}
