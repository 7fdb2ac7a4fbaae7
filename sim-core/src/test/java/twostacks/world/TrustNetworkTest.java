package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import twostacks.agents.NationFacts;
import twostacks.maths.DetMath;
import twostacks.parameters.ModelParameters;
import twostacks.random.Draws;

final class TrustNetworkTest {
    private static final ModelParameters.Trust BASELINE =
            TestWorlds.SPACE.with(Map.of()).trust();

    private static TrustNetwork network(List<NationFacts> nations, ModelParameters.Trust trust) {
        Map<String, Integer> places = new LinkedHashMap<>();
        nations.forEach(n -> places.put(n.iso3(), places.size()));
        return new TrustNetwork(nations, places, trust);
    }

    private static List<NationFacts> many(int count) {
        List<NationFacts> nations = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            String code = "" + (char) ('A' + n / 26) + (char) ('A' + n % 26) + "X";
            double u = Draws.unit(Draws.bits(4, 3L * n));
            double v = Draws.unit(Draws.bits(4, 3L * n + 1));
            double w = Draws.unit(Draws.bits(4, 3L * n + 2));
            nations.add(TestWorlds.nation(code, 1e6, 1e10, .5, 4 * u - 2, "2", "2", .5, 180 * v - 90, 360 * w - 180));
        }
        return nations;
    }

    /** Some of them in the same place and of one mind, so that ties are equal. */
    @Test
    void theStrongestOfAllAreKeptAndOfEqualOnesTheFirst() {
        List<NationFacts> nations = new ArrayList<>(many(150));
        for (int n = 0; n < 60; n++) {
            String code = "Z" + (char) ('A' + n / 26) + (char) ('A' + n % 26);
            nations.add(TestWorlds.nation(code, 1e6, 1e10, .5, .5, "2", "2", .5, 10, 20));
        }
        TrustNetwork network = network(nations, BASELINE);
        double[][] identity = new double[nations.size()][nations.size()];
        for (int j = 0; j < nations.size(); j++) {
            identity[j][j] = 1;
        }
        for (int i = 0; i < nations.size(); i++) {
            double[] heard = new double[nations.size()];
            network.mean(i, identity, heard);
            int from = i;
            Set<Integer> expected = IntStream.range(0, nations.size())
                    .filter(j -> j != from)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer j) -> -weight(nations.get(from), nations.get(j)))
                            .thenComparingInt(j -> j))
                    .limit(TrustNetwork.TIES)
                    .collect(Collectors.toSet());
            assertEquals(
                    expected,
                    IntStream.range(0, heard.length)
                            .filter(j -> heard[j] > 0)
                            .boxed()
                            .collect(Collectors.toSet()));
        }
    }

    private static double weight(NationFacts a, NationFacts b) {
        double[] p = direction(a);
        double[] q = direction(b);
        double dx = p[0] - q[0];
        double dy = p[1] - q[1];
        double dz = p[2] - q[2];
        double km = 6371 * StrictMath.sqrt(dx * dx + dy * dy + dz * dz);
        double apart = StrictMath.abs(a.alignment() - b.alignment());
        return DetMath.exp(-apart / BASELINE.networkAlignment() - km / BASELINE.networkDistance());
    }

    private static double[] direction(NationFacts nation) {
        double lat = StrictMath.toRadians(nation.latitude());
        double lon = StrictMath.toRadians(nation.longitude());
        return new double[] {
            StrictMath.cos(lat) * StrictMath.cos(lon), StrictMath.cos(lat) * StrictMath.sin(lon), StrictMath.sin(lat)
        };
    }

    private static double[][] unit(int count, int one) {
        double[][] trust = new double[count][3];
        trust[one][0] = 1;
        return trust;
    }

    @Test
    void weightsSumToOneGoToAtMostTwentyFourOthersAndFallWithDistance() {
        List<NationFacts> nations = many(80);
        TrustNetwork network = network(nations, BASELINE);
        for (int i = 0; i < 80; i++) {
            double sum = 0;
            int ties = 0;
            double[] into = new double[3];
            for (int j = 0; j < 80; j++) {
                network.mean(i, unit(80, j), into);
                assertTrue(i != j || into[0] == 0, "nobody listens to themselves");
                ties += into[0] > 0 ? 1 : 0;
                sum += into[0];
            }
            assertEquals(1, sum, 1e-12);
            assertEquals(TrustNetwork.TIES, ties);
        }
    }

    @Test
    void trustOfEqualsIsKept() {
        TrustNetwork network = network(many(40), BASELINE);
        double[][] trust = new double[40][];
        for (int n = 0; n < 40; n++) {
            trust[n] = new double[] {.3, .6, .9};
        }
        for (int n = 0; n < 40; n++) {
            double[] into = new double[3];
            network.mean(n, trust, into);
            assertEquals(.3, into[0], 1e-15);
            assertEquals(.6, into[1], 1e-15);
            assertEquals(.9, into[2], 1e-15);
        }
    }

    @Test
    void linksThatFactsGiveAreTaken() {
        List<NationFacts> nations = TestWorlds.nations();
        TrustNetwork network = network(nations, BASELINE);
        int kenya = 8;
        assertEquals("KEN", nations.get(kenya).iso3());
        double[] into = new double[3];
        network.mean(kenya, unit(nations.size(), 9), into);
        assertEquals(2 / 3.0, into[0], 1e-15, "Nigeria");
        network.mean(kenya, unit(nations.size(), 4), into);
        assertEquals(1 / 3.0, into[0], 1e-15, "India");
    }

    @Test
    void whoIsNotConnectedNeitherListensNorIsHeard() {
        List<NationFacts> nations = many(10);
        nations.set(3, MirrorImage.with(nations.get(3), "connected", false));
        TrustNetwork network = network(nations, BASELINE);
        assertFalse(network.listens(3));
        for (int n = 0; n < 10; n++) {
            double[] into = new double[3];
            if (n != 3) {
                network.mean(n, unit(10, 3), into);
            }
            assertEquals(0, into[0]);
        }
    }

    /** At the bounds that the equations allow, weights may vanish; then a nation listens to nobody. */
    @Test
    void whoIsTooFarFromEverybodyListensToNobody() {
        ModelParameters.Trust near = TestWorlds.SPACE
                .with(Map.of("trust.networkDistance", 1.0, "trust.networkAlignment", .001))
                .trust();
        List<NationFacts> nations = TestWorlds.nations();
        TrustNetwork network = network(nations, near);
        for (int n = 0; n < nations.size(); n++) {
            assertEquals(nations.get(n).iso3().equals("KEN"), network.listens(n));
        }
        OutcomeLaws.hold(
                TestWorlds.with(
                        TestWorlds.world(6, 40), Map.of("trust.networkDistance", 1.0, "trust.networkAlignment", .001)),
                1,
                "distant nations");
    }

    /** With the network alone, trust tends to one value: DeGroot's consensus, weighted by the left eigenvector. */
    @Test
    void listeningAloneEndsInTheConsensusOfDeGroot() {
        int count = 12;
        TrustNetwork network = network(many(count), BASELINE);
        double[] influence = new double[count];
        java.util.Arrays.fill(influence, 1.0 / count);
        double[][] weight = new double[count][count];
        double[] into = new double[3];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                network.mean(i, unit(count, j), into);
                weight[i][j] = .5 * into[0] + (i == j ? .5 : 0);
            }
        }
        double[][] trust = new double[count][3];
        for (int n = 0; n < count; n++) {
            trust[n][0] = Draws.unit(Draws.bits(9, n));
        }
        double consensus = 0;
        for (int turn = 0; turn < 2000; turn++) {
            double[] next = new double[count];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    next[j] += influence[i] * weight[i][j];
                }
            }
            influence = next;
        }
        for (int n = 0; n < count; n++) {
            consensus += influence[n] * trust[n][0];
        }
        for (int month = 0; month < 2000; month++) {
            double[][] before = new double[count][];
            for (int n = 0; n < count; n++) {
                before[n] = trust[n].clone();
            }
            for (int n = 0; n < count; n++) {
                network.mean(n, before, into);
                trust[n][0] = twostacks.trust.TrustUpdate.next(before[n][0], .1, 0, into[0], .5, .9, 0);
            }
        }
        for (int n = 0; n < count; n++) {
            assertEquals(consensus, trust[n][0], 1e-12);
        }
    }
}
