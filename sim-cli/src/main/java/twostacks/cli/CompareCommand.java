package twostacks.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import twostacks.analysis.effects.Comparison;
import twostacks.analysis.effects.Estimate;
import twostacks.analysis.results.OutcomeName;
import twostacks.experiment.Job;
import twostacks.experiment.JobResult;
import twostacks.experiment.JobResult.Status;
import twostacks.experiment.OccupiedException;
import twostacks.output.Json;
import twostacks.output.Provenance;
import twostacks.output.ResultDirectory;
import twostacks.scenario.Ablation;
import twostacks.scenario.Scenario;
import twostacks.world.WorldSpec;

/** {@code twostacks compare}: what alternatives change, from pairs of runs that share their luck. */
@Command(
        name = "compare",
        description =
                "Run a base and alternatives in pairs that share their luck, and tell what each alternative changes:"
                        + " its effect on each outcome of each nation and month, with its error.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "An outcome is a column of world.csv (share_cn_open, by people; share_cn_open@gdp), of a nation",
            "(IND.share_cn_open), or a text's value (IND.leading_origin=CN), at the end or in a month (…:2030-12).",
            "",
            "Examples:",
            "  twostacks compare baseline price-war chip-controls-lifted",
            "  twostacks compare baseline price-war --precision 0.002 --outcome share_cn_api:2029-12",
            "  twostacks compare baseline my.yaml --replicates 16 --attribute"
        })
final class CompareCommand implements Callable<Integer> {
    /** Pairs of a first look, and of a comparison that does not say how many. */
    private static final int FIRST = 8;

    private static final int MOST = 256;
    private static final String DEFAULT_OUTCOME = "share_cn_open";
    /** More than the look at hand asks for, since the next one's error is not known. */
    private static final double MARGIN = 1.1;

    private static final long LEAST_MEMORY = 64L << 20;
    private static final long MOST_MEMORY = 1L << 30;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(index = "0", paramLabel = "BASE", description = "Scenario that the others are compared with.")
    private String base;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ALTERNATIVE",
            description = "Scenarios to compare with it.")
    private List<String> alternatives = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for the results. Default: results/BASE-vs-ALTERNATIVE.")
    private Path output;

    @Option(
            names = {"-r", "--replicates"},
            paramLabel = "R",
            description = "Number of pairs, at least 2. Default: " + FIRST + ".")
    private Integer replicates;

    @Option(
            names = "--precision",
            paramLabel = "HALFWIDTH",
            description = "Add pairs until the intervals of the --outcome are no wider than this on either side.")
    private Double precision;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Outcome that --precision is about, and that nations are told by. May be given several times."
                    + " Default: share_cn_open of the world's people in the last month.")
    private List<String> outcomes = new ArrayList<>();

    @Option(
            names = "--most-replicates",
            paramLabel = "R",
            defaultValue = "" + MOST,
            description = "Where --precision gives up. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = "--interval",
            paramLabel = "KIND",
            defaultValue = "t",
            description = "t (paired t) or bootstrap (bias-corrected and accelerated). Default: ${DEFAULT-VALUE}.")
    private IntervalKind interval;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "Level of intervals. Default: ${DEFAULT-VALUE}.")
    private double confidence;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
    private int resamples;

    @Option(
            names = "--attribute",
            description = "Divide each effect among price, export control, trust and what else the alternative changes,"
                    + " by running every mixture of them (Shapley values).")
    private boolean attribute;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to tell effects on, separated by commas. Default: all.")
    private List<String> columns = new ArrayList<>();

    @Mixin
    private ScenarioOptions options;

    @Option(names = "--gzip", description = "Compress the tables of the runs (.csv.gz).")
    private boolean gzip;

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

    /** Names of intervals on the command line. */
    enum IntervalKind {
        T,
        BOOTSTRAP
    }

    private final Instant started = Instant.now();
    private Scenario baseScenario;
    private final Map<String, Scenario> scenarios = new LinkedHashMap<>();
    private List<OutcomeName> named = List.of();
    private ComparisonRuns runs;
    private long simulating;
    private long writing;

    @Override
    public Integer call() throws IOException, InterruptedException {
        prepare();
        if (dryRun.wanted()) {
            return dryRun();
        }
        String occupied = runs.occupied();
        if (!occupied.isEmpty() && !force) {
            err().println(spec.qualifiedName() + ": " + runs.directory() + " holds " + occupied
                    + "; choose another directory with -o, or replace it with --force.");
            return ExitCodes.BAD_USAGE;
        }
        String kept = "the pairs that are whole are kept; start it again to go on.";
        boolean met = true;
        int pairs;
        Map<String, Comparison.Coalitions> coalitions;
        try (RunSession session = new RunSession(spec, options.threads(), force, quiet, kept)) {
            int there = force ? 0 : runs.there();
            if (precision == null && there > pairsWanted()) {
                err().println(spec.qualifiedName() + ": " + runs.directory() + " holds " + there
                        + " pairs; ask for as many or"
                        + " more with --replicates, or choose another directory with -o.");
                return ExitCodes.BAD_USAGE;
            }
            pairs = Math.max(there, precision == null ? Math.min(FIRST, pairsWanted()) : FIRST);
            while (true) {
                int exit = run(session, runs.pairs(pairs));
                if (exit != ExitCodes.OK) {
                    return exit;
                }
                int next = precision == null ? Math.min(pairsWanted(), 2 * pairs) : nextLook(pairs);
                if (next <= pairs) {
                    break;
                }
                if (pairs >= most && precision != null) {
                    met = false;
                    break;
                }
                pairs = precision == null ? next : Math.min(most, next);
            }
            coalitions = new LinkedHashMap<>();
            if (attribute) {
                int exit = run(session, runs.mixtures(pairs, coalitions));
                if (exit != ExitCodes.OK) {
                    return exit;
                }
            }
            write(coalitions, met);
        } catch (OccupiedException e) {
            return RunSession.occupied(e, spec);
        } catch (IOException e) {
            return RunSession.cannotWrite(e, spec);
        }
        report(met, coalitions);
        if (!met) {
            err().println(spec.qualifiedName() + ": the precision is not reached with " + pairs
                    + " pairs; go on with a greater --most-replicates.");
            err().flush();
            return ExitCodes.FAILED;
        }
        return ExitCodes.OK;
    }

    /** What the pairs would take, and the mixtures; with --precision those of the first look, for more is not known. */
    private int dryRun() throws IOException {
        List<Job> jobs = new ArrayList<>(runs.pairs(pairsWanted()));
        if (attribute) {
            jobs.addAll(runs.mixtures(pairsWanted(), new LinkedHashMap<>()));
        }
        return DryRun.tell(spec, jobs.stream().map(Job::run).toList(), options.threads(), json);
    }

    private int pairsWanted() {
        return replicates == null ? FIRST : replicates;
    }

    // What to run -----------------------------------------------------------------------------------------------------

    private void prepare() {
        options.check(replicates == null || replicates >= 2, "--replicates", "at least 2", replicates);
        options.check(precision == null || precision > 0, "--precision", "greater than 0", precision);
        options.check(most >= FIRST, "--most-replicates", "at least " + FIRST, most);
        options.check(confidence > 0 && confidence < 1, "--confidence", "between 0 and 1", confidence);
        options.check(resamples >= 100 && resamples <= 1_000_000, "--resamples", "100 to 1000000", resamples);
        if (replicates != null && precision != null) {
            throw refused("--replicates and --precision both say how many pairs; give one of them");
        }
        List<String> all = new ArrayList<>(List.of(base));
        all.addAll(alternatives);
        if (new LinkedHashSet<>(all).size() < all.size()) {
            throw refused("each scenario can be named once; give the base first, then what differs from it");
        }
        List<Scenario> loaded = options.load(all);
        scenarios.clear(); // a command that is carried out again knows nothing of the last time
        baseScenario = loaded.get(0);
        for (Scenario alternative : loaded.subList(1, loaded.size())) {
            if (alternative.name().equals(baseScenario.name())
                    || scenarios.put(alternative.name(), alternative) != null) {
                throw refused("two of the scenarios are called '" + alternative.name() + "'");
            }
            WorldSpec a = baseScenario.spec();
            WorldSpec b = alternative.spec();
            if (a.startMonth() != b.startMonth() || a.months() != b.months()) {
                throw refused(
                        alternative.name() + " covers " + OutcomeCheck.span(b) + " and " + baseScenario.name() + " "
                                + OutcomeCheck.span(a)
                                + "; pairs need the same months");
            }
            if (attribute) {
                try {
                    Ablation.of(baseScenario, alternative);
                } catch (IllegalArgumentException e) {
                    throw refused("--attribute: " + e.getMessage());
                }
            }
        }
        named = (outcomes.isEmpty() ? List.of(DEFAULT_OUTCOME) : outcomes)
                .stream().map(OutcomeName::of).toList();
        named.forEach(outcome -> OutcomeCheck.problem(outcome, baseScenario).ifPresent(problem -> {
            throw refused("--outcome " + outcome + ": " + problem);
        }));
        columns.forEach(column -> OutcomeCheck.problem(column).ifPresent(problem -> {
            throw refused("--columns: " + problem);
        }));
        Path directory = output != null
                ? output
                : Path.of(
                        "results",
                        baseScenario.name() + "-vs-"
                                + scenarios.keySet().iterator().next()
                                + (scenarios.size() == 1 ? "" : "-and-" + (scenarios.size() - 1) + "-more"));
        runs = new ComparisonRuns(baseScenario, scenarios, directory, options.seed(baseScenario), gzip);
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    // Running it ------------------------------------------------------------------------------------------------------

    private int run(RunSession session, List<Job> jobs) throws OccupiedException, IOException, InterruptedException {
        List<JobResult> results = session.run(jobs);
        for (JobResult result : results) {
            simulating += result.simulatingNanos();
            writing += result.writingNanos();
            if (result.status() == Status.FAILED) {
                RunSession.failed(result, main.debug(), spec);
            }
        }
        err().flush();
        return RunSession.exitCode(results);
    }

    /** Pairs that the next look wants, judging by this one; no more than there are if it is precise enough. */
    private int nextLook(int pairs) {
        Comparison comparison = comparison();
        double needed = 0;
        for (String alternative : scenarios.keySet()) {
            for (OutcomeName outcome : named) {
                Estimate e = comparison.effect(alternative, outcome);
                double width = e.halfWidth();
                if (width > precision) {
                    needed = Math.max(needed, pairs * (width / precision) * (width / precision));
                }
            }
        }
        if (needed == 0) {
            return pairs;
        }
        return (int) Math.max(pairs + 2L, Math.min(2L * pairs, (long) Math.ceil(needed * MARGIN)));
    }

    private Comparison comparison() {
        long memory = Math.max(
                LEAST_MEMORY, Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4));
        return new Comparison(
                runs.ofBase(),
                runs.ofAlternatives(),
                new Comparison.Options(
                        interval == IntervalKind.BOOTSTRAP,
                        confidence,
                        resamples,
                        options.seed(baseScenario),
                        new LinkedHashSet<>(columns),
                        options.threads(),
                        memory));
    }

    private void write(Map<String, Comparison.Coalitions> coalitions, boolean met) throws IOException {
        ObjectNode block = Json.object();
        block.put("schemaVersion", 1);
        block.put("kind", "comparison");
        block.put("title", "twostacks: " + baseScenario.name() + " and " + String.join(", ", scenarios.keySet()));
        block.put("modelVersion", VersionProvider.version());
        runs.describe(block);
        if (precision != null) {
            ObjectNode wanted = block.putObject("precision");
            wanted.put("halfWidth", java.math.BigDecimal.valueOf(precision));
            wanted.put("reached", met);
            named.forEach(o -> wanted.withArray("/outcomes").add(o.toString()));
        }
        if (attribute) {
            runs.describeCauses(block);
        }
        comparison().write(runs.directory(), block, coalitions);
        String id = baseScenario.name() + " with " + String.join(", ", scenarios.keySet());
        Files.writeString(
                runs.directory().resolve(ResultDirectory.PROVENANCE),
                new Provenance(
                                Sweeps.words(spec),
                                VersionProvider.commit(),
                                options.threads(),
                                started,
                                simulating,
                                writing)
                        .json("comparison", id),
                StandardCharsets.UTF_8);
    }

    // Saying what came out --------------------------------------------------------------------------------------------

    private void report(boolean met, Map<String, Comparison.Coalitions> coalitions) {
        if (quiet && !json) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> names = new LinkedHashMap<>();
        baseScenario.spec().nations().forEach(n -> names.put(n.iso3(), n.name()));
        EffectsPrinter printer = new EffectsPrinter(out, Terminal.colours(), runs.directory(), named, names);
        if (json) {
            ObjectNode root = printer.json();
            root.put("precisionReached", met);
            out.print(Json.text(root));
        } else {
            printer.print();
            scenarios.keySet().stream()
                    .filter(name -> attribute && !coalitions.containsKey(name))
                    .forEach(name -> out.println(name + " differs from " + baseScenario.name() + " in nothing."));
        }
        out.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
