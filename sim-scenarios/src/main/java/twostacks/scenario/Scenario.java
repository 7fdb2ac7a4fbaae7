package twostacks.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import twostacks.parameters.ParameterSpace;
import twostacks.world.WorldSpec;

/**
 * A scenario with everything resolved.
 *
 * @param spec what determines a run, seed and replicate apart
 * @param description what it assumes, for people
 * @param hypothesis what a run of it may refute, for people
 * @param seed the seed that its file asks for
 * @param observed whether releases and prices until the data end are the observed ones
 * @param facts the tables that it rests on
 * @param imputed figures of nations that are medians instead of observations, as {@code PRK.internet_share}
 */
public record Scenario(
        WorldSpec spec,
        String description,
        String hypothesis,
        OptionalLong seed,
        boolean observed,
        List<Facts> facts,
        List<String> imputed) {

    /** Copies the lists. */
    public Scenario {
        facts = List.copyOf(facts);
        imputed = List.copyOf(imputed);
    }

    /**
     * A table that a scenario rests on.
     *
     * @param table nations, models, events or labs
     * @param file name of its file, as the scenario has it
     * @param sha256 hash of its bytes
     */
    public record Facts(String table, String file, String sha256) {}

    /**
     * Its name.
     *
     * @return name in files
     */
    public String name() {
        return spec.name();
    }

    /**
     * The same scenario with other values of some parameters.
     *
     * @param overrides values by dotted name
     * @return a scenario; of the values given, those that are the baseline are no overrides
     * @throws IllegalArgumentException naming the first that is unknown or out of bounds, or all that do not go
     *     together
     */
    public Scenario withParameters(Map<String, Double> overrides) {
        spec.space().with(overrides);
        Map<String, Double> all = new LinkedHashMap<>(spec.overrides());
        all.putAll(overrides);
        all.entrySet()
                .removeIf(e -> Objects.equals(
                        e.getValue(), spec.space().entries().get(e.getKey()).baseline()));
        WorldSpec other = spec.withOverrides(all);
        List<ParameterSpace.Conflict> conflicts = other.conflicts();
        if (!conflicts.isEmpty()) {
            throw new IllegalArgumentException(conflicts.stream()
                    .map(c -> c.message() + "; expected " + c.allowed())
                    .collect(Collectors.joining(". ")));
        }
        return withSpec(other);
    }

    /**
     * The same scenario for another number of months.
     *
     * @param months number of months
     * @return a scenario
     */
    public Scenario withMonths(int months) {
        return withSpec(new WorldSpec(
                spec.name(),
                spec.startMonth(),
                months,
                spec.dataEnd(),
                spec.space(),
                spec.overrides(),
                spec.nations(),
                spec.labs(),
                spec.events(),
                spec.ownOffers(),
                spec.mirrored()));
    }

    /**
     * What would not hold between its parameters if some had other values.
     *
     * @param overrides values by dotted name, each known and within its bounds
     * @return conflicts; empty if there are none
     */
    public List<ParameterSpace.Conflict> conflicts(Map<String, Double> overrides) {
        Map<String, Double> all = new LinkedHashMap<>(spec.overrides());
        all.putAll(overrides);
        return spec.withOverrides(all).conflicts();
    }

    private Scenario withSpec(WorldSpec other) {
        return new Scenario(other, description, hypothesis, seed, observed, facts, imputed);
    }

    /**
     * Everything that a run of it uses, defaults included, as a scenario file that rests on nothing else.
     *
     * @return YAML, the same bytes on every platform; reading it gives an equal scenario
     */
    public String resolvedYaml() {
        return new ResolvedWriter(this).write();
    }
}
