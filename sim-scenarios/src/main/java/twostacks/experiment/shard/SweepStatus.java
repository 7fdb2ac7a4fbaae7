package twostacks.experiment.shard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import twostacks.experiment.plan.Plan;
import twostacks.output.DataPackage;

/**
 * How far a sweep is.
 *
 * @param runs runs of the plan
 * @param done runs that ended well
 * @param failed runs that failed
 * @param missing runs of which nothing is stored
 * @param reasons how many runs failed for what reason
 * @param failures the first of the runs that failed, in words
 * @param replicates runs stored of each replicate
 * @param meanNanos mean time of a run
 * @param attempts chunks that are being written, or whose writer was killed
 * @param damaged chunks that are not whole
 * @param conflicts runs with two results, in words
 * @param builds what the programs were built from that did the runs
 * @param merged whether the tables of this very plan are there
 */
public record SweepStatus(
        long runs,
        long done,
        long failed,
        long missing,
        Map<String, Long> reasons,
        List<String> failures,
        Map<Integer, Long> replicates,
        long meanNanos,
        int attempts,
        List<String> damaged,
        List<String> conflicts,
        Set<String> builds,
        boolean merged) {
    private static final int MOST_NAMED = 20;

    /**
     * Looks at a sweep.
     *
     * @param directory its directory
     * @return how far it is
     * @throws IOException if it cannot be read
     */
    public static SweepStatus of(SweepDirectory directory) throws IOException {
        Plan plan = directory.plan();
        var read = DataPackage.read(directory.path()).map(p -> p.path("twostacks"));
        boolean merged = read.isPresent()
                && plan.hash().equals(read.get().path("planHash").asText());
        try (RunIndex index = new RunIndex()) {
            index.add(directory.runs());
            if (merged && index.size() == 0 && !Files.exists(directory.runs())) {
                long failed = read.get().path("failed").asLong();
                return new SweepStatus(
                        plan.runs(),
                        plan.runs() - failed,
                        failed,
                        0,
                        Map.of(),
                        List.of(),
                        Map.of(),
                        0,
                        0,
                        List.of(),
                        List.of(),
                        Set.of(),
                        true);
            }
            long done = 0;
            long failed = 0;
            Map<String, Long> reasons = new TreeMap<>();
            List<String> failures = new ArrayList<>();
            Map<Integer, Long> replicates = new LinkedHashMap<>();
            for (long number = 0; number < plan.runs(); number++) {
                Plan.Run run = plan.run(number);
                replicates.merge(run.replicate(), index.has(run.id()) ? 1L : 0L, Long::sum);
                if (index.done(run.id())) {
                    done++;
                } else if (index.has(run.id())) {
                    failed++;
                    String reason = new String(index.get(run.id()).content(), StandardCharsets.UTF_8);
                    reasons.merge(reason, 1L, Long::sum);
                    if (failures.size() < MOST_NAMED) {
                        failures.add(run.name() + " (" + run.option().scenario() + ", point " + run.point() + ", lever "
                                + run.option().lever() + ", replicate " + run.replicate() + "): " + reason);
                    }
                }
            }
            return new SweepStatus(
                    plan.runs(),
                    done,
                    failed,
                    plan.runs() - done - failed,
                    reasons,
                    failures,
                    replicates,
                    index.meanNanos(),
                    index.parts(),
                    List.copyOf(index.damaged()),
                    index.conflicts().stream()
                            .map(c -> "run " + c.run() + " has one result in " + c.first() + " and another in "
                                    + c.second())
                            .toList(),
                    index.builds(),
                    merged);
        }
    }

    /**
     * Whether every run ended well.
     *
     * @return true if nothing failed and nothing is missing
     */
    public boolean complete() {
        return done == runs && conflicts.isEmpty();
    }
}
