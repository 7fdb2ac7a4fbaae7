package twostacks.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.experiment.design.Axis;
import twostacks.experiment.engine.SweepEngine;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.ExperimentLoader;
import twostacks.experiment.plan.Plan;
import twostacks.experiment.shard.Estimate;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.Simulator;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepRunner;
import twostacks.output.Json;

/** {@code twostacks sweep}: carries out designed experiments. */
@Command(
        name = "sweep",
        description =
                "Carry out an experiment: many runs by a design. The same command goes on with one that was stopped, "
                        + "and runs only what is new where the design got longer. Results do not depend on threads or shards.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  twostacks sweep chips.yaml --dry-run",
            "  twostacks sweep chips.yaml",
            "  twostacks sweep chips.yaml --shard 3/8 -o part3    (then: twostacks merge part* -o results/chips)",
            "  twostacks sweep chips.yaml --engine slurm --shards 50 --partition main --time 2:00:00"
        })
final class SweepCommand implements Callable<Integer> {
    private static final String LOCAL = "local";
    private static final int DEFAULT_SHARDS = 16;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "EXPERIMENT", description = "Experiment file, or a directory in which a sweep was begun.")
    private Path experiment;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for the sweep. Default: results/NAME, with the experiment's name.")
    private Path output;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: all cores; one for each shard on an"
                    + " engine other than local.")
    private Integer threads;

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            description = "Run shard i of n only (i from 1); 'merge' puts shards together.")
    private String shard;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = LOCAL,
            description = "Where to run: local, slurm, or one on the class path. Default: ${DEFAULT-VALUE}.")
    private String engine;

    @Mixin
    private DryRun dryRun;

    @Option(names = "--list", description = "Print the runs of the plan (or shard) as CSV, and run nothing.")
    private boolean list;

    @Option(names = "--force", description = "Replace another plan and its results in the directory.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object instead of the summary.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Engines other than local: number of shards. Default: " + DEFAULT_SHARDS + ".")
    private Integer shards;

    @Option(names = "--partition", paramLabel = "NAME", description = "Slurm: partition.")
    private String partition;

    @Option(names = "--time", paramLabel = "TIME", description = "Slurm: time limit of a shard, such as 2:00:00.")
    private String time;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Slurm: memory of a shard, such as 2G.")
    private String memory;

    @Option(names = "--account", paramLabel = "NAME", description = "Slurm: account.")
    private String account;

    @Option(names = "--at-once", paramLabel = "N", description = "Slurm: most shards at the same time.")
    private Integer atOnce;

    @Option(
            names = "--modules",
            paramLabel = "NAMES",
            description = "Slurm: environment modules to load, separated by commas, such as java/17.")
    private String modules;

    @Option(
            names = "--container",
            paramLabel = "IMAGE",
            description = "Slurm: image in which to run, by apptainer; it needs a Java 17 or newer.")
    private String container;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(threads == null || threads >= 1, "--threads", "at least 1", threads);
        check(shards == null || shards >= 1, "--shards", "at least 1", shards);
        check(atOnce == null || atOnce >= 1, "--at-once", "at least 1", atOnce);
        Shard part = part();
        SweepEngine elsewhere = engine.equals(LOCAL) ? null : engine();
        if (elsewhere != null && shard != null) {
            throw new ParameterException(spec.commandLine(), "--shard is for the engine local; others take --shards");
        }
        try {
            boolean begun = Files.isDirectory(experiment);
            SweepDirectory opened = begun ? SweepDirectory.open(experiment, VersionProvider.version()) : null;
            Plan plan = begun
                    ? opened.plan()
                    : new Plan(ExperimentLoader.load(experiment.toString()), VersionProvider.version());
            Path directory = output != null
                    ? output
                    : begun ? experiment : Path.of("results", plan.experiment().name());
            if (list) {
                return list(plan, part);
            }
            if (dryRun.wanted() && elsewhere == null) {
                return estimate(plan, part, directory);
            }
            if (dryRun.wanted()) {
                return elsewhere(elsewhere, SweepDirectory.prospective(directory, plan));
            }
            SweepDirectory where = begun && output == null
                    ? opened
                    : SweepDirectory.open(directory, plan, VersionProvider.commit(), force);
            return elsewhere != null ? elsewhere(elsewhere, where) : local(where, part);
        } catch (SweepDirectory.RefusedException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    e.getMessage() + "; choose another directory with -o, or replace it with --force");
        } catch (java.nio.file.FileSystemException e) {
            spec.commandLine()
                    .getErr()
                    .println("twostacks sweep: cannot write: "
                            + (e.getReason() == null ? e.getMessage() : e.getFile() + ": " + e.getReason())
                            + "; what was stored before is kept.");
            return ExitCodes.FAILED;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("twostacks sweep: cannot write: " + e.getMessage() + "; what was stored before is kept.");
            return ExitCodes.FAILED;
        }
    }

    private void check(boolean holds, String option, String allowed, Object value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be " + allowed + ", not " + value);
        }
    }

    private Shard part() {
        try {
            return shard == null ? Shard.ALL : Shard.parse(shard);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--shard: " + e.getMessage());
        }
    }

    // What there is to do ---------------------------------------------------------------------------------------------

    private int list(Plan plan, Shard part) {
        PrintWriter out = spec.commandLine().getOut();
        List<Axis> axes = plan.experiment().axes();
        StringBuilder header = new StringBuilder("run_id,scenario,point,lever,replicate,seed");
        axes.forEach(a -> header.append(',').append(a.name()));
        out.print(header + "\n");
        for (long number = part.number() - 1L; number < plan.runs(); number += part.of()) {
            Plan.Run run = plan.run(number);
            StringBuilder row = new StringBuilder(run.name())
                    .append(',')
                    .append(run.option().scenario())
                    .append(',')
                    .append(run.point())
                    .append(',')
                    .append(run.option().lever())
                    .append(',')
                    .append(run.replicate())
                    .append(',')
                    .append(plan.experiment().seed());
            for (int i = 0; i < axes.size(); i++) {
                row.append(',')
                        .append(java.math.BigDecimal.valueOf(Math.round(run.values()[i]
                                        * StrictMath.pow(10, axes.get(i).decimals())))
                                .movePointLeft(axes.get(i).decimals())
                                .toPlainString());
            }
            out.print(row.append('\n'));
        }
        out.flush();
        return ExitCodes.OK;
    }

    private int estimate(Plan plan, Shard part, Path directory) throws IOException, SweepDirectory.RefusedException {
        long all = (plan.runs() - part.number() + part.of()) / part.of();
        long stored = SweepRunner.stored(directory, plan, part);
        Estimate estimate = Estimate.of(plan, all - stored, all, Simulator.MODEL);
        int used = Sweeps.threads(threads);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = Sweeps.json("sweep", plan);
            root.put("dryRun", true);
            root.put("directory", directory.toString());
            root.put("toRun", all - stored);
            root.put("stored", stored);
            DryRun.put(root, estimate, used);
            out.print(Json.text(root));
            out.flush();
            return ExitCodes.OK;
        }
        Experiment e = plan.experiment();
        out.println(Sweeps.describe(plan));
        out.println("  plan        " + plan.hash().substring(0, 12) + ", model " + plan.modelVersion());
        out.println("  scenarios   " + String.join(", ", e.scenarios()));
        out.println("  levers      " + String.join(", ", e.levers()));
        for (Axis axis : e.axes()) {
            out.println("  factor      " + axis.name() + "  " + twostacks.input.Numbers.text(axis.min()) + " to "
                    + twostacks.input.Numbers.text(axis.max())
                    + (axis.unit().equals("1") ? "" : " " + axis.unit()) + "  (" + axis.meaning() + ")");
        }
        out.println("  kept        "
                + String.join(", ", e.outcomes().stream().map(o -> o.name()).toList())
                + (e.series().isEmpty() ? "" : "; tables " + String.join(", ", e.series())));
        if (part.of() > 1) {
            out.println("  shard       " + part + ": " + Sweeps.count(all, "run"));
        }
        out.println("  to run      " + Sweeps.count(all - stored, "run")
                + (stored > 0 ? " (" + stored + " are stored in " + directory + ")" : ""));
        DryRun.print(
                out, estimate, used, " (" + Terminal.size(estimate.tableBytes()) + " of tables, and the stored runs)");
        out.flush();
        return ExitCodes.OK;
    }

    // Doing it --------------------------------------------------------------------------------------------------------

    private int local(SweepDirectory where, Shard part) throws IOException, InterruptedException {
        int used = Sweeps.threads(threads);
        Instant started = Instant.now();
        long before = System.nanoTime();
        SweepRunner.Result result = Sweeps.run(spec, where, part, used, false, quiet);
        long nanos = System.nanoTime() - before;
        result.damaged()
                .forEach(d ->
                        spec.commandLine().getErr().println("twostacks sweep: " + d + "; its runs were made again."));
        ObjectNode node = json ? Sweeps.json("sweep", where.plan()) : null;
        PrintWriter out = spec.commandLine().getOut();
        if (node != null) {
            node.put("shard", part.toString());
            node.put("kept", result.kept());
            node.put("done", result.done());
            node.put("failedNow", result.failed());
            node.put("seconds", Math.round(nanos / 1e6) / 1e3);
        } else if (!quiet) {
            out.println(Sweeps.describe(where.plan()));
            out.println("  " + (part.of() > 1 ? "shard " + part + ": " : "") + Sweeps.count(result.done(), "run")
                    + " done in " + Terminal.duration(nanos)
                    + (result.kept() > 0 ? ", " + result.kept() + " kept from before" : "")
                    + (result.failed() + result.failedBefore() > 0
                            ? ", " + (result.failed() + result.failedBefore()) + " failed"
                            : ""));
            out.flush();
        }
        if (result.stopped()) {
            return ExitCodes.INTERRUPTED;
        }
        int code = result.failed() + result.failedBefore() > 0 ? ExitCodes.FAILED : ExitCodes.OK;
        if (part.of() == 1) {
            code = Sweeps.merge(
                    spec, List.of(where), where.path(), Sweeps.provenance(spec, used, started, nanos), node, quiet);
        } else if (node == null && !quiet) {
            out.println("  When all shards are done: twostacks merge " + where.path() + " (and the other directories)");
        }
        if (node != null) {
            out.print(Json.text(node));
        }
        out.flush();
        return code;
    }

    private SweepEngine engine() {
        List<String> names = new ArrayList<>(List.of(LOCAL));
        for (SweepEngine found : ServiceLoader.load(SweepEngine.class)) {
            if (found.name().equals(engine)) {
                return found;
            }
            names.add(found.name());
        }
        throw new ParameterException(
                spec.commandLine(),
                "no engine is called '" + engine + "' here; there are: " + String.join(", ", names));
    }

    private int elsewhere(SweepEngine found, SweepDirectory where) throws IOException, InterruptedException {
        int of = shards != null ? shards : DEFAULT_SHARDS;
        List<Shard> missing = SweepRunner.missing(where, of);
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "partition", partition);
        put(options, "time", time);
        put(options, "memory", memory);
        put(options, "account", account);
        put(options, "modules", modules);
        put(options, "container", container);
        put(options, "at-once", atOnce);
        options.put("shards", Integer.toString(of));
        Instant started = Instant.now();
        long before = System.nanoTime();
        SweepEngine.Report report;
        try {
            report = found.run(new SweepEngine.Request(
                    where,
                    missing,
                    threads == null ? 1 : threads,
                    Self.command(),
                    VersionProvider.commit(),
                    options,
                    false,
                    dryRun.wanted()));
        } catch (SweepEngine.RefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode node = json ? Sweeps.json("sweep", where.plan()) : null;
        if (node != null) {
            node.put("engine", found.name());
            report.lines().forEach(node.withArray("/lines")::add);
        } else if (!quiet || dryRun.wanted()) {
            report.lines().forEach(out::println);
        }
        int code = ExitCodes.OK;
        if (report.finished() && !dryRun.wanted()) {
            code = Sweeps.merge(
                    spec,
                    List.of(where),
                    where.path(),
                    Sweeps.provenance(spec, 1, started, System.nanoTime() - before),
                    node,
                    quiet);
        }
        if (node != null) {
            out.print(Json.text(node));
        }
        out.flush();
        return code;
    }

    private static void put(Map<String, String> options, String name, Object value) {
        if (value != null) {
            options.put(name, value.toString());
        }
    }
}
