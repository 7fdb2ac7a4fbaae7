package twostacks.analysis.hindcast;

/**
 * How the model's state maps to what a source measures.
 *
 * @param metric metric of the targets that it serves
 * @param family family under which scores are summed up
 * @param reads what it reads off the model, in words
 * @param bias what is known to stand between the two, in words; empty if nothing is
 * @param input whether the model was given these figures, so that meeting them tests nothing
 * @param measure the mapping
 */
public record Operator(String metric, String family, String reads, String bias, boolean input, Measure measure) {

    /** The mapping. */
    @FunctionalInterface
    public interface Measure {
        /**
         * What the source would have measured had the world been the model's.
         *
         * @param history the model's world
         * @param target entity and period to measure; the figure observed is not read
         * @return the figure in the target's unit; NaN where the model has nothing to measure
         */
        double of(UseHistory history, Target target);
    }
}
