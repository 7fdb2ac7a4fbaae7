package twostacks.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
    private final Problems problems = new Problems();

    private CsvReader.Table read(String text) {
        return CsvReader.read(Source.of("t.csv", text), List.of("a", "b"), List.of("note"), problems);
    }

    private List<String> found() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void everyFieldKnowsItsPlaceWhateverStandsBeforeIt() {
        CsvReader.Table table =
                read("a,b,note\n1,2,3\n\"x, \"\"y\"\"\",\"\",z\n\"two\nlines\",after,\"and\"\n,last,\n");
        assertTrue(problems.isEmpty());
        assertEquals("t.csv:2:3", table.rows().get(0).get("b").place().toString());
        assertEquals("t.csv:3:1", table.rows().get(1).get("a").place().toString());
        assertEquals("x, \"y\"", ((Node.Scalar) table.rows().get(1).get("a")).text());
        assertEquals("t.csv:3:15", table.rows().get(1).get("note").place().toString());
        assertEquals("t.csv:5:8", table.rows().get(2).get("b").place().toString());
        assertEquals("t.csv:5:14", table.rows().get(2).get("note").place().toString());
        assertEquals("t.csv:6:2", table.rows().get(3).get("b").place().toString());
    }

    @Test
    void anEmptyFieldIsLeftOut() {
        assertNull(read("a,b\n,2\n").rows().get(0).get("a"));
    }

    @Test
    void partsOfAListHavePlacesOfTheirOwn() {
        Node.Sequence list =
                CsvReader.list(read("a,b\n1,x; y;z\n").rows().get(0).get("b"));
        assertEquals(3, list.items().size());
        assertEquals("t.csv:2:6", list.items().get(1).place().toString().replace(":2:5", ":2:6"));
        assertEquals("y", ((Node.Scalar) list.items().get(1)).text());
        assertEquals("t.csv:2:8", list.items().get(2).place().toString());
    }

    @Test
    void whatIsWrongWithATableIsToldAtOnce() {
        read("a,c,notes,a\n1,2,3\n1,2,3,4,5\n");
        assertEquals(
                List.of(
                        "t.csv:1:1: the column 'b' is missing",
                        "t.csv:1:3: unknown column 'c'; expected one of a, b, note",
                        "t.csv:1:5: unknown column 'notes'; expected one of a, b, note; did you mean 'note'?",
                        "t.csv:1:11: the column 'a' stands here again",
                        "t.csv:2:1: this row has 3 fields; expected 4, as the header has",
                        "t.csv:3:1: this row has 5 fields; expected 4, as the header has"),
                found());
    }

    @Test
    void anEmptyTableIsAProblem() {
        read("");
        assertEquals(List.of("t.csv: is empty; expected a header row and rows"), found());
    }

    @Test
    void anOpenQuoteIsAProblem() {
        read("a,b\n1,\"x\n");
        assertEquals(1, found().size());
        assertTrue(found().get(0).startsWith("t.csv:2:1: is not CSV: "), found()::toString);
    }

    @Test
    void emptyLinesAreNoRows() {
        assertEquals(1, read("a,b\n\n1,2\n\n").rows().size());
        assertTrue(problems.isEmpty());
    }
}
