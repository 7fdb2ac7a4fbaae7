package twostacks.experiment.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Progress;
import twostacks.experiment.plan.Plan;
import twostacks.world.SpareThreads;

/**
 * Carries out a shard of a plan on threads of this machine: whatever is stored already is left out, and what ends is
 * stored in chunks, so that at most the runs of the last half minute are lost to a kill.
 */
public final class SweepRunner {
    private static final long FIRST_CHUNK_NANOS = 10_000_000_000L;
    private static final long LONGEST_CHUNK_NANOS = 30_000_000_000L;
    private static final long LARGEST_CHUNK = 64L << 20;
    /** So many chunks of like size are put into one. */
    private static final int FEW = 12;

    private final SweepDirectory directory;
    private final Plan plan;
    private final Shard shard;
    private final int threads;
    private final String build;
    private final Progress progress;
    private final Cancellation cancellation;
    private final RunMaker maker;
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final List<List<Path>> published = new ArrayList<>();
    private RunIndex index;
    private boolean again;
    private ChunkWriter chunk;
    private long chunkStart;
    private long chunkLimit = FIRST_CHUNK_NANOS;
    private long next;
    private long done;
    private long failed;

    /**
     * Prepares.
     *
     * @param directory where the plan is, and runs are stored
     * @param shard which runs to do
     * @param threads threads at work
     * @param build what the program is built from
     * @param simulator what runs a world
     * @param progress is told how far it is
     * @param cancellation tells when to stop
     */
    public SweepRunner(
            SweepDirectory directory,
            Shard shard,
            int threads,
            String build,
            Simulator simulator,
            Progress progress,
            Cancellation cancellation) {
        this.directory = directory;
        this.plan = directory.plan();
        this.shard = shard;
        this.threads = threads;
        this.build = build;
        this.progress = progress;
        this.cancellation = cancellation;
        this.maker = new RunMaker(plan, simulator);
    }

    /**
     * How it went.
     *
     * @param runs runs of the shard
     * @param kept runs that were stored before
     * @param done runs that ended well now
     * @param failed runs that failed now
     * @param failedBefore runs stored as failed before, and not tried again
     * @param stopped whether it was told to stop
     * @param damaged chunks that are not whole, in words
     */
    public record Result(
            long runs, long kept, long done, long failed, long failedBefore, boolean stopped, List<String> damaged) {}

    /**
     * Runs what is missing.
     *
     * @param retry whether runs that failed are tried again
     * @return how it went
     * @throws IOException if chunks cannot be read or written; what was published stays
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Result run(boolean retry) throws IOException, InterruptedException {
        Files.createDirectories(directory.runs());
        directory.removeDeadParts();
        index = new RunIndex();
        again = retry;
        index.add(directory.runs());
        long runs = 0;
        long kept = 0;
        long failedBefore = 0;
        long months = 0;
        long pending = 0;
        for (long number = shard.number() - 1L; number < plan.runs(); number += shard.of()) {
            runs++;
            long id = plan.run(number).id();
            if (wanted(id)) {
                months += plan.months(number);
                pending++;
            } else {
                kept++;
                failedBefore += index.done(id) ? 0 : 1;
            }
        }
        next = shard.number() - 1L;
        if (pending > 0) {
            progress.begin(months);
            work((int) Math.min(threads, pending));
        }
        Throwable error = fatal.get();
        finish(error);
        if (error instanceof IOException e) {
            throw e;
        }
        if (error instanceof Error e) {
            throw e;
        }
        if (error instanceof RuntimeException e) {
            throw e;
        }
        return new Result(
                runs, kept, done, failed, failedBefore, done + failed < pending, List.copyOf(index.damaged()));
    }

    /**
     * How many runs of a shard are stored.
     *
     * @param directory directory of the sweep, which need not exist
     * @param plan plan
     * @param shard shard
     * @return their number
     * @throws IOException if the directory cannot be read
     */
    public static long stored(Path directory, Plan plan, Shard shard) throws IOException {
        try (RunIndex index = new RunIndex()) {
            index.add(directory.resolve(SweepDirectory.RUNS));
            long stored = 0;
            for (long number = shard.number() - 1L; number < plan.runs() && index.size() > 0; number += shard.of()) {
                stored += index.has(plan.run(number).id()) ? 1 : 0;
            }
            return stored;
        }
    }

    /**
     * The shards in which runs are missing.
     *
     * @param directory directory of the sweep
     * @param of how many shards there are
     * @return those that have something to do
     * @throws IOException if the directory cannot be read
     */
    public static List<Shard> missing(SweepDirectory directory, int of) throws IOException {
        try (RunIndex index = new RunIndex()) {
            index.add(directory.runs());
            java.util.BitSet open = new java.util.BitSet();
            for (long number = 0; number < directory.plan().runs(); number++) {
                int shard = (int) (number % of) + 1;
                if (!open.get(shard) && !index.has(directory.plan().run(number).id())) {
                    open.set(shard);
                }
            }
            return open.stream().mapToObj(i -> new Shard(i, of)).toList();
        }
    }

    private boolean wanted(long id) {
        return again ? !index.done(id) : !index.has(id);
    }

    private void work(int side) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        SpareThreads spare = new SpareThreads(threads - side);
        for (int i = 1; i <= side; i++) {
            Thread worker = new Thread(() -> loop(spare), "sweep-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            cancellation.cancel();
            for (Thread worker : workers) {
                worker.join();
            }
            throw e;
        }
    }

    private void loop(SpareThreads spare) {
        try {
            for (Plan.Run run = take(); run != null; run = take()) {
                one(run, spare);
            }
            spare.add();
        } catch (RunMaker.Stopped e) {
            // told to stop, or another thread cannot go on
        } catch (IOException | Error e) {
            fatal.compareAndSet(null, e);
        } catch (RuntimeException e) {
            fatal.compareAndSet(null, new IllegalStateException("a sweep cannot go on", e));
        }
    }

    private synchronized Plan.Run take() {
        while (next < plan.runs() && fatal.get() == null && !cancellation.wanted()) {
            Plan.Run run = plan.run(next);
            next += shard.of();
            if (wanted(run.id())) {
                return run;
            }
        }
        return null;
    }

    private void one(Plan.Run run, SpareThreads spare) throws IOException {
        long before = System.nanoTime();
        Stored stored;
        try {
            stored = maker.make(run, spare, world -> {
                progress.month();
                if (cancellation.wanted() || fatal.get() != null) {
                    throw new RunMaker.Stopped();
                }
            });
        } catch (RunMaker.Stopped e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            stored = Stored.failed(run.id(), System.nanoTime() - before, reason(e));
        }
        store(stored);
    }

    private static String reason(Throwable e) {
        String message = e.getMessage() == null || e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private synchronized void store(Stored run) throws IOException {
        if (chunk == null) {
            chunk = new ChunkWriter(directory.runs(), Attempt.name(shard), plan.hash(), build);
            chunkStart = System.nanoTime();
        }
        chunk.add(run);
        if (run.done()) {
            done++;
        } else {
            failed++;
        }
        if (System.nanoTime() - chunkStart > chunkLimit || chunk.bytes() > LARGEST_CHUNK) {
            publish();
            chunkLimit = Math.min(LONGEST_CHUNK_NANOS, chunkLimit * 2);
        }
    }

    private void publish() throws IOException {
        if (chunk == null) {
            return;
        }
        ChunkWriter whole = chunk;
        chunk = null;
        try (whole) {
            compact(0, whole.publish());
        }
    }

    /** Keeps files few: a dozen chunks of this attempt become one, a dozen of those one again, and so on. */
    private void compact(int level, Path latest) throws IOException {
        while (published.size() <= level) {
            published.add(new ArrayList<>());
        }
        List<Path> like = published.get(level);
        like.add(latest);
        if (like.size() < FEW) {
            return;
        }
        Path one;
        try (ChunkWriter all = new ChunkWriter(directory.runs(), Attempt.name(shard), plan.hash(), build)) {
            for (Path path : like) {
                List<Long> offsets = new ArrayList<>();
                ChunkReader.read(path, (offset, head) -> offsets.add(offset));
                try (ChunkReader reader = new ChunkReader(path)) {
                    for (long offset : offsets) {
                        all.add(reader.run(offset));
                    }
                }
            }
            one = all.publish();
        }
        for (Path path : like) {
            Files.deleteIfExists(path);
        }
        like.clear();
        compact(level + 1, one);
    }

    private synchronized void finish(Throwable error) throws IOException {
        index.close();
        if (error instanceof IOException) {
            if (chunk != null) {
                chunk.close();
                chunk = null;
            }
            return;
        }
        publish();
    }
}
