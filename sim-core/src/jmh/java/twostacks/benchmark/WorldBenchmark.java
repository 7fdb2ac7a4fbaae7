package twostacks.benchmark;

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
import twostacks.world.World;

/** A month of a world: of one nation, and of two hundred. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WorldBenchmark {
    private static final int MONTHS = 120;

    /** Number of nations. */
    @Param({"1", "200"})
    public int nations;
    /** Adopters of each. */
    @Param({"100", "2000"})
    public int adopters;

    private World world;
    private long seed;

    /** Makes a world. */
    @Setup(Level.Invocation)
    public void make() {
        world = new World(SyntheticWorld.spec(nations, adopters, MONTHS), seed++, 1);
    }

    /** Ten years from the start. */
    @Benchmark
    @OperationsPerInvocation(MONTHS)
    public World month() {
        world.run(w -> {});
        return world;
    }
}
