package twostacks.analysis.hindcast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import twostacks.analysis.hindcast.Baselines.Pair;

/**
 * The model against the record, target by target and family by family, beside what one predicts without a model.
 *
 * <p>Baselines are fitted on the other folds' nations and scored on the fold's own. Whether the model's figures are out
 * of fold, too, depends on who fitted its parameters to what; the caller says so.
 */
public final class Scorecard {
    /** What the model is called among the predictors. */
    public static final String MODEL = "model";

    /** Name of the model's own figures moved along the log-odds by one step for each source, fitted to other nations. */
    public static final String MODEL_SHIFTED = "model, one shift";

    /** The model's growth from the figure known. */
    public static final String MODEL_CHANGE = "model's change";

    /** The model's growth from the figure known, scaled by one factor. */
    public static final String MODEL_CHANGE_SCALED = "model's change, one factor";

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;
    private static final int DECIMALS = 6;

    /**
     * A target and what the model makes of it.
     *
     * @param target target
     * @param sample the model's figure in each run; empty where it has none
     * @param reason why it has none, in words
     */
    public record Prediction(Target target, double[] sample, String reason) {
        /** Whether the model has a figure. */
        boolean there() {
            return sample.length > 0;
        }
    }

    /**
     * A line of the scorecard.
     *
     * @param prediction target and the model's figures
     * @param family family of scores
     * @param fold fold in which it is held out, counted from 1; 0 for a group of nations
     * @param input whether the model was given the figure
     * @param median median over runs
     * @param p05 5 % quantile over runs
     * @param p95 95 % quantile over runs
     * @param inside whether the median lies in the target's bin, or, of a target without one, whether the interval
     *     covers the figure observed
     * @param covered whether the interval meets the bin, or covers the figure observed
     * @param crps continuous ranked probability score of the runs
     */
    public record Row(
            Prediction prediction,
            String family,
            int fold,
            boolean input,
            double median,
            double p05,
            double p95,
            boolean inside,
            boolean covered,
            double crps) {
        /** The target. */
        public Target target() {
            return prediction.target();
        }

        /** Mean over runs. */
        double mean() {
            return Arrays.stream(prediction.sample()).average().orElse(Double.NaN);
        }

        /** Median less observed. */
        public double error() {
            return median - target().observed();
        }
    }

    /**
     * How one predictor does in a family.
     *
     * @param family family
     * @param task {@code level}: nothing was seen of the nation; {@code ahead}: an earlier figure was, and other nations'
     *     growth since; {@code forecast}: nobody's growth since
     * @param predictor name of the predictor
     * @param count targets scored
     * @param meanAbsoluteError mean absolute error of the point
     * @param rankCorrelation Spearman's, within periods, averaged by their number of targets
     * @param insideBin share of binned targets whose point lies in the bin; NaN without bins
     * @param coverage share of targets that a 90 % interval covers; the interval is the point with the errors that the
     *     predictor made on training targets
     * @param crps score of that interval's distribution
     * @param runCoverage share of targets that the interval over runs covers; of the model only
     * @param runCrps score of the distribution over runs; of the model only
     */
    public record Score(
            String family,
            String task,
            String predictor,
            int count,
            double meanAbsoluteError,
            double rankCorrelation,
            double insideBin,
            double coverage,
            double crps,
            double runCoverage,
            double runCrps) {}

    private final List<Row> rows;
    private final List<Prediction> unmeasured;
    private final List<Score> scores = new ArrayList<>();
    private final Map<String, Covariates> facts;
    private final Folds folds;

    /**
     * Scores.
     *
     * @param predictions every target, with the model's figures where it has some
     * @param facts facts of nations for the baselines
     * @param folds which nations are held out together
     */
    public Scorecard(List<Prediction> predictions, Collection<Covariates> facts, Folds folds) {
        this.facts = facts.stream().collect(Collectors.toMap(Covariates::iso3, c -> c));
        this.folds = folds;
        rows = predictions.stream().filter(Prediction::there).map(this::row).toList();
        unmeasured = predictions.stream().filter(p -> !p.there()).toList();
        Map<String, List<Row>> families = new TreeMap<>();
        for (Row row : rows) {
            if (!row.target().confidence().equals("low")) {
                families.computeIfAbsent(row.family(), f -> new ArrayList<>()).add(row);
            }
        }
        families.forEach(this::score);
    }

    /**
     * Targets that the model has a figure for.
     *
     * @return rows in the order of the targets
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * Targets that it has none for, each with the reason.
     *
     * @return predictions without figures
     */
    public List<Prediction> unmeasured() {
        return unmeasured;
    }

    /**
     * Scores by family, task and predictor. Targets of low confidence are left out.
     *
     * @return scores
     */
    public List<Score> scores() {
        return List.copyOf(scores);
    }

    private Row row(Prediction p) {
        Target t = p.target();
        double median = Scores.quantile(p.sample(), 0.5);
        double p05 = Scores.quantile(p.sample(), LOW);
        double p95 = Scores.quantile(p.sample(), HIGH);
        boolean covered = covers(t, p05, p95);
        return new Row(
                p,
                Operators.family(t),
                folds.of(t.entity()) + 1,
                Operators.of(t.metric()).input(),
                median,
                p05,
                p95,
                t.binned() ? median >= t.low() && median <= t.high() : covered,
                covered,
                Scores.crps(p.sample(), t.observed()));
    }

    private static boolean covers(Target t, double low, double high) {
        return t.binned() ? high >= t.low() && low <= t.high() : low <= t.observed() && t.observed() <= high;
    }

    // Families --------------------------------------------------------------------------------------------------------

    private void score(String family, List<Row> all) {
        boolean ofNations =
                all.stream().allMatch(r -> facts.containsKey(r.target().entity()));
        Map<String, double[]> points = new LinkedHashMap<>();
        points.put(MODEL, all.stream().mapToDouble(Row::median).toArray());
        if (ofNations && all.size() >= 2 * folds.count()) {
            levels(all, points);
            points.put(MODEL_SHIFTED, shifted(all));
        }
        points.forEach((name, point) -> scores.add(score(family, "level", name, all, point)));
        if (ofNations) {
            ahead(family, all);
        }
    }

    private static String period(Row row) {
        return row.target().date();
    }

    private void levels(List<Row> all, Map<String, double[]> points) {
        for (int fold = 1; fold <= folds.count(); fold++) {
            for (String period : all.stream().map(Scorecard::period).distinct().toList()) {
                int held = fold;
                List<Row> training = all.stream()
                        .filter(r -> r.fold() != held && period(r).equals(period))
                        .toList();
                if (training.size() < 2) {
                    continue;
                }
                Map<String, Baselines.Level> fitted = Baselines.levels(
                        training.stream()
                                .map(r -> facts.get(r.target().entity()))
                                .toList(),
                        training.stream()
                                .mapToDouble(r -> r.target().observed())
                                .toArray());
                fitted.forEach((name, baseline) -> {
                    double[] point = points.computeIfAbsent(name, n -> filled(all.size()));
                    for (int i = 0; i < all.size(); i++) {
                        Row row = all.get(i);
                        if (row.fold() == held && period(row).equals(period)) {
                            point[i] = baseline.of(facts.get(row.target().entity()));
                        }
                    }
                });
            }
        }
    }

    /**
     * What stands between a source and the model is taken for one step along the log-odds, the same for all nations and
     * periods of a metric; of each fold it is the one with which the other folds' figures add up.
     */
    private double[] shifted(List<Row> all) {
        double[] point = filled(all.size());
        for (String metric :
                all.stream().map(r -> r.target().metric()).distinct().toList()) {
            for (int fold = 1; fold <= folds.count(); fold++) {
                int held = fold;
                List<Row> training = all.stream()
                        .filter(r -> r.fold() != held && r.target().metric().equals(metric))
                        .toList();
                if (training.isEmpty()) {
                    continue;
                }
                double observed = training.stream()
                        .mapToDouble(r -> r.target().observed())
                        .sum();
                double step = Scores.root(x -> training.stream()
                                .mapToDouble(r -> Scores.moved(r.median(), x))
                                .sum()
                        - observed);
                for (int i = 0; i < all.size(); i++) {
                    Row row = all.get(i);
                    if (row.fold() == held && row.target().metric().equals(metric)) {
                        point[i] = Scores.moved(row.median(), step);
                    }
                }
            }
        }
        return point;
    }

    private static double[] filled(int size) {
        double[] array = new double[size];
        Arrays.fill(array, Double.NaN);
        return array;
    }

    /** A row with an earlier one of the same nation. */
    private record Step(Row earlier, Row later) {
        Pair pair() {
            return new Pair(
                    later.target().entity(),
                    earlier.target().middle(),
                    later.target().middle(),
                    earlier.target().observed(),
                    later.target().observed());
        }

        /**
         * The earlier figure, moved along the log-odds by a multiple of what the model moves. A change is small beside
         * luck, so it is taken between means over runs, which luck moves less than medians.
         */
        double moved(double multiple) {
            double change = Scores.logOdds(later.mean()) - Scores.logOdds(earlier.mean());
            return Scores.moved(earlier.target().observed(), multiple * change);
        }
    }

    /** Which figures of other nations a prediction ahead is fitted to. */
    private interface Known {
        boolean of(Step step, Step predicted);
    }

    /** The figures ahead, predicted with other nations' growth in the same period, and with that of earlier ones. */
    private void ahead(String family, List<Row> all) {
        List<Step> steps = new ArrayList<>();
        for (Row later : all) {
            all.stream()
                    .filter(r -> r.target().precedes(later.target()))
                    .reduce((a, b) -> a.target().last() >= b.target().last() ? a : b)
                    .ifPresent(earlier -> steps.add(new Step(earlier, later)));
        }
        predict(family, "ahead", steps, (known, step) -> period(known.later()).equals(period(step.later())));
        predict(
                family,
                "forecast",
                steps,
                (known, step) ->
                        known.later().target().last() < step.later().target().first());
    }

    private void predict(String family, String task, List<Step> all, Known known) {
        List<Step> steps = all.stream()
                .filter(s -> all.stream().anyMatch(k -> known.of(k, s)))
                .toList();
        if (steps.size() < 2 * folds.count()) {
            return;
        }
        List<Row> later = steps.stream().map(Step::later).toList();
        Map<String, double[]> points = new LinkedHashMap<>();
        points.put(MODEL, later.stream().mapToDouble(Row::median).toArray());
        points.put(MODEL_CHANGE, steps.stream().mapToDouble(s -> s.moved(1)).toArray());
        for (int fold = 1; fold <= folds.count(); fold++) {
            int held = fold;
            Map<List<Step>, List<Integer>> trained = new LinkedHashMap<>();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step.later().fold() == held) {
                    List<Step> training = all.stream()
                            .filter(k -> k.later().fold() != held && known.of(k, step))
                            .toList();
                    trained.computeIfAbsent(training, t -> new ArrayList<>()).add(i);
                }
            }
            trained.forEach((training, places) -> {
                if (training.size() < 2) {
                    return;
                }
                Map<String, Baselines.Ahead> fitted =
                        Baselines.ahead(training.stream().map(Step::pair).toList(), facts);
                double factor = factor(training);
                for (int i : places) {
                    Pair pair = steps.get(i).pair();
                    fitted.forEach((name, baseline) ->
                            points.computeIfAbsent(name, n -> filled(steps.size()))[i] = baseline.of(pair));
                    points.computeIfAbsent(MODEL_CHANGE_SCALED, n -> filled(steps.size()))[i] =
                            steps.get(i).moved(factor);
                }
            });
        }
        points.forEach((name, point) -> scores.add(score(family, task, name, later, point)));
    }

    /** By how much the model's change is to be scaled, so that training figures add up; at most a thousandfold. */
    private static double factor(List<Step> training) {
        double later = training.stream().mapToDouble(s -> s.pair().later()).sum();
        return Scores.root(x -> training.stream().mapToDouble(s -> s.moved(x)).sum() - later);
    }

    private Score score(String family, String task, String predictor, List<Row> all, double[] points) {
        List<Integer> scored = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            if (!Double.isNaN(points[i])) {
                scored.add(i);
            }
        }
        double[] point = scored.stream().mapToDouble(i -> points[i]).toArray();
        List<Row> its = scored.stream().map(all::get).toList();
        double[] observed = its.stream().mapToDouble(r -> r.target().observed()).toArray();
        double[] dressed = dressed(its, point);
        boolean model = predictor.equals(MODEL) && !its.isEmpty();
        return new Score(
                family,
                task,
                predictor,
                its.size(),
                Scores.meanAbsoluteError(point, observed),
                rankWithinPeriods(its, point),
                insideBin(its, point),
                dressed[0],
                dressed[1],
                model
                        ? its.stream()
                                .mapToDouble(r -> r.covered() ? 1 : 0)
                                .average()
                                .orElse(Double.NaN)
                        : Double.NaN,
                model ? its.stream().mapToDouble(Row::crps).average().orElse(Double.NaN) : Double.NaN);
    }

    private static double rankWithinPeriods(List<Row> rows, double[] point) {
        double sum = 0;
        int counted = 0;
        for (String period : rows.stream().map(Scorecard::period).distinct().toList()) {
            List<Integer> of = new ArrayList<>();
            for (int i = 0; i < point.length; i++) {
                if (period(rows.get(i)).equals(period)) {
                    of.add(i);
                }
            }
            double rank = Scores.rankCorrelation(
                    of.stream().mapToDouble(i -> point[i]).toArray(),
                    of.stream()
                            .mapToDouble(i -> rows.get(i).target().observed())
                            .toArray());
            if (!Double.isNaN(rank)) {
                sum += of.size() * rank;
                counted += of.size();
            }
        }
        return counted > 0 ? sum / counted : Double.NaN;
    }

    private static double insideBin(List<Row> rows, double[] point) {
        int bins = 0;
        int inside = 0;
        for (int i = 0; i < point.length; i++) {
            Target t = rows.get(i).target();
            if (t.binned()) {
                bins++;
                inside += point[i] >= t.low() && point[i] <= t.high() ? 1 : 0;
            }
        }
        return bins > 0 ? (double) inside / bins : Double.NaN;
    }

    /** Coverage and CRPS of the point with the errors made in other folds, on the scale asin √share. */
    private double[] dressed(List<Row> rows, double[] point) {
        double covered = 0;
        double crps = 0;
        int counted = 0;
        boolean shares = rows.stream()
                .allMatch(r -> r.target().observed() >= 0 && r.target().observed() <= 1);
        for (int fold = 1; shares && fold <= folds.count(); fold++) {
            List<Double> errors = new ArrayList<>();
            for (int i = 0; i < point.length; i++) {
                if (rows.get(i).fold() > 0 && rows.get(i).fold() != fold) {
                    errors.add(stretched(rows.get(i).target().observed()) - stretched(point[i]));
                }
            }
            if (errors.size() < folds.count()) {
                continue;
            }
            for (int i = 0; i < point.length; i++) {
                if (rows.get(i).fold() == fold) {
                    double at = stretched(point[i]);
                    double[] sample =
                            errors.stream().mapToDouble(e -> squeezed(at + e)).toArray();
                    Target t = rows.get(i).target();
                    covered += covers(t, Scores.quantile(sample, LOW), Scores.quantile(sample, HIGH)) ? 1 : 0;
                    crps += Scores.crps(sample, t.observed());
                    counted++;
                }
            }
        }
        return counted > 0 ? new double[] {covered / counted, crps / counted} : new double[] {Double.NaN, Double.NaN};
    }

    /**
     * A share on the scale on which errors of shares have about the same size everywhere: asin √x.
     *
     * @param share share; what is outside [0, 1] counts as the nearest bound
     * @return angle in [0, π/2]
     */
    public static double stretched(double share) {
        return StrictMath.asin(StrictMath.sqrt(Math.max(0, Math.min(1, share))));
    }

    /**
     * The share at an angle: the inverse of {@link #stretched}.
     *
     * @param angle angle; what is outside [0, π/2] counts as the nearest bound
     * @return share in [0, 1]
     */
    public static double squeezed(double angle) {
        double sine = StrictMath.sin(Math.max(0, Math.min(Math.PI / 2, angle)));
        return sine * sine;
    }

    // Files -----------------------------------------------------------------------------------------------------------

    /**
     * The scorecard as CSV, targets without a figure of the model included.
     *
     * @return text, the same bytes everywhere
     */
    public String csv() {
        StringBuilder csv = new StringBuilder("target_id,entity,date,metric,observed,low,high,median,p05,p95,inside,"
                + "family,fold,error,covered,crps,input,confidence,reason\n");
        Map<String, String> lines = new LinkedHashMap<>();
        for (Row r : rows) {
            lines.put(
                    r.target().id(),
                    line(r.target())
                            + String.join(
                                    ",",
                                    "",
                                    text(r.median()),
                                    text(r.p05()),
                                    text(r.p95()),
                                    String.valueOf(r.inside()),
                                    r.family(),
                                    r.fold() == 0 ? "" : String.valueOf(r.fold()),
                                    text(r.error()),
                                    String.valueOf(r.covered()),
                                    text(r.crps()),
                                    String.valueOf(r.input()),
                                    r.target().confidence(),
                                    ""));
        }
        for (Prediction p : unmeasured) {
            lines.put(
                    p.target().id(),
                    line(p.target()) + ",,,,,,,,,,," + p.target().confidence() + "," + quoted(p.reason()));
        }
        lines.values().forEach(l -> csv.append(l).append('\n'));
        return csv.toString();
    }

    private static String line(Target t) {
        return String.join(
                ",",
                quoted(t.id()),
                quoted(t.entity()),
                quoted(t.date()),
                quoted(t.metric()),
                text(t.observed()),
                text(t.low()),
                text(t.high()));
    }

    /**
     * The scores as CSV.
     *
     * @return text, the same bytes everywhere
     */
    public String scoresCsv() {
        StringBuilder csv = new StringBuilder("family,task,predictor,targets,mean_absolute_error,rank_correlation,"
                + "inside_bin,coverage,crps,run_coverage,run_crps\n");
        for (Score s : scores) {
            csv.append(String.join(
                            ",",
                            s.family(),
                            s.task(),
                            quoted(s.predictor()),
                            String.valueOf(s.count()),
                            text(s.meanAbsoluteError()),
                            text(s.rankCorrelation()),
                            text(s.insideBin()),
                            text(s.coverage()),
                            text(s.crps()),
                            text(s.runCoverage()),
                            text(s.runCrps())))
                    .append('\n');
        }
        return csv.toString();
    }

    /** A number with a fixed number of decimals; empty for none. */
    static String text(double value) {
        return Double.isNaN(value)
                ? ""
                : new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
    }

    static String quoted(String text) {
        return text.matches("[^,\"\n\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The family's name as people read it. */
    public static String title(String family) {
        return family.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
