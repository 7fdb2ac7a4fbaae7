package twostacks.analysis.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A finished sweep in memory: its design, and the outcomes of all runs as columns of numbers.
 *
 * <p>Points are counted from 0 as the design has them. A run that failed or is missing has no outcomes: NaN.
 */
public final class Sweep {
    private static final String POINT = "point";
    private static final String DONE = "done";
    private static final String UNIT = "u_";

    /**
     * A factor of the experiment.
     *
     * @param name name of the parameter
     * @param distribution distribution
     * @param min least value; NaN if the sweep does not say
     * @param max greatest value; NaN if the sweep does not say
     * @param unit unit
     * @param meaning meaning
     */
    public record Factor(String name, String distribution, double min, double max, String unit, String meaning) {}

    /**
     * Runs that differ in the design's point and in luck only.
     *
     * @param scenario scenario
     * @param lever lever; none without levers
     */
    public record Setting(String scenario, String lever) {
        @Override
        public String toString() {
            return lever.equals("none") ? scenario : scenario + ", " + lever;
        }
    }

    private final ResultPackage results;
    private final List<Factor> factors = new ArrayList<>();
    private final List<String> coordinates = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Map<String, Integer> outcomePlaces = new HashMap<>();
    private final List<Setting> settings = new ArrayList<>();
    private final int replicates;
    private final String[] parts;
    private final int[] rows;
    private final double[][] values; // by factor and point
    private final double[][] units; // by coordinate and point
    private final Map<Setting, double[][]> runs = new LinkedHashMap<>(); // by outcome; then point and replicate
    private long failed;

    private Sweep(ResultPackage results) {
        this.results = results;
        JsonNode block = results.block();
        for (JsonNode f : block.path("factors")) {
            factors.add(new Factor(
                    f.path("name").asText(),
                    f.path("distribution").asText("uniform"),
                    number(f.path("min")),
                    number(f.path("max")),
                    f.path("unit").asText(),
                    f.path("meaning").asText()));
            String coordinate =
                    f.path("coordinate").asText(UNIT + f.path("name").asText());
            if (!coordinates.contains(coordinate)) {
                coordinates.add(coordinate);
            }
        }
        ResultTable design = results.table("design");
        List<String> columns = new ArrayList<>(List.of(POINT, "part", "row"));
        factors.forEach(f -> columns.add(f.name()));
        columns.addAll(coordinates);
        coordinates.replaceAll(c -> c.substring(UNIT.length()));
        int k = factors.size();
        int dimensions = coordinates.size();
        List<String> part = new ArrayList<>();
        List<double[]> numbers = new ArrayList<>();
        try (RowReader reader = design.read(columns, true)) {
            while (reader.next()) {
                if ((int) reader.number(0) != part.size()) {
                    throw new ResultException(design.file() + ": points are not counted from 0 in order");
                }
                part.add(design.field("part").numeric() ? "" : reader.text(1));
                double[] row = new double[1 + k + dimensions];
                row[0] = reader.number(2);
                for (int i = 0; i < k + dimensions; i++) {
                    row[1 + i] = reader.number(3 + i);
                }
                numbers.add(row);
            }
        }
        int points = part.size();
        parts = part.toArray(String[]::new);
        rows = new int[points];
        values = new double[k][points];
        units = new double[dimensions][points];
        for (int p = 0; p < points; p++) {
            rows[p] = (int) numbers.get(p)[0];
            for (int i = 0; i < k; i++) {
                values[i][p] = numbers.get(p)[1 + i];
            }
            for (int i = 0; i < dimensions; i++) {
                units[i][p] = numbers.get(p)[1 + k + i];
            }
        }
        Set<String> known = new HashSet<>(Set.of("run_id", "scenario", POINT, "lever", "replicate", "seed", "status"));
        factors.forEach(f -> known.add(f.name()));
        ResultTable table = results.table("runs");
        for (ResultTable.Field field : table.fields()) {
            if (!known.contains(field.name()) && field.numeric()) {
                outcomePlaces.put(field.name(), outcomes.size());
                outcomes.add(field.name());
            }
        }
        replicates = block.path("replicates").asInt(1);
        readRuns(table);
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }

    private void readRuns(ResultTable table) {
        List<String> columns = new ArrayList<>(List.of("scenario", "lever", POINT, "replicate", "status"));
        columns.addAll(outcomes);
        try (RowReader reader = table.read(columns, true)) {
            while (reader.next()) {
                Setting setting = new Setting(reader.text(0), reader.text(1).isEmpty() ? "none" : reader.text(1));
                double[][] of = runs.computeIfAbsent(setting, s -> {
                    settings.add(s);
                    double[][] empty = new double[outcomes.size()][points() * replicates];
                    for (double[] column : empty) {
                        Arrays.fill(column, Double.NaN);
                    }
                    return empty;
                });
                int point = (int) reader.number(2);
                int replicate = (int) reader.number(3);
                if (point < 0 || point >= points() || replicate < 1 || replicate > replicates) {
                    throw new ResultException(
                            table.file() + ": point " + point + ", replicate " + replicate + " is not in the design");
                }
                if (!reader.text(4).equals(DONE)) {
                    failed++;
                    continue;
                }
                for (int o = 0; o < outcomes.size(); o++) {
                    of[o][point * replicates + replicate - 1] = reader.number(5 + o);
                }
            }
        }
    }

    /**
     * Reads a sweep.
     *
     * @param directory its directory
     * @return the sweep
     * @throws ResultException if it is none, or not whole
     */
    public static Sweep read(Path directory) {
        ResultPackage results = ResultPackage.open(directory);
        results.require("sweep", "'twostacks sweep EXPERIMENT' makes one");
        return new Sweep(results);
    }

    /**
     * The package that it was read from.
     *
     * @return package
     */
    public ResultPackage results() {
        return results;
    }

    /**
     * Kind of the design.
     *
     * @return grid, latin-hypercube, sobol, saltelli, morris or list
     */
    public String design() {
        return results.block().path("design").path("kind").asText();
    }

    /**
     * Factors, in the order of the design.
     *
     * @return factors
     */
    public List<Factor> factors() {
        return List.copyOf(factors);
    }

    /**
     * Outcomes.
     *
     * @return names
     */
    public List<String> outcomes() {
        return List.copyOf(outcomes);
    }

    /**
     * Scenarios and levers that were run.
     *
     * @return settings in the order of the runs
     */
    public List<Setting> settings() {
        return List.copyOf(settings);
    }

    /**
     * Number of points of the design.
     *
     * @return number of points
     */
    public int points() {
        return parts.length;
    }

    /**
     * Number of replicates at each point.
     *
     * @return number of replicates
     */
    public int replicates() {
        return replicates;
    }

    /**
     * Number of runs that failed.
     *
     * @return number of runs
     */
    public long failed() {
        return failed;
    }

    /**
     * The part of the design that a point belongs to.
     *
     * @param point point
     * @return A, B, AB:factor, T0, P, …
     */
    public String part(int point) {
        return parts[point];
    }

    /**
     * Its row within the part.
     *
     * @param point point
     * @return row from 0
     */
    public int row(int point) {
        return rows[point];
    }

    /**
     * Values of a factor.
     *
     * @param factor its place
     * @return a value for each point, in the parameter's unit
     */
    public double[] values(int factor) {
        return values[factor].clone();
    }

    /**
     * The coordinates that the design chooses: one for each factor, and one for all parameters of joint draws.
     *
     * @return names, in the order of the design
     */
    public List<String> coordinates() {
        return List.copyOf(coordinates);
    }

    /**
     * Values of a coordinate.
     *
     * @param coordinate its place
     * @return a value in [0, 1] for each point
     */
    public double[] units(int coordinate) {
        return units[coordinate].clone();
    }

    /**
     * An outcome of all runs of a setting.
     *
     * @param setting setting
     * @param outcome name
     * @return values by point and replicate: that of replicate r (from 0) of a point at {@code point × replicates + r}
     * @throws ResultException if there is no such outcome
     */
    public double[] outcome(Setting setting, String outcome) {
        Integer place = outcomePlaces.get(outcome);
        if (place == null) {
            throw ResultException.unknown(
                    results.directory() + " keeps no outcome '" + outcome + "'", outcome, outcomes);
        }
        return runs.get(setting)[place].clone();
    }
}
