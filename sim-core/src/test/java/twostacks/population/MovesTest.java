package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.adoption.Tenure;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Stack;
import twostacks.random.Draws;

final class MovesTest {
    private static final int[] NO_PEERS = new int[Stack.COUNT];

    /** The tables' probabilities are held to the equation by {@link ChoiceTablesTest}. */
    @Test
    void leavingAndWhereToHaveTheProbabilitiesOfTheTables() {
        double least = 1;
        double greatest = 0;
        for (int number = 0; number < 12; number++) {
            Offers offers = number % 3 == 0 ? TestOffers.few() : TestOffers.many(number % 3 == 2);
            Map<String, Double> set = new HashMap<>();
            set.put("choice.peerWeight", 0.0);
            set.put("choice.switching.consumer", 4 * Draws.unit(Draws.bits(number, 0)));
            set.put("choice.tasteSpread.consumer", 1.5 * Draws.unit(Draws.bits(number, 1)));
            ModelParameters p = ParameterSpace.ofDefaults().with(set);
            SegmentTerms terms = new SegmentTerms(p, 0, offers);
            double[] utility = new double[offers.count];
            for (int k = 0; k < offers.count; k++) {
                double u = Draws.unit(Draws.bits(number, 10 + k));
                utility[k] = u < .2 ? Double.NEGATIVE_INFINITY : 6 * u - 3;
            }
            ChoiceTables tables = new ChoiceTables(offers);
            tables.start(terms, utility, .3);
            Moves moves = new Moves(offers);
            moves.start(tables, terms);
            double review = terms.review * 0x1p-32;
            for (int taste = 0; taste < p.choice().tasteBins(); taste += 2) {
                moves.turnTo(taste);
                for (int positions = 1; positions < 1 << Stack.COUNT; positions += 3) {
                    for (int held = 0; held <= offers.count; held++) {
                        if (held < offers.count && (positions >> moves.position[held] & 1) == 0) {
                            continue;
                        }
                        for (int bin = 0; bin < Tenure.BINS; bin++) {
                            double[] expected =
                                    tables.probabilities(held, bin, offers.setOrder[positions], taste, 0, NO_PEERS);
                            int at = moves.at(positions, held, bin);
                            assertFalse(moves.prepared(at));
                            moves.prepare(positions, held, bin);
                            assertTrue(moves.prepared(at));
                            double leave = moves.leave(at);
                            least = Math.min(least, leave);
                            greatest = Math.max(greatest, leave);
                            assertEquals(1 - expected[held], leave, 1e-12);
                            assertEquals(-Math.log1p(-review * leave), moves.hazard(at), 1e-12);
                            double[] actual = compose(moves, offers, positions, held, bin);
                            for (int k = 0; k <= offers.count; k++) {
                                assertEquals(expected[k], actual[k], 1e-12, held + " to " + k);
                            }
                        }
                    }
                }
            }
        }
        assertTrue(least < .1 && greatest == 1, least + " to " + greatest);
    }

    /** Probabilities of all offers and none, put together as adopters are counted. */
    private static double[] compose(Moves moves, Offers offers, int positions, int held, int bin) {
        int none = offers.count;
        double[] result = new double[none + 1];
        double[] weights = new double[none];
        int at = moves.at(positions, held, bin);
        double leave = moves.leave(at);
        result[held] = 1 - leave;
        double far = leave;
        int farPositions = positions;
        if (held < none) {
            result[none] = moves.toNone(at);
            for (int k : moves.near(held)) {
                if ((positions >> moves.position[k] & 1) != 0) {
                    result[k] = moves.to(at, held, bin, k);
                }
            }
            far = moves.far(at, positions, held, bin);
            farPositions &= ~moves.relatives(held);
        }
        moves.weights(farPositions, weights);
        double sum = 0;
        for (double w : weights) {
            sum += w;
        }
        for (int k = 0; k < none; k++) {
            if (weights[k] > 0) {
                result[k] += far * weights[k] / sum;
            }
        }
        return result;
    }
}
