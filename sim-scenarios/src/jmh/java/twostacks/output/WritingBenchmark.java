package twostacks.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.scenario.ScenarioLoader;
import twostacks.world.World;

/** Time of working out and writing a month's rows of a table of the baseline, as CSV that goes nowhere. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WritingBenchmark {
    /** The table. */
    @Param({"nations", "segments", "offers", "world", "labs"})
    public String table;

    private World world;
    private ReplicateWriter writer;

    /**
     * Runs the baseline to its end.
     *
     * @throws IOException never
     */
    @Setup(Level.Trial)
    public void run() throws IOException {
        world = new World(
                ScenarioLoader.load("baseline", List.of(ScenarioLoader.setting("population.adoptersPerNation", "500")))
                        .spec(),
                1,
                0);
        world.run(w -> {});
        Table<?> written = Outcomes.TABLES.stream()
                .filter(t -> t.name().equals(table))
                .findFirst()
                .orElseThrow();
        writer = ReplicateWriter.to("baseline", 1, Map.of(written, OutputStream.nullOutputStream()));
    }

    /**
     * Closes what has been written.
     *
     * @throws IOException never
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        writer.close();
    }

    /** A month's rows. */
    @Benchmark
    public void month() {
        writer.month(world);
    }
}
