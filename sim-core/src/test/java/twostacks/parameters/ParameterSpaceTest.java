package twostacks.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.random.Draws;

final class ParameterSpaceTest {
    private static final ParameterSpace SPACE = ParameterSpace.ofDefaults();

    @Test
    void everyParameterIsPlausibleWithinItsBounds() {
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            assertTrue(e.min() <= e.low() && e.low() <= e.baseline(), e.name() + " has a low end that is one");
            assertTrue(e.baseline() <= e.high() && e.high() <= e.max(), e.name() + " has a high end that is one");
            assertTrue(e.allows(e.baseline()) && e.allows(e.min()) && e.allows(e.max()), e.name());
            assertTrue(e.allows(e.low()) && e.allows(e.high()), e.name());
            assertTrue(Double.isFinite(e.min()) && Double.isFinite(e.max()), e.name());
        }
    }

    @Test
    void everyParameterSaysWhatItIsAndWhereItIsFrom() {
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            assertTrue(e.meaning().length() > 5, e.name() + " has a meaning");
            assertFalse(e.unit().isBlank(), e.name() + " has a unit");
            assertTrue(e.source().length() > 5, e.name() + " has a source");
            assertFalse(e.section().isBlank(), e.name() + " has a section");
            for (String phrase : List.of(e.meaning(), e.unit(), e.source())) {
                assertEquals(phrase.strip(), phrase, e.name());
                assertFalse(phrase.matches("(?i).*\\b(todo|fixme|tbd|placeholder)\\b.*"), e.name());
            }
        }
    }

    @Test
    void aConventionIsNotSweptUnlessItIsAResolution() {
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            boolean resolution = e.section().equals("Population") || e.family().equals("choice.tasteBins");
            if (e.basis() == Basis.CONVENTION && !resolution) {
                assertEquals(e.low(), e.high(), e.name());
            }
        }
    }

    @Test
    void arraysOfAnAnnotationHaveOneNumberOrOneForEachKey() {
        for (RecordComponent section : ModelParameters.class.getRecordComponents()) {
            for (RecordComponent c : section.getType().getRecordComponents()) {
                Parameter p = c.getAnnotation(Parameter.class);
                int keys = p.by() == Key.NONE ? 1 : p.by().names().size();
                for (int length : new int[] {p.baseline().length, p.low().length, p.high().length, p.basis().length}) {
                    assertTrue(length == 1 || length == keys, section.getName() + "." + c.getName());
                }
                assertEquals(p.by() != Key.NONE, c.getType() == double[].class, c.getName());
            }
        }
    }

    @Test
    void everyBoundIsAWholeNumberWhereTheParameterIs() {
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            if (e.type() == ParameterSpace.Type.INTEGER) {
                for (double x : new double[] {e.min(), e.low(), e.baseline(), e.high(), e.max()}) {
                    assertEquals(Math.rint(x), x, e.name());
                }
                assertFalse(e.allows(e.baseline() + .5), e.name());
            }
        }
    }

    @Test
    void valuesComeBackAsTheyWereSet() {
        Map<String, Double> set = new LinkedHashMap<>();
        int item = 0;
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            double value = e.low() + Draws.unit(Draws.bits(1, item++)) * (e.high() - e.low());
            set.put(e.name(), e.type() == ParameterSpace.Type.INTEGER ? Math.rint(value) : value);
        }
        Map<String, Double> back = SPACE.values(SPACE.with(set));
        assertEquals(set, back);
        assertEquals(new ArrayList<>(set.keySet()), new ArrayList<>(back.keySet()), "in the order of declaration");
    }

    @Test
    void withoutOverridesAllIsBaseline() {
        Map<String, Double> values = SPACE.values(SPACE.with(Map.of()));
        assertEquals(SPACE.entries().keySet(), values.keySet());
        values.forEach((name, value) -> assertEquals(SPACE.entries().get(name).baseline(), value, name));
    }

    @Test
    void oneOverrideChangesOneValue() {
        Map<String, Double> baseline = SPACE.values(SPACE.with(Map.of()));
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            double other = e.baseline() == e.max() ? e.min() : e.max();
            Map<String, Double> expected = new LinkedHashMap<>(baseline);
            expected.put(e.name(), other);
            assertEquals(expected, SPACE.values(SPACE.with(Map.of(e.name(), other))), e.name());
        }
    }

    @Test
    void whatIsUnknownOrOutOfBoundsIsRefusedByName() {
        for (String unknown : List.of("price.nothing", "price", "choice.price", "choice.price.nobody", "")) {
            assertTrue(refused(unknown, 0).contains(unknown));
        }
        for (ParameterSpace.Entry e : SPACE.entries().values()) {
            for (double value : new double[] {
                Math.nextDown(e.min()),
                Math.nextUp(e.max()),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            }) {
                assertTrue(refused(e.name(), value).contains(e.name()));
            }
        }
        assertTrue(refused("choice.tasteBins", 6.5).contains("choice.tasteBins"));
    }

    private static String refused(String name, double value) {
        return assertThrows(IllegalArgumentException.class, () -> SPACE.with(Map.of(name, value)))
                .getMessage();
    }

    @Test
    void whatDoesNotGoTogetherIsTold() {
        assertEquals(List.of(), SPACE.conflicts(Map.of()));
        Map<Map<String, Double>, String> conflicts = new LinkedHashMap<>();
        conflicts.put(
                Map.of("population.segmentShare.consumer", .5),
                "the shares of consumer, developer, enterprise, public sum to 1.1");
        conflicts.put(
                Map.of("trust.anchorPull", .9, "trust.networkPull", .2, "trust.usagePull", 0.0),
                "trust.anchorPull, trust.networkPull and trust.usagePull sum to 1.1");
        conflicts.put(
                Map.of("choice.nestDissimilarity", .9, "choice.useDissimilarity", .7),
                "choice.nestDissimilarity is 0.9 and choice.useDissimilarity 0.7");
        conflicts.put(
                Map.of("price.markupMin", 2.5, "price.markupMax", 2.0), "price.markupMin is 2.5 and price.markupMax 2");
        conflicts.put(
                Map.of("exportControl.adaptiveTighten", 9.0, "exportControl.adaptiveRelax", 8.0),
                "exportControl.adaptiveTighten is 9 and exportControl.adaptiveRelax 8");
        conflicts.forEach((set, told) -> {
            assertEquals(
                    List.of(told),
                    SPACE.conflicts(set).stream()
                            .map(ParameterSpace.Conflict::message)
                            .toList());
            Map<String, Double> other = new LinkedHashMap<>(set);
            other.keySet().retainAll(SPACE.conflicts(set).get(0).names());
            assertTrue(other.size() > 0 && SPACE.conflicts(set).get(0).names().containsAll(other.keySet()));
        });
        // What is equal is in order, and rounding is no conflict.
        assertEquals(
                List.of(),
                SPACE.conflicts(Map.of(
                        "choice.nestDissimilarity", .8,
                        "choice.useDissimilarity", .8,
                        "trust.anchorPull", .7,
                        "trust.networkPull", .2,
                        "trust.usagePull", .1)));
    }

    @Test
    void registriesForTheSameSegmentsAreEqual() {
        assertEquals(SPACE, ParameterSpace.ofDefaults());
        assertEquals(SPACE.hashCode(), ParameterSpace.ofDefaults().hashCode());
        assertFalse(SPACE.equals(new ParameterSpace(List.of(new ParameterSpace.Segment("clinics", "public")))));
    }

    @Test
    void aScenariosSegmentsTakeWhatTheOnesTheyAreLikeHave() {
        ParameterSpace space = new ParameterSpace(List.of(
                new ParameterSpace.Segment("clinics", "public"), new ParameterSpace.Segment("consumer", "consumer")));
        ParameterSpace.Entry clinics = space.entries().get("choice.switching.clinics");
        ParameterSpace.Entry publicSector = SPACE.entries().get("choice.switching.public");
        assertEquals(publicSector.baseline(), clinics.baseline());
        assertEquals(publicSector.low(), clinics.low());
        assertEquals(publicSector.basis(), clinics.basis());
        assertEquals(2, space.with(Map.of()).choice().switching().length);
        assertFalse(space.entries().containsKey("choice.switching.public"));
        assertThrows(IllegalArgumentException.class, () -> new ParameterSpace.Segment("clinics", "hospital"));
        assertThrows(IllegalArgumentException.class, () -> new ParameterSpace(List.of()));
    }

    @Test
    void whatIsReadAtTheStartCannotBeSetByAnEvent() {
        assertTrue(ParameterSpace.fixedAtStart("choice.tasteBins"));
        assertTrue(ParameterSpace.fixedAtStart("population.segmentShare.consumer"));
        assertFalse(ParameterSpace.fixedAtStart("price.hostMargin"));
        assertFalse(ParameterSpace.fixedAtStart("choice.tasteSpread.consumer"));
        assertThrows(IllegalArgumentException.class, () -> new twostacks.policy.Intervention.Set("chips.stock.CN", 1));
    }

    @Test
    void theLeversThatAreAskedAboutFirstHaveTheirParameters() {
        for (Group group : Group.values()) {
            long count = SPACE.entries().values().stream()
                    .filter(e -> e.group() == group)
                    .count();
            assertTrue(count >= 15, group + " has " + count);
        }
        assertEquals(Group.PRICE, SPACE.entries().get("choice.price.consumer").group());
        assertEquals(Group.TRUST, SPACE.entries().get("choice.exposureSelf").group());
        assertEquals(
                Group.EXPORT_CONTROL, SPACE.entries().get("price.tierScarcity").group());
    }
}
