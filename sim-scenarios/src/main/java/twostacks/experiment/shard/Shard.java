package twostacks.experiment.shard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a plan: of every {@code of} runs in a row, one. A function of the plan, the number and the count alone.
 *
 * @param number number of the shard, from 1
 * @param of how many shards there are
 */
public record Shard(int number, int of) {
    /** The whole plan. */
    public static final Shard ALL = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,7})/([0-9]{1,7})");

    /** Checks. */
    public Shard {
        if (of < 1 || number < 1 || number > of) {
            throw new IllegalArgumentException(
                    "a shard is i/n with i from 1 to n, such as 3/8, not " + number + "/" + of);
        }
    }

    /**
     * Reads a shard.
     *
     * @param text such as {@code 3/8}
     * @return the shard
     * @throws IllegalArgumentException if it is none
     */
    public static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a shard is i/n with i from 1 to n, such as 3/8, not " + text);
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Whether a run belongs to it.
     *
     * @param run number of the run in the plan
     * @return true if it does
     */
    public boolean has(long run) {
        return run % of == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
