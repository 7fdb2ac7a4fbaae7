package twostacks.population;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import twostacks.adoption.AdopterChoice;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Stack;
import twostacks.random.Draws;

/** One adopter's choice: by the equation, which is the truth, and by the tables, which are what a run uses. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class ChoiceBenchmark {
    private final Offers offers = TestOffers.many(false);
    private final int[] nest = Arrays.copyOf(offers.stack, offers.count);
    private final double[] utility = new double[offers.count];
    private final int[] peers = {3, 0, 1, 2, 0, 0, 2};
    private ModelParameters.Choice choice;
    private SegmentTerms terms;
    private ChoiceTables tables;
    private long item;

    /** Draws a nation's market and starts the tables on it. */
    @Setup
    public void start() {
        ModelParameters p = ParameterSpace.ofDefaults().with(Map.of());
        choice = p.choice();
        terms = new SegmentTerms(p, 1, offers);
        Arrays.setAll(utility, k -> 4 * Draws.unit(Draws.bits(1, k)) - 2);
        tables = new ChoiceTables(offers);
        tables.start(terms, utility, 0);
    }

    /** The equation's probabilities. */
    @Benchmark
    public double[] equation() {
        return AdopterChoice.probabilities(
                utility, nest, Stack.COUNT, 0, choice.nestDissimilarity(), choice.useDissimilarity());
    }

    /** A choice from the tables, with taste and peers. */
    @Benchmark
    public int tables() {
        long bits = Draws.bits(7, item++);
        int held = (int) ((bits & 0xFFFF) * (offers.count + 1) >>> 16);
        int bin = (int) ((bits >>> 16 & 0xFFFF) * 10 >>> 16);
        return TestChoices.choose(tables, offers, held, bin, 63, 3, peers, Draws.bits(8, item));
    }

    /** What both cost besides: the draws. */
    @Benchmark
    public long draws() {
        return Draws.bits(7, item++) ^ Draws.bits(8, item);
    }
}
