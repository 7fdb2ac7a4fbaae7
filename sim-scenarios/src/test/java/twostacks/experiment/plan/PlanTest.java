package twostacks.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTest {

    @TempDir
    private Path temporary;

    private Plan plan(String text) throws IOException {
        return new Plan(Experiments.of(temporary, text), "1");
    }

    private static Set<Long> ids(Plan plan) {
        Set<Long> ids = new HashSet<>();
        for (long number = 0; number < plan.runs(); number++) {
            assertTrue(ids.add(plan.run(number).id()), "no two runs have one id");
        }
        return ids;
    }

    @Test
    void aLongerPlanHasTheRunsOfTheShorterOne() throws IOException {
        Plan shorter = plan(Experiments.twoByTwo(8, 2));
        Plan longer = plan(Experiments.twoByTwo(16, 3));
        assertEquals(32, shorter.runs());
        assertEquals(96, longer.runs());
        assertTrue(ids(longer).containsAll(ids(shorter)));
        assertNotEquals(shorter.hash(), longer.hash());
        assertEquals(shorter.coreHash(), longer.coreHash());
    }

    @Test
    void whateverAResultDependsOnChangesTheIds() throws IOException {
        String text = Experiments.twoByTwo(8, 1);
        Set<Long> ids = ids(plan(text));
        for (String other : List.of(
                text + "seed: 2\n",
                text.replace("max: 0.6", "max: 0.7"),
                text.replace("horizon.months: 6", "horizon.months: 7"),
                text.replace("cheap: {", "cheaper: {").replace("none: {}", "nothing: {}"),
                text.replace(", series: world", ""))) {
            assertNotEquals(text, other);
            Plan changed = plan(other);
            assertTrue(ids(changed).stream().noneMatch(ids::contains), other);
        }
        Plan newer = new Plan(Experiments.of(temporary, text), "2");
        assertTrue(ids(newer).stream().noneMatch(ids::contains));
        assertEquals(ids, ids(plan(text.replace("name: small", "name: other"))), "its name is of no consequence");
    }

    @Test
    void aSweepCutShortIsBalanced() throws IOException {
        Plan plan = plan(Experiments.twoByTwo(8, 3));
        for (int number = 0; number < 16; number++) {
            Plan.Run run = plan.run(number);
            assertEquals(1, run.replicate());
            assertEquals(number / 2, run.point());
            assertEquals(number % 2 == 0 ? "none" : "cheap", run.option().lever());
        }
        assertEquals(2, plan.run(16).replicate());
    }

    @Test
    void pointsOfEqualValuesAreRunsOfTheirOwn() throws IOException {
        Plan plan = plan("name: x\n" + Experiments.SMALL
                + "factors: {price.cnSubsidy: {values: [0.1, 0.2]}}\ndesign: {kind: latin-hypercube, size: 10}\n");
        assertEquals(10, ids(plan).size());
    }

    @Test
    void aHundredThousandPointsArePlannedAndListedWithinAFewBytesEach() throws IOException {
        Plan plan = plan("name: x\n" + Experiments.SMALL
                + "factors:\n  price.cnSubsidy: plausible\n  trust.home: plausible\n  trust.usagePull: plausible\n"
                + "  price.hostMargin: plausible\n"
                + "design: {kind: saltelli, size: 20000}\nreplicates: 2\n");
        assertEquals(120_000, plan.design().points());
        assertEquals(240_000, plan.runs());
        assertEquals(240_000, ids(plan).size());
    }

    @Test
    void theModelsSourcesOfChanceAreTheSameForEveryPointAndLever() throws IOException {
        Files.createDirectories(temporary);
        Plan plan = plan(Experiments.twoByTwo(4, 2));
        assertEquals(1, plan.experiment().seed());
        assertFalse(plan.run(0).id() == plan.run(8).id());
    }
}
