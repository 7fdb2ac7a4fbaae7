package twostacks.analysis.sensitivity;

/**
 * An index of sensitivity.
 *
 * @param method sobol, morris, binned or pawn
 * @param factor factor; (seed) for luck
 * @param measure which index of the method
 * @param value its estimate; NaN if it cannot be told
 * @param low lower end of its bootstrap interval
 * @param high upper end
 * @param sample number of blocks, trajectories or points it rests on
 */
public record Index(String method, String factor, String measure, double value, double low, double high, int sample) {
    /** What luck is called among the factors. */
    public static final String SEED = "(seed)";
}
