package twostacks.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

/**
 * Draws pass as luck where the model uses them: keyed, with neighbouring keys that differ in one part. All tests have
 * fixed seeds, so their verdicts never change; p-values below 10⁻⁵ count as a failure.
 *
 * <p>{@link DrawsStream} writes the same layouts for batteries outside.
 */
final class DrawsTest {
    private static final double LEAST_P = 1e-5;

    // Uniformity ------------------------------------------------------------------------------------------------------

    @Test
    void drawsAreUniformOver65536CellsInEveryLayout() {
        int draws = 1 << 20;
        for (DrawsStream.Layout layout : DrawsStream.Layout.values()) {
            for (int shift : new int[] {48, 24, 0}) {
                int[] cells = new int[1 << 16];
                for (int at = 0; at < draws; at++) {
                    cells[(int) (layout.draw(at) >>> shift & 0xFFFF)]++;
                }
                passes(chiSquareP(cells, draws), layout + " bits from " + shift);
            }
        }
    }

    @Test
    void pairsOfNeighboursAreUniformOver65536Cells() {
        int pairs = 1 << 20;
        for (DrawsStream.Layout layout : DrawsStream.Layout.values()) {
            int[] cells = new int[1 << 16];
            for (int pair = 0; pair < pairs; pair++) {
                int first = (int) (layout.draw(2L * pair) >>> 56);
                int second = (int) (layout.draw(2L * pair + 1) >>> 56);
                cells[first << 8 | second]++;
            }
            passes(chiSquareP(cells, pairs), layout + " pairs");
        }
    }

    @Test
    void unitsAreMultiplesOfTheirResolutionBelowOne() {
        assertEquals(0, Draws.unit(0));
        assertEquals(Math.nextDown(1.0), Draws.unit(-1L));
        assertEquals(.5, Draws.unit(Long.MIN_VALUE));
    }

    // Serial correlation ----------------------------------------------------------------------------------------------

    /** Draws of items whose key differs in one part. */
    private enum Neighbours {
        ITEMS {
            @Override
            long[] draws(int part, int items) {
                return IntStream.range(0, items)
                        .mapToLong(month -> Draws.bits(Draws.key(KENYA, month), part))
                        .toArray();
            }
        },
        MONTHS {
            @Override
            long key(int part) {
                return Draws.key(KENYA, part);
            }
        },
        SEGMENTS {
            @Override
            long key(int part) {
                return DrawsStream.monthKey(1, 0, Purpose.CHOICE, "KEN", part, 7);
            }
        },
        LAST_LETTERS {
            @Override
            long key(int part) {
                return DrawsStream.monthKey(1, 0, Purpose.REVIEW, "KE" + (char) ('A' + part), 0, 7);
            }
        },
        FIRST_LETTERS {
            @Override
            long key(int part) {
                return DrawsStream.monthKey(1, 0, Purpose.REVIEW, (char) ('A' + part) + "EN", 0, 7);
            }
        },
        SEEDS {
            @Override
            long key(int part) {
                return DrawsStream.monthKey(part, 0, Purpose.CHOICE, "KEN", 0, 7);
            }
        },
        FAR_SEEDS {
            @Override
            long key(int part) {
                return DrawsStream.monthKey((long) part << 59, 0, Purpose.CHOICE, "KEN", 0, 7);
            }
        },
        REPLICATES {
            @Override
            long key(int part) {
                return DrawsStream.monthKey(1, part, Purpose.CHOICE, "KEN", 0, 7);
            }
        },
        PURPOSES {
            @Override
            long key(int part) {
                return DrawsStream.monthKey(1, 0, Purpose.values()[part % Purpose.values().length], "KEN", 0, 7);
            }
        };

        long key(int part) {
            throw new UnsupportedOperationException();
        }

        long[] draws(int part, int items) {
            long key = key(part);
            return IntStream.range(0, items)
                    .mapToLong(item -> Draws.bits(key, item))
                    .toArray();
        }
    }

    private static final long KENYA = Draws.key(DrawsStream.nationKey(1, 0, Purpose.CHOICE, "KEN"), 0);

    @Test
    void neighboursDoNotCorrelate() {
        int items = 1 << 16;
        for (Neighbours of : Neighbours.values()) {
            for (int part : new int[] {0, 1, 4, 9}) {
                long[] draws = of.draws(part, items);
                for (int lag : new int[] {1, 2, 3, 7}) {
                    long[] others = of.draws(part + lag, items);
                    double sum = 0;
                    for (int item = 0; item < items; item++) {
                        sum += (Draws.unit(draws[item]) - .5) * (Draws.unit(others[item]) - .5);
                    }
                    // The product of two centred uniforms has variance 1/144.
                    passes(twoSided(sum * 12 / Math.sqrt(items)), of + " " + part + " and " + (part + lag));
                }
            }
        }
    }

    @Test
    void noBitOfADrawTellsABitOfItsNeighbours() {
        int items = 1 << 14;
        for (Neighbours of : Neighbours.values()) {
            int[][] agree = new int[64][64];
            long[] draws = of.draws(2, items);
            long[] others = of.draws(3, items);
            for (int item = 0; item < items; item++) {
                long x = draws[item];
                long y = others[item];
                for (int turn = 0; turn < 64; turn++) {
                    long same = ~(x ^ Long.rotateLeft(y, turn));
                    for (int bit = 0; bit < 64; bit++) {
                        agree[turn][bit] += (int) (same >>> bit & 1);
                    }
                }
            }
            double most = Arrays.stream(agree)
                    .flatMapToInt(Arrays::stream)
                    .mapToDouble(n -> Math.abs(n - items / 2.0) / Math.sqrt(items / 4.0))
                    .max()
                    .orElseThrow();
            // The greatest of 4,096 standard normal numbers passes 5.8 once in 37,000 times.
            assertTrue(most < 5.8, of + ": " + most + " standard deviations");
        }
    }

    @Test
    void anInputBitFlipsHalfOfTheOutputBits() {
        int items = 1 << 12;
        for (int bit = 0; bit < 64; bit++) {
            long flippedByPart = 0;
            long flippedByKey = 0;
            for (int item = 0; item < items; item++) {
                long base = Draws.bits(3, item);
                flippedByPart += Long.bitCount(Draws.key(base, item) ^ Draws.key(base, item ^ 1L << bit));
                flippedByKey += Long.bitCount(Draws.key(base, item) ^ Draws.key(base ^ 1L << bit, item));
            }
            double spread = Math.sqrt(64.0 * items / 4);
            passes(twoSided((flippedByPart - 32.0 * items) / spread), "part bit " + bit);
            passes(twoSided((flippedByKey - 32.0 * items) / spread), "key bit " + bit);
        }
    }

    // Keys ------------------------------------------------------------------------------------------------------------

    @Test
    void noTwoKeysOfALongStudyAreEqual() {
        int codes = 198;
        int months = 240;
        int segments = 4;
        int replicates = 2;
        long[] keys = new long[codes * months * segments * replicates * Purpose.values().length];
        int n = 0;
        for (Purpose purpose : Purpose.values()) {
            for (int replicate = 0; replicate < replicates; replicate++) {
                for (int code = 0; code < codes; code++) {
                    for (int segment = 0; segment < segments; segment++) {
                        for (int month = 0; month < months; month++) {
                            keys[n++] = key(1, replicate, purpose, DrawsStream.code(code * 88), segment, month);
                        }
                    }
                }
            }
        }
        Arrays.sort(keys);
        for (int i = 1; i < n; i++) {
            assertNotEquals(keys[i - 1], keys[i]);
        }
    }

    @Test
    void everyCodeHasItsOwnPart() {
        long[] parts = new long[DrawsStream.NATION_COUNT];
        for (int nation = 0; nation < parts.length; nation++) {
            parts[nation] = Draws.part(DrawsStream.code(nation));
        }
        assertEquals(parts.length, Arrays.stream(parts).distinct().count());
        assertNotEquals(Draws.part("AB"), Draws.part("BA"));
    }

    @Test
    void allSixtyFourBitsOfASeedCount() {
        long base = Draws.key(1, 0, Purpose.CHOICE);
        for (int bit = 0; bit < 64; bit++) {
            assertNotEquals(base, Draws.key(1 ^ 1L << bit, 0, Purpose.CHOICE));
        }
    }

    @Test
    void seedReplicateAndPurposeDoNotStandInForOneAnother() {
        assertNotEquals(Draws.key(1, 2, Purpose.RANK), Draws.key(2, 1, Purpose.RANK));
        assertNotEquals(Draws.key(0, 1, Purpose.RANK), Draws.key(0, 0, Purpose.CONSIDER));
    }

    @Test
    void mixIsABijectionOnWhatWasTried() {
        long[] mixed = new long[1 << 20];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = Draws.mix(i * 0x9E3779B97F4A7C15L);
        }
        Arrays.sort(mixed);
        for (int i = 1; i < mixed.length; i++) {
            assertNotEquals(mixed[i - 1], mixed[i]);
        }
    }

    /** Steele, Lea and Flood's SplitMix64 from seed 1234567, as its reference implementation prints it. */
    @Test
    void itemsUnderAKeyAreSplitMix64() {
        String[] reference = {
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821"
        };
        for (int i = 0; i < reference.length; i++) {
            assertEquals(Long.parseUnsignedLong(reference[i]), Draws.bits(1234567, i));
        }
    }

    // Spacings, gaps, collisions --------------------------------------------------------------------------------------

    /** Marsaglia's birthday spacings: n birthdays in a year of 2³² days give Poisson(n³/2³⁴) equal spacings. */
    @Test
    void birthdaysAreSpacedAsTheyShouldBe() {
        int birthdays = 1 << 12;
        int years = 128;
        for (DrawsStream.Layout layout : DrawsStream.Layout.values()) {
            for (int shift : new int[] {32, 0}) {
                int equal = 0;
                for (int year = 0; year < years; year++) {
                    long[] days = new long[birthdays];
                    for (int i = 0; i < birthdays; i++) {
                        days[i] = layout.draw((long) year * birthdays + i) >>> shift & 0xFFFFFFFFL;
                    }
                    Arrays.sort(days);
                    for (int i = birthdays - 1; i > 0; i--) {
                        days[i] -= days[i - 1];
                    }
                    Arrays.sort(days);
                    for (int i = 1; i < birthdays; i++) {
                        equal += days[i] == days[i - 1] ? 1 : 0;
                    }
                }
                double mean = years * Math.pow(birthdays, 3) / Math.pow(2, 34);
                passes(poissonP(mean, equal), layout + " birthday spacings from bit " + shift);
            }
        }
    }

    /** Knuth's collision test: 2¹⁴ balls in 2²⁰ urns. */
    @Test
    void ballsCollideAsOftenAsTheyShould() {
        int balls = 1 << 14;
        int rounds = 100;
        double urns = 1 << 20;
        double perRound = balls - urns * (1 - Math.pow(1 - 1 / urns, balls));
        for (DrawsStream.Layout layout : DrawsStream.Layout.values()) {
            int collisions = 0;
            for (int round = 0; round < rounds; round++) {
                long[] full = new long[1 << 14];
                for (int ball = 0; ball < balls; ball++) {
                    int urn = (int) (layout.draw((long) round * balls + ball) >>> 44);
                    collisions += (int) (full[urn >> 6] >>> urn & 1);
                    full[urn >> 6] |= 1L << urn;
                }
            }
            passes(poissonP(rounds * perRound, collisions), layout + " collisions");
        }
    }

    /** Knuth's gap test: lengths of runs outside [0, 1/8). */
    @Test
    void gapsAreGeometric() {
        int gaps = 100_000;
        int longest = 60;
        for (DrawsStream.Layout layout : DrawsStream.Layout.values()) {
            int[] seen = new int[longest + 1];
            long at = 0;
            for (int gap = 0; gap < gaps; gap++) {
                int length = 0;
                while (Draws.unit(layout.draw(at++)) >= .125) {
                    length++;
                }
                seen[Math.min(length, longest)]++;
            }
            double chi = 0;
            for (int length = 0; length <= longest; length++) {
                double p = Math.pow(.875, length) * (length == longest ? 1 : .125);
                chi += Math.pow(seen[length] - gaps * p, 2) / (gaps * p);
            }
            passes(chiSquareP(chi, longest), layout + " gaps");
        }
    }

    // Sixty-four trials at once ---------------------------------------------------------------------------------------

    /** Each of the 64 trials compares the number that its bits spell with p, exactly. */
    @Test
    void bernoulliBitsAreWhatTheirUniformNumbersSay() {
        for (double p : new double[] {0, 1e-9, 1e-5, .02, .05, .1, .3, .35, .5, .75, .999, 1 - 1e-9, 1}) {
            long threshold = Draws.threshold(p);
            for (int block = 0; block < 500; block++) {
                long[] number = new long[64];
                for (int digit = 0; digit < 32; digit++) {
                    long draw = Draws.bits(99, ((long) block << 5) + digit);
                    for (int trial = 0; trial < 64; trial++) {
                        number[trial] = number[trial] << 1 | draw >>> trial & 1;
                    }
                }
                long expected = 0;
                for (int trial = 0; trial < 64; trial++) {
                    expected |= number[trial] < threshold ? 1L << trial : 0;
                }
                assertEquals(expected, Draws.bernoulli64(99, block, threshold), "p " + p + ", block " + block);
            }
        }
    }

    @Test
    void bernoulliTrialsOfManyBlocksAreThoseOfEachBlock() {
        for (double p : new double[] {0, 1e-9, 1e-5, .02, .2, .25, .5, .75, .999, 1 - 1e-9, 1}) {
            long threshold = Draws.threshold(p);
            for (int blocks : new int[] {0, 1, 31, 32, 33, 500}) {
                long[] set = new long[blocks + 1];
                Arrays.fill(set, 77);
                Draws.bernoulli64(5, blocks, threshold, set, new long[blocks], new long[blocks]);
                for (int block = 0; block < blocks; block++) {
                    assertEquals(Draws.bernoulli64(5, block, threshold), set[block], "p " + p + ", block " + block);
                }
                assertEquals(77, set[blocks], "what lies behind is left alone");
            }
        }
    }

    @Test
    void drawsOfManyItemsAreThoseOfEachItem() {
        long[] items = {0, -1, 5, Long.MIN_VALUE, 1L << 40, 5, 99};
        long[] draws = items.clone();
        Draws.bits(3, items.length - 1, draws);
        for (int i = 0; i < items.length - 1; i++) {
            assertEquals(Draws.bits(3, items[i]), draws[i]);
        }
        assertEquals(99, draws[items.length - 1], "what lies behind is left alone");
    }

    @Test
    void bernoulliRatesAreWithinFiveStandardErrors() {
        int blocks = 1 << 16;
        double[] rates = {
            0, 0x1p-32, 1e-8, 1e-6, 1e-4, .001, .02, .05, .1, 1 / 3.0, .5, .65, .9, .999, 1 - 1e-6, 1 - 0x1p-32, 1
        };
        for (double rate : rates) {
            long set = 0;
            long threshold = Draws.threshold(rate);
            for (int block = 0; block < blocks; block++) {
                set += Long.bitCount(Draws.bernoulli64(Draws.key(11, block >> 8), block & 255, threshold));
            }
            double n = 64.0 * blocks;
            double exact = threshold / 4294967296.0;
            assertTrue(Math.abs(set - n * exact) <= 5 * Math.sqrt(n * exact * (1 - exact)) + .5, "rate " + rate);
        }
    }

    @Test
    void bernoulliTrialsOfABlockAreIndependentInPairs() {
        int blocks = 1 << 14;
        for (double rate : new double[] {.05, .3, .5, .9}) {
            long threshold = Draws.threshold(rate);
            int[][] both = new int[64][64];
            for (int block = 0; block < blocks; block++) {
                long set = Draws.bernoulli64(21, block, threshold);
                for (long left = set; left != 0; left &= left - 1) {
                    int i = Long.numberOfTrailingZeros(left);
                    for (long right = left & left - 1; right != 0; right &= right - 1) {
                        both[i][Long.numberOfTrailingZeros(right)]++;
                    }
                }
            }
            double expected = blocks * rate * rate;
            double spread = Math.sqrt(expected * (1 - rate * rate));
            double sum = 0;
            for (int i = 0; i < 64; i++) {
                for (int j = i + 1; j < 64; j++) {
                    double off = (both[i][j] - expected) / spread;
                    assertTrue(Math.abs(off) < 5.8, "trials " + i + " and " + j + " at rate " + rate);
                    sum += off * off;
                }
            }
            assertEquals(1, sum / 2016, .15, "rate " + rate);
        }
    }

    @Test
    void bernoulliTrialsOfNeighbouringMonthsAndBlocksAreIndependent() {
        int blocks = 1 << 12;
        long threshold = Draws.threshold(.35);
        long sameMonths = 0;
        long sameBlocks = 0;
        for (int block = 0; block < blocks; block++) {
            long here = Draws.bernoulli64(key(1, 0, Purpose.REVIEW, "KEN", 1, 5), block, threshold);
            sameMonths +=
                    Long.bitCount(here & Draws.bernoulli64(key(1, 0, Purpose.REVIEW, "KEN", 1, 6), block, threshold));
            sameBlocks += Long.bitCount(
                    here & Draws.bernoulli64(key(1, 0, Purpose.REVIEW, "KEN", 1, 5), block + 1L, threshold));
        }
        double n = 64.0 * blocks;
        double p = .35 * .35;
        passes(twoSided((sameMonths - n * p) / Math.sqrt(n * p * (1 - p))), "months");
        // Blocks overlap in pairs, which adds covariance 2(p^3 - p^4) to each product's variance.
        double variance = p * (1 - p) + 2 * (.35 * p - p * p);
        passes(twoSided((sameBlocks - n * p) / Math.sqrt(n * variance)), "blocks");
    }

    @Test
    void aGreaterProbabilityNeverUnsetsATrial() {
        for (int block = 0; block < 1000; block++) {
            long before = 0;
            for (int i = 0; i <= 64; i++) {
                long set = Draws.bernoulli64(5, block, Draws.threshold(i / 64.0));
                assertEquals(0, before & ~set);
                before = set;
            }
            assertEquals(-1L, before);
        }
    }

    @Test
    void thresholdsRoundAndStayInBounds() {
        assertEquals(0, Draws.threshold(0));
        assertEquals(0, Draws.threshold(-1));
        assertEquals(1L << 32, Draws.threshold(1));
        assertEquals(1L << 32, Draws.threshold(7));
        assertEquals(1L << 31, Draws.threshold(.5));
        assertEquals(1, Draws.threshold(0x1p-32));
        assertEquals(0, Draws.threshold(0x1p-34));
    }

    // Helpers ---------------------------------------------------------------------------------------------------------

    private static long key(long seed, long replicate, Purpose purpose, String iso3, int segment, int month) {
        return DrawsStream.monthKey(seed, replicate, purpose, iso3, segment, month);
    }

    private static double chiSquareP(int[] cells, double draws) {
        double expected = draws / cells.length;
        double chi = 0;
        for (int cell : cells) {
            chi += (cell - expected) * (cell - expected) / expected;
        }
        return chiSquareP(chi, cells.length - 1);
    }

    /** Two-sided: too even is no better than too uneven. */
    private static double chiSquareP(double chi, int degrees) {
        double below = degrees > 1000
                ? new NormalDistribution(null, 0, 1)
                        .cumulativeProbability(
                                (Math.cbrt(chi / degrees) - 1 + 2 / (9.0 * degrees)) / Math.sqrt(2 / (9.0 * degrees)))
                : new ChiSquaredDistribution(null, degrees).cumulativeProbability(chi);
        return 2 * Math.min(below, 1 - below);
    }

    private static double poissonP(double mean, int count) {
        PoissonDistribution poisson = new PoissonDistribution(mean);
        double atMost = poisson.cumulativeProbability(count);
        return 2 * Math.min(.5, Math.min(atMost, 1 - atMost + poisson.probability(count)));
    }

    private static double twoSided(double z) {
        return 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(z));
    }

    private static void passes(double p, String what) {
        assertTrue(p > LEAST_P, what + ": p = " + p);
    }
}
