package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import twostacks.analysis.discovery.Condition;
import twostacks.analysis.discovery.Condition.Operand;
import twostacks.analysis.discovery.Discovery;
import twostacks.analysis.discovery.Reversal;
import twostacks.analysis.discovery.Reversal.Parameter;
import twostacks.analysis.discovery.Reversal.Trial;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.Sweep;
import twostacks.analysis.results.Sweep.Setting;
import twostacks.experiment.design.Axis;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.Experiment.Option;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.input.Nearest;
import twostacks.input.Numbers;
import twostacks.output.Json;
import twostacks.parameters.ParameterSpace;

/**
 * {@code twostacks discover --reverse}: searches with runs of its own, confirms what it found with more of them, and says
 * so.
 */
final class ReversalSearch {
    /** Name of the directory that it writes, and of its table. */
    static final String FOLDER = "reversal";

    private static final String TRIALS = "trials";
    /** How much further a point is moved that could not be confirmed, and how often. */
    private static final double FURTHER = 1.05;

    private static final int MOST_FURTHER = 10;
    private static final int DECIMALS = 8;
    private static final int SHOWN = 5;

    private final CommandSpec spec;
    private final Sweep sweep;
    private final ReversalOptions options;
    private final Path directory;
    private final boolean json;
    private final boolean quiet;
    private final Condition claim;
    private final Experiment experiment;
    private final String scenario;
    private final String lever;
    private final List<Option> worlds;
    private final List<Axis> axes = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Reversal reversal;

    ReversalSearch(
            CommandSpec spec,
            Sweep sweep,
            String claim,
            ReversalOptions options,
            long seed,
            Path directory,
            boolean json,
            boolean quiet)
            throws IOException {
        this.spec = spec;
        this.sweep = sweep;
        this.options = options;
        this.directory = directory;
        this.json = json;
        this.quiet = quiet;
        this.claim = Condition.parse(claim, Discovery.names(sweep));
        try {
            this.experiment = SweepDirectory.open(sweep.results().directory(), VersionProvider.version())
                    .plan()
                    .experiment();
        } catch (SweepDirectory.RefusedException e) {
            throw refused(e.getMessage() + "; --reverse needs the sweep with all that it used");
        }
        this.scenario = one("--scenario", "scenarios", options.scenario, experiment.scenarios());
        this.lever = this.claim.namesLevers()
                ? ""
                : one("--lever", "levers (or write OUTCOME[LEVER])", options.lever, experiment.levers());
        Set<String> levers = new LinkedHashSet<>();
        this.claim.operands().forEach(o -> levers.add(o.lever().isEmpty() ? lever : o.lever()));
        this.worlds = experiment.worlds().stream()
                .filter(w -> w.scenario().equals(scenario) && levers.contains(w.lever()))
                .toList();
        prepare();
        this.reversal = new Reversal(this.claim, parameters, seed);
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private String one(String option, String what, String asked, List<String> names) {
        if (asked == null && names.size() == 1) {
            return names.get(0);
        }
        if (asked == null) {
            throw refused(
                    "the sweep has several " + what + "; choose one with " + option + ": " + String.join(", ", names));
        }
        if (!names.contains(asked)) {
            throw refused(option + " is '" + asked + "'; there are " + String.join(", ", names)
                    + Columns.didYouMean(Nearest.to(asked, names)));
        }
        return asked;
    }

    /** The parameters that vary, from where the scenario has them. */
    private void prepare() {
        Map<String, Double> overrides = worlds.get(0).world().spec().overrides();
        Map<String, ParameterSpace.Entry> entries =
                worlds.get(0).world().spec().space().entries();
        for (Axis axis : experiment.axes()) {
            if (axis.max() > axis.min()) {
                double start = overrides.getOrDefault(
                        axis.name(), entries.get(axis.name()).baseline());
                int decimals = Math.max(axis.decimals(), Axis.scale(start));
                parameters.add(new Parameter(axis.name(), axis.min(), axis.max(), start, decimals));
                axes.add(new Axis(
                        axis.name(),
                        axis.unit(),
                        axis.meaning(),
                        Math.min(axis.min(), start),
                        Math.max(axis.max(), start),
                        axis.whole(),
                        decimals));
            }
        }
        if (parameters.isEmpty()) {
            throw refused(sweep.results().directory() + " has no factors that could be changed");
        }
    }

    private Map<Operand, double[]> outcomes(Sweep of, int point) {
        Map<Operand, double[]> outcomes = new LinkedHashMap<>();
        for (Operand operand : claim.operands()) {
            double[] all = of.outcome(
                    new Setting(scenario, operand.lever().isEmpty() ? lever : operand.lever()), operand.outcome());
            outcomes.put(
                    operand, java.util.Arrays.copyOfRange(all, point * of.replicates(), (point + 1) * of.replicates()));
        }
        return outcomes;
    }

    private PointSweep points(String folder, int replicates) {
        return new PointSweep(
                spec,
                experiment,
                worlds,
                axes,
                claim.operands().stream().map(Operand::outcome).distinct().toList(),
                replicates,
                directory.resolve(folder),
                Sweeps.threads(options.threads),
                options.force,
                quiet);
    }

    private Map<Operand, double[]> run(PointSweep sweepOfPoints, double... values) {
        Map<String, Double> overrides = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            overrides.put(axes.get(i).name(), values[i]);
        }
        if (worlds.stream().anyMatch(w -> !w.world().conflicts(overrides).isEmpty())) {
            return null;
        }
        try {
            Sweep made = sweepOfPoints.run(values);
            return outcomes(made, made.points() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PointSweep.StoppedException();
        }
    }

    int run() throws IOException {
        observe();
        Reversal.Result result;
        Trial start;
        Trial end = null;
        int further = 0;
        try {
            PointSweep search = points("search", options.replicates);
            result = reversal.search(values -> run(search, values), options.evaluations);
            PointSweep confirmation = points("confirmation", options.confirm);
            double[] origin = parameters.stream().mapToDouble(Parameter::start).toArray();
            start = reversal.judge("start", origin, run(confirmation, origin));
            boolean sure = false;
            while (result.found() != null && !sure && further <= MOST_FURTHER) {
                double[] values = reversal.along(result.found(), Math.pow(FURTHER, further++));
                Map<Operand, double[]> outcomes = run(confirmation, values);
                if (outcomes != null) {
                    Trial trial = reversal.judge(further == 1 ? "found" : "beyond", values, outcomes);
                    sure = sure(trial);
                    end = end == null || sure || highest(trial) < highest(end) ? trial : end;
                }
            }
        } catch (PointSweep.StoppedException e) {
            return ExitCodes.INTERRUPTED;
        }
        boolean began = start.holds() && start.margin() - start.halfWidth(options.confidence) > 0;
        boolean ended = end != null && sure(end);
        write(result, start, end, began && ended);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.text(json(result, start, end, began && ended)));
        } else if (!quiet) {
            print(out, result, start, end, began, ended);
        }
        out.flush();
        return began && ended ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private double highest(Trial trial) {
        return trial.margin() + trial.halfWidth(options.confidence);
    }

    /** Whether luck does not explain that the claim does not hold. */
    private boolean sure(Trial trial) {
        return trial.reversed() && highest(trial) < 0;
    }

    private void observe() {
        boolean saltelli = sweep.design().equals("saltelli");
        List<String> names = sweep.factors().stream().map(Sweep.Factor::name).toList();
        List<double[]> columns = parameters.stream()
                .map(p -> sweep.values(names.indexOf(p.name())))
                .toList();
        for (int point = 0; point < sweep.points(); point++) {
            if (!saltelli || !sweep.part(point).startsWith("AB:")) {
                int at = point;
                reversal.observe(columns.stream().mapToDouble(c -> c[at]).toArray(), outcomes(sweep, point));
            }
        }
    }

    // Writing ---------------------------------------------------------------------------------------------------------

    private void write(Reversal.Result result, Trial start, Trial end, boolean confirmed) throws IOException {
        try (PackageWriter writer = new PackageWriter(directory)) {
            PackageWriter.Table changes = writer.table(
                    FOLDER,
                    "the smallest change of parameters found after which the claim does not hold",
                    List.of("parameter"),
                    List.of(
                            Column.text("parameter", "parameter that varies in the sweep"),
                            Column.number("start", 0, "", "its value before, in its unit"),
                            Column.number("reversed", 0, "", "its value after"),
                            Column.number("min", 0, "", "least value of its range"),
                            Column.number("max", 0, "", "greatest value of its range"),
                            Column.number("change", 6, "", "change as a part of the range")));
            for (int i = 0; i < parameters.size() && end != null; i++) {
                Parameter p = parameters.get(i);
                double after = end.values()[i];
                changes.add(p.name())
                        .add(p.start(), p.decimals())
                        .add(after, p.decimals())
                        .add(p.min(), p.decimals())
                        .add(p.max(), p.decimals())
                        .add((after - p.start()) / (p.max() - p.min()))
                        .endRow();
            }
            List<Column> columns = new ArrayList<>(List.of(
                    Column.integer("trial", "number, from 1, in the order in which they were run"),
                    Column.text(
                            "how",
                            "start, sweep (a point of the sweep), line, back, model; confirmation's start, found, beyond"),
                    Column.integer("replicates", "replicates with all outcomes"),
                    Column.number("distance", 6, "", "root of the sum of squared changes as parts of the ranges"),
                    Column.number("margin", DECIMALS, "", "by how much the claim holds, in the outcomes' units"),
                    Column.number("standard_error", DECIMALS, "", "of the margin, over replicates (jackknife)"),
                    Column.integer("holds", "1 if the claim holds by the means over replicates, else 0")));
            parameters.forEach(p -> columns.add(Column.number(p.name(), p.decimals(), "", "value of the parameter")));
            PackageWriter.Table trials =
                    writer.table(TRIALS, "points that were run on the way", List.of("trial"), columns);
            List<Trial> all = new ArrayList<>(result.trials());
            all.add(start);
            if (end != null) {
                all.add(end);
            }
            int number = 0;
            for (Trial t : all) {
                trials.add(++number)
                        .add(t.how())
                        .add(t.replicates())
                        .add(t.distance())
                        .add(t.margin())
                        .add(t.error())
                        .add(t.holds() ? 1 : 0);
                for (int i = 0; i < parameters.size(); i++) {
                    trials.add(t.values()[i], parameters.get(i).decimals());
                }
                trials.endRow();
            }
            ObjectNode block = PackageWriter.object();
            block.put("schemaVersion", 1);
            block.put("kind", "reversal");
            block.set("sweep", sweep.results().block().path("planHash"));
            block.put("experiment", experiment.name());
            block.put("claim", claim.toString());
            block.put("scenario", scenario);
            block.put("lever", lever);
            block.put("confirmed", confirmed);
            block.put("confidence", java.math.BigDecimal.valueOf(options.confidence));
            writer.publish("twostacks: reversal of a claim about " + experiment.name(), block);
        } catch (IOException e) {
            throw new IOException("cannot write to " + directory + ": " + e.getMessage(), e);
        }
    }

    private String margin(Trial trial) {
        String half = Terminal.number(trial.halfWidth(options.confidence), 4);
        return Terminal.number(trial.margin(), 4) + " +- " + half + " (" + Sweeps.count(trial.replicates(), "replicate")
                + ")";
    }

    private void print(PrintWriter out, Reversal.Result result, Trial start, Trial end, boolean began, boolean ended) {
        out.println(
                claim + "  " + scenario + (lever.isEmpty() || lever.equals(Experiment.NO_LEVER) ? "" : ", " + lever));
        out.println("  to begin with    "
                + (!start.holds() ? "does not hold" : began ? "holds" : "holds, but not beyond luck") + ": margin "
                + margin(start));
        if (!start.holds()) {
            out.println("There is nothing to reverse.");
            return;
        }
        if (result.found() == null) {
            out.println("  reversed by      nothing that was tried within the ranges, in "
                    + Sweeps.count(result.trials().size(), "point"));
            result.trials().stream()
                    .filter(t -> !Double.isNaN(t.margin()))
                    .min(java.util.Comparator.comparingDouble(Trial::margin))
                    .ifPresent(t -> out.println(
                            "  least margin     " + margin(t) + " at distance " + Terminal.number(t.distance(), 3)));
            return;
        }
        out.println("  reversed at      distance " + Terminal.number(end.distance(), 3) + ", "
                + (ended ? "confirmed" : "not confirmed") + ": margin " + margin(end));
        Columns columns = new Columns();
        int kept = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            double after = end.values()[i];
            if (after == p.start()) {
                kept++;
                continue;
            }
            String unit = axes.get(i).unit();
            columns.row(
                    "    " + p.name(),
                    shown(p.start(), p) + " -> " + shown(after, p) + (unit.equals("1") ? "" : " " + unit),
                    String.format(
                            java.util.Locale.ROOT,
                            "%+.1f %% of its range",
                            100 * (after - p.start()) / (p.max() - p.min())),
                    Numbers.text(p.min()) + " to " + Numbers.text(p.max()));
        }
        columns.print(out);
        if (kept > 0) {
            out.println("    " + Sweeps.count(kept, "other parameter") + " as before");
        }
        out.println("  searched in      " + Sweeps.count(result.trials().size(), "point") + " of "
                + Sweeps.count(options.replicates, "replicate") + "; "
                + (Double.isNaN(result.nearestInSweep())
                        ? "it holds at all points of the sweep"
                        : "the nearest reversed point of the sweep is at distance "
                                + Terminal.number(result.nearestInSweep(), 3)));
        result.skills()
                .forEach((operand, skill) -> out.println("  polynomials      tell " + Terminal.number(100 * skill, 0)
                        + " % of the variance of " + operand + " over the sweep"));
        out.println("Written to " + directory + ": reversal.csv, trials.csv; the runs are sweeps in search and"
                + " confirmation");
    }

    private static String shown(double value, Parameter p) {
        return Terminal.number(value, Math.min(SHOWN, p.decimals()));
    }

    // JSON ------------------------------------------------------------------------------------------------------------

    private ObjectNode json(Reversal.Result result, Trial start, Trial end, boolean confirmed) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "discover");
        root.put("directory", directory.toString());
        root.put("claim", claim.toString());
        root.put("scenario", scenario);
        root.put("lever", lever);
        root.put("confirmed", confirmed);
        root.set("start", json(start));
        if (end == null) {
            root.putNull("reversed");
        } else {
            ObjectNode reversed = json(end);
            SensitivityCommand.put(reversed, "distance", end.distance());
            ArrayNode changes = reversed.putArray("changes");
            for (int i = 0; i < parameters.size(); i++) {
                Parameter p = parameters.get(i);
                if (end.values()[i] != p.start()) {
                    ObjectNode change = changes.addObject();
                    change.put("parameter", p.name());
                    change.put("start", Numbers.shortest(p.start()));
                    change.put("reversed", Numbers.shortest(end.values()[i]));
                    SensitivityCommand.put(change, "change", (end.values()[i] - p.start()) / (p.max() - p.min()));
                }
            }
            root.set("reversed", reversed);
        }
        root.put("trials", result.trials().size());
        SensitivityCommand.put(root, "nearestInSweep", result.nearestInSweep());
        return root;
    }

    private ObjectNode json(Trial trial) {
        ObjectNode node = Json.object();
        node.put("holds", trial.holds());
        node.put("replicates", trial.replicates());
        SensitivityCommand.put(node, "margin", trial.margin());
        SensitivityCommand.put(node, "halfWidth", trial.halfWidth(options.confidence));
        return node;
    }
}
