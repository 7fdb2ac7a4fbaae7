package twostacks.output;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import twostacks.input.Numbers;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.scenario.Scenario;
import twostacks.world.WorldSpec;

/**
 * Everything that a run's files depend on, and nothing else: equal descriptions give equal bytes.
 *
 * @param modelVersion version of the model that runs it
 * @param world what the scenario comes to
 * @param resolvedScenario text of the scenario with everything it uses, defaults included
 * @param facts SHA-256 of each table of facts that the scenario used, by name
 * @param seed seed
 * @param replicates number of replicates; they are counted from 1
 * @param tables tables written, in order
 * @param gzip whether tables are compressed
 * @param draws values of parameters by dotted name, which replicates take in turn: the first one the first; empty where
 *     all replicates have those of the world
 */
public record RunDescription(
        String modelVersion,
        WorldSpec world,
        String resolvedScenario,
        Map<String, String> facts,
        long seed,
        int replicates,
        List<Table<?>> tables,
        boolean gzip,
        List<Map<String, Double>> draws) {

    /** Checks and copies. */
    public RunDescription {
        if (replicates < 1) {
            throw new IllegalArgumentException("a run has at least one replicate, not " + replicates);
        }
        facts = Map.copyOf(facts);
        tables = List.copyOf(tables);
        draws = draws.stream().map(Map::copyOf).toList();
    }

    /** A run whose replicates differ in luck only. */
    public RunDescription(
            String modelVersion,
            WorldSpec world,
            String resolvedScenario,
            Map<String, String> facts,
            long seed,
            int replicates,
            List<Table<?>> tables,
            boolean gzip) {
        this(modelVersion, world, resolvedScenario, facts, seed, replicates, tables, gzip, List.of());
    }

    /**
     * The same run, in which replicates differ in parameters too.
     *
     * @param scenario the run's scenario
     * @param taken draws of parameters that replicates take in turn
     * @return its description
     * @throws IllegalArgumentException if a draw does not go with the scenario, telling which and why
     */
    public RunDescription withDraws(Scenario scenario, List<Map<String, Double>> taken) {
        for (int i = 0; i < taken.size(); i++) {
            try {
                scenario.withParameters(taken.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("draw " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new RunDescription(modelVersion, world, resolvedScenario, facts, seed, replicates, tables, gzip, taken);
    }

    /**
     * The draw that a replicate takes.
     *
     * @param replicate number of the replicate, from 1
     * @return values by dotted name; empty if it has the world's
     */
    public Map<String, Double> draw(int replicate) {
        return draws.isEmpty() ? Map.of() : draws.get((replicate - 1) % draws.size());
    }

    /**
     * The world of a replicate.
     *
     * @param replicate number of the replicate, from 1
     * @return what the scenario comes to with its draw
     */
    public WorldSpec world(int replicate) {
        if (draws.isEmpty()) {
            return world;
        }
        Map<String, Double> overrides = new TreeMap<>(world.overrides());
        overrides.putAll(draw(replicate));
        return world.withOverrides(overrides);
    }

    /**
     * Describes a run of a scenario. The resolved scenario names the seed that is used, so that it runs again as it
     * stands.
     *
     * @param scenario scenario
     * @param modelVersion version of the model that runs it
     * @param seed seed
     * @param replicates number of replicates
     * @param onRequest names of the tables that are written although they are on request only
     * @param gzip whether tables are compressed
     * @return its description
     */
    public static RunDescription of(
            Scenario scenario, String modelVersion, long seed, int replicates, Set<String> onRequest, boolean gzip) {
        Scenario seeded = new Scenario(
                scenario.spec(),
                scenario.description(),
                scenario.hypothesis(),
                OptionalLong.of(seed),
                scenario.observed(),
                scenario.facts(),
                scenario.imputed());
        Map<String, String> facts = new TreeMap<>();
        scenario.facts().forEach(f -> facts.put(f.table(), f.sha256()));
        List<Table<?>> tables = Outcomes.TABLES.stream()
                .filter(table -> !table.onRequest() || onRequest.contains(table.name()))
                .toList();
        return new RunDescription(
                modelVersion, scenario.spec(), seeded.resolvedYaml(), facts, seed, replicates, tables, gzip);
    }

    /**
     * Name of the scenario.
     *
     * @return name, as it stands in the files
     */
    public String scenario() {
        return world.name();
    }

    /**
     * What the run is known by: a hash of all that its files depend on.
     *
     * @return 64 hexadecimal digits
     */
    public String id() {
        StringBuilder text = new StringBuilder("twostacks run 1\n");
        text.append("model ").append(modelVersion).append('\n');
        text.append("seed ").append(seed).append('\n');
        text.append("replicates ").append(replicates).append('\n');
        text.append("gzip ").append(gzip).append('\n');
        text.append("tables ").append(new TreeSet<>(tableNames())).append('\n');
        new TreeMap<>(facts)
                .forEach((name, hash) -> text.append("facts ")
                        .append(name)
                        .append(' ')
                        .append(hash)
                        .append('\n'));
        text.append("scenario ").append(Hashes.sha256(resolvedScenario)).append('\n');
        draws.forEach(draw -> {
            text.append("draw");
            new TreeMap<>(draw)
                    .forEach((name, value) ->
                            text.append(' ').append(name).append('=').append(Numbers.text(value)));
            text.append('\n');
        });
        return Hashes.sha256(text.toString());
    }

    /**
     * The same run with another number of replicates. The replicates that both have are the same.
     *
     * @param number number of replicates
     * @return its description
     */
    public RunDescription withReplicates(int number) {
        return new RunDescription(modelVersion, world, resolvedScenario, facts, seed, number, tables, gzip, draws);
    }

    /**
     * Names of the tables written.
     *
     * @return names in order
     */
    public List<String> tableNames() {
        return tables.stream().map(Table::name).toList();
    }

    /**
     * The file that a table is written to.
     *
     * @param table name of the table
     * @return name of the file
     */
    public String fileName(String table) {
        return table + (gzip ? ".csv.gz" : ".csv");
    }
}
