package twostacks.verification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The statistics that verdicts rest on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ChanceTest {

    @Test
    void critical_values_are_those_of_the_tables() {
        // R: qnorm(1 - 5e-5), qnorm(1 - 5e-5/60), qt(1 - 5e-5, 15), qchisq(1 - 1e-4, 36)
        assertEquals(3.890592, Chance.critical(1), 1e-6);
        assertEquals(4.789421, Chance.critical(60), 1e-2);
        assertEquals(5.239, Chance.criticalStudent(16), 1e-2);
        assertEquals(77.0, Chance.chiSquare(36), 1);
    }

    /** The power that a fit states, by trial: counts whose true shares are off by the detectable root mean square. */
    @Test
    void a_fit_catches_what_it_says_it_does() {
        int degrees = 3;
        double bound = Chance.chiSquare(degrees);
        double noncentrality = Chance.detectableNoncentrality(degrees, bound);
        SplittableRandom random = new SplittableRandom(5);
        int caught = 0;
        int trials = 20_000;
        for (int t = 0; t < trials; t++) {
            double statistic = 0;
            for (int d = 0; d < degrees; d++) {
                double z = Chance.normal(.5e-9 + (1 - 1e-9) * random.nextDouble())
                        + (d == 0 ? Math.sqrt(noncentrality) : 0);
                statistic += z * z;
            }
            caught += statistic > bound ? 1 : 0;
        }
        assertEquals(Chance.POWER, (double) caught / trials, .004);
    }

    @Test
    void the_mean_of_an_autoregression_strays_as_worked_out() {
        SplittableRandom random = new SplittableRandom(7);
        double slope = .8;
        int months = 30;
        int trials = 20_000;
        double[] means = new double[trials];
        for (int t = 0; t < trials; t++) {
            double x = normal(random) / Math.sqrt(1 - slope * slope);
            for (int m = 0; m < months; m++) {
                means[t] += x / months;
                x = slope * x + normal(random);
            }
        }
        double got = Chance.standardError(means) * Math.sqrt(trials);
        assertEquals(1, got / Chains.errorOfMean(1, slope, months), .03);
    }

    private static double normal(SplittableRandom random) {
        return Chance.normal(.5e-9 + (1 - 1e-9) * random.nextDouble());
    }

    @Test
    void a_chain_has_its_law_and_its_noise() {
        double[][] transition = {{.9, .1}, {.3, .7}};
        double[] law = Chains.stationary(transition);
        assertArrayEquals(new double[] {.75, .25}, law, 1e-12);
        // An autoregression with slope .6 and the variance of a coin.
        double expected = Chains.errorOfMean(Math.sqrt(.75 * .25 * (1 - .36)), .6, 12);
        double got = Chains.errorOfMean(transition, law, new double[] {1, 0}, 1, 1, 12);
        assertEquals(expected, got, 1e-12);
    }

    @Test
    void the_textbooks_logit_is_a_logit() {
        double[] utility = {.5, 1, -.3};
        double[] plain = Logit.shares(utility, new int[] {0, 0, 1}, 0, 1, 1);
        assertArrayEquals(Logit.softmax(.5, 1, -.3, 0), plain, 1e-14);
        double[] twins = Logit.shares(new double[] {0, 0}, new int[] {0, 0}, 0, .01, 1);
        assertEquals(.5, twins[2], .01);
        assertTrue(Logit.shares(new double[] {Double.NEGATIVE_INFINITY}, new int[1], 0, 1, 1)[1] == 1);
    }
}
