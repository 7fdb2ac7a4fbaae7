package twostacks.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text whose columns are put under one another; the last one is as long as it likes. */
final class Columns {
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();
    private int right = Integer.MAX_VALUE;

    /** Lets the columns from one on end under one another. */
    Columns rightFrom(int column) {
        right = column;
        return this;
    }

    void row(String... cells) {
        rows.add(cells);
    }

    void print(PrintWriter out) {
        int most = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[most];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String padding = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : " ".repeat(GAP));
                line.append(i < right ? row[i] + padding : padding + row[i]);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** The end of a complaint about a name. */
    static String didYouMean(String nearest) {
        return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
    }
}
