package twostacks.cli.explore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import twostacks.output.Json;
import twostacks.scenario.Scenario;
import twostacks.world.World;

/**
 * Runs a changed world beside the base world, replicate by replicate, and tells as it goes. Equal replicates share seed
 * and number and so their luck. What the base world came to is kept.
 */
final class Runner {
    /** A first picture is sent after so long, and then as often while the first replicate runs. */
    private static final long PICTURE_NANOS = 25_000_000;

    private final Exploration exploration;
    private final int threads;
    private final ConcurrentMap<Integer, Recording> bases = new ConcurrentHashMap<>();

    Runner(Exploration exploration, int threads) {
        this.exploration = exploration;
        this.threads = threads;
    }

    /** Is told what happens. */
    interface Sink {
        void send(String kind, ObjectNode data) throws IOException;
    }

    /** Runs that somebody waits for, until they are cancelled. */
    static final class Request {
        private final Scenario scenario;
        private final boolean unchanged;
        private final int replicates;
        private final int bases;
        private volatile boolean cancelled;

        /**
         * A wish.
         *
         * @param scenario world with the change
         * @param unchanged whether it is the base world
         * @param replicates number of replicates
         * @param bases replicates of the base world that the page has already
         */
        Request(Scenario scenario, boolean unchanged, int replicates, int bases) {
            this.scenario = scenario;
            this.unchanged = unchanged;
            this.replicates = replicates;
            this.bases = bases;
        }

        void cancel() {
            cancelled = true;
        }
    }

    /** Thrown and caught here only, to leave a world in the middle. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super(null, null, false, false);
        }
    }

    /** Runs; returns when all is sent, or nobody waits any more. */
    void run(Request request, Sink sink) throws IOException {
        long began = System.nanoTime();
        try {
            for (int replicate = 1; replicate <= request.replicates; replicate++) {
                if (request.unchanged) {
                    base(request, replicate, sink);
                    continue;
                }
                // The base first, if nobody has it: a change means nothing without it.
                base(request, replicate, sink);
                Recording changed =
                        simulate(request, request.scenario, replicate, replicate == 1 ? sink : null, "part");
                sink.send("run", changed.json().put("replicate", replicate));
            }
            sink.send("done", Json.object().put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3));
        } catch (StoppedException | CancellationException e) {
            // Whoever asked has asked for something else by now.
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void base(Request request, int replicate, Sink sink) throws IOException {
        Recording base = bases.get(replicate);
        if (base == null) {
            base = simulate(request, exploration.base(), replicate, replicate == 1 ? sink : null, "basePart");
            bases.put(replicate, base);
        }
        if (replicate > request.bases) {
            sink.send("base", base.json().put("replicate", replicate));
        }
    }

    private Recording simulate(Request request, Scenario scenario, int replicate, Sink partly, String kind) {
        Recording recording = new Recording(
                scenario.spec().months(), scenario.spec().nations().size());
        long[] last = {System.nanoTime()};
        new World(scenario.spec(), exploration.seed(), replicate, threads).run(w -> {
            if (request.cancelled) {
                throw new StoppedException();
            }
            recording.month(w);
            if (partly != null && System.nanoTime() - last[0] > PICTURE_NANOS) {
                try {
                    partly.send(kind, recording.json());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                last[0] = System.nanoTime();
            }
        });
        return recording;
    }
}
