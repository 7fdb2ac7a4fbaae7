package twostacks.benchmark;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import twostacks.population.Adopters;
import twostacks.population.SegmentTerms;

/** The parts of an adopter's month, in nanoseconds an adopter. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdoptersBenchmark {
    private static final int ADOPTERS = 10_000;
    private static final int LAST = BenchmarkCase.MONTHS - 1;

    /** A segment after ten years. */
    @State(Scope.Thread)
    public static class Settled {
        /** Number of offers. */
        @Param({"5", "14"})
        public int offers;
        /** Whether peers matter. */
        @Param({"false", "true"})
        public boolean peers;

        private Adopters adopters;
        private Adopters.Bench bench;
        private SegmentTerms terms;
        private double[] utility;
        private double[] available;
        private double nonUse;
        private int month;

        /** Lives ten years in which everybody reviews every month. */
        @Setup(Level.Iteration)
        public void settle() {
            Map<String, Double> overrides = new TreeMap<>();
            overrides.put("choice.review.consumer", 1.0);
            for (String other : new String[] {"developer", "enterprise", "public"}) {
                overrides.put("population.segmentShare." + other, 0.0);
            }
            overrides.put("population.segmentShare.consumer", 1.0);
            BenchmarkCase c = new BenchmarkCase(ADOPTERS, offers, peers, overrides);
            adopters = new Adopters(BenchmarkCase.NATION, 1, 1, new int[] {ADOPTERS}, c.offers, 7, false);
            bench = new Adopters.Bench(c.offers);
            terms = new SegmentTerms(c.p, 0, c.offers);
            utility = new double[c.offers.count];
            available = c.availableTable()[LAST];
            for (int k = 0; k < utility.length; k++) {
                utility[k] = c.utility(LAST, 0, k);
            }
            nonUse = c.nonUse[0];
            adopters.open(0, 0, terms, bench);
            for (int g = 0; g < twostacks.policy.Stack.COUNT; g++) {
                adopters.consider(0, g, .8, bench);
            }
            for (month = 1; month <= 120; month++) {
                choose();
            }
        }

        private void choose() {
            adopters.open(0, month, terms, bench);
            adopters.choose(0, terms, utility, available, nonUse, bench);
            adopters.close();
            month++;
        }
    }

    /** Everybody reviews and chooses. */
    @Benchmark
    @OperationsPerInvocation(ADOPTERS)
    public int[] choice(Settled s) {
        s.choose();
        return s.adopters.users(0);
    }

    /** An adopter who is drawn to review, or not. */
    @State(Scope.Thread)
    public static class Idle {
        private Adopters adopters;
        private Adopters.Bench bench;
        private SegmentTerms terms;
        private int month;

        /** Makes adopters who consider nothing. */
        @Setup
        public void make() {
            BenchmarkCase c = new BenchmarkCase(ADOPTERS, 14, true, Map.of());
            adopters = new Adopters(BenchmarkCase.NATION, 1, 1, new int[] {ADOPTERS}, c.offers, 7, false);
            bench = new Adopters.Bench(c.offers);
            terms = new SegmentTerms(c.p, 0, c.offers);
        }
    }

    /** It is drawn who reviews. */
    @Benchmark
    @OperationsPerInvocation(ADOPTERS)
    public int[] review(Idle s) {
        s.adopters.open(0, s.month++, s.terms, s.bench);
        return s.adopters.users(0);
    }

    /** Adopters who have heard of nothing yet. */
    @State(Scope.Thread)
    public static class Unaware {
        private Adopters adopters;
        private Adopters.Bench bench;

        /** Makes them. */
        @Setup(Level.Invocation)
        public void make() {
            BenchmarkCase c = new BenchmarkCase(ADOPTERS, 14, true, Map.of());
            adopters = new Adopters(BenchmarkCase.NATION, 1, 1, new int[] {ADOPTERS}, c.offers, 7, false);
            bench = new Adopters.Bench(c.offers);
            adopters.open(0, 0, new SegmentTerms(c.p, 0, c.offers), bench);
        }
    }

    /** Nine in ten come to consider a stack, over thirty months. */
    @Benchmark
    @OperationsPerInvocation(ADOPTERS)
    public int[] consideration(Unaware s) {
        for (int month = 1; month <= 30; month++) {
            s.adopters.consider(0, 0, month * .03, s.bench);
        }
        return s.adopters.consideringBy(0);
    }
}
