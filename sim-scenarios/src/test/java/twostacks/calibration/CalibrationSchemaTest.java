package twostacks.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twostacks.input.InputException;

class CalibrationSchemaTest {
    private static final Set<String> FAMILIES =
            Set.of("ai_users", "deepseek", "world_visits", "enterprises", "world_openrouter");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(CalibrationSchema.text(FAMILIES));

    private List<String> errors(String yaml) throws IOException {
        return schema.validate(new YAMLMapper().readTree(yaml).toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theCalibrationsOfTheDocumentsAreValid() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/calibrations"))) {
            List<Path> calibrations =
                    files.filter(CalibrationFile::isCalibration).toList();
            assertTrue(calibrations.size() >= 3, calibrations::toString);
            for (Path file : calibrations) {
                assertEquals(List.of(), errors(Files.readString(file)), file::toString);
            }
        }
    }

    @Test
    void everyKeyMayStandThatTheReaderKnows(@TempDir Path temporary) throws IOException {
        String text = """
                name: x
                description: y
                scenario: baseline
                overrides: {horizon.months: 36}
                targets: {file: bundled, families: {ai_users: 1}, growth: {ai_users: 0.5}, until: 2025-12}
                parameters: {trust.home: ~, choice.price.consumer: {min: 0.1, max: 0.2}}
                replicates: 1
                scoreReplicates: 8
                folds: 5
                foldSeed: 1
                seed: 1
                point: {design: 100, evaluations: 100, ensemble: 20}
                posterior: {particles: 100, generations: 4, quantile: 0.5, patience: 5}
                """;
        assertEquals(List.of(), errors(text));
        CalibrationFile.read(Files.writeString(temporary.resolve("c.yaml"), text), FAMILIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "targets: {families: {ai_users: 1}}\nparameters: {trust.home: {}}",
                "name: x\nparameters: {trust.home: {}}",
                "name: x\ntargets: {families: {ai_users: 1}}",
                "name: x\ntargets: {families: {users: 1}}\nparameters: {trust.home: {}}",
                "name: x\ntargets: {families: {ai_users: -1}}\nparameters: {trust.home: {}}",
                "name: x\ntargets: {family: {}, families: {ai_users: 1}}\nparameters: {trust.home: {}}",
                "name: x\ntargets: {families: {ai_users: 1}, until: 2025}\nparameters: {trust.home: {}}",
                "name: x\ntargets: {families: {ai_users: 1}}\nparameters: {trust.hom: {}}",
                "name: x\ntargets: {families: {ai_users: 1}}\nparameters: {trust.home: {min: -9}}",
                "name: x\ntargets: {families: {ai_users: 1}}\nparameters: {trust.home: {}}\nfolds: 1",
                "name: x\ntargets: {families: {ai_users: 1}}\nparameters: {trust.home: {}}\npoint: {designs: 3}",
                "name: x\ntargets: {families: {ai_users: 1}}\nparameters: {trust.home: {}}\nposterior: {quantile: 1}",
                "name: x\ntargets: {families: {ai_users: 1}}\nparameters: {population.adoptersPerNation: {}}"
            })
    void whatTheReaderRefusesTheSchemaRefuses(String yaml, @TempDir Path temporary) throws IOException {
        assertFalse(errors(yaml).isEmpty());
        Path file = Files.writeString(temporary.resolve("c.yaml"), yaml);
        assertThrows(InputException.class, () -> CalibrationFile.read(file, FAMILIES));
    }
}
