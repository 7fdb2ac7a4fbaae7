package twostacks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.calibration.AbcSmc;
import twostacks.analysis.calibration.AbcSmc.Generation;
import twostacks.analysis.calibration.AbcSmc.Particle;
import twostacks.analysis.calibration.AbcSmc.Posterior;
import twostacks.analysis.calibration.FamilyDistance;
import twostacks.analysis.calibration.PointFit;
import twostacks.analysis.calibration.PointFit.Point;
import twostacks.analysis.calibration.Prior;
import twostacks.analysis.calibration.PriorPosteriorFigure;
import twostacks.analysis.calibration.Simulator;
import twostacks.analysis.hindcast.Covariates;
import twostacks.analysis.hindcast.Folds;
import twostacks.analysis.hindcast.Operators;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Target;
import twostacks.calibration.CalibrationFile;
import twostacks.cli.CalibrationTables.Outcome;
import twostacks.experiment.Progress;
import twostacks.experiment.shard.Estimate;
import twostacks.input.Problems;
import twostacks.output.Json;

/** {@code twostacks calibrate}: fits parameters to observations, and scores the fit on nations that it did not see. */
@Command(
        name = "calibrate",
        description = "Fit parameters to observations: a point by CMA-ES, a posterior by ABC-SMC, scored out of fold.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Started again with the same file and directory it goes on where it was stopped.",
            "",
            "Examples:",
            "  twostacks calibrate my-calibration.yaml",
            "  twostacks hindcast --parameters results/my-calibration/posterior.csv"
        })
final class CalibrateCommand implements Callable<Integer> {
    private static final int ENOUGH = 15;
    private static final String MARK = "calibration.json";
    private static final String LOG = "evaluations.csv";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Calibration file; docs/hindcast.md says what stands in it.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for the results. Default: results/NAME.")
    private Path output;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: all cores.")
    private Integer threads;

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

    @Override
    public Integer call() throws InterruptedException {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, not " + threads);
        }
        CalibrationFile calibration = CalibrationFile.read(file, Operators.families());
        refuseUnmeasured(calibration);
        Path directory = output != null ? output : Path.of("results", calibration.name());
        String id = id(calibration);
        try {
            if (dryRun.wanted()) {
                return dryRun(calibration, directory, id);
            }
            prepare(directory, id);
            Outcome outcome = run(calibration, directory);
            write(calibration, directory, id, outcome);
            print(calibration, directory, outcome);
        } catch (ScoreFiles.OccupiedException e) {
            err().println("twostacks calibrate: " + e.getMessage());
            return ExitCodes.BAD_USAGE;
        } catch (Trials.StoppedException e) {
            return ExitCodes.INTERRUPTED;
        } catch (IOException e) {
            err().println("twostacks calibrate: cannot write to " + directory + ": " + e.getMessage());
            return ExitCodes.BAD_USAGE;
        }
        return ExitCodes.OK;
    }

    /** Refuses a fit to nothing: no target of its families is of the scenario's nations and months. */
    private static void refuseUnmeasured(CalibrationFile c) {
        List<String> nations = TargetFiles.covariates(c.scenario()).stream()
                .map(Covariates::iso3)
                .toList();
        int first = c.scenario().spec().startMonth();
        int last = first + c.scenario().spec().months() - 1;
        boolean any = TargetFiles.targets(c.targets()).stream()
                .anyMatch(t -> Operators.inReach(t, nations, first, last)
                        && c.families().containsKey(Operators.family(t))
                        && !t.confidence().equals("low")
                        && t.last() <= c.until());
        if (!any) {
            Problems problems = new Problems();
            problems.add(
                    c.source().whole(),
                    "targets",
                    "no target of these families was observed in the nations and months of the run",
                    "a longer horizon, more nations or other families");
            problems.throwIfAny();
        }
    }

    // The directory ---------------------------------------------------------------------------------------------------

    /** What determines every figure: the file, the scenario it comes to, the targets, the model. */
    private static String id(CalibrationFile calibration) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(
                    calibration.source().sha256(),
                    calibration.targets().source().sha256(),
                    calibration.scenario().resolvedYaml(),
                    VersionProvider.version(),
                    VersionProvider.commit())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void prepare(Path directory, String id) throws ScoreFiles.OccupiedException, IOException {
        ScoreFiles.refuseOthers(directory, MARK, force);
        Path mark = directory.resolve(MARK);
        if (Files.exists(mark) && !Files.readString(mark).contains(id)) {
            if (!force) {
                throw new ScoreFiles.OccupiedException(directory + " holds another calibration, or one of another"
                        + " version; choose another directory with -o, or replace it with --force.");
            }
            Files.deleteIfExists(directory.resolve(LOG));
        }
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "calibrate");
        root.put("id", id);
        ScoreFiles.write(directory, MARK, Json.text(root));
    }

    // What it would take ----------------------------------------------------------------------------------------------

    private int dryRun(CalibrationFile c, Path directory, String id) throws IOException {
        CalibrationRuns runs = CalibrationRuns.of(c);
        Path mark = directory.resolve(MARK);
        boolean begun = Files.isRegularFile(mark) && Files.readString(mark).contains(id);
        long noted = begun ? EvaluationLog.noted(directory.resolve(LOG)) : 0;
        List<Target> targets = TargetFiles.targets(c.targets());
        double[][] figures = {new double[targets.size()]};
        long left = Math.max(0, runs.most() - noted);
        Estimate estimate = Estimate.of(
                c.scenario().spec(), c.seed(), left, Trials.simulator(targets, measured -> figures[0] = measured));
        double[] parameters = AbcSmc.fromPrior(CalibrationTables.priors(c), c.seed(), 0);
        List<Covariates> facts = TargetFiles.covariates(c.scenario());
        Scorecard card = HindcastCommand.card(
                targets,
                Collections.nCopies(c.scoreReplicates(), figures[0]),
                facts,
                c.scenario(),
                new Folds(facts.stream().map(Covariates::iso3).toList(), c.folds(), c.foldSeed()));
        long logged = runs.most() * EvaluationLog.bytes(parameters, figures[0]);
        estimate =
                estimate.keeping(logged + card.csv().length() + card.scoresCsv().length(), 2 * logged);
        double before = estimate.cpuSeconds(Math.max(0, runs.beforePosterior() - noted));
        List<String> lines = new ArrayList<>();
        lines.add(c.name() + "  " + Sweeps.count(c.parameters().size(), "parameter") + ", "
                + Sweeps.count(c.scenario().spec().months(), "month") + ", "
                + Sweeps.count(c.scenario().spec().nations().size(), "nation"));
        lines.add("  runs        " + runs.beforePosterior() + ": " + runs.baseline() + " of the baseline, "
                + runs.design() + " of the design, " + runs.searches() + " of searches, " + runs.choice()
                + " to choose the point, " + runs.scoring() + " to score");
        lines.add(String.format(
                Locale.ROOT,
                "  posterior   at most %s more, and fewer as a rule; without them %.3g CPU-hours",
                Sweeps.count(runs.posterior(), "run"),
                before / 3600));
        lines.add("  to run      at most " + Sweeps.count(left, "run")
                + (noted > 0 ? " (" + noted + " are stored in " + directory + ")" : ""));
        ObjectNode phases = Json.object();
        runs.phases().forEach(phases::put);
        Map<String, JsonNode> more = new LinkedHashMap<>();
        more.put("phases", phases);
        more.put("stored", LongNode.valueOf(noted));
        more.put("cpuHoursBeforePosterior", DoubleNode.valueOf(DryRun.cpuHours(before)));
        return DryRun.tell(spec, estimate, Sweeps.threads(threads), json, lines, more);
    }

    // The work --------------------------------------------------------------------------------------------------------

    private Outcome run(CalibrationFile c, Path directory) throws IOException, InterruptedException {
        List<Target> targets = TargetFiles.targets(c.targets());
        boolean watched = !quiet && Terminal.interactive();
        int used = Sweeps.threads(threads);
        try (ProgressLine line = new ProgressLine(err());
                Stopping stopping =
                        new Stopping(err(), line, "twostacks calibrate: stopped; start it again to go on.");
                EvaluationLog log = new EvaluationLog(directory.resolve(LOG), targets.size());
                Trials trials = new Trials(
                        c.scenario(),
                        c.seed(),
                        targets,
                        used,
                        watched ? line : Progress.NONE,
                        stopping.cancellation())) {
            if (log.size() > 0) {
                tell("goes on after " + log.size() + " runs");
            }
            if (watched) {
                // a guess: how many proposals a generation needs is not known beforehand
                long expected =
                        CalibrationRuns.of(c).beforePosterior() + 2L * c.particles() * Math.max(0, c.generations() - 1);
                line.begin(
                        Math.max(1, expected - log.size()) * c.scenario().spec().months());
            }
            return fit(c, targets, new Runs(c, trials, log), used);
        }
    }

    /** Runs of the model, taken from the log where they were made before. */
    private static final class Runs implements Simulator {
        private final CalibrationFile calibration;
        private final Trials trials;
        private final EvaluationLog log;

        Runs(CalibrationFile calibration, Trials trials, EvaluationLog log) {
            this.calibration = calibration;
            this.trials = trials;
            this.log = log;
        }

        /** Luck 0 is the mean of the replicates that all evaluations share; any other is one run with luck of its own. */
        @Override
        public List<double[]> simulate(List<Request> requests) {
            List<Request> single = new ArrayList<>();
            for (Request r : requests) {
                if (r.luck() == 0) {
                    for (int replicate = 1; replicate <= calibration.replicates(); replicate++) {
                        single.add(new Request(r.parameters(), -replicate));
                    }
                } else {
                    single.add(r);
                }
            }
            List<double[]> results = each(single);
            List<double[]> all = new ArrayList<>();
            int at = 0;
            for (Request r : requests) {
                if (r.luck() == 0) {
                    all.add(mean(results.subList(at, at + calibration.replicates())));
                    at += calibration.replicates();
                } else {
                    all.add(results.get(at++));
                }
            }
            return all;
        }

        List<double[]> each(List<Request> requests) {
            List<Trials.Trial> missing = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            for (Request r : requests) {
                String key = EvaluationLog.key(r.parameters(), r.luck());
                if (log.get(key) == null) {
                    // shared luck is counted from 1, luck of its own from far above
                    long replicate = r.luck() < 0 ? -r.luck() : (1L << 20) + r.luck();
                    missing.add(new Trials.Trial(named(r.parameters()), replicate));
                    keys.add(key);
                }
            }
            try {
                trials.run(missing, (i, figures) -> log.put(keys.get(i), figures));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Trials.StoppedException();
            }
            return requests.stream()
                    .map(r -> log.get(EvaluationLog.key(r.parameters(), r.luck())))
                    .toList();
        }

        Map<String, Double> named(double[] parameters) {
            Map<String, Double> named = new LinkedHashMap<>();
            for (int i = 0; i < parameters.length; i++) {
                named.put(calibration.parameters().get(i).entry().name(), parameters[i]);
            }
            return named;
        }

        private static double[] mean(List<double[]> results) {
            double[] mean = new double[results.get(0).length];
            for (int t = 0; t < mean.length; t++) {
                int at = t;
                mean[t] = results.stream()
                        .mapToDouble(r -> r[at])
                        .filter(v -> !Double.isNaN(v))
                        .average()
                        .orElse(Double.NaN);
            }
            return mean;
        }
    }

    private Outcome fit(CalibrationFile c, List<Target> targets, Runs runs, int threads) throws InterruptedException {
        List<Covariates> facts = TargetFiles.covariates(c.scenario());
        Folds folds = new Folds(facts.stream().map(Covariates::iso3).toList(), c.folds(), c.foldSeed());
        List<Prior> priors = CalibrationTables.priors(c);
        List<FamilyDistance> distances = IntStream.rangeClosed(0, c.folds())
                .mapToObj(fold -> distance(c, targets, facts, folds, fold))
                .toList();
        double[] baseline = c.parameters().stream()
                .mapToDouble(r -> CalibrationTables.start(c, r))
                .toArray();
        double ofBaseline = distances
                .get(0)
                .of(runs.simulate(List.of(new Simulator.Request(baseline, 0))).get(0));
        tell("fits " + priors.size() + " parameters to " + distances.get(0).count()
                + " targets; distance of the model's" + " baseline " + ScoreFiles.text(ofBaseline));
        List<Simulator.Request> design = IntStream.range(0, c.design())
                .mapToObj(i -> new Simulator.Request(AbcSmc.fromPrior(priors, c.seed(), i), AbcSmc.luck(0, i)))
                .toList();
        List<double[]> figures = runs.simulate(design);
        List<Point> points = points(c, priors, runs, distances, design, figures, threads);
        tell("point found, distance " + ScoreFiles.text(points.get(0).distance()));
        Posterior posterior = c.generations() == 0
                ? null
                : AbcSmc.sample(
                        priors,
                        runs,
                        distances.get(0),
                        new AbcSmc.Options(
                                c.particles(), c.design(), c.generations(), c.quantile(), c.patience(), c.seed()),
                        this::tell);
        return new Outcome(points, posterior, ofBaseline, outOfFold(c, targets, facts, folds, runs, points));
    }

    /** Distance to everything that a fit may know of but a fold; fold 0 is none. */
    private static FamilyDistance distance(
            CalibrationFile c, List<Target> targets, List<Covariates> facts, Folds folds, int fold) {
        List<String> families = targets.stream()
                .map(t -> Operators.of(t.metric()) == null ? null : Operators.family(t))
                .toList();
        boolean[] used = new boolean[targets.size()];
        for (int t = 0; t < used.length; t++) {
            Target target = targets.get(t);
            used[t] = !target.confidence().equals("low")
                    && target.last() <= c.until()
                    && (fold == 0 || folds.of(target.entity()) + 1 != fold);
        }
        Map<String, Double> income = facts.stream().collect(Collectors.toMap(Covariates::iso3, Covariates::logIncome));
        return FamilyDistance.of(targets, families, c.families(), c.growth(), income, used);
    }

    /**
     * Point fits to everything and to all but each fold, each guided by the draws of the prior and by what it has run
     * itself: what another fold's search has tried was chosen by figures that this fold holds out. None starts from the
     * baseline: whoever set it may have seen what the folds hold out, and the same command is to find the same point once
     * the baseline has it.
     */
    private static List<Point> points(
            CalibrationFile c,
            List<Prior> priors,
            Runs runs,
            List<FamilyDistance> distances,
            List<Simulator.Request> design,
            List<double[]> figures,
            int threads)
            throws InterruptedException {
        List<double[]> drawn =
                design.stream().map(Simulator.Request::parameters).toList();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, distances.size()));
        try {
            List<Future<Point>> futures = new ArrayList<>();
            for (int fold = 0; fold < distances.size(); fold++) {
                FamilyDistance distance = distances.get(fold);
                long seed = c.seed() + fold;
                futures.add(pool.submit(() -> PointFit.search(
                        priors, runs, distance, drawn, figures, 0, c.evaluations(), c.ensemble(), seed)));
            }
            List<Point> points = new ArrayList<>();
            for (Future<Point> future : futures) {
                try {
                    points.add(future.get());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
            points.set(0, settled(c, points.get(0), distances.get(0), runs));
            return points;
        } finally {
            pool.shutdownNow();
        }
    }

    /** The point that becomes parameters: the nearest found or the mean of the nearest, whichever is nearer over more luck. */
    private static Point settled(CalibrationFile c, Point found, FamilyDistance toAll, Runs runs) {
        double[] mean = found.mean();
        double ofFound = toAll.of(overLuck(c, found.parameters(), runs));
        double ofMean = toAll.of(overLuck(c, mean, runs));
        return new Point(
                ofMean < ofFound ? mean : found.parameters(),
                Math.min(ofMean, ofFound),
                found.evaluations(),
                found.nearest());
    }

    /** What a point gives on average over the luck that scores rest on. */
    private static double[] overLuck(CalibrationFile c, double[] parameters, Runs runs) {
        return Runs.mean(runs.each(IntStream.rangeClosed(1, c.scoreReplicates())
                .mapToObj(r -> new Simulator.Request(parameters, -r))
                .toList()));
    }

    /**
     * Each nation's figures from the fit that did not see it, groups' from the fit to everything; a fit is its nearest
     * points, each with luck of its own.
     */
    private static Scorecard outOfFold(
            CalibrationFile c,
            List<Target> targets,
            List<Covariates> facts,
            Folds folds,
            Runs runs,
            List<Point> points) {
        List<List<double[]>> byFold = new ArrayList<>();
        for (Point point : points) {
            byFold.add(runs.each(IntStream.rangeClosed(1, c.scoreReplicates())
                    .mapToObj(r -> new Simulator.Request(
                            point.nearest().get((r - 1) % point.nearest().size()), -r))
                    .toList()));
        }
        List<double[]> mixed = new ArrayList<>();
        for (int r = 0; r < c.scoreReplicates(); r++) {
            double[] figures = new double[targets.size()];
            for (int t = 0; t < figures.length; t++) {
                figures[t] = byFold.get(folds.of(targets.get(t).entity()) + 1).get(r)[t];
            }
            mixed.add(figures);
        }
        return HindcastCommand.card(targets, mixed, facts, c.scenario(), folds);
    }

    // What is said of it ----------------------------------------------------------------------------------------------

    private void write(CalibrationFile c, Path directory, String id, Outcome outcome) throws IOException {
        List<Prior> priors = CalibrationTables.priors(c);
        ScoreFiles.write(directory, "points.csv", CalibrationTables.pointsCsv(priors, outcome.points()));
        ScoreFiles.write(directory, "ensembles.csv", CalibrationTables.ensemblesCsv(priors, outcome.points()));
        if (outcome.posterior() != null) {
            List<Particle> particles = outcome.posterior().particles();
            ScoreFiles.write(directory, "posterior.csv", CalibrationTables.posteriorCsv(c, priors, particles));
            ScoreFiles.write(directory, "generations.csv", CalibrationTables.generationsCsv(outcome.posterior()));
            ScoreFiles.write(directory, "parameters.csv", CalibrationTables.parametersCsv(c, priors, outcome));
            ScoreFiles.write(
                    directory,
                    "posterior.svg",
                    PriorPosteriorFigure.svg(
                            priors,
                            particles,
                            outcome.points().get(0).parameters(),
                            c.parameters().stream()
                                    .mapToDouble(r -> CalibrationTables.start(c, r))
                                    .toArray()));
        }
        ScoreFiles.write(directory, "scores.csv", outcome.card().scoresCsv());
        ScoreFiles.write(directory, "scorecard.csv", outcome.card().csv());
        ScoreFiles.write(directory, MARK, Json.text(CalibrationTables.json(c, id, outcome)));
    }

    private void print(CalibrationFile c, Path directory, Outcome outcome) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Files.readString(directory.resolve(MARK)));
        } else if (!quiet) {
            out.println(c.name() + "  distance "
                    + ScoreFiles.text(outcome.points().get(0).distance())
                    + ", of the model's baseline " + ScoreFiles.text(outcome.baseline())
                    + " (1: everybody's median)");
            List<Prior> priors = CalibrationTables.priors(c);
            Columns columns = new Columns().rightFrom(1);
            columns.row("  ", "prior", "baseline", "point", "5 %", "median", "95 %", "width");
            List<String> vague = new ArrayList<>();
            for (int j = 0; j < priors.size(); j++) {
                Prior p = priors.get(j);
                List<Particle> particles = outcome.posterior() == null
                        ? List.of()
                        : outcome.posterior().particles();
                double width = particles.isEmpty() ? Double.NaN : CalibrationTables.width(p, particles, j);
                if (width >= CalibrationTables.WIDE) {
                    vague.add(p.name());
                }
                columns.row(
                        "  " + p.name(),
                        figure(p.low()) + " to " + figure(p.high()),
                        figure(CalibrationTables.start(c, c.parameters().get(j))),
                        figure(outcome.points().get(0).parameters()[j]),
                        particles.isEmpty() ? "" : figure(AbcSmc.quantile(particles, j, 0.05)),
                        particles.isEmpty() ? "" : figure(AbcSmc.quantile(particles, j, 0.5)),
                        particles.isEmpty() ? "" : figure(AbcSmc.quantile(particles, j, 0.95)),
                        particles.isEmpty() ? "" : figure(width));
            }
            columns.print(out);
            if (!vague.isEmpty()) {
                out.println("Not identified by these targets: " + String.join(", ", vague));
            }
            out.println();
            out.println("Out of fold: each nation by the fit that did not see it");
            ScorePrinter.print(outcome.card(), ENOUGH, out);
            out.println("Written to " + directory);
        }
        out.flush();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private void tell(Generation g) {
        tell("generation " + g.number() + ": tolerance " + ScoreFiles.text(g.tolerance()) + ", " + g.kept() + " of "
                + g.simulations() + " kept, " + figure(g.effective()) + " effective");
    }

    private void tell(String words) {
        if (!quiet && !Terminal.interactive()) {
            err().println("twostacks calibrate: " + words);
            err().flush();
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
