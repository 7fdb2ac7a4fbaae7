package twostacks.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import twostacks.random.Draws;

final class PeersTest {
    private static final long KEY = 12345;

    @Test
    void withoutRewiringPeersAreTheNearestOnTheRing() {
        int adopters = 100;
        for (int i = 0; i < adopters; i++) {
            TreeSet<Integer> steps = new TreeSet<>();
            for (int slot = 0; slot < 8; slot++) {
                int step = Math.floorMod(Peers.peer(KEY, i, slot, adopters, 0) - i, adopters);
                steps.add(step > 50 ? step - adopters : step);
            }
            assertEquals("[-4, -3, -2, -1, 1, 2, 3, 4]", steps.toString());
        }
    }

    @Test
    void nobodyIsTheirOwnPeerHoweverSmallTheNation() {
        for (int adopters = 2; adopters <= 70; adopters++) {
            for (double rewiring : new double[] {0, .3, 1}) {
                for (int i = 0; i < adopters; i++) {
                    for (int slot = 0; slot < 64; slot++) {
                        int peer = Peers.peer(KEY, i, slot, adopters, Draws.threshold(rewiring));
                        assertTrue(peer != i && peer >= 0 && peer < adopters);
                    }
                }
            }
        }
    }

    @Test
    void peersAreRewiredAtTheirRate() {
        int adopters = 20_000;
        for (double rewiring : new double[] {.01, .1, .5}) {
            int moved = 0;
            for (int i = 0; i < adopters; i++) {
                for (int slot = 0; slot < 8; slot++) {
                    int fixed = Peers.peer(KEY, i, slot, adopters, 0);
                    moved += Peers.peer(KEY, i, slot, adopters, Draws.threshold(rewiring)) == fixed ? 0 : 1;
                }
            }
            double n = 8.0 * adopters;
            double rate = rewiring * (1 - 1.0 / (adopters - 1));
            assertEquals(0, (moved - n * rate) / Math.sqrt(n * rate * (1 - rate)), 4.5, "rewiring " + rewiring);
        }
    }

    @Test
    void aGreaterRateRewiresTheSamePeersAndMore() {
        int adopters = 500;
        for (int i = 0; i < adopters; i++) {
            for (int slot = 0; slot < 8; slot++) {
                int ring = Peers.peer(KEY, i, slot, adopters, 0);
                int some = Peers.peer(KEY, i, slot, adopters, Draws.threshold(.2));
                int more = Peers.peer(KEY, i, slot, adopters, Draws.threshold(.6));
                assertTrue(some == ring || some == more);
            }
        }
    }

    @Test
    void rewiredPeersAreAnyOfTheOthersAlike() {
        int adopters = 200;
        int[] seen = new int[adopters];
        for (int i = 0; i < adopters; i++) {
            for (int slot = 0; slot < 64; slot++) {
                seen[Math.floorMod(Peers.peer(KEY, i, slot, adopters, 1L << 32) - i, adopters)]++;
            }
        }
        assertEquals(0, seen[0]);
        double expected = 64.0 * adopters / (adopters - 1);
        double chi = 0;
        for (int step = 1; step < adopters; step++) {
            chi += (seen[step] - expected) * (seen[step] - expected) / expected;
        }
        double p = 1 - new ChiSquaredDistribution(adopters - 2.0).cumulativeProbability(chi);
        assertTrue(p > 1e-4 && p < 1 - 1e-4, "p = " + p);
    }
}
