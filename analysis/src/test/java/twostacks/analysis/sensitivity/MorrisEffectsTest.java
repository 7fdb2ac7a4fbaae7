package twostacks.analysis.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

final class MorrisEffectsTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static double[][][] trajectories(int count) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(4);
        double[][][] x = new double[count][4][3];
        for (double[][] trajectory : x) {
            for (int i = 0; i < 3; i++) {
                trajectory[0][i] = random.nextInt(2) / 3.;
            }
            int first = random.nextInt(3);
            for (int s = 1; s < 4; s++) {
                trajectory[s] = trajectory[s - 1].clone();
                trajectory[s][(first + s) % 3] += 2 / 3.;
            }
        }
        return x;
    }

    private static double[][][] outcomes(double[][][] x, int replicates, ToDoubleFunction<double[]> model) {
        double[][][] y = new double[x.length][4][replicates];
        for (int t = 0; t < x.length; t++) {
            for (int s = 0; s < 4; s++) {
                for (int r = 0; r < replicates; r++) {
                    y[t][s][r] = model.applyAsDouble(x[t][s]);
                }
            }
        }
        return y;
    }

    private static Map<String, Double> measures(MorrisEffects.Result result) {
        Map<String, Double> values = new HashMap<>();
        result.indices().forEach(i -> values.put(i.factor() + " " + i.measure(), i.value()));
        return values;
    }

    @Test
    void aLinearModelHasItsSlopesAndNoSpread() {
        double[][][] x = trajectories(10);
        Map<String, Double> m =
                measures(MorrisEffects.compute(NAMES, x, outcomes(x, 1, p -> 2 * p[0] - 3 * p[1]), 200, .95, 1));
        assertEquals(2, m.get("a mu_star"), 1e-12);
        assertEquals(3, m.get("b mu_star"), 1e-12);
        assertEquals(-3, m.get("b mu"), 1e-12);
        assertEquals(0, m.get("c mu_star"), 1e-12);
        assertEquals(0, m.get("a sigma"), 1e-7);
        assertTrue(Double.isNaN(m.get("a noise")), "one replicate does not tell luck");
    }

    /** y = a b: the effect of a is b, which is 0, 1/3, 2/3 or 1. */
    @Test
    void anInteractionShowsInTheSpread() {
        double[][][] x = trajectories(40);
        Map<String, Double> m =
                measures(MorrisEffects.compute(NAMES, x, outcomes(x, 1, p -> p[0] * p[1]), 200, .95, 1));
        assertEquals(.5, m.get("a mu"), .12);
        assertEquals(Math.sqrt(5) / 6, m.get("a sigma"), .08);
    }

    @Test
    void luckIsTakenOutOfTheSpreadAndTold() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(9);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[][][] x = trajectories(400);
        Map<String, Double> m = measures(MorrisEffects.compute(
                NAMES, x, outcomes(x, 8, p -> 2 * p[0] + .5 * normal.sample()), 100, .95, 1));
        // an effect's error: .5 √2 over the step of 2/3, over √8
        double noise = .5 * Math.sqrt(2) * 1.5 / Math.sqrt(8);
        assertEquals(noise, m.get("a noise"), .02);
        assertTrue(m.get("a sigma") < noise / 2, "sigma is " + m.get("a sigma"));
        assertEquals(noise * Math.sqrt(2 / Math.PI), m.get("c mu_star"), .03);
    }

    @Test
    void effectsWithoutTheirRunsAreMaskedAndCounted() {
        double[][][] x = trajectories(10);
        double[][][] y = outcomes(x, 2, p -> 2 * p[0] - 3 * p[1]);
        y[0][0][1] = Double.NaN; // the first effect
        y[1][2][0] = Double.NaN; // two effects
        MorrisEffects.Result result = MorrisEffects.compute(NAMES, x, y, 100, .95, 1);
        assertEquals(3, result.masked());
        assertEquals(2, measures(result).get("a mu_star"), 1e-12);
    }

    @Test
    void aDesignOfAnotherKindIsRefused() {
        double[][][] x = {{{0, 0, 0}, {1, 1, 0}}};
        double[][][] y = {{{0}, {1}}};
        assertThrows(IllegalArgumentException.class, () -> MorrisEffects.compute(NAMES, x, y, 100, .95, 1));
    }
}
