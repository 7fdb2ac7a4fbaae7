package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import twostacks.analysis.report.Report;
import twostacks.analysis.report.UnusableResultsException;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Job;
import twostacks.experiment.JobResult;
import twostacks.experiment.JobResult.Status;
import twostacks.experiment.OccupiedException;
import twostacks.experiment.Progress;
import twostacks.experiment.RunService;
import twostacks.input.InputException;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.output.Json;
import twostacks.output.ResultDirectory;
import twostacks.output.RunDescription;
import twostacks.output.RunSummary;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/** {@code twostacks run}: simulates scenarios and writes their results. */
@Command(
        name = "run",
        description = "Simulate scenarios and write their results.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  twostacks run baseline",
            "  twostacks run baseline chip-controls-lifted --replicates 8",
            "  twostacks run my.yaml --set price.cnSubsidy=0.4 -o results/trial"
        })
final class RunCommand implements Callable<Integer> {
    private static final String BASELINE = "baseline";
    private static final long DEFAULT_SEED = 1;
    private static final long MOST_SEED = 1L << 53;
    private static final int PATIENCE_SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "1..*",
            paramLabel = "SCENARIO",
            description = "Name of a bundled scenario ('twostacks scenarios' lists them), or a scenario file.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for the results; with several scenarios, each has its own in it."
                    + " Default: results/SCENARIO.")
    private Path output;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all draws, 0 to 2^53. Default: the scenario's, else 1.")
    private Long seed;

    @Option(
            names = {"-r", "--replicates"},
            paramLabel = "R",
            defaultValue = "1",
            description = "Number of replicates: runs that differ in luck only. Default: ${DEFAULT-VALUE}.")
    private int replicates;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Lay a value over the scenario: a parameter ('twostacks params' lists them), or a key of the"
                    + " scenario file such as nations.only. May be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--parameters",
            paramLabel = "FILE[:ROW]",
            description = "Lay a row of a table of parameters over the scenario, such as a draw of a posterior.csv;"
                    + " rows are counted from 1, which is the default. --set goes before it.")
    private String drawn;

    @Option(
            names = "--months",
            paramLabel = "N",
            description = "Number of months to simulate. Default: the scenario's.")
    private Integer months;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: all cores.")
    private Integer threads;

    @Option(names = "--segments", description = "Write segments.csv too: shares by segment of adopters.")
    private boolean segments;

    @Option(names = "--offers", description = "Write offers.csv too: price, availability and share of each offer.")
    private boolean offers;

    @Option(names = "--gzip", description = "Compress the tables (.csv.gz).")
    private boolean gzip;

    @Option(
            names = "--report",
            negatable = true,
            description = "Make report.html too, the page of 'twostacks report'. Default: for the scenario 'baseline'.")
    private Boolean report;

    @Option(names = "--force", description = "Replace other results in the directory.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object instead of the summary.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Job> jobs = jobs();
        Map<String, Map<String, String>> names = new LinkedHashMap<>();
        for (Job job : jobs) {
            Map<String, String> byCode = new LinkedHashMap<>();
            job.run().world().nations().forEach(n -> byCode.put(n.iso3(), n.name()));
            names.put(job.run().scenario(), byCode);
        }
        List<JobResult> results;
        try {
            results = run(jobs);
        } catch (OccupiedException e) {
            return occupied(e);
        } catch (IOException e) {
            err().println("twostacks run: " + cannotWrite(e));
            return ExitCodes.BAD_USAGE;
        }
        List<Path> reports = new ArrayList<>();
        boolean reported = reports(results, reports);
        report(results, reports, names);
        if (results.stream().anyMatch(r -> r.status() == Status.STOPPED)) {
            return ExitCodes.INTERRUPTED;
        }
        return !reported || results.stream().anyMatch(r -> r.status() == Status.FAILED)
                ? ExitCodes.FAILED
                : ExitCodes.OK;
    }

    // What to run -----------------------------------------------------------------------------------------------------

    private List<Job> jobs() {
        check(replicates >= 1, "--replicates", "at least 1", replicates);
        check(threads == null || threads >= 1, "--threads", "at least 1", threads);
        check(months == null || months >= 1, "--months", "at least 1", months);
        check(seed == null || (seed >= 0 && seed <= MOST_SEED), "--seed", "0 to 2^53", seed);
        List<Problem> problems = new ArrayList<>();
        List<Node.Mapping> overlays = overlays(problems);
        List<Scenario> loaded = new ArrayList<>();
        for (String scenario : new LinkedHashSet<>(scenarios)) {
            try {
                loaded.add(ScenarioLoader.load(scenario, overlays));
            } catch (InputException e) {
                e.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        Set<String> onRequest = new LinkedHashSet<>();
        if (segments) {
            onRequest.add("segments");
        }
        if (offers) {
            onRequest.add("offers");
        }
        Map<Path, Job> jobs = new LinkedHashMap<>();
        for (Scenario scenario : loaded) {
            Path directory = directory(scenario.name(), loaded.size());
            long used = seed != null ? seed : scenario.seed().orElse(DEFAULT_SEED);
            RunDescription run =
                    RunDescription.of(scenario, VersionProvider.version(), used, replicates, onRequest, gzip);
            if (jobs.put(directory.toAbsolutePath().normalize(), new Job(run, directory)) != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "two of the scenarios are called '" + scenario.name() + "'; run them one by one, with -o");
            }
        }
        return List.copyOf(jobs.values());
    }

    private List<Node.Mapping> overlays(List<Problem> problems) {
        List<String> all = new ArrayList<>(settings);
        if (months != null) {
            all.add("horizon.months=" + months);
        }
        List<Node.Mapping> overlays = new ArrayList<>();
        if (drawn != null) {
            overlays.addAll(draw(problems));
        }
        for (String setting : all) {
            int at = setting.indexOf('=');
            if (at < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--set wants PATH=VALUE, such as price.cnSubsidy=0.4, not '" + setting + "'");
            }
            try {
                overlays.add(ScenarioLoader.setting(setting.substring(0, at), setting.substring(at + 1)));
            } catch (InputException e) {
                problems.addAll(e.problems());
            }
        }
        return overlays;
    }

    /** The row of a table of parameters that was asked for. */
    private List<Node.Mapping> draw(List<Problem> problems) {
        int colon = drawn.lastIndexOf(':');
        boolean numbered = colon > 0 && drawn.substring(colon + 1).matches("[1-9][0-9]{0,8}");
        Path file = Path.of(numbered ? drawn.substring(0, colon) : drawn);
        int row = numbered ? Integer.parseInt(drawn.substring(colon + 1)) : 1;
        Problems found = new Problems();
        List<Map<String, Double>> draws = TargetFiles.draws(file, ParameterSpace.ofDefaults(), found);
        problems.addAll(found.all());
        if (!found.isEmpty()) {
            return List.of();
        }
        check(row <= draws.size(), "--parameters", "a row of 1 to " + draws.size(), row);
        return draws.get(row - 1).entrySet().stream()
                .map(e -> ScenarioLoader.setting(e.getKey(), Numbers.text(e.getValue())))
                .toList();
    }

    private void check(boolean holds, String option, String allowed, Object value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be " + allowed + ", not " + value);
        }
    }

    private Path directory(String name, int count) {
        if (output == null) {
            return Path.of("results", name);
        }
        return count == 1 ? output : output.resolve(name);
    }

    // Running it ------------------------------------------------------------------------------------------------------

    private List<JobResult> run(List<Job> jobs) throws OccupiedException, IOException, InterruptedException {
        Cancellation cancellation = new Cancellation();
        CountDownLatch over = new CountDownLatch(1);
        boolean watched = !quiet && Terminal.interactive();
        try (ProgressLine line = new ProgressLine(err())) {
            Thread onSignal = new Thread(() -> stop(cancellation, over, line), "stop");
            Runtime.getRuntime().addShutdownHook(onSignal);
            try {
                int used = threads != null ? threads : Runtime.getRuntime().availableProcessors();
                List<String> command = new ArrayList<>(List.of("twostacks"));
                command.addAll(spec.root().commandLine().getParseResult().originalArgs());
                return new RunService(
                                used,
                                VersionProvider.commit(),
                                command,
                                force,
                                watched ? line : Progress.NONE,
                                cancellation)
                        .run(jobs);
            } finally {
                over.countDown();
                removeHook(onSignal);
            }
        }
    }

    /** On Ctrl-C or SIGTERM: waits until the runs have stopped and tidied up. The JVM sees to the exit code. */
    private void stop(Cancellation cancellation, CountDownLatch over, ProgressLine line) {
        cancellation.cancel();
        try {
            boolean tidy = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            line.close();
            err().println(
                            tidy
                                    ? "twostacks run: stopped; nothing unfinished was kept."
                                    : "twostacks run: stopped; the next run there removes what is unfinished.");
            err().flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook is at work
        }
    }

    private int occupied(OccupiedException e) {
        e.occupied()
                .forEach((directory, what) -> err().println("twostacks run: " + directory + " holds " + what
                        + "; choose another directory with -o, or replace it with --force."));
        return ExitCodes.BAD_USAGE;
    }

    private static String cannotWrite(IOException e) {
        if (e instanceof ResultDirectory.BusyException) {
            return e.getMessage() + "; wait for it, or choose another directory with -o.";
        }
        if (e instanceof java.nio.file.AccessDeniedException denied) {
            return "cannot write to " + denied.getFile() + ": permission denied; choose another directory with -o.";
        }
        if (e instanceof java.nio.file.NotDirectoryException || e instanceof java.nio.file.FileAlreadyExistsException) {
            return e.getMessage() + " is a file, not a directory; choose another directory with -o.";
        }
        return "cannot write: " + e.getMessage() + "; choose another directory with -o.";
    }

    // Saying how it went ----------------------------------------------------------------------------------------------

    /** Makes the pages that are wanted and not there yet; returns false if one could not be made. */
    private boolean reports(List<JobResult> results, List<Path> made) {
        boolean all = true;
        for (JobResult result : results) {
            boolean wanted = report != null
                    ? report
                    : BASELINE.equals(result.job().run().scenario()) && scenarios.contains(BASELINE);
            boolean there = result.status() == Status.DONE || result.status() == Status.ALREADY_THERE;
            if (!wanted || !there) {
                continue;
            }
            Path target = result.job().directory().resolve(Report.FILE);
            try {
                if (result.status() == Status.DONE || !Files.exists(target)) {
                    Report.write(result.job().directory(), target);
                }
                made.add(target);
            } catch (UnusableResultsException e) {
                err().println("twostacks run: no report: " + e.getMessage() + ".");
                all = false;
            } catch (IOException e) {
                err().println("twostacks run: no report: " + ReportCommand.cannot(e, target));
                all = false;
            }
        }
        return all;
    }

    private void report(List<JobResult> results, List<Path> reports, Map<String, Map<String, String>> names)
            throws IOException {
        for (JobResult result : results) {
            if (result.status() == Status.FAILED) {
                String trace = result.failure() instanceof IOException
                        ? ""
                        : " Please report it, with " + Failures.trace(result.failure(), main.debug(), err()) + ".";
                err().println("twostacks run: " + result.job().run().scenario() + ": " + result.note()
                        + "; nothing of it was written." + trace);
            }
        }
        err().flush();
        if (json) {
            spec.commandLine().getOut().print(Json.text(json(results, reports)));
            spec.commandLine().getOut().flush();
        } else if (!quiet) {
            summarise(
                    results.stream()
                            .filter(r -> r.status() == Status.DONE || r.status() == Status.ALREADY_THERE)
                            .toList(),
                    reports,
                    names);
        }
    }

    private void summarise(List<JobResult> whole, List<Path> reports, Map<String, Map<String, String>> names)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        SummaryPrinter printer = new SummaryPrinter(out, Terminal.colours());
        List<RunSummary> summaries = new ArrayList<>();
        for (JobResult result : whole) {
            summaries.add(RunSummary.read(result.job().directory()));
        }
        if (whole.size() == 1) {
            JobResult result = whole.get(0);
            printer.print(result, summaries.get(0), names.get(result.job().run().scenario()), !reports.isEmpty());
        } else if (!whole.isEmpty()) {
            printer.printTogether(whole, summaries, reports);
        }
        out.flush();
    }

    private static ObjectNode json(List<JobResult> results, List<Path> reports) throws IOException {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "run");
        ArrayNode runs = root.putArray("runs");
        for (JobResult result : results) {
            RunDescription run = result.job().run();
            ObjectNode node = runs.addObject();
            node.put("scenario", run.scenario());
            node.put(
                    "status",
                    result.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            node.put("directory", result.job().directory().toString());
            node.put("runId", run.id());
            node.put("seed", run.seed());
            node.put("replicates", run.replicates());
            if (!result.note().isEmpty()) {
                node.put("note", result.note());
            }
            ObjectNode seconds = node.putObject("seconds");
            seconds.put("elapsed", seconds(result.elapsedNanos()));
            seconds.put("simulating", seconds(result.simulatingNanos()));
            seconds.put("writing", seconds(result.writingNanos()));
            if (result.status() == Status.DONE || result.status() == Status.ALREADY_THERE) {
                ArrayNode files = node.putArray("files");
                for (Path file : files(result)) {
                    files.addObject().put("name", file.getFileName().toString()).put("bytes", Files.size(file));
                }
                Path page = result.job().directory().resolve(Report.FILE);
                if (reports.contains(page)) {
                    node.put("report", page.toString());
                }
                node.set("summary", RunSummary.read(result.job().directory()).json());
            }
        }
        return root;
    }

    /** The files of a run's tables. */
    static List<Path> files(JobResult result) {
        RunDescription run = result.job().run();
        return run.tableNames().stream()
                .map(table -> result.job().directory().resolve(run.fileName(table)))
                .toList();
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
