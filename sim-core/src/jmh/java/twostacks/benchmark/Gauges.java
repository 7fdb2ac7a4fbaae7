package twostacks.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import twostacks.policy.Stack;
import twostacks.random.Draws;

/** What benchmarks measure, and how they print it. */
final class Gauges {
    private Gauges() {}

    /** CPU time of this thread, in seconds; compiler and collector threads are not in it. */
    static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
    }

    /** CPU time of all of the process, in seconds; NaN where the JVM does not tell. */
    static double processCpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime() * 1e-9
                : Double.NaN;
    }

    /** Bytes that this thread has allocated so far; −1 where the JVM does not tell. */
    static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : -1;
    }

    /** Most memory the process has had in RAM so far, in MiB; 0 where the system does not tell. */
    static long peakMiB() {
        Path status = Path.of("/proc/self/status");
        try {
            if (Files.exists(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmHWM:")) {
                        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
                    }
                }
            }
        } catch (IOException e) {
            // Not told, then.
        }
        return 0;
    }

    /** Folds users by segment and offer into a digest. */
    static long digest(long digest, int[] users) {
        long d = digest;
        for (int u : users) {
            d = Draws.mix((d ^ u) + Draws.GAMMA);
        }
        return d;
    }

    /** Users by segment and offer as one word. */
    private static String word(int[][] users) {
        return Arrays.stream(users)
                .map(row -> Arrays.stream(row).mapToObj(Integer::toString).collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    /** Prints the line of a run of the adopter loop. */
    static void printLoop(BenchmarkCase c, long seed, double making, double months, String digest, int[][] users) {
        double adopterMonths =
                (double) BenchmarkCase.MONTHS * Arrays.stream(c.sizes).sum();
        print(
                "loop adopters=%d peers=%s offers=%d seed=%d making=%.4f months=%.4f ns=%.3f rate=%.0f peak=%d"
                        + " shares=%s digest=%s users=%s",
                Arrays.stream(c.sizes).sum(),
                c.peers ? "yes" : "no",
                c.offers.count,
                seed,
                making,
                months,
                (making + months) * 1e9 / adopterMonths,
                adopterMonths / (making + months),
                peakMiB(),
                shares(c, users),
                digest,
                word(users));
    }

    /** Shares of the stacks, and of none last, as one word. */
    private static String shares(BenchmarkCase c, int[][] users) {
        long[] of = new long[Stack.COUNT + 1];
        for (int[] ofSegment : users) {
            for (int k = 0; k < ofSegment.length; k++) {
                of[c.offers.stack[k]] += ofSegment[k];
            }
        }
        double all = Arrays.stream(of).sum();
        return Arrays.stream(of)
                .mapToObj(n -> String.format(Locale.ROOT, "%.6f", n / all))
                .collect(Collectors.joining(","));
    }

    /** Prints a line. */
    @SuppressWarnings("AnnotateFormatMethod")
    static void print(String format, Object... values) {
        System.out.print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
