package twostacks.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentSchemaTest {
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ExperimentSchema.text());

    private List<String> errors(String yaml) throws IOException {
        return schema.validate(new YAMLMapper().readTree(yaml).toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theSchemaKnowsTheKeysThatTheLoaderKnows() throws IOException {
        TreeSet<String> keys = new TreeSet<>();
        new ObjectMapper()
                .readTree(ExperimentSchema.text())
                .get("properties")
                .fieldNames()
                .forEachRemaining(keys::add);
        assertEquals(new TreeSet<>(ExperimentLoader.KEYS), keys);
    }

    @Test
    void anExperimentAndWhatASweepMakesOfItAreValid(@TempDir Path temporary) throws IOException {
        String text = Experiments.twoByTwo(4, 2);
        assertEquals(List.of(), errors(text));
        assertEquals(List.of(), errors(new Plan(Experiments.of(temporary, text), "1").resolved()));
        assertEquals(
                List.of(),
                errors("{name: x, scenarios: lock-in, factors: {trust.home: plausible, choice.price.gamer: {values:"
                        + " [1]}, posterior: {file: a.csv}}, levers: {a: ~, b: {parameters: {price: {cnSubsidy:"
                        + " 0.2}}}}, design: {kind: morris, size: 9, candidates: 90}, keep: {series: [world,"
                        + " labs]}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicates: 2",
                "{name: x, factor: {}}",
                "{name: x, factors: {price.cnSubsidi: {min: 0, max: 1}}}",
                "{name: x, factors: {price.cnSubsidy: {min: 0, max: 2}}}",
                "{name: x, factors: {price.cnSubsidy: {min: 0, maximum: 1}}}",
                "{name: x, factors: {price.cnSubsidy: {distribution: gauss, min: 0, max: 1}}}",
                "{name: x, design: {kind: lhs, size: 3}}",
                "{name: x, design: {size: 3}}",
                "{name: x, levers: {a: {parameter: {}}}}",
                "{name: x, replicates: 0}",
                "{name: x, keep: {series: worlds}}"
            })
    void whatTheLoaderRefusesTheSchemaRefuses(String yaml) throws IOException {
        assertFalse(errors(yaml).isEmpty());
    }
}
