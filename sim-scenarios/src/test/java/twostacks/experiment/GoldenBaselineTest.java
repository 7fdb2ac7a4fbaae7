package twostacks.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twostacks.output.RunDescription;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/**
 * Holds what three scenarios give, to the byte, to what is kept in {@code src/test/resources/golden}: the Decembers of
 * the world and the labs to read, and a hash of every file. Fourteen nations of 300 adopters, all months.
 *
 * <p>A change of results is deliberate: run the command that a failure names, look at the difference, and say
 * "results change" in CHANGELOG.md.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class GoldenBaselineTest {
    private static final String UPDATE = "mvn -q test -pl sim-scenarios -am -Dtest=GoldenBaselineTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtwostacks.update=true";
    private static final String NATIONS = "[USA, CHN, IND, BRA, DEU, FRA, KEN, KAZ, IRN, RUS, SGP, ARE, NGA, MNG]";
    private static final List<String> TABLES = List.of("world", "labs", "nations", "events", "segments", "offers");
    private static final Path GOLDEN = module().resolve("src/test/resources/golden");

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return here.endsWith("sim-scenarios") ? here : here.resolve("sim-scenarios");
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline", "model-access-shutdown", "chip-controls-tightened"})
    void a_scenario_gives_the_bytes_it_gave(String name, @TempDir Path folder) throws Exception {
        Scenario scenario = ScenarioLoader.load(
                name,
                Stream.of(Map.entry("nations.only", NATIONS), Map.entry("population.adoptersPerNation", "300"))
                        .map(e -> ScenarioLoader.setting(e.getKey(), e.getValue()))
                        .toList());
        RunDescription run = RunDescription.of(scenario, "golden", 1, 1, Set.of("segments", "offers"), false);
        new RunService(2, "golden", List.of(), false, Progress.NONE, new Cancellation())
                .run(List.of(new Job(run, folder)));
        StringBuilder hashes = new StringBuilder();
        for (String table : TABLES) {
            hashes.append(hash(folder.resolve(table + ".csv")))
                    .append("  ")
                    .append(table)
                    .append(".csv\n");
        }
        Map<String, String> is = Map.of(
                "world.csv", decembers(folder.resolve("world.csv")),
                "labs.csv", decembers(folder.resolve("labs.csv")),
                "sha256.txt", hashes.toString());
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("twostacks.update")) {
            Files.createDirectories(golden);
            for (Map.Entry<String, String> file : is.entrySet()) {
                Files.writeString(golden.resolve(file.getKey()), file.getValue());
            }
            return;
        }
        assertTrue(Files.isDirectory(golden), "nothing is kept of " + name + "; to keep it: " + UPDATE);
        for (String file : List.of("world.csv", "labs.csv", "sha256.txt")) {
            assertEquals(
                    Files.readString(golden.resolve(file)),
                    is.get(file),
                    file + " of " + name + " has changed. If that is meant: " + UPDATE);
        }
    }

    private static String decembers(Path csv) throws IOException {
        try (Stream<String> lines = Files.lines(csv)) {
            return lines.filter(l -> l.startsWith("scenario,") || l.split(",", 4)[2].endsWith("-12"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static String hash(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] bytes = Files.readString(file, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
