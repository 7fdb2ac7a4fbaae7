package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import twostacks.input.Source;
import twostacks.policy.DatedEvent;
import twostacks.policy.Field;
import twostacks.policy.Intervention;

/** Every instrument there is can be written in a file, without a line of code of its own. */
class EventFormatTest {
    static Stream<String> kinds() {
        return EventFormat.kinds().stream().map(EventFormat.Kind::key);
    }

    /** The least that a file must say of a kind, made from its components. */
    private static String example(EventFormat.Kind kind, boolean everything) {
        StringBuilder text = new StringBuilder("{date: 2026-10, do: " + kind.key());
        for (EventFormat.Component component : kind.components()) {
            if (everything || component.required()) {
                String value = value(component);
                text.append(", ")
                        .append(component.name())
                        .append(": ")
                        .append(component.isList() ? "[" + value + "]" : value);
            }
        }
        return text + "}";
    }

    private static String value(EventFormat.Component component) {
        Field field = component.field();
        Class<?> type = component.element();
        if (type == double.class || type == int.class) {
            return field.max() < 1 || field.min() > 1 ? String.valueOf(field.min()) : "1";
        }
        if (type == boolean.class) {
            return "true";
        }
        if (type.isEnum()) {
            return EventFormat.texts(type).get(0);
        }
        return switch (field.names()) {
            case LABS -> "OpenAI";
            case NATIONS -> "IND";
            case TIERS -> "1";
            case SEGMENTS -> "public";
            case PARAMETER -> "price.cnSubsidy";
            case NONE -> "something";
        };
    }

    private static DatedEvent load(String event) {
        List<DatedEvent> events = ScenarioLoader.load(Source.of(
                        "x.yaml", "name: x\nobservedEvents: false\nmodels: {file: none}\nevents:\n  - " + event + "\n"))
                .spec()
                .events();
        assertEquals(1, events.size(), event);
        return events.get(0);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theLeastThatAFileMustSayIsEnough(String key) {
        // These two need the power or the labs, either of which may be left out.
        boolean all = Set.of("priceMove", "ban").contains(key);
        assertEquals(key, load(example(EventFormat.kind(key), all)).what().key());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyComponentCanBeSaidAndIsWrittenBack(String key) {
        EventFormat.Kind kind = EventFormat.kind(key);
        Intervention what = load(example(kind, true)).what();
        assertEquals(
                kind.components().stream().map(EventFormat.Component::name).toList(),
                List.copyOf(EventFormat.write(what).keySet()));
        EventFormat.write(what).forEach((name, value) -> {
            assertFalse(value == Yaml.NONE, name);
            assertFalse(value instanceof List<?> list && list.isEmpty(), name);
        });
    }

    @Test
    void everyInstrumentIsAKindOfEventAndNoComponentHidesAFieldOfEvents() {
        assertEquals(
                Intervention.class.getPermittedSubclasses().length,
                EventFormat.kinds().size());
        Set<String> fields = Set.of("date", "do", "months", "title", "source", "observed");
        for (EventFormat.Kind kind : EventFormat.kinds()) {
            for (EventFormat.Component component : kind.components()) {
                assertFalse(fields.contains(component.name()), component.name());
                assertNotNull(component.field(), kind.key() + " " + component.name());
            }
        }
    }

    @Test
    void whatHappensOnceIsKnownFromWhatItDoes() {
        assertTrue(EventFormat.kind("release").once());
        assertTrue(EventFormat.kind("incident").once());
        assertTrue(EventFormat.kind("note").once());
        assertFalse(EventFormat.kind("ban").once());
    }
}
