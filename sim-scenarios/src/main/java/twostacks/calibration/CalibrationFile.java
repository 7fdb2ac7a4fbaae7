package twostacks.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import twostacks.facts.BundledFacts;
import twostacks.facts.TargetTable;
import twostacks.input.Fields;
import twostacks.input.InputException;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.TreeReader;
import twostacks.input.Values;
import twostacks.parameters.ParameterSpace.Entry;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/**
 * A calibration: which parameters are fitted to which observations, and how.
 *
 * @param source what it was read from
 * @param name name
 * @param scenario scenario that is run
 * @param targets table of observations
 * @param families weight of each family of observations
 * @param growth weight of the growth of a family from one period to the next, for families whose growth counts
 * @param until last month that a fit may know of, counted from the year 0: observations of periods that end later are
 *     scored and not fitted
 * @param parameters parameters to fit, each with the range of its prior
 * @param replicates runs for an evaluation of the point fits, which all meet the same luck
 * @param scoreReplicates runs that the scorecard of each fold rests on
 * @param folds folds of nations; each is held out once
 * @param foldSeed seed by which nations are dealt into folds
 * @param seed seed of everything
 * @param design draws from the prior to begin with
 * @param evaluations evaluations of each point fit after that
 * @param ensemble how many of each point fit's nearest points stand for it where it is scored
 * @param particles particles of the posterior
 * @param generations most generations of the posterior; 0 for none
 * @param quantile quantile of distances that becomes the next tolerance
 * @param patience most simulations of a generation, as a multiple of the particles
 */
public record CalibrationFile(
        Source source,
        String name,
        Scenario scenario,
        TargetTable targets,
        Map<String, Double> families,
        Map<String, Double> growth,
        int until,
        List<Range> parameters,
        int replicates,
        int scoreReplicates,
        int folds,
        int foldSeed,
        long seed,
        int design,
        int evaluations,
        int ensemble,
        int particles,
        int generations,
        double quantile,
        int patience) {

    /**
     * A parameter to fit.
     *
     * @param entry the parameter
     * @param low lower end of the prior
     * @param high upper end of the prior
     */
    public record Range(Entry entry, double low, double high) {}

    static final double LEAST_QUANTILE = 0.01;
    static final double MOST_QUANTILE = 0.99;
    /** The greatest weight of a family. */
    static final double MOST_WEIGHT = 1e6;
    /** Keys that neither scenarios nor experiments have. */
    private static final Set<String> OWN =
            Set.of("targets", "point", "posterior", "folds", "foldSeed", "scoreReplicates");

    /** Copies. */
    public CalibrationFile {
        parameters = List.copyOf(parameters);
    }

    /**
     * Whether a file is a calibration rather than a scenario or an experiment.
     *
     * @param file a file
     * @return true if it has a key that only calibrations have
     */
    public static boolean isCalibration(Path file) {
        return TreeReader.hasKey(file, OWN);
    }

    /**
     * Reads a file.
     *
     * @param file file
     * @param knownFamilies families that observations can have
     * @return the calibration
     * @throws InputException with everything that is wrong
     */
    public static CalibrationFile read(Path file, Set<String> knownFamilies) {
        Problems problems = new Problems();
        Source source = Source.file(file.toString(), file, problems);
        Node node = source == null ? null : TreeReader.read(source, problems);
        problems.throwIfAny();
        if (!(node instanceof Node.Mapping root)) {
            problems.add(source.whole(), "", "is no calibration", "keys and values, 'parameters' among them");
            throw new InputException(problems.all());
        }
        return new Reader(source, root, problems).read(knownFamilies);
    }

    /** Reads one file. */
    private static final class Reader {
        private final Source source;
        private final Node.Mapping root;
        private final Problems problems;

        Reader(Source source, Node.Mapping root, Problems problems) {
            this.source = source;
            this.root = root;
            this.problems = problems;
        }

        CalibrationFile read(Set<String> knownFamilies) {
            Fields fields = Fields.of(root, "", problems);
            String name = Values.matching(
                    fields.require("name"),
                    "name",
                    ScenarioLoader.NAME,
                    "at most 64 letters, digits, points, dashes and underscores",
                    problems);
            fields.text("description", "");
            List<Problem> elsewhere = new ArrayList<>();
            Scenario scenario = scenario(fields.get("scenario"), overlays(fields.get("overrides")), elsewhere);
            Fields targets = Fields.of(fields.require("targets"), "targets", problems);
            TargetTable table = table(targets.get("file"));
            Map<String, Double> families = families(targets.require("families"), "targets.families", knownFamilies);
            Map<String, Double> growth = families(targets.get("growth"), "targets.growth", knownFamilies);
            int until = targets.month("until", Integer.MAX_VALUE);
            targets.done();
            List<Range> parameters = scenario == null
                    ? List.of()
                    : parameters(
                            fields.require("parameters"),
                            scenario.spec().space().entries());
            if (scenario == null) {
                fields.get("parameters");
            }
            int replicates = CalibrationNumber.REPLICATES.of(fields);
            int scoreReplicates = CalibrationNumber.SCORE_REPLICATES.of(fields);
            int folds = CalibrationNumber.FOLDS.of(fields);
            int foldSeed = CalibrationNumber.FOLD_SEED.of(fields);
            int seed = CalibrationNumber.SEED.of(fields);
            Fields point = Fields.of(fields.get("point"), "point", problems);
            int design = CalibrationNumber.DESIGN.of(point);
            int evaluations = CalibrationNumber.EVALUATIONS.of(point);
            int ensemble = CalibrationNumber.ENSEMBLE.of(point);
            point.done();
            Fields posterior = Fields.of(fields.get("posterior"), "posterior", problems);
            int particles = CalibrationNumber.PARTICLES.of(posterior);
            int generations = CalibrationNumber.GENERATIONS.of(posterior);
            double quantile = posterior.number("quantile", LEAST_QUANTILE, MOST_QUANTILE, 0.5);
            int patience = CalibrationNumber.PATIENCE.of(posterior);
            posterior.done();
            if (generations > 0 && design < particles) {
                problems.add(
                        root.place(),
                        "point.design",
                        "the posterior's " + particles + " particles are the nearest draws of the design, which has "
                                + design,
                        "a design of at least " + particles);
            }
            fields.done();
            List<Problem> all = new ArrayList<>(problems.all());
            elsewhere.stream().filter(p -> !all.contains(p)).forEach(all::add);
            if (!all.isEmpty()) {
                throw new InputException(all);
            }
            return new CalibrationFile(
                    source,
                    name,
                    scenario,
                    table,
                    families,
                    growth,
                    until,
                    parameters,
                    replicates,
                    scoreReplicates,
                    folds,
                    foldSeed,
                    seed,
                    design,
                    evaluations,
                    ensemble,
                    particles,
                    generations,
                    quantile,
                    patience);
        }

        private List<Node.Mapping> overlays(Node node) {
            List<Node.Mapping> overlays = new ArrayList<>();
            if (node instanceof Node.Mapping mapping) {
                mapping.entries().forEach(e -> overlays.add(ScenarioLoader.setting(e.key(), e.value())));
            } else if (!Values.isNothing(node)) {
                problems.add(node.place(), "overrides", Values.describe(node, "overrides"), "keys and values");
            }
            return overlays;
        }

        private Scenario scenario(Node node, List<Node.Mapping> overlays, List<Problem> elsewhere) {
            try {
                Scenario scenario = node == null
                        ? ScenarioLoader.load("baseline", overlays)
                        : ScenarioLoader.load(node, "scenario", overlays);
                int observed = scenario.spec().dataEnd() - scenario.spec().startMonth();
                return observed > 0 && observed < scenario.spec().months() ? scenario.withMonths(observed) : scenario;
            } catch (InputException e) {
                elsewhere.addAll(e.problems());
                return null;
            }
        }

        private TargetTable table(Node node) {
            if (node == null || Values.is(node, "bundled")) {
                return TargetTable.read(BundledFacts.source("validation"), problems);
            }
            Source read = Source.beside(node, "targets.file", problems);
            return read == null ? null : TargetTable.read(read, problems);
        }

        private Map<String, Double> families(Node node, String path, Set<String> known) {
            Map<String, Double> families = new LinkedHashMap<>();
            if (!(node instanceof Node.Mapping mapping)) {
                if (node != null) {
                    problems.add(
                            node.place(),
                            path,
                            Values.describe(node, path.substring(path.indexOf('.') + 1)),
                            "a weight for each family, such as {ai_users: 1, deepseek: 1}");
                }
                return families;
            }
            for (Node.Entry entry : mapping.entries()) {
                String family = entry.key().text();
                if (!known.contains(family)) {
                    problems.addUnknown(
                            entry.key().place(),
                            path + "." + family,
                            "no targets belong to the family '" + family + "'",
                            family,
                            "a family of targets",
                            new TreeSet<>(known));
                    continue;
                }
                Double weight = Values.number(entry.value(), path + "." + family, 0, MOST_WEIGHT, problems);
                if (weight != null && weight > 0) {
                    families.put(family, weight);
                }
            }
            return families;
        }

        private List<Range> parameters(Node node, Map<String, Entry> known) {
            List<Range> ranges = new ArrayList<>();
            if (!(node instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
                if (node != null) {
                    problems.add(
                            node.place(),
                            "parameters",
                            Values.describe(node, "parameters"),
                            "at least one parameter, each with {} or {min: …, max: …}");
                }
                return ranges;
            }
            for (Node.Entry e : mapping.entries()) {
                String name = e.key().text();
                Entry entry = known.get(name);
                if (entry == null) {
                    problems.addUnknown(
                            e.key().place(),
                            "parameters." + name,
                            "no parameter is called '" + name + "'",
                            name,
                            "a name that 'params list' prints",
                            known.keySet());
                    continue;
                }
                Fields fields = Fields.of(e.value(), "parameters." + name, problems);
                double low = fields.number("min", entry.min(), entry.max(), entry.low());
                double high = fields.number("max", entry.min(), entry.max(), entry.high());
                fields.done();
                if (low >= high) {
                    problems.add(
                            e.key().place(),
                            "parameters." + name,
                            "the range of '" + name + "' is from " + Numbers.text(low) + " to " + Numbers.text(high),
                            "min below max");
                } else if (entry.type() == twostacks.parameters.ParameterSpace.Type.INTEGER) {
                    problems.add(
                            e.key().place(),
                            "parameters." + name,
                            "'" + name + "' takes whole numbers only",
                            "a parameter that takes any number");
                } else {
                    ranges.add(new Range(entry, low, high));
                }
            }
            return ranges;
        }
    }
}
