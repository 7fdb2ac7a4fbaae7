package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.agents.LabSpec;
import twostacks.parameters.ParameterSpace;

/**
 * Worlds drawn from the whole of the plausible box, under random events, keep the laws of every output column.
 *
 * <p>{@code mvn -pl sim-core test -Dtest=RandomWorldsTest -Dtwostacks.long=true} draws ten thousand.
 */
final class RandomWorldsTest {
    private static final int MONTHS = 24;
    private static final int WORLDS = Boolean.getBoolean("twostacks.long") ? 10_000 : 300;

    @Test
    void noOutputLeavesItsBoundsNorIsEmptyUnlessItSaysSo() {
        for (int number = 0; number < WORLDS; number++) {
            OutcomeLaws.hold(draw(number), number, "world " + number);
        }
    }

    /** The equations allow each parameter more than is plausible; one at a time, they keep the laws at its ends too. */
    @Test
    void theLawsHoldAtTheBoundsOfEachParameter() {
        for (ParameterSpace.Entry entry : TestWorlds.SPACE.entries().values()) {
            double most = entry.name().equals("population.adoptersPerNation") ? 1000 : entry.max();
            for (double value : new double[] {entry.min(), most}) {
                // Adopters can be counted only where peers do not matter.
                Map<String, Double> set = entry.name().equals("population.mode")
                        ? Map.of(entry.name(), value, "choice.peerWeight", 0.0)
                        : Map.of(entry.name(), value);
                WorldSpec spec = TestWorlds.with(TestWorlds.world(9, 40), set);
                OutcomeLaws.hold(spec, 3, entry.name() + " = " + value);
            }
        }
    }

    @Test
    void aWorldOfOneSegmentHasNoUsersOfTheOthers() {
        Map<String, Double> set = Map.of(
                "population.segmentShare.consumer", 0.0,
                "population.segmentShare.enterprise", 0.0,
                "population.segmentShare.public", 0.0);
        OutcomeLaws.hold(TestWorlds.with(TestWorlds.world(12, 50), set), 3, "developers only");
        new World(TestWorlds.with(TestWorlds.world(12, 50), set), 3, 0)
                .run(w -> w.forEachNation(n -> assertEquals(0, n.aiUsers(), "no consumer uses anything")));
    }

    static WorldSpec draw(int number) {
        RandomEvents random = new RandomEvents(1_000_000 + number);
        Map<String, Double> set = new HashMap<>();
        for (ParameterSpace.Entry entry : TestWorlds.SPACE.entries().values()) {
            double u = random.uniform();
            double at = u < .05 ? 0 : u > .95 ? 1 : random.uniform();
            double value = entry.low() + at * (entry.high() - entry.low());
            set.put(entry.name(), entry.type() == ParameterSpace.Type.INTEGER ? Math.rint(value) : value);
        }
        set.put("population.adoptersPerNation", 100.0);
        WorldSpec spec = TestWorlds.with(TestWorlds.world(MONTHS, 100), set);
        if (number % 3 == 1) {
            // From the start by the equations alone, and some labs with nothing out yet.
            List<LabSpec> labs = spec.labs().stream()
                    .map(l -> random.uniform() < .3
                            ? MirrorImage.with(
                                    MirrorImage.with(l, "capability", Double.NaN), "openCapability", Double.NaN)
                            : l)
                    .toList();
            spec = TestWorlds.withLabs(spec, labs, List.of(), TestWorlds.START);
        }
        spec = TestWorlds.with(spec, random.draw(random.below(9), MONTHS));
        return number % 5 == 2 ? MirrorImage.of(spec) : spec;
    }
}
