package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Stack;

final class OffersTest {
    @Test
    void stacksAreContiguousAndCoverAllOffers() {
        for (boolean mirrored : new boolean[] {false, true}) {
            Offers offers = TestOffers.many(mirrored);
            int covered = 0;
            for (int position = 0; position < Stack.COUNT; position++) {
                int g = offers.stackOrder[position];
                assertEquals(covered, offers.first[g]);
                for (int k = offers.first[g]; k < offers.end[g]; k++) {
                    assertEquals(g, offers.stack[k]);
                    covered++;
                }
            }
            assertEquals(offers.count, covered);
            assertEquals(offers.count - 1, offers.own);
            assertEquals(Stack.COUNT, offers.stack[offers.count]);
        }
    }

    @Test
    void theMirrorImageHasEveryLabAndChannelInItsPlace() {
        Offers offers = TestOffers.many(false);
        Offers image = TestOffers.many(true);
        assertEquals(offers.count, image.count);
        for (int k = 0; k < offers.count; k++) {
            assertEquals(offers.lab[k], image.lab[k]);
            assertEquals(offers.channel[k], image.channel[k]);
            assertEquals(offers.origin[k].mirrored(), image.origin[k]);
            assertEquals(Stack.of(offers.stack[k]).mirrored().ordinal(), image.stack[k]);
            for (int j = 0; j < offers.count; j++) {
                assertEquals(offers.distance(j, k), image.distance(j, k));
            }
        }
    }

    @Test
    void distanceIsSymmetricAndNilOnlyToItself() {
        Offers offers = TestOffers.many(false);
        for (int j = 0; j < offers.count; j++) {
            for (int k = 0; k < offers.count; k++) {
                int distance = offers.distance(j, k);
                assertEquals(distance, offers.distance(k, j));
                assertEquals(j == k, distance == Offers.SAME);
                boolean family = j != k && offers.lab[j] >= 0 && offers.lab[j] == offers.lab[k];
                assertEquals(family, distance == Offers.FAMILY);
                assertTrue(distance == Offers.OTHER || offers.related(j, offers.stack[k]));
            }
        }
    }

    @Test
    void masksFindWhatTheyAreAskedFor() {
        Offers offers = TestOffers.many(false);
        for (Bloc origin : new Bloc[] {null, Bloc.US, Bloc.CN, Bloc.OTHER}) {
            for (List<Integer> labs : List.of(List.<Integer>of(), List.of(1), List.of(0, 3))) {
                for (List<Channel> through : List.of(List.<Channel>of(), List.of(Channel.SELF, Channel.HOST))) {
                    long mask =
                            offers.mask(origin, labs.stream().mapToInt(l -> l).toArray(), through);
                    for (int k = 0; k < offers.count; k++) {
                        boolean asked = offers.lab[k] >= 0
                                && (origin == null || offers.origin[k] == origin)
                                && (labs.isEmpty() || labs.contains(offers.lab[k]))
                                && (through.isEmpty() || through.contains(offers.channel[k]));
                        assertEquals(asked, (mask >>> k & 1) == 1);
                    }
                }
            }
        }
    }

    @Test
    void aWorldWithMoreOffersThanBitsIsRefused() {
        List<List<Channel>> channels = Collections.nCopies(63, List.of(Channel.API));
        List<Bloc> blocs = Collections.nCopies(63, Bloc.US);
        assertThrows(IllegalArgumentException.class, () -> new Offers(blocs, channels, false, false));
        assertEquals(62, new Offers(blocs.subList(0, 62), channels.subList(0, 62), false, false).count);
    }
}
