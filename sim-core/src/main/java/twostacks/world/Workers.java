package twostacks.world;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import twostacks.agents.Nation;
import twostacks.population.Adopters;

/**
 * Lets nations act, side by side where threads are {@linkplain SpareThreads spare}. Each nation writes only its own state in
 * a phase, so neither the number of threads nor who takes which nation changes a result.
 */
final class Workers {
    private final SpareThreads spare;
    private final Supplier<Adopters.Bench> bench;
    private final List<Adopters.Bench> benches = new ArrayList<>();

    Workers(SpareThreads spare, Supplier<Adopters.Bench> bench) {
        this.spare = spare;
        this.bench = bench;
        benches.add(bench.get());
    }

    void each(Nation[] nations, World.NationStep step) {
        int helpers = spare.take(Math.max(0, nations.length - 1));
        if (helpers == 0) {
            for (Nation nation : nations) {
                step.step(nation, benches.get(0));
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>(helpers);
        for (int t = 1; t <= helpers; t++) {
            if (t == benches.size()) {
                benches.add(bench.get());
            }
            Adopters.Bench its = benches.get(t);
            others.add(spare.help(() -> takeTurns(nations, step, next, its)));
        }
        takeTurns(nations, step, next, benches.get(0));
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
}
