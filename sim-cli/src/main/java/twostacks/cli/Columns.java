package twostacks.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text whose columns are put under one another; the last one is as long as it likes. */
final class Columns {
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();

    void row(String... cells) {
        rows.add(cells);
    }

    void print(PrintWriter out) {
        int most = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[most];
        for (String[] row : rows) {
            for (int i = 0; i < row.length - 1; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]);
                if (i < row.length - 1) {
                    line.append(" ".repeat(widths[i] - row[i].length() + GAP));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** The end of a complaint about a name. */
    static String didYouMean(String nearest) {
        return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
    }
}
