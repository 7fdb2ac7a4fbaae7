package twostacks.experiment.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import twostacks.experiment.plan.Plan;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.ReplicateWriter;

/**
 * What a plan will cost, by the measure of runs made for the purpose.
 *
 * @param runs runs to be made
 * @param months months to be simulated
 * @param secondsPerMonth processor time of a month
 * @param bytesPerRun results of a run on the disk, as tables
 * @param storedPerRun the same as stored until they are merged
 * @param memoryPerThread memory that a run in progress takes
 * @param measuredMonths months measured
 */
public record Estimate(
        long runs,
        long months,
        double secondsPerMonth,
        long bytesPerRun,
        long storedPerRun,
        long memoryPerThread,
        long measuredMonths) {
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int WARM_MONTHS = 12;
    /** Bytes of a row of runs: what all have, and a factor or an outcome. */
    private static final int ROW = 60;

    private static final int FIELD = 9;
    /** Bytes that the merge puts before a row of a series. */
    private static final int PREFIX = 26;

    /**
     * Measures: the first runs of the plan, for three seconds after a year of warming up.
     *
     * @param plan plan
     * @param runs runs to be made
     * @param simulator what runs a world
     * @return estimate
     * @throws IOException never
     */
    public static Estimate measure(Plan plan, long runs, Simulator simulator) throws IOException {
        Sample sample = new Sample(plan);
        for (long number = 0; number < plan.runs() && !sample.over(); number++) {
            try {
                sample.run(plan.run(number), simulator);
            } catch (RunMaker.Stopped e) {
                break;
            } catch (RuntimeException e) {
                // what fails costs little
            }
        }
        int options = plan.experiment().worlds().size();
        long months = 0;
        for (int i = 0; i < options; i++) {
            months += plan.months(i);
        }
        double perRun = (double) months / options;
        long row = ROW
                + FIELD
                        * (long) (plan.experiment().axes().size()
                                + plan.experiment().outcomes().size());
        return new Estimate(
                runs,
                Math.round(perRun * runs),
                sample.secondsPerMonth(),
                row + Math.round(sample.bytesPerMonth() * perRun),
                row + Math.round(sample.storedPerMonth() * perRun),
                Math.round(sample.memory + sample.bytesPerMonth() * perRun),
                sample.counted());
    }

    /** Months simulated for the purpose. */
    private static final class Sample {
        private final Plan plan;
        private final long start = System.nanoTime();
        private final long usedBefore = used();
        private long since = start;
        private long processorSince = processor();
        private long warm;
        private long months;
        private long bytes;
        private long stored;
        private long memory;

        Sample(Plan plan) {
            this.plan = plan;
        }

        boolean over() {
            return System.nanoTime() - since > MEASURED_NANOS;
        }

        void run(Plan.Run run, Simulator simulator) throws IOException {
            Map<Table<?>, ByteArrayOutputStream> rows = new LinkedHashMap<>();
            Outcomes.TABLES.stream()
                    .filter(t -> plan.experiment().series().contains(t.name()))
                    .forEach(t -> rows.put(t, new ByteArrayOutputStream()));
            try (ReplicateWriter writer = ReplicateWriter.to(run.option().scenario(), run.replicate(), rows)) {
                simulator.run(plan.scenario(run).spec(), plan.experiment().seed(), run.replicate(), 1, world -> {
                    writer.month(world);
                    months++;
                    if (months == WARM_MONTHS) {
                        since = System.nanoTime();
                        processorSince = processor();
                        warm = months;
                    }
                    memory = Math.max(memory, used() - usedBefore);
                    if (warm > 0 && over()) {
                        throw new RunMaker.Stopped();
                    }
                });
            } finally {
                for (ByteArrayOutputStream table : rows.values()) {
                    byte[] made = table.toByteArray();
                    bytes += made.length;
                    for (byte b : made) {
                        bytes += b == '\n' ? PREFIX : 0;
                    }
                    stored += Stored.done(0, 0, new byte[0], List.of(made)).size();
                }
            }
        }

        long counted() {
            return Math.max(1, months - warm);
        }

        double secondsPerMonth() {
            return (processor() - processorSince) / 1e9 / counted();
        }

        double bytesPerMonth() {
            return (double) bytes / Math.max(1, months);
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

    /**
     * Processor time.
     *
     * @return hours
     */
    public double cpuHours() {
        return months * secondsPerMonth / 3600;
    }

    /**
     * Time on threads of this machine.
     *
     * @param threads threads
     * @return nanoseconds
     */
    public long nanosOn(int threads) {
        return (long) (months * secondsPerMonth * 1e9 / threads);
    }
}
