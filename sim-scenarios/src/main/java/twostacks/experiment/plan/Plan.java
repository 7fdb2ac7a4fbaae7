package twostacks.experiment.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Design;
import twostacks.experiment.plan.Experiment.Option;
import twostacks.output.Hashes;
import twostacks.scenario.Scenario;

/**
 * The runs that an experiment comes to, each with an id that says all that its result depends on. Any run can be asked
 * for by its number, so that a million of them need no memory to speak of.
 *
 * <p>Runs are in the order replicate, point, scenario, lever: whoever stops in the middle has every point of the design,
 * or the first points of it, under every scenario and lever. All runs of a replicate meet the same luck (common random
 * numbers): a draw is keyed by the seed and the replicate, whatever the point, the scenario or the lever.
 */
public final class Plan {
    private final Experiment experiment;
    private final String modelVersion;
    private final Design design;
    private final List<Axis> axes;
    private final byte[][] worldHashes;
    private final byte[] kept;
    private final Map<Integer, Integer> copies;
    private final String hash;
    private final String coreHash;
    private final String resolved;
    private final Map<String, String> files;

    /**
     * A plan.
     *
     * @param experiment experiment
     * @param modelVersion version of the model that runs it
     */
    public Plan(Experiment experiment, String modelVersion) {
        this.experiment = experiment;
        this.modelVersion = modelVersion;
        this.design = experiment.design().build(experiment.factors());
        this.axes = experiment.axes();
        ResolvedExperiment text = new ResolvedExperiment(experiment);
        this.files = text.files();
        this.resolved = text.text();
        this.worldHashes = new byte[experiment.worlds().size()][];
        StringBuilder worlds = new StringBuilder();
        int i = 0;
        for (String world : text.worlds().values()) {
            String sha256 = Hashes.sha256(world);
            worlds.append("world ").append(sha256).append('\n');
            worldHashes[i++] = sha256.getBytes(StandardCharsets.US_ASCII);
        }
        StringBuilder keep = new StringBuilder("keep\n");
        experiment
                .outcomes()
                .forEach(o ->
                        keep.append(o.name()).append(' ').append(o.nations()).append('\n'));
        keep.append(experiment.series());
        this.kept = Hashes.sha256(keep.toString()).getBytes(StandardCharsets.US_ASCII);
        String head = "twostacks plan 1\nmodel " + modelVersion + "\n" + worlds;
        this.hash = Hashes.sha256(head + text.hashed(true));
        this.coreHash = Hashes.sha256(head + text.hashed(false));
        this.copies = copies();
    }

    /**
     * A run of the plan.
     *
     * @param number its number in the plan, from 0
     * @param id what it is known by
     * @param option scenario and lever
     * @param world place of the option among the experiment's worlds
     * @param point point of the design
     * @param replicate replicate, from 1
     * @param values values of the parameters that vary
     */
    public record Run(long number, long id, Option option, int world, int point, int replicate, double[] values) {
        /**
         * The id as it is written.
         *
         * @return 16 hexadecimal digits
         */
        public String name() {
            return Plan.name(id);
        }
    }

    /**
     * An id as it is written.
     *
     * @param id id
     * @return 16 hexadecimal digits
     */
    public static String name(long id) {
        String digits = Long.toHexString(id);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /**
     * The experiment.
     *
     * @return the experiment
     */
    public Experiment experiment() {
        return experiment;
    }

    /**
     * The design.
     *
     * @return the design
     */
    public Design design() {
        return design;
    }

    /**
     * Version of the model.
     *
     * @return the version
     */
    public String modelVersion() {
        return modelVersion;
    }

    /**
     * What the plan is known by.
     *
     * @return 64 hexadecimal digits
     */
    public String hash() {
        return hash;
    }

    /**
     * What plans have in common that differ in the length of their design and the number of replicates only.
     *
     * @return 64 hexadecimal digits
     */
    public String coreHash() {
        return coreHash;
    }

    /**
     * The experiment as a file that rests on nothing but {@link #files()} beside it.
     *
     * @return YAML
     */
    public String resolved() {
        return resolved;
    }

    /**
     * What the resolved experiment rests on.
     *
     * @return texts by relative path
     */
    public Map<String, String> files() {
        return files;
    }

    /**
     * How many runs there are.
     *
     * @return their number
     */
    public long runs() {
        return (long) experiment.replicates()
                * design.points()
                * experiment.worlds().size();
    }

    /**
     * Months to simulate in a run.
     *
     * @param number number of the run
     * @return months
     */
    public int months(long number) {
        return experiment
                .worlds()
                .get((int) (number % experiment.worlds().size()))
                .world()
                .spec()
                .months();
    }

    /**
     * A run.
     *
     * @param number its number, from 0
     * @return the run
     */
    public Run run(long number) {
        int options = experiment.worlds().size();
        int world = (int) (number % options);
        long rest = number / options;
        int point = (int) (rest % design.points());
        int replicate = (int) (rest / design.points()) + 1;
        double[] values = new double[axes.size()];
        design.values(
                point, experiment.factors(), new double[experiment.factors().size()], values);
        return new Run(
                number,
                id(world, point, replicate, values),
                experiment.worlds().get(world),
                world,
                point,
                replicate,
                values);
    }

    private long id(int world, int point, int replicate, double[] values) {
        MessageDigest digest = Hashes.digest();
        digest.update("twostacks run in a sweep 1\n".getBytes(StandardCharsets.US_ASCII));
        digest.update((modelVersion + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(worldHashes[world]);
        digest.update((experiment.worlds().get(world).lever() + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(kept);
        ByteBuffer numbers = ByteBuffer.allocate(24);
        numbers.putLong(experiment.seed()).putLong(replicate).putLong(copies.getOrDefault(point, 0));
        digest.update(numbers.array());
        for (int i = 0; i < values.length; i++) {
            digest.update((axes.get(i).name() + "=").getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(Long.BYTES)
                    .putLong(Double.doubleToLongBits(values[i]))
                    .array());
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Points with the values of an earlier one, and how many earlier ones there are. */
    private Map<Integer, Integer> copies() {
        long[] all = new long[design.points()];
        double[] u = new double[experiment.factors().size()];
        double[] values = new double[axes.size()];
        for (int point = 0; point < all.length; point++) {
            all[point] = fingerprint(point, u, values);
        }
        long[] sorted = all.clone();
        Arrays.sort(sorted);
        boolean distinct = true;
        for (int i = 1; i < sorted.length && distinct; i++) {
            distinct = sorted[i] != sorted[i - 1];
        }
        Map<Integer, Integer> found = new HashMap<>();
        if (!distinct) {
            Map<Long, Integer> seen = new HashMap<>();
            for (int point = 0; point < all.length; point++) {
                int before = seen.merge(all[point], 1, Integer::sum) - 1;
                if (before > 0) {
                    found.put(point, before);
                }
            }
        }
        return found;
    }

    private long fingerprint(int point, double[] u, double[] values) {
        design.values(point, experiment.factors(), u, values);
        long mixed = 1;
        for (double value : values) {
            mixed = (mixed ^ Double.doubleToLongBits(value)) * 0x9e3779b97f4a7c15L;
            mixed ^= mixed >>> 32;
        }
        return mixed;
    }

    /**
     * The world of a run.
     *
     * @param run a run
     * @return its scenario with the values of its point
     */
    public Scenario scenario(Run run) {
        Map<String, Double> overrides = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
            overrides.put(axes.get(i).name(), run.values()[i]);
        }
        return run.option().world().withParameters(overrides);
    }

    /**
     * The hashes of the tables that the worlds rest on.
     *
     * @return SHA-256 by table; where scenarios rest on different tables, all of them
     */
    public Map<String, List<String>> facts() {
        Map<String, List<String>> facts = new java.util.TreeMap<>();
        for (Option option : experiment.worlds()) {
            for (Scenario.Facts table : option.world().facts()) {
                List<String> hashes = facts.computeIfAbsent(table.table(), t -> new ArrayList<>());
                if (!hashes.contains(table.sha256())) {
                    hashes.add(table.sha256());
                }
            }
        }
        return facts;
    }
}
