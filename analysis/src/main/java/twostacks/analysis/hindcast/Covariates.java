package twostacks.analysis.hindcast;

/**
 * What is known of a nation without a model; the naive baselines predict from it.
 *
 * @param iso3 nation, ISO 3166 alpha-3
 * @param logIncome logarithm of gross domestic product a head, USD a year
 * @param alignment standardised UN ideal point, higher is closer to the United States
 * @param vendorSupport share of the United States labs with a service that serve the country, 0 under an embargo
 */
public record Covariates(String iso3, double logIncome, double alignment, double vendorSupport) {
    double[] all() {
        return new double[] {logIncome, alignment, vendorSupport};
    }
}
