package twostacks.adoption;

import twostacks.maths.DetMath;

/**
 * <b>The adopter's choice</b> (E1): a nested logit over offers within stacks within use.
 *
 * <p>Utility of offer k to adopter i of segment s in nation n (McFadden 1974; social term Brock &amp; Durlauf 2001):
 *
 * <pre>
 * U_ik = a·(Q_k − Q_ref)/10                      {@link #capabilityTerm}
 *      − b·ln(1 + P_k/ω)                         {@link #priceTerm}
 *      + c·(2τ − 1)·e_k                          {@link #trustTerm}
 *      − κ_o(k)·[1 − χ·(1 − readiness)]         {@link #handicap}
 *      + ρ·θ·ln M_k                              {@link #presenceTerm}
 *      + f·h·licence_k    [open weights]         {@link #openWeightsTerm}
 *      − integration       [open weights]
 *      + v·V·l_k                                 {@link #sovereigntyTerm}
 *      + R_k                                     policy, vendor block, compliance
 *      + J·[(1−λ)·A_g(k) + λ·N_ig(k)]            {@link #socialTerm}
 *      − φ·d(k, k_i)·(1 − e^(−tenure/T))         {@link #switchingCost}
 *      + ς·z_i·sign(origin)                      {@link #tasteTerm}
 * </pre>
 *
 * <p>Choice: I_g = ρ·ln Σ_{k∈g} e^(U_k/ρ), Y = ρ_A·ln Σ_g e^(I_g/ρ_A), P(use) = e^Y/(e^U0 + e^Y), P(g|use) =
 * e^((I_g − Y)/ρ_A), P(k|g) = e^((U_k − I_g)/ρ), 0 &lt; ρ ≤ ρ_A ≤ 1; both 1 is the plain logit.
 *
 * <p>This file is the truth; {@code population.ChoiceTables} computes the same without an exponential per adopter, and a test holds
 * it to {@link #probabilities}.
 */
public final class AdopterChoice {
    private AdopterChoice() {}

    /**
     * Capability term.
     *
     * @param a utility of 10 points
     * @param capability Q, index points
     * @param reference Q_ref, index points
     * @return utils
     */
    public static double capabilityTerm(double a, double capability, double reference) {
        return a * (capability - reference) / 10;
    }

    /**
     * Price term.
     *
     * @param b disutility of a log unit
     * @param price delivered price ≥ 0, in the segment's unit
     * @param affordability ω &gt; 0, same unit
     * @return utils, ≤ 0
     */
    public static double priceTerm(double b, double price, double affordability) {
        return -b * DetMath.log(1 + price / affordability);
    }

    /**
     * Affordability: ω = ω0·(income/40,000)^η.
     *
     * @param atReference ω0, at an income of 40,000 USD a head
     * @param income USD a head a year
     * @param elasticity η
     * @return ω, at least a millionth of ω0 so that no income divides by nothing
     */
    public static double affordability(double atReference, double income, double elasticity) {
        return atReference * Math.max(1e-6, DetMath.pow(income / 40_000, elasticity));
    }

    /**
     * Trust term.
     *
     * @param c utility between full distrust and full trust, halved
     * @param trust τ in [0, 1]
     * @param exposure e, 0 to 1
     * @return utils
     */
    public static double trustTerm(double c, double trust, double exposure) {
        return c * (2 * trust - 1) * exposure;
    }

    /**
     * What is left of an origin's handicap beyond the other terms.
     *
     * @param kappa κ, handicap at full readiness
     * @param fade χ in [0, 1], how far it fades where readiness is nil
     * @param readiness in [0, 1]
     * @return utils, to be subtracted
     */
    public static double handicap(double kappa, double fade, double readiness) {
        return kappa * (1 - fade * (1 - readiness));
    }

    /**
     * Presence: the size term of a nested logit (Ben-Akiva &amp; Lerman 1985, ch. 9). At θ = 1, offers of a stack that are
     * alike in all else are used in proportion to the presence of their labs.
     *
     * @param theta θ in [0, 1], how far presence counts in the segment
     * @param rho ρ, dissimilarity within nests
     * @param logPresence ln M, M &gt; 0 the presence of the lab
     * @return utils
     */
    public static double presenceTerm(double theta, double rho, double logPresence) {
        return theta * rho * logPresence;
    }

    /**
     * Worth of open weights.
     *
     * @param f worth at full skill and free licence
     * @param skill h in [0, 1]
     * @param licenceFreedom in [0, 1]; 0 for what does not run on open weights
     * @return utils
     */
    public static double openWeightsTerm(double f, double skill, double licenceFreedom) {
        return f * skill * licenceFreedom;
    }

    /**
     * Worth of local control.
     *
     * @param v worth to a nation that fully prefers sovereignty
     * @param preference V in [0, 1]
     * @param localControl l in [0, 1]
     * @return utils
     */
    public static double sovereigntyTerm(double v, double preference, double localControl) {
        return v * preference * localControl;
    }

    /**
     * Social term.
     *
     * @param j utility of a stack that everybody uses
     * @param peerWeight λ, part that comes from peers
     * @param nationShare A, share of the stack among the nation's users last month
     * @param peerShare N, share of the stack among the users of the adopter's peers last month
     * @return utils
     */
    public static double socialTerm(double j, double peerWeight, double nationShare, double peerShare) {
        return j * ((1 - peerWeight) * nationShare + peerWeight * peerShare);
    }

    /**
     * Cost of moving from the offer in use.
     *
     * @param phi cost of a full switch at long tenure
     * @param distance d(k, k_i) in [0, 1]
     * @param lockIn 1 − e^(−tenure/T), see {@link Tenure}
     * @return utils, ≥ 0, to be subtracted
     */
    public static double switchingCost(double phi, double distance, double lockIn) {
        return phi * distance * lockIn;
    }

    /**
     * Taste term.
     *
     * @param spread ς
     * @param taste z_i, standard normal
     * @param sign +1 United States, −1 China, 0 else
     * @return utils
     */
    public static double tasteTerm(double spread, double taste, int sign) {
        return spread * taste * sign;
    }

    /**
     * Worth of the time that use saves (Becker 1965): an hour is worth a wage, so t·min(income, 80,000)/40,000. Readiness
     * ends at the same income: what a head produces beyond it is mostly oil, or the profit of companies at home elsewhere.
     *
     * @param t worth at an income of 40,000 USD a head
     * @param income USD a head a year
     * @return utils
     */
    public static double timeWorth(double t, double income) {
        return t * Math.min(income, 80_000) / 40_000;
    }

    /**
     * Utility of using none but for {@link #timeWorth}: u0 + u1·(1 − readiness) + u2·(1 − L), L how well models serve the
     * nation's language.
     *
     * @param u0 at full readiness and support of the language
     * @param u1 added at no readiness
     * @param readiness in [0, 1]
     * @param u2 added at no support of the language
     * @param language L, in [0, 1]
     * @return utils
     */
    public static double nonUse(double u0, double u1, double readiness, double u2, double language) {
        return u0 + u1 * (1 - readiness) + u2 * (1 - language);
    }

    /**
     * Choice probabilities of the nested logit.
     *
     * @param utility U_k, utils; negative infinity for what is not available or not considered
     * @param nest nest of each offer, 0 to {@code nests} − 1
     * @param nests number of nests
     * @param nonUse U0, utils
     * @param rho ρ, dissimilarity within nests, in (0, 1]
     * @param rhoUse ρ_A, dissimilarity of nests within use, in (0, 1]
     * @return probabilities of the offers and, last, of none; they sum to 1
     */
    public static double[] probabilities(
            double[] utility, int[] nest, int nests, double nonUse, double rho, double rhoUse) {
        double[] inclusive = new double[nests];
        double top = Double.NEGATIVE_INFINITY;
        for (int g = 0; g < nests; g++) {
            inclusive[g] = inclusiveValue(utility, nest, g, rho);
            top = Math.max(top, inclusive[g]);
        }
        double[] result = new double[utility.length + 1];
        if (top == Double.NEGATIVE_INFINITY) {
            result[utility.length] = 1;
            return result;
        }
        double sum = 0;
        for (int g = 0; g < nests; g++) {
            sum += DetMath.exp((inclusive[g] - top) / rhoUse);
        }
        double use = top + rhoUse * DetMath.log(sum);
        double probabilityOfUse = DetMath.logistic(use - nonUse);
        for (int k = 0; k < utility.length; k++) {
            double i = inclusive[nest[k]];
            result[k] = utility[k] == Double.NEGATIVE_INFINITY
                    ? 0
                    : probabilityOfUse * DetMath.exp((i - use) / rhoUse) * DetMath.exp((utility[k] - i) / rho);
        }
        result[utility.length] = DetMath.logistic(nonUse - use);
        return result;
    }

    /**
     * Inclusive value of a nest: I_g = ρ·ln Σ_{k∈g} e^(U_k/ρ).
     *
     * @param utility U_k
     * @param nest nest of each offer
     * @param g nest
     * @param rho ρ
     * @return utils; negative infinity for a nest with no offer
     */
    public static double inclusiveValue(double[] utility, int[] nest, int g, double rho) {
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < utility.length; k++) {
            if (nest[k] == g) {
                top = Math.max(top, utility[k]);
            }
        }
        if (top == Double.NEGATIVE_INFINITY) {
            return top;
        }
        double sum = 0;
        for (int k = 0; k < utility.length; k++) {
            if (nest[k] == g) {
                sum += DetMath.exp((utility[k] - top) / rho);
            }
        }
        return top + rho * DetMath.log(sum);
    }
}
