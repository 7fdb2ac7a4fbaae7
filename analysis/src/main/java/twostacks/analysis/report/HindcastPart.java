package twostacks.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** The part of a page that shows a hindcast: what was observed beside what the model says, and scores. */
final class HindcastPart {
    private static final List<String> TARGET_NUMBERS =
            List.of("observed", "low", "high", "median", "p05", "p95", "error");
    private static final List<String> TARGET_TEXTS = List.of(
            "target_id", "entity", "date", "metric", "inside", "family", "covered", "input", "confidence", "reason");
    private static final List<String> SCORE_NUMBERS = List.of(
            "targets",
            "mean_absolute_error",
            "rank_correlation",
            "inside_bin",
            "coverage",
            "crps",
            "run_coverage",
            "run_crps");
    private static final List<String> SCORE_TEXTS = List.of("family", "task", "predictor");

    private final ResultFiles files;
    private final ObjectNode header;

    HindcastPart(ResultFiles files, ObjectNode header) {
        this.files = files;
        this.header = header;
    }

    void write() throws UnusableResultsException, IOException {
        table("targets", "scorecard", TARGET_NUMBERS, TARGET_TEXTS);
        table("scores", "scores", SCORE_NUMBERS, SCORE_TEXTS);
    }

    /** Puts a table into the header, as objects by column. */
    private void table(String as, String name, List<String> numbers, List<String> texts)
            throws UnusableResultsException, IOException {
        TableFile table = files.table(name)
                .orElseThrow(() ->
                        new UnusableResultsException(files.directory() + " holds a hindcast without " + name + ".csv"));
        ArrayNode rows = header.putArray(as);
        table.scan(numbers, texts, (n, t) -> {
            ObjectNode row = rows.addObject();
            for (int i = 0; i < t.length; i++) {
                row.put(texts.get(i), t[i]);
            }
            for (int i = 0; i < n.length; i++) {
                row.put(numbers.get(i), Double.isNaN(n[i]) ? null : Double.valueOf(n[i]));
            }
        });
    }
}
