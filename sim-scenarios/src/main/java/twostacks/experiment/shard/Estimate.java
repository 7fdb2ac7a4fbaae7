package twostacks.experiment.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import twostacks.experiment.plan.Plan;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.ReplicateWriter;
import twostacks.output.RunDescription;
import twostacks.world.SpareThreads;
import twostacks.world.WorldSpec;

/**
 * What runs will cost, by the measure of some that are made for the purpose.
 *
 * @param runs runs to be made
 * @param months months to be simulated
 * @param startSeconds processor time of what is done once: starting, loading, compiling what is used often
 * @param secondsPerMonth processor time of a month after that
 * @param tableBytes all results on the disk, as tables
 * @param storedBytes the same as a sweep stores them until they are merged
 * @param memory memory that the process holds with one thread at work
 * @param memoryPerThread memory that each further one takes
 * @param measuredMonths months measured
 */
public record Estimate(
        long runs,
        long months,
        double startSeconds,
        double secondsPerMonth,
        long tableBytes,
        long storedBytes,
        long memory,
        long memoryPerThread,
        long measuredMonths) {
    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** Bytes of a row of runs: what all have, and a factor or an outcome. */
    private static final int ROW = 60;

    private static final int FIELD = 9;
    /** Bytes that the merge puts before a row of a series. */
    private static final int PREFIX = 26;
    /** Bytes that a run needs in the index of a sweep. */
    private static final int INDEX = 40;
    /** What a collector leaves free for each byte in use: up to 40 % of the heap, by the launcher's options. */
    private static final double LEFT_FREE = 0.4 / 0.6;

    /**
     * Estimates a sweep: the first runs of the plan are measured.
     *
     * @param plan plan
     * @param runs runs to be made
     * @param all runs whose results there are in the end
     * @param simulator what runs a world
     * @return estimate
     * @throws IOException never
     */
    public static Estimate of(Plan plan, long runs, long all, Simulator simulator) throws IOException {
        List<Table<?>> tables = Outcomes.TABLES.stream()
                .filter(t -> plan.experiment().series().contains(t.name()))
                .toList();
        Sample sample = new Sample(simulator, tables, false);
        for (long number = 0; number < plan.runs() && !sample.over(1); number++) {
            Plan.Run run = plan.run(number);
            sample.run(
                    run.option().scenario(),
                    plan.scenario(run).spec(),
                    plan.experiment().seed(),
                    run.replicate(),
                    1);
        }
        int options = plan.experiment().worlds().size();
        double perRun = 0;
        for (int i = 0; i < options; i++) {
            perRun += (double) plan.months(i) / options;
        }
        long row = ROW
                + FIELD
                        * (long) (plan.experiment().axes().size()
                                + plan.experiment().outcomes().size());
        long months = Math.round(perRun * runs);
        double seconds = sample.secondsPerMonth();
        return new Estimate(
                runs,
                months,
                startSeconds(sample.months * seconds),
                seconds,
                all * row + Math.round(sample.prefixedPerMonth() * perRun * all),
                all * row + Math.round(sample.storedPerMonth() * perRun * all),
                resident() + INDEX * all,
                Math.round(sample.memory + sample.bytesPerMonth() * perRun),
                sample.counted);
    }

    /**
     * Estimates runs: of each some months are measured.
     *
     * @param runs what is to be run
     * @param simulator what runs a world
     * @return estimate
     * @throws IOException never
     */
    public static Estimate of(List<RunDescription> runs, Simulator simulator) throws IOException {
        long months = 0;
        long counted = 0;
        double seconds = 0;
        double measured = 0;
        long bytes = 0;
        long memory = 0;
        for (RunDescription run : runs) {
            Sample sample = new Sample(simulator, run.tables(), run.gzip());
            for (int replicate = 1; replicate <= run.replicates() && !sample.over(runs.size()); replicate++) {
                sample.run(run.scenario(), run.world(replicate), run.seed(), replicate, runs.size());
            }
            long of = (long) run.replicates() * run.world().months();
            months += of;
            counted += sample.counted;
            seconds += of * sample.secondsPerMonth();
            measured += sample.months * sample.secondsPerMonth();
            bytes += Math.round(sample.bytesPerMonth() * of)
                    + run.resolvedScenario().length();
            memory = Math.max(memory, sample.memory);
        }
        return new Estimate(
                runs.stream().mapToLong(RunDescription::replicates).sum(),
                months,
                startSeconds(measured),
                seconds / Math.max(1, months),
                bytes,
                0,
                resident(),
                memory,
                counted);
    }

    /**
     * Estimates runs of one world that leave no tables.
     *
     * @param world world
     * @param seed seed
     * @param runs runs to be made
     * @param simulator what runs a world
     * @return estimate, without room on the disk
     * @throws IOException never
     */
    public static Estimate of(WorldSpec world, long seed, long runs, Simulator simulator) throws IOException {
        Sample sample = new Sample(simulator, List.of(), false);
        for (int replicate = 1; replicate <= runs && !sample.over(1); replicate++) {
            sample.run("", world, seed, replicate, 1);
        }
        double seconds = sample.secondsPerMonth();
        return new Estimate(
                runs,
                runs * world.months(),
                startSeconds(sample.months * seconds),
                seconds,
                0,
                0,
                resident(),
                sample.memory,
                sample.counted);
    }

    /**
     * The same with what is kept of the runs.
     *
     * @param onDisk bytes on the disk, of all of them
     * @param held bytes in memory, of all of them
     * @return estimate
     */
    public Estimate keeping(long onDisk, long held) {
        return new Estimate(
                runs,
                months,
                startSeconds,
                secondsPerMonth,
                onDisk,
                storedBytes,
                memory + held,
                memoryPerThread,
                measuredMonths);
    }

    /** Months simulated for the purpose. */
    private static final class Sample {
        private final Simulator simulator;
        private final List<Table<?>> tables;
        private final boolean gzip;
        private final long usedBefore = used();
        private final long start = processor();
        private long since = -1;
        private long end;
        private long months;
        private long counted;
        private long rows;
        private long bytes;
        private long stored;
        private long memory;

        Sample(Simulator simulator, List<Table<?>> tables, boolean gzip) {
            this.simulator = simulator;
            this.tables = tables;
            this.gzip = gzip;
        }

        /** Whether enough is measured, where so many share the time. */
        boolean over(int shares) {
            return since >= 0 && processor() - since > MEASURED_NANOS / shares;
        }

        void run(String scenario, WorldSpec world, long seed, int replicate, int shares) throws IOException {
            Map<Table<?>, ByteArrayOutputStream> made = new LinkedHashMap<>();
            tables.forEach(t -> made.put(t, new ByteArrayOutputStream()));
            try (ReplicateWriter writer = ReplicateWriter.to(scenario, replicate, made)) {
                simulator.run(world, seed, replicate, new SpareThreads(0), w -> {
                    writer.month(w);
                    months++;
                    end = processor();
                    memory = Math.max(memory, used() - usedBefore);
                    if (since >= 0) {
                        counted++;
                    } else if (end - start > WARM_NANOS / shares) {
                        since = end;
                    }
                    if (over(shares)) {
                        throw new RunMaker.Stopped();
                    }
                });
            } catch (RunMaker.Stopped e) {
                // enough
            } catch (RuntimeException e) {
                // what fails costs little
            }
            for (ByteArrayOutputStream table : made.values()) {
                byte[] text = table.toByteArray();
                bytes += gzip ? zipped(text) : text.length;
                for (byte b : text) {
                    rows += b == '\n' ? 1 : 0;
                }
                stored += Stored.done(0, 0, new byte[0], List.of(text)).size();
            }
        }

        private static long zipped(byte[] text) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.size();
        }

        /** Of the months after the warm-up; of all, should there be too few for one. */
        double secondsPerMonth() {
            return counted > 0 ? (end - since) / 1e9 / counted : (end - start) / 1e9 / Math.max(1, months);
        }

        double bytesPerMonth() {
            return (double) bytes / Math.max(1, months);
        }

        double prefixedPerMonth() {
            return bytesPerMonth() + (double) PREFIX * rows / Math.max(1, months);
        }

        double storedPerMonth() {
            return (double) stored / Math.max(1, months);
        }
    }

    /** Processor time of this thread, which does not grow while others have the processor. */
    private static long processor() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Processor time that this process took beside the months of the sample; 0 where the system does not tell. */
    private static double startSeconds(double sample) {
        double all = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
        return Math.max(0, all - sample);
    }

    /** The most memory that this process has held, which has just done what is estimated, if only for a while. */
    private static long resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseGet(Estimate::reserved);
        } catch (IOException | UncheckedIOException e) {
            return reserved();
        }
    }

    /** The same as far as Java knows it. */
    private static long reserved() {
        return Runtime.getRuntime().totalMemory()
                + ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted();
    }

    /**
     * Processor time.
     *
     * @return seconds
     */
    public double cpuSeconds() {
        return cpuSeconds(runs);
    }

    /**
     * Processor time of some of the runs.
     *
     * @param some number of runs
     * @return seconds
     */
    public double cpuSeconds(long some) {
        return startSeconds + (double) months * some / Math.max(1, runs) * secondsPerMonth;
    }

    /**
     * Time on threads of this machine.
     *
     * @param threads threads
     * @return nanoseconds
     */
    public long nanosOn(int threads) {
        return (long) ((startSeconds + months * secondsPerMonth / threads) * 1e9);
    }

    /**
     * Memory with threads at work.
     *
     * @param threads threads
     * @return bytes
     */
    public long memoryOn(int threads) {
        long further = Math.max(0, Math.min(threads, runs) - 1);
        return memory + Math.round(further * memoryPerThread * (1 + LEFT_FREE));
    }

    /**
     * Room on the disk.
     *
     * @return bytes
     */
    public long diskBytes() {
        return tableBytes + storedBytes;
    }
}
