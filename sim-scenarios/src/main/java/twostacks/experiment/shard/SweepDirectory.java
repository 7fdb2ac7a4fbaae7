package twostacks.experiment.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.ExperimentLoader;
import twostacks.experiment.plan.Plan;
import twostacks.output.Durable;
import twostacks.output.Json;
import twostacks.output.ResultDirectory;

/**
 * A directory with a plan, the experiment in full, and the runs that are stored.
 *
 * <p>Several processes, on several machines, may work in it at once. The plan is written once and is never changed,
 * except that a longer one of the same experiment may take its place.
 */
public final class SweepDirectory {
    /** The plan. */
    public static final String PLAN = "plan.json";
    /** The experiment in full. */
    public static final String EXPERIMENT = "experiment.resolved.yaml";
    /** Where runs are stored. */
    public static final String RUNS = "runs";

    private static final String HASH = "planHash";

    private final Path path;
    private final Plan plan;
    private final Set<String> earlier;

    private SweepDirectory(Path path, Plan plan, Set<String> earlier) {
        this.path = path;
        this.plan = plan;
        this.earlier = earlier;
    }

    /** A directory cannot be used for a plan. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Opens a directory for a plan, and writes the plan there if it is new.
     *
     * @param path directory
     * @param plan plan
     * @param build what the program is built from
     * @param force whether whatever else is there gives way
     * @return the directory
     * @throws RefusedException if it holds something else
     * @throws IOException if it cannot be read or written
     */
    public static SweepDirectory open(Path path, Plan plan, String build, boolean force)
            throws RefusedException, IOException {
        if (Files.exists(path.resolve(PLAN))) {
            JsonNode there = read(path);
            Set<String> earlier = earlier(there);
            String hash = there.path(HASH).asText();
            if (hash.equals(plan.hash())) {
                return new SweepDirectory(path, plan, earlier);
            }
            if (there.path("coreHash").asText().equals(plan.coreHash())) {
                earlier.add(hash);
                earlier.remove(plan.hash());
                return write(path, plan, build, earlier);
            }
            if (!force) {
                throw new RefusedException(path + " holds another plan ("
                        + there.path("experiment").asText() + ", "
                        + there.path("runs").asLong() + " runs, model "
                        + there.path("modelVersion").asText() + ", plan "
                        + abbreviated(hash) + "), and this is plan " + abbreviated(plan.hash()));
            }
            clear(path);
        } else if (Files.exists(path.resolve(ResultDirectory.PACKAGE)) && !force) {
            throw new RefusedException(path + " holds the results of something else");
        }
        return write(path, plan, build, new LinkedHashSet<>());
    }

    /**
     * A directory as it would be for a plan; nothing is written.
     *
     * @param path directory, which need not exist
     * @param plan plan
     * @return the directory
     */
    public static SweepDirectory prospective(Path path, Plan plan) {
        return new SweepDirectory(path, plan, new LinkedHashSet<>());
    }

    /**
     * Opens a directory that holds a plan.
     *
     * @param path directory
     * @param modelVersion version of the model
     * @return the directory
     * @throws RefusedException if there is no plan in it that this program can carry out
     * @throws IOException if it cannot be read
     */
    public static SweepDirectory open(Path path, String modelVersion) throws RefusedException, IOException {
        if (!Files.exists(path.resolve(PLAN))) {
            throw new RefusedException(path + " holds no plan of a sweep (" + PLAN + ")");
        }
        JsonNode there = read(path);
        String made = there.path("modelVersion").asText();
        if (!made.equals(modelVersion)) {
            throw new RefusedException(
                    path + " holds a plan for model " + made + ", and this is model " + modelVersion);
        }
        Experiment experiment = ExperimentLoader.load(path.resolve(EXPERIMENT).toString());
        Plan plan = new Plan(experiment, modelVersion);
        if (!plan.hash().equals(there.path(HASH).asText())) {
            throw new RefusedException(path.resolve(EXPERIMENT)
                    + " is not as it was written, or another build reads it otherwise: it comes to plan "
                    + abbreviated(plan.hash()) + ", and " + PLAN + " says "
                    + abbreviated(there.path(HASH).asText()));
        }
        return new SweepDirectory(path, plan, earlier(there));
    }

    private static JsonNode read(Path path) throws RefusedException, IOException {
        try {
            JsonNode read = new ObjectMapper().readTree(Files.readAllBytes(path.resolve(PLAN)));
            if (read != null && read.path(HASH).isTextual()) {
                return read;
            }
        } catch (JsonProcessingException | CharConversionException e) {
            // below
        }
        throw new RefusedException(path.resolve(PLAN) + " is no plan that twostacks wrote");
    }

    private static String abbreviated(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    private static Set<String> earlier(JsonNode plan) {
        Set<String> earlier = new LinkedHashSet<>();
        plan.path("earlier").forEach(e -> earlier.add(e.asText()));
        return earlier;
    }

    private static SweepDirectory write(Path path, Plan plan, String build, Set<String> earlier) throws IOException {
        Files.createDirectories(path.resolve(RUNS));
        writeExperiment(path, plan);
        Durable.write(path.resolve(PLAN), json(plan, build, earlier));
        return new SweepDirectory(path, plan, earlier);
    }

    /** Writes the experiment with all that it rests on. */
    static void writeExperiment(Path path, Plan plan) throws IOException {
        for (Map.Entry<String, String> file : plan.files().entrySet()) {
            Path to = path.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Durable.write(to, file.getValue());
        }
        Durable.write(path.resolve(EXPERIMENT), plan.resolved());
    }

    /** The text of {@code plan.json}. */
    static String json(Plan plan, String build, Set<String> earlier) {
        Experiment experiment = plan.experiment();
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("experiment", experiment.name());
        root.put(HASH, plan.hash());
        root.put("coreHash", plan.coreHash());
        ArrayNode before = root.putArray("earlier");
        earlier.forEach(before::add);
        root.put("modelVersion", plan.modelVersion());
        root.put("build", build);
        root.put("runs", plan.runs());
        root.put("replicates", experiment.replicates());
        root.put("points", plan.design().points());
        root.put("design", experiment.design().kind().key());
        experiment.scenarios().forEach(root.withArray("/scenarios")::add);
        experiment.levers().forEach(root.withArray("/levers")::add);
        experiment.axes().forEach(a -> root.withArray("/factors").add(a.name()));
        root.put("seed", experiment.seed());
        root.put("order", "replicate, point, scenario, lever");
        return Json.text(root);
    }

    /** Removes all that a sweep left. */
    private static void clear(Path path) throws IOException {
        ResultDirectory held = ResultDirectory.take(path);
        try {
            held.removeOldResults();
        } finally {
            held.removeUnfinished();
        }
        for (String name : List.of("worlds", "inputs", RUNS, "slurm")) {
            remove(path.resolve(name));
        }
        Files.deleteIfExists(path.resolve(EXPERIMENT));
        Files.deleteIfExists(path.resolve(PLAN));
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(path)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * The directory.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    /**
     * The plan.
     *
     * @return the plan
     */
    public Plan plan() {
        return plan;
    }

    /** Where runs are stored. */
    Path runs() {
        return path.resolve(RUNS);
    }

    /** Whether runs made for a plan may be here. */
    boolean knows(String hash) {
        return hash.equals(plan.hash()) || earlier.contains(hash);
    }

    /**
     * Removes what attempts left that were killed on this machine.
     *
     * @throws IOException if it cannot
     */
    void removeDeadParts() throws IOException {
        List<Path> dead = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(runs(), "*" + ChunkWriter.PART)) {
            for (Path part : parts) {
                if (Attempt.dead(part.getFileName().toString())) {
                    dead.add(part);
                }
            }
        }
        for (Path part : dead) {
            Files.deleteIfExists(part);
        }
    }
}
