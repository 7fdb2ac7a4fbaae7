package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import twostacks.analysis.calibration.ResponseSurface;
import twostacks.analysis.calibration.Simulator;
import twostacks.analysis.hindcast.Covariates;
import twostacks.analysis.hindcast.Folds;
import twostacks.analysis.hindcast.Operators;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Target;
import twostacks.calibration.CalibrationFile;
import twostacks.experiment.Progress;
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
    private static final int SURFACE_EVALUATIONS = 4000;
    private static final String MARK = "calibration.json";
    /** A posterior as wide as this part of the prior tells nothing of the parameter. */
    private static final double WIDE = 0.8;

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

    @Option(names = "--force", description = "Replace other results in the directory.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object instead of the tables.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    /** What came out. */
    private record Outcome(List<Point> points, Posterior posterior, double baseline, Scorecard card) {}

    @Override
    public Integer call() throws InterruptedException {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, not " + threads);
        }
        CalibrationFile calibration = CalibrationFile.read(file, Operators.families());
        Path directory = output != null ? output : Path.of("results", calibration.name());
        String id = id(calibration);
        try {
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
            Files.deleteIfExists(directory.resolve("evaluations.csv"));
        }
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "calibrate");
        root.put("id", id);
        ScoreFiles.write(directory, MARK, Json.text(root));
    }

    // The work --------------------------------------------------------------------------------------------------------

    private Outcome run(CalibrationFile c, Path directory) throws IOException, InterruptedException {
        List<Target> targets = TargetFiles.targets(c.targets());
        boolean watched = !quiet && Terminal.interactive();
        int used = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        try (ProgressLine line = new ProgressLine(err());
                Stopping stopping =
                        new Stopping(err(), line, "twostacks calibrate: stopped; start it again to go on.");
                EvaluationLog log = new EvaluationLog(directory.resolve("evaluations.csv"), targets.size());
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
                line.begin(Math.max(1, expectedRuns(c) - log.size())
                        * c.scenario().spec().months());
            }
            return fit(c, targets, new Runs(c, trials, log), used);
        }
    }

    /** A guess: how many proposals a generation needs is not known beforehand. */
    private static long expectedRuns(CalibrationFile c) {
        return c.design()
                + (long) (c.folds() + 1) * (c.evaluations() * (long) c.replicates() + c.scoreReplicates())
                + 2L * c.scoreReplicates()
                + 2L * c.particles() * Math.max(0, c.generations() - 1);
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
        List<Prior> priors = priors(c);
        List<FamilyDistance> distances = IntStream.rangeClosed(0, c.folds())
                .mapToObj(fold -> distance(c, targets, facts, folds, fold))
                .toList();
        double[] baseline =
                c.parameters().stream().mapToDouble(r -> start(c, r)).toArray();
        double ofBaseline = distances
                .get(0)
                .of(runs.simulate(List.of(new Simulator.Request(baseline, 0))).get(0));
        tell("fits " + priors.size() + " parameters to " + distances.get(0).count()
                + " targets; distance of the model's" + " baseline " + ScoreFiles.text(ofBaseline));
        List<Simulator.Request> design = IntStream.range(0, c.design())
                .mapToObj(i -> new Simulator.Request(AbcSmc.fromPrior(priors, c.seed(), i), AbcSmc.luck(0, i)))
                .toList();
        List<double[]> figures = runs.simulate(design);
        List<Point> points = points(c, priors, runs, distances, design, figures, baseline, ofBaseline, threads);
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

    private static List<Prior> priors(CalibrationFile c) {
        return c.parameters().stream()
                .map(r -> new Prior(r.entry().name(), r.low(), r.high()))
                .toList();
    }

    /** What the scenario has for a parameter. */
    private static double start(CalibrationFile c, CalibrationFile.Range range) {
        return c.scenario()
                .spec()
                .overrides()
                .getOrDefault(range.entry().name(), range.entry().baseline());
    }

    /** Distance to everything but a fold; fold 0 is none. */
    private static FamilyDistance distance(
            CalibrationFile c, List<Target> targets, List<Covariates> facts, Folds folds, int fold) {
        List<String> families = targets.stream()
                .map(t -> Operators.of(t.metric()) == null ? null : Operators.family(t))
                .toList();
        boolean[] used = new boolean[targets.size()];
        for (int t = 0; t < used.length; t++) {
            Target target = targets.get(t);
            used[t] = !target.confidence().equals("low") && (fold == 0 || folds.of(target.entity()) + 1 != fold);
        }
        Map<String, Double> income = facts.stream().collect(Collectors.toMap(Covariates::iso3, Covariates::logIncome));
        return FamilyDistance.of(targets, families, c.families(), c.growth(), income, used);
    }

    /**
     * Point fits to everything and to all but each fold. Each starts from the nearest to its own targets of the draws of
     * the prior and the point that a response surface through them suggests; the one to everything from the baseline,
     * should that be nearer. The folds must not: whoever set the baseline may have seen what they hold out.
     */
    private static List<Point> points(
            CalibrationFile c,
            List<Prior> priors,
            Runs runs,
            List<FamilyDistance> distances,
            List<Simulator.Request> design,
            List<double[]> figures,
            double[] baseline,
            double ofBaseline,
            int threads)
            throws InterruptedException {
        ResponseSurface surface = new ResponseSurface(
                priors, design.stream().map(Simulator.Request::parameters).toList(), figures);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, distances.size()));
        try {
            List<Future<Point>> futures = new ArrayList<>();
            for (int fold = 0; fold < distances.size(); fold++) {
                FamilyDistance distance = distances.get(fold);
                int which = fold;
                int nearest = IntStream.range(0, design.size())
                        .boxed()
                        .min(Comparator.comparingDouble(i -> distance.of(figures.get(i))))
                        .orElseThrow();
                futures.add(pool.submit(() -> {
                    double[] start = design.get(nearest).parameters();
                    double least = distance.of(figures.get(nearest));
                    double[] suggested = PointFit.search(
                                    priors,
                                    requests -> requests.stream()
                                            .map(r -> surface.at(r.parameters()))
                                            .toList(),
                                    distance,
                                    start,
                                    0,
                                    SURFACE_EVALUATIONS,
                                    1,
                                    c.seed() + which)
                            .parameters();
                    double ofSuggested = distance.of(runs.simulate(List.of(new Simulator.Request(suggested, 0)))
                            .get(0));
                    if (ofSuggested < least) {
                        start = suggested;
                        least = ofSuggested;
                    }
                    if (which == 0 && ofBaseline < least) {
                        start = baseline;
                    }
                    return PointFit.search(
                            priors, runs, distance, start, 0, c.evaluations(), c.ensemble(), c.seed() + which);
                }));
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
        List<Prior> priors = priors(c);
        ScoreFiles.write(directory, "points.csv", pointsCsv(priors, outcome.points()));
        ScoreFiles.write(directory, "ensembles.csv", ensemblesCsv(priors, outcome.points()));
        if (outcome.posterior() != null) {
            List<Particle> particles = outcome.posterior().particles();
            ScoreFiles.write(directory, "posterior.csv", posteriorCsv(c, priors, particles));
            ScoreFiles.write(directory, "generations.csv", generationsCsv(outcome.posterior()));
            ScoreFiles.write(directory, "parameters.csv", parametersCsv(c, priors, outcome));
            ScoreFiles.write(
                    directory,
                    "posterior.svg",
                    PriorPosteriorFigure.svg(
                            priors,
                            particles,
                            outcome.points().get(0).parameters(),
                            c.parameters().stream()
                                    .mapToDouble(r -> start(c, r))
                                    .toArray()));
        }
        ScoreFiles.write(directory, "scores.csv", outcome.card().scoresCsv());
        ScoreFiles.write(directory, "scorecard.csv", outcome.card().csv());
        ScoreFiles.write(directory, MARK, Json.text(json(c, id, outcome)));
    }

    private static String pointsCsv(List<Prior> priors, List<Point> points) {
        StringBuilder csv = new StringBuilder("held_out_fold,distance,evaluations");
        priors.forEach(p -> csv.append(',').append(p.name()));
        csv.append('\n');
        for (int fold = 0; fold < points.size(); fold++) {
            Point point = points.get(fold);
            csv.append(fold == 0 ? "" : String.valueOf(fold))
                    .append(',')
                    .append(ScoreFiles.text(point.distance()))
                    .append(',')
                    .append(point.evaluations());
            for (double value : point.parameters()) {
                csv.append(',').append(ScoreFiles.text(value));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private static String ensemblesCsv(List<Prior> priors, List<Point> points) {
        StringBuilder csv = new StringBuilder("held_out_fold");
        priors.forEach(p -> csv.append(',').append(p.name()));
        csv.append('\n');
        for (int fold = 0; fold < points.size(); fold++) {
            for (double[] member : points.get(fold).nearest()) {
                csv.append(fold == 0 ? "" : String.valueOf(fold));
                for (double value : member) {
                    csv.append(',').append(ScoreFiles.text(value));
                }
                csv.append('\n');
            }
        }
        return csv.toString();
    }

    private static String posteriorCsv(CalibrationFile c, List<Prior> priors, List<Particle> particles) {
        StringBuilder csv = new StringBuilder(
                String.join(",", priors.stream().map(Prior::name).toList()) + "\n");
        for (int draw : AbcSmc.resample(particles, c.particles(), c.seed())) {
            csv.append(String.join(
                            ",",
                            Arrays.stream(particles.get(draw).parameters())
                                    .mapToObj(ScoreFiles::text)
                                    .toList()))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String generationsCsv(Posterior posterior) {
        StringBuilder csv = new StringBuilder("generation,tolerance,simulations,kept,effective\n");
        for (Generation g : posterior.generations()) {
            csv.append(g.number())
                    .append(',')
                    .append(ScoreFiles.text(g.tolerance()))
                    .append(',')
                    .append(g.simulations())
                    .append(',')
                    .append(g.kept())
                    .append(',')
                    .append(ScoreFiles.text(g.effective()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** Width of the posterior over that of the prior, both as standard deviations. */
    private static double width(Prior prior, List<Particle> particles, int j) {
        return AbcSmc.deviation(particles, j) / ((prior.high() - prior.low()) / StrictMath.sqrt(12));
    }

    private static String parametersCsv(CalibrationFile c, List<Prior> priors, Outcome outcome) {
        StringBuilder csv = new StringBuilder(
                "parameter,low,high,baseline,point,folds_low,folds_high,median,p05,p95,width,identified\n");
        List<Particle> particles = outcome.posterior().particles();
        for (int j = 0; j < priors.size(); j++) {
            int at = j;
            Prior prior = priors.get(j);
            double[] ofFolds = outcome.points().stream()
                    .skip(1)
                    .mapToDouble(p -> p.parameters()[at])
                    .sorted()
                    .toArray();
            double width = width(prior, particles, j);
            csv.append(prior.name());
            for (double value : new double[] {
                prior.low(),
                prior.high(),
                start(c, c.parameters().get(j)),
                outcome.points().get(0).parameters()[j],
                ofFolds[0],
                ofFolds[ofFolds.length - 1],
                AbcSmc.quantile(particles, j, 0.5),
                AbcSmc.quantile(particles, j, 0.05),
                AbcSmc.quantile(particles, j, 0.95),
                width
            }) {
                csv.append(',').append(ScoreFiles.text(value));
            }
            csv.append(',').append(width < WIDE).append('\n');
        }
        return csv.toString();
    }

    private ObjectNode json(CalibrationFile c, String id, Outcome outcome) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "calibrate");
        root.put("id", id);
        root.put("name", c.name());
        root.put("scenario", c.scenario().name());
        root.put("version", VersionProvider.version());
        root.put("baselineDistance", Math.round(outcome.baseline() * 1e6) / 1e6);
        root.put("pointDistance", Math.round(outcome.points().get(0).distance() * 1e6) / 1e6);
        ArrayNode parameters = root.putArray("parameters");
        List<Prior> priors = priors(c);
        for (int j = 0; j < priors.size(); j++) {
            ObjectNode node = parameters.addObject();
            node.put("name", priors.get(j).name());
            node.put("low", priors.get(j).low());
            node.put("high", priors.get(j).high());
            node.put("point", outcome.points().get(0).parameters()[j]);
            if (outcome.posterior() != null) {
                double width = width(priors.get(j), outcome.posterior().particles(), j);
                node.put("width", Math.round(width * 1e6) / 1e6);
                node.put("identified", width < WIDE);
            }
        }
        if (outcome.posterior() != null) {
            root.put(
                    "effective", Math.round(AbcSmc.effective(outcome.posterior().particles()) * 1e3) / 1e3);
        }
        return root;
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
            List<Prior> priors = priors(c);
            Columns columns = new Columns().rightFrom(1);
            columns.row("  ", "prior", "baseline", "point", "5 %", "median", "95 %", "width");
            List<String> vague = new ArrayList<>();
            for (int j = 0; j < priors.size(); j++) {
                Prior p = priors.get(j);
                List<Particle> particles = outcome.posterior() == null
                        ? List.of()
                        : outcome.posterior().particles();
                double width = particles.isEmpty() ? Double.NaN : width(p, particles, j);
                if (width >= WIDE) {
                    vague.add(p.name());
                }
                columns.row(
                        "  " + p.name(),
                        figure(p.low()) + " to " + figure(p.high()),
                        figure(start(c, c.parameters().get(j))),
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
