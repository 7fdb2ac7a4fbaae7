package twostacks.cli.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import twostacks.scenario.ScenarioLoader;

/**
 * Many browsers that drag sliders, each move in the place of the last, among connections that dawdle. A few for seconds;
 * with {@code -Dtwostacks.long=true} fifty for two minutes.
 */
@Timeout(600)
final class ExploreLoadTest {
    private static final boolean LONG = Boolean.getBoolean("twostacks.long");
    private static final int CLIENTS = LONG ? 50 : 8;
    private static final long SECONDS = Long.getLong("twostacks.load.seconds", LONG ? 120 : 3);
    private static final int SLOW = 100;
    /** What a page may take to come, so slow that it is as good as never. */
    private static final int NEVER_MILLIS = 30_000;

    private static final long MOST_GROWTH = 32L << 20;

    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private ExploreServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ExploreServer(
                new Exploration(
                        "baseline",
                        List.of(
                                ScenarioLoader.setting("horizon.months", "54"),
                                ScenarioLoader.setting("population.adoptersPerNation", "40")),
                        1),
                1,
                0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(NEVER_MILLIS);
        return socket;
    }

    private String token() {
        String address = server.address();
        return ExploreServer.TOKEN + ": " + address.substring(address.indexOf('#') + 1) + "\r\n";
    }

    private void send(Socket socket, String line, String body) throws IOException {
        socket.getOutputStream()
                .write((line + " HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:" + server.port() + "\r\n"
                                + token() + "Content-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Sends, reads all that comes, and returns the status. */
    private int ask(String line, String body) throws IOException {
        try (Socket socket = connect()) {
            send(socket, line, body);
            return status(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static int status(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 "), answer);
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String wish(String client, int wish, double value) {
        return String.format(
                Locale.ROOT,
                "{\"client\": \"%s\", \"wish\": %d, \"change\": {\"parameters\": {\"price.cnSubsidy\": %.4f}},"
                        + " \"replicates\": 8, \"bases\": 8}",
                client,
                wish,
                value);
    }

    /** Moves a slider, looks at what comes for a moment, and leaves it for the next move; some are seen to the end. */
    private int drag(int number, long end) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(number);
        int moves = 0;
        while (System.nanoTime() < end) {
            moves++;
            try (Socket socket = connect()) {
                send(socket, "POST /run", wish("page" + number, moves, random.nextDouble(0.1, 0.9)));
                InputStream in = socket.getInputStream();
                byte[] first = new byte[12];
                if (moves % 10 == 0) {
                    byte[] all = in.readAllBytes();
                    answers.merge(status(new String(all, StandardCharsets.UTF_8)), 1, Integer::sum);
                    continue;
                }
                socket.setSoTimeout(random.nextInt(30, 300));
                try {
                    if (in.readNBytes(first, 0, first.length) == first.length) {
                        answers.merge(status(new String(first, StandardCharsets.UTF_8)), 1, Integer::sum);
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(20, 100));
                    }
                } catch (SocketTimeoutException e) {
                    answers.merge(0, 1, Integer::sum); // moved on before there was an answer
                }
            } catch (SocketException e) {
                answers.merge(-1, 1, Integer::sum); // more connections than are held at a time
            }
        }
        return moves;
    }

    /** Connections that send the beginning of a request and nothing more. */
    private List<Socket> dawdle() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            Socket socket = connect();
            slow.add(socket);
            String begun = "POST /run HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n";
            String beyond = token() + "Content-Length: 50\r\n\r\n{";
            socket.getOutputStream().write((i % 2 == 0 ? begun : begun + beyond).getBytes(StandardCharsets.UTF_8));
        }
        return slow;
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> !t.getName().startsWith("load-"))
                .count();
    }

    /** Waits until there are no more threads than there were. */
    private static void waitForThreads(long before) throws InterruptedException {
        for (int i = 0; i < 300 && threads() > before; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertTrue(
                threads() <= before,
                () -> "threads left: " + Thread.getAllStackTraces().keySet());
    }

    @Test
    void underManyBrowsersAndSlowConnectionsPagesAreServedAndNothingPilesUp() throws Exception {
        assertEquals(200, ask("POST /setup", "{}"));
        assertEquals(200, ask("POST /run", wish("first", 1, 0.5)));
        TimeUnit.SECONDS.sleep(4);
        long heapBefore = heap();
        long threadsBefore = threads();
        List<Socket> slow = dawdle();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        ExecutorService pages = Executors.newCachedThreadPool(task -> new Thread(task, "load-page"));
        List<Long> waits = new ArrayList<>();
        try {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(pages.submit(() -> drag(number, end)));
            }
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                assertEquals(200, ask("GET /page.js", ""));
                assertEquals(200, ask("GET /", ""));
                assertEquals(413, ask("POST /run", " ".repeat(ExploreServer.MOST_BYTES + 1)));
                waits.add(System.nanoTime() - began);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            int moves = 0;
            for (Future<Integer> client : clients) {
                moves += client.get();
            }
            System.out.println(said(moves, waits));
        } finally {
            pages.shutdownNow();
        }
        Set<Integer> allowed = Set.of(-1, 0, 200, 409, 429, 503);
        assertTrue(allowed.containsAll(answers.keySet()), answers::toString);
        assertTrue(answers.getOrDefault(200, 0) > 0, answers::toString);
        int moves = answers.values().stream().mapToInt(n -> n).sum();
        int refused = answers.getOrDefault(-1, 0) + answers.getOrDefault(429, 0) + answers.getOrDefault(503, 0);
        assertTrue(refused <= moves / 2, "most moves are let in: " + answers);
        assertEquals(200, ask("POST /run", wish("last", 1, 0.5)));
        for (Socket socket : slow) {
            assertEquals(-1, readToEnd(socket), "a slow connection is cut off");
        }
        waitForThreads(threadsBefore);
        long grown = heap() - heapBefore;
        System.out.println("heap " + (heapBefore >> 20) + " MiB before, grown by " + (grown >> 10) + " KiB");
        assertTrue(grown < MOST_GROWTH, () -> "the heap has grown by " + grown + " bytes");
    }

    private static int readToEnd(Socket socket) throws IOException {
        try (socket) {
            while (socket.getInputStream().read() >= 0) {
                // what was said to it does not matter
            }
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            return -1; // cut off
        }
        return -1;
    }

    /**
     * What is on its way to a socket that had a small window. Through that window megabytes would come a thousand bytes
     * at a time, each after a wait, on some kernels; so it is opened first, and what has not come then is left.
     */
    private static String comes(Socket socket) throws SocketException {
        socket.setReceiveBufferSize(1 << 20);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NEVER_MILLIS);
        try {
            int read = 0;
            while (read >= 0 && System.nanoTime() < end) {
                got.write(piece, 0, read);
                read = socket.getInputStream().read(piece);
            }
        } catch (IOException e) {
            // cut off
        }
        return got.toString(StandardCharsets.UTF_8);
    }

    private String said(int moves, List<Long> waits) {
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%d pages, %d s, %d moves, answers %s; two pages and a refusal together: median %.0f ms, longest %.0f ms"
                        + " (%d times)",
                CLIENTS,
                SECONDS,
                moves,
                answers,
                sorted[sorted.length / 2] / 1e6,
                Arrays.stream(sorted).max().orElse(0) / 1e6,
                sorted.length);
    }

    @Test
    void aRunWhoseAnswersNobodyTakesIsGivenUp() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(1024);
            deaf.setSoTimeout(NEVER_MILLIS);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            send(
                    deaf,
                    "POST /run",
                    wish("deaf", 1, 0.3)
                            .replace("\"bases\": 8", "\"bases\": 0")
                            .replace("\"replicates\": 8", "\"replicates\": 24"));
            for (int i = 0; i < 100 && server.running() == 0; i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertEquals(1, server.running());
            for (int i = 0; i < 1200 && server.running() > 0; i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertEquals(0, server.running());
            String answer = comes(deaf);
            assertTrue(answer.contains("event: base"), answer);
            assertFalse(answer.contains("event: done"), "all was taken from it");
        }
        assertEquals(200, ask("GET /", ""));
    }
}
