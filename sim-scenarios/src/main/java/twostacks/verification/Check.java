package twostacks.verification;

/**
 * One figure of a limit: what theory expects, what the engine gave.
 *
 * @param limit id of the limit
 * @param what what is compared
 * @param expected figure from theory
 * @param got figure from the engine
 * @param standardError standard error of {@code got} if theory holds; NaN where no chance is involved
 * @param tolerance greatest distance that passes
 * @param detectable an error of this size in {@code got} is caught with probability .99 or more
 */
public record Check(
        String limit,
        String what,
        double expected,
        double got,
        double standardError,
        double tolerance,
        double detectable) {

    /**
     * Whether the engine gave what theory expects.
     *
     * @return true if it did, to within the tolerance
     */
    public boolean holds() {
        // Written so that no number at all is a miss.
        return Math.abs(got - expected) <= tolerance;
    }

    /**
     * The verdict as the table has it.
     *
     * @return ok or MISS
     */
    public String verdict() {
        return holds() ? "ok" : "MISS";
    }

    /** A figure without chance; the tolerance is for rounding. */
    static Check exact(String limit, String what, double expected, double got, double tolerance) {
        return new Check(limit, what, expected, got, Double.NaN, tolerance, 2 * tolerance);
    }

    /** A number of violations: there may be none. */
    static Check none(String limit, String what, long violations) {
        return new Check(limit, what, 0, violations, Double.NaN, 0, 1);
    }

    /** A figure whose standard error theory knows. */
    static Check sampled(String limit, String what, double expected, double got, double standardError) {
        return sampled(limit, what, expected, got, standardError, 1);
    }

    /** One of several figures that are compared at once: a simultaneous band. */
    static Check sampled(String limit, String what, double expected, double got, double standardError, int among) {
        double critical = Chance.critical(among);
        return new Check(
                limit,
                what,
                expected,
                got,
                standardError,
                critical * standardError,
                (critical + Chance.normal(Chance.POWER)) * standardError);
    }

    /** The mean of independent replicates, whose standard error is taken from their spread. */
    static Check replicated(String limit, String what, double expected, double[] got) {
        double mean = Chance.mean(got);
        double error = Chance.standardError(got);
        double critical = Chance.criticalStudent(got.length);
        return new Check(
                limit, what, expected, mean, error, critical * error, (critical + Chance.normal(Chance.POWER)) * error);
    }

    /**
     * A statistic of fit over all cells at once: Pearson's. What it detects is the root mean square of cells' relative
     * errors.
     */
    static Check fit(String limit, String what, double statistic, int degrees, double observations) {
        double bound = Chance.chiSquare(degrees);
        double detectable = StrictMath.sqrt(Chance.detectableNoncentrality(degrees, bound) / observations);
        return new Check(limit, what, degrees, statistic, StrictMath.sqrt(2.0 * degrees), bound - degrees, detectable);
    }
}
