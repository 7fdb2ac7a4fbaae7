package twostacks.experiment.shard;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import twostacks.experiment.plan.Plan;

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
        RunMaker maker = new RunMaker(plan, simulator);
        long[] months = {0};
        long[] measured = {0};
        long[] since = {0};
        long before = used();
        long[] most = {before};
        long rows = 0;
        long stored = 0;
        long whole = 0;
        long start = System.nanoTime();
        for (long number = 0; number < plan.runs() && System.nanoTime() - start < MEASURED_NANOS; number++) {
            try {
                Stored made = maker.make(plan.run(number), 1, world -> {
                    months[0]++;
                    if (months[0] == WARM_MONTHS) {
                        since[0] = System.nanoTime();
                        measured[0] = months[0];
                    }
                    most[0] = Math.max(most[0], used());
                    if (System.nanoTime() - start > 3 * MEASURED_NANOS) {
                        throw new RunMaker.Stopped();
                    }
                });
                whole++;
                stored += made.size();
                rows += made.content().length;
                for (int i = 0; i < made.series().size(); i++) {
                    rows += made.rows(i).length;
                }
            } catch (RunMaker.Stopped e) {
                break;
            } catch (RuntimeException e) {
                // what fails costs little
            }
        }
        long end = System.nanoTime();
        boolean warm = since[0] > 0 && months[0] > measured[0];
        long counted = warm ? months[0] - measured[0] : Math.max(1, months[0]);
        double perMonth = (warm ? end - since[0] : end - start) / 1e9 / counted;
        long perRun = plan.months(0);
        double share = runs / (double) Math.max(1, plan.runs());
        long all = 0;
        int options = plan.experiment().worlds().size();
        for (int i = 0; i < options; i++) {
            all += plan.months(i) * (plan.runs() / options);
        }
        return new Estimate(
                runs,
                Math.round(all * share),
                perMonth,
                whole == 0 ? 0 : rows / whole,
                whole == 0 ? 0 : stored / whole,
                Math.max(perRun, most[0] - before),
                counted);
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
