package twostacks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twostacks.analysis.effects.Comparison;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.ResultPackage;
import twostacks.experiment.Job;
import twostacks.output.ResultDirectory;
import twostacks.output.RunDescription;
import twostacks.parameters.Group;
import twostacks.scenario.Ablation;
import twostacks.scenario.Scenario;

/**
 * The runs of a comparison and where they stand: the base and each alternative with the same luck, and the mixtures of
 * them that tell effects apart.
 *
 * @param base scenario that the others are compared with
 * @param alternatives the others, by name
 * @param directory directory of the comparison
 * @param seed seed of all runs
 * @param gzip whether tables of the pairs are compressed
 */
record ComparisonRuns(Scenario base, Map<String, Scenario> alternatives, Path directory, long seed, boolean gzip) {
    private static final String ATTRIBUTION = "attribution";

    /** Where the runs of the base stand. */
    Path ofBase() {
        return directory.resolve("base");
    }

    /** Where the runs of each alternative stand. */
    Map<String, Path> ofAlternatives() {
        Map<String, Path> runs = new LinkedHashMap<>();
        alternatives.keySet().forEach(name -> runs.put(name, ofAlternative(name)));
        return runs;
    }

    private Path ofAlternative(String name) {
        return directory.resolve("alternatives").resolve(name);
    }

    private RunDescription description(Scenario scenario, int pairs, boolean packed) {
        return RunDescription.of(scenario, VersionProvider.version(), seed, pairs, Set.of(), packed);
    }

    /**
     * The pairs.
     *
     * @param pairs number of pairs
     * @return a job of as many runs for the base, then one for each alternative
     */
    List<Job> pairs(int pairs) {
        List<Job> jobs = new ArrayList<>();
        jobs.add(new Job(description(base, pairs, gzip), ofBase()));
        alternatives.forEach((name, s) -> jobs.add(new Job(description(s, pairs, gzip), ofAlternative(name))));
        return jobs;
    }

    /** Most pairs that stand there already. */
    int there() {
        return pairs(1).stream()
                .mapToInt(j -> ResultDirectory.replicates(j.directory(), j.run()))
                .max()
                .orElse(0);
    }

    /**
     * The mixtures of the base and each alternative.
     *
     * @param pairs number of runs of each
     * @param coalitions receives, by alternative, the groups of differences and where each set of them stands
     * @return the jobs that make them; the empty set and the full one are runs of pairs
     */
    List<Job> mixtures(int pairs, Map<String, Comparison.Coalitions> coalitions) {
        List<Job> jobs = new ArrayList<>();
        alternatives.forEach((name, scenario) -> {
            Ablation ablation = Ablation.of(base, scenario);
            List<Group> groups = ablation.groups();
            if (groups.isEmpty()) {
                return;
            }
            List<Path> runs = new ArrayList<>();
            int last = (1 << groups.size()) - 1;
            for (int set = 0; set <= last; set++) {
                if (set == 0) {
                    runs.add(ofBase());
                } else if (set == last) {
                    runs.add(ofAlternative(name));
                } else {
                    Set<Group> moved = EnumSet.noneOf(Group.class);
                    for (int g = 0; g < groups.size(); g++) {
                        if ((set >>> g & 1) != 0) {
                            moved.add(groups.get(g));
                        }
                    }
                    Path where = directory.resolve(ATTRIBUTION).resolve(name).resolve(Ablation.names(moved));
                    runs.add(where);
                    jobs.add(new Job(onlyWhatIsRead(description(ablation.mix(moved), pairs, true)), where));
                }
            }
            coalitions.put(
                    name,
                    new Comparison.Coalitions(
                            groups.stream().map(Ablation::name).toList(), runs));
        });
        return jobs;
    }

    private static RunDescription onlyWhatIsRead(RunDescription run) {
        return new RunDescription(
                run.modelVersion(),
                run.world(),
                run.resolvedScenario(),
                run.facts(),
                run.seed(),
                run.replicates(),
                run.tables().stream()
                        .filter(t -> t.name().equals("nations") || t.name().equals("world"))
                        .toList(),
                run.gzip());
    }

    /** What else stands in the directory, in words; empty if nothing is in the way. */
    String occupied() {
        if (!Files.exists(directory.resolve(ResultPackage.FILE))) {
            return "";
        }
        try {
            ResultPackage there = ResultPackage.open(directory);
            if (!there.kind().equals("comparison")) {
                return there.kind().isEmpty() ? "results of something else" : "a " + there.kind();
            }
            Set<String> names = new LinkedHashSet<>();
            there.block().path("alternatives").forEach(n -> names.add(n.asText()));
            boolean same = there.block().path("base").asText().equals(base.name())
                    && alternatives.keySet().containsAll(names);
            return same
                    ? ""
                    : "a comparison of " + there.block().path("base").asText() + " with " + String.join(", ", names);
        } catch (ResultException e) {
            return ""; // a comparison that was not finished; its runs are looked at one by one
        }
    }

    /** Says which runs were compared, under {@code base} and {@code runs}. */
    void describe(ObjectNode block) {
        block.put("base", base.name());
        ObjectNode runs = block.putObject("runs");
        runs.put(base.name(), runId(ofBase()));
        ofAlternatives().forEach((name, where) -> runs.put(name, runId(where)));
    }

    /** Says what each alternative changes, by group of differences, under {@code causes}. */
    void describeCauses(ObjectNode block) {
        ObjectNode causes = block.putObject("causes");
        alternatives.forEach((name, scenario) -> {
            Ablation ablation = Ablation.of(base, scenario);
            ObjectNode of = causes.putObject(name);
            for (Group group : ablation.groups()) {
                ablation.differences(group)
                        .forEach(d -> of.withArray("/" + Ablation.name(group)).add(d));
            }
        });
    }

    private static String runId(Path run) {
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(run.resolve(ResultPackage.FILE)));
            return root.path("twostacks").path("runId").asText();
        } catch (IOException e) {
            return "";
        }
    }
}
