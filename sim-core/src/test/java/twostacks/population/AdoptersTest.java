package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.adoption.Consideration;
import twostacks.adoption.Tenure;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Stack;
import twostacks.random.Draws;

final class AdoptersTest {
    private static final long SEED = 7;

    /** A nation's adopters under random markets, month after month. */
    private static final class Trial {
        final Offers offers;
        final SegmentTerms[] terms;
        final int[] sizes;
        final Adopters adopters;
        final Adopters.Bench bench;
        final double[][] reach;
        final double[][] utility;
        final double[][] available;
        final double[][] availableBefore;
        final double[] nonUse;
        final int tasteBins;
        private final int number;

        Trial(int number, boolean mirrored, int... sizes) {
            this.number = number;
            this.sizes = sizes;
            offers = TestOffers.many(mirrored);
            Map<String, Double> set = new LinkedHashMap<>();
            set.put("population.peers", (double) (number % 20));
            set.put("population.rewiring", .3);
            set.put("choice.tasteBins", 5.0 + number % 4);
            for (String name : new String[] {"consumer", "developer", "enterprise", "public"}) {
                set.put("choice.review." + name, .25);
                set.put("choice.switching." + name, 1.0);
            }
            ModelParameters p = ParameterSpace.ofDefaults().with(set);
            terms = new SegmentTerms[sizes.length];
            Arrays.setAll(terms, s -> new SegmentTerms(p, s, offers));
            tasteBins = p.choice().tasteBins();
            adopters = new Adopters("KEN", SEED, number, sizes, offers, tasteBins, mirrored);
            bench = new Adopters.Bench(offers);
            reach = new double[sizes.length][Stack.COUNT];
            utility = new double[sizes.length][offers.count];
            available = new double[sizes.length][offers.count];
            availableBefore = new double[sizes.length][offers.count];
            nonUse = new double[sizes.length];
        }

        /** Draws the month's market; the mirror image draws that of the other power's stacks. */
        void draw(int month) {
            long key = Draws.key(Draws.key(50, number), month);
            int item = 0;
            for (int s = 0; s < sizes.length; s++) {
                for (int position = 0; position < Stack.COUNT; position++) {
                    double hazard = .3 * Draws.unit(Draws.bits(key, item++));
                    int g = offers.stackOrder[position];
                    reach[s][g] = Math.min(1, Consideration.next(reach[s][g], hazard));
                }
                for (int k = 0; k < offers.count; k++) {
                    availableBefore[s][k] = available[s][k];
                    double a = Draws.unit(Draws.bits(key, item++));
                    available[s][k] = a < .15 ? 0 : a < .5 ? Math.rint(8 * a) / 8 : 1;
                    double u = 4 * Draws.unit(Draws.bits(key, item++)) - 2;
                    utility[s][k] = available[s][k] == 0 ? Double.NEGATIVE_INFINITY : u;
                }
                nonUse[s] = 2 * Draws.unit(Draws.bits(key, item++)) - 1;
            }
        }

        boolean fewer(int s) {
            for (int k = 0; k < offers.count; k++) {
                if (available[s][k] < availableBefore[s][k]) {
                    return true;
                }
            }
            return false;
        }

        void month(int month) {
            for (int s = 0; s < sizes.length; s++) {
                adopters.open(s, month, terms[s], bench);
                for (int g = 0; g < Stack.COUNT; g++) {
                    adopters.consider(s, g, reach[s][g], bench);
                }
                if (fewer(s)) {
                    adopters.displace(s, available[s], bench);
                }
                adopters.choose(s, terms[s], utility[s], available[s], nonUse[s], bench);
            }
            adopters.close();
        }

        int[] column(String name) {
            return AdoptersTest.column(adopters, name);
        }
    }

    /** An attribute of all adopters, out of their words. */
    private static int[] column(Adopters adopters, String name) {
        try {
            Field field = Adopters.class.getDeclaredField("word");
            field.setAccessible(true);
            int[] words = (int[]) field.get(adopters);
            return Arrays.stream(words)
                    .map(word -> switch (name) {
                        case "offer" -> word & 63;
                        case "considered" -> word >>> 6 & 63;
                        case "taste" -> word >>> 12 & 31;
                        default -> word >> 17;
                    })
                    .toArray();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("adopters have words", e);
        }
    }

    @Test
    void adoptersChooseAsIfOneAfterAnotherInAnyOrder() {
        for (int number = 0; number < 6; number++) {
            Trial trial = new Trial(number, false, 90, 1, 130);
            PlainAdopters plain = new PlainAdopters("KEN", SEED, number, trial.sizes, trial.offers, trial.tasteBins);
            assertArrayEquals(plain.taste, trial.column("taste"));
            for (int month = 0; month < 40; month++) {
                trial.draw(month);
                boolean displacing = trial.fewer(0) || trial.fewer(1) || trial.fewer(2);
                trial.month(month);
                plain.month(month, trial.terms, trial.reach, trial.utility, trial.available, trial.nonUse, displacing);
                assertArrayEquals(plain.considered, trial.column("considered"), "considered in month " + month);
                assertArrayEquals(plain.offer, trial.column("offer"), "offers in month " + month);
                for (int i = 0; i < plain.offer.length; i++) {
                    if (plain.offer[i] != trial.offers.count) {
                        assertEquals(plain.since[i], trial.column("since")[i], "tenure in month " + month);
                    }
                }
            }
        }
    }

    @Test
    void countsAlwaysEqualARecount() {
        for (int number = 0; number < 3; number++) {
            Trial trial = new Trial(number, false, 400, 37, 200, 0);
            int[] consideredBefore = new int[trial.adopters.count];
            for (int month = 0; month < 60; month++) {
                trial.draw(month);
                trial.month(month);
                int[] offer = trial.column("offer");
                int[] considered = trial.column("considered");
                int[] since = trial.column("since");
                for (int s = 0; s < trial.sizes.length; s++) {
                    int[] users = new int[trial.offers.count + 1];
                    int[] by = new int[1 << Stack.COUNT];
                    double held = 0;
                    for (int i = trial.adopters.start[s]; i < trial.adopters.start[s + 1]; i++) {
                        users[offer[i]]++;
                        by[considered[i]]++;
                        assertEquals(consideredBefore[i], consideredBefore[i] & considered[i], "nobody forgets");
                        boolean uses = offer[i] != trial.offers.count;
                        held += uses ? trial.terms[s].lockIn[Tenure.bin(month - since[i])] : 0;
                        int stack = uses ? trial.offers.stack[offer[i]] : 0;
                        assertTrue(!uses || (considered[i] >> stack & 1) == 1, "nobody uses what they do not consider");
                    }
                    assertArrayEquals(users, trial.adopters.users(s));
                    assertArrayEquals(by, trial.adopters.consideringBy(s));
                    assertEquals(
                            held * trial.terms[s].cost[Offers.OTHER],
                            trial.adopters.switchingCostHeld(s, trial.terms[s]),
                            1e-9 * (1 + held));
                }
                consideredBefore = considered;
            }
        }
    }

    @Test
    void whoeverHoldsWhatHasGoneLeavesAtOnce() {
        Trial trial = new Trial(1, false, 500, 300);
        for (int month = 0; month < 60; month++) {
            trial.draw(month);
            trial.month(month);
            int[] offer = trial.column("offer");
            for (int s = 0; s < 2; s++) {
                for (int k = 0; k < trial.offers.count; k++) {
                    if (trial.available[s][k] == 0) {
                        assertEquals(0, trial.adopters.users(s)[k], "month " + month);
                    }
                }
                for (int i = trial.adopters.start[s]; i < trial.adopters.start[s + 1]; i++) {
                    assertTrue(
                            offer[i] == trial.offers.count || trial.available[s][offer[i]] > rank(trial, i),
                            "nobody holds what is rationed to others");
                }
            }
        }
    }

    private static double rank(Trial trial, int i) {
        return new PlainAdopters("KEN", SEED, 1, new int[] {1}, trial.offers, 5).rank(i);
    }

    @Test
    void theMirrorImageChoosesTheMirrorImage() {
        for (int number = 0; number < 3; number++) {
            Trial trial = new Trial(number, false, 200, 77);
            Trial image = new Trial(number, true, 200, 77);
            for (int month = 0; month < 40; month++) {
                trial.draw(month);
                trial.month(month);
                image.draw(month);
                image.month(month);
                // Offers stand by position, which the mirror leaves alone.
                assertArrayEquals(trial.column("offer"), image.column("offer"), "month " + month);
            }
            for (int s = 0; s < 2; s++) {
                for (int mask = 0; mask < 64; mask++) {
                    int swapped = mask & 48 | (mask & 3) << 2 | (mask & 12) >> 2;
                    assertEquals(
                            trial.adopters.consideringBy(s)[mask],
                            image.adopters.consideringBy(s)[swapped]);
                }
            }
        }
    }

    // Consideration ---------------------------------------------------------------------------------------------------

    private static int considering(Adopters adopters, int g) {
        int[] by = adopters.consideringBy(0);
        int sum = 0;
        for (int mask = 0; mask < by.length; mask++) {
            sum += (mask >> g & 1) * by[mask];
        }
        return sum;
    }

    /** Thresholds are exactly independent monthly draws: of those left, a binomial number comes to consider. */
    @Test
    void considerationByThresholdsIsTheProcessOfIndependentMonths() {
        int n = 200_000;
        Trial trial = new Trial(4, false, n);
        double share = 0;
        int before = 0;
        double squares = 0;
        int months = 60;
        for (int month = 0; month < months; month++) {
            double hazard = .002 + .2 * Draws.unit(Draws.bits(61, month));
            share = Consideration.next(share, hazard);
            trial.adopters.open(0, month, trial.terms[0], trial.bench);
            trial.adopters.consider(0, 2, share, trial.bench);
            int now = considering(trial.adopters, 2);
            double left = n - before;
            double off = (now - before - left * hazard) / Math.sqrt(left * hazard * (1 - hazard));
            assertEquals(0, off, 4.5, "month " + month);
            squares += off * off;
            before = now;
            assertEquals(share, trial.adopters.reach(0, 2));
        }
        assertEquals(1, squares / months, 4.5 * Math.sqrt(2.0 / months));
    }

    @Test
    void comingToConsiderOneStackTellsNothingOfAnother() {
        int n = 200_000;
        Trial trial = new Trial(4, false, n);
        double[] share = {.3, .05, .6, .2, .5, .1};
        trial.adopters.open(0, 0, trial.terms[0], trial.bench);
        for (int g = 0; g < Stack.COUNT; g++) {
            trial.adopters.consider(0, g, share[g], trial.bench);
        }
        int[] by = trial.adopters.consideringBy(0);
        double chi = 0;
        for (int mask = 0; mask < by.length; mask++) {
            double p = 1;
            for (int g = 0; g < Stack.COUNT; g++) {
                p *= (mask >> g & 1) == 1 ? share[g] : 1 - share[g];
            }
            chi += (by[mask] - n * p) * (by[mask] - n * p) / (n * p);
        }
        assertEquals(63, chi, 4.5 * Math.sqrt(126));
    }

    @Test
    void inHowManyStepsAShareIsReachedChangesNobody() {
        Trial many = new Trial(4, false, 5000);
        Trial once = new Trial(4, false, 5000);
        many.adopters.open(0, 0, many.terms[0], many.bench);
        once.adopters.open(0, 0, once.terms[0], once.bench);
        for (int step = 1; step <= 1000; step++) {
            many.adopters.consider(0, 3, step * .00073, many.bench);
            many.adopters.consider(0, 3, step * .0003, many.bench);
        }
        once.adopters.consider(0, 3, 1000 * .00073, once.bench);
        assertArrayEquals(once.column("considered"), many.column("considered"));
        once.adopters.consider(0, 3, 1, once.bench);
        assertEquals(5000, considering(once.adopters, 3));
    }

    @Test
    void whoFirstConsidersAnythingChoosesInThatMonth() {
        Trial trial = new Trial(4, false, 2000);
        double[] utility = new double[trial.offers.count];
        double[] available = new double[trial.offers.count];
        Arrays.fill(available, 1);
        Arrays.fill(utility, 30);
        for (int month = 0; month < 5; month++) {
            trial.adopters.open(0, month, trial.terms[0], trial.bench);
            trial.adopters.consider(0, 0, .1 + .1 * month, trial.bench);
            trial.adopters.choose(0, trial.terms[0], utility, available, 0, trial.bench);
            trial.adopters.close();
            int[] users = trial.adopters.users(0);
            assertEquals(considering(trial.adopters, 0), 2000 - users[users.length - 1]);
        }
    }

    // Rationing -------------------------------------------------------------------------------------------------------

    @Test
    void rationingKeepsTheSameAdoptersAtEveryStricterShare() {
        int n = 4000;
        Trial trial = new Trial(4, false, n);
        int scarce = trial.offers.first[Stack.US_CLOSED.ordinal()];
        double[] utility = new double[trial.offers.count];
        utility[scarce] = 60;
        double[] available = new double[trial.offers.count];
        Map<Double, BitSet> served = new LinkedHashMap<>();
        int month = 0;
        for (double share : new double[] {1, .9, .7, .4, .05, .4, .7, .9, 1, .4}) {
            Arrays.fill(available, 1);
            available[scarce] = share;
            // Twice, so that those let back in have time to review.
            for (int turn = 0; turn < 40; turn++, month++) {
                trial.adopters.open(0, month, trial.terms[0], trial.bench);
                for (int g = 0; g < Stack.COUNT; g++) {
                    trial.adopters.consider(0, g, 1, trial.bench);
                }
                trial.adopters.displace(0, available, trial.bench);
                trial.adopters.choose(0, trial.terms[0], utility, available, -60, trial.bench);
                trial.adopters.close();
            }
            BitSet holders = new BitSet();
            int[] offer = trial.column("offer");
            for (int i = 0; i < n; i++) {
                holders.set(i, offer[i] == scarce);
            }
            double spread = Math.sqrt(n * share * (1 - share)) + 1;
            assertEquals(n * share, holders.cardinality(), 4.5 * spread, "share " + share);
            BitSet earlier = served.putIfAbsent(share, holders);
            if (earlier != null) {
                assertEquals(earlier, holders, "the same adopters at " + share + " again");
            }
            served.forEach((other, set) -> {
                BitSet both = (BitSet) set.clone();
                both.and(holders);
                assertEquals(Math.min(set.cardinality(), holders.cardinality()), both.cardinality(), "nested");
            });
        }
    }

    @Test
    void severalOffersAreRationedByOneRank() {
        int n = 3000;
        Trial trial = new Trial(4, false, n);
        double[] utility = new double[trial.offers.count];
        double[] available = new double[trial.offers.count];
        for (int k = 0; k < trial.offers.count; k++) {
            available[k] = (k + 1.0) / (trial.offers.count + 1);
            // The scarcer, the better: everybody takes the best that is for them.
            utility[k] = 40.0 * (trial.offers.count - k);
        }
        trial.adopters.open(0, 0, trial.terms[0], trial.bench);
        for (int g = 0; g < Stack.COUNT; g++) {
            trial.adopters.consider(0, g, 1, trial.bench);
        }
        trial.adopters.choose(0, trial.terms[0], utility, available, -1000, trial.bench);
        trial.adopters.close();
        int[] offer = trial.column("offer");
        for (int i = 0; i < n; i++) {
            double rank = new PlainAdopters("KEN", SEED, 4, new int[] {1}, trial.offers, 5).rank(i);
            int best = 0;
            while (best < trial.offers.count && rank >= available[best]) {
                best++;
            }
            assertEquals(best, offer[i]);
        }
    }

    // Keys ------------------------------------------------------------------------------------------------------------

    @Test
    void seedsReplicatesAndNationsMeetDifferentLuck() {
        int[] sizes = {3000};
        Offers offers = TestOffers.few();
        String base = tastes(new Adopters("KEN", 1, 0, sizes, offers, 7, false));
        assertEquals(base, tastes(new Adopters("KEN", 1, 0, sizes, offers, 7, false)));
        assertTrue(!base.equals(tastes(new Adopters("KEO", 1, 0, sizes, offers, 7, false))));
        assertTrue(!base.equals(tastes(new Adopters("KEN", 2, 0, sizes, offers, 7, false))));
        assertTrue(!base.equals(tastes(new Adopters("KEN", 1L | 1L << 40, 0, sizes, offers, 7, false))));
        assertTrue(!base.equals(tastes(new Adopters("KEN", 1, 1, sizes, offers, 7, false))));
    }

    private static String tastes(Adopters adopters) {
        return Arrays.toString(column(adopters, "taste"));
    }

    @Test
    void moreAdoptersLeaveThoseThereWereAsTheyWere() {
        Offers offers = TestOffers.few();
        String few = tastes(new Adopters("KEN", 1, 0, new int[] {500}, offers, 7, false));
        String many = tastes(new Adopters("KEN", 1, 0, new int[] {900}, offers, 7, false));
        assertTrue(many.startsWith(few.substring(0, few.length() - 1)));
    }
}
