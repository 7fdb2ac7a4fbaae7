package twostacks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import twostacks.analysis.hindcast.Operators;
import twostacks.analysis.hindcast.Target;
import twostacks.analysis.hindcast.UseHistory;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Progress;
import twostacks.experiment.shard.Simulator;
import twostacks.scenario.Scenario;
import twostacks.world.SpareThreads;
import twostacks.world.World;

/**
 * Runs of one scenario whose only result is what the sources of some targets would have measured. Runs go side by side;
 * the figures do not depend on how many threads there are.
 */
final class Trials implements AutoCloseable {
    private final Scenario scenario;
    private final long seed;
    private final List<Target> targets;
    private final Progress progress;
    private final Cancellation cancellation;
    private final int threads;
    private final ExecutorService pool;

    /** One run to do. */
    record Trial(Map<String, Double> parameters, long replicate) {}

    /** Is told what a run gave as soon as it is over; by several threads at once. */
    interface Told {
        void of(int trial, double[] figures);
    }

    /** Thrown when somebody asked to stop. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    Trials(
            Scenario scenario,
            long seed,
            List<Target> targets,
            int threads,
            Progress progress,
            Cancellation cancellation) {
        this.scenario = scenario;
        this.seed = seed;
        this.targets = List.copyOf(targets);
        this.progress = progress;
        this.cancellation = cancellation;
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "trial-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What each run gives: a figure for each target, NaN where there is none. */
    List<double[]> run(List<Trial> trials) throws InterruptedException {
        return run(trials, (trial, figures) -> {});
    }

    /** The same, telling of each as soon as it is over. */
    List<double[]> run(List<Trial> trials, Told told) throws InterruptedException {
        int side = Math.min(threads, trials.size());
        SpareThreads spare = new SpareThreads(threads - side);
        List<FutureTask<double[]>> tasks = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            int which = i;
            tasks.add(new FutureTask<>(() -> {
                double[] figures = figures(targets, history(trials.get(which), spare));
                told.of(which, figures);
                return figures;
            }));
        }
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < side; i++) {
            pool.execute(() -> spare.takeTurns(tasks, next));
        }
        List<double[]> results = new ArrayList<>();
        RuntimeException failure = null;
        for (FutureTask<double[]> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failure = (RuntimeException) e.getCause();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static double[] figures(List<Target> targets, UseHistory history) {
        return targets.stream().mapToDouble(t -> Operators.measure(history, t)).toArray();
    }

    /** What a run of the model and its measurement take; the figures of each run that comes to its end are told. */
    static Simulator simulator(List<Target> targets, Consumer<double[]> told) {
        return (world, seed, replicate, spare, observer) -> {
            UseRecorder recorder = new UseRecorder();
            new World(world, seed, replicate, spare).run(w -> {
                recorder.month(w);
                observer.month(w);
            });
            told.accept(figures(targets, recorder.history()));
        };
    }

    /** Who used what in a run. */
    private UseHistory history(Trial trial, SpareThreads spare) {
        UseRecorder recorder = new UseRecorder();
        Scenario with = trial.parameters().isEmpty() ? scenario : scenario.withParameters(trial.parameters());
        new World(with.spec(), seed, trial.replicate(), spare).run(world -> {
            recorder.month(world);
            progress.month();
            if (cancellation.wanted()) {
                throw new StoppedException();
            }
        });
        return recorder.history();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
