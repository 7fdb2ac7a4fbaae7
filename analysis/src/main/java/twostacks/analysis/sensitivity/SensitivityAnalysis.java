package twostacks.analysis.sensitivity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.Sweep;
import twostacks.analysis.results.Sweep.Factor;
import twostacks.analysis.results.Sweep.Setting;

/** Indices of sensitivity of a sweep's outcomes, for each scenario and lever by itself. */
public final class SensitivityAnalysis {
    /** Name of the table of indices. */
    public static final String TABLE = "sensitivity";

    private static final int LEAST_POINTS = 20;

    /** How indices are worked out. */
    public enum Method {
        /** Sobol' indices; needs a saltelli design. */
        SOBOL,
        /** Elementary effects; needs a morris design. */
        MORRIS,
        /** Binned first-order indices and PAWN; any design. */
        GIVEN
    }

    /**
     * How to analyse.
     *
     * @param resamples bootstrap resamples
     * @param confidence level of intervals, in (0, 1)
     * @param seed seed of resampling
     */
    public record Options(int resamples, double confidence, long seed) {}

    /**
     * What was found for an outcome in a setting.
     *
     * @param setting scenario and lever
     * @param outcome outcome
     * @param method how
     * @param indices indices
     * @param sample number of rows, trajectories or points used
     * @param masked number of them left out because runs are missing
     * @param ranks ranks as the sample grows; empty unless Sobol'
     * @param mean mean of the outcome over the points used
     * @param spread its standard deviation over the points used
     */
    public record Finding(
            Setting setting,
            String outcome,
            Method method,
            List<Index> indices,
            int sample,
            int masked,
            List<SobolIndices.Rank> ranks,
            double mean,
            double spread) {}

    private final Sweep sweep;
    private final Options options;

    /**
     * Prepares an analysis.
     *
     * @param sweep sweep
     * @param options how
     */
    public SensitivityAnalysis(Sweep sweep, Options options) {
        this.sweep = sweep;
        this.options = options;
    }

    /**
     * The method that a sweep's design is made for.
     *
     * @return Sobol' for saltelli, elementary effects for morris, given data for all others
     */
    public Method natural() {
        return switch (sweep.design()) {
            case "saltelli" -> Method.SOBOL;
            case "morris" -> Method.MORRIS;
            default -> Method.GIVEN;
        };
    }

    /**
     * Refuses a method that the design does not serve.
     *
     * @param method method
     * @throws ResultException naming the design there is and the one needed
     */
    public void check(Method method) {
        String needed = method == Method.SOBOL ? "saltelli" : method == Method.MORRIS ? "morris" : sweep.design();
        if (!needed.equals(sweep.design())) {
            throw new ResultException((method == Method.SOBOL ? "Sobol' indices need" : "elementary effects need")
                    + " a design of kind " + needed + ", and " + sweep.results().directory() + " has one of kind "
                    + sweep.design() + "; write 'design: {kind: " + needed
                    + ", …}' into the experiment, or take --method given, which takes any design");
        }
        if (sweep.factors().isEmpty()) {
            throw new ResultException(sweep.results().directory() + " has no factors that anything could hang on");
        }
    }

    /**
     * Analyses an outcome in a setting.
     *
     * @param setting scenario and lever
     * @param outcome outcome
     * @param method how
     * @return what was found
     * @throws ResultException if the design does not serve the method, or is not as its kind has it
     */
    public Finding analyse(Setting setting, String outcome, Method method) {
        check(method);
        double[] y = sweep.outcome(setting, outcome);
        return switch (method) {
            case SOBOL -> sobol(setting, outcome, y);
            case MORRIS -> morris(setting, outcome, y);
            case GIVEN -> given(setting, outcome, y);
        };
    }

    private double[] replicates(double[] y, int point) {
        int r = sweep.replicates();
        return Arrays.copyOfRange(y, point * r, (point + 1) * r);
    }

    private Finding sobol(Setting setting, String outcome, double[] y) {
        List<String> names = sweep.coordinates();
        Map<String, Integer> places = new LinkedHashMap<>();
        places.put("A", 0);
        places.put("B", 1);
        names.forEach(name -> places.put("AB:" + name, places.size()));
        TreeMap<Integer, double[][]> rows = new TreeMap<>();
        for (int point = 0; point < sweep.points(); point++) {
            Integer place = places.get(sweep.part(point));
            if (place == null) {
                throw new ResultException(sweep.results().directory() + ": point " + point + " is of part '"
                        + sweep.part(point) + "', which a saltelli design does not have");
            }
            double[][] row = rows.computeIfAbsent(sweep.row(point), r -> new double[places.size()][]);
            row[place] = replicates(y, point);
        }
        double[] none = new double[sweep.replicates()];
        Arrays.fill(none, Double.NaN);
        for (double[][] row : rows.values()) {
            for (int i = 0; i < row.length; i++) {
                row[i] = row[i] == null ? none : row[i];
            }
        }
        SobolIndices.Result result = SobolIndices.of(names, rows.values().toArray(double[][][]::new))
                .compute(options.resamples(), options.confidence(), options.seed());
        return finding(
                setting, outcome, Method.SOBOL, result.indices(), result.rows(), result.masked(), result.ranks(), y);
    }

    private Finding morris(Setting setting, String outcome, double[] y) {
        Map<String, TreeMap<Integer, Integer>> trajectories = new LinkedHashMap<>();
        for (int point = 0; point < sweep.points(); point++) {
            trajectories
                    .computeIfAbsent(sweep.part(point), p -> new TreeMap<>())
                    .put(sweep.row(point), point);
        }
        int k = sweep.coordinates().size();
        double[][] units = new double[k][];
        for (int i = 0; i < k; i++) {
            units[i] = sweep.units(i);
        }
        double[][][] x = new double[trajectories.size()][][];
        double[][][] values = new double[trajectories.size()][][];
        int t = 0;
        for (TreeMap<Integer, Integer> trajectory : trajectories.values()) {
            x[t] = new double[trajectory.size()][k];
            values[t] = new double[trajectory.size()][];
            int s = 0;
            for (int point : trajectory.values()) {
                for (int i = 0; i < k; i++) {
                    x[t][s][i] = units[i][point];
                }
                values[t][s++] = replicates(y, point);
            }
            t++;
        }
        MorrisEffects.Result result;
        try {
            result = MorrisEffects.compute(
                    sweep.coordinates(), x, values, options.resamples(), options.confidence(), options.seed());
        } catch (IllegalArgumentException e) {
            throw new ResultException(sweep.results().directory() + ": " + e.getMessage());
        }
        return finding(
                setting,
                outcome,
                Method.MORRIS,
                result.indices(),
                result.trajectories(),
                result.masked(),
                List.of(),
                y);
    }

    private Finding given(Setting setting, String outcome, double[] y) {
        List<String> names = sweep.factors().stream().map(Factor::name).toList();
        int k = names.size();
        boolean saltelli = sweep.design().equals("saltelli");
        int[] points = java.util.stream.IntStream.range(0, sweep.points())
                .filter(p -> !saltelli || !sweep.part(p).startsWith("AB:"))
                .toArray();
        double[][] x = new double[k][];
        for (int i = 0; i < k; i++) {
            // The order of joint draws means nothing: the parameters' own values tell.
            int coordinate = sweep.coordinates().indexOf(names.get(i));
            double[] column = coordinate < 0 ? sweep.values(i) : sweep.units(coordinate);
            x[i] = Arrays.stream(points).mapToDouble(p -> column[p]).toArray();
        }
        double[] means = Arrays.stream(points)
                .mapToDouble(p -> Arrays.stream(replicates(y, p)).average().orElse(Double.NaN))
                .toArray();
        int missing = (int) Arrays.stream(means).filter(Double::isNaN).count();
        if (means.length - missing < LEAST_POINTS) {
            throw new ResultException(sweep.results().directory() + " has " + (means.length - missing)
                    + " points with all their runs; indices need at least " + LEAST_POINTS);
        }
        List<Index> indices =
                GivenData.compute(names, x, means, options.resamples(), options.confidence(), options.seed());
        return finding(setting, outcome, Method.GIVEN, indices, means.length - missing, missing, List.of(), y);
    }

    private Finding finding(
            Setting setting,
            String outcome,
            Method method,
            List<Index> indices,
            int sample,
            int masked,
            List<SobolIndices.Rank> ranks,
            double[] y) {
        double[] there = Arrays.stream(y).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(there).average().orElse(Double.NaN);
        double squares = Arrays.stream(there).map(v -> (v - mean) * (v - mean)).sum();
        return new Finding(
                setting,
                outcome,
                method,
                indices,
                sample,
                masked,
                ranks,
                mean,
                there.length > 1 ? Math.sqrt(squares / (there.length - 1)) : Double.NaN);
    }

    /**
     * Writes findings as a table with the data package that describes it.
     *
     * @param directory where
     * @param findings findings
     * @throws IOException if it cannot be written
     */
    public void write(Path directory, List<Finding> findings) throws IOException {
        String level = Math.round(options.confidence() * 100) + " % bootstrap interval";
        try (PackageWriter writer = new PackageWriter(directory)) {
            PackageWriter.Table table = writer.table(
                    TABLE,
                    "indices of sensitivity of each outcome to each factor",
                    List.of("scenario", "lever", "outcome", "method", "factor", "measure"),
                    List.of(
                            Column.text("scenario", "name of the scenario"),
                            Column.text("lever", "lever; none without levers"),
                            Column.text("outcome", "outcome, a column of the sweep's runs.csv"),
                            Column.text("method", "sobol, morris, binned or pawn"),
                            Column.text("factor", "parameter; (seed) for luck, (dummy) for random numbers"),
                            Column.text(
                                    "measure",
                                    "sobol: first, total (of the variance of the expectation), share (of luck, in the"
                                            + " variance of a run); morris: mu_star, mu, sigma, noise (in the"
                                            + " outcome's unit for the whole range of the factor); binned: first;"
                                            + " pawn: median"),
                            Column.number("value", 6, "", "estimate; empty if it cannot be told"),
                            Column.number("low", 6, "", level + ", lower end"),
                            Column.number("high", 6, "", "its upper end"),
                            Column.integer("sample", "rows of the design, trajectories or points used"),
                            Column.integer(
                                    "masked", "rows, elementary effects or points left out because runs are missing")));
            for (Finding f : findings) {
                for (Index index : f.indices()) {
                    table.add(f.setting().scenario())
                            .add(f.setting().lever())
                            .add(f.outcome())
                            .add(index.method())
                            .add(index.factor())
                            .add(index.measure())
                            .add(index.value())
                            .add(index.low())
                            .add(index.high())
                            .add(f.sample())
                            .add(f.masked())
                            .endRow();
                }
            }
            ObjectNode block = PackageWriter.object();
            block.put("schemaVersion", 1);
            block.put("kind", "sensitivity");
            block.set("sweep", sweep.results().block().path("planHash"));
            block.set("experiment", sweep.results().block().path("experiment"));
            block.set("design", sweep.results().block().path("design"));
            block.put("replicates", sweep.replicates());
            block.put("confidence", java.math.BigDecimal.valueOf(options.confidence()));
            block.put("resamples", options.resamples());
            block.put("resamplingSeed", options.seed());
            writer.publish(
                    "twostacks: sensitivity of "
                            + sweep.results().block().path("experiment").asText(),
                    block);
        }
    }

    /**
     * Indices of one method and measure, greatest first.
     *
     * @param finding finding
     * @param method method of the indices
     * @param measure measure
     * @return indices; those that cannot be told last
     */
    public static List<Index> sorted(Finding finding, String method, String measure) {
        List<Index> sorted = new ArrayList<>(finding.indices().stream()
                .filter(i -> i.method().equals(method) && i.measure().equals(measure))
                .toList());
        sorted.sort(java.util.Comparator.comparingDouble(
                i -> Double.isNaN(i.value()) ? Double.POSITIVE_INFINITY : -i.value()));
        return sorted;
    }
}
