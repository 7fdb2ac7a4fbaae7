package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import twostacks.input.Source;
import twostacks.scenario.ScenarioCatalog;
import twostacks.scenario.ScenarioLoader;

/** What a reader of the documents may rely on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ReadmeTest {
    private static final Path ROOT = root();

    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ {4}(?: {2})?\\./twostacks ((?:.*\\\\\\n)*.*)$|`\\./twostacks ([^`…]*)`");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern SECTION = Pattern.compile("\\]\\(#([^)]*)\\)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ODD.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Stream<String> documents() {
        return Stream.of(
                "README.md",
                "ODD.md",
                "CONTRIBUTING.md",
                "docs/scenarios.md",
                "docs/experiments.md",
                "docs/cluster.md",
                "docs/hindcast.md",
                "analysis/README.md");
    }

    private static String text(String document) throws IOException {
        return Files.readString(ROOT.resolve(document));
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(Stream.of(1, matcher.groupCount())
                    .map(matcher::group)
                    .filter(group -> group != null)
                    .findFirst()
                    .orElse(""));
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_command_that_is_shown_is_understood(String document) throws IOException {
        List<String> commands = found(COMMAND, text(document));
        assertFalse(commands.isEmpty() && document.equals("README.md"), "no command is shown");
        assertAll(commands.stream().map(command -> () -> {
            String line = command.replace("\\\n", " ").replaceFirst("^((?:[^'>|]|'[^']*')*) [>|].*", "$1");
            String[] words = found(WORD, line).toArray(String[]::new);
            assertDoesNotThrow(() -> Main.commandLine().parseArgs(words), () -> "./twostacks " + command);
        }));
    }

    @Test
    void everything_in_the_table_of_places_is_there() throws IOException {
        String readme = text("README.md");
        String table = readme.substring(readme.indexOf("## Where is…?"));
        table = table.substring(0, table.indexOf("\n["));
        List<String> paths = found(CODE, table);
        assertTrue(paths.size() > 20, "the table has " + paths.size() + " places");
        assertAll(paths.stream().map(path -> () -> assertTrue(Files.exists(ROOT.resolve(path)), path)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(String document) throws IOException {
        String text = text(document);
        Path folder = ROOT.resolve(document).getParent();
        Predicate<String> elsewhere = link -> link.startsWith("http:") || link.startsWith("https:");
        assertAll(found(LINK, text).stream()
                .filter(elsewhere.negate())
                .map(link -> () -> assertTrue(Files.exists(folder.resolve(link)), link)));
        List<String> sections = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
        assertAll(found(SECTION, text).stream().map(link -> () -> assertTrue(sections.contains(link), link)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md"})
    void every_path_in_code_is_there(String document) throws IOException {
        assertAll(found(CODE, text(document)).stream()
                .filter(code -> code.matches("(sim-|analysis/|docs/|\\.ci/)[\\w./-]*/[\\w./-]*"))
                .filter(code -> !code.contains("NAME"))
                .map(path -> () -> assertTrue(Files.exists(ROOT.resolve(path)), path)));
    }

    @Test
    void the_first_scenario_has_six_lines_and_loads() throws IOException {
        String readme = text("README.md");
        int begin = readme.indexOf("```yaml\nname:") + "```yaml\n".length();
        String scenario = readme.substring(begin, readme.indexOf("```", begin));
        assertEquals(6, scenario.lines().count());
        assertEquals(
                "half-price",
                ScenarioLoader.load(Source.of("half-price.yaml", scenario)).name());
    }

    @Test
    void the_number_of_bundled_scenarios_is_right() throws IOException {
        String readme = text("README.md").replaceAll("\\s+", " ");
        assertTrue(readme.contains("the " + ScenarioCatalog.names().size() + " bundled scenarios"));
    }

    @Test
    void every_test_that_CONTRIBUTING_names_is_there() throws IOException {
        List<String> names = found(CODE, text("CONTRIBUTING.md")).stream()
                .filter(code -> code.matches("\\w+(Test|IT)"))
                .distinct()
                .toList();
        List<String> tests;
        try (Stream<Path> files = Files.walk(ROOT)) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
                    .toList();
        }
        assertAll(names.stream().map(name -> () -> assertTrue(tests.contains(name + ".java"), name)));
    }
}
