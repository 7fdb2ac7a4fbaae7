package twostacks.world;

import java.util.List;
import java.util.Map;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.DatedEvent;

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
}
