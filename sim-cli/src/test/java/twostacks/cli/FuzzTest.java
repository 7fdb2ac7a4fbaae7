package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import twostacks.cli.FuzzTarget.Kind;
import twostacks.scenario.ScenarioCatalog;

/**
 * Inputs made of broken and of good ones by cutting, doubling, splicing and putting in what parsers stumble over: always
 * the same ones. {@code -Dtwostacks.fuzz.inputs=100000} tries more of them, {@code -Dtwostacks.fuzz.seed=2} others; a
 * finding is written to {@code target/fuzz}, and belongs into bad-input.txt.
 */
@Timeout(36_000)
final class FuzzTest {
    private static final int INPUTS = Integer.getInteger("twostacks.fuzz.inputs", 1500);
    private static final int SEED = Integer.getInteger("twostacks.fuzz.seed", 1);
    private static final int LONGEST = 6000;
    /** What Jazzer starts from at most; it makes nothing longer. */
    private static final int LONGEST_SEED = 24_000;

    /** What is tried in turn: what takes long less often. */
    private static final List<Kind> TURNS = Stream.of(
                    Stream.of(Kind.values()),
                    Stream.of(Kind.values()).filter(FuzzTest::quick),
                    Stream.of(Kind.values()).filter(FuzzTest::quick))
            .flatMap(kinds -> kinds)
            .toList();

    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    /** More than any input takes, on a machine that does other work too. */
    private static final int PATIENCE_MILLIS = 15_000;

    private static final List<String> TOKENS = List.of(
            "NaN",
            ".nan",
            "1e999",
            "-1",
            "0",
            "1e-999",
            "2147483648",
            "9223372036854775808",
            "0x1F",
            "1_000",
            "~",
            "null",
            "true",
            "yes",
            "[",
            "]",
            "{",
            "}",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "- ",
            ": ",
            ": {",
            ", ",
            "\n",
            "\n  ",
            "\n\t",
            "\r\n",
            "\r",
            "#",
            " #",
            "|",
            ">",
            "? ",
            "&a ",
            "*a",
            "<<: *a",
            "!!str ",
            "!x ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "'",
            "\"",
            "\"\"",
            "\\",
            "\\u0000",
            "\\uD800",
            "\u0000",
            "\u0007",
            "\u001b[2J",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\uffff",
            "é",
            "😀",
            ",",
            ",,",
            ";",
            "=",
            "..",
            "../",
            "/etc/passwd",
            "C:\\x",
            "@",
            "--",
            "-o",
            "--set",
            "--set=",
            "--threads=-1",
            "--json",
            "--help",
            "2023-13",
            "9999-12",
            "0000-01",
            "2026-06",
            "IND",
            "USA",
            "OpenAI",
            "Zhipu",
            "consumer",
            "extends",
            "parameters",
            "nations",
            "labs",
            "events",
            "factors",
            "design",
            "levers",
            "keep",
            "horizon.months",
            "price.cnSubsidy",
            "trust.home",
            "population.adoptersPerNation",
            "exportControl.chipStringency.CN",
            "segments",
            "only",
            "none",
            "./x.yaml",
            "0.1",
            "2026-09");

    /** What every option is given once. */
    private static final List<String> EDGES = List.of(
            "''",
            "0",
            "-1",
            "1",
            "0.5",
            "NaN",
            "1e999",
            "9223372036854775808",
            "world",
            "./x.yaml",
            "./none",
            "\u0000",
            "\u001b[2J",
            "a=b");

    private static final List<CommandSpec> COMMANDS = Main.commandLine().getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .toList();

    /** What options are given: good values of some of them, and what stands above. */
    private static final List<String> VALUES = Stream.concat(
                    Stream.of(
                            "baseline",
                            "price-war",
                            "./x.yaml",
                            "./e.yaml",
                            "./d.csv",
                            "./d.csv:2",
                            "./none",
                            "1",
                            "2",
                            "0.5",
                            "0.95",
                            "200",
                            "2/3",
                            "local",
                            "slurm",
                            "world",
                            "share_cn_open",
                            "IND.share_cn_open",
                            "price.cnSubsidy=0.4",
                            "nations.only=[IND]",
                            "horizon.months=2",
                            "sobol",
                            "t",
                            "V3",
                            "scenario",
                            "list",
                            "show",
                            "'share_cn_open > 0.3'",
                            "''"),
                    TOKENS.stream().filter(t -> t.chars().noneMatch(Character::isWhitespace)))
            .toList();

    /** Good and broken inputs of each kind. */
    private static Map<Kind, List<String>> seeds() throws IOException {
        Map<Kind, List<String>> seeds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            seeds.put(kind, new ArrayList<>());
        }
        for (String name : ScenarioCatalog.names()) {
            seeds.get(Kind.SCENARIO).add(ScenarioCatalog.text(name));
        }
        seeds.get(Kind.NATIONS).add(facts("nations"));
        seeds.get(Kind.MODELS).add(facts("models"));
        seeds.get(Kind.EVENTS).add(facts("events"));
        seeds.get(Kind.TARGETS).add(facts("validation"));
        seeds.get(Kind.POINTS).add("price.cnSubsidy,trust.home\n0.1,0.2\n0.3,0.5\n");
        seeds.get(Kind.DRAWS).add("price.cnSubsidy,trust.home\n0.1,0.2\n0.3,0.5\n");
        seeds.get(Kind.JSON).add("{\"name\": \"x\", \"parameters\": {\"price.cnSubsidy\": 0.1}, \"events\": []}");
        seeds.get(Kind.SETTING).addAll(List.of("nations.only=[IND, USA]", "seed=3", "labs={Meta: none}"));
        seeds.get(Kind.CONDITION)
                .addAll(List.of(
                        "share_cn_open > 0.3 and not (gap_months <= 6 or 2*share_cn_open[tightened] != 1)",
                        "south.share_cn_open[tightened] < south.share_cn_open[as-is] - 0.02"));
        seeds.get(Kind.EXPLORED)
                .add("{\"change\": {\"parameters\": {\"price.cnSubsidy\": 0.3}, \"without\": [0, 3], \"with\": []}}");
        for (Kind kind : List.of(Kind.PACKAGE, Kind.RUNS, Kind.PLAN, Kind.CHUNK)) {
            seeds.get(kind).add(FuzzTarget.stored(kind));
        }
        seeds.get(Kind.LOG).add("0.1 0.2 0,0.5,,1.25,00000000\n0.3 0.5 -1,0.5,0.5,0.5,ffffffff\n");
        Path docs = Path.of("../docs");
        seeds.get(Kind.EXPERIMENT).add(Files.readString(docs.resolve("experiments/chips-and-the-south.yaml")));
        seeds.get(Kind.CALIBRATION).add(Files.readString(docs.resolve("calibrations/consumers.yaml")));
        for (BadInputTest.Case c : BadInputTest.cases()) {
            seeds.get(Kind.ARGUMENTS).add(c.command());
            for (String file : c.files()) {
                String name = file.lines().findFirst().orElseThrow().replaceFirst(" .*", "");
                String content = file.substring(file.indexOf('\n') + 1);
                for (Kind kind : Kind.values()) {
                    if (kind.file.equals(name) && content.length() < LONGEST) {
                        seeds.get(kind).add(content);
                    }
                }
            }
        }
        return seeds;
    }

    /** The head of a table of facts. */
    private static String facts(String table) throws IOException {
        try (InputStream in = ScenarioCatalog.class.getResourceAsStream("/facts/" + table + ".csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .limit(12)
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static boolean quick(Kind kind) {
        return kind != Kind.POINTS && kind != Kind.PLAN && kind != Kind.CHUNK && kind != Kind.LOG;
    }

    /** A command with options and operands, as it says itself which it takes. */
    private static String line(SplittableRandom random) {
        CommandSpec command = COMMANDS.get(random.nextInt(COMMANDS.size()));
        StringBuilder line = new StringBuilder(command.name());
        for (int words = random.nextInt(6); words > 0; words--) {
            if (random.nextInt(3) == 0) {
                line.append(' ').append(VALUES.get(random.nextInt(VALUES.size())));
                continue;
            }
            OptionSpec option =
                    command.options().get(random.nextInt(command.options().size()));
            line.append(' ').append(option.names()[random.nextInt(option.names().length)]);
            if (option.arity().max() > 0) {
                line.append(random.nextInt(2) == 0 ? "=" : " ").append(VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        return line.toString();
    }

    /** One of the seeds, the first ones oftener: they are good. */
    private static String one(List<String> seeds, SplittableRandom random) {
        return seeds.get(random.nextInt(1 + random.nextInt(seeds.size())));
    }

    /** Where the word ends, or the blank, that begins there. */
    private static int endOfWord(CharSequence text, int from) {
        int to = from;
        while (to < text.length()
                && Character.isLetterOrDigit(text.charAt(to)) == Character.isLetterOrDigit(text.charAt(from))) {
            to++;
        }
        return to;
    }

    private static byte[] mutated(Kind kind, List<String> seeds, SplittableRandom random) {
        boolean made = kind == Kind.ARGUMENTS && random.nextBoolean();
        StringBuilder text = new StringBuilder(made ? line(random) : one(seeds, random));
        int longest = text.length() + LONGEST;
        for (int edits = made ? random.nextInt(2) : 1 + random.nextInt(1 + random.nextInt(4)); edits > 0; edits--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(40)));
            switch (random.nextInt(12)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> {
                    String other = one(seeds, random);
                    int at = random.nextInt(other.length() + 1);
                    text.replace(from, to, other.substring(at, Math.min(other.length(), at + random.nextInt(80))));
                }
                case 3 -> text.setLength(from);
                case 4 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(60)));
                case 5 -> {
                    if (from < text.length()) {
                        text.setCharAt(from, (char) random.nextInt(0x100));
                    }
                }
                case 6, 7, 8 -> text.replace(from, endOfWord(text, from), TOKENS.get(random.nextInt(TOKENS.size())));
                default -> text.replace(from, to, TOKENS.get(random.nextInt(TOKENS.size())));
            }
            text.setLength(Math.min(text.length(), longest));
        }
        byte[] bytes = text.toString().getBytes(FuzzTarget.charset(kind));
        if (bytes.length > 0 && random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /**
     * Writes what Jazzer starts from: inputs, one a file, and a dictionary.
     *
     * @param arguments directory
     * @throws IOException if they cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        for (Map.Entry<Kind, List<String>> seeds : seeds().entrySet()) {
            int number = 0;
            for (String seed : seeds.getValue()) {
                byte[] rest = seed.getBytes(FuzzTarget.charset(seeds.getKey()));
                Files.write(
                        corpus.resolve(seeds.getKey() + "-" + number++),
                        input(seeds.getKey(), Arrays.copyOf(rest, Math.min(rest.length, LONGEST_SEED))));
            }
        }
        StringBuilder dictionary = new StringBuilder();
        for (String token : TOKENS) {
            dictionary.append('"');
            for (byte b : token.getBytes(StandardCharsets.UTF_8)) {
                dictionary.append(String.format(Locale.ROOT, "\\x%02X", b & 0xFF));
            }
            dictionary.append("\"\n");
        }
        Files.writeString(directory.resolve("dictionary.txt"), dictionary);
    }

    private static byte[] input(Kind kind, byte[] rest) {
        byte[] data = new byte[rest.length + 1];
        data[0] = (byte) kind.ordinal();
        System.arraycopy(rest, 0, data, 1, rest.length);
        return data;
    }

    /** What went wrong, or hung, with the input that did it. */
    private static final class Findings {
        private final List<String> found = new ArrayList<>();

        synchronized void add(Kind kind, int number, byte[] rest, Throwable e) {
            Path file = Path.of("target", "fuzz", kind + "-" + SEED + "-" + number);
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, rest);
            } catch (IOException io) {
                e.addSuppressed(io);
            }
            found.add(file + ": " + e + " at "
                    + Arrays.toString(e.getStackTrace()).replaceAll("(.{300}).*", "$1"));
        }

        synchronized List<String> all() {
            return List.copyOf(found);
        }

        synchronized boolean enough() {
            return found.size() >= 20;
        }
    }

    /** Takes every so manieth input; each is made of its number alone, so that all are the same on any number of threads. */
    private static void work(
            int first, int step, Map<Kind, List<String>> seeds, AtomicLongArray since, Findings findings) {
        for (int i = first; i < INPUTS && !findings.enough(); i += step) {
            Kind kind = TURNS.get(i % TURNS.size());
            byte[] rest = mutated(kind, seeds.get(kind), new SplittableRandom(((long) SEED << 32) + i));
            since.set(first, System.nanoTime());
            try {
                FuzzTarget.fuzzerTestOneInput(input(kind, rest));
            } catch (Throwable e) { // whatever it is, it is a finding
                findings.add(kind, i, rest, e);
            }
            long millis = (System.nanoTime() - since.get(first)) / 1_000_000;
            if (millis > PATIENCE_MILLIS) {
                findings.add(kind, i, rest, new AssertionError("took " + millis + " ms"));
            }
        }
        since.set(first, 0);
    }

    @Test
    void whateverIsReadIsFitOrRefusedInWords() throws Exception {
        Map<Kind, List<String>> seeds = seeds();
        for (Kind kind : Kind.values()) {
            // the first of each is good, so that every reader is seen to take something
            FuzzTarget.fuzzerTestOneInput(input(kind, seeds.get(kind).get(0).getBytes(FuzzTarget.charset(kind))));
        }
        Findings findings = new Findings();
        AtomicLongArray since = new AtomicLongArray(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t;
            Thread thread = new Thread(() -> work(first, THREADS, seeds, since, findings), "fuzz-" + t);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        for (int t = 0; t < THREADS; t++) {
            while (threads.get(t).isAlive()) {
                threads.get(t).join(1000);
                long begun = since.get(t);
                if (begun != 0 && (System.nanoTime() - begun) / 1_000_000 > 4L * PATIENCE_MILLIS) {
                    fail("hangs: " + Arrays.toString(threads.get(t).getStackTrace()) + "\n" + findings.all());
                }
            }
        }
        StringBuilder counts = new StringBuilder("FuzzTest: " + INPUTS + " inputs, seed " + SEED + ": ");
        for (Kind kind : Kind.values()) {
            counts.append(String.format(
                    Locale.ROOT,
                    "%s %d refused %d fit; ",
                    kind,
                    FuzzTarget.REFUSED.get(kind.ordinal()),
                    FuzzTarget.FIT.get(kind.ordinal())));
        }
        System.out.println(counts.append(findings.all().size()).append(" findings"));
        if (!findings.all().isEmpty()) {
            fail(String.join("\n", findings.all()));
        }
        for (Kind kind : Kind.values()) {
            // a reader that refuses all or nothing is not reached
            assertTrue(FuzzTarget.REFUSED.get(kind.ordinal()) > 0 || kind == Kind.LOG, counts::toString);
            assertTrue(FuzzTarget.FIT.get(kind.ordinal()) > 0, counts::toString);
        }
    }

    @Test
    void everyOptionOfEveryCommandTakesAValueOrRefusesItInWords() throws IOException {
        List<String> findings = new ArrayList<>();
        for (CommandSpec command : COMMANDS) {
            for (OptionSpec option : command.options()) {
                for (String value : option.arity().max() > 0 ? EDGES : List.of("", "=yes")) {
                    String line = command.name() + " baseline " + option.longestName()
                            + (option.arity().max() > 0 ? "=" : "") + value;
                    try {
                        FuzzTarget.fuzzerTestOneInput(input(Kind.ARGUMENTS, line.getBytes(StandardCharsets.UTF_8)));
                    } catch (Throwable e) { // whatever it is, it is a finding
                        findings.add(line + ": " + e);
                    }
                }
            }
        }
        assertEquals(List.of(), findings);
    }
}
