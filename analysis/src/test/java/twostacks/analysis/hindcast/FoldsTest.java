package twostacks.analysis.hindcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Folds. */
final class FoldsTest {
    private static final List<String> ENTITIES =
            IntStream.range(0, 23).mapToObj(i -> "N" + (char) ('A' + i)).toList();

    @Test
    void areOfEqualSizeAndHoldEveryEntityOnce() {
        Folds folds = new Folds(ENTITIES, 5, 1);
        long[] sizes = new long[5];
        ENTITIES.forEach(e -> sizes[folds.of(e)]++);
        for (long size : sizes) {
            assertTrue(size == 4 || size == 5, () -> "a fold of " + size);
        }
        assertEquals(-1, folds.of("WORLD"));
    }

    @Test
    void dependOnTheSeedAndNotOnTheOrder() {
        Folds folds = new Folds(ENTITIES, 5, 1);
        Folds reversed = new Folds(
                IntStream.range(0, 23).mapToObj(i -> ENTITIES.get(22 - i)).toList(), 5, 1);
        Folds other = new Folds(ENTITIES, 5, 2);
        assertEquals(
                ENTITIES.stream().map(folds::of).toList(),
                ENTITIES.stream().map(reversed::of).toList());
        assertNotEquals(
                ENTITIES.stream().map(folds::of).toList(),
                ENTITIES.stream().map(other::of).toList());
    }
}
