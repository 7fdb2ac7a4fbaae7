package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Taste;
import twostacks.adoption.Tenure;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Stack;
import twostacks.random.Draws;

final class ChoiceTablesTest {
    private static final ParameterSpace SPACE = ParameterSpace.ofDefaults();

    /** A case drawn from a box: parameters, a nation's segment, and an adopter of it. */
    private static final class Case {
        final Offers offers;
        final ModelParameters p;
        final int segment;
        final SegmentTerms terms;
        final double[] utility;
        final double nonUse;
        final int held;
        final int bin;
        final int considered;
        final int tasteBin;
        final int[] peerCounts = new int[Stack.COUNT + 1];
        final int peerUsers;
        private final long key;
        private int drawn;

        Case(int number, boolean wide) {
            key = Draws.key(31, number);
            offers = number % 3 == 0 ? TestOffers.few() : TestOffers.many(number % 3 == 2);
            Map<String, Double> set = new HashMap<>();
            for (String family : new String[] {"social", "switching", "tasteSpread"}) {
                for (String name : new String[] {"consumer", "developer", "enterprise", "public"}) {
                    draw(set, "choice." + family + "." + name);
                }
            }
            for (String name : new String[] {
                "peerWeight",
                "lockInTime",
                "distanceFamily",
                "distanceStack",
                "distanceNone",
                "tasteBins",
                "nestDissimilarity",
                "useDissimilarity"
            }) {
                draw(set, "choice." + name);
            }
            draw(set, "population.peers");
            if (wide && uniform() < .5) {
                set.put("choice.nestDissimilarity", .01 + .2 * uniform() * uniform());
            }
            if (wide && uniform() < .3) {
                set.put("choice.nestDissimilarity", 1.0);
                set.put("choice.useDissimilarity", 1.0);
            }
            if (uniform() < .1) {
                set.put("choice.lockInTime", 0.0);
            }
            p = SPACE.with(set);
            segment = (int) (4 * uniform());
            terms = new SegmentTerms(p, segment, offers);
            utility = new double[offers.count];
            double width = wide ? 12 : 4;
            double gone = uniform() < .1 ? 1 : .5 * uniform();
            for (int k = 0; k < offers.count; k++) {
                utility[k] = uniform() < gone ? Double.NEGATIVE_INFINITY : width * (2 * uniform() - 1);
            }
            nonUse = width * (2 * uniform() - 1);
            held = (int) ((offers.count + 1) * uniform());
            bin = (int) (Tenure.BINS * uniform());
            considered = uniform() < .3 ? 63 : (int) (64 * uniform());
            tasteBin = (int) (p.choice().tasteBins() * uniform());
            int users = 0;
            for (int peer = 0; peer < p.population().peers(); peer++) {
                int g = (int) ((Stack.COUNT + 1) * uniform());
                peerCounts[g]++;
                users += g < Stack.COUNT ? 1 : 0;
            }
            peerUsers = users;
        }

        private double uniform() {
            return Draws.unit(Draws.bits(key, drawn++));
        }

        private void draw(Map<String, Double> set, String name) {
            ParameterSpace.Entry entry = SPACE.entries().get(name);
            double u = uniform();
            double value =
                    u < .1 ? entry.low() : u > .9 ? entry.high() : entry.low() + u * (entry.high() - entry.low());
            set.put(name, entry.type() == ParameterSpace.Type.INTEGER ? Math.rint(value) : value);
        }

        ChoiceTables tables() {
            ChoiceTables tables = new ChoiceTables(offers);
            tables.start(terms, utility, nonUse);
            return tables;
        }

        /** The adopter's own utilities by the equation's terms, and with them its probabilities. */
        double[] byTheEquation() {
            ModelParameters.Choice c = p.choice();
            double phi = c.switching()[segment];
            double lockIn = Tenure.lockIn(bin, c.lockInTime());
            double z = Taste.values(c.tasteBins())[tasteBin];
            double[] own = new double[offers.count];
            for (int k = 0; k < offers.count; k++) {
                Stack stack = Stack.of(offers.stack[k]);
                if ((considered >> stack.ordinal() & 1) == 0) {
                    own[k] = Double.NEGATIVE_INFINITY;
                    continue;
                }
                double share = peerUsers == 0 ? 0 : (double) peerCounts[stack.ordinal()] / peerUsers;
                own[k] = utility[k]
                        - AdopterChoice.switchingCost(phi, distance(c, k), lockIn)
                        + AdopterChoice.tasteTerm(
                                c.tasteSpread()[segment], z, stack.origin().sign())
                        + AdopterChoice.socialTerm(c.social()[segment], c.peerWeight(), 0, share);
            }
            double distanceToNone = held == offers.count ? 0 : c.distanceNone();
            return AdopterChoice.probabilities(
                    own,
                    Arrays.copyOf(offers.stack, offers.count),
                    Stack.COUNT,
                    nonUse - AdopterChoice.switchingCost(phi, distanceToNone, lockIn),
                    Math.min(c.nestDissimilarity(), c.useDissimilarity()),
                    c.useDissimilarity());
        }

        private double distance(ModelParameters.Choice c, int k) {
            if (held == offers.count) {
                return c.distanceNone();
            }
            return switch (offers.distance(held, k)) {
                case Offers.SAME -> 0;
                case Offers.FAMILY -> c.distanceFamily();
                case Offers.STACK -> c.distanceStack();
                default -> 1;
            };
        }

        double[] byTheTables(ChoiceTables tables) {
            return tables.probabilities(held, bin, considered, tasteBin, peerUsers, peerCounts);
        }

        int choose(ChoiceTables tables, long bits) {
            int[] counts = terms.peersMatter ? peerCounts : null;
            return TestChoices.choose(tables, offers, held, bin, considered, tasteBin, counts, bits);
        }
    }

    @Test
    void tablesGiveTheProbabilitiesOfTheEquation() {
        for (int number = 0; number < 1000; number++) {
            Case drawn = new Case(number, number % 2 == 0);
            double[] expected = drawn.byTheEquation();
            double[] got = drawn.byTheTables(drawn.tables());
            for (int k = 0; k <= drawn.offers.count; k++) {
                assertEquals(expected[k], got[k], 1e-10, "case " + number + ", offer " + k);
            }
        }
    }

    @Test
    void probabilitiesDoNotDependOnWhoWasAskedBefore() {
        for (int number = 0; number < 100; number++) {
            Case drawn = new Case(number, false);
            String fresh = Arrays.toString(drawn.byTheTables(drawn.tables()));
            ChoiceTables used = drawn.tables();
            for (int held = 0; held <= drawn.offers.count; held++) {
                for (int bin = 0; bin < Tenure.BINS; bin++) {
                    used.probabilities(held, bin, 63, drawn.tasteBin, drawn.peerUsers, drawn.peerCounts);
                }
            }
            assertEquals(fresh, Arrays.toString(drawn.byTheTables(used)));
            double[] other = drawn.utility.clone();
            Arrays.setAll(other, k -> other[k] == Double.NEGATIVE_INFINITY ? 0 : -other[k]);
            used.start(drawn.terms, other, 1);
            used.probabilities(drawn.held, drawn.bin, 63, drawn.tasteBin, drawn.peerUsers, drawn.peerCounts);
            used.start(drawn.terms, drawn.utility, drawn.nonUse);
            assertEquals(fresh, Arrays.toString(drawn.byTheTables(used)));
        }
    }

    @Test
    void adoptersChooseAsOftenAsTheProbabilitiesSay() {
        int draws = 10_000;
        double worst = 1;
        int cases = 120;
        for (int number = 0; number < cases; number++) {
            Case drawn = new Case(10_000 + number, number % 2 == 0);
            ChoiceTables tables = drawn.tables();
            double[] p = drawn.byTheTables(tables);
            int[] chosen = new int[p.length];
            for (int i = 0; i < draws; i++) {
                chosen[drawn.choose(tables, Draws.bits(number, i))]++;
            }
            worst = Math.min(worst, chiSquareP(p, chosen, draws, "case " + number));
        }
        assertTrue(worst > .001 / cases, "least p-value " + worst);
    }

    private static double chiSquareP(double[] p, int[] chosen, int draws, String what) {
        double chi = 0;
        int cells = 0;
        double rareExpected = 0;
        int rare = 0;
        for (int k = 0; k < p.length; k++) {
            assertTrue(p[k] > 0 || chosen[k] == 0, what + " chose what has no probability");
            if (p[k] * draws >= 8) {
                chi += (chosen[k] - p[k] * draws) * (chosen[k] - p[k] * draws) / (p[k] * draws);
                cells++;
            } else {
                rareExpected += p[k] * draws;
                rare += chosen[k];
            }
        }
        if (rareExpected >= 8) {
            chi += (rare - rareExpected) * (rare - rareExpected) / rareExpected;
            cells++;
        } else {
            assertTrue(rare < rareExpected + 7 * Math.sqrt(rareExpected + 1) + 3, what + " chose the rare too often");
        }
        return cells < 2 ? 1 : 1 - new ChiSquaredDistribution(cells - 1).cumulativeProbability(chi);
    }

    /** First half of the draw: none below P(none). Second half: stacks in their order, and offers in theirs. */
    @Test
    void aDrawBecomesAChoiceInTheDocumentedOrder() {
        for (int number = 0; number < 300; number++) {
            Case drawn = new Case(20_000 + number, false);
            ChoiceTables tables = drawn.tables();
            double[] p = drawn.byTheTables(tables);
            int none = drawn.offers.count;
            assertEquals(none, drawn.choose(tables, 0), "the least draw uses none");
            for (int i = 0; i < 200; i++) {
                long high = Draws.bits(number, 2L * i) >>> 32;
                double u = high * 0x1p-32;
                long low = Draws.bits(number, 2L * i + 1) >>> 32;
                int chosen = drawn.choose(tables, high << 32 | low);
                if (Math.abs(u - p[none]) > 1e-9) {
                    assertEquals(u < p[none], chosen == none, "case " + number);
                }
                if (chosen != none) {
                    isInverseOfTheCumulated(drawn.offers, p, low * 0x1p-32, chosen, "case " + number);
                }
            }
        }
    }

    private static void isInverseOfTheCumulated(Offers offers, double[] p, double u, int chosen, String what) {
        double use = 1 - p[offers.count];
        double below = 0;
        for (int position = 0; position < Stack.COUNT; position++) {
            int g = offers.stackOrder[position];
            for (int k = offers.first[g]; k < offers.end[g]; k++) {
                if (k == chosen) {
                    double slack = 1e-9 + 1e-12 / use;
                    assertTrue(u > below / use - slack && u < (below + p[k]) / use + slack, what + ", draw " + u);
                    return;
                }
                below += p[k];
            }
        }
        throw new AssertionError(what + " chose no offer");
    }

    @Test
    void withNothingToUseOrConsiderNobodyUsesAnything() {
        Offers offers = TestOffers.few();
        SegmentTerms terms = new SegmentTerms(SPACE.with(Map.of()), 0, offers);
        ChoiceTables tables = new ChoiceTables(offers);
        double[] gone = new double[offers.count];
        Arrays.fill(gone, Double.NEGATIVE_INFINITY);
        for (double nonUse : new double[] {-1000, -5, 5, 1000}) {
            tables.start(terms, gone, nonUse);
            assertEquals(offers.count, TestChoices.choose(tables, offers, offers.count, 0, 63, 0, null, -1L));
            assertEquals(offers.count, TestChoices.choose(tables, offers, 1, 9, 63, 0, null, -1L));
            assertEquals(nonUse, logsum(tables, 63));
            tables.start(terms, new double[offers.count], nonUse);
            assertEquals(offers.count, TestChoices.choose(tables, offers, offers.count, 0, 0, 0, null, -1L));
            assertEquals(nonUse, logsum(tables, 0));
        }
    }

    private static double logsum(ChoiceTables tables, int considered) {
        double[] one = new double[1];
        tables.weighSets(new double[] {1, 1, 1, 1, 1, 1});
        tables.addLogsums(new int[] {considered}, 1, 1, one);
        return one[0];
    }

    @Test
    void logsumAndSharesAreThoseOfTheEquationWithoutOwnTerms() {
        for (int number = 0; number < 500; number++) {
            Case drawn = new Case(30_000 + number, number % 2 == 0);
            ModelParameters.Choice c = drawn.p.choice();
            double rhoUse = c.useDissimilarity();
            double rho = Math.min(c.nestDissimilarity(), rhoUse);
            double[] utility = drawn.utility.clone();
            for (int k = 0; k < utility.length; k++) {
                if ((drawn.considered >> drawn.offers.stack[k] & 1) == 0) {
                    utility[k] = Double.NEGATIVE_INFINITY;
                }
            }
            double[] p = AdopterChoice.probabilities(
                    utility, Arrays.copyOf(drawn.offers.stack, utility.length), Stack.COUNT, drawn.nonUse, rho, rhoUse);
            ChoiceTables tables = drawn.tables();
            // ln(e^U0 + e^Y) = U0 - ln P(none)
            if (p[utility.length] > 1e-6) {
                double expected = drawn.nonUse - Math.log(p[utility.length]);
                assertEquals(expected, logsum(tables, drawn.considered), 1e-9, "case " + number);
            }
            double[] shares = new double[Stack.COUNT + 1];
            tables.addShares(new int[] {drawn.considered, 0}, new int[] {5, 3}, 2, .4, shares);
            double[] expected = new double[Stack.COUNT + 1];
            for (int k = 0; k <= utility.length; k++) {
                expected[drawn.offers.stack[k]] += 2 * p[k];
            }
            // Those who consider nothing use nothing.
            expected[Stack.COUNT] += .4 * 3;
            for (int g = 0; g <= Stack.COUNT; g++) {
                assertEquals(expected[g], shares[g], 1e-10, "case " + number);
            }
        }
    }

    /** All else equal, what gets dearer is chosen no more by anyone, and nothing else is chosen less. */
    @Test
    void dearerNeverSellsMore() {
        for (int number = 0; number < 500; number++) {
            Case drawn = new Case(40_000 + number, number % 2 == 0);
            int dearer = number % drawn.offers.count;
            double[] before = drawn.byTheTables(drawn.tables());
            drawn.utility[dearer] += AdopterChoice.priceTerm(.45, 3, 1) - AdopterChoice.priceTerm(.45, 1, 1);
            double[] after = drawn.byTheTables(drawn.tables());
            for (int k = 0; k <= drawn.offers.count; k++) {
                double risen = after[k] - before[k];
                assertTrue(k == dearer ? risen <= 1e-12 : risen >= -1e-12, "case " + number + ", offer " + k);
            }
        }
    }
}
