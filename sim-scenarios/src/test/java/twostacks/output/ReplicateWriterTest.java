package twostacks.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.outcome.Column;
import twostacks.outcome.Table;
import twostacks.world.World;

final class ReplicateWriterTest {

    @TempDir
    private Path temporary;

    private static RunDescription run(int replicates, Column<Integer> column) {
        Table<Integer> table = new Table<>(
                "table",
                false,
                List.of("row"),
                List.of(Column.count("row", "1", "row", r -> r), column),
                world -> List.of(1, 2),
                "a table");
        return new RunDescription(
                "1", SmallWorld.scenario().spec(), "name: s\n", Map.of(), 1, replicates, List.of(table), false);
    }

    private static Provenance nowhere() {
        return new Provenance(List.of(), "", 1, Instant.EPOCH, 0, 0);
    }

    private static World world(RunDescription run) {
        return new World(run.world(), 1, 1);
    }

    @Test
    void filesGetTheirNamesOnlyWhenAllReplicatesAreWritten() throws IOException {
        RunDescription run = run(2, Column.share("x", "x", r -> r / 2.0));
        Path out = temporary.resolve("out");
        try (ResultWriter writer = new ResultWriter(ResultDirectory.take(out), run)) {
            try (ReplicateWriter second = writer.replicate(2)) {
                world(run).run(second);
                writer.add(second);
            }
            assertThrows(IllegalStateException.class, () -> writer.publish(nowhere()));
            assertFalse(Files.exists(out.resolve("table.csv")));
            try (ReplicateWriter first = writer.replicate(1)) {
                world(run).run(first);
                assertFalse(Files.exists(out.resolve("table.csv")));
                writer.add(first);
            }
            writer.publish(nowhere());
        }
        List<String> lines = Files.readAllLines(out.resolve("table.csv"));
        assertEquals("scenario,replicate,month,row,x", lines.get(0));
        assertEquals("baseline,1,2023-01,1,0.500000", lines.get(1));
        assertEquals("baseline,2,2023-06,2,1.000000", lines.get(lines.size() - 1));
        assertEquals(1 + 2 * SmallWorld.MONTHS * 2, lines.size());
    }

    @Test
    void aWriterThatBreaksInTheMiddleLeavesNothing() throws IOException {
        int[] read = {0};
        RunDescription run = run(1, Column.share("x", "x", r -> {
            if (++read[0] == 5) {
                throw new IllegalStateException("broken");
            }
            return 0;
        }));
        Path out = temporary.resolve("out");
        assertThrows(IllegalStateException.class, () -> {
            try (ResultWriter writer = new ResultWriter(ResultDirectory.take(out), run);
                    ReplicateWriter rows = writer.replicate(1)) {
                world(run).run(rows);
            }
        });
        assertEquals(5, read[0]);
        assertFalse(Files.exists(out));
    }

    @Test
    void aValueThatItsColumnDoesNotAllowIsNotWritten() {
        List<Column<Integer>> columns = List.of(
                Column.share("x", "x", r -> 1.5),
                Column.share("x", "x", r -> -1e-9),
                Column.number("x", "1", 2, Double.NaN, Double.NaN, "x", r -> Double.POSITIVE_INFINITY),
                Column.count("x", "1", "x", r -> .5));
        for (Column<Integer> column : columns) {
            RunDescription run = run(1, column);
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> {
                try (ResultWriter writer = new ResultWriter(ResultDirectory.take(temporary.resolve("out")), run);
                        ReplicateWriter rows = writer.replicate(1)) {
                    world(run).run(rows);
                }
            });
            assertTrue(refused.getMessage().startsWith("table, replicate 1, 2023-01, 1.0: x is "), refused::getMessage);
        }
    }

    @Test
    void aValueThatIsMissingIsAnEmptyField() throws IOException {
        RunDescription run = run(1, Column.number("x", "1", 2, 0, 1, "x", r -> Double.NaN));
        Path out = temporary.resolve("out");
        try (ResultWriter writer = new ResultWriter(ResultDirectory.take(out), run);
                ReplicateWriter rows = writer.replicate(1)) {
            world(run).run(rows);
            writer.add(rows);
            writer.publish(nowhere());
        }
        assertEquals(
                "baseline,1,2023-01,1,",
                Files.readAllLines(out.resolve("table.csv")).get(1));
    }
}
