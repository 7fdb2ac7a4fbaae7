package twostacks.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Intervention;
import twostacks.policy.StancePosition;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/** The mirror that V11 looks into. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class MirrorTest {

    @Test
    void every_parameter_has_a_counterpart_within_the_same_bounds() {
        Map<String, ParameterSpace.Entry> entries = ParameterSpace.ofDefaults().entries();
        for (ParameterSpace.Entry entry : entries.values()) {
            String image = Mirror.name(entry.name());
            assertNotNull(entries.get(image), entry.name() + " -> " + image);
            assertEquals(entry.name(), Mirror.name(image));
            assertEquals(entry.min(), entries.get(image).min(), entry.name());
            assertEquals(entry.max(), entries.get(image).max(), entry.name());
            assertEquals(entry.unit(), entries.get(image).unit(), entry.name());
        }
    }

    @Test
    void no_parameter_of_one_power_is_its_own_counterpart() {
        for (String name : ParameterSpace.ofDefaults().entries().keySet()) {
            if (name.matches(".*\\.(us|cn)[A-Z_].*|.*(Us|Cn)(\\..*)?|.*\\.(US|CN|us_.*|cn_.*)")) {
                assertNotEquals(name, Mirror.name(name));
            }
        }
    }

    @Test
    void the_image_of_the_image_is_the_thing_itself() {
        // Without an embargo, which becomes a ban.
        Scenario scenario = ScenarioLoader.load("baseline-endogenous");
        Scenario plain = Mirror.with(
                scenario,
                scenario.spec().nations().stream().filter(n -> !n.usEmbargo()).toList(),
                scenario.spec().labs(),
                scenario.spec().events());
        Scenario image = Mirror.of(plain);
        Scenario back = Mirror.of(image);
        assertNotEquals(plain.spec().labs(), image.spec().labs());
        assertEquals(plain.spec().labs(), back.spec().labs());
        assertEquals(plain.spec().events(), back.spec().events());
        assertEquals(plain.spec().mirrored(), back.spec().mirrored());
        Map<String, Double> values = plain.spec()
                .space()
                .values(plain.spec().space().with(plain.spec().overrides()));
        assertEquals(values, back.spec().overrides());
        for (int n = 0; n < plain.spec().nations().size(); n++) {
            assertEquals(
                    plain.spec().nations().get(n).iso3(),
                    back.spec().nations().get(n).iso3());
            assertEquals(
                    plain.spec().nations().get(n).usTier(),
                    back.spec().nations().get(n).usTier());
            assertEquals(
                    plain.spec().nations().get(n).alignment(),
                    back.spec().nations().get(n).alignment());
        }
        assertTrue(image.spec().nations().stream().anyMatch(n -> n.usTier().equals("CN")));
    }

    @Test
    void interventions_change_sides() {
        assertEquals(
                new Intervention.ChipControl(Bloc.CN, List.of("1", "US"), .5, 3),
                Mirror.intervention(new Intervention.ChipControl(Bloc.US, List.of("1", "CN"), .5, 3)));
        assertEquals(
                new Intervention.HoldStance(List.of("CHN", "KEN"), StancePosition.CN_ALIGNED),
                Mirror.intervention(new Intervention.HoldStance(List.of("USA", "KEN"), StancePosition.US_ALIGNED)));
        assertEquals(
                new Intervention.Set("trust.anchorAlignment.CN", -.3),
                Mirror.intervention(new Intervention.Set("trust.anchorAlignment.US", .3)));
        assertEquals(
                new Intervention.Set("exportControl.cnChipStringency.US", .4),
                Mirror.intervention(new Intervention.Set("exportControl.chipStringency.CN", .4)));
        assertEquals(new Intervention.Note(), Mirror.intervention(new Intervention.Note()));
    }
}
