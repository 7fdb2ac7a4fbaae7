package twostacks.analysis.calibration;

/** How far figures are from what was observed. */
@FunctionalInterface
public interface Distance {
    /**
     * Measures.
     *
     * @param figures what a simulation gave
     * @return distance, ≥ 0, less is nearer
     */
    double of(double[] figures);
}
