package twostacks.analysis.effects;

/**
 * An effect estimated from pairs of runs. What cannot be told is NaN.
 *
 * @param base mean of the base over the pairs
 * @param effect mean of alternative less base
 * @param standardError its standard error
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param pairs pairs in which both sides have a value
 * @param varianceRatio what pairing gains: variance of a difference of unpaired runs over that of pairs; the number of
 *     independent pairs of runs that tell as much as one of these
 * @param lowAtOnce lower end of the interval that holds for all of the family at once
 * @param highAtOnce its upper end
 */
public record Estimate(
        double base,
        double effect,
        double standardError,
        double low,
        double high,
        int pairs,
        double varianceRatio,
        double lowAtOnce,
        double highAtOnce) {

    /**
     * Half of the width of the interval.
     *
     * @return half-width; 0 where all pairs differ by the same, NaN if it cannot be told
     */
    public double halfWidth() {
        return standardError == 0 ? 0 : (high - low) / 2;
    }

    /**
     * Whether the interval that holds for the whole family leaves out 0.
     *
     * @return true if it does
     */
    public boolean clearAtOnce() {
        return lowAtOnce > 0 || highAtOnce < 0;
    }
}
