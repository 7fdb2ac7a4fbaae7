package twostacks.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twostacks.agents.NationFacts;
import twostacks.parameters.ParameterSpace;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/**
 * The verification notices an engine that is wrong by a little: here the engine uses another value of a parameter than
 * the scenario says, which stands for a wrong formula of that size. The quick run is enough.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class SpoiltEngineTest {
    /** The misses of the first part of a limit that has any. */
    private static List<Check> misses(String id, Engine engine) {
        Laboratory laboratory = new Laboratory(engine, true, 1);
        Limit limit = Verification.LIMITS.stream()
                .filter(l -> l.id().equals(id))
                .findFirst()
                .orElseThrow();
        return limit.parts().stream()
                .map(part -> part.check(laboratory).stream()
                        .filter(check -> !check.holds())
                        .toList())
                .filter(misses -> !misses.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** An engine that multiplies a parameter, of any key, and adds to it. */
    private static Engine spoilt(String parameter, double factor, double more) {
        return (spec, seed, replicate, threads, told) -> {
            Map<String, Double> values = new HashMap<>(spec.overrides());
            for (ParameterSpace.Entry entry : spec.space().entries().values()) {
                if (entry.name().equals(parameter) || entry.family().equals(parameter)) {
                    double value = values.getOrDefault(entry.name(), entry.baseline());
                    values.put(entry.name(), Math.max(entry.min(), Math.min(entry.max(), value * factor + more)));
                }
            }
            Engine.REAL.run(with(spec, values, spec.nations(), spec.mirrored()), seed, replicate, threads, told);
        };
    }

    private static WorldSpec with(
            WorldSpec spec, Map<String, Double> values, List<NationFacts> nations, boolean mirrored) {
        return new WorldSpec(
                spec.name(),
                spec.startMonth(),
                spec.months(),
                spec.dataEnd(),
                spec.space(),
                values,
                nations,
                spec.labs(),
                spec.events(),
                spec.ownOffers(),
                mirrored);
    }

    @ParameterizedTest(name = "{0}: {1} times {2} plus {3}")
    @CsvSource({
        "V1, choice.capability, 1.02, 0",
        "V2, choice.nestDissimilarity, 0.95, 0",
        "V2, choice.useDissimilarity, 0.95, 0",
        "V3, choice.social, 1.02, 0",
        "V3, choice.social, 0.98, 0",
        "V4, awareness.innovation, 1.05, 0",
        "V4, awareness.imitation, 1.05, 0",
        "V4, awareness.stackReach, 1.05, 0",
        "V4, awareness.worldWeight, 1, 0.2",
        "V5, choice.switching, 1.05, 0",
        "V5, choice.distanceStack, 1.05, 0",
        "V5, choice.lockInTime, 1.1, 0",
        "V5, choice.review, 1.1, 0",
        "V6, trust.anchorPull, 1.001, 0",
        "V6, trust.anchorAlignment, 1.001, 0",
        "V6, trust.networkPull, 1.001, 0",
        "V6, trust.usagePull, 1.001, 0",
        "V6, trust.backdoorHalfLife, 1.001, 0",
        "V7, chips.leakage, 1, 0.02",
        "V7, chips.depreciation, 1.001, 0",
        "V7, chips.worldGrowth, 1.001, 0",
        "V7, chips.learning, 1.001, 0",
        "V7, chips.stockpiling, 1.001, 0",
        "V7, chips.inducedGrowth, 1.001, 0",
        "V8, capability.catchUp, 1.001, 0",
        "V8, capability.computeElasticity, 1.001, 0",
        "V8, capability.openCatchUp, 1.001, 0",
        "V9, price.costHalving, 1.001, 0",
        "V9, price.markupMax, 1.001, 0",
        "V9, price.markupSpeed, 1.001, 0",
        "V9, price.cnSubsidy, 1.001, 0",
        "V10, trust.securityRate, 0.95, 0",
        "V10, trust.misuseRate, 0.95, 0",
        "V10, regulation.effect, 1.05, 0",
        "V10, regulation.response, 1.05, 0",
        "V13, choice.useDissimilarity, 1.1, 0",
        "V13, choice.price, 1.1, 0",
        "V13, trust.usagePull, 1.1, 0",
        "V13, choice.peerWeight, 1, 0.3",
    })
    void a_wrong_value_is_noticed(String limit, String parameter, double factor, double more) {
        assertFalse(misses(limit, spoilt(parameter, factor, more)).isEmpty());
    }

    @Test
    void draws_that_do_not_follow_the_mirror_are_noticed() {
        Engine engine = (spec, seed, replicate, threads, told) ->
                Engine.REAL.run(with(spec, spec.overrides(), spec.nations(), false), seed, replicate, threads, told);
        assertFalse(misses("V11", engine).isEmpty());
    }

    @Test
    void a_rule_that_knows_one_power_only_is_noticed() {
        // Catching up is a tenth slower on the far side of the mirror only.
        Engine slower = spoilt("capability.catchUp", .9, 0);
        Engine engine = (spec, seed, replicate, threads, told) ->
                (spec.mirrored() ? slower : Engine.REAL).run(spec, seed, replicate, threads, told);
        assertFalse(misses("V11", engine).isEmpty());
    }

    @Test
    void luck_that_depends_on_threads_is_noticed() {
        Engine engine = (spec, seed, replicate, threads, told) ->
                Engine.REAL.run(spec, threads == 8 ? seed + 1 : seed, replicate, threads, told);
        List<Check> misses = misses("V12", engine);
        assertEquals(1, misses.size(), misses::toString);
        assertTrue(misses.get(0).what().startsWith("8 threads"), misses::toString);
    }

    @Test
    void luck_that_depends_on_the_number_of_nations_is_noticed() {
        Engine engine = (spec, seed, replicate, threads, told) ->
                Engine.REAL.run(spec, seed, spec.nations().size(), threads, told);
        List<Check> misses = misses("V12", engine);
        assertEquals(1, misses.size(), misses::toString);
        assertTrue(misses.get(0).what().startsWith("extra nation"), misses::toString);
    }

    @Test
    void months_that_were_not_simulated_are_noticed() {
        Engine engine = (spec, seed, replicate, threads, told) -> {
            WorldSpec month = new WorldSpec(
                    spec.name(),
                    spec.startMonth(),
                    1,
                    spec.dataEnd(),
                    spec.space(),
                    spec.overrides(),
                    spec.nations(),
                    spec.labs(),
                    spec.events(),
                    spec.ownOffers(),
                    spec.mirrored());
            new World(month, seed, replicate, threads).run(told);
        };
        assertTrue(misses("V8", engine).size() > 1);
    }
}
