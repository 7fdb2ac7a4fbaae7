package twostacks.cli.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.analysis.report.Report;
import twostacks.cli.Cli;
import twostacks.cli.explore.Exploration;
import twostacks.cli.explore.ExploreServer;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Job;
import twostacks.experiment.Progress;
import twostacks.experiment.RunService;
import twostacks.output.RunDescription;
import twostacks.scenario.ScenarioLoader;

/** The pages in a real browser. */
final class PagesTest {
    private static final String SET_MONTH = "(() => { const i = document.getElementById('month'); i.value = %d;"
            + " i.dispatchEvent(new Event('input', {bubbles: true})); })()";

    @TempDir
    private Path results;

    @BeforeAll
    static void aBrowserIsThere() {
        assumeTrue(
                Chromium.program() != null, "skipped: pages in a browser; install it with: apt-get install chromium");
    }

    private Path report(String... settings) throws Exception {
        Path directory = Files.createTempDirectory(results, "run");
        RunDescription run = RunDescription.of(
                ScenarioLoader.load(
                        "baseline",
                        java.util.Arrays.stream(settings)
                                .map(s -> ScenarioLoader.setting(
                                        s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1)))
                                .toList()),
                "test",
                1,
                2,
                java.util.Set.of(),
                false);
        new RunService(2, "test", List.of("twostacks"), true, Progress.NONE, new Cancellation())
                .run(List.of(new Job(run, directory)));
        Report.write(directory, directory.resolve(Report.FILE));
        return directory;
    }

    @Test
    void aReportOpensFromTheDiskAndShowsWhatTheTablesHold() throws Exception {
        Path directory = report("horizon.months=30", "population.adoptersPerNation=20");
        List<String> nations = Files.readAllLines(directory.resolve("nations.csv"));
        try (Chromium browser = new Chromium(1200, 900)) {
            browser.open(directory.resolve(Report.FILE).toUri().toString());
            browser.until("document.getElementById('page')?.dataset.drawn");
            assertEquals(
                    198,
                    browser.run("document.querySelectorAll('.map .nation[fill]').length")
                            .asInt());

            // the slider moves the map, and the picture tells which month it shows
            browser.run("document.querySelector('#color-by').value = 'trust_us';"
                    + "document.querySelector('#color-by').dispatchEvent(new Event('change'))");
            String fills = "Array.from(document.querySelectorAll('.map .nation'), n => n.getAttribute('fill')).join()";
            browser.run(String.format(Locale.ROOT, SET_MONTH, 0));
            String first = browser.run(fills).asText();
            assertTrue(browser.run("document.querySelector('#map h3').textContent")
                    .asText()
                    .contains("2023-01"));
            browser.run(String.format(Locale.ROOT, SET_MONTH, 29));
            assertNotEquals(first, browser.run(fills).asText());
            assertTrue(browser.run("document.querySelector('#map h3').textContent")
                    .asText()
                    .contains("2025-06"));

            // the table and the download of the map are the mean of the CSV's replicates
            double mean = nations.stream()
                    .filter(line -> line.matches("baseline,[12],2025-06,KEN,.*"))
                    .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[12]))
                    .average()
                    .orElseThrow();
            JsonNode downloaded = browser.run("(async () => { let blob; const make = URL.createObjectURL;"
                    + " URL.createObjectURL = b => { blob = b; return make.call(URL, b); };"
                    + " document.querySelectorAll('#map .tools button')[1].click(); URL.createObjectURL = make;"
                    + " return await blob.text(); })()");
            List<String> lines = downloaded.asText().lines().toList();
            assertEquals("iso3,nation,month,trust_us", lines.get(0));
            String kenya =
                    lines.stream().filter(l -> l.startsWith("KEN,")).findFirst().orElseThrow();
            assertEquals(mean, Double.parseDouble(kenya.substring(kenya.lastIndexOf(',') + 1)), 1e-4);
            browser.click("#map .tools button");
            String table = browser.run("document.querySelector('#map table').innerText.replace(/\\t/g, ',')")
                    .asText();
            assertTrue(table.contains(kenya), "the table shows " + kenya);

            // choosing a nation, with the mouse and with keys
            browser.click(".map .nation[data-iso3='BRA']");
            assertEquals(
                    "BRA",
                    browser.run("document.getElementById('nation').value").asText());
            assertTrue(browser.run("document.querySelector('#nation-card h3').textContent")
                    .asText()
                    .startsWith("Brazil"));
            browser.run("document.querySelector('.map svg').focus()");
            browser.press("ArrowRight", 39);
            assertNotEquals(
                    "BRA",
                    browser.run("document.getElementById('nation').value").asText());
            browser.run("document.getElementById('month').focus()");
            browser.press("ArrowLeft", 37);
            assertEquals(
                    "2025-05",
                    browser.run("document.querySelector('.time output').textContent")
                            .asText());

            // play plays, and stops
            browser.run(String.format(Locale.ROOT, SET_MONTH, 0));
            browser.click("#play");
            browser.until("Number(document.getElementById('month').value) >= 3");
            browser.click("#play");
            assertEquals(
                    "Play",
                    browser.run("document.getElementById('play').textContent").asText());

            // search and sort
            browser.run("{ const f = document.getElementById('find'); f.value = 'guinea';"
                    + " f.dispatchEvent(new Event('input')); }");
            assertEquals(
                    4,
                    browser.run("document.querySelectorAll('.cards .spark').length")
                            .asInt());

            assertEquals(List.of(), browser.complaints);
            assertTrue(
                    browser.requests.stream().allMatch(r -> r.startsWith("file:") || r.startsWith("blob:")),
                    browser.requests::toString);
            assertEquals(
                    1,
                    browser.requests.stream().filter(r -> r.startsWith("file:")).count());
        }
    }

    @Test
    void aMovedSliderRunsTheWorldAgainAndDropsWhatIsOutdated() throws Exception {
        Exploration exploration = new Exploration(
                "baseline",
                List.of(
                        ScenarioLoader.setting("nations.only", "[USA, CHN, IND, BRA]"),
                        ScenarioLoader.setting("population.adoptersPerNation", "60")),
                1);
        try (ExploreServer server = new ExploreServer(exploration, 2, 0);
                Chromium browser = new Chromium(1300, 900)) {
            browser.open(server.address());
            browser.until("document.getElementById('page')?.dataset.done === '1'");
            String move = "{ const i = document.querySelector('[data-parameter=\"price.cnSubsidy\"]'); i.value = %s;"
                    + " i.dispatchEvent(new Event('input', {bubbles: true})); }";
            browser.run(String.format(Locale.ROOT, move, "0.3")
                    + String.format(Locale.ROOT, move, "0.45")
                    + String.format(Locale.ROOT, move, "0.6"));
            browser.until("document.getElementById('page').dataset.first");
            browser.until("document.querySelector('.status').textContent.startsWith('8 of 8')");
            assertEquals(
                    "2",
                    browser.run("document.getElementById('page').dataset.done").asText(),
                    "of three wishes in a row only the last is carried out to its end");
            assertNotEquals(
                    browser.run("document.querySelectorAll('.chart svg')[0].innerHTML")
                            .asText(),
                    browser.run("document.querySelectorAll('.chart svg')[1].innerHTML")
                            .asText(),
                    "both worlds look alike");
            browser.click("#show-command");
            String command = browser.until("document.getElementById('command').textContent")
                    .asText();
            assertTrue(command.contains("--set price.cnSubsidy=0.6"), command);
            assertEquals(List.of(), browser.complaints);
            assertTrue(
                    browser.requests.stream()
                            .allMatch(r ->
                                    r.startsWith("http://127.0.0.1:" + server.port() + "/") || r.startsWith("data:")),
                    browser.requests::toString);
        }
    }

    @Test
    void aPageThatIsToldToComeLaterSaysSoAndAsksAgainUntilItIsServed() throws Exception {
        Exploration exploration =
                new Exploration("baseline", List.of(ScenarioLoader.setting("nations.only", "[USA, CHN]")), 1);
        try (ExploreServer server = new ExploreServer(exploration, 2, 0);
                Chromium browser = new Chromium(1300, 900)) {
            browser.open(server.address());
            browser.until("document.getElementById('page')?.dataset.done === '1'");
            browser.run("{ const real = window.fetch; const answers = [429, 503, 0];"
                    + " window.fetch = (path, asked) => { if (path !== '/run' || !answers.length) return real(path, asked);"
                    + " const status = answers.shift();"
                    + " return status ? Promise.resolve(new Response('{\"problem\": \"later\"}', {status}))"
                    + " : Promise.reject(new TypeError('no connection')); };"
                    + " window.told = new Set(); new MutationObserver(() => window.told.add("
                    + "document.querySelector('.status').textContent)).observe(document.querySelector('.status'),"
                    + " {childList: true, subtree: true, characterData: true}); }");
            browser.run("{ const i = document.querySelector('[data-parameter=\"price.cnSubsidy\"]'); i.value = 0.4;"
                    + " i.dispatchEvent(new Event('input', {bubbles: true})); }");
            browser.until("document.getElementById('page').dataset.done === '2'");
            String told = browser.run("[...window.told].join('|')").asText();
            assertTrue(told.contains("The program is busy; trying again"), told);
            assertFalse(told.contains("later") || told.contains("no connection"), told);
            assertEquals(List.of(), browser.complaints);
        }
    }

    @Test
    void aHindcastShowsEveryMeasuredFigureBesideWhatTheModelSays() throws Exception {
        Path directory = results.resolve("hindcast");
        Cli ended = Cli.twostacks(
                "hindcast",
                "--set=population.adoptersPerNation=20",
                "--replicates=2",
                "--report",
                "--quiet",
                "--output=" + directory);
        assertEquals(0, ended.exitCode, ended::toString);
        List<String> rows = Files.readAllLines(directory.resolve("scorecard.csv"));
        String kenya = rows.stream()
                .filter(r -> r.startsWith("AIU_KEN_2025-H2,"))
                .findFirst()
                .orElseThrow();
        long users = rows.stream().filter(r -> r.contains(",ai_users,")).count();
        try (Chromium browser = new Chromium(400, 800)) {
            browser.open(directory.resolve(Report.FILE).toUri().toString());
            browser.until("document.getElementById('page')?.dataset.drawn");
            assertEquals(
                    users,
                    browser.run("document.querySelectorAll('#observed .card:first-child circle').length")
                            .asLong());
            browser.click("#observed .card .tools button");
            String table = browser.run("document.querySelector('#observed .card table').innerText.replace(/\\t/g, ',')")
                    .asText();
            String[] fields = kenya.split(",", -1);
            String shown = table.lines()
                    .filter(l -> l.startsWith("AIU_KEN_2025-H2,"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(shown.contains(",Kenya,"), shown);
            String[] cells = shown.split(",", -1);
            assertEquals(Double.parseDouble(fields[4]), Double.parseDouble(cells[5]), 1e-6, "observed");
            assertEquals(Double.parseDouble(fields[7]), Double.parseDouble(cells[8]), 1e-6, "median");
            assertTrue(
                    browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
                            .asBoolean(),
                    "a telephone need not scroll sideways");
            assertEquals(List.of(), browser.complaints);
        }
    }

    @Test
    void aPageOfAForeignNameThatLeadsHereGetsNothing() throws Exception {
        Exploration exploration =
                new Exploration("baseline", List.of(ScenarioLoader.setting("nations.only", "[USA, CHN]")), 1);
        try (ExploreServer server = new ExploreServer(exploration, 1, 0);
                Chromium browser = new Chromium(800, 600)) {
            String token = server.address().substring(server.address().indexOf('#') + 1);
            browser.open("http://" + Chromium.FOREIGN_HOST + ":" + server.port() + "/#" + token);
            String shown = browser.until("document.body?.innerText").asText();
            assertEquals("this is not the host that was asked for", shown.strip());
            String setup =
                    "(async () => { const a = await fetch('/setup', {method: 'POST', body: '{\"client\": \"a\"}',"
                            + " headers: {'X-Twostacks-Token': '" + token + "'}}).catch(e => ({status: String(e)}));"
                            + " return String(a.status); })()";
            assertNotEquals("200", browser.run(setup).asText(), "even the token is of no use to it");
        }
    }
}
