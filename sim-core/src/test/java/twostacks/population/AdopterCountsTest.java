package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.FDistribution;
import org.junit.jupiter.api.Test;
import twostacks.adoption.Consideration;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Stack;
import twostacks.random.Draws;

final class AdopterCountsTest {
    private static final int MONTHS = 30;

    private final ModelParameters p = parameters(Map.of("choice.peerWeight", 0.0));
    private final Case small = new Case(TestOffers.few(), 150, 90);
    private final Case large = new Case(TestOffers.many(false), 2000, 1200);

    /** Two segments in a world of some offers. */
    private final class Case {
        final Offers offers;
        final int[] sizes;
        final SegmentTerms[] terms;

        Case(Offers offers, int... sizes) {
            this.offers = offers;
            this.sizes = sizes;
            terms = new SegmentTerms[] {new SegmentTerms(p, 0, offers), new SegmentTerms(p, 1, offers)};
        }
    }

    private static ModelParameters parameters(Map<String, Double> more) {
        Map<String, Double> set = new LinkedHashMap<>(more);
        for (String name : new String[] {"consumer", "developer"}) {
            set.put("choice.review." + name, .3);
            set.put("choice.switching." + name, 2.0);
            set.put("choice.tasteSpread." + name, .8);
        }
        return ParameterSpace.ofDefaults().with(set);
    }

    /** A month under a market that is the same in every run: offers come, get scarce, and go. */
    private static void month(Case c, Population population, Adopters.Bench bench, int month) {
        int offers = c.offers.count;
        double[] available = new double[offers];
        double[] before = new double[offers];
        double[] utility = new double[offers];
        for (int s = 0; s < c.sizes.length; s++) {
            for (int k = 0; k < offers; k++) {
                available[k] = availability(month, k);
                before[k] = availability(month - 1, k);
                double u = 2 * Draws.unit(Draws.bits(Draws.key(40, k), s)) - .5 + .02 * month;
                utility[k] = available[k] == 0 ? Double.NEGATIVE_INFINITY : u;
            }
            population.open(s, month, c.terms[s], bench);
            for (int g = 0; g < Stack.COUNT; g++) {
                double share = population.reach(s, g);
                population.consider(s, g, Consideration.next(share, .03 + .01 * g), bench);
            }
            for (int k = 0; k < offers; k++) {
                if (available[k] < before[k]) {
                    population.displace(s, available, bench);
                    break;
                }
            }
            population.choose(s, c.terms[s], utility, available, .2, bench);
        }
        population.close();
    }

    private static double availability(int month, int k) {
        if (k == 0) {
            return month < 10 ? 1 : month < 16 ? .35 : month < 20 ? .6 : 1;
        }
        if (k == 1) {
            return month < 12 ? .8 : month < 22 ? .5 : 0;
        }
        return month < 2 * (k % 7) ? 0 : 1;
    }

    /**
     * Shares of a segment after each of some months, what a switch would cost its users, and what all of it has changed by
     * since the month before of those, whose spread tells how months hang together.
     */
    private static double[] observe(Case c, boolean counted, int run) {
        int offers = c.offers.count;
        Population population = counted
                ? new AdopterCounts("KEN", 9, run, c.sizes, c.offers, 7, false)
                : new Adopters("KEN", 9, run, c.sizes, c.offers, 7, false);
        Adopters.Bench bench = new Adopters.Bench(c.offers);
        int figures = c.sizes.length * (offers + 3);
        double[] seen = new double[7 * figures];
        int at = 0;
        int looks = 0;
        for (int month = 0; month < MONTHS; month++) {
            month(c, population, bench, month);
            if (month == 9 || month == 12 || month == 18 || month == MONTHS - 1) {
                for (int s = 0; s < c.sizes.length; s++) {
                    for (int users : population.users(s)) {
                        seen[at++] = (double) users / c.sizes[s];
                    }
                    seen[at++] = (double) population.consideringBy(s)[63] / c.sizes[s];
                    seen[at++] = population.switchingCostHeld(s, c.terms[s]) / c.sizes[s];
                }
                looks++;
                if (looks > 1) {
                    for (int i = 0; i < figures; i++) {
                        int last = at - figures + i;
                        seen[(3 + looks - 1) * figures + i] = seen[last] - seen[last - figures];
                    }
                }
            }
        }
        return seen;
    }

    /** 3000 runs tell means apart that differ by a tenth of a run's spread, and spreads that differ by an eighth. */
    @Test
    void countsHaveTheMeansAndVariancesOfIndividuals() {
        compare(small, 3000);
    }

    /** Where many move at once. 300 runs tell means apart by four tenths of a spread, and spreads by a half. */
    @Test
    void largeCountsHaveTheMeansAndVariancesOfIndividuals() {
        compare(large, 300);
    }

    private static void compare(Case c, int runs) {
        double[][] mean = new double[2][];
        double[][] variance = new double[2][];
        for (int mode = 0; mode < 2; mode++) {
            double[] sum = null;
            double[] squares = null;
            for (int run = 0; run < runs; run++) {
                double[] seen = observe(c, mode == 1, 10_000 * mode + run);
                sum = sum == null ? new double[seen.length] : sum;
                squares = squares == null ? new double[seen.length] : squares;
                for (int i = 0; i < seen.length; i++) {
                    sum[i] += seen[i];
                    squares[i] += seen[i] * seen[i];
                }
            }
            mean[mode] = Arrays.stream(sum).map(x -> x / runs).toArray();
            variance[mode] = new double[sum.length];
            for (int i = 0; i < sum.length; i++) {
                variance[mode][i] = (squares[i] - runs * mean[mode][i] * mean[mode][i]) / (runs - 1);
            }
        }
        FDistribution f = new FDistribution(null, runs - 1, runs - 1);
        double level = .001 / mean[0].length;
        int moving = 0;
        for (int i = 0; i < mean[0].length; i++) {
            double error = Math.sqrt((variance[0][i] + variance[1][i]) / runs);
            assertEquals(mean[0][i], mean[1][i], 4.5 * error + 1e-12, "mean " + i);
            if (variance[0][i] > .01 / c.sizes[0]) {
                moving++;
                double ratio = variance[0][i] / variance[1][i];
                double tail = Math.min(f.cumulativeProbability(ratio), 1 - f.cumulativeProbability(ratio));
                assertTrue(tail > level, "variance " + i + ": " + variance[0][i] + " and " + variance[1][i]);
            }
        }
        assertTrue(moving > mean[0].length / 3, "figures that vary: " + moving);
    }

    @Test
    void countsAlwaysAddUp() {
        Case huge = new Case(TestOffers.few(), 900_000_000, 5);
        for (Case c : new Case[] {small, large, huge}) {
            AdopterCounts counts = new AdopterCounts("KEN", 1, 1, c.sizes, c.offers, 7, false);
            Adopters.Bench bench = new Adopters.Bench(c.offers);
            for (int month = 0; month < MONTHS; month++) {
                month(c, counts, bench, month);
                for (int s = 0; s < c.sizes.length; s++) {
                    assertEquals(c.sizes[s], Arrays.stream(counts.users(s)).sum());
                    assertTrue(Arrays.stream(counts.users(s)).min().orElseThrow() >= 0);
                    assertEquals(
                            c.sizes[s], Arrays.stream(counts.consideringBy(s)).sum());
                    if (month >= 22) {
                        assertEquals(0, counts.users(s)[1], "what has gone is held by nobody");
                    }
                }
            }
        }
    }

    @Test
    void theMirrorImageCountsTheMirrorImage() {
        Offers plain = TestOffers.many(false);
        Offers image = TestOffers.many(true);
        AdopterCounts[] both = {
            new AdopterCounts("KEN", 1, 1, small.sizes, plain, 7, false),
            new AdopterCounts("KEN", 1, 1, small.sizes, image, 7, true)
        };
        for (int month = 0; month < MONTHS; month++) {
            for (int m = 0; m < 2; m++) {
                Offers own = m == 0 ? plain : image;
                Adopters.Bench bench = new Adopters.Bench(own);
                double[] utility = new double[own.count];
                double[] available = new double[own.count];
                Arrays.setAll(utility, k -> Draws.unit(Draws.bits(4, k)));
                Arrays.setAll(available, k -> Draws.unit(Draws.bits(5, k)) + .4);
                for (int s = 0; s < small.sizes.length; s++) {
                    SegmentTerms own1 = new SegmentTerms(p, s, own);
                    both[m].open(s, month, own1, bench);
                    for (int position = 0; position < Stack.COUNT; position++) {
                        int g = own.stackOrder[position];
                        both[m].consider(s, g, (1 + month) * .005 * (1 + position), bench);
                    }
                    both[m].choose(s, own1, utility, available, 0, bench);
                }
                both[m].close();
            }
            // Offers stand by position, which the mirror leaves alone.
            assertArrayEquals(both[0].users(0), both[1].users(0), "month " + month);
            assertArrayEquals(both[0].users(1), both[1].users(1), "month " + month);
        }
    }

    @Test
    void adoptersWithPeersOfTheirOwnAreNotCounted() {
        Map<String, Double> set = Map.of("population.mode", 1.0);
        assertEquals(1, ParameterSpace.ofDefaults().conflicts(set).size());
        Map<String, Double> alone = Map.of("population.mode", 1.0, "choice.peerWeight", 0.0);
        assertEquals(0, ParameterSpace.ofDefaults().conflicts(alone).size());
        SegmentTerms withPeers = new SegmentTerms(parameters(Map.of()), 0, small.offers);
        Offers offers = small.offers;
        AdopterCounts counts = new AdopterCounts("KEN", 1, 1, small.sizes, offers, 7, false);
        Adopters.Bench bench = new Adopters.Bench(offers);
        double[] nothing = new double[offers.count];
        assertThrows(IllegalStateException.class, () -> counts.choose(0, withPeers, nothing, nothing, 0, bench));
    }
}
