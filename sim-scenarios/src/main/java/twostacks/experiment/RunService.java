package twostacks.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import twostacks.experiment.JobResult.Status;
import twostacks.output.Provenance;
import twostacks.output.ReplicateWriter;
import twostacks.output.ResultDirectory;
import twostacks.output.ResultDirectory.Finding;
import twostacks.output.ResultDirectory.State;
import twostacks.output.ResultWriter;
import twostacks.output.RunDescription;
import twostacks.world.SpareThreads;
import twostacks.world.World;

/**
 * Does runs: the replicates of all of them side by side, and where fewer of them are left than threads, the nations of
 * each. How many threads there are changes no byte of the results.
 *
 * <p>A run is all or nothing: should one of its replicates fail, or should it be stopped, nothing of it is kept. Where
 * the same run stands with fewer replicates, only the others are made, and what was there stays if they are not.
 */
public final class RunService {
    private final int threads;
    private final String build;
    private final List<String> command;
    private final boolean force;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Set<Path> written = ConcurrentHashMap.newKeySet();

    /**
     * Makes a service.
     *
     * @param threads threads at work
     * @param build what the program was built from; goes to the provenance, and results of another build are not reused
     * @param command words of the command; goes to the provenance
     * @param force whether directories that hold something else are overwritten
     * @param progress is told how far it is
     * @param cancellation tells when to stop
     */
    public RunService(
            int threads,
            String build,
            List<String> command,
            boolean force,
            Progress progress,
            Cancellation cancellation) {
        if (threads < 1) {
            throw new IllegalArgumentException("runs need at least one thread, not " + threads);
        }
        this.threads = threads;
        this.build = build;
        this.command = List.copyOf(command);
        this.force = force;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Does runs. Directories are looked at first: nothing is run if one cannot be had.
     *
     * @param jobs the runs, each with a directory of its own
     * @return how each ended, in the same order
     * @throws OccupiedException if directories hold something else and are not to be overwritten
     * @throws IOException if a directory cannot be written to
     * @throws InterruptedException if the calling thread is interrupted; runs are stopped then
     */
    public List<JobResult> run(List<Job> jobs) throws OccupiedException, IOException, InterruptedException {
        List<Finding> findings = inspect(jobs);
        List<Running> running = new ArrayList<>();
        List<Running> open = new ArrayList<>();
        try {
            for (int i = 0; i < jobs.size(); i++) {
                Running r = new Running(jobs.get(i), findings.get(i));
                if (findings.get(i).state() == State.SAME) {
                    ResultDirectory.tidy(jobs.get(i).directory());
                    r.result = r.result(Status.ALREADY_THERE, "", null);
                } else {
                    open.add(r);
                    r.open();
                }
                running.add(r);
            }
            execute(open);
        } finally {
            for (Running r : open) {
                if (r.writer != null) {
                    r.writer.close();
                }
            }
        }
        return running.stream().map(r -> r.result).toList();
    }

    private List<Finding> inspect(List<Job> jobs) throws OccupiedException, IOException {
        List<Finding> findings = new ArrayList<>();
        Map<Path, String> occupied = new LinkedHashMap<>();
        for (Job job : jobs) {
            boolean own = written.contains(job.directory().toAbsolutePath().normalize());
            Finding finding = ResultDirectory.inspect(job.directory(), job.run(), own ? null : build);
            findings.add(finding);
            if (finding.state() == State.OTHER && !force) {
                occupied.put(job.directory(), finding.what());
            }
        }
        if (!occupied.isEmpty()) {
            throw new OccupiedException(occupied);
        }
        return findings;
    }

    private void execute(List<Running> open) throws InterruptedException {
        long months = 0;
        int tasks = 0;
        for (Running r : open) {
            months += (long) r.left * r.run.world().months();
            tasks += r.left;
        }
        if (tasks == 0) {
            return;
        }
        progress.begin(months);
        AtomicReference<Error> fatal = new AtomicReference<>();
        AtomicInteger number = new AtomicInteger();
        int side = Math.min(threads, tasks);
        SpareThreads spare = new SpareThreads(threads - side);
        List<Runnable> replicates = new ArrayList<>();
        for (Running r : open) {
            for (int replicate = r.run.replicates() - r.left + 1; replicate <= r.run.replicates(); replicate++) {
                int which = replicate;
                replicates.add(() -> r.replicate(which, spare));
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(side, task -> {
            Thread thread = new Thread(task, "run-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < side; i++) {
            pool.execute(() -> {
                try {
                    spare.takeTurns(replicates, next);
                } catch (Error e) { // out of memory, say: whatever goes on would only fail for the same reason
                    fatal.compareAndSet(null, e);
                    cancellation.cancel();
                }
            });
        }
        pool.shutdown();
        try {
            while (!pool.awaitTermination(1, TimeUnit.DAYS)) {
                // long runs are what this is for
            }
        } catch (InterruptedException e) {
            cancellation.cancel();
            pool.awaitTermination(1, TimeUnit.MINUTES);
            throw e;
        }
        if (fatal.get() != null) {
            throw fatal.get();
        }
    }

    /** Thrown and caught here only, to leave a world in the middle. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super(null, null, false, false);
        }
    }

    /** One run in progress. */
    private final class Running {
        private final Job job;
        private final RunDescription run;
        private final Finding finding;
        private ResultWriter writer;
        private Instant started;
        private long startNanos;
        private int left;
        private long simulatingNanos;
        private volatile JobResult result;

        Running(Job job, Finding finding) {
            this.job = job;
            this.run = job.run();
            this.finding = finding;
            this.left = run.replicates() - (finding.state() == State.FEWER ? finding.replicates() : 0);
        }

        void open() throws IOException {
            writer = new ResultWriter(ResultDirectory.take(job.directory()), run);
            if (finding.state() == State.FEWER) {
                writer.takeOver(finding.replicates());
            }
        }

        void replicate(int replicate, SpareThreads spare) {
            if (result != null) {
                return;
            }
            begin();
            try (ReplicateWriter rows = writer.replicate(replicate)) {
                stopIfWanted();
                long before = System.nanoTime();
                World world = new World(run.world(replicate), run.seed(), replicate, spare);
                world.run(w -> {
                    rows.month(w);
                    progress.month();
                    stopIfWanted();
                });
                long nanos = System.nanoTime() - before;
                writer.add(rows);
                end(nanos);
            } catch (StoppedException | CancellationException e) {
                finish(Status.STOPPED, "", null);
            } catch (IOException e) {
                cannotWrite(e);
            } catch (UncheckedIOException e) {
                cannotWrite(e.getCause());
            } catch (RuntimeException e) {
                finish(Status.FAILED, "replicate " + replicate + " failed: " + inWords(e), e);
            }
        }

        private void stopIfWanted() {
            if (result != null || cancellation.wanted()) {
                throw new StoppedException();
            }
        }

        private synchronized void begin() {
            if (started == null) {
                started = Instant.now();
                startNanos = System.nanoTime();
            }
        }

        private synchronized void end(long nanos) throws IOException {
            simulatingNanos += nanos;
            left--;
            if (left == 0 && result == null) {
                long writing = writer.nanos();
                writer.publish(new Provenance(
                        command, build, threads, started, Math.max(0, simulatingNanos - writing), writing));
                written.add(job.directory().toAbsolutePath().normalize());
                finish(Status.DONE, finding.state() == State.STALE ? finding.what() : "", null);
            }
        }

        private void cannotWrite(IOException e) {
            finish(Status.FAILED, "cannot write to " + job.directory() + ": " + inWords(e), e);
        }

        private synchronized void finish(Status status, String note, Throwable failure) {
            if (result == null) {
                result = result(status, note, failure);
            }
        }

        private JobResult result(Status status, String note, Throwable failure) {
            long writing = writer == null ? 0 : writer.nanos();
            return new JobResult(
                    job,
                    status,
                    note,
                    failure,
                    started == null ? 0 : System.nanoTime() - startNanos,
                    Math.max(0, simulatingNanos - writing),
                    writing);
        }

        private String inWords(Exception e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }
}
