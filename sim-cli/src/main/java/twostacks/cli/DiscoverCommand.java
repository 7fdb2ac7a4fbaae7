package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.discovery.Condition;
import twostacks.analysis.discovery.Discovery;
import twostacks.analysis.discovery.Discovery.Box;
import twostacks.analysis.discovery.Discovery.Finding;
import twostacks.analysis.discovery.Discovery.Restriction;
import twostacks.analysis.discovery.Discovery.Step;
import twostacks.analysis.results.Sweep;
import twostacks.analysis.results.Sweep.Factor;
import twostacks.output.Json;

/** {@code twostacks discover}: where in the space of parameters something holds, and how little reverses it. */
@Command(
        name = "discover",
        description =
                "Tell in which part of the space of parameters a sweep's runs meet a condition (boxes, by PRIM), or"
                        + " the smallest change of parameters that reverses a claim, confirmed by runs of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "A condition compares outcomes of the sweep with numbers or one another (<, <=, >, >=, =, !=), joined by"
                    + " and, or, not and parentheses; sums may stand on either side. OUTCOME[LEVER] is the outcome under"
                    + " that lever, of the run that shares point and luck.",
            "",
            "Examples:",
            "  twostacks discover results/my-sweep --where 'share_cn_open > 0.3 and gap_months <= 6'",
            "  twostacks discover results/my-sweep --where 'share_cn_api[tightened] < share_cn_api[as-is] - 0.02'",
            "  twostacks discover results/my-sweep --reverse 'share_us_closed > share_cn_open'"
        })
final class DiscoverCommand implements Callable<Integer> {
    private static final int SHOWN_STEPS = 12;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of a sweep.")
    private Path directory;

    @Option(names = "--where", paramLabel = "CONDITION", description = "Find boxes in which this holds.")
    private String condition;

    @Option(
            names = "--reverse",
            paramLabel = "CLAIM",
            description = "Find the smallest change of parameters after which this no longer holds. A claim is written"
                    + " like a condition.")
    private String claim;

    @Option(
            names = "--boxes",
            paramLabel = "N",
            defaultValue = "3",
            description = "--where: most boxes. Default: ${DEFAULT-VALUE}.")
    private int boxes;

    @Option(
            names = "--density",
            paramLabel = "P",
            defaultValue = "0.8",
            description = "--where: share of the cases in a box in which the condition is to hold; a greater one gives"
                    + " smaller boxes. Default: ${DEFAULT-VALUE}.")
    private double density;

    @Option(
            names = "--peel",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "--where: share of a box that a cut removes. Default: ${DEFAULT-VALUE}.")
    private double peel;

    @Option(
            names = "--mass",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "--where: least share of all cases in a box. Default: ${DEFAULT-VALUE}.")
    private double mass;

    @Option(
            names = "--significance",
            paramLabel = "P",
            defaultValue = "0.05",
            description =
                    "--where: restrictions with a greater quasi-p-value are dropped, unless the density wanted is lost by"
                            + " that. Default: ${DEFAULT-VALUE}.")
    private double significance;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "100",
            description = "--where: resamples that boxes are sought in anew. Default: ${DEFAULT-VALUE}.")
    private int resamples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of resampling and of the search. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private ReversalOptions reversal;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory for what is found. Default: " + Discovery.FOLDER + " or " + ReversalSearch.FOLDER
                    + " in the sweep's directory.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(condition != null || claim != null, "say what to find: --where CONDITION or --reverse CLAIM");
        check(condition == null || claim == null, "--where and --reverse are two questions; ask one at a time");
        check(boxes >= 1 && boxes <= 100, "--boxes must be 1 to 100, not " + boxes);
        check(density > 0 && density <= 1, "--density must be above 0 and at most 1, not " + density);
        check(peel > 0 && peel < 1, "--peel must be between 0 and 1, not " + peel);
        check(mass > 0 && mass < 1, "--mass must be between 0 and 1, not " + mass);
        check(
                significance > 0 && significance <= 1,
                "--significance must be above 0 and at most 1, not " + significance);
        check(resamples >= 10 && resamples <= 100_000, "--resamples must be 10 to 100000, not " + resamples);
        reversal.check();
        Sweep sweep = Sweep.read(directory);
        if (claim != null) {
            Path where = output == null ? directory.resolve(ReversalSearch.FOLDER) : output;
            return new ReversalSearch(spec, sweep, claim, reversal, seed, where, json, quiet).run();
        }
        Condition wanted = Condition.parse(condition, Discovery.names(sweep));
        Discovery discovery = new Discovery(
                sweep, wanted, new Discovery.Options(boxes, density, peel, peel, mass, significance, resamples, seed));
        Finding finding = discovery.find();
        Path where = output == null ? directory.resolve(Discovery.FOLDER) : output;
        try {
            discovery.write(where, finding);
        } catch (IOException e) {
            return RunSession.cannotWrite(e, spec);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.text(json(wanted, finding, where)));
        } else if (!quiet) {
            print(out, sweep, wanted, finding);
            out.println("Written to " + where + ": boxes.csv, restrictions.csv, trajectory.csv");
        }
        out.flush();
        return ExitCodes.OK;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    // Text ------------------------------------------------------------------------------------------------------------

    private static void print(PrintWriter out, Sweep sweep, Condition condition, Finding finding) {
        Ansi ansi = Terminal.colours() ? Ansi.ON : Ansi.OFF;
        out.println(ansi.string("@|bold " + condition + "|@") + "  holds in " + amount(finding.yield()) + " of "
                + finding.cases() + " cases (density " + Terminal.number(finding.density(), 3) + ")");
        out.println("A case is " + finding.what()
                + (sweep.replicates() > 1 ? "; its " + sweep.replicates() + " replicates count as parts of it" : "")
                + (finding.failedRuns() + finding.masked() > 0
                        ? "; " + Sweeps.count(finding.failedRuns(), "run") + " failed, "
                                + Sweeps.count(finding.masked(), "case") + " masked"
                        : "")
                + ".");
        if (finding.boxes().isEmpty()) {
            out.println(
                    finding.yield() == 0
                            ? "It never holds: there is nothing to describe."
                            : finding.yield() == finding.cases()
                                    ? "It always holds: there is nothing to describe."
                                    : "No box is denser than all cases.");
        }
        Map<String, String> ranges = new LinkedHashMap<>();
        for (Factor f : sweep.factors()) {
            ranges.put(
                    f.name(),
                    "of " + twostacks.input.Numbers.text(f.min()) + " to " + twostacks.input.Numbers.text(f.max())
                            + (f.unit().equals("1") ? "" : " " + f.unit()));
        }
        int n = 0;
        double coverage = 0;
        for (Box box : finding.boxes()) {
            coverage += box.coverage();
            out.println();
            out.println(ansi.string("@|bold Box " + ++n + "|@") + "  density " + Terminal.number(box.density(), 3)
                    + ", coverage "
                    + Terminal.number(box.coverage(), 3)
                    + (n > 1 ? " (" + Terminal.number(coverage, 3) + " with those before)" : "") + ": "
                    + amount(box.yield()) + " of " + Sweeps.count(box.cases(), "case")
                    + (n > 1 ? " that are in no box before" : "") + "; for cases it was not fitted to, density "
                    + Terminal.number(box.outOfBagDensity(), 3) + ", coverage "
                    + Terminal.number(box.outOfBagCoverage(), 3));
            Columns columns = new Columns();
            columns.row("  restriction", "", "", "quasi-p", "density without", "reproduced");
            for (Restriction r : box.restrictions()) {
                columns.row(
                        "  " + r.dimension(),
                        r.side().equals("among")
                                ? String.join(" or ", r.categories())
                                : "at " + r.side() + " " + Terminal.number(r.value(), Math.min(6, r.decimals())),
                        ranges.getOrDefault(r.dimension(), ""),
                        Terminal.number(r.quasiP(), 4),
                        Terminal.number(r.densityWithout(), 3),
                        Terminal.number(100 * r.reproduced(), 0) + " %");
            }
            columns.print(out);
            steps(out, box.steps());
        }
        if (!finding.boxes().isEmpty()) {
            out.println();
        }
    }

    private static void steps(PrintWriter out, List<Step> steps) {
        Columns columns = new Columns().rightFrom(1);
        columns.row("  trajectory", "cases", "coverage", "density", "restricted", "");
        List<Step> peeled = steps.stream()
                .filter(s -> s.kind().equals("all") || s.kind().equals("peel"))
                .toList();
        int every = Math.max(1, (peeled.size() + SHOWN_STEPS - 1) / SHOWN_STEPS);
        for (int i = 0; i < steps.size(); i++) {
            Step s = steps.get(i);
            boolean shown = i >= peeled.size() || i % every == 0 || i == peeled.size() - 1 || s.chosen();
            if (shown) {
                columns.row(
                        "  " + s.kind() + (s.dimension().isEmpty() ? "" : " " + s.dimension()),
                        Integer.toString(s.cases()),
                        Terminal.number(s.coverage(), 3),
                        Terminal.number(s.density(), 3),
                        Integer.toString(s.restricted()),
                        s.chosen() ? "chosen" : "");
            }
        }
        columns.print(out);
    }

    private static String amount(double yield) {
        return yield == Math.rint(yield) ? Terminal.number(yield, 0) : Terminal.number(yield, 1);
    }

    // JSON ------------------------------------------------------------------------------------------------------------

    private static ObjectNode json(Condition condition, Finding finding, Path where) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "discover");
        root.put("directory", where.toString());
        root.put("condition", condition.toString());
        root.put("case", finding.what());
        root.put("cases", finding.cases());
        root.put("masked", finding.masked());
        root.put("failedRuns", finding.failedRuns());
        SensitivityCommand.put(root, "density", finding.density());
        ArrayNode all = root.putArray("boxes");
        for (Box box : finding.boxes()) {
            ObjectNode node = all.addObject();
            node.put("cases", box.cases());
            SensitivityCommand.put(node, "yield", box.yield());
            SensitivityCommand.put(node, "mass", box.mass());
            SensitivityCommand.put(node, "coverage", box.coverage());
            SensitivityCommand.put(node, "density", box.density());
            SensitivityCommand.put(node, "densityOutOfBag", box.outOfBagDensity());
            SensitivityCommand.put(node, "coverageOutOfBag", box.outOfBagCoverage());
            ArrayNode restrictions = node.putArray("restrictions");
            for (Restriction r : box.restrictions()) {
                ObjectNode each = restrictions.addObject();
                each.put("dimension", r.dimension());
                each.put("side", r.side());
                if (r.side().equals("among")) {
                    r.categories().forEach(each.putArray("categories")::add);
                } else {
                    each.put(
                            "value",
                            new java.math.BigDecimal(r.value())
                                    .setScale(r.decimals(), java.math.RoundingMode.HALF_UP)
                                    .stripTrailingZeros());
                }
                SensitivityCommand.put(each, "quasiP", r.quasiP());
                SensitivityCommand.put(each, "densityWithout", r.densityWithout());
                SensitivityCommand.put(each, "coverageWithout", r.coverageWithout());
                SensitivityCommand.put(each, "reproduced", r.reproduced());
            }
            ArrayNode trajectory = node.putArray("trajectory");
            for (Step s : box.steps()) {
                ObjectNode each = trajectory.addObject();
                each.put("kind", s.kind());
                each.put("dimension", s.dimension());
                each.put("side", s.side());
                each.put("cases", s.cases());
                SensitivityCommand.put(each, "coverage", s.coverage());
                SensitivityCommand.put(each, "density", s.density());
                each.put("restricted", s.restricted());
                each.put("chosen", s.chosen());
            }
        }
        return root;
    }
}
