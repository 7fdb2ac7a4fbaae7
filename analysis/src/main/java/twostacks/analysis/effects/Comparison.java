package twostacks.analysis.effects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import twostacks.analysis.results.OutcomeName;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.ResultPackage;

/**
 * Effects of alternatives on everything that runs tell: each number of each nation and of the world, in each month, and
 * whether an origin leads a nation. Runs pair by replicate, which they share with the seed and so their luck.
 *
 * <p>Memory is bounded: months are worked through as many at a time as {@link Options#memory} allows.
 */
public final class Comparison {
    /** Name of the table of effects. */
    public static final String EFFECTS = "effects";
    /** Name of the table of attributed effects. */
    public static final String ATTRIBUTION = "attribution";

    /** Decimals beyond those of the column in the runs: a mean of many knows more than one. */
    private static final int MORE_DECIMALS = 2;

    private static final int MOST_DECIMALS = 15;

    /**
     * How to compare.
     *
     * @param bootstrap whether intervals are bootstrapped; otherwise they are paired t
     * @param confidence level of intervals, in (0, 1)
     * @param resamples number of bootstrap resamples
     * @param seed seed of resampling
     * @param columns columns wanted; empty for all
     * @param threads threads at work; results do not depend on it
     * @param memory bytes that values may take
     */
    public record Options(
            boolean bootstrap,
            double confidence,
            int resamples,
            long seed,
            Set<String> columns,
            int threads,
            long memory) {
        /** Copies the columns. */
        public Options {
            columns = Set.copyOf(columns);
        }

        private PairedEstimator estimator() {
            return new PairedEstimator(
                    bootstrap ? PairedEstimator.Interval.BOOTSTRAP : PairedEstimator.Interval.T,
                    confidence,
                    resamples,
                    seed);
        }
    }

    /**
     * The runs in which some levers have moved.
     *
     * @param causes levers in which an alternative differs from the base, by their names
     * @param runs directory of the run for each set of moved levers, as bits in the order of causes; the base at 0, the
     *     alternative last
     */
    public record Coalitions(List<String> causes, List<Path> runs) {
        /** Copies the lists. */
        public Coalitions {
            causes = List.copyOf(causes);
            runs = List.copyOf(runs);
            if (runs.size() != 1 << causes.size()) {
                throw new IllegalArgumentException(causes.size() + " causes need " + (1 << causes.size()) + " runs");
            }
        }
    }

    private final Path base;
    private final Map<String, Path> alternatives;
    private final Options options;

    /**
     * Prepares a comparison.
     *
     * @param base directory of the base's run
     * @param alternatives directories of the alternatives' runs, by name
     * @param options how to compare
     */
    public Comparison(Path base, Map<String, Path> alternatives, Options options) {
        this.base = base;
        this.alternatives = new LinkedHashMap<>(alternatives);
        this.options = options;
    }

    /**
     * Estimates one effect.
     *
     * @param alternative name of an alternative
     * @param outcome outcome
     * @return its estimate, a family of its own
     * @throws ResultException if the runs do not have it, or do not pair
     */
    public Estimate effect(String alternative, OutcomeName outcome) {
        ResultPackage a = ResultPackage.open(base);
        ResultPackage b = ResultPackage.open(alternatives.get(alternative));
        checkSeeds(a, b);
        double[] x = Panel.series(a, outcome);
        double[] y = Panel.series(b, outcome);
        if (x.length != y.length) {
            throw new ResultException(base + " and " + alternatives.get(alternative) + " are no pairs: they have "
                    + x.length + " and " + y.length + " replicates");
        }
        return options.estimator().family(new double[][] {x}, new double[][] {y})[0];
    }

    /**
     * Writes effects and, where coalitions are given, their attribution, with the data package that describes them.
     *
     * @param directory where
     * @param block what twostacks says about it; the way of comparing is added
     * @param coalitions runs with some levers moved, by alternative; none for no attribution
     * @throws IOException if it cannot be written
     * @throws ResultException if runs are not whole or do not pair
     */
    public void write(Path directory, ObjectNode block, Map<String, Coalitions> coalitions) throws IOException {
        describe(block, !coalitions.isEmpty());
        String level = Math.round(options.confidence() * 100) + " % interval";
        ForkJoinPool pool = new ForkJoinPool(options.threads());
        try (PackageWriter writer = new PackageWriter(directory)) {
            PackageWriter.Table effects = writer.table(
                    EFFECTS,
                    "effect of each alternative in each month on each outcome of each nation and of the world (WLD)",
                    List.of("alternative", "month", "iso3", "outcome"),
                    List.of(
                            Column.text("alternative", "name of the alternative"),
                            new Column("month", "yearmonth", 0, "", "month, YYYY-MM"),
                            Column.text("iso3", "nation, ISO 3166 alpha-3; WLD for the world"),
                            Column.text(
                                    "outcome",
                                    "column of nations.csv or world.csv, there by population or by @weight;"
                                            + " column=value is 1 where a text has the value, else 0"),
                            Column.number("effect", 8, "", "mean of alternative less base, in the outcome's unit"),
                            Column.number("standard_error", 8, "", "standard error of the effect"),
                            Column.number("low", 8, "", level + ", lower end"),
                            Column.number("high", 8, "", level + ", upper end"),
                            Column.integer("pairs", "pairs of runs in which both have a value"),
                            Column.number(
                                    "variance_ratio",
                                    3,
                                    "1",
                                    "variance of a difference of unpaired runs over that of pairs; empty if all"
                                            + " pairs differ by the same"),
                            Column.number(
                                    "low_at_once",
                                    8,
                                    "",
                                    level + " for all nations of the month and outcome at once, lower end"),
                            Column.number("high_at_once", 8, "", "its upper end"),
                            Column.number("base", 8, "", "mean of the base over the pairs")));
            for (Map.Entry<String, Path> alternative : alternatives.entrySet()) {
                effects(alternative.getKey(), alternative.getValue(), effects, pool);
            }
            if (!coalitions.isEmpty()) {
                PackageWriter.Table attribution = Attribution.table(writer, level);
                for (Map.Entry<String, Coalitions> entry : coalitions.entrySet()) {
                    new Attribution(entry.getKey(), entry.getValue(), options.confidence(), options.columns())
                            .write(attribution);
                }
            }
            writer.publish(block.path("title").asText(EFFECTS), block);
        } finally {
            pool.shutdown();
        }
    }

    private void describe(ObjectNode block, boolean attributed) {
        ResultPackage run = ResultPackage.open(base);
        block.put("seed", run.block().path("seed").asLong());
        block.put("replicates", run.block().path("replicates").asInt());
        block.set("horizon", run.block().path("horizon"));
        ArrayNode names = block.putArray("alternatives");
        alternatives.keySet().forEach(names::add);
        block.put("pairing", "common random numbers: the same seed and replicate");
        ObjectNode interval = block.putObject("interval");
        interval.put("confidence", java.math.BigDecimal.valueOf(options.confidence()));
        interval.put("kind", options.bootstrap() ? "bootstrap" : "t");
        if (options.bootstrap()) {
            interval.put("method", "bias-corrected and accelerated bootstrap over pairs (Efron 1987)");
            interval.put("resamples", options.resamples());
            interval.put("resamplingSeed", options.seed());
        } else {
            interval.put("method", "paired t");
        }
        interval.put("family", "all nations of a month and outcome, for each alternative");
        interval.put(
                "atOnce",
                options.bootstrap()
                        ? "greatest studentised deviation over the family, bootstrapped (Romano and Wolf 2005)"
                        : "Bonferroni");
        if (attributed) {
            block.put("attribution", "Shapley values over all sets of moved levers, pair by pair");
        }
    }

    private static void checkSeeds(ResultPackage a, ResultPackage b) {
        long x = a.block().path("seed").asLong();
        long y = b.block().path("seed").asLong();
        if (x != y) {
            throw new ResultException(
                    a.directory() + " and " + b.directory() + " are no pairs: their seeds are " + x + " and " + y);
        }
    }

    private void effects(String name, Path alternative, PackageWriter.Table out, ForkJoinPool pool) {
        ResultPackage a = ResultPackage.open(base);
        ResultPackage b = ResultPackage.open(alternative);
        checkSeeds(a, b);
        Paired nations = paired(a, b, true);
        Paired world = paired(a, b, false);
        if (nations.base.outcomes().isEmpty() && world.base.outcomes().isEmpty()) {
            throw new ResultException("no column is called " + String.join(" or ", options.columns()));
        }
        long perMonth = 2 * Double.BYTES * (nations.base.valuesPerMonth() + world.base.valuesPerMonth());
        int months = world.base.months().size();
        int atATime = (int) Math.max(1, Math.min(months, options.memory() / Math.max(1, perMonth)));
        int most = (int) (Integer.MAX_VALUE / Math.max(1, nations.base.valuesPerMonth()) - 1);
        atATime = Math.max(1, Math.min(atATime, most));
        PairedEstimator estimator = options.estimator();
        for (int from = 0; from < months; from += atATime) {
            int to = Math.min(months, from + atATime);
            Estimate[][][] ofNations = nations.estimate(from, to, estimator, pool, true);
            Estimate[][][] ofWorld = world.estimate(from, to, estimator, pool, false);
            for (int m = from; m < to; m++) {
                nations.write(name, m, ofNations[m - from], out, false);
                world.write(name, m, ofWorld[m - from], out, true);
            }
        }
    }

    private Paired paired(ResultPackage a, ResultPackage b, boolean nations) {
        Panel x = nations ? Panel.nations(a) : Panel.world(a);
        Panel y = nations ? Panel.nations(b) : Panel.world(b);
        String difference = x.difference(y);
        if (!difference.isEmpty()) {
            throw new ResultException(a.directory() + " and " + b.directory() + " are no pairs: " + difference);
        }
        Panel both = x.withOutcomesOf(y);
        Panel other = y.withOutcomesOf(x);
        if (!options.columns().isEmpty()) {
            both = both.only(options.columns());
            other = other.only(options.columns());
        }
        return new Paired(both, other);
    }

    /** Two panels whose rows pair. Nations that only one of them has are left out. */
    private static final class Paired {
        private final Panel base;
        private final Panel alternative;
        private final List<String> entities;

        Paired(Panel base, Panel alternative) {
            this.base = base;
            this.alternative = alternative;
            Set<String> common = new LinkedHashSet<>(base.entities());
            common.retainAll(new HashSet<>(alternative.entities()));
            this.entities = List.copyOf(common);
        }

        /** By month, outcome and entity. */
        Estimate[][][] estimate(int from, int to, PairedEstimator estimator, ForkJoinPool pool, boolean family) {
            int[] months = IntStream.range(from, to).toArray();
            double[] x = base.load(months);
            double[] y = alternative.load(months);
            int outcomes = base.outcomes().size();
            Estimate[][][] estimates = new Estimate[to - from][outcomes][];
            try {
                pool.submit(() -> IntStream.range(0, (to - from) * outcomes)
                                .parallel()
                                .forEach(i -> estimates[i / outcomes][i % outcomes] =
                                        cells(x, y, i / outcomes, i % outcomes, estimator, family)))
                        .get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ResultException("interrupted");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
            return estimates;
        }

        private Estimate[] cells(
                double[] x, double[] y, int month, int outcome, PairedEstimator estimator, boolean family) {
            double[][] a = new double[entities.size()][];
            double[][] b = new double[entities.size()][];
            for (int i = 0; i < a.length; i++) {
                a[i] = values(base, x, month, base.place(entities.get(i)), outcome);
                b[i] = values(alternative, y, month, alternative.place(entities.get(i)), outcome);
            }
            if (family) {
                return estimator.family(a, b);
            }
            Estimate[] each = new Estimate[a.length];
            for (int i = 0; i < a.length; i++) {
                each[i] = estimator.family(new double[][] {a[i]}, new double[][] {b[i]})[0];
            }
            return each;
        }

        private static double[] values(Panel panel, double[] all, int month, int entity, int outcome) {
            int at = panel.at(month, entity, outcome);
            return java.util.Arrays.copyOfRange(all, at, at + panel.replicates());
        }

        void write(String name, int month, Estimate[][] estimates, PackageWriter.Table out, boolean world) {
            for (int e = 0; e < entities.size(); e++) {
                String entity = entities.get(e);
                for (int o = 0; o < estimates.length; o++) {
                    Panel.Outcome outcome = base.outcomes().get(o);
                    boolean population = entity.equals(OutcomeName.POPULATION);
                    if (world && !population && !Panel.weighted(outcome.column())) {
                        continue;
                    }
                    String label = world && !population ? outcome.name() + "@" + entity : outcome.name();
                    Estimate x = estimates[o][e];
                    int decimals = decimals(outcome.decimals());
                    out.add(name)
                            .add(base.months().get(month))
                            .add(world ? OutcomeName.WORLD : entity)
                            .add(label)
                            .add(x.effect(), decimals)
                            .add(x.standardError(), decimals)
                            .add(x.low(), decimals)
                            .add(x.high(), decimals)
                            .add(x.pairs())
                            .add(x.varianceRatio())
                            .add(x.lowAtOnce(), decimals)
                            .add(x.highAtOnce(), decimals)
                            .add(x.base(), decimals)
                            .endRow();
                }
            }
        }
    }

    /** Decimals of an effect on a column of so many. */
    static int decimals(int ofColumn) {
        return Math.min(MOST_DECIMALS, ofColumn + MORE_DECIMALS);
    }

    /**
     * Names of the outcomes whose effects on nations a run allows to tell.
     *
     * @param run directory of a run
     * @return columns of nations.csv and world.csv that are numbers
     */
    public static List<String> columns(Path run) {
        ResultPackage results = ResultPackage.open(run);
        Set<String> columns = new LinkedHashSet<>();
        for (String table : List.of("nations", "world")) {
            results.table(table).fields().stream()
                    .filter(f -> f.numeric() && !f.name().equals("replicate"))
                    .forEach(f -> columns.add(f.name()));
        }
        return new ArrayList<>(columns);
    }
}
