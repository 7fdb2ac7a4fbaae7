package twostacks.outcome;

import java.util.List;
import java.util.function.Function;
import twostacks.world.World;

/**
 * An output file: its columns, and the rows that a month adds to it. The writer puts {@code scenario, replicate, month}
 * before the columns listed here.
 *
 * @param <R> what a row is about
 * @param name file name without ending
 * @param onRequest whether it is written only when asked for
 * @param key names of the columns which, after scenario, replicate and month, tell rows apart
 * @param columns columns in order, the key's first
 * @param rows the rows of the month that the world has just finished, in the order of the key
 * @param meaning what the file holds, as a phrase
 */
public record Table<R>(
        String name,
        boolean onRequest,
        List<String> key,
        List<Column<R>> columns,
        Function<World, ? extends Iterable<R>> rows,
        String meaning) {}
