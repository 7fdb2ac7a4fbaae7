package twostacks.cli.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Job;
import twostacks.experiment.Progress;
import twostacks.experiment.RunService;
import twostacks.output.RunDescription;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExploreServerTest {
    private ExploreServer server;
    private Exploration exploration;

    @BeforeAll
    void start() throws IOException {
        exploration = new Exploration(
                "baseline",
                List.of(
                        ScenarioLoader.setting("nations.only", "[USA, CHN, IND]"),
                        ScenarioLoader.setting("horizon.months", "54"),
                        ScenarioLoader.setting("population.adoptersPerNation", "40")),
                1);
        server = new ExploreServer(exploration, 1, 0);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String token() {
        return server.address().substring(server.address().indexOf('#') + 1);
    }

    private String host() {
        return "127.0.0.1:" + server.port();
    }

    /** Sends bytes as they are, and returns all that comes back. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String request(String line, String body, String... headers) {
        StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\nConnection: close\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    private String post(String path, String body) throws IOException {
        return raw(request("POST " + path, body, "Host: " + host(), ExploreServer.TOKEN + ": " + token()));
    }

    private static void status(int expected, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), answer);
    }

    @Test
    void thePageComesWithAPolicyAndWithoutTheToken() throws IOException {
        String answer = raw(request("GET /", "", "Host: " + host()));
        status(200, answer);
        assertTrue(answer.contains("default-src 'none'; script-src 'self'"), answer);
        assertFalse(answer.contains(token()));
        status(
                200,
                raw(request("GET /page.js", "", "Host: localhost:" + server.port(), "Sec-Fetch-Site: same-origin")));
    }

    @Test
    void foreignHostsAndOriginsAreRefused() throws IOException {
        status(403, raw(request("GET /", "", "Host: evil.example")));
        status(403, raw(request("GET /", "", "Host: 127.0.0.1.evil.example:" + server.port())));
        status(403, raw(request("GET /", "", "Host: " + host(), "Host: evil.example")));
        status(403, raw(request("GET /", "", "Host: " + host(), "Origin: http://evil.example")));
        status(403, raw(request("GET /", "", "Host: " + host(), "Origin: null")));
        status(403, raw(request("GET /page.js", "", "Host: " + host(), "Sec-Fetch-Site: cross-site")));
    }

    @Test
    void nothingIsRunOrToldWithoutTheToken() throws IOException {
        for (String path : List.of("/setup", "/run", "/stop", "/scenario")) {
            status(403, raw(request("POST " + path, "{}", "Host: " + host())));
            String wrong = ExploreServer.TOKEN + ": " + token().replace(token().charAt(3), '!');
            status(403, raw(request("POST " + path, "{}", "Host: " + host(), wrong)));
            status(405, raw(request("GET " + path, "", "Host: " + host(), ExploreServer.TOKEN + ": " + token())));
        }
    }

    @Test
    void noFileIsServed() throws IOException {
        for (String path : List.of(
                "/../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fpom.xml",
                "//etc/passwd",
                "/report.html",
                "/vendor.js")) {
            status(404, raw(request("GET " + path, "", "Host: " + host())));
        }
    }

    @Test
    void badBodiesAreRefusedWithAReason() throws IOException {
        status(413, post("/run", " ".repeat(ExploreServer.MOST_BYTES + 1)));
        status(400, post("/run", "[]"));
        status(400, post("/run", "{"));
        status(400, post("/run", "\0\0{\0\0\0}\0")); // an order of the bytes of UTF-32 that there is none of
        String run = "{\"client\": \"a\", \"change\": {\"parameters\": {%s}}}";
        String answer = post("/run", String.format(Locale.ROOT, run, "\"price.cnSubsidy\": 7"));
        status(400, answer);
        assertTrue(answer.contains("price.cnSubsidy lies between "), answer);
        assertTrue(post("/run", String.format(Locale.ROOT, run, "\"price.nothing\": 1"))
                .contains("no parameter is called"));
        assertTrue(post("/run", String.format(Locale.ROOT, run, "\"price.cnSubsidy\": \"x\""))
                .contains("wants a number"));
        status(400, post("/run", "{\"client\": \"../x\"}"));
        status(400, post("/run", "{\"client\": \"a\", \"replicates\": 100000}"));
        for (int place : new int[] {-1, 1_000_000}) {
            status(400, post("/run", "{\"client\": \"a\", \"change\": {\"without\": [" + place + "]}}"));
            status(400, post("/scenario", "{\"change\": {\"without\": [" + place + "]}}"));
        }
        status(400, post("/scenario", "{\"name\": \"../../etc/passwd\"}"));
    }

    @Test
    void theSlidersThatAreThereFromTheStartAreInTheRegistry() throws IOException {
        JsonNode setup = body(post("/setup", "{}"));
        List<String> first = new ArrayList<>();
        setup.path("parameters").forEach(p -> {
            if (p.path("first").asBoolean()) {
                first.add(p.path("name").asText());
            }
            assertTrue(p.path("low").asDouble() < p.path("high").asDouble(), p::toString);
        });
        assertEquals(
                Exploration.FIRST.stream().sorted().toList(),
                first.stream().sorted().toList());
        assertTrue(
                setup.path("additions").size() > 5,
                () -> setup.path("additions").toString());
        assertTrue(setup.path("events").size() > 20, () -> setup.path("events").toString());
    }

    private static JsonNode body(String answer) throws IOException {
        return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    /** What a run sent, by kind. */
    private static Map<String, List<JsonNode>> events(String answer) throws IOException {
        Map<String, List<JsonNode>> events = new LinkedHashMap<>();
        Matcher matcher =
                Pattern.compile("event: (\\w+)\ndata: ([^\n]*)\n").matcher(answer.replaceAll("\r\n[0-9a-f]+\r\n", ""));
        while (matcher.find()) {
            events.computeIfAbsent(matcher.group(1), k -> new ArrayList<>())
                    .add(new ObjectMapper().readTree(matcher.group(2)));
        }
        return events;
    }

    @Test
    void whatIsSeenIsWhatTheSavedScenarioRunsTo(@TempDir Path directory) throws Exception {
        int place = exploration.acts().keySet().iterator().next();
        String change = "\"change\": {\"parameters\": {\"price.cnSubsidy\": 0.55, \"trust.anchor.CN\": -0.6},"
                + " \"with\": [\"model-access-shutdown\"], \"without\": [" + place + "]}, \"replicates\": 2";
        post("/setup", "{}"); // finds what can be switched on
        Map<String, List<JsonNode>> seen = events(post("/run", "{\"client\": \"b\", " + change + "}"));
        assertEquals(2, seen.get("base").size());
        assertEquals(2, seen.get("run").size());
        assertEquals(1, seen.get("done").size());

        JsonNode kept = body(post("/scenario", "{\"name\": \"mine\", " + change + "}"));
        assertTrue(kept.path("command").asText().startsWith("./twostacks run mine.yaml --seed 1 --replicates 2"));
        Path file = Files.writeString(
                directory.resolve("mine.yaml"), kept.path("file").asText());
        Scenario scenario = ScenarioLoader.load(file.toString());
        new RunService(1, "test", List.of(), true, Progress.NONE, new Cancellation())
                .run(List.of(new Job(
                        RunDescription.of(scenario, "test", 1, 2, java.util.Set.of(), false),
                        directory.resolve("run"))));
        List<String> rows = Files.readAllLines(directory.resolve("run").resolve("world.csv"));
        List<String> names = List.of(rows.get(0).split(",", -1));
        for (int column = 0; column < Recording.WORLD.size(); column++) {
            int at = names.indexOf(Recording.WORLD.get(column));
            for (int replicate = 1; replicate <= 2; replicate++) {
                JsonNode path = seen.get("run").get(replicate - 1).path("world").get(column);
                int month = 0;
                for (String row : rows) {
                    String[] fields = row.split(",", -1);
                    if (fields[1].equals(Integer.toString(replicate)) && fields[3].equals("population")) {
                        double written = fields[at].isEmpty() ? Double.NaN : Double.parseDouble(fields[at]);
                        double sent = path.get(month).isNull()
                                ? Double.NaN
                                : path.get(month).asDouble();
                        assertEquals(written, sent, 1e-6, Recording.WORLD.get(column) + " in month " + month);
                        month++;
                    }
                }
                assertEquals(54, month);
            }
        }
    }

    @Test
    void aWishThatComesAfterALaterOneIsNotCarriedOut() throws IOException {
        String wish = "{\"client\": \"late\", \"wish\": %d, \"change\": {\"parameters\": {\"price.cnSubsidy\": 0.4}},"
                + " \"replicates\": 1}";
        assertEquals(
                1,
                events(post("/run", String.format(Locale.ROOT, wish, 2)))
                        .get("done")
                        .size());
        String late = post("/run", String.format(Locale.ROOT, wish, 1));
        status(409, late);
        assertTrue(late.contains("has asked for something else since"), late);
        assertEquals(
                1,
                events(post("/run", String.format(Locale.ROOT, wish, 3)))
                        .get("done")
                        .size());
    }

    @Test
    void theCommandLineOfMovedParametersRepeatsTheOverlays() {
        Change change = new Change(Map.of("price.cnSubsidy", 0.55), List.of(), List.of());
        assertEquals(
                "./twostacks run baseline --set 'nations.only=[USA, CHN, IND]' --set horizon.months=54"
                        + " --set population.adoptersPerNation=40 --set price.cnSubsidy=0.55 --seed 1"
                        + " --replicates 3 --report -o results/explored",
                exploration.command(change, 3, "x.yaml"));
    }

    @Test
    void anUnknownScenarioCannotBeSwitchedOn() {
        assertThrows(
                IllegalArgumentException.class,
                () -> exploration.changed(new Change(Map.of(), List.of(), List.of("nothing"))));
    }
}
