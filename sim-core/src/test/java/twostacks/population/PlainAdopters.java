package twostacks.population;

import java.util.Arrays;
import twostacks.adoption.Tenure;
import twostacks.policy.Stack;
import twostacks.random.Draws;
import twostacks.random.Purpose;

/**
 * {@link Adopters} told plainly: one adopter after another, last to first, each from a copy of what all used last month,
 * with nothing sorted, counted on the way or drawn for many at once.
 */
final class PlainAdopters {
    final int[] offer;
    final int[] considered;
    final int[] since;
    final int[] taste;
    private final int[] start;
    private final Offers offers;
    private final int none;
    private final long seed;
    private final long replicate;
    private final long part;

    PlainAdopters(String iso3, long seed, long replicate, int[] sizes, Offers offers, int tasteBins) {
        this.offers = offers;
        this.seed = seed;
        this.replicate = replicate;
        none = offers.count;
        part = Draws.part(iso3);
        start = new int[sizes.length + 1];
        for (int s = 0; s < sizes.length; s++) {
            start[s + 1] = start[s] + sizes[s];
        }
        int count = start[sizes.length];
        offer = new int[count];
        Arrays.fill(offer, none);
        considered = new int[count];
        since = new int[count];
        taste = new int[count];
        for (int i = 0; i < count; i++) {
            double u = (Draws.bits(key(Purpose.TASTE), i) >>> 32) * 0x1p-32;
            taste[i] = (int) (u * tasteBins);
        }
    }

    private long key(Purpose purpose) {
        return Draws.key(Draws.key(seed, replicate, purpose), part);
    }

    double rank(int i) {
        return Draws.unit(Draws.bits(key(Purpose.RANK), i));
    }

    /** A month of all segments. */
    void month(
            int month,
            SegmentTerms[] terms,
            double[][] reach,
            double[][] utility,
            double[][] available,
            double[] nonUse,
            boolean displacing) {
        int[] before = offer.clone();
        for (int s = terms.length - 1; s >= 0; s--) {
            for (int i = start[s + 1] - 1; i >= start[s]; i--) {
                boolean reviews = considered[i] != 0 && drawnToReview(i - start[s], s, month, terms[s]);
                reviews |= comesToConsider(i, reach[s], month);
                int held = before[i];
                if (displacing && held != none && !isFor(i, available[s][held])) {
                    reviews = true;
                }
                if (reviews) {
                    choose(i, s, month, terms[s], utility[s], available[s], nonUse[s], before);
                }
            }
        }
    }

    private boolean isFor(int i, double available) {
        return available >= 1 || rank(i) < available;
    }

    private boolean drawnToReview(int within, int s, int month, SegmentTerms terms) {
        long key = Draws.key(Draws.key(key(Purpose.REVIEW), s), month);
        return (Draws.bernoulli64(key, within / 64, terms.review) >>> within % 64 & 1) == 1;
    }

    private boolean comesToConsider(int i, double[] reach, int month) {
        int had = considered[i];
        for (int g = 0; g < Stack.COUNT; g++) {
            if (Draws.unit(Draws.bits(Draws.key(key(Purpose.CONSIDER), g), i)) < reach[g]) {
                considered[i] |= 1 << g;
            }
        }
        if (had == 0 && considered[i] != 0) {
            since[i] = month;
            return true;
        }
        return false;
    }

    private void choose(
            int i,
            int s,
            int month,
            SegmentTerms terms,
            double[] utility,
            double[] available,
            double nonUse,
            int[] before) {
        double[] own = utility.clone();
        for (int k = 0; k < none; k++) {
            if (!isFor(i, available[k])) {
                own[k] = Double.NEGATIVE_INFINITY;
            }
        }
        int[] peerCounts = new int[Stack.COUNT + 1];
        for (int slot = 0; slot < terms.degree; slot++) {
            int peer = Peers.peer(key(Purpose.PEERS), i, slot, offer.length, terms.rewiring);
            peerCounts[offers.stack[before[peer]]]++;
        }
        ChoiceTables tables = new ChoiceTables(offers);
        tables.start(terms, own, nonUse);
        int held = before[i];
        int tenure = month - since[i];
        int chosen = TestChoices.choose(
                tables,
                offers,
                held,
                Tenure.bin(tenure),
                considered[i],
                taste[i],
                terms.peersMatter ? peerCounts : null,
                Draws.bits(Draws.key(Draws.key(key(Purpose.CHOICE), s), month), i - start[s]));
        if (chosen != held) {
            boolean toOrFromNone = held == none || chosen == none;
            double distance = terms.distances[toOrFromNone ? 4 : offers.distance(held, chosen)];
            since[i] = month - (int) (Math.min(tenure, Tenure.LONG) * (1 - distance));
            offer[i] = chosen;
        }
    }
}
