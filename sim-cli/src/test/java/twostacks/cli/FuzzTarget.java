package twostacks.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import twostacks.analysis.discovery.Condition;
import twostacks.analysis.hindcast.Operators;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.Sweep;
import twostacks.calibration.CalibrationFile;
import twostacks.cli.explore.Change;
import twostacks.cli.explore.Exploration;
import twostacks.experiment.plan.ExperimentLoader;
import twostacks.experiment.shard.Merger;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepStatus;
import twostacks.facts.TargetTable;
import twostacks.input.InputException;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.output.Hashes;
import twostacks.output.Provenance;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.ScenarioLoader;

/**
 * Everything that reads what people write, and what this program stored, fed with anything: {@link FuzzTest} makes inputs
 * of the cases in bad-input.txt, and {@code mvn -Pfuzz} has Jazzer look for inputs that reach new branches.
 *
 * <p>The first byte says what reads the rest. Whatever is read, either it is fit, or it is refused in words, those about
 * files with a place; anything else that is thrown is a finding. Threads do not get in each other's way.
 */
public final class FuzzTarget {
    /** What reads: the place in this list is the first byte, modulo its length. */
    enum Kind {
        SCENARIO("x.yaml"),
        JSON("x.json"),
        NATIONS("n.csv"),
        MODELS("m.csv"),
        EVENTS("e.csv"),
        EXPERIMENT("e.yaml"),
        POINTS("p.csv"),
        CALIBRATION("c.yaml"),
        TARGETS("t.csv"),
        DRAWS("d.csv"),
        SETTING("--set"),
        ARGUMENTS("$"),
        CONDITION("--where"),
        EXPLORED("POST"),
        PACKAGE("datapackage.json"),
        RUNS("runs.csv"),
        PLAN("plan.json"),
        CHUNK("a.chunk"),
        LOG("evaluations.csv");

        /** Name of the file by which cases in bad-input.txt are of this kind. */
        final String file;

        Kind(String file) {
            this.file = file;
        }
    }

    private static final ThreadLocal<FuzzTarget> OWN = ThreadLocal.withInitial(FuzzTarget::new);
    private static final ParameterSpace PARAMETERS = ParameterSpace.ofDefaults();
    private static final Exploration EXPLORATION = new Exploration(
            "baseline",
            List.of(
                    ScenarioLoader.setting("nations.only", "[USA, CHN, IND]"),
                    ScenarioLoader.setting("population.adoptersPerNation", "20")),
            1);
    private static final Condition.Names NAMES = new Condition.Names(
            List.of("share_cn_open", "gap_months", "south.share_cn_open"),
            List.of("price.cnSubsidy"),
            List.of("none", "tightened", "as-is"));

    /** Words of a line of arguments; those with blanks stand between quotes. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** Designs of more points than this are valid, and take longer to check than a fuzzer waits. */
    private static final Pattern LONG_DESIGN = Pattern.compile("\\d{5}|\\d[eE][+\\d]");

    /** Commands that would work for long, or write: a directory that holds something else ends them at the last moment. */
    private static final Set<String> WORKING = Set.of("run", "compare", "hindcast", "calibrate", "sweep");

    /** Of each kind how many inputs were refused, and how many were fit. */
    static final AtomicLongArray REFUSED = new AtomicLongArray(Kind.values().length);

    static final AtomicLongArray FIT = new AtomicLongArray(Kind.values().length);

    private final Path directory;
    private final Path fixed;
    private final Path results;
    private final SweepDirectory sweep;
    private final CommandLine commands = Main.commandLine();

    private FuzzTarget() {
        try {
            Path shared = Path.of("/dev/shm");
            directory = Files.isWritable(shared)
                    ? Files.createTempDirectory(shared, "twostacks-fuzz")
                    : Files.createTempDirectory("twostacks-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
            write("nations.yaml", """
                    name: x
                    nations: {file: n.csv}
                    observedEvents: {file: none}
                    """);
            write("models.yaml", "name: x\nnations: {only: [IND]}\nmodels: {file: m.csv}\nobservedEvents: false\n");
            write("events.yaml", "name: x\nnations: {only: [IND, USA, CHN]}\nobservedEvents: {file: e.csv}\n");
            write("points.yaml", """
                    name: x
                    overrides: {nations.only: [IND]}
                    design: {kind: list, file: p.csv}
                    """);
            fixed = Files.createDirectory(directory.resolve("fixed"));
            write("fixed/x.yaml", "name: x\nnations: {only: [IND]}\n");
            write("fixed/broken.yaml", "name: x\nhorizon: {months: none}\nfactors: {none: 1}\n");
            write("fixed/d.csv", "price.cnSubsidy,trust.home\n0.1,0.2\n0.3,0.5\n");
            write("fixed/e.yaml", """
                    name: e
                    overrides: {horizon.months: 3, nations.only: [IND], population.adoptersPerNation: 20}
                    factors: {price.cnSubsidy: {min: 0, max: 0.5}}
                    design: {kind: grid, levels: 2}
                    keep: {outcomes: [share_cn_open], series: world}
                    """);
            results = directory.resolve("results");
            sweep(results);
            // Without the hashes, what is changed is read and not refused for being changed.
            Path described = results.resolve(Kind.PACKAGE.file);
            Files.writeString(
                    described,
                    Files.readString(described)
                            .replaceAll("\"(hash|contentHash)\" ?: ?\"[^\"]*\"", "\"format\": \"\""));
            sweep(fixed.resolve("occupied"));
            sweep = SweepDirectory.open(results, VersionProvider.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SweepDirectory.RefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sweep(Path out) {
        int code = commands.setOut(new PrintWriter(new StringWriter()))
                .execute("sweep", fixed.resolve("e.yaml").toString(), "-q", "-o", out.toString());
        if (code != 0) {
            throw new IllegalStateException("the sweep to start from failed");
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            // it is in a directory for what may be lost
        }
    }

    /** What is written where bytes are no text. */
    static Charset charset(Kind kind) {
        return kind == Kind.CHUNK ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    /** What results look like: the text of a file of a small sweep. */
    static String stored(Kind kind) throws IOException {
        Path results = OWN.get().results;
        if (kind != Kind.CHUNK) {
            return Files.readString(results.resolve(kind.file));
        }
        try (Stream<Path> chunks = Files.list(results.resolve(SweepDirectory.RUNS))) {
            byte[] chunk = Files.readAllBytes(chunks.filter(p -> p.toString().endsWith(".chunk"))
                    .findFirst()
                    .orElseThrow());
            return new String(chunk, charset(kind)).replaceFirst("end [^\n]*\n$", "");
        }
    }

    /**
     * One input; the name is the one that Jazzer looks for.
     *
     * @param data what reads it, and what it reads
     * @throws IOException if the file for it cannot be written
     */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        Kind kind = Kind.values()[(data[0] & 0xFF) % Kind.values().length];
        try {
            OWN.get().read(kind, Arrays.copyOfRange(data, 1, data.length));
            FIT.incrementAndGet(kind.ordinal());
            return;
        } catch (InputException e) {
            check(e);
        } catch (ResultException | SweepDirectory.RefusedException e) {
            check(Problems.line(e.getMessage()), e);
        }
        REFUSED.incrementAndGet(kind.ordinal());
    }

    private static void check(InputException e) {
        if (e.problems().isEmpty()) {
            throw new AssertionError("refused without a reason", e);
        }
        for (Problem problem : e.problems()) {
            if (problem.file().isBlank() || problem.message().isBlank()) {
                throw new AssertionError("a problem without a place or words: " + problem, e);
            }
            check(problem.toString(), e);
        }
    }

    private static void check(String line, Throwable e) {
        if (line == null || line.isBlank() || line.contains("Exception") || line.contains("\tat ")) {
            throw new AssertionError("not said in words: " + line, e);
        }
        if (line.chars().anyMatch(Character::isISOControl) || line.length() > 6000) {
            throw new AssertionError("no line: " + line, e);
        }
    }

    private void read(Kind kind, byte[] rest) throws IOException, SweepDirectory.RefusedException {
        switch (kind) {
            case SETTING -> setting(new String(rest, StandardCharsets.UTF_8));
            case ARGUMENTS -> arguments(new String(rest, StandardCharsets.UTF_8));
            case CONDITION -> Condition.parse(new String(rest, StandardCharsets.UTF_8), NAMES);
            case EXPLORED -> explored(rest);
            case PACKAGE, RUNS, PLAN, CHUNK, LOG -> result(kind, rest);
            default -> {
                Path file = directory.resolve(kind.file);
                Files.write(file, rest);
                file(kind, file, rest);
            }
        }
    }

    private void file(Kind kind, Path file, byte[] rest) {
        switch (kind) {
            case NATIONS -> load("nations.yaml");
            case MODELS -> load("models.yaml");
            case EVENTS -> load("events.yaml");
            case POINTS ->
                ExperimentLoader.load(directory.resolve("points.yaml").toString());
            case EXPERIMENT -> {
                if (!LONG_DESIGN
                        .matcher(new String(rest, StandardCharsets.ISO_8859_1))
                        .find()) {
                    ExperimentLoader.load(file.toString());
                }
            }
            case CALIBRATION -> CalibrationFile.read(file, Operators.families());
            case TARGETS -> targets(file);
            case DRAWS -> {
                Problems problems = new Problems();
                TargetFiles.draws(file, PARAMETERS, problems);
                problems.throwIfAny();
            }
            default -> load(kind.file);
        }
    }

    private void load(String name) {
        ScenarioLoader.load(directory.resolve(name).toString());
    }

    private static void targets(Path file) {
        Problems problems = new Problems();
        Source source = Source.file(file.toString(), file, problems);
        if (source != null) {
            TargetTable.read(source, problems);
        }
        problems.throwIfAny();
    }

    private static void setting(String text) {
        int at = text.indexOf('=');
        if (at > 0) {
            ScenarioLoader.load(
                    "baseline", List.of(ScenarioLoader.setting(text.substring(0, at), text.substring(at + 1))));
        }
    }

    /** What a page of the explorer sends. */
    private static void explored(byte[] rest) throws IOException {
        try {
            EXPLORATION.changed(Change.read(new ObjectMapper().readTree(rest).path("change")));
        } catch (JsonProcessingException | CharConversionException e) {
            throw new ResultException("is no JSON");
        } catch (IllegalArgumentException e) {
            throw new ResultException(e.getMessage());
        }
    }

    /** A file of a sweep, with all the others as they should be. */
    private void result(Kind kind, byte[] rest) throws IOException, SweepDirectory.RefusedException {
        Path file = kind == Kind.CHUNK
                ? results.resolve(SweepDirectory.RUNS).resolve(kind.file)
                : results.resolve(kind.file);
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : null;
        Files.write(file, kind == Kind.CHUNK ? ended(rest) : rest);
        try {
            switch (kind) {
                case PLAN -> SweepDirectory.open(results, VersionProvider.version());
                case CHUNK -> {
                    SweepStatus status = SweepStatus.of(sweep);
                    if (!status.damaged().isEmpty()) {
                        throw new ResultException(String.join("; ", status.damaged()));
                    }
                    merged();
                }
                case LOG -> new EvaluationLog(file, 3).close();
                default -> Sweep.read(results);
            }
        } finally {
            if (before == null) {
                Files.delete(file);
            } else {
                Files.write(file, before);
            }
        }
    }

    private void merged() throws IOException {
        try {
            new Merger(List.of(sweep))
                    .merge(directory.resolve("merged"), new Provenance(List.of(), "", 1, Instant.EPOCH, 0, 0));
        } catch (Merger.RefusedException e) {
            throw new ResultException(String.join("; ", e.reasons()));
        }
    }

    /** A chunk with the end that goes with it, so that it is not refused for its hash. */
    private static byte[] ended(byte[] chunk) {
        String text = new String(chunk, StandardCharsets.ISO_8859_1);
        long runs = text.lines().filter(line -> line.startsWith("run ")).count();
        String end = "end " + runs + " " + Hashes.hex(Hashes.digest().digest(chunk)) + "\n";
        return (text + end).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * A line of arguments, carried out as far as that neither writes nor takes long: what works is ended by an output
     * directory that holds something else, or by an input that is broken, once its options have been looked at.
     */
    private void arguments(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            words.add(word.replace("./", fixed + "/"));
        }
        if (words.isEmpty()) {
            return;
        }
        StringWriter told = new StringWriter();
        commands.setOut(new PrintWriter(told)).setErr(new PrintWriter(told));
        int code;
        if (bounded(words)) {
            code = commands.execute(words.toArray(String[]::new));
        } else {
            try {
                commands.parseArgs(words.toArray(String[]::new));
                return;
            } catch (CommandLine.ParameterException e) {
                check(Problems.line(e.getMessage()), e);
                throw new ResultException("refused");
            }
        }
        String printed = told.toString();
        if (code != ExitCodes.OK && code != ExitCodes.BAD_USAGE || printed.contains("twostacks: internal error")) {
            throw new AssertionError("exit code " + code + " from " + words + ": " + printed);
        }
        if (code == ExitCodes.BAD_USAGE) {
            printed.lines().forEach(line -> check(line, null));
            check(printed.replace("\n", " ").substring(0, Math.min(200, printed.length())), null);
            throw new ResultException("refused");
        }
    }

    /** Sees to it that a command ends at once; returns false where it may only be parsed. */
    private boolean bounded(List<String> words) {
        String command = words.get(0);
        if (WORKING.contains(command)) {
            boolean goesOn = words.stream()
                    .anyMatch(w -> w.startsWith("--force")
                            || w.startsWith("-o")
                            || w.startsWith("--out")
                            || w.startsWith("--dry-run"));
            if (goesOn) {
                words.add(
                        1,
                        command.equals("calibrate") || command.equals("sweep")
                                ? fixed.resolve("broken.yaml").toString()
                                : "--set=nothing=none");
            } else {
                words.add(1, "--output=" + fixed.resolve("occupied"));
            }
            return true;
        }
        switch (command) {
            case "explore" -> words.add(1, fixed.resolve("broken.yaml").toString());
            case "verify" -> words.add(1, "--csv=" + fixed);
            case "scenarios" -> {
                return !words.contains("copy");
            }
            default -> {
                return commands.getSubcommands().containsKey(command);
            }
        }
        return true;
    }
}
