package twostacks.cli.explore;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import twostacks.analysis.report.Assets;
import twostacks.input.InputException;
import twostacks.input.Months;
import twostacks.output.Json;
import twostacks.parameters.Group;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.DatedEvent;
import twostacks.scenario.Scenario;

/**
 * Serves the page and runs what it asks for.
 *
 * <p>It listens on this machine only. A request must name this server as its host (a foreign page cannot get here by a
 * name of its own), must not come from a page of another origin, and, unless it is for the page itself, must carry the
 * token of this start. Nothing is read from the disk: what is served is made from resources of the program.
 */
public final class ExploreServer implements Closeable {
    /** The header that carries the token. */
    static final String TOKEN = "X-Twostacks-Token";

    static final int MOST_BYTES = 1 << 16;
    private static final int MOST_REPLICATES = 64;
    private static final int USUAL_REPLICATES = 8;
    private static final int MOST_RUNS = 4;
    private static final int MOST_CLIENTS = 1000;
    private static final int WAIT_SECONDS = 2;
    private static final int LOOK_MILLIS = 50;
    /** Requests besides those for pages that are seen to at a time. */
    private static final int MOST_REQUESTS = 64;
    /** Connections that are read from or written to at a time: one that is slow takes a thread, and no more. */
    static final int MOST_CONNECTIONS = 256;
    /** How long a request may take to come, and a piece of an answer to be taken. */
    static final int PATIENCE_SECONDS = 10;

    private static final int IDLE_SECONDS = 2;
    private static final int BACKLOG = 128;
    private static final List<String> SCRIPTS = List.of("vendor.js", "base.js", "map.js", "charts.js", "explore.js");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // The JDK's server waits for the rest of a request for ever, unless it is told before it is loaded.
        setDefault("sun.net.httpserver.maxReqTime", PATIENCE_SECONDS);
        setDefault("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    }

    private record Served(String type, byte[] bytes) {}

    /** Writes to a browser. */
    private interface Writing {
        void write() throws IOException;
    }

    private final Exploration exploration;
    private final Runner runner;
    private final HttpServer server;
    private final ThreadPoolExecutor handlers;
    private final ScheduledExecutorService alarms =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "explore-alarm"));
    private final String token;
    private final Set<String> hosts;
    private final Map<String, Served> pages;
    private final Map<String, Runner.Request> running = new ConcurrentHashMap<>();
    /** The last wish of each page. Requests that a page sends one after another may be taken in another order. */
    private final Map<String, Integer> wishes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private final Semaphore runs = new Semaphore(MOST_RUNS);
    private final Semaphore requests = new Semaphore(MOST_REQUESTS);

    /**
     * Starts to serve.
     *
     * @param exploration what can be explored
     * @param threads threads at work
     * @param port port; 0 for any that is free
     * @throws IOException if the port cannot be had
     */
    public ExploreServer(Exploration exploration, int threads, int port) throws IOException {
        this.exploration = exploration;
        this.runner = new Runner(exploration, threads);
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        pages = pages();
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port());
        handlers = new ThreadPoolExecutor(
                MOST_CONNECTIONS,
                MOST_CONNECTIONS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "explore-request"));
        handlers.allowCoreThreadTimeOut(true);
        server.setExecutor(handlers);
        server.createContext("/", this::handle);
        server.start();
        daemon(() -> runner.runAhead(USUAL_REPLICATES), "explore-ahead").start();
        daemon(exploration::findAdditions, "explore-additions").start();
    }

    private static void setDefault(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static Map<String, Served> pages() {
        StringBuilder script = new StringBuilder();
        SCRIPTS.forEach(name -> script.append(Assets.text(name)).append('\n'));
        return Map.of(
                "/", served("text/html", Assets.text("explore.html")),
                "/page.css", served("text/css", Assets.text("page.css") + Assets.text("explore.css")),
                "/page.js", served("text/javascript", script.toString()),
                "/world.json", served("application/json", Assets.text("world.json")));
    }

    private static Served served(String type, String text) {
        return new Served(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The port.
     *
     * @return port that is listened on
     */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Where the page is. What stands behind the {@code #} never leaves the browser.
     *
     * @return address with the token of this start
     */
    public String address() {
        return "http://127.0.0.1:" + port() + "/#" + token;
    }

    /** How many pages have runs that go on or wait. */
    int running() {
        return running.size();
    }

    @Override
    public void close() {
        running.values().forEach(Runner.Request::cancel);
        runner.close();
        server.stop(0);
        handlers.shutdownNow();
        alarms.shutdownNow();
    }

    // Requests ------------------------------------------------------------------------------------------------------

    private void handle(HttpExchange exchange) throws IOException {
        try {
            String refusal = refusal(exchange);
            if (!refusal.isEmpty()) {
                answer(exchange, 403, "text/plain; charset=utf-8", refusal.getBytes(StandardCharsets.UTF_8));
                return;
            }
            String path = exchange.getRequestURI().getRawPath();
            String method = exchange.getRequestMethod();
            Served page = pages.get(path);
            if (page != null) {
                if (method.equals("GET")) {
                    answer(exchange, 200, page.type(), page.bytes());
                } else {
                    problem(exchange, 405, "GET only");
                }
            } else if (!List.of("/setup", "/run", "/stop", "/scenario").contains(path)) {
                problem(exchange, 404, "there is nothing here");
            } else if (!allowed(exchange.getRequestHeaders().getFirst(TOKEN))) {
                problem(
                        exchange,
                        403,
                        "the token of this start is missing or wrong; open the address that was printed");
            } else if (!method.equals("POST")) {
                problem(exchange, 405, "POST only");
            } else {
                JsonNode body = body(exchange);
                if (body != null) {
                    bounded(exchange, path, body);
                }
            }
        } finally {
            patiently(exchange::close);
        }
    }

    /** Writes, and gives up a browser that takes nothing for too long: an interrupt closes what is written to. */
    private void patiently(Writing writing) throws IOException {
        Future<?> alarm = alarms.schedule(Thread.currentThread()::interrupt, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            writing.write();
        } finally {
            alarm.cancel(false);
        }
    }

    /** Why a request is not answered at all; empty if it is. */
    private String refusal(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0))) {
            return "this is not the host that was asked for";
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !origin.equals("http://" + host.get(0))) {
            return "pages of other origins have no business here";
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return "pages of other origins have no business here";
        }
        return "";
    }

    private boolean allowed(String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            exchange.getResponseHeaders().set("Connection", "close");
            problem(exchange, 413, "more than " + MOST_BYTES + " bytes");
            return null;
        }
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException | CharConversionException e) {
            // told below
        }
        problem(exchange, 400, "a JSON object is wanted");
        return null;
    }

    /** Sees to a request that has come whole, so that one that dawdles takes no place from others. */
    private void bounded(HttpExchange exchange, String path, JsonNode body) throws IOException {
        if (!requests.tryAcquire()) {
            later(exchange, 503, "too many requests at once");
            return;
        }
        try {
            api(exchange, path, body);
        } finally {
            requests.release();
        }
    }

    private void api(HttpExchange exchange, String path, JsonNode body) throws IOException {
        try {
            switch (path) {
                case "/setup" -> json(exchange, setup());
                case "/stop" -> {
                    stop(client(body));
                    json(exchange, Json.object());
                }
                case "/scenario" -> json(exchange, scenario(body));
                default -> run(exchange, body);
            }
        } catch (IllegalArgumentException e) {
            problem(exchange, 400, e.getMessage());
        } catch (InputException e) {
            problem(exchange, 400, e.problems().get(0).toString());
        }
    }

    private static String client(JsonNode body) {
        String client = body.path("client").asText();
        if (!client.matches("[A-Za-z0-9]{1,32}")) {
            throw new IllegalArgumentException("'client' wants letters and digits");
        }
        return client;
    }

    private void stop(String client) {
        Runner.Request before = running.remove(client);
        if (before != null) {
            before.cancel();
        }
    }

    // What can be changed -------------------------------------------------------------------------------------------

    private ObjectNode setup() {
        Scenario base = exploration.base();
        ObjectNode root = Json.object();
        root.put("scenario", base.name());
        root.put("description", base.description());
        root.put("start", base.spec().startMonth());
        root.put("months", base.spec().months());
        if (base.spec().dataEnd() > base.spec().startMonth()) {
            root.put("lastObserved", base.spec().dataEnd() - 1 - base.spec().startMonth());
        }
        root.put("seed", exploration.seed());
        root.put("replicates", USUAL_REPLICATES);
        root.put("mostReplicates", MOST_REPLICATES);
        Map<String, Double> values = base.spec().space().values(parameters(base));
        root.put("adopters", values.get("population.adoptersPerNation"));
        ArrayNode nations = root.putArray("nations");
        base.spec().nations().stream()
                .sorted((a, b) -> a.iso3().compareTo(b.iso3()))
                .forEach(n -> nations.addObject()
                        .put("iso3", n.iso3())
                        .put("name", n.name())
                        .put("population", n.population())
                        .put("lat", n.latitude())
                        .put("lon", n.longitude()));
        ArrayNode parameters = root.putArray("parameters");
        for (ParameterSpace.Entry entry : base.spec().space().entries().values()) {
            if (entry.group() != Group.REST
                    && entry.low() < entry.high()
                    && !entry.name().startsWith("population.")) {
                parameters
                        .addObject()
                        .put("name", entry.name())
                        .put("group", entry.group().name())
                        .put("meaning", entry.meaning())
                        .put("unit", entry.unit())
                        .put("low", entry.low())
                        .put("high", entry.high())
                        .put("whole", entry.type() == ParameterSpace.Type.INTEGER)
                        .put("value", values.get(entry.name()))
                        .put("basis", entry.basis().name().toLowerCase(java.util.Locale.ROOT))
                        .put("source", entry.source())
                        .put("first", Exploration.FIRST.contains(entry.name()));
            }
        }
        ArrayNode events = root.putArray("events");
        exploration.acts().forEach((place, event) -> event(events.addObject().put("place", place), event));
        exploration.findAdditions();
        ArrayNode additions = root.putArray("additions");
        exploration.additions().forEach((name, addition) -> {
            ObjectNode node = additions.addObject().put("name", name).put("description", addition.description());
            ArrayNode adds = node.putArray("events");
            addition.events().forEach(event -> event(adds.addObject(), event));
        });
        ArrayNode world = root.putArray("world");
        Recording.WORLD.forEach(world::add);
        ArrayNode columns = root.putArray("nationColumns");
        Recording.NATIONS.forEach(columns::add);
        root.put("quantum", Recording.QUANTUM);
        return root;
    }

    private static void event(ObjectNode node, DatedEvent event) {
        node.put("month", Months.text(event.month()))
                .put("kind", event.what().key())
                .put("title", Exploration.title(event))
                .put("observed", event.observed());
    }

    private static ModelParameters parameters(Scenario scenario) {
        return scenario.spec().space().with(scenario.spec().overrides());
    }

    private ObjectNode scenario(JsonNode body) {
        Change change = Change.read(body.path("change"));
        String name = body.path("name").asText("explored");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("a name has at most 64 letters, digits, points, dashes and underscores");
        }
        ObjectNode root = Json.object();
        root.put("file", exploration.file(change, name));
        root.put("command", exploration.command(change, replicates(body), name + ".yaml"));
        List<DatedEvent> events =
                new ArrayList<>(exploration.changed(change).spec().events());
        root.put("events", events.size());
        return root;
    }

    /** Puts a request in the place of a page's earlier one, unless the page has asked for something later already. */
    private boolean supersede(String client, int wish, Runner.Request request) {
        synchronized (wishes) {
            if (wish < wishes.getOrDefault(client, 0)) {
                return false;
            }
            wishes.put(client, wish);
            stop(client);
            running.put(client, request);
            return true;
        }
    }

    private static int replicates(JsonNode body) {
        int replicates = body.path("replicates").asInt(1);
        if (replicates < 1 || replicates > MOST_REPLICATES) {
            throw new IllegalArgumentException("1 to " + MOST_REPLICATES + " replicates");
        }
        return replicates;
    }

    // Runs ----------------------------------------------------------------------------------------------------------

    private void run(HttpExchange exchange, JsonNode body) throws IOException {
        String client = client(body);
        Change change = Change.read(body.path("change"));
        Runner.Request request = new Runner.Request(
                exploration.changed(change),
                change.isEmpty(),
                replicates(body),
                body.path("bases").asInt(0));
        if (!supersede(client, body.path("wish").asInt(0), request)) {
            problem(exchange, 409, "this page has asked for something else since");
            return;
        }
        if (!hasTurn(request)) {
            running.remove(client, request);
            if (request.cancelled()) {
                problem(exchange, 409, "this page has asked for something else since");
            } else {
                later(exchange, 429, "too many pages run at once; close one");
            }
            return;
        }
        try {
            head(exchange, "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            runner.run(request, (kind, data) -> {
                byte[] event = ("event: " + kind + "\ndata: " + JSON.writeValueAsString(data) + "\n\n")
                        .getBytes(StandardCharsets.UTF_8);
                patiently(() -> {
                    out.write(event);
                    out.flush();
                });
            });
        } finally {
            running.remove(client, request);
            runs.release();
        }
    }

    /** Waits until the request may run; false if that takes too long, or it is cancelled. */
    private boolean hasTurn(Runner.Request request) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        try {
            while (!request.cancelled()) {
                if (runs.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
                if (System.nanoTime() > end) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    // Answers -------------------------------------------------------------------------------------------------------

    private static void head(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private void answer(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        head(exchange, type);
        patiently(() -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void later(HttpExchange exchange, int status, String message) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", "1");
        problem(exchange, status, message);
    }

    private void json(HttpExchange exchange, ObjectNode node) throws IOException {
        answer(exchange, 200, "application/json; charset=utf-8", JSON.writeValueAsBytes(node));
    }

    private void problem(HttpExchange exchange, int status, String message) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(Json.object().put("problem", message));
        answer(exchange, status, "application/json; charset=utf-8", bytes);
    }
}
