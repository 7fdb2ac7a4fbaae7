package twostacks.verification;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioCatalog;
import twostacks.scenario.ScenarioLoader;

/** The limits hold, and the figures they are held against are theory's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class VerificationTest {
    private static final Path SCRIPT = Path.of("src/test/expected/limits.py");
    private static final Path TABLE = Path.of("src/test/resources/expected/limits.csv");

    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static List<Check> quick;

    @BeforeAll
    static void runs() {
        quick = Verification.run(Verification.Options.all(true, THREADS), (limit, done, of) -> {});
    }

    @Test
    void every_limit_holds() {
        assertEquals(
                Verification.ids(), quick.stream().map(Check::limit).distinct().toList());
        assertAll(quick.stream().map(check -> () -> assertTrue(check.holds(), check::toString)));
    }

    @Test
    void what_is_expected_is_what_another_script_works_out() throws IOException {
        Map<String, Double> expected = table(TABLE);
        assertTrue(expected.size() > 80);
        Map<String, Double> got = new LinkedHashMap<>();
        quick.forEach(check -> got.put(check.limit() + "," + check.what(), check.expected()));
        assertAll(expected.entrySet().stream().map(e -> () -> {
            assertTrue(got.containsKey(e.getKey()), e.getKey());
            assertEquals(e.getValue(), got.get(e.getKey()), 2e-8 * Math.max(1, Math.abs(e.getValue())), e.getKey());
        }));
        // What the script leaves out are statistics of fit, counts of violations, and the mean field.
        for (Check check : quick) {
            boolean known = expected.containsKey(check.limit() + "," + check.what());
            boolean none = check.expected() == 0
                    || check.expected() == 1
                    || check.what().contains("chi-squared");
            assertTrue(known || none || check.limit().equals("V13"), check::toString);
        }
    }

    private static Map<String, Double> table(Path file) throws IOException {
        Map<String, Double> expected = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("V")) {
                String limit = line.substring(0, line.indexOf(','));
                String what = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
                expected.put(limit + "," + what, Double.valueOf(line.substring(line.lastIndexOf(',') + 1)));
            }
        }
        return expected;
    }

    @Test
    void the_table_of_expected_figures_is_what_its_script_makes(@TempDir Path made)
            throws IOException, InterruptedException {
        assumeTrue(
                runs("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))"),
                "install Python 3.8 or later as python3 to make the table of expected figures again");
        assertTrue(runs("python3", "-B", SCRIPT.toString(), made.toString()));
        assertEquals(Files.readString(TABLE), Files.readString(made.resolve("limits.csv")));
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The figures of the model's description, to its six decimals. */
    @Test
    void the_published_figures_are_among_those_expected() {
        Set<String> texts = new HashSet<>();
        quick.forEach(check -> texts.add(Verification.text(check.expected())));
        String published = "0.163725 0.269936 0.445049 0.121290 0.320377 0.400000 0.251302 0.502941 0.710412 0.858560"
                + " 0.957504 2.745644 0.189551 0.819641 0.986729 0.247207 0.606368 0.146425";
        for (String figure : published.split(" ", -1)) {
            assertTrue(texts.contains(figure), figure);
        }
        assertEquals(4.060, SocialLimit.fold(7), 5e-4);
        assertEquals(2, SocialLimit.fold(2), 1e-6);
    }

    @Test
    void threads_change_no_figure() {
        Set<String> some = Set.of("V1", "V6", "V8", "V9");
        List<Check> one = run(some, 1);
        assertEquals(one, run(some, 4));
        assertEquals(one, quick.stream().filter(c -> some.contains(c.limit())).toList());
    }

    private static List<Check> run(Set<String> only, int threads) {
        return Verification.run(new Verification.Options(only, true, threads, 1, Engine.REAL), (limit, done, of) -> {});
    }

    @Test
    void a_figure_is_recorded_with_the_error_it_would_catch() {
        for (Check check : quick) {
            assertTrue(check.detectable() > 0, check::toString);
            if (check.standardError() > 0 && !check.what().contains("chi-squared")) {
                assertTrue(check.tolerance() > 3.8 * check.standardError(), check::toString);
                assertTrue(check.detectable() > check.tolerance() + 2.3 * check.standardError(), check::toString);
            }
        }
        String csv = Verification.csv(quick);
        assertEquals(quick.size() + 1, csv.lines().count());
        assertTrue(csv.startsWith("limit,what,expected,got,standard_error,tolerance,detectable,verdict\n"));
        assertTrue(csv.lines().skip(1).allMatch(l -> l.endsWith(",ok")));
        assertFalse(csv.contains("NaN"));
    }

    @Test
    void a_limit_that_there_is_not_is_refused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new Verification.Options(Set.of("V99"), true, 1, 1, Engine.REAL));
        assertTrue(e.getMessage().contains("V99") && e.getMessage().contains("V13"), e.getMessage());
    }

    @Test
    void no_number_at_all_is_a_miss() {
        assertFalse(Check.exact("V0", "nothing", 1, Double.NaN, 1).holds());
        assertEquals("MISS", Check.exact("V0", "too far", 1, 3, 1).verdict());
        assertEquals("-", Verification.text(Double.NaN));
    }

    @Test
    void every_file_of_the_verification_is_listed_used_and_loads() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.list(Path.of("src/main/resources/verification"))) {
            all.map(p -> p.getFileName().toString())
                    .filter(n -> n.endsWith(".yaml"))
                    .forEach(n -> files.add(n.substring(0, n.length() - 5)));
        }
        Set<String> listed = new TreeSet<>();
        ScenarioCatalog.verification().forEach(n -> listed.add(n.substring(ScenarioCatalog.VERIFICATION.length())));
        assertEquals(files, listed);
        Set<String> used = new TreeSet<>(List.of("off"));
        List<String> bundled = new ArrayList<>();
        for (Limit limit : Verification.LIMITS) {
            for (String name : limit.scenarios()) {
                (ScenarioCatalog.names().contains(name) ? bundled : used).add(name);
            }
        }
        assertEquals(files, used);
        for (String name : files) {
            Scenario scenario = ScenarioLoader.load(ScenarioCatalog.VERIFICATION + name);
            assertEquals(name, scenario.name());
            assertFalse(scenario.description().isEmpty(), name);
        }
    }
}
