package twostacks.population;

import java.util.Arrays;

/** A list of places with the number of adopters in each. */
final class Cells {
    /** Number of cells. */
    int size;

    // The place above, the number of adopters below.
    private long[] cells = new long[16];

    /** The place of a cell, by its index from 0 to {@link #size}. */
    int place(int index) {
        return (int) (cells[index] >>> Integer.SIZE);
    }

    /** The number of adopters in a cell, by its index; never 0. */
    int count(int index) {
        return (int) cells[index];
    }

    /** Adds a cell at the end; one without adopters is left out. */
    void add(int place, int n) {
        if (n == 0) {
            return;
        }
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
        }
        cells[size++] = (long) place << Integer.SIZE | n;
    }

    /** Takes over the cells of another list. */
    void copy(Cells other) {
        size = other.size;
        if (cells.length < size) {
            cells = new long[size + (size >> 2)];
        }
        System.arraycopy(other.cells, 0, cells, 0, size);
    }

    /** Empties it. */
    void clear() {
        size = 0;
    }
}
