package twostacks.cli;

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            "none");

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

    private static byte[] mutated(String seed, List<String> others, SplittableRandom random) {
        StringBuilder text = new StringBuilder(seed);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(40)));
            switch (random.nextInt(9)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> {
                    String other = others.get(random.nextInt(others.size()));
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
                default -> text.replace(from, to, TOKENS.get(random.nextInt(TOKENS.size())));
            }
            text.setLength(Math.min(text.length(), LONGEST));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
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
                byte[] rest = seed.getBytes(StandardCharsets.UTF_8);
                Files.write(
                        corpus.resolve(seeds.getKey() + "-" + number++),
                        input(seeds.getKey(), Arrays.copyOf(rest, Math.min(rest.length, LONGEST - 1))));
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

    @Test
    void whateverIsReadIsFitOrRefusedInWords() throws IOException {
        Map<Kind, List<String>> seeds = seeds();
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            Kind kind = Kind.values()[i % Kind.values().length];
            List<String> own = seeds.get(kind);
            byte[] rest = mutated(own.get(random.nextInt(own.size())), own, random);
            try {
                FuzzTarget.fuzzerTestOneInput(input(kind, rest));
            } catch (Throwable e) { // whatever it is, it is a finding
                Path file = Path.of("target", "fuzz", kind + "-" + SEED + "-" + i);
                Files.createDirectories(file.getParent());
                Files.write(file, rest);
                findings.add(file + ": " + e + " at "
                        + Arrays.toString(e.getStackTrace()).replaceAll("(.{300}).*", "$1"));
                if (findings.size() == 20) {
                    break;
                }
            }
        }
        if (!findings.isEmpty()) {
            fail(String.join("\n", findings));
        }
        assertTrue(FuzzTarget.REFUSED.sum() > INPUTS / 2, "refused " + FuzzTarget.REFUSED);
        assertTrue(FuzzTarget.FIT.sum() > INPUTS / 50, "fit " + FuzzTarget.FIT);
    }
}
