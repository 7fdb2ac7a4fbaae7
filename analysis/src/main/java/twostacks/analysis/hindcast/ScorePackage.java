package twostacks.analysis.hindcast;

import static twostacks.analysis.results.PackageWriter.Column.integer;
import static twostacks.analysis.results.PackageWriter.Column.number;
import static twostacks.analysis.results.PackageWriter.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;

/** The data package of a hindcast: what the columns of its tables are. */
public final class ScorePackage {
    private static final int DECIMALS = 6;
    private static final String TARGET = "target_id";

    private static final List<Column> SCORECARD = List.of(
            text(TARGET, "what the target is known by"),
            text("entity", "nation (ISO 3166-1 alpha-3), or a group of nations"),
            text(
                    "date",
                    "when it was observed: a year, a half, a quarter, a month, a day, or two of them with a slash"),
            text("metric", "what was observed; an operator of this name says how the model measures it"),
            number("observed", DECIMALS, "", "figure observed, or the middle of a bin, in the metric's unit"),
            number("low", DECIMALS, "", "lower bound of what was observed"),
            number("high", DECIMALS, "", "upper bound of what was observed"),
            number("median", DECIMALS, "", "median of the runs; empty if nothing was measured"),
            number("p05", DECIMALS, "", "5 % quantile of the runs"),
            number("p95", DECIMALS, "", "95 % quantile of the runs"),
            new Column(
                    "inside",
                    "boolean",
                    0,
                    "",
                    "whether the median lies in the bin, or the interval covers the figure"),
            text("family", "family of targets that are scored together"),
            integer("fold", "fold of the nation, from 1; empty where there is none"),
            number("error", DECIMALS, "", "median less observed"),
            new Column("covered", "boolean", 0, "", "whether the runs' 90 % interval covers the figure"),
            number("crps", DECIMALS, "", "continuous ranked probability score of the runs"),
            new Column("input", "boolean", 0, "", "whether the figure is an input of the model, and so no test"),
            text("confidence", "how sure the observation is: high, medium, low"),
            text("reason", "why nothing was measured; empty if it was"));

    private static final List<Column> SCORES = List.of(
            text("family", "family of targets"),
            text(
                    "task",
                    "level: nothing was seen of the nation; ahead: an earlier figure is known, and others' growth since;"
                            + " forecast: nobody's growth since"),
            text("predictor", "model, or a baseline that knows no model"),
            integer("targets", "number of targets scored"),
            number("mean_absolute_error", DECIMALS, "", "mean of |predicted - observed|"),
            number("rank_correlation", DECIMALS, "1", "rank correlation (Spearman) of predicted and observed"),
            number("inside_bin", DECIMALS, "1", "share of binned targets that the prediction lies in"),
            number(
                    "coverage",
                    DECIMALS,
                    "1",
                    "share covered by the 90 % interval made of the predictor's errors elsewhere"),
            number("crps", DECIMALS, "", "mean continuous ranked probability score of that interval's sample"),
            number("run_coverage", DECIMALS, "1", "share covered by the 90 % interval of the runs"),
            number("run_crps", DECIMALS, "", "mean continuous ranked probability score of the runs"));

    private static final List<Column> PREDICTIONS = List.of(
            text(TARGET, "target"),
            integer("replicate", "run, from 1"),
            number("value", DECIMALS, "", "what the source would have measured in the run, in the metric's unit"));

    private ScorePackage() {}

    /**
     * Describes the three tables.
     *
     * @param block what twostacks says about the hindcast
     * @param scorecard text of scorecard.csv
     * @param scores text of scores.csv
     * @param predictions text of predictions.csv
     * @return text of datapackage.json
     */
    public static String json(ObjectNode block, String scorecard, String scores, String predictions) {
        return PackageWriter.describe(
                "twostacks: hindcast of " + block.path("scenario").asText(),
                block,
                List.of(
                        PackageWriter.resource(
                                "scorecard", "each target beside the runs", List.of(TARGET), SCORECARD, scorecard),
                        PackageWriter.resource(
                                "scores",
                                "each family and predictor",
                                List.of("family", "task", "predictor"),
                                SCORES,
                                scores),
                        PackageWriter.resource(
                                "predictions",
                                "each run's figure for each target",
                                List.of(TARGET, "replicate"),
                                PREDICTIONS,
                                predictions)));
    }
}
