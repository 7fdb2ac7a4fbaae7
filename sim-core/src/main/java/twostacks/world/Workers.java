package twostacks.world;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import twostacks.agents.Nation;
import twostacks.population.Adopters;

/**
 * Lets nations act side by side. Each nation writes only its own state in a phase, so neither the number of threads nor
 * who takes which nation changes a result.
 */
final class Workers {
    private final int threads;
    private final Adopters.Bench[] benches;
    private ExecutorService pool;

    Workers(int threads, Supplier<Adopters.Bench> bench) {
        this.threads = Math.max(1, threads);
        benches = new Adopters.Bench[this.threads];
        for (int t = 0; t < this.threads; t++) {
            benches[t] = bench.get();
        }
    }

    void each(Nation[] nations, World.NationStep step) {
        if (threads == 1) {
            for (Nation nation : nations) {
                step.step(nation, benches[0]);
            }
            return;
        }
        if (pool == null) {
            pool = Executors.newFixedThreadPool(threads - 1, task -> {
                Thread thread = new Thread(task, "twostacks-nations");
                thread.setDaemon(true);
                return thread;
            });
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>(threads - 1);
        for (int t = 1; t < threads; t++) {
            Adopters.Bench bench = benches[t];
            others.add(pool.submit(() -> takeTurns(nations, step, next, bench)));
        }
        takeTurns(nations, step, next, benches[0]);
        for (Future<?> other : others) {
            await(other);
        }
    }

    private static void takeTurns(Nation[] nations, World.NationStep step, AtomicInteger next, Adopters.Bench bench) {
        for (int n = next.getAndIncrement(); n < nations.length; n = next.getAndIncrement()) {
            step.step(nations[n], bench);
        }
    }

    private static void await(Future<?> other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.get();
                break;
            } catch (InterruptedException e) {
                // The phase is finished first; the run stops after it.
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a nation's step failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
