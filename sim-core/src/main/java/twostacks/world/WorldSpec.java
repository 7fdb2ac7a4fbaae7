package twostacks.world;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;

/**
 * Everything that determines a run, seed and replicate apart.
 *
 * @param name name of the scenario
 * @param startMonth first month, counted from the year 0 (year × 12 + month − 1)
 * @param months number of months
 * @param dataEnd first month that is not observed any more; {@code startMonth} or earlier for a history that the
 *     equations make from the start
 * @param space registry of parameters for the scenario's segments
 * @param overrides parameters that differ from their baseline, by dotted name
 * @param nations nations, in any order
 * @param labs labs, in the order in which their offers are listed
 * @param events events, observed ones included, in any order
 * @param ownOffers whether nations may have a sovereign model
 * @param mirrored whether draws and orders are those of the mirror image in which the two powers change sides
 */
public record WorldSpec(
        String name,
        int startMonth,
        int months,
        int dataEnd,
        ParameterSpace space,
        Map<String, Double> overrides,
        List<NationFacts> nations,
        List<LabSpec> labs,
        List<DatedEvent> events,
        boolean ownOffers,
        boolean mirrored) {

    /** Copies the lists, so that a spec cannot change. */
    public WorldSpec {
        overrides = Map.copyOf(overrides);
        nations = List.copyOf(nations);
        labs = List.copyOf(labs);
        events = List.copyOf(events);
        if (months < 1) {
            throw new IllegalArgumentException("a run lasts at least a month, not " + months);
        }
    }

    /**
     * The same world with other parameters.
     *
     * @param others parameters that differ from their baseline, by dotted name, in place of {@link #overrides()}
     * @return a spec
     */
    public WorldSpec withOverrides(Map<String, Double> others) {
        return new WorldSpec(
                name, startMonth, months, dataEnd, space, others, nations, labs, events, ownOffers, mirrored);
    }

    /**
     * What must hold between parameters and does not, at the start or once events have changed some.
     *
     * @return conflicts, each once; empty if there are none
     */
    public List<ParameterSpace.Conflict> conflicts() {
        Set<ParameterSpace.Conflict> conflicts = new LinkedHashSet<>(space.conflicts(overrides));
        List<DatedEvent> changes = events.stream()
                .filter(e -> e.what() instanceof Intervention.Set)
                .sorted(Comparator.comparingInt(DatedEvent::month))
                .toList();
        for (DatedEvent change : changes) {
            // Values change where a change begins, and where one ends.
            conflicts.addAll(space.conflicts(parametersIn(change.month(), changes)));
            if (change.months() != DatedEvent.TO_THE_END) {
                conflicts.addAll(space.conflicts(parametersIn(change.month() + change.months(), changes)));
            }
        }
        return List.copyOf(conflicts);
    }

    /** The overrides of a month: of changes in force the later one counts. */
    private Map<String, Double> parametersIn(int month, List<DatedEvent> changes) {
        Map<String, Double> parameters = new HashMap<>(overrides);
        for (DatedEvent change : changes) {
            if (change.inForce(month) && change.what() instanceof Intervention.Set set) {
                parameters.put(set.parameter(), set.value());
            }
        }
        return parameters;
    }
}
