package twostacks.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import twostacks.parameters.ModelParameters;
import twostacks.world.WorldSpec;

/** Limits of choice hold where adopters are counted instead of held one by one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CountedAdoptersTest {
    private static final Engine COUNTED = (spec, seed, replicate, threads, told) -> {
        Map<String, Double> values = new HashMap<>(spec.overrides());
        values.put("population.mode", (double) ModelParameters.EXACT_COUNTS);
        WorldSpec counted = new WorldSpec(
                spec.name(),
                spec.startMonth(),
                spec.months(),
                spec.dataEnd(),
                spec.space(),
                values,
                spec.nations(),
                spec.labs(),
                spec.events(),
                spec.ownOffers(),
                spec.mirrored());
        assertEquals(List.of(), counted.conflicts());
        Engine.REAL.run(counted, seed, replicate, threads, told);
    };

    @Test
    void counted_adopters_choose_consider_and_switch_as_the_limits_say() {
        Verification.Options options = new Verification.Options(Set.of("V1", "V2", "V4", "V5"), true, 2, 1, COUNTED);
        List<Check> checks = Verification.run(options, (limit, done, of) -> {});
        assertFalse(checks.isEmpty());
        assertEquals(List.of(), checks.stream().filter(c -> !c.holds()).toList());
    }
}
