package twostacks.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import twostacks.adoption.AdopterChoice;
import twostacks.maths.DetMath;
import twostacks.policy.Stack;
import twostacks.population.Peers;
import twostacks.random.Draws;
import twostacks.trust.TrustUpdate;

/** Single equations and draws, over a thousand arguments each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EquationsBenchmark.SIZE)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EquationsBenchmark {
    static final int SIZE = 1024;

    private final double[] unit = new double[SIZE];
    private final double[] wide = new double[SIZE];
    private final double[] utility = new double[14];
    private final int[] nest = {0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5};
    private final long threshold = Draws.threshold(.3);
    private final long rewiring = Draws.threshold(.1);

    /** Draws the arguments. */
    @Setup
    public void draw() {
        for (int i = 0; i < SIZE; i++) {
            unit[i] = Draws.unit(Draws.bits(1, i));
            wide[i] = 20 * Draws.unit(Draws.bits(2, i)) - 10;
        }
        for (int k = 0; k < utility.length; k++) {
            utility[k] = wide[k] / 5;
        }
    }

    /** Trust after a month. */
    @Benchmark
    public double trustUpdate() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += TrustUpdate.next(unit[i], .4, .03, unit[SIZE - 1 - i], .01, .2, .005);
        }
        return sum;
    }

    /** Trust as adopters see it, under a shock. */
    @Benchmark
    public double trustSeen() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += TrustUpdate.effective(unit[i], .2);
        }
        return sum;
    }

    /** Choice probabilities over fourteen offers, by the equation itself. */
    @Benchmark
    public double probabilities() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            utility[i % 14] += wide[i] / 1000;
            sum += AdopterChoice.probabilities(utility, nest, Stack.COUNT, unit[i], .45, .8)[14];
        }
        return sum;
    }

    /** Exponential. */
    @Benchmark
    public double exp() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += DetMath.exp(wide[i]);
        }
        return sum;
    }

    /** Logarithm. */
    @Benchmark
    public double log() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += DetMath.log(unit[i]);
        }
        return sum;
    }

    /** Power. */
    @Benchmark
    public double pow() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += DetMath.pow(unit[i], .8);
        }
        return sum;
    }

    /** A uniform number. */
    @Benchmark
    public double uniform() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += Draws.unit(Draws.bits(7, i));
        }
        return sum;
    }

    /** Sixty-four Bernoulli trials. */
    @Benchmark
    public long bernoulli64() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += Draws.bernoulli64(7, i, threshold);
        }
        return sum;
    }

    /** A peer. */
    @Benchmark
    public long peer() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += Peers.peer(7, i >> 3, i & 7, 2000, rewiring);
        }
        return sum;
    }
}
