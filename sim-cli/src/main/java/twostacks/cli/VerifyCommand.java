package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import twostacks.output.Json;
import twostacks.scenario.ScenarioCatalog;
import twostacks.verification.Check;
import twostacks.verification.Engine;
import twostacks.verification.Limit;
import twostacks.verification.Verification;

/** {@code twostacks verify}: limits in which theory knows the answer, through the real engine. */
@Command(
        name = "verify",
        description = "Run the limits in which theory knows the answer through the engine, and compare.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "A figure passes if it is within a tolerance of what theory expects; an error of the size under 'detects'"
                    + " would be caught with a probability of 99 %% or more. Exit code 1 if a figure misses.",
            "",
            "Examples:",
            "  twostacks verify --quick",
            "  twostacks verify --only V3,V13 --csv verification.csv",
            "  twostacks scenarios show verification/v1-choice"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final long MOST_SEED = 1L << 53;
    private static final int BAR = 24;
    private static final String BACK = "\r\u001b[K";

    private final Engine engine;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Smaller worlds, which find greater errors only: half a minute.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "LIMIT",
            split = ",",
            description = "These limits only, such as V3. May be given several times.")
    private List<String> only = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all draws, 0 to 2^53. Default: ${DEFAULT-VALUE}, whose table is in the documents.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: all cores.")
    private Integer threads;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the figures to a CSV file too.")
    private Path csv;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but misses and errors.")
    private boolean quiet;

    VerifyCommand() {
        this(Engine.REAL);
    }

    /** The command with another engine, for tests of what it says of a miss. */
    VerifyCommand(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Integer call() {
        check(seed >= 0 && seed <= MOST_SEED, "--seed", "0 to 2^53", seed);
        check(threads == null || threads >= 1, "--threads", "at least 1", threads);
        check(csv == null || !Files.isDirectory(csv), "--csv", "a file", csv + ", which is a directory");
        Set<String> wanted = new LinkedHashSet<>();
        for (String id : only) {
            String known = id.toUpperCase(Locale.ROOT);
            check(Verification.ids().contains(known), "--only", "one of " + Verification.ids(), id);
            wanted.add(known);
        }
        int used = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        boolean watched = !quiet && Terminal.interactive();
        long started = System.nanoTime();
        List<Check> checks = Verification.run(
                new Verification.Options(wanted, quick, used, seed, engine),
                (limit, done, of) -> tell(watched, limit, done, of));
        if (watched) {
            err().print(BACK);
            err().flush();
        }
        long elapsed = System.nanoTime() - started;
        if (csv != null) {
            write(checks);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.text(json(checks, elapsed)));
        } else {
            print(checks, elapsed, out);
        }
        out.flush();
        return checks.stream().allMatch(Check::holds) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void check(boolean holds, String option, String allowed, Object value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be " + allowed + ", not " + value);
        }
    }

    private void tell(boolean watched, Limit limit, int done, int of) {
        if (watched) {
            int filled = BAR * done / of;
            err().print(BACK + "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + done + " of " + of
                    + " parts, last " + limit.id() + " " + limit.title());
            err().flush();
        }
    }

    private void write(List<Check> checks) {
        try {
            Path directory = csv.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, ".verification", ".csv");
            try {
                Files.writeString(unfinished, Verification.csv(checks));
                Files.move(unfinished, csv, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + csv + ": " + e.getMessage());
        }
    }

    private void print(List<Check> checks, long elapsed, PrintWriter out) {
        out.print(table(checks.stream().filter(c -> !quiet || !c.holds()).toList()));
        long misses = checks.stream().filter(c -> !c.holds()).count();
        long limits = checks.stream().map(Check::limit).distinct().count();
        if (!quiet || misses > 0) {
            out.println(checks.size() + " figures of " + limits + (limits == 1 ? " limit" : " limits") + ", "
                    + (misses == 0 ? "all as expected" : misses == 1 ? "1 MISS" : misses + " MISSES") + ", in "
                    + Terminal.duration(elapsed) + ".");
        }
    }

    /** The figures as they are printed, limit by limit. */
    static String table(List<Check> checks) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        for (Limit limit : Verification.LIMITS) {
            List<Check> ofLimit =
                    checks.stream().filter(c -> c.limit().equals(limit.id())).toList();
            if (ofLimit.isEmpty()) {
                continue;
            }
            out.println(limit.id() + " " + limit.title());
            Columns columns = new Columns().rightFrom(1);
            columns.row("  ", "expected", "got", "std error", "within", "detects", "verdict");
            for (Check check : ofLimit) {
                columns.row(
                        "  " + check.what(),
                        Verification.text(check.expected()),
                        Verification.text(check.got()),
                        Verification.text(check.standardError()),
                        Verification.text(check.tolerance()),
                        Verification.text(check.detectable()),
                        check.verdict());
            }
            columns.print(out);
            out.println();
        }
        out.flush();
        return text.toString();
    }

    private ObjectNode json(List<Check> checks, long elapsed) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "verify");
        root.put("quick", quick);
        root.put("seed", seed);
        root.put("holds", checks.stream().allMatch(Check::holds));
        root.put("seconds", Math.round(elapsed / 1e6) / 1e3);
        ArrayNode limits = root.putArray("limits");
        for (Limit limit : Verification.LIMITS) {
            if (checks.stream().noneMatch(c -> c.limit().equals(limit.id()))) {
                continue;
            }
            ObjectNode node = limits.addObject();
            node.put("id", limit.id());
            node.put("title", limit.title());
            node.put("claim", limit.claim());
            node.put("source", limit.source());
            node.put("rule", limit.rule());
            ArrayNode scenarios = node.putArray("scenarios");
            limit.scenarios().forEach(s -> scenarios.add(name(s)));
            ArrayNode figures = node.putArray("figures");
            for (Check check : checks) {
                if (check.limit().equals(limit.id())) {
                    ObjectNode figure = figures.addObject();
                    figure.put("what", check.what());
                    put(figure, "expected", check.expected());
                    put(figure, "got", check.got());
                    put(figure, "standardError", check.standardError());
                    put(figure, "tolerance", check.tolerance());
                    put(figure, "detectable", check.detectable());
                    figure.put("holds", check.holds());
                }
            }
        }
        return root;
    }

    /** The name under which a limit's scenario can be run. */
    private static String name(String scenario) {
        return ScenarioCatalog.names().contains(scenario) ? scenario : ScenarioCatalog.VERIFICATION + scenario;
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
