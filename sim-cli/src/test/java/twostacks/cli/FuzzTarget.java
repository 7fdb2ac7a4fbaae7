package twostacks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import picocli.CommandLine;
import twostacks.analysis.hindcast.Operators;
import twostacks.calibration.CalibrationFile;
import twostacks.experiment.plan.ExperimentLoader;
import twostacks.facts.TargetTable;
import twostacks.input.InputException;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.ScenarioLoader;

/**
 * Everything that reads what people write, fed with anything: {@link FuzzTest} makes inputs of the cases in
 * bad-input.txt, and {@code mvn -Pfuzz} has Jazzer look for inputs that reach new branches.
 *
 * <p>The first byte says what reads the rest. Whatever is read, either it is fit, or problems are told, each in words
 * and with a file; anything else that is thrown is a finding.
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
        ARGUMENTS("$");

        /** Name of the file by which cases in bad-input.txt are of this kind. */
        final String file;

        Kind(String file) {
            this.file = file;
        }
    }

    private static final Path DIRECTORY = directory();
    private static final CommandLine COMMANDS = Main.commandLine();
    private static final ParameterSpace PARAMETERS = ParameterSpace.ofDefaults();

    /** Designs of more points than this are valid, and take longer to check than a fuzzer waits. */
    private static final Pattern LONG_DESIGN = Pattern.compile("\\d{5}|\\d[eE][+\\d]");

    /** Commands that end at once with whatever arguments, and those that are made to by a setting that is wrong. */
    private static final Set<String> AT_ONCE = Set.of("params", "columns", "schema", "validate", "completion");

    private static final Set<String> WITH_SETTINGS = Set.of("run", "hindcast");

    /** How many inputs were refused, and how many were fit. */
    static final LongAdder REFUSED = new LongAdder();

    static final LongAdder FIT = new LongAdder();

    private FuzzTarget() {}

    private static Path directory() {
        try {
            Path shared = Path.of("/dev/shm");
            Path directory = Files.isWritable(shared)
                    ? Files.createTempDirectory(shared, "twostacks-fuzz")
                    : Files.createTempDirectory("twostacks-fuzz");
            directory.toFile().deleteOnExit();
            for (Kind kind : Kind.values()) {
                directory.resolve(kind.file).toFile().deleteOnExit();
            }
            write(directory, "events.yaml", "name: x\nobservedEvents: {file: e.csv}\n");
            write(directory, "points.yaml", "name: x\ndesign: {kind: list, file: p.csv}\n");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text).toFile().deleteOnExit();
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
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        try {
            read(kind, rest);
            FIT.increment();
        } catch (InputException e) {
            REFUSED.increment();
            check(e);
        }
    }

    private static void check(InputException e) {
        if (e.problems().isEmpty()) {
            throw new AssertionError("refused without a reason", e);
        }
        for (Problem problem : e.problems()) {
            String line = problem.toString();
            if (problem.file().isBlank() || problem.message().isBlank() || line.contains("Exception")) {
                throw new AssertionError("a problem without a place or words: " + line, e);
            }
            if (line.chars().anyMatch(Character::isISOControl) || line.length() > 6000) {
                throw new AssertionError("a problem that is no line: " + line, e);
            }
        }
    }

    private static void read(Kind kind, byte[] rest) throws IOException {
        switch (kind) {
            case SETTING -> setting(new String(rest, StandardCharsets.UTF_8));
            case ARGUMENTS -> arguments(new String(rest, StandardCharsets.UTF_8));
            default -> {
                Path file = DIRECTORY.resolve(kind.file);
                Files.write(file, rest);
                file(kind, file, rest);
            }
        }
    }

    private static void file(Kind kind, Path file, byte[] rest) {
        switch (kind) {
            case NATIONS ->
                ScenarioLoader.load(DIRECTORY.resolve("nations.yaml").toString());
            case MODELS -> ScenarioLoader.load(DIRECTORY.resolve("models.yaml").toString());
            case EVENTS -> ScenarioLoader.load(DIRECTORY.resolve("events.yaml").toString());
            case POINTS ->
                ExperimentLoader.load(DIRECTORY.resolve("points.yaml").toString());
            case EXPERIMENT -> {
                if (!LONG_DESIGN
                        .matcher(new String(rest, StandardCharsets.ISO_8859_1))
                        .find()) {
                    ExperimentLoader.load(file.toString());
                }
            }
            case CALIBRATION -> CalibrationFile.read(file, Operators.families());
            case TARGETS -> table(file, TargetTable::read);
            case DRAWS -> {
                Problems problems = new Problems();
                TargetFiles.draws(file, PARAMETERS, problems);
                problems.throwIfAny();
            }
            default -> ScenarioLoader.load(file.toString());
        }
    }

    private static void table(Path file, BiConsumer<Source, Problems> reader) {
        Problems problems = new Problems();
        Source source = Source.file(file.toString(), file, problems);
        if (source != null) {
            reader.accept(source, problems);
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

    /** A line of arguments: parsed whatever they are, and carried out where that ends at once. */
    private static void arguments(String text) {
        List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+")));
        String command = words.get(0);
        boolean reads = AT_ONCE.contains(command);
        boolean refusable = WITH_SETTINGS.contains(command);
        if (refusable) {
            words.add(1, "--set=horizon.months=none");
        }
        CommandLine commands =
                COMMANDS.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(Writer.nullWriter()));
        int code;
        if (reads || refusable) {
            code = commands.setExecutionExceptionHandler((error, line, parsed) -> {
                        if (error instanceof InputException bad) {
                            check(bad);
                            return ExitCodes.BAD_USAGE;
                        }
                        throw error;
                    })
                    .execute(words.toArray(String[]::new));
        } else {
            try {
                commands.parseArgs(words.toArray(String[]::new));
                return;
            } catch (CommandLine.ParameterException e) {
                code = ExitCodes.BAD_USAGE;
            }
        }
        if (code != ExitCodes.OK && code != ExitCodes.BAD_USAGE) {
            throw new AssertionError("exit code " + code + " from " + words);
        }
        if (code == ExitCodes.BAD_USAGE) {
            throw new InputException(
                    List.of(new Problem("arguments", 0, 0, "", "refused, and told by the command", "", "")));
        }
    }
}
