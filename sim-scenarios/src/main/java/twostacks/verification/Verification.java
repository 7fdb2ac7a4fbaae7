package twostacks.verification;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the limits and says which hold. */
public final class Verification {
    private Verification() {}

    /** All limits, in order. */
    public static final List<Limit> LIMITS = List.of(
            ChoiceLimit.LIMIT,
            NestLimit.LIMIT,
            SocialLimit.LIMIT,
            ConsiderationLimit.LIMIT,
            SwitchingLimit.LIMIT,
            TrustLimit.LIMIT,
            ChipsLimit.LIMIT,
            CapabilityLimit.LIMIT,
            PriceLimit.LIMIT,
            IncidentLimit.LIMIT,
            MirrorLimit.LIMIT,
            IdentityLimit.LIMIT,
            MeanFieldLimit.LIMIT);

    /**
     * What is to be run.
     *
     * @param only ids of the limits; empty for all
     * @param quick whether the small sizes do
     * @param threads number of parts that run side by side
     * @param seed seed
     * @param engine what runs the worlds
     */
    public record Options(Set<String> only, boolean quick, int threads, long seed, Engine engine) {
        /** Checks the names of limits. */
        public Options {
            only = Set.copyOf(only);
            for (String id : only) {
                if (LIMITS.stream().noneMatch(l -> l.id().equals(id))) {
                    throw new IllegalArgumentException("no limit is called '" + id + "': they are " + ids());
                }
            }
        }

        /**
         * All limits through the real engine, with the seed whose verdicts are published.
         *
         * @param quick whether the small sizes do
         * @param threads number of parts that run side by side
         * @return options
         */
        public static Options all(boolean quick, int threads) {
            return new Options(Set.of(), quick, threads, 1, Engine.REAL);
        }

        boolean wants(Limit limit) {
            return only.isEmpty() || only.contains(limit.id());
        }
    }

    /** Told how far it is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A part is done.
         *
         * @param limit the limit it belongs to
         * @param done parts done
         * @param of parts in all
         */
        void done(Limit limit, int done, int of);
    }

    /**
     * The ids of all limits.
     *
     * @return ids in order
     */
    public static List<String> ids() {
        return LIMITS.stream().map(Limit::id).toList();
    }

    private record Task(int limit, int part) {}

    /**
     * Runs limits.
     *
     * @param options what is to be run
     * @param progress told how far it is
     * @return all figures, in the order of limits
     * @throws CancellationException if the thread is interrupted
     */
    public static List<Check> run(Options options, Progress progress) {
        Laboratory laboratory = new Laboratory(options.engine(), options.quick(), options.seed());
        List<Task> tasks = new ArrayList<>();
        // The last limits take longest, so they start first.
        for (int l = LIMITS.size() - 1; l >= 0; l--) {
            if (options.wants(LIMITS.get(l))) {
                for (int p = 0; p < LIMITS.get(l).parts().size(); p++) {
                    tasks.add(new Task(l, p));
                }
            }
        }
        List<List<List<Check>>> results = new ArrayList<>();
        for (Limit limit : LIMITS) {
            List<List<Check>> parts = new ArrayList<>();
            limit.parts().forEach(p -> parts.add(List.of()));
            results.add(parts);
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, options.threads()), task -> {
            Thread thread = new Thread(task, "twostacks-verification");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ExecutorCompletionService<Task> running = new ExecutorCompletionService<>(pool);
            for (Task task : tasks) {
                Callable<Task> work = () -> {
                    results.get(task.limit())
                            .set(
                                    task.part(),
                                    LIMITS.get(task.limit())
                                            .parts()
                                            .get(task.part())
                                            .check(laboratory));
                    return task;
                };
                running.submit(work);
            }
            for (int done = 1; done <= tasks.size(); done++) {
                Future<Task> next = running.take();
                progress.done(LIMITS.get(next.get().limit()), done, tasks.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the verification was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a part of the verification failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return results.stream().flatMap(List::stream).flatMap(List::stream).toList();
    }

    /**
     * The record of a run.
     *
     * @param checks figures
     * @return a table as RFC 4180 has it, with numbers to twelve significant digits
     */
    public static String csv(List<Check> checks) {
        StringBuilder csv = new StringBuilder("limit,what,expected,got,standard_error,tolerance,detectable,verdict\n");
        for (Check check : checks) {
            csv.append(check.limit())
                    .append(",\"")
                    .append(check.what().replace("\"", "\"\""))
                    .append('"');
            for (double number : new double[] {
                check.expected(), check.got(), check.standardError(), check.tolerance(), check.detectable()
            }) {
                csv.append(',');
                if (Double.isFinite(number)) {
                    csv.append(new BigDecimal(number)
                            .round(new MathContext(12))
                            .stripTrailingZeros()
                            .toPlainString());
                }
            }
            csv.append(',').append(check.verdict()).append('\n');
        }
        return csv.toString();
    }

    /** A number in the name of a figure: at most six decimals, none that is nil. */
    static String label(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /**
     * How the figures of a check are written.
     *
     * @param value figure
     * @return at most seven significant digits; a dash for none
     */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        return size >= 1e-4 && size < 1e7
                ? String.format(Locale.ROOT, size >= 100 ? "%.3f" : size >= 10 ? "%.4f" : "%.6f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
