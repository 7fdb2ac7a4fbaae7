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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import twostacks.analysis.report.Report;
import twostacks.analysis.report.UnusableResultsException;
import twostacks.experiment.Job;
import twostacks.experiment.JobResult;
import twostacks.experiment.JobResult.Status;
import twostacks.experiment.OccupiedException;
import twostacks.output.Json;
import twostacks.output.RunDescription;
import twostacks.output.RunSummary;
import twostacks.scenario.Scenario;

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
            "  twostacks run baseline --replicates 200 --dry-run",
            "  twostacks run baseline chip-controls-lifted --replicates 8",
            "  twostacks run my.yaml --set price.cnSubsidy=0.4 -o results/trial"
        })
final class RunCommand implements Callable<Integer> {
    private static final String BASELINE = "baseline";

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
            names = {"-r", "--replicates"},
            paramLabel = "R",
            defaultValue = "1",
            description = "Number of replicates: runs that differ in luck only. Default: ${DEFAULT-VALUE}.")
    private int replicates;

    @Mixin
    private ScenarioOptions options;

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

    @Mixin
    private DryRun dryRun;

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
        if (dryRun.wanted()) {
            return DryRun.tell(spec, jobs.stream().map(Job::run).toList(), options.threads(), json);
        }
        Map<String, Map<String, String>> names = new LinkedHashMap<>();
        for (Job job : jobs) {
            Map<String, String> byCode = new LinkedHashMap<>();
            job.run().world().nations().forEach(n -> byCode.put(n.iso3(), n.name()));
            names.put(job.run().scenario(), byCode);
        }
        List<JobResult> results;
        try (RunSession session =
                new RunSession(spec, options.threads(), force, quiet, "nothing unfinished was kept.")) {
            results = session.run(jobs);
        } catch (OccupiedException e) {
            return RunSession.occupied(e, spec);
        } catch (IOException e) {
            return RunSession.cannotWrite(e, spec);
        }
        List<Path> reports = new ArrayList<>();
        boolean reported = reports(results, reports);
        report(results, reports, names);
        int exit = RunSession.exitCode(results);
        return exit == ExitCodes.OK && !reported ? ExitCodes.FAILED : exit;
    }

    // What to run -----------------------------------------------------------------------------------------------------

    private List<Job> jobs() {
        options.check(replicates >= 1, "--replicates", "at least 1", replicates);
        boolean inTurn = replicates > 1 && options.wholeTable();
        List<Scenario> loaded = options.load(scenarios, inTurn);
        List<Map<String, Double>> draws = inTurn ? options.draws() : List.of();
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
            RunDescription run = RunDescription.of(
                    scenario, VersionProvider.version(), options.seed(scenario), replicates, onRequest, gzip);
            try {
                run = run.withDraws(scenario, draws);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--parameters: " + e.getMessage());
            }
            if (jobs.put(directory.toAbsolutePath().normalize(), new Job(run, directory)) != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "two of the scenarios are called '" + scenario.name() + "'; run them one by one, with -o");
            }
        }
        return List.copyOf(jobs.values());
    }

    private Path directory(String name, int count) {
        if (output == null) {
            return Path.of("results", name);
        }
        return count == 1 ? output : output.resolve(name);
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
                RunSession.failed(result, main.debug(), spec);
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
