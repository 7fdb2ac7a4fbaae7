package twostacks.world;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that have no world of their own: they help others with their nations, a phase at a time, each world with its
 * share of them. Whoever runs worlds side by side adds a thread when there is no world left for it, so that the last worlds
 * are not waited for by threads with nothing to do. How many help never changes a result.
 */
public final class SpareThreads {
    private static final int KEPT_SECONDS = 1;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "twostacks-nations");
                thread.setDaemon(true);
                return thread;
            });

    private int all;
    private int idle;
    private int worlds;

    /**
     * Some threads.
     *
     * @param number how many there are to begin with, ≥ 0
     */
    public SpareThreads(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("there cannot be " + number + " spare threads");
        }
        all = number;
        idle = number;
    }

    /** One more has nothing else to do. */
    public synchronized void add() {
        all++;
        idle++;
    }

    /**
     * What each of several threads does that have a list of tasks between them: it does the next as long as there is any, and
     * then has nothing else to do.
     *
     * @param tasks the tasks, most of which run a world
     * @param next index of the next task, shared by the threads
     */
    public void takeTurns(List<? extends Runnable> tasks, AtomicInteger next) {
        for (int n = next.getAndIncrement(); n < tasks.size(); n = next.getAndIncrement()) {
            tasks.get(n).run();
        }
        add();
    }

    synchronized void worldStarts() {
        worlds++;
    }

    synchronized void worldEnds() {
        worlds--;
    }

    /**
     * Takes threads, each of which is to {@link #help}.
     *
     * @param most most that can be used, ≥ 0
     * @return how many: what is idle, and no more than a world's share of all
     */
    synchronized int take(int most) {
        int sharing = Math.max(1, worlds);
        int share = (all + sharing - 1) / sharing;
        int taken = Math.min(most, Math.min(idle, share));
        idle -= taken;
        return taken;
    }

    /** Lets a thread that was taken do something; after that it is idle again. */
    Future<?> help(Runnable task) {
        return pool.submit(() -> {
            try {
                task.run();
            } finally {
                giveBack();
            }
        });
    }

    private synchronized void giveBack() {
        idle++;
    }
}
