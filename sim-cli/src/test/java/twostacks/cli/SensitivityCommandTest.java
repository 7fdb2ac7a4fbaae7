package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SensitivityCommandTest {
    @TempDir
    private Path temporary;

    private String sweep(String factors, String design) throws IOException {
        Path experiment = Files.writeString(
                temporary.resolve("trial.yaml"),
                "name: trial\n"
                        + "overrides: {horizon.months: 30, population.adoptersPerNation: 20, nations.only: [USA, CHN, IND]}\n"
                        + "factors: {" + factors + "}\n"
                        + "design: {" + design + "}\n"
                        + "keep: {outcomes: [domestic_chips_cn, share_us_closed]}\n");
        String out = temporary.resolve("out").toString();
        Cli made = twostacks("sweep", experiment.toString(), "-q", "-o", out);
        assertEquals(0, made.exitCode, made::toString);
        return out;
    }

    private static JsonNode indices(Cli ended) throws IOException {
        assertEquals(0, ended.exitCode, ended::toString);
        return new ObjectMapper().readTree(ended.out).path("findings").path(0).path("indices");
    }

    /** What China builds of its own hangs on the growth of it, which the draws hold, and on nothing else here. */
    @Test
    void jointDrawsCountAsOneFactorOfSobolsIndicesAndAsTheirParametersOtherwise() throws IOException {
        Files.writeString(
                temporary.resolve("draws.csv"),
                "chips.domesticGrowth.CN,price.cnSubsidy\n0.3,0.1\n0.5,0.5\n0.7,0.2\n0.9,0.4\n1,0.3\n");
        String out =
                sweep("trust.accessShockLoss: plausible, posterior: {file: draws.csv}", "kind: saltelli, size: 16");
        JsonNode sobol = indices(twostacks("sensitivity", out, "--outcome", "domestic_chips_cn", "--json"));
        assertEquals("trust.accessShockLoss", sobol.path(0).path("factor").asText());
        assertEquals(0, sobol.path(1).path("value").asDouble(), 1e-9, sobol::toString);
        assertEquals("posterior", sobol.path(3).path("factor").asText());
        assertEquals("total", sobol.path(3).path("measure").asText());
        assertEquals(1, sobol.path(3).path("value").asDouble(), .5, sobol::toString);
        JsonNode given =
                indices(twostacks("sensitivity", out, "--outcome", "domestic_chips_cn", "--method", "given", "--json"));
        assertEquals(
                List.of("trust.accessShockLoss", "chips.domesticGrowth.CN", "price.cnSubsidy", "(dummy)"),
                given.findValuesAsText("factor").stream().distinct().toList());
    }

    @Test
    void aMethodThatTheDesignDoesNotServeIsRefusedByTheNamesOfBoth() throws IOException {
        String out = sweep("price.cnSubsidy: plausible, trust.accessShockLoss: plausible", "kind: sobol, size: 4");
        Cli ended = twostacks("sensitivity", out, "--method", "sobol");
        assertEquals(2, ended.exitCode, ended::toString);
        assertTrue(
                ended.err.contains("Sobol' indices need a design of kind saltelli")
                        && ended.err.contains("of kind sobol"),
                ended.err);
    }
}
