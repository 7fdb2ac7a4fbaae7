package twostacks.experiment.plan;

import java.util.List;
import java.util.Map;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Factor;
import twostacks.scenario.Scenario;

/**
 * An experiment with everything resolved.
 *
 * @param name name in files
 * @param description what it asks, for people
 * @param scenarios names of the scenarios, in order
 * @param levers names of the levers, in order; one called {@code none} where there are none
 * @param worlds every scenario with every lever, the levers of a scenario together
 * @param factors uncertainties, in order
 * @param design how points are chosen
 * @param replicates replicates of each point, from 1
 * @param seed seed of all runs
 * @param outcomes numbers kept of each run
 * @param groups nations of each group that outcomes may be about
 * @param series names of the tables kept of each run
 * @param inputs texts of the tables that the experiment rests on, by dotted path of the key that names them
 */
public record Experiment(
        String name,
        String description,
        List<String> scenarios,
        List<String> levers,
        List<Option> worlds,
        List<Factor> factors,
        DesignSpec design,
        int replicates,
        long seed,
        List<Outcome> outcomes,
        Map<String, List<String>> groups,
        List<String> series,
        Map<String, String> inputs) {
    /** The lever that is none. */
    public static final String NO_LEVER = "none";

    /** Copies the lists. */
    public Experiment {
        scenarios = List.copyOf(scenarios);
        levers = List.copyOf(levers);
        worlds = List.copyOf(worlds);
        factors = List.copyOf(factors);
        outcomes = List.copyOf(outcomes);
        series = List.copyOf(series);
    }

    /**
     * A scenario under a lever.
     *
     * @param scenario name of the scenario
     * @param lever name of the lever
     * @param world what they come to
     */
    public record Option(String scenario, String lever, Scenario world) {}

    /**
     * The parameters that vary.
     *
     * @return axes, factor by factor
     */
    public List<Axis> axes() {
        return DesignSpec.axes(factors);
    }
}
