package twostacks.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what is wrong, so that all of it can be told at once: the first {@value #MOST} of a file's problems, and the
 * number of the others.
 */
public final class Problems {
    /** Lists of names longer than this are described, not listed. */
    private static final int MOST_LISTED = 40;

    /** Problems that are told; nobody reads more, and a hostile file has millions. */
    private static final int MOST = 1000;

    private static final int LONGEST = 400;

    private final Set<Problem> found = new LinkedHashSet<>();
    private int untold;
    private final List<String> files = new ArrayList<>();

    /**
     * Says that a source is the next to be told of, whatever problem is found first.
     *
     * @param source source
     */
    public void next(Source source) {
        files.add(clean(source.name()));
    }

    /**
     * Notes a problem.
     *
     * @param place where
     * @param path dotted path of the key or value
     * @param message what is wrong
     */
    public void add(Place place, String path, String message) {
        add(place, path, message, "", "");
    }

    /**
     * Notes a problem.
     *
     * @param place where
     * @param path dotted path of the key or value
     * @param message what is wrong
     * @param allowed what would be right, in words
     */
    public void add(Place place, String path, String message, String allowed) {
        add(place, path, message, allowed, "");
    }

    /**
     * Notes a name that is none of those allowed.
     *
     * @param place where
     * @param path dotted path
     * @param message what is wrong
     * @param name the name found
     * @param kind what the names are, in the singular and with its article, for lists that are too long to print
     * @param allowed the names allowed
     */
    public void addUnknown(
            Place place, String path, String message, String name, String kind, Collection<String> allowed) {
        if (isFull()) {
            untold++;
            return;
        }
        String words = allowed.size() <= MOST_LISTED ? oneOf(allowed) : kind;
        add(place, path, message, words, Nearest.to(name, allowed));
    }

    /**
     * Notes a problem.
     *
     * @param place where
     * @param path dotted path
     * @param message what is wrong
     * @param allowed what would be right, in words; empty if the message says it
     * @param nearest the allowed name most like the one found; empty for none
     */
    public void add(Place place, String path, String message, String allowed, String nearest) {
        add(new Problem(
                clean(place.source().name()),
                place.line(),
                place.column(),
                clean(path),
                clean(message),
                clean(allowed, 10 * LONGEST),
                clean(nearest)));
    }

    /**
     * Whether as many problems are noted as are told: what comes now is counted only, and need not be put in words.
     *
     * @return true from then on
     */
    public boolean isFull() {
        return found.size() >= MOST;
    }

    /**
     * Notes a problem that somebody else found.
     *
     * @param problem the problem; noted once only
     */
    public void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            untold++;
        }
    }

    /**
     * Whether nothing was wrong so far.
     *
     * @return true without problems
     */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * How many problems there are.
     *
     * @return their number so far
     */
    public int count() {
        return found.size() + untold;
    }

    /**
     * Everything noted so far, file by file in the order in which they were read or first named, and from top to bottom.
     *
     * @return the problems
     */
    public List<Problem> all() {
        Map<String, Integer> order = new LinkedHashMap<>();
        files.forEach(f -> order.putIfAbsent(f, order.size()));
        found.forEach(p -> order.putIfAbsent(p.file(), order.size()));
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Problem p) -> order.get(p.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        if (untold > 0) {
            String last = sorted.get(sorted.size() - 1).file();
            sorted.add(new Problem(last, 0, 0, "", "and " + untold + " problems more", "", ""));
        }
        return sorted;
    }

    /**
     * Gives up if anything was wrong.
     *
     * @throws InputException with all problems, if there is one
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InputException(all());
        }
    }

    /**
     * A choice in words.
     *
     * @param names what there is to choose from
     * @return the names as an English list
     */
    public static String oneOf(Collection<String> names) {
        if (names.isEmpty()) {
            return "nothing";
        }
        return names.size() == 1 ? "'" + names.iterator().next() + "'" : "one of " + String.join(", ", names);
    }

    /**
     * Text from a file or a command line, fit for a line on a terminal.
     *
     * @param text any text
     * @return the text, cut if it is long, with blanks for line breaks and control characters
     */
    public static String clean(String text) {
        return clean(text, LONGEST);
    }

    /**
     * What is said about something, fit for a line on a terminal: as {@link #clean}, and longer.
     *
     * @param text any text
     * @return the text, with blanks for line breaks and control characters
     */
    public static String line(String text) {
        return clean(text, 10 * LONGEST);
    }

    private static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(most)
                .map(c -> Text.controls(c) || c == '\n' || c == '\t' ? ' ' : c)
                .forEach(clean::appendCodePoint);
        return text.codePointCount(0, text.length()) > most ? clean + "…" : clean.toString();
    }
}
