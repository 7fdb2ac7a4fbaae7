package twostacks.verification;

/** The nested logit in the words of its textbook, apart from the engine's. */
final class Logit {
    private Logit() {}

    /**
     * Choice probabilities.
     *
     * @param utility utilities; negative infinity for what cannot be chosen
     * @param nest nest of each alternative
     * @param nonUse utility of using none
     * @param rho dissimilarity within nests
     * @param rhoUse dissimilarity of nests within use
     * @return probabilities, none last
     */
    static double[] shares(double[] utility, int[] nest, double nonUse, double rho, double rhoUse) {
        double top = Double.NEGATIVE_INFINITY;
        int nests = 0;
        for (int k = 0; k < utility.length; k++) {
            top = Math.max(top, utility[k]);
            nests = Math.max(nests, nest[k] + 1);
        }
        double[] result = new double[utility.length + 1];
        if (top == Double.NEGATIVE_INFINITY) {
            result[utility.length] = 1;
            return result;
        }
        double[] within = new double[nests];
        for (int k = 0; k < utility.length; k++) {
            within[nest[k]] += StrictMath.exp((utility[k] - top) / rho);
        }
        double use = 0;
        for (double sum : within) {
            use += sum > 0 ? StrictMath.pow(sum, rho / rhoUse) : 0;
        }
        // e^Y over e^top, and e^U0 over e^top.
        double value = StrictMath.pow(use, rhoUse);
        double none = StrictMath.exp(nonUse - top);
        for (int k = 0; k < utility.length; k++) {
            double sum = within[nest[k]];
            result[k] = sum > 0
                    ? value
                            / (value + none)
                            * StrictMath.pow(sum, rho / rhoUse)
                            / use
                            * StrictMath.exp((utility[k] - top) / rho)
                            / sum
                    : 0;
        }
        result[utility.length] = none / (value + none);
        return result;
    }

    /** Softmax of utilities. */
    static double[] softmax(double... utility) {
        double top = Double.NEGATIVE_INFINITY;
        for (double u : utility) {
            top = Math.max(top, u);
        }
        double sum = 0;
        double[] shares = new double[utility.length];
        for (int k = 0; k < utility.length; k++) {
            shares[k] = StrictMath.exp(utility[k] - top);
            sum += shares[k];
        }
        for (int k = 0; k < utility.length; k++) {
            shares[k] /= sum;
        }
        return shares;
    }
}
