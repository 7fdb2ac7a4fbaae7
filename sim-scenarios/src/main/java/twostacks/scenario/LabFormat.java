package twostacks.scenario;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import twostacks.agents.LabSpec;
import twostacks.policy.Channel;

/**
 * How a lab stands in files: the components of {@link LabSpec} under their names in small letters and underscores, with
 * what each may be. A component added there needs a line here and a column in {@code facts/labs.csv}.
 */
final class LabFormat {
    /** What kind of value a field holds. */
    enum Kind {
        /** Code of a nation. */
        CODE,
        /** List of channels. */
        CHANNELS,
        /** True or false. */
        TRUTH,
        /** Whole number. */
        WHOLE,
        /** Number. */
        NUMBER,
        /** Number, or none. */
        NUMBER_OR_NONE
    }

    /**
     * A field.
     *
     * @param component component of {@link LabSpec}
     * @param kind kind of value
     * @param min least number
     * @param max greatest number
     * @param orElse value of an added lab that does not say; null if it must
     * @param meaning meaning as a phrase
     */
    record LabField(String component, Kind kind, double min, double max, Object orElse, String meaning) {
        /** Name in files. */
        String key() {
            return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }
    }

    /** All fields, in the order of the record. */
    static final List<LabField> FIELDS = List.of(
            new LabField("home", Kind.CODE, 0, 0, null, "ISO 3166 alpha-3 code of its home; decides its bloc"),
            new LabField("channels", Kind.CHANNELS, 0, 0, null, "channels through which its models can be had"),
            new LabField("openWeights", Kind.TRUTH, 0, 0, false, "whether it publishes what it releases by itself"),
            new LabField("licenceFreedom", Kind.NUMBER, 0, 1, 1.0, "freedom of its licences"),
            new LabField("computeShare", Kind.NUMBER, 0, 1e6, 0.1, "weight of its share of its bloc's compute"),
            new LabField("stateShare", Kind.NUMBER, 0, 1e6, 0.1, "weight of its standing capital and state support"),
            new LabField("releaseCadence", Kind.WHOLE, 0, 120, 0, "months between releases; 0 for the parameter"),
            new LabField(
                    "capability",
                    Kind.NUMBER_OR_NONE,
                    0,
                    1000,
                    Double.NaN,
                    "capability of its best model at the start"),
            new LabField(
                    "openCapability",
                    Kind.NUMBER_OR_NONE,
                    0,
                    1000,
                    Double.NaN,
                    "capability of its best published weights at the start"),
            new LabField("listPrice", Kind.NUMBER_OR_NONE, 0, 1e6, Double.NaN, "list price at the start, USD/Mtok"),
            new LabField("markup", Kind.NUMBER_OR_NONE, -1, 1e3, Double.NaN, "mark-up at the start"),
            new LabField("costFactor", Kind.NUMBER, 0, 1e3, 1.0, "its serving cost over that of others"),
            new LabField("catchUp", Kind.NUMBER, 0, 1e3, 1.0, "factor on how well it learns from rivals"),
            new LabField(
                    "presence", Kind.NUMBER, 1e-6, 1e6, 1.0, "its presence among adopters over the best known lab's"));

    /** Channels that a lab may use. */
    static final List<String> CHANNELS = Arrays.stream(Channel.values())
            .filter(c -> c != Channel.OWN)
            .map(EventFormat::text)
            .toList();

    private LabFormat() {}

    /** The values of a lab by component, in the order of the record, its name first. */
    static Map<String, Object> values(LabSpec lab) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : LabSpec.class.getRecordComponents()) {
            try {
                values.put(component.getName(), component.getAccessor().invoke(lab));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component.getName(), e);
            }
        }
        return values;
    }

    /** The lab with values by component. */
    static LabSpec make(Map<String, Object> values) {
        RecordComponent[] components = LabSpec.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments =
                Arrays.stream(components).map(c -> values.get(c.getName())).toArray();
        try {
            return LabSpec.class.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a lab of " + values, e);
        }
    }

    /** The fields of a lab as they stand in a file. */
    static Map<String, Object> write(LabSpec lab) {
        Map<String, Object> values = values(lab);
        Map<String, Object> written = new LinkedHashMap<>();
        for (LabField field : FIELDS) {
            Object value = values.get(field.component());
            if (value instanceof Double number && number.isNaN()) {
                value = Yaml.NONE;
            } else if (value instanceof List<?> list) {
                value = list.stream().map(c -> EventFormat.text((Channel) c)).toList();
            }
            written.put(field.key(), value);
        }
        return written;
    }
}
