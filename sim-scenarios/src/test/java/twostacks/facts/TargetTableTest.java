package twostacks.facts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twostacks.input.Months;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.input.Source;

/** Tables of targets. */
final class TargetTableTest {

    @ParameterizedTest
    @CsvSource({
        "2025,            2025-01, 2025-12",
        "2025-H1,         2025-01, 2025-06",
        "2025-H2,         2025-07, 2025-12",
        "2024-Q4,         2024-10, 2024-12",
        "2025-06,         2025-06, 2025-06",
        "2026-01-13,      2026-01, 2026-01",
        "2025-06/2025-08, 2025-06, 2025-08",
        "2024-11/2025-11, 2024-11, 2025-11",
        "2026-02-09/2026-02-15, 2026-02, 2026-02"
    })
    void aPeriodIsItsMonths(String text, String first, String last) {
        assertArrayEquals(new int[] {Months.parse(first), Months.parse(last)}, TargetTable.period(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "2025-13", "2025-H3", "2025-Q5", "2025-06/", "2025-08/2025-06", "June 2025"})
    void whatIsNoPeriodIsNone(String text) {
        assertNull(TargetTable.period(text));
    }

    @Test
    void everyBundledTargetIsRead() {
        Problems problems = new Problems();
        TargetTable table = TargetTable.read(BundledFacts.source("validation"), problems);
        assertEquals(List.of(), problems.all());
        assertEquals(679, table.rows().size());
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        String text = """
                target_id,entity,date,metric,observed,low,high,note
                A,USA,2025-H3,m,0.5,,,
                B,USA,2025,m,half,,,
                B,USA,2025,m,0.5,0.6,0.4,
                C,,2025,m,0.5,,,
                """;
        Problems problems = new Problems();
        TargetTable.read(Source.of("targets.csv", text), problems);
        List<String> told = problems.all().stream().map(Problem::toString).toList();
        assertEquals(5, told.size(), told::toString);
        assertTrue(told.get(0).startsWith("targets.csv:2:7: "), told.get(0));
        assertTrue(told.get(0).contains("2025-H1"), told.get(0));
        assertTrue(told.get(1).startsWith("targets.csv:3:"), told.get(1));
    }
}
