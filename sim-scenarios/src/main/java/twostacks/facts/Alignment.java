package twostacks.facts;

/**
 * The scale of alignment: a UN ideal point in standard deviations from the mean of all members that vote.
 *
 * <p>The two constants were computed once from the 193 values of the bundled table and stay as they are, so that taking
 * nations out of a scenario, or adding some, moves no other nation.
 */
public final class Alignment {
    /** Mean of the 193 ideal points. */
    public static final double MEAN = -0.030836;

    /** Their standard deviation, all 193 being the population. */
    public static final double STANDARD_DEVIATION = 0.792997;

    private Alignment() {}

    /**
     * The alignment of an ideal point.
     *
     * @param idealPoint ideal point as published, higher is closer to the United States
     * @return standard deviations from the mean
     */
    public static double standardised(double idealPoint) {
        return (idealPoint - MEAN) / STANDARD_DEVIATION;
    }
}
