package twostacks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.scenario());

    static Stream<String> bundled() {
        return ScenarioCatalog.names().stream();
    }

    private List<String> errors(String yaml) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return schema.validate(tree.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void bundledScenariosAreValid(String name) throws IOException {
        assertEquals(List.of(), errors(ScenarioCatalog.text(name)));
    }

    @Test
    void aResolvedScenarioIsValid() throws IOException {
        assertEquals(List.of(), errors(ScenarioLoader.load("lock-in").resolvedYaml()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "horizon: {}",
                "name: a/b",
                "{name: x, horizn: {}}",
                "{name: x, horizon: {start: 2023-13}}",
                "{name: x, parameters: {price.cnSubsidy: 1.5}}",
                "{name: x, parameters: {price: {cnSubsidi: 0.5}}}",
                "{name: x, parameters: {price.referenceCost: 3 USD/ktok}}",
                "{name: x, nations: {overrides: {IND: {tier: 4}}}}",
                "{name: x, labs: {Zhipu: {channels: [web]}}}",
                "{name: x, events: [{date: 2026-10, do: chipControl, by: US}]}",
                "{name: x, events: [{date: 2026-10, do: subsidy, by: CN, share: 0.1, shares: 2}]}",
                "{name: x, history: observd}"
            })
    void whatTheLoaderRefusesTheSchemaRefuses(String yaml) throws IOException {
        assertFalse(errors(yaml).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: x, parameters: {price.referenceCost: 3 USD/Mtok, choice.price: {enterprise: 0.3}}}",
                "{name: x, parameters: {choice: {price.enterprise: 0.3}, exportControl.chipStringency.CN: 1}}",
                "{name: x, segments: {gamer: {like: consumer}}, parameters: {choice.price.gamer: 1}}",
                "{name: x, nations: all, labs: {Meta: none}, observedEvents: {except: [ban]}, events: }"
            })
    void whatTheLoaderTakesTheSchemaTakes(String yaml) throws IOException {
        assertEquals(List.of(), errors(yaml));
    }

    @Test
    void theSchemaKnowsTheKeysThatTheLoaderKnows() throws IOException {
        TreeSet<String> keys = new TreeSet<>();
        new ObjectMapper()
                .readTree(Schemas.scenario())
                .get("properties")
                .fieldNames()
                .forEachRemaining(keys::add);
        assertEquals(new TreeSet<>(ScenarioLoader.KEYS), keys);
    }
}
