package twostacks.output;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import twostacks.input.Node;
import twostacks.input.Source;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/** The baseline in small: five nations of 200 adopters for six months, which takes a moment. */
public final class SmallWorld {
    /** Months simulated. */
    public static final int MONTHS = 6;

    private static final Scenario SCENARIO = load();

    private SmallWorld() {}

    /**
     * The scenario.
     *
     * @return a scenario named baseline
     */
    public static Scenario scenario() {
        return SCENARIO;
    }

    private static Scenario load() {
        List<Node.Mapping> overlays = Stream.of(
                        Map.entry("nations.only", "[USA, CHN, IND, CIV, KEN]"),
                        Map.entry("horizon.months", Integer.toString(MONTHS)),
                        Map.entry("population.adoptersPerNation", "200"))
                .map(e -> ScenarioLoader.setting(e.getKey(), e.getValue()))
                .toList();
        return ScenarioLoader.load("baseline", overlays);
    }

    /**
     * The scenario, read back from what a run says it used.
     *
     * @param resolved text of {@code scenario.resolved.yaml}
     * @return a scenario
     */
    public static Scenario scenario(String resolved) {
        return ScenarioLoader.load(Source.of("scenario.resolved.yaml", resolved));
    }

    /**
     * A run of it.
     *
     * @param seed seed
     * @param replicates number of replicates
     * @return its description, all tables included
     */
    public static RunDescription run(long seed, int replicates) {
        return RunDescription.of(scenario(), "1.2.3", seed, replicates, Set.of("segments", "offers"), false);
    }
}
