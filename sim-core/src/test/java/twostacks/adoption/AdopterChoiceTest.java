package twostacks.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import twostacks.random.Draws;
import twostacks.support.ExpectedTable;

final class AdopterChoiceTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("adopter-choice.csv")
                .check("capabilityTerm", a -> AdopterChoice.capabilityTerm(a[0], a[1], a[2]))
                .check("priceTerm", 1e-14, a -> AdopterChoice.priceTerm(a[0], a[1], a[2]))
                .check("affordability", a -> AdopterChoice.affordability(a[0], a[1], a[2]))
                .check("trustTerm", a -> AdopterChoice.trustTerm(a[0], a[1], a[2]))
                .check("openWeightsTerm", a -> AdopterChoice.openWeightsTerm(a[0], a[1], a[2]))
                .check("sovereigntyTerm", a -> AdopterChoice.sovereigntyTerm(a[0], a[1], a[2]))
                .check("socialTerm", a -> AdopterChoice.socialTerm(a[0], a[1], a[2], a[3]))
                .check("switchingCost", a -> AdopterChoice.switchingCost(a[0], a[1], a[2]))
                .check("tasteTerm", a -> AdopterChoice.tasteTerm(a[0], a[1], (int) a[2]))
                .check("handicap", 1e-14, a -> AdopterChoice.handicap(a[0], a[1], a[2]))
                .check("timeWorth", 1e-15, a -> AdopterChoice.timeWorth(a[0], a[1]))
                .check("nonUse", 1e-12, a -> AdopterChoice.nonUse(a[0], a[1], a[2], a[3], a[4]))
                .checkAll("probabilities", 1e-300, AdopterChoiceTest::probabilities)
                .holdsNothingElse();
    }

    /** Arguments: ρ, ρ_A, U0, then nest and utility of each offer. */
    private static double[] probabilities(double[] arguments) {
        int count = (arguments.length - 3) / 2;
        double[] utility = new double[count];
        int[] nest = new int[count];
        for (int k = 0; k < count; k++) {
            nest[k] = (int) arguments[3 + 2 * k];
            utility[k] = arguments[4 + 2 * k];
        }
        return AdopterChoice.probabilities(utility, nest, 6, arguments[2], arguments[0], arguments[1]);
    }

    @Test
    void softmaxOfThePlainLogitIsAsInTheDescription() {
        double[] p = AdopterChoice.probabilities(new double[] {.5, 1, -.3}, new int[] {0, 1, 2}, 3, 0, 1, 1);
        assertEquals(.163725, p[3], 5e-7);
        assertEquals(.269936, p[0], 5e-7);
        assertEquals(.445049, p[1], 5e-7);
        assertEquals(.121290, p[2], 5e-7);
    }

    @Test
    void aTwinAddsToItsNestAsInTheDescription() {
        double[] rho = {.5, 1, .01};
        double[] share = {.320377, .4, .2513};
        for (int i = 0; i < rho.length; i++) {
            double[] p = AdopterChoice.probabilities(
                    new double[] {0, 0, Math.log(3)}, new int[] {0, 0, 1}, 2, -1000, rho[i], 1);
            assertEquals(share[i], p[0] + p[1], i == 2 ? 5e-5 : 5e-7);
        }
    }

    @Test
    void probabilitiesSumToOneHoweverUtilitiesDiffer() {
        for (int c = 0; c < 2000; c++) {
            double[] utility = new double[8];
            int[] nest = new int[8];
            for (int k = 0; k < 8; k++) {
                double u = Draws.unit(Draws.bits(c, k));
                utility[k] = u < .2 ? Double.NEGATIVE_INFINITY : (u - .6) * 3000;
                nest[k] = (int) (Draws.bits(c, 100 + k) & 3);
            }
            double rhoUse = .01 + .99 * Draws.unit(Draws.bits(c, 50));
            double rho = rhoUse * (.05 + .95 * Draws.unit(Draws.bits(c, 51)));
            double[] p = AdopterChoice.probabilities(utility, nest, 4, 1000 * (c % 3 - 1), rho, rhoUse);
            assertEquals(1, Arrays.stream(p).sum(), 1e-9);
            assertTrue(Arrays.stream(p).allMatch(x -> x >= 0 && x <= 1));
        }
    }

    @Test
    void withNothingToUseNobodyUsesAnything() {
        double[] none = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] p = AdopterChoice.probabilities(none, new int[] {0, 1}, 2, -20, .5, .8);
        assertEquals(1, p[2]);
        assertEquals(0, p[0] + p[1]);
    }

    @Test
    void whatCostsNothingMovesNoUtility() {
        assertEquals(0, 0 + AdopterChoice.priceTerm(.5, 0, 3));
        assertEquals(0, AdopterChoice.switchingCost(5, 0, 1));
        assertEquals(0, AdopterChoice.switchingCost(5, 1, 0));
        assertEquals(0, AdopterChoice.trustTerm(2, .5, 1));
        assertEquals(0, AdopterChoice.tasteTerm(2, 1, 0));
    }

    /** Within a nest, odds are e^(difference of utilities over rho). */
    @Test
    void presenceMovesOddsWithinANestByItsPower() {
        for (double rho : new double[] {.1, .45, 1}) {
            assertEquals(3, Math.exp(AdopterChoice.presenceTerm(1, rho, Math.log(3)) / rho), 1e-12);
            assertEquals(Math.sqrt(3), Math.exp(AdopterChoice.presenceTerm(.5, rho, Math.log(3)) / rho), 1e-12);
            assertEquals(0, AdopterChoice.presenceTerm(0, rho, Math.log(3)));
        }
    }
}
