package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/**
 * Whatever is wrong with files and command lines, the answer is exit code 2 and lines that say where and what would be
 * right; and nothing is written. The cases stand in bad-input.txt, which says how to read it; with
 * {@code -Dtwostacks.update=true} the answers there are written anew.
 */
final class BadInputTest {
    private static final Path CASES = Path.of("src/test/resources/twostacks/cli/bad-input.txt");
    private static final String EXPECTED = "--- expected\n";
    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern REPEATED = Pattern.compile("\\{\\{(\\d+)\\*(.*?)}}", Pattern.DOTALL);
    private static final Pattern LONG_CHOICE = Pattern.compile("(?m)one of (?:[^,;\\n]+, ){12,}[^,;\\n]+");

    /** More than any of them takes: what takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Queue<CommandLine> COMMANDS = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path temporary;

    record Case(String title, String command, List<String> files, String expected) {
        static Case of(String block) {
            int at = block.indexOf(EXPECTED);
            assertTrue(at > 0, block);
            String[] parts = block.substring(0, at).split("(?m)^--- ", -1);
            String[] head = parts[0].split("\n", -1);
            assertTrue(head[1].startsWith("$ "), block);
            return new Case(
                    head[0],
                    head[1].substring(2),
                    Arrays.asList(parts).subList(1, parts.length),
                    block.substring(at + EXPECTED.length()));
        }

        String text(String answer) {
            StringBuilder text = new StringBuilder("=== " + title + "\n$ " + command + "\n");
            files.forEach(f -> text.append("--- ").append(f));
            return text.append(EXPECTED).append(answer).toString();
        }
    }

    static List<Case> cases() throws IOException {
        String all = Files.readString(CASES);
        return Arrays.stream(all.substring(all.indexOf("\n=== ") + 1).split("(?m)^=== ", -1))
                .filter(b -> !b.isBlank())
                .map(Case::of)
                .toList();
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyMistakeIsAnsweredWithItsPlaceAndWhatWouldBeRight() throws IOException {
        List<Case> cases = cases();
        assertTrue(cases.size() >= 250, "cases: " + cases.size());
        if (Boolean.getBoolean("twostacks.update")) {
            update(cases);
        }
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.title(),
                        () -> assertEquals(c.expected(), assertTimeoutPreemptively(PATIENCE, () -> answer(c)))));
    }

    private void update(List<Case> cases) throws IOException {
        String all = Files.readString(CASES);
        StringBuilder text = new StringBuilder(all.substring(0, all.indexOf("\n=== ") + 1));
        for (Case each : cases) {
            String answer;
            try {
                answer = assertTimeoutPreemptively(PATIENCE, () -> answer(each));
            } catch (AssertionError e) {
                answer = "FAILED " + e.getMessage().strip() + "\n";
            }
            text.append(each.text(answer));
        }
        Files.writeString(CASES, text);
    }

    /** What is printed for a case, once it has been seen that all else is as it should be. */
    private String answer(Case c) throws IOException {
        Path directory = Files.createTempDirectory(temporary, "case");
        for (String file : c.files()) {
            write(directory, file);
        }
        List<String> before = listing(directory);
        List<String> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(c.command());
        while (matcher.find()) {
            String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            arguments.add(unescaped(word.replace("./", directory + "/")));
        }
        CommandLine commands = Objects.requireNonNullElseGet(COMMANDS.poll(), Main::commandLine);
        Cli ended = Cli.of(commands, arguments.toArray(String[]::new));
        COMMANDS.add(commands);
        String told = (ended.out + ended.err).replace(directory + "/", "./").replace(directory.toString(), ".");
        assertEquals(2, ended.exitCode, c.title() + "\n" + told);
        assertFalse(told.isBlank(), c.title());
        assertFalse(told.contains("internal error") || told.contains("Exception") || told.contains("\tat "), told);
        for (String line : told.lines().toList()) {
            assertTrue(line.length() < 5000, line);
            assertTrue(line.chars().noneMatch(Character::isISOControl), line);
        }
        assertEquals(before, listing(directory), c.title() + ": something was written");
        removeLinks(directory);
        return LONG_CHOICE.matcher(told).replaceAll("one of …");
    }

    private static void write(Path directory, String file) throws IOException {
        int end = file.indexOf('\n');
        String name = file.substring(0, end);
        String content = file.substring(end + 1);
        Path path = directory.resolve(name.replaceFirst(" .*", ""));
        Files.createDirectories(path.getParent());
        if (name.endsWith("/")) {
            Files.createDirectories(path);
        } else if (name.contains(" -> ")) {
            Files.createSymbolicLink(path, Path.of(name.substring(name.indexOf(" -> ") + 4)));
        } else if (name.endsWith(" escaped")) {
            Files.write(path, bytes(content));
        } else {
            Files.writeString(path, content);
        }
    }

    /** Bytes of a text with {@code \}{@code xHH} for a byte, {@code \r}, {@code \c} for the end, and <code>{{1000*text}}</code> for repetitions. */
    private static byte[] bytes(String text) throws IOException {
        Matcher matcher = REPEATED.matcher(text);
        StringBuilder whole = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            whole.append(text, from, matcher.start())
                    .append(matcher.group(2).repeat(Integer.parseInt(matcher.group(1))));
            from = matcher.end();
        }
        whole.append(text.substring(from));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < whole.length(); i++) {
            if (whole.charAt(i) == '\\' && whole.charAt(i + 1) == 'x') {
                out.write(Integer.parseInt(whole.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (whole.charAt(i) == '\\' && whole.charAt(i + 1) == 'c') {
                break;
            } else if (whole.charAt(i) == '\\' && whole.charAt(i + 1) == 'r') {
                out.write('\r');
                i++;
            } else {
                int point = whole.codePointAt(i);
                out.write(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point) - 1;
            }
        }
        return out.toByteArray();
    }

    private static String unescaped(String argument) throws IOException {
        return new String(bytes(argument), StandardCharsets.UTF_8);
    }

    private static List<String> listing(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(p -> directory.relativize(p)
                            + (Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS) ? " " + size(p) : ""))
                    .sorted()
                    .toList();
        }
    }

    /** JUnit warns of links that lead elsewhere. */
    private static void removeLinks(Path directory) throws IOException {
        List<Path> links;
        try (Stream<Path> all = Files.walk(directory)) {
            links = all.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text);
    }

    private static String refused(Path file) {
        return assertTimeoutPreemptively(PATIENCE, () -> {
            Cli ended = twostacks("validate", file.toString());
            assertEquals(2, ended.exitCode, ended::toString);
            return ended.out;
        });
    }

    @Test
    void aLineOfAHundredMegabytesIsRefusedAtOnce() throws IOException {
        Path file = temporary.resolve("long.yaml");
        byte[] chunk = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (var out = Files.newOutputStream(file)) {
            out.write("name: ".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                out.write(chunk);
            }
        }
        assertEquals(file + ": is larger than 16 MiB; expected a smaller file\n", refused(file));
    }

    @Test
    void aLongChainOfScenariosIsRefused() throws IOException {
        file("s0.yaml", "name: s0\n");
        for (int i = 1; i <= 25; i++) {
            file("s" + i + ".yaml", "name: s" + i + "\nextends: s" + (i - 1) + ".yaml\n");
        }
        assertTrue(refused(temporary.resolve("s25.yaml")).contains("more than 20 scenarios extend each other"));
    }

    @Test
    void millionsOfProblemsAreToldInAThousandLines() throws IOException {
        StringBuilder text = new StringBuilder("name: x\nparameters:\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("  p").append(i).append(": 1\n");
        }
        String told = refused(file("many.yaml", text.toString()));
        assertEquals(1002, told.lines().count());
        assertTrue(told.contains("and 99000 problems more"), told.substring(told.length() - 200));
    }

    @Test
    void aPipeThatAScenarioNamesIsNotWaitedFor() throws IOException, InterruptedException {
        Path pipe = temporary.resolve("pipe.csv");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        org.junit.jupiter.api.Assumptions.assumeTrue(made.waitFor() == 0, "needs mkfifo");
        assertEquals(
                pipe + ": is a device or a pipe; expected a file\n",
                refused(file("x.yaml", "name: x\nnations: {file: pipe.csv}\n")));
    }

    @Test
    void tablesThatAreTooLargeAreRefused() throws IOException {
        file("wide.csv", "a" + ",a".repeat(1000) + "\n");
        assertTrue(refused(file("w.yaml", "name: x\nnations: {file: wide.csv}\n"))
                .contains("wide.csv:1:1: this row has more than 1000 fields; expected fewer columns"));
        file("long.csv", "iso3\n" + "A\n".repeat(1_100_000));
        assertTrue(
                refused(file("l.yaml", "name: x\nnations: {file: long.csv}\n"))
                        .contains(
                                "long.csv:1000001:1: more than 1000000 fields stand before this row; expected a smaller table"));
    }
}
