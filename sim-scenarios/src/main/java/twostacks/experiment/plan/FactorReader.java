package twostacks.experiment.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Distribution;
import twostacks.experiment.design.Factor;
import twostacks.experiment.design.Sobol;
import twostacks.experiment.plan.DesignSpec.Kind;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;

/** Reads the factors of an experiment and its design. */
final class FactorReader {
    /** Most points, rows or trajectories that a design is asked for. */
    static final int MOST_SIZE = 10_000_000;

    static final int MOST_LEVELS = 1000;
    static final int MOST_CANDIDATES = 10_000;
    private static final double LEAST_WIDTH = 1e-12;

    /** Distances of two coordinates that may be added up to choose Morris trajectories: a minute, about. */
    private static final double MOST_COMPARISONS = 3e10;

    /** Columns of a table of draws that are no parameters. */
    private static final List<String> BESIDES = List.of(
            "draw", "particle", "sample", "chain", "iteration", "generation", "distance", "loss", "weight", "point");

    private static final List<String> DISTRIBUTIONS = List.of("uniform", "log-uniform", "triangular", "normal");

    private final ParameterSpace space;
    private final BiFunction<Node, String, Source> tables;
    private final Problems problems;
    private final List<Factor> factors = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private DesignSpec design;

    FactorReader(ParameterSpace space, BiFunction<Node, String, Source> tables, Problems problems) {
        this.space = space;
        this.tables = tables;
        this.problems = problems;
    }

    List<Factor> factors() {
        return factors;
    }

    DesignSpec design() {
        return design;
    }

    /** Where each parameter that varies is named. */
    Map<String, Place> places() {
        return places;
    }

    // Factors ---------------------------------------------------------------------------------------------------------

    void read(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            Fields.of(node, "factors", problems);
            return;
        }
        for (Node.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            String path = "factors." + name;
            if (entry.value() instanceof Node.Mapping value && value.get("file") != null) {
                joint(entry.key(), value, path);
                continue;
            }
            ParameterSpace.Entry parameter = parameter(entry.key(), path);
            if (parameter == null) {
                continue;
            }
            Distribution distribution = distribution(parameter, entry.value(), path);
            if (distribution != null) {
                add(new Factor.Single(axis(parameter, distribution), distribution), entry.key());
            }
        }
    }

    private void add(Factor factor, Node.Scalar key) {
        for (Axis axis : factor.axes()) {
            if (places.putIfAbsent(axis.name(), key.place()) != null) {
                problems.add(
                        key.place(),
                        "factors." + key.text(),
                        "the parameter " + axis.name() + " varies twice",
                        "each parameter in one factor");
            }
        }
        factors.add(factor);
    }

    private ParameterSpace.Entry parameter(Node.Scalar key, String path) {
        ParameterSpace.Entry parameter = space.entries().get(key.text());
        if (parameter != null) {
            return parameter;
        }
        List<String> family = space.entries().values().stream()
                .filter(e -> e.family().equals(key.text()) && e.by() != Key.NONE)
                .map(ParameterSpace.Entry::name)
                .toList();
        if (family.isEmpty()) {
            problems.addUnknown(
                    key.place(),
                    path,
                    "no parameter is called '" + key.text() + "'",
                    key.text(),
                    "a parameter as 'params list' prints them, or a name with a file of draws",
                    space.entries().keySet());
        } else {
            problems.add(
                    key.place(),
                    path,
                    "'" + key.text() + "' has one value for each of several keys",
                    Problems.oneOf(family));
        }
        return null;
    }

    private static Axis axis(ParameterSpace.Entry parameter, Distribution distribution) {
        boolean whole = parameter.type() == ParameterSpace.Type.INTEGER;
        int decimals;
        if (whole) {
            decimals = 0;
        } else if (distribution instanceof Distribution.Values values) {
            decimals = values.values().stream().mapToInt(Axis::scale).max().orElse(0);
        } else {
            double finest = distribution instanceof Distribution.LogUniform
                    ? distribution.min()
                    : distribution.max() - distribution.min();
            decimals = Axis.decimals(distribution.min(), distribution.max(), finest);
        }
        return new Axis(
                parameter.name(),
                parameter.unit(),
                parameter.meaning(),
                distribution.min(),
                distribution.max(),
                whole,
                decimals);
    }

    private Distribution distribution(ParameterSpace.Entry parameter, Node node, String path) {
        boolean whole = parameter.type() == ParameterSpace.Type.INTEGER;
        if (Values.is(node, "plausible")) {
            return uniform(parameter.low(), parameter.high(), whole);
        }
        if (!(node instanceof Node.Mapping)) {
            problems.add(
                    node.place(),
                    path,
                    Values.describe(node, path),
                    "{min: …, max: …}, {values: […]}, {distribution: …, …}, {file: …} or 'plausible'");
            return null;
        }
        Fields fields = Fields.of(node, path, problems);
        if (fields.get("values") != null) {
            Set<Double> values = new LinkedHashSet<>();
            List<Node> items = Values.items(fields.get("values"), fields.path("values"), problems);
            for (Node item : items) {
                Double value = within(item, fields.path("values"), parameter);
                if (value != null && !values.add(value)) {
                    problems.add(item.place(), path, "the value " + Numbers.text(value) + " stands here again", "");
                }
            }
            fields.done();
            if (items.isEmpty()) {
                problems.add(node.place(), path, "values is empty", "at least one value");
            }
            return values.isEmpty() ? null : new Distribution.Values(List.copyOf(values));
        }
        String kind =
                Values.oneOf(fields.get("distribution"), fields.path("distribution"), "", DISTRIBUTIONS, problems);
        boolean normal = "normal".equals(kind);
        Double min = normal && fields.get("min") == null
                ? (Double) parameter.min()
                : within(fields.require("min"), fields.path("min"), parameter);
        Double max = normal && fields.get("max") == null
                ? (Double) parameter.max()
                : within(fields.require("max"), fields.path("max"), parameter);
        Double mode = "triangular".equals(kind) ? within(fields.require("mode"), fields.path("mode"), parameter) : null;
        Double mean = normal
                ? Values.number(
                        fields.require("mean"),
                        fields.path("mean"),
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        problems)
                : null;
        Double sd = normal
                ? Values.number(
                        fields.require("sd"), fields.path("sd"), LEAST_WIDTH, Double.POSITIVE_INFINITY, problems)
                : null;
        fields.done();
        if (min == null || max == null) {
            return null;
        }
        if (min >= max) {
            problems.add(
                    node.place(),
                    path,
                    "min is " + Numbers.text(min) + " and max " + Numbers.text(max),
                    "min below max; for a fixed value use overrides");
            return null;
        }
        if (kind == null || kind.equals("uniform")) {
            return uniform(min, max, whole);
        }
        return switch (kind) {
            case "log-uniform" -> {
                if (min <= 0) {
                    problems.add(node.place(), path, "min is " + Numbers.text(min), "more than 0 for a log-uniform");
                    yield null;
                }
                yield new Distribution.LogUniform(min, max);
            }
            case "triangular" -> {
                if (mode != null && (mode < min || mode > max)) {
                    problems.add(node.place(), path, "mode is " + Numbers.text(mode), "a mode between min and max");
                    yield null;
                }
                yield mode == null ? null : new Distribution.Triangular(min, mode, max);
            }
            default -> normal(node, path, mean, sd, min, max);
        };
    }

    private Distribution normal(Node node, String path, Double mean, Double sd, double min, double max) {
        if (mean == null || sd == null) {
            return null;
        }
        if (mean < min - 3 * sd || mean > max + 3 * sd) {
            problems.add(
                    node.place(),
                    path,
                    "the mean " + Numbers.text(mean) + " is more than three standard deviations from "
                            + Numbers.text(min) + " to " + Numbers.text(max),
                    "a mean in the range or near it");
            return null;
        }
        return new Distribution.Normal(mean, sd, min, max);
    }

    private static Distribution uniform(double min, double max, boolean whole) {
        return whole ? new Distribution.UniformWhole(min, max) : new Distribution.Uniform(min, max);
    }

    private Double within(Node node, String path, ParameterSpace.Entry parameter) {
        if (node == null) {
            return null;
        }
        boolean whole = parameter.type() == ParameterSpace.Type.INTEGER;
        java.math.BigDecimal exact = Values.decimal(node, path, parameter.min(), parameter.max(), whole, problems);
        return exact == null ? null : (Double) Values.value(exact);
    }

    private void joint(Node.Scalar key, Node.Mapping value, String path) {
        Fields fields = Fields.of(value, path, problems);
        Node file = fields.get("file");
        fields.done();
        if (space.entries().containsKey(key.text())) {
            problems.add(key.place(), path, "'" + key.text() + "' is a parameter", "another name for joint draws");
        }
        Values.matching(
                key,
                path,
                java.util.regex.Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}"),
                "letters, digits, dashes and underscores",
                problems);
        Draws draws = draws(tables.apply(file, path + ".file"));
        if (draws == null) {
            return;
        }
        double[] cumulated = new double[draws.rows.size()];
        double sum = 0;
        for (int i = 0; i < cumulated.length; i++) {
            sum += draws.weights.get(i);
            cumulated[i] = sum;
        }
        if (!(sum > 0)) {
            problems.add(file.place(), path, "the weights of the draws sum to 0", "weights above 0");
            return;
        }
        for (int i = 0; i < cumulated.length; i++) {
            cumulated[i] = i == cumulated.length - 1 ? 1 : cumulated[i] / sum;
        }
        add(new Factor.Joint(key.text(), draws.axes, draws.rows, cumulated), key);
    }

    // Tables of values ------------------------------------------------------------------------------------------------

    /** A table of values of parameters. */
    private record Draws(List<Axis> axes, List<double[]> rows, List<Double> weights) {}

    private Draws draws(Source source) {
        if (source == null) {
            return null;
        }
        int before = problems.count();
        List<String> known = Stream.concat(space.entries().keySet().stream(), BESIDES.stream())
                .toList();
        CsvReader.Table table = CsvReader.read(source, List.of(), known, problems);
        if (problems.count() > before) {
            return null;
        }
        List<ParameterSpace.Entry> parameters = table.columns().stream()
                .map(c -> space.entries().get(c.text()))
                .filter(e -> e != null)
                .toList();
        List<double[]> rows = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Node.Mapping row : table.rows()) {
            double[] values = new double[parameters.size()];
            for (int i = 0; i < values.length; i++) {
                ParameterSpace.Entry parameter = parameters.get(i);
                Node cell = row.get(parameter.name());
                if (cell == null) {
                    problems.add(row.place(), parameter.name(), parameter.name() + " is empty", "a value in each row");
                } else {
                    Double value = within(cell, parameter.name(), parameter);
                    values[i] = value == null ? 0 : value;
                }
            }
            rows.add(values);
            Double weight = Values.number(row.get("weight"), "weight", 0, Double.POSITIVE_INFINITY, problems);
            weights.add(weight == null ? (Double) 1.0 : weight);
        }
        if (parameters.isEmpty() || rows.isEmpty()) {
            problems.add(
                    source.whole(),
                    "",
                    parameters.isEmpty() ? "has no column that is a parameter" : "has no rows",
                    "a header with names of parameters, and a row for each point");
        }
        if (problems.count() > before) {
            return null;
        }
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            int at = i;
            double[] column = rows.stream().mapToDouble(r -> r[at]).toArray();
            axes.add(axis(parameters.get(i), column));
        }
        return new Draws(axes, rows, weights);
    }

    private static Axis axis(ParameterSpace.Entry parameter, double[] column) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        int scale = 0;
        for (double value : column) {
            min = Math.min(min, value);
            max = Math.max(max, value);
            scale = Math.max(scale, Axis.scale(value));
        }
        boolean whole = parameter.type() == ParameterSpace.Type.INTEGER;
        int decimals = whole ? 0 : Math.min(scale, Axis.decimals(min, max, 1e-12));
        return new Axis(parameter.name(), parameter.unit(), parameter.meaning(), min, max, whole, decimals);
    }

    // Design ----------------------------------------------------------------------------------------------------------

    void readDesign(Node node, long experimentSeed) {
        Fields fields = Fields.of(node, "design", problems);
        Set<String> kinds =
                Stream.of(Kind.values()).map(Kind::key).collect(Collectors.toCollection(LinkedHashSet::new));
        Node kindNode = node == null ? null : fields.require("kind");
        String key = Values.oneOf(kindNode, "design.kind", "", kinds, problems);
        Kind kind = Stream.of(Kind.values())
                .filter(k -> k.key().equals(key))
                .findFirst()
                .orElse(node == null && factors.isEmpty() ? Kind.SINGLE : null);
        if (kind == null) {
            if (node == null && problems.isEmpty()) {
                Place place = places.values().iterator().next();
                problems.add(
                        place.source().whole(), "design", "there are factors and no 'design'", Problems.oneOf(kinds));
            }
            return;
        }
        long seed = experimentSeed;
        if (fields.get("seed") != null && kind != Kind.GRID && kind != Kind.LIST && kind != Kind.SINGLE) {
            java.math.BigDecimal exact =
                    Values.decimal(fields.get("seed"), "design.seed", 0, ExperimentLoader.MOST_SEED, true, problems);
            seed = exact == null ? 0 : exact.longValueExact();
        }
        int size = 0;
        int levels = 0;
        int candidates = 0;
        String file = "";
        List<double[]> rows = List.of();
        switch (kind) {
            case SINGLE -> {}
            case GRID -> {
                boolean continuous = factors.stream()
                        .anyMatch(f ->
                                f instanceof Factor.Single s && !(s.distribution() instanceof Distribution.Values));
                if (continuous || fields.get("levels") != null) {
                    levels = whole(fields, "levels", 2, MOST_LEVELS, true, 0);
                }
            }
            case LATIN_HYPERCUBE, SOBOL, SALTELLI -> size = whole(fields, "size", 1, MOST_SIZE, true, 0);
            case MORRIS -> {
                size = whole(fields, "size", 1, MOST_SIZE, true, 0);
                levels = whole(fields, "levels", 2, MOST_LEVELS, false, 4);
                candidates = whole(fields, "candidates", 1, MOST_CANDIDATES, false, 0);
                if (levels % 2 != 0) {
                    problems.add(
                            fields.get("levels").place(), "design.levels", "levels is " + levels, "an even number");
                }
            }
            case LIST -> {
                Node named = fields.require("file");
                Draws draws = named == null ? null : draws(tables.apply(named, "design.file"));
                if (draws != null) {
                    file = ((Node.Scalar) named).text();
                    rows = list(draws, named);
                }
            }
        }
        fields.done();
        if (!problems.isEmpty()) {
            return;
        }
        DesignSpec spec = new DesignSpec(kind, size, levels, candidates, seed, file, rows);
        if (fits(spec, kindNode == null ? null : kindNode.place())) {
            design = spec;
        }
    }

    private int whole(Fields fields, String key, int min, int max, boolean required, int orElse) {
        Node node = required ? fields.require(key) : fields.get(key);
        Integer value = Values.whole(node, "design." + key, min, max, problems);
        return value == null ? Math.max(orElse, required ? min : orElse) : value;
    }

    /** The points of a list; its columns become the factors. */
    private List<double[]> list(Draws draws, Node named) {
        Map<String, Axis> declared = new LinkedHashMap<>();
        factors.forEach(f -> f.axes().forEach(a -> declared.put(a.name(), a)));
        List<String> columns = draws.axes.stream().map(Axis::name).toList();
        for (String name : declared.keySet()) {
            if (!columns.contains(name)) {
                problems.add(
                        places.get(name),
                        "factors." + name,
                        "the list of points has no column '" + name + "'",
                        "factors that are columns of " + ((Node.Scalar) named).text());
            }
        }
        List<Factor> listed = new ArrayList<>();
        for (Axis axis : draws.axes) {
            Axis range = declared.get(axis.name());
            if (range != null && (axis.min() < range.min() || axis.max() > range.max())) {
                problems.add(
                        places.get(axis.name()),
                        "factors." + axis.name(),
                        "the list of points has values from " + Numbers.text(axis.min()) + " to "
                                + Numbers.text(axis.max()),
                        "values within the factor's range");
            }
            Axis wide = range == null
                    ? axis
                    : new Axis(
                            axis.name(),
                            axis.unit(),
                            axis.meaning(),
                            range.min(),
                            range.max(),
                            axis.whole(),
                            axis.decimals());
            places.putIfAbsent(axis.name(), named.place());
            listed.add(new Factor.Single(wide, new Distribution.Uniform(wide.min(), wide.max())));
        }
        factors.clear();
        factors.addAll(listed);
        return draws.rows;
    }

    private boolean fits(DesignSpec spec, Place place) {
        String kind = spec.kind().key();
        if (spec.kind() == Kind.SINGLE ? !factors.isEmpty() : factors.isEmpty()) {
            problems.add(
                    place,
                    "design.kind",
                    factors.isEmpty() ? "there are no factors" : "there are factors",
                    factors.isEmpty() ? "factors for a design of kind " + kind : "another kind of design");
            return false;
        }
        boolean joint = factors.stream().anyMatch(f -> f instanceof Factor.Joint);
        if (joint && (spec.kind() == Kind.GRID || spec.kind() == Kind.MORRIS)) {
            problems.add(
                    place,
                    "design.kind",
                    "joint draws have no levels, which a design of kind " + kind + " needs",
                    "one of latin-hypercube, sobol, saltelli");
            return false;
        }
        int dimensions = spec.kind() == Kind.SALTELLI ? 2 * factors.size() : factors.size();
        if ((spec.kind() == Kind.SALTELLI || spec.kind() == Kind.SOBOL) && dimensions > Sobol.MOST_FACTORS) {
            problems.add(
                    place, "design.kind", "there are " + factors.size() + " factors", "fewer for Sobol's sequence");
            return false;
        }
        if (spec.kind() == Kind.MORRIS && spec.candidates() > spec.size()) {
            double f = factors.size();
            double comparisons = (double) spec.candidates() * spec.size() * (f + 1) * (f + 1) * f;
            if (comparisons > MOST_COMPARISONS) {
                problems.add(
                        place,
                        "design.candidates",
                        "to choose " + spec.size() + " of " + spec.candidates() + " candidates would take hours",
                        "fewer candidates");
                return false;
            }
        }
        try {
            int points = spec.kind() == Kind.LATIN_HYPERCUBE
                    ? spec.size()
                    : spec.build(factors).points();
            if (points > MOST_SIZE) {
                problems.add(place, "design", "the design has " + points + " points", "at most " + MOST_SIZE);
                return false;
            }
        } catch (ArithmeticException e) {
            problems.add(place, "design", "the design has more points than can be counted", "fewer levels or factors");
            return false;
        }
        return true;
    }
}
