package twostacks.experiment.shard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Progress;
import twostacks.experiment.plan.Plan;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.CsvRows;
import twostacks.output.DataPackage;
import twostacks.output.Hashes;
import twostacks.output.ReplicateWriter;
import twostacks.output.ResultDirectory;
import twostacks.output.RunDescription;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;
import twostacks.world.SpareThreads;
import twostacks.world.WorldSpec;

/** Makes stored runs again and compares the bytes. */
public final class Reproduction {
    private final Path directory;
    private final String modelVersion;
    private final SpareThreads spare;
    private final Simulator simulator;
    private final Progress progress;
    private final Cancellation cancellation;

    /**
     * Prepares.
     *
     * @param directory results of a run or a sweep
     * @param modelVersion version of the model that runs now
     * @param threads threads for each run
     * @param simulator what runs a world
     * @param progress is told how far it is
     * @param cancellation tells when to stop
     */
    public Reproduction(
            Path directory,
            String modelVersion,
            int threads,
            Simulator simulator,
            Progress progress,
            Cancellation cancellation) {
        this.directory = directory;
        this.modelVersion = modelVersion;
        spare = new SpareThreads(threads - 1);
        this.simulator = simulator;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** Results cannot be compared. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * A run that was made again.
     *
     * @param name its id, or the number of the replicate
     * @param rows rows compared
     * @param differences what differs, a line each; empty if not a byte does
     */
    public record Checked(String name, long rows, List<String> differences) {}

    /**
     * Makes runs again.
     *
     * @param sample how many at most; 0 for all
     * @param seed seed of the choice
     * @return each run that was made
     * @throws RefusedException if there is nothing to compare with
     * @throws IOException if results cannot be read
     * @throws CancellationException if it was told to stop
     */
    public List<Checked> check(int sample, long seed) throws RefusedException, IOException {
        JsonNode block = DataPackage.read(directory)
                .map(p -> p.path("twostacks"))
                .orElseThrow(() -> new RefusedException(directory + " holds no results (" + ResultDirectory.PACKAGE
                        + "); of a sweep, shards must be merged first"));
        String made = block.path("modelVersion").asText();
        if (!made.equals(modelVersion)) {
            throw new RefusedException(
                    directory + " was made by model " + made + ", and this is model " + modelVersion);
        }
        if (block.has("planHash")) {
            return sweep(block.path("planHash").asText(), sample, seed);
        }
        if (block.has("runId")) {
            return run(block, sample, seed);
        }
        throw new RefusedException(directory + " holds results of another kind");
    }

    /** Numbers from 0 up to a bound, all or a random choice, ascending. */
    private static Set<Long> choose(long bound, int sample, long seed) {
        Set<Long> chosen = new TreeSet<>();
        if (sample <= 0 || sample >= bound) {
            for (long i = 0; i < bound; i++) {
                chosen.add(i);
            }
            return chosen;
        }
        UniformRandomProvider random = RandomSource.SPLIT_MIX_64.create(seed);
        while (chosen.size() < sample) {
            chosen.add(random.nextLong(bound));
        }
        return chosen;
    }

    private void month() {
        progress.month();
        if (cancellation.wanted()) {
            throw new RunMaker.Stopped();
        }
    }

    private static String reason(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    // Sweeps ----------------------------------------------------------------------------------------------------------

    private List<Checked> sweep(String planHash, int sample, long seed) throws RefusedException, IOException {
        Plan plan;
        try {
            plan = SweepDirectory.open(directory, modelVersion).plan();
        } catch (SweepDirectory.RefusedException e) {
            throw new RefusedException(e.getMessage());
        }
        if (!plan.hash().equals(planHash)) {
            throw new RefusedException(directory + " holds tables of plan " + planHash.substring(0, 12)
                    + ", and the plan there is " + plan.hash().substring(0, 12) + "; sweep or merge it first");
        }
        Set<Long> chosen = choose(plan.runs(), sample, seed);
        progress.begin(chosen.stream().mapToLong(plan::months).sum());
        RunMaker maker = new RunMaker(plan, simulator);
        Map<String, Map<String, byte[]>> expected = new LinkedHashMap<>();
        List<Table<?>> tables = tables(plan.experiment().series());
        for (long number : chosen) {
            Plan.Run run = plan.run(number);
            Stored stored;
            try {
                stored = maker.make(run, spare, w -> month());
            } catch (RunMaker.Stopped e) {
                throw new CancellationException();
            } catch (RuntimeException e) {
                stored = Stored.failed(run.id(), 0, reason(e));
            }
            Map<String, byte[]> rows = new LinkedHashMap<>();
            ByteArrayOutputStream row = new ByteArrayOutputStream();
            row.write(Merger.runFields(plan, run, stored));
            row.write('\n');
            rows.put("runs.csv", row.toByteArray());
            for (int i = 0; i < tables.size(); i++) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                if (stored.done()) {
                    try (CsvRows out = new CsvRows(bytes)) {
                        Merger.Written.prefixed(Merger.prefix(run), stored.rows(i), out);
                    }
                }
                rows.put(tables.get(i).name() + ".csv", bytes.toByteArray());
            }
            expected.put(run.name(), rows);
        }
        return compare(expected, 1);
    }

    private static List<Table<?>> tables(List<String> names) {
        return Outcomes.TABLES.stream().filter(t -> names.contains(t.name())).collect(Collectors.toList());
    }

    // Runs ------------------------------------------------------------------------------------------------------------

    private List<Checked> run(JsonNode block, int sample, long seed) throws RefusedException, IOException {
        Scenario scenario =
                ScenarioLoader.load(directory.resolve(ResultDirectory.SCENARIO).toString());
        List<String> names = new ArrayList<>();
        boolean gzip = false;
        JsonNode root = DataPackage.read(directory).orElseThrow();
        for (JsonNode resource : root.path("resources")) {
            if ("table".equals(resource.path("type").asText())) {
                names.add(resource.path("name").asText());
                gzip |= resource.path("path").asText().endsWith(".gz");
            }
        }
        RunDescription one = RunDescription.of(
                scenario,
                modelVersion,
                block.path("seed").asLong(),
                block.path("replicates").asInt(),
                Set.copyOf(names),
                gzip);
        RunDescription run;
        try {
            run = one.withDraws(scenario, DataPackage.draws(block));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(directory.resolve(ResultDirectory.PACKAGE) + ": " + e.getMessage());
        }
        if (!run.id().equals(block.path("runId").asText())) {
            throw new RefusedException(directory.resolve(ResultDirectory.SCENARIO) + " is not as it was written");
        }
        Set<Long> chosen = choose(run.replicates(), sample, seed);
        progress.begin((long) chosen.size() * run.world().months());
        Map<String, Map<String, byte[]>> expected = new LinkedHashMap<>();
        for (long number : chosen) {
            int replicate = (int) number + 1;
            Map<Table<?>, ByteArrayOutputStream> streams = new LinkedHashMap<>();
            run.tables().forEach(t -> streams.put(t, new ByteArrayOutputStream()));
            WorldSpec world = run.world(replicate);
            try (ReplicateWriter writer = ReplicateWriter.to(run.scenario(), replicate, streams)) {
                simulator.run(world, run.seed(), replicate, spare, w -> {
                    writer.month(w);
                    month();
                });
            } catch (RunMaker.Stopped e) {
                throw new CancellationException();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            Map<String, byte[]> rows = new LinkedHashMap<>();
            streams.forEach((table, bytes) -> rows.put(run.fileName(table.name()), bytes.toByteArray()));
            expected.put(run.scenario() + "," + replicate, rows);
        }
        return compare(expected, 2);
    }

    // Comparing -------------------------------------------------------------------------------------------------------

    /** Compares rows with those of the files, which are told apart by their first fields. */
    private List<Checked> compare(Map<String, Map<String, byte[]>> expected, int fields) throws IOException {
        Map<String, List<String>> differences = new LinkedHashMap<>();
        Map<String, Long> rows = new LinkedHashMap<>();
        expected.keySet().forEach(key -> differences.put(key, new ArrayList<>()));
        Set<String> files = expected.values().iterator().next().keySet();
        for (String file : files) {
            Map<String, ByteArrayOutputStream> stored = new LinkedHashMap<>();
            expected.keySet().forEach(key -> stored.put(key, new ByteArrayOutputStream()));
            Path path = directory.resolve(file);
            if (!Files.exists(path)) {
                differences.values().forEach(d -> d.add(file + " is missing"));
                continue;
            }
            collect(path, stored, fields);
            expected.forEach((key, tables) -> {
                byte[] there = stored.get(key).toByteArray();
                byte[] made = tables.get(file);
                String difference = difference(there, made);
                if (!difference.isEmpty()) {
                    differences.get(key).add(file + ": " + difference);
                }
                rows.merge(key, new String(made, StandardCharsets.UTF_8).lines().count(), Long::sum);
            });
        }
        List<Checked> checked = new ArrayList<>();
        differences.forEach((key, each) -> checked.add(new Checked(
                fields == 1 ? "run " + key : "replicate " + key.substring(key.indexOf(',') + 1),
                rows.getOrDefault(key, 0L),
                each)));
        return checked;
    }

    private static String difference(byte[] there, byte[] made) {
        if (java.util.Arrays.equals(there, made)) {
            return "";
        }
        String[] stored = new String(there, StandardCharsets.UTF_8).split("\n", -1);
        String[] again = new String(made, StandardCharsets.UTF_8).split("\n", -1);
        int at = 0;
        while (at < Math.min(stored.length, again.length) && stored[at].equals(again[at])) {
            at++;
        }
        String was = at < stored.length ? stored[at] : "";
        String is = at < again.length ? again[at] : "";
        return (stored.length - 1) + " rows stored and " + (again.length - 1) + " made again; row " + (at + 1)
                + " was '" + shorten(was, is) + "' and is '" + shorten(is, was) + "'";
    }

    /** The part of a long line around where it differs from another. */
    private static String shorten(String line, String other) {
        int at = 0;
        while (at < Math.min(line.length(), other.length()) && line.charAt(at) == other.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 40);
        int to = Math.min(line.length(), at + 40);
        return (from > 0 ? "…" : "") + line.substring(from, to) + (to < line.length() ? "…" : "");
    }

    /** Reads a table row by row, line breaks within quotes included, and keeps the rows that are asked for. */
    private static void collect(Path file, Map<String, ByteArrayOutputStream> wanted, int fields) throws IOException {
        try (InputStream in = new BufferedInputStream(Hashes.content(file), 1 << 16)) {
            ByteArrayOutputStream row = new ByteArrayOutputStream();
            boolean quoted = false;
            int separators = 0;
            int key = -1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                row.write(b);
                if (b == '"') {
                    quoted = !quoted;
                } else if (b == ',' && !quoted && ++separators == fields) {
                    key = row.size() - 1;
                } else if (b == '\n' && !quoted) {
                    byte[] bytes = row.toByteArray();
                    ByteArrayOutputStream into =
                            wanted.get(new String(bytes, 0, Math.max(0, key), StandardCharsets.UTF_8));
                    if (into != null) {
                        into.write(bytes);
                    }
                    row.reset();
                    separators = 0;
                    key = -1;
                }
            }
        }
    }
}
