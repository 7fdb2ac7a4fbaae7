package twostacks.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeReaderTest {
    private final Problems problems = new Problems();

    private Node read(String name, String text) {
        return TreeReader.read(Source.of(name, text), problems);
    }

    private String only() {
        assertEquals(1, problems.all().size(), () -> problems.all().toString());
        return problems.all().get(0).toString();
    }

    @Test
    void everyKeyAndValueKnowsItsPlace() {
        Node.Mapping root = (Node.Mapping) read("f.yaml", "a: 1\nb:\n  - x\n  - {c: \"y\"}\n");
        assertEquals("f.yaml:1:1", root.entries().get(0).key().place().toString());
        assertEquals("f.yaml:1:4", root.get("a").place().toString());
        Node.Sequence list = (Node.Sequence) root.get("b");
        assertEquals("f.yaml:3:3", list.place().toString());
        Node.Mapping inner = (Node.Mapping) list.items().get(1);
        assertEquals("f.yaml:4:6", inner.entries().get(0).key().place().toString());
        assertEquals("f.yaml:4:9", inner.get("c").place().toString());
        assertTrue(problems.isEmpty());
    }

    @Test
    void columnsCountCharactersNotBytes() {
        Node.Mapping root = (Node.Mapping) read("f.yaml", "{é😀: 1, b: 2}");
        assertEquals(9, root.entries().get(1).key().place().column());
    }

    @Test
    void jsonAndYamlGiveTheSameTreeAndTheSamePlaces() {
        String text = "{\"a\": [1, 2.5e3, true, null],\n \"b\": {\"c\": \"x\"}}";
        String yaml = read("same", text).toString();
        String json = TreeReader.read(Source.of("same.json", text), problems)
                .toString()
                .replaceAll("Source@\\w+", "");
        assertEquals(
                yaml.replaceAll("Source@\\w+", "")
                        .replace("same:", "")
                        .replaceAll("(key=Scalar\\[[^]]*)plain=\\w+", "$1"),
                json.replace("same.json:", "").replaceAll("(key=Scalar\\[[^]]*)plain=\\w+", "$1"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void jsonMayBeIndentedByTabsAndEscaped() {
        Node.Mapping root = (Node.Mapping) read("f.json", "{\n\t\"a\": \"x\\/\\ud83d\\ude00\"\n}");
        assertEquals("x/😀", ((Node.Scalar) root.get("a")).text());
        assertTrue(problems.isEmpty());
    }

    @Test
    void jsonWithoutItsEndHasAPlace() {
        assertNull(read("f.json", "{\"a\": [1,\n2"));
        assertTrue(only().startsWith("f.json:2:2: is not JSON: Unexpected end-of-input"), this::only);
    }

    @Test
    void aKeyTwiceInJsonIsAProblem() {
        read("f.json", "{\"a\": 1,\n \"a\": 2}");
        assertEquals("f.json:2:2: 'a' stands here again, first at line 1; expected each key once", only());
    }

    @Test
    void aSecondJsonValueIsAProblem() {
        assertNull(read("f.json", "{} {}"));
        assertEquals("f.json:1:4: a second value starts here; expected one in a file", only());
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkChangeNothing() {
        Node plain = read("f", "a: 1\nb: |\n  x\n  y\n");
        Node windows = read("f", "\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n");
        assertEquals(
                plain.toString().replaceAll("@\\w+", ""), windows.toString().replaceAll("@\\w+", ""));
    }

    @Test
    void anAliasStandsForWhatItNames() {
        Node.Mapping root = (Node.Mapping) read("f", "a: &x [1, 2]\nb: *x\n");
        assertEquals(root.get("a"), root.get("b"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void aliasesThatUnfoldWithoutEndAreRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertNull(read("f", bomb.toString()), "a bomb was read"));
        assertEquals("f:5:45: the aliases unfold to more than 100000 values; expected fewer", only());
    }

    @Test
    void deepNestingIsRefusedAtOnce() {
        for (String text : List.of(
                "[".repeat(1_000_000), "{a: ".repeat(1_000_000), "- ".repeat(500_000) + "x", "? ".repeat(500_000))) {
            Problems own = new Problems();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertNull(TreeReader.read(Source.of("f", text), own), "it was read"));
            assertEquals(1, own.all().size());
            assertTrue(own.all().get(0).message().contains("nested too deeply"), own.all()::toString);
        }
        assertNull(read("f.json", "[".repeat(1_000_000)));
        assertTrue(only().contains("nested too deeply"), this::only);
    }

    @Test
    void aControlCharacterHasAPlace() {
        assertNull(read("f", "a: 1\nb: x\u0007\n"));
        assertEquals("f:2:5: the control character U+0007 may not stand here; expected a text without it", only());
    }

    @Test
    void tagsAreNotRead() {
        read("f", "a: !!java.net.URL [x]\nb: !!int 3\nc: !own {x: 1}\n");
        assertEquals(3, problems.all().size());
        assertEquals(
                "f:1:4: the tag tag:yaml.org,2002:java.net.URL is not read; expected a value without a tag",
                problems.all().get(0).toString());
    }
}
