package twostacks.experiment.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.Outcome;
import twostacks.experiment.plan.Plan;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.CsvRows;
import twostacks.output.ReplicateWriter;
import twostacks.world.SpareThreads;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/** Makes runs of a plan: the same bytes for the same run, whoever asks. May be used by several threads. */
final class RunMaker {
    private final Plan plan;
    private final Simulator simulator;
    private final List<Outcome> outcomes;
    private final List<ToDoubleFunction<World>> readers;
    private final List<Table<?>> tables = new ArrayList<>();

    RunMaker(Plan plan, Simulator simulator) {
        this.plan = plan;
        this.simulator = simulator;
        this.outcomes = plan.experiment().outcomes();
        this.readers = outcomes.stream().map(Outcome::reader).toList();
        Outcomes.TABLES.stream()
                .filter(t -> plan.experiment().series().contains(t.name()))
                .forEach(tables::add);
    }

    /**
     * Makes a run.
     *
     * @param run the run
     * @param spare threads that may help with it
     * @param month is told at the end of each month, and may throw to leave
     * @return what is kept of it
     * @throws RuntimeException whatever the run fails with
     */
    Stored make(Plan.Run run, SpareThreads spare, Consumer<World> month) {
        long before = System.nanoTime();
        Experiment experiment = plan.experiment();
        WorldSpec world = plan.scenario(run).spec();
        int last = world.startMonth() + world.months() - 1;
        double[] values = new double[outcomes.size()];
        Arrays.fill(values, Double.NaN);
        Map<Table<?>, ByteArrayOutputStream> rows = new LinkedHashMap<>();
        tables.forEach(t -> rows.put(t, new ByteArrayOutputStream()));
        try (ReplicateWriter writer = ReplicateWriter.to(run.option().scenario(), run.replicate(), rows)) {
            simulator.run(world, experiment.seed(), run.replicate(), spare, w -> {
                writer.month(w);
                for (int i = 0; i < values.length; i++) {
                    int wanted = outcomes.get(i).month();
                    if (w.month() == (wanted == Outcome.LAST ? last : wanted)) {
                        values[i] = readers.get(i).applyAsDouble(w);
                    }
                }
                month.accept(w);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CancellationException e) {
            throw new Stopped(); // it heeds an interrupt of its thread by itself
        }
        return Stored.done(
                run.id(),
                System.nanoTime() - before,
                fields(values),
                rows.values().stream().map(ByteArrayOutputStream::toByteArray).toList());
    }

    private byte[] fields(double[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvRows row = new CsvRows(bytes)) {
            for (int i = 0; i < values.length; i++) {
                row.number(values[i], outcomes.get(i).decimals());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Thrown to leave a run in the middle. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super(null, null, false, false);
        }
    }
}
