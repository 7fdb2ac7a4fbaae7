package twostacks.world;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of an adopter-month in a whole run of twelve nations, everything else of the month included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class WorldBenchmark {
    private static final int NATIONS = 12;
    private static final int MONTHS = 60;
    private static final int ADOPTERS = 2000;

    /** Threads that nations are shared among. */
    @Param({"1", "2"})
    public int threads;

    /** A run from nobody to five years on. */
    @Benchmark
    @OperationsPerInvocation(NATIONS * MONTHS * ADOPTERS)
    public double adopterMonth() {
        double[] share = new double[1];
        new World(TestWorlds.world(MONTHS, ADOPTERS), 1, 0, threads)
                .run(w -> share[0] = w.ledger().share(Ledger.Weight.ADOPTERS, 0));
        return share[0];
    }
}
