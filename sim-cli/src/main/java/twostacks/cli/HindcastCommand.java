package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.hindcast.Covariates;
import twostacks.analysis.hindcast.Folds;
import twostacks.analysis.hindcast.Operator;
import twostacks.analysis.hindcast.Operators;
import twostacks.analysis.hindcast.ScorePackage;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Scorecard.Prediction;
import twostacks.analysis.hindcast.Scorecard.Row;
import twostacks.analysis.hindcast.Scorecard.Score;
import twostacks.analysis.hindcast.Target;
import twostacks.analysis.report.Report;
import twostacks.analysis.report.UnusableResultsException;
import twostacks.analysis.results.ResultPackage;
import twostacks.experiment.Progress;
import twostacks.experiment.shard.Estimate;
import twostacks.facts.TargetTable;
import twostacks.input.InputException;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.output.Json;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/** {@code twostacks hindcast}: the model against what was observed. */
@Command(
        name = "hindcast",
        description = "Run the observed past and hold it against what was observed, beside naive baselines.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Baselines are fitted on the other folds' nations and scored on the fold's own. The model is run with the"
                    + " parameters given: whether these were fitted to the same figures is for you to know.",
            "",
            "Examples:",
            "  twostacks hindcast",
            "  twostacks hindcast --parameters posterior.csv --replicates 40 -o results/posterior",
            "  twostacks hindcast --targets my-targets.csv --set choice.price.consumer=0.3"
        })
final class HindcastCommand implements Callable<Integer> {
    private static final long FOLD_SEED = 1;
    private static final long MOST_SEED = 1L << 53;
    /** From here on a family's scores are a test and not an anecdote. */
    private static final int ENOUGH = 15;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            defaultValue = "baseline",
            description = "Scenario to run: a bundled name, or a file. Default: ${DEFAULT-VALUE}.")
    private String scenarioName;

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "What was observed: a CSV file with the columns of the bundled facts/validation.csv."
                    + " Default: that table.")
    private Path targetFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = "results/hindcast",
            description = "Directory for scorecard.csv, scores.csv and predictions.csv. Default: ${DEFAULT-VALUE}.")
    private Path output;

    @Option(
            names = {"-r", "--replicates"},
            paramLabel = "R",
            defaultValue = "20",
            description = "Number of runs that differ in luck, and in parameters with --parameters."
                    + " Default: ${DEFAULT-VALUE}.")
    private int replicates;

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "Draws of parameters to spread over the replicates: a CSV file with a column for each"
                    + " parameter and a row for each draw, such as the posterior.csv of 'calibrate'.")
    private Path drawFile;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Lay a value over the scenario, as in 'run'. May be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all draws. Default: the scenario's, else 1.")
    private Long seed;

    @Option(
            names = "--folds",
            paramLabel = "K",
            defaultValue = "5",
            description = "Folds of nations for the baselines. Default: ${DEFAULT-VALUE}.")
    private int folds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: all cores.")
    private Integer threads;

    @Option(names = "--report", negatable = true, description = "Make report.html too, the page of 'twostacks report'.")
    private boolean report;

    @Mixin
    private DryRun dryRun;

    @Option(names = "--force", description = "Replace other results in the directory.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object instead of the tables.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    /** What is to be run against what. */
    private record Task(Scenario scenario, TargetTable table, List<Target> targets, List<Map<String, Double>> draws) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(replicates >= 1, "--replicates", "at least 1", replicates);
        check(threads == null || threads >= 1, "--threads", "at least 1", threads);
        check(folds >= 2 && folds <= 50, "--folds", "2 to 50", folds);
        check(seed == null || (seed >= 0 && seed <= MOST_SEED), "--seed", "0 to 2^53", seed);
        Task task = task();
        if (dryRun.wanted()) {
            return dryRun(task);
        }
        try {
            ScoreFiles.refuseOthers(output, "hindcast.json", force);
        } catch (ScoreFiles.OccupiedException e) {
            err().println("twostacks hindcast: " + e.getMessage());
            return ExitCodes.BAD_USAGE;
        }
        List<double[]> runs;
        try {
            runs = run(task);
        } catch (Trials.StoppedException e) {
            return ExitCodes.INTERRUPTED;
        }
        Scorecard card = card(task, runs);
        try {
            write(task, card);
            if (report) {
                Report.write(output, output.resolve(Report.FILE));
            }
        } catch (IOException | UnusableResultsException e) {
            err().println("twostacks hindcast: cannot write to " + output + ": " + e.getMessage());
            return ExitCodes.BAD_USAGE;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = description(task);
            json(card, root);
            out.print(Json.text(root));
        } else if (!quiet) {
            out.println(task.scenario().name() + "  " + replicates + (replicates == 1 ? " run, " : " runs, ")
                    + Months.text(task.scenario().spec().startMonth()) + " to "
                    + Months.text(lastMonth(task.scenario()))
                    + (task.draws().isEmpty() ? "" : ", parameters from " + drawFile));
            ScorePrinter.print(card, ENOUGH, out);
            out.println("Written to " + output + ": scorecard.csv, scores.csv, predictions.csv"
                    + (report ? "; to look at: " + Report.FILE : ""));
        }
        out.flush();
        return ExitCodes.OK;
    }

    private int dryRun(Task task) throws IOException {
        double[][] figures = {new double[task.targets().size()]};
        Scenario scenario = task.draws().isEmpty()
                ? task.scenario()
                : task.scenario().withParameters(task.draws().get(0));
        Estimate estimate = Estimate.of(
                scenario.spec(),
                usedSeed(scenario),
                replicates,
                Trials.simulator(task.targets(), measured -> figures[0] = measured));
        Scorecard card = card(task, Collections.nCopies(replicates, figures[0]));
        long bytes = 0;
        for (String text : texts(task, card).values()) {
            bytes += text.length();
        }
        String line = scenario.name() + "  " + Sweeps.count(replicates, "run") + " of "
                + Sweeps.count(scenario.spec().months(), "month") + ", "
                + Sweeps.count(scenario.spec().nations().size(), "nation") + ", held against "
                + Sweeps.count(task.targets().size(), "target");
        return DryRun.tell(spec, estimate.keeping(bytes, 0), Sweeps.threads(threads), json, List.of(line), Map.of());
    }

    private Scorecard card(Task task, List<double[]> runs) {
        List<Covariates> facts = TargetFiles.covariates(task.scenario());
        Folds dealt = new Folds(facts.stream().map(Covariates::iso3).toList(), folds, FOLD_SEED);
        return card(task.targets(), runs, facts, task.scenario(), dealt);
    }

    private void write(Task task, Scorecard card) throws IOException {
        Map<String, String> texts = texts(task, card);
        // The data package goes first and comes last: it never describes tables of another hindcast.
        Files.deleteIfExists(output.resolve(ResultPackage.FILE));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            ScoreFiles.write(output, text.getKey(), text.getValue());
        }
    }

    /** What is written, by name of the file, in the order in which it is. */
    private Map<String, String> texts(Task task, Scorecard card) {
        Map<String, String> texts = new LinkedHashMap<>();
        String predictions = ScoreFiles.predictions(card.rows());
        texts.put("predictions.csv", predictions);
        texts.put("scores.csv", card.scoresCsv());
        texts.put("scorecard.csv", card.csv());
        texts.put("hindcast.json", Json.text(description(task)));
        ObjectNode block = Json.object();
        block.put("schemaVersion", 1);
        block.put("kind", "hindcast");
        block.put("modelVersion", VersionProvider.version());
        block.put("scenario", task.scenario().name());
        block.put("seed", usedSeed(task.scenario()));
        block.put("replicates", replicates);
        block.put("draws", task.draws().size());
        block.put("start", Months.text(task.scenario().spec().startMonth()));
        block.put("end", Months.text(lastMonth(task.scenario())));
        block.put("folds", folds);
        block.put("targetsSha256", task.table().source().sha256());
        settings.forEach(block.putArray("set")::add);
        texts.put(ResultPackage.FILE, ScorePackage.json(block, card.csv(), card.scoresCsv(), predictions));
        return texts;
    }

    private void check(boolean holds, String option, String allowed, Object value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be " + allowed + ", not " + value);
        }
    }

    private Task task() {
        List<Problem> found = new ArrayList<>();
        List<Node.Mapping> overlays = new ArrayList<>();
        for (String setting : settings) {
            int at = setting.indexOf('=');
            if (at < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--set wants PATH=VALUE, such as price.cnSubsidy=0.4, not '" + setting + "'");
            }
            try {
                overlays.add(ScenarioLoader.setting(setting.substring(0, at), setting.substring(at + 1)));
            } catch (InputException e) {
                found.addAll(e.problems());
            }
        }
        Scenario scenario = null;
        try {
            scenario = untilDataEnd(ScenarioLoader.load(scenarioName, overlays));
        } catch (InputException e) {
            found.addAll(e.problems());
        }
        Problems problems = new Problems();
        TargetTable table = TargetFiles.table(targetFile, problems);
        List<Map<String, Double>> draws = drawFile == null || scenario == null
                ? List.of()
                : TargetFiles.draws(drawFile, scenario.spec().space(), problems);
        found.addAll(problems.all());
        if (!found.isEmpty()) {
            throw new InputException(found);
        }
        return new Task(scenario, table, TargetFiles.targets(table), draws);
    }

    /** The scenario up to the end of what is observed. */
    static Scenario untilDataEnd(Scenario scenario) {
        int observed = scenario.spec().dataEnd() - scenario.spec().startMonth();
        return observed > 0 && observed < scenario.spec().months() ? scenario.withMonths(observed) : scenario;
    }

    private static int lastMonth(Scenario scenario) {
        return scenario.spec().startMonth() + scenario.spec().months() - 1;
    }

    private List<double[]> run(Task task) throws InterruptedException {
        boolean watched = !quiet && Terminal.interactive();
        int used = Sweeps.threads(threads);
        try (ProgressLine line = new ProgressLine(err());
                Stopping stopping = new Stopping(err(), line, "twostacks hindcast: stopped; nothing was written.");
                Trials trials = new Trials(
                        task.scenario(),
                        usedSeed(task.scenario()),
                        task.targets(),
                        used,
                        watched ? line : Progress.NONE,
                        stopping.cancellation())) {
            if (watched) {
                line.begin((long) replicates * task.scenario().spec().months());
            }
            List<Trials.Trial> all = new ArrayList<>();
            int count = task.draws().size();
            for (int r = 0; r < replicates; r++) {
                Map<String, Double> draw = count == 0
                        ? Map.of()
                        : task.draws().get(replicates < count ? (int) ((long) r * count / replicates) : r % count);
                all.add(new Trials.Trial(draw, r + 1));
            }
            return trials.run(all);
        }
    }

    private long usedSeed(Scenario scenario) {
        return seed != null ? seed : scenario.seed().orElse(1);
    }

    /** The scorecard of some runs. */
    static Scorecard card(
            List<Target> targets, List<double[]> runs, List<Covariates> facts, Scenario scenario, Folds folds) {
        List<Prediction> predictions = new ArrayList<>();
        int first = scenario.spec().startMonth();
        int last = lastMonth(scenario);
        List<String> nations = facts.stream().map(Covariates::iso3).toList();
        for (int t = 0; t < targets.size(); t++) {
            int at = t;
            double[] sample = runs.stream()
                    .mapToDouble(r -> r[at])
                    .filter(v -> !Double.isNaN(v))
                    .toArray();
            Target target = targets.get(t);
            predictions.add(new Prediction(
                    target, sample, sample.length > 0 ? "" : Operators.whyNot(target, nations, first, last)));
        }
        return new Scorecard(predictions, facts, folds);
    }

    private ObjectNode description(Task task) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "hindcast");
        root.put("scenario", task.scenario().name());
        root.put("seed", usedSeed(task.scenario()));
        root.put("replicates", replicates);
        root.put("folds", folds);
        root.put("targetFile", task.table().source().name());
        root.put("targetsSha256", task.table().source().sha256());
        root.put("version", VersionProvider.version());
        root.put("parameters", drawFile == null ? "" : drawFile.toString());
        ArrayNode set = root.putArray("set");
        settings.forEach(set::add);
        return root;
    }

    private static void json(Scorecard card, ObjectNode root) {
        ArrayNode scores = root.putArray("scores");
        for (Score s : card.scores()) {
            ObjectNode node = scores.addObject();
            node.put("family", s.family());
            node.put("task", s.task());
            node.put("predictor", s.predictor());
            node.put("targets", s.count());
            put(node, "meanAbsoluteError", s.meanAbsoluteError());
            put(node, "rankCorrelation", s.rankCorrelation());
            put(node, "insideBin", s.insideBin());
            put(node, "coverage", s.coverage());
            put(node, "crps", s.crps());
            put(node, "runCoverage", s.runCoverage());
            put(node, "runCrps", s.runCrps());
        }
        ArrayNode targets = root.putArray("targets");
        for (Row r : card.rows()) {
            ObjectNode node = targets.addObject();
            node.put("target_id", r.target().id());
            put(node, "observed", r.target().observed());
            put(node, "median", r.median());
            put(node, "p05", r.p05());
            put(node, "p95", r.p95());
            node.put("inside", r.inside());
        }
        ArrayNode missing = root.putArray("unmeasured");
        card.unmeasured()
                .forEach(p ->
                        missing.addObject().put("target_id", p.target().id()).put("reason", p.reason()));
        ArrayNode operators = root.putArray("operators");
        for (Operator o : Operators.all().values()) {
            operators
                    .addObject()
                    .put("metric", o.metric())
                    .put("family", o.family())
                    .put("reads", o.reads())
                    .put("bias", o.bias())
                    .put("input", o.input());
        }
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, Math.round(value * 1e6) / 1e6);
        } else {
            node.putNull(key);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
