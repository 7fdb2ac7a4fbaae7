package twostacks.input;

import java.util.Collection;
import java.util.Locale;

/** The name that somebody probably meant. */
public final class Nearest {
    private static final int LONGEST = 200;

    private Nearest() {}

    /**
     * The name most like the one found.
     *
     * @param found what was written
     * @param allowed the names there are
     * @return the nearest by edit distance, the first of several; empty if none is near
     */
    public static String to(String found, Collection<String> allowed) {
        if (found.length() > LONGEST) {
            return "";
        }
        String nearest = "";
        int least = Math.max(2, found.length() / 3) + 1;
        for (String candidate : allowed) {
            int distance = distance(found.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least && distance < candidate.length()) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /**
     * The edit distance of two texts: insertions, deletions, replacements, and exchanges of neighbours.
     *
     * @param a a text
     * @param b another
     * @return the least number of such edits, no stretch edited twice
     */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
