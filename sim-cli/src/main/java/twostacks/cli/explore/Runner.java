package twostacks.cli.explore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import twostacks.output.Json;
import twostacks.scenario.Scenario;
import twostacks.world.World;

/**
 * Runs a changed world beside the base world, replicate by replicate, and tells as it goes. Equal replicates share seed
 * and number and so their luck. What the base world came to is kept.
 */
final class Runner implements Closeable {
    /** When the first picture of a world that still runs is sent: a few frames of a screen. */
    private static final long FIRST_PICTURE_NANOS = 15_000_000;
    /** How often after that: each costs the browser a drawing, which delays the whole. */
    private static final long PICTURE_NANOS = 80_000_000;
    /** Base worlds are run ahead of any wish for so long: enough for the JVM to compile what runs often. */
    private static final long AHEAD_NANOS = 4_000_000_000L;

    private final Exploration exploration;
    private final int threads;
    private final ConcurrentMap<Integer, Base> bases = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "explore-base");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

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

        boolean cancelled() {
            return cancelled;
        }
    }

    /** A replicate of the base world, which is run once, whoever asks and whoever stops asking. */
    private static final class Base {
        private final Recording recording;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile RuntimeException failure;

        Base(Recording recording) {
            this.recording = recording;
        }
    }

    /** Thrown and caught here only, to leave a world in the middle. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super(null, null, false, false);
        }
    }

    /** Runs base worlds before anybody asks, for a while at most, so that they are there and the JVM is warm. */
    void runAhead(int replicates) {
        long end = System.nanoTime() + AHEAD_NANOS;
        for (int replicate = 1; replicate <= replicates && System.nanoTime() < end && !closed; replicate++) {
            try {
                startBase(replicate).over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RejectedExecutionException e) {
                return; // closed meanwhile
            }
        }
    }

    /** Runs; returns when all is sent, or nobody waits any more. */
    void run(Request request, Sink sink) throws IOException {
        long began = System.nanoTime();
        try {
            for (int replicate = 1; replicate <= request.replicates; replicate++) {
                // The base first, if nobody has it: a change means nothing without it.
                base(request, replicate, sink);
                if (!request.unchanged) {
                    Recording changed = recording(request.scenario);
                    simulate(request.scenario, replicate, changed, pictures(request, changed, replicate, sink));
                    sink.send("run", changed.json().put("replicate", replicate));
                }
            }
            sink.send("done", Json.object().put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3));
        } catch (StoppedException | CancellationException | RejectedExecutionException e) {
            // Whoever asked has asked for something else by now, or all ends.
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.shutdownNow();
    }

    private Base startBase(int replicate) {
        return bases.computeIfAbsent(replicate, r -> {
            Base base = new Base(recording(exploration.base()));
            worker.execute(() -> {
                try {
                    simulate(exploration.base(), r, base.recording, () -> {
                        if (closed) {
                            throw new StoppedException();
                        }
                    });
                } catch (RuntimeException e) {
                    base.failure = e;
                } finally {
                    base.over.countDown();
                }
            });
            return base;
        });
    }

    /** Waits for a replicate of the base world, sends how far it is, and then all of it, if the page lacks it. */
    private void base(Request request, int replicate, Sink sink) throws IOException {
        Base base = startBase(replicate);
        try {
            while (!base.over.await(PICTURE_NANOS, TimeUnit.NANOSECONDS)) {
                if (request.cancelled) {
                    throw new StoppedException();
                }
                if (replicate == 1) {
                    sink.send("basePart", base.recording.json());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
        if (base.failure != null) {
            throw base.failure;
        }
        if (replicate > request.bases) {
            sink.send("base", base.recording.json().put("replicate", replicate));
        }
    }

    /** Looks after each month whether the wish still stands, and sends pictures of the first replicate. */
    private static Runnable pictures(Request request, Recording recording, int replicate, Sink sink) {
        long[] next = {System.nanoTime() + FIRST_PICTURE_NANOS};
        return () -> {
            if (request.cancelled) {
                throw new StoppedException();
            }
            if (replicate == 1 && System.nanoTime() > next[0] && !recording.complete()) {
                try {
                    sink.send("part", recording.json());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                next[0] = System.nanoTime() + PICTURE_NANOS;
            }
        };
    }

    private static Recording recording(Scenario scenario) {
        return new Recording(scenario.spec().months(), scenario.spec().nations().size());
    }

    private void simulate(Scenario scenario, int replicate, Recording recording, Runnable eachMonth) {
        new World(scenario.spec(), exploration.seed(), replicate, threads).run(w -> {
            recording.month(w);
            eachMonth.run();
        });
    }
}
