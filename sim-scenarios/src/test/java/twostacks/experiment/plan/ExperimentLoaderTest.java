package twostacks.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import twostacks.input.InputException;
import twostacks.input.Source;

/** What an experiment file may say, and what its author is told otherwise (broken.txt has the cases). */
final class ExperimentLoaderTest {

    @TempDir
    private Path temporary;

    private String told(String text) throws IOException {
        Path file = Experiments.write(temporary, text);
        InputException e = assertThrows(InputException.class, () -> ExperimentLoader.load(file.toString()));
        return e.problems().stream()
                .map(p -> p + "\n")
                .collect(Collectors.joining())
                .replace(file.toString(), "x.yaml")
                .replace(temporary + "/", "");
    }

    @TestFactory
    Stream<DynamicTest> everyProblemIsToldWithItsPlaceAndWhatWouldBeRight() throws IOException {
        Files.writeString(temporary.resolve("points.csv"), "price.cnSubsidy,trust.home\n0.1,0.2\n0.3,1.5\n");
        Files.writeString(temporary.resolve("odd.csv"), "price.cnSubsidi\n0.1\n");
        String all = Source.resource("broken.txt", ExperimentLoaderTest.class, "/twostacks/experiment/plan/broken.txt")
                .text();
        List<String> blocks = Arrays.stream(all.split("(?m)^=== ", -1))
                .filter(b -> !b.isBlank())
                .toList();
        assertTrue(blocks.size() > 20);
        return blocks.stream().map(block -> {
            int line = block.indexOf('\n');
            int expected = block.indexOf("--- expected\n");
            return DynamicTest.dynamicTest(
                    block.substring(0, line),
                    () -> assertEquals(
                            block.substring(expected + "--- expected\n".length()),
                            told(block.substring(line + 1, expected))));
        });
    }

    @Test
    void whatASweepWritesDownIsTheSameExperiment() throws IOException {
        Files.writeString(
                temporary.resolve("draws.csv"), "draw,weight,trust.home,price.hostMargin\n1,2,0.5,0.2\n2,1,0.6,0.3\n");
        for (String middle : List.of("""
            factors: {price.cnSubsidy: {min: 0, max: 0.6}, posterior: {file: draws.csv}}
            design: {kind: saltelli, size: 4}
            """, """
            factors:
              price.cnSubsidy: {distribution: triangular, min: 0, mode: 0.2, max: 0.6}
              trust.home: {distribution: normal, mean: 0.5, sd: 0.1, min: 0.2, max: 0.9}
              price.hostMargin: {distribution: log-uniform, min: 0.01, max: 1}
              trust.accessShockLoss: plausible
            design: {kind: morris, size: 3, candidates: 9}
            """, "design: {kind: list, file: draws.csv}\n", """
            factors: {trust.home: {min: 0, max: 1}}
            design: {kind: list, file: draws.csv}
            """, """
            factors: {price.cnSubsidy: {values: [0.1, 0.2]}}
            design: {kind: grid}
            """, "")) {
            Plan plan = new Plan(
                    Experiments.of(
                            temporary,
                            "name: x\n" + Experiments.SMALL + middle + "levers: {none: ~, more: {parameters: "
                                    + "{trust.diplomacy: 0.2}}}\n"
                                    + "keep: {groups: {south: [IND, BRA]}, outcomes: [south.share_cn_open@gdp]}\n"),
                    "1");
            Path copy = temporary.resolve("copy");
            for (var file : plan.files().entrySet()) {
                Files.createDirectories(copy.resolve(file.getKey()).getParent());
                Files.writeString(copy.resolve(file.getKey()), file.getValue());
            }
            Files.writeString(copy.resolve("again.yaml"), plan.resolved());
            Plan again =
                    new Plan(ExperimentLoader.load(copy.resolve("again.yaml").toString()), "1");
            assertEquals(plan.resolved(), again.resolved(), middle);
            assertEquals(plan.hash(), again.hash(), middle);
            assertEquals(
                    plan.run(plan.runs() - 1).id(), again.run(again.runs() - 1).id(), middle);
        }
    }

    @Test
    void aFileOfEitherKindIsToldApart() throws IOException {
        assertTrue(ExperimentLoader.isExperiment(Experiments.write(temporary, "name: x\nreplicates: 2\n")));
        assertFalse(ExperimentLoader.isExperiment(Experiments.write(temporary, "name: x\nextends: baseline\n")));
        assertFalse(ExperimentLoader.isExperiment(temporary.resolve("absent.yaml")));
    }

    @Test
    void aLeverMayExtendAFileBesideTheExperiment() throws IOException {
        Files.writeString(
                temporary.resolve("lever.yaml"), "name: mine\nextends: baseline\nparameters: {trust.home: 0.123}\n");
        Files.writeString(temporary.resolve("base.yaml"), "name: base\nextends: baseline\n");
        Experiment experiment = Experiments.of(
                temporary, "name: x\nscenarios: [base.yaml]\nlevers: {none: ~, mine: {extends: lever.yaml}}\n");
        assertEquals(List.of("base"), experiment.scenarios());
        assertEquals(List.of("none", "mine"), experiment.levers());
        assertEquals(
                0.123, experiment.worlds().get(1).world().spec().overrides().get("trust.home"));
    }
}
