package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import twostacks.analysis.results.Sweep;
import twostacks.experiment.design.Axis;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.Experiment.Option;
import twostacks.experiment.plan.ExperimentLoader;
import twostacks.experiment.plan.Plan;
import twostacks.experiment.shard.Merger;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepRunner;
import twostacks.input.Numbers;
import twostacks.output.Json;

/**
 * A sweep over a list of points that grows as they are asked for, in a directory of its own. It is a sweep like any other:
 * started again it makes no run twice, and {@code reproduce} takes it.
 */
final class PointSweep {
    private static final String POINTS = "points.csv";

    private final CommandSpec spec;
    private final Experiment of;
    private final List<Option> worlds;
    private final List<Axis> axes;
    private final List<String> outcomes;
    private final int replicates;
    private final Path directory;
    private final int threads;
    private final boolean quiet;
    private final List<double[]> points = new ArrayList<>();
    private boolean force;

    /** Thrown when somebody asked to stop. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    /**
     * Prepares.
     *
     * @param spec the command
     * @param of the experiment whose worlds, seed and groups these runs have
     * @param worlds those of its worlds to run
     * @param axes parameters of the points, with ranges that hold all of them
     * @param outcomes outcomes kept
     * @param replicates replicates of each point
     * @param directory where
     * @param threads threads at work
     * @param force whether another sweep there gives way
     * @param quiet whether nothing is shown
     */
    PointSweep(
            CommandSpec spec,
            Experiment of,
            List<Option> worlds,
            List<Axis> axes,
            List<String> outcomes,
            int replicates,
            Path directory,
            int threads,
            boolean force,
            boolean quiet) {
        this.spec = spec;
        this.of = of;
        this.worlds = worlds;
        this.axes = axes;
        this.outcomes = outcomes;
        this.replicates = replicates;
        this.directory = directory;
        this.threads = threads;
        this.force = force;
        this.quiet = quiet;
    }

    /** Runs one more point; returns the sweep, of which it is the last. */
    Sweep run(double... point) throws IOException, InterruptedException {
        points.add(point);
        Instant started = Instant.now();
        long before = System.nanoTime();
        try {
            SweepDirectory sweep = SweepDirectory.open(directory, plan(), VersionProvider.commit(), force);
            force = false;
            SweepRunner.Result result = Sweeps.run(spec, sweep, Shard.ALL, threads, false, quiet);
            if (result.stopped()) {
                throw new StoppedException();
            }
            new Merger(List.of(sweep))
                    .merge(directory, Sweeps.provenance(spec, threads, started, System.nanoTime() - before));
        } catch (SweepDirectory.RefusedException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    e.getMessage() + "; choose another directory with -o, or replace it with --force");
        } catch (Merger.RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
        return Sweep.read(directory);
    }

    private Plan plan() throws IOException {
        Path folder = Files.createTempDirectory("twostacks-points-");
        try {
            Path file = folder.resolve("experiment.json");
            Files.writeString(file, Json.text(experiment(folder)), StandardCharsets.UTF_8);
            Files.writeString(folder.resolve(POINTS), csv(), StandardCharsets.UTF_8);
            return new Plan(ExperimentLoader.load(file.toString()), VersionProvider.version());
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private ObjectNode experiment(Path folder) throws IOException {
        ObjectNode root = Json.object();
        root.put("name", of.name());
        root.put("description", "Points that 'twostacks discover --reverse' asked for.");
        ArrayNode each = root.putArray("worlds");
        for (int i = 0; i < worlds.size(); i++) {
            Option world = worlds.get(i);
            String file = i + ".yaml";
            Files.writeString(folder.resolve(file), world.world().resolvedYaml(), StandardCharsets.UTF_8);
            each.addObject()
                    .put("scenario", world.scenario())
                    .put("lever", world.lever())
                    .put("file", file);
        }
        ObjectNode factors = root.putObject("factors");
        for (Axis axis : axes) {
            factors.putObject(axis.name())
                    .put("min", Numbers.shortest(axis.min()))
                    .put("max", Numbers.shortest(axis.max()));
        }
        root.putObject("design").put("kind", "list").put("file", POINTS);
        root.put("replicates", replicates);
        root.put("seed", of.seed());
        ObjectNode keep = root.putObject("keep");
        if (!of.groups().isEmpty()) {
            ObjectNode groups = keep.putObject("groups");
            of.groups().forEach((name, nations) -> nations.forEach(groups.putArray(name)::add));
        }
        outcomes.forEach(keep.putArray("outcomes")::add);
        return root;
    }

    private String csv() {
        StringBuilder text =
                new StringBuilder(String.join(",", axes.stream().map(Axis::name).toList()) + "\n");
        for (double[] point : points) {
            List<String> row = new ArrayList<>();
            for (double value : point) {
                row.add(Numbers.text(value));
            }
            text.append(String.join(",", row)).append('\n');
        }
        return text.toString();
    }
}
