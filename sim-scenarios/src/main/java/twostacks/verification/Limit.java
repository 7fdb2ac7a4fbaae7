package twostacks.verification;

import java.util.List;

/**
 * A limit in which theory knows the answer.
 *
 * @param id V1 to V13
 * @param title what it is about
 * @param claim what must hold, with the formula
 * @param scenarios names of the scenario files
 * @param source where the expected figures come from
 * @param rule when a figure passes
 * @param parts what is run; parts know nothing of each other, so that they may run side by side
 */
public record Limit(
        String id, String title, String claim, List<String> scenarios, String source, String rule, List<Part> parts) {

    /** A limit whose figures must pass at the rates that {@link Chance} states. */
    static final String BY_CHANCE =
            "within the critical number of standard errors at a false alarm rate of 1e-4 for each figure";

    /** A limit without chance. */
    static final String BY_ROUNDING = "equal to rounding";

    /** Copies the lists. */
    public Limit {
        scenarios = List.copyOf(scenarios);
        parts = List.copyOf(parts);
    }

    /** Some figures of a limit that come from the same runs. */
    @FunctionalInterface
    public interface Part {
        /**
         * Runs the engine and compares.
         *
         * @param laboratory where scenarios are found and run
         * @return figures in the order of the table
         */
        java.util.List<Check> check(Laboratory laboratory);
    }
}
