package twostacks.analysis.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.analysis.results.PackageWriter.Column;

final class RowReaderTest {

    @TempDir
    private Path directory;

    private void write(double... values) throws IOException {
        try (PackageWriter writer = new PackageWriter(directory)) {
            PackageWriter.Table table = writer.table(
                    "things",
                    "things",
                    List.of("name"),
                    List.of(Column.text("name", "its name"), Column.number("size", 6, "1", "its size")));
            for (int i = 0; i < values.length; i++) {
                table.add("thing, \"" + i + "\"").add(values[i]).endRow();
            }
            writer.publish("things", PackageWriter.object().put("kind", "things"));
        }
    }

    private ResultException read() {
        return assertThrows(ResultException.class, () -> {
            try (RowReader reader =
                    ResultPackage.open(directory).table("things").read(List.of("size"), true)) {
                while (reader.next()) {
                    reader.number(0);
                }
            }
        });
    }

    private void spoil(String from, String to) throws IOException {
        Path file = directory.resolve("things.csv");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    @Test
    void whatIsWrittenIsReadBackTyped() throws IOException {
        write(0.25, Double.NaN, -1e9);
        ResultPackage results = ResultPackage.open(directory);
        assertEquals("things", results.kind());
        ResultTable table = results.table("things");
        assertEquals(List.of("name", "size"), table.names());
        assertEquals(3, table.rows());
        try (RowReader reader = table.read(List.of("size", "name"), true)) {
            assertTrue(reader.next());
            assertEquals(0.25, reader.number(0));
            assertEquals("thing, \"0\"", reader.text(1));
            assertTrue(reader.next());
            assertTrue(Double.isNaN(reader.number(0)));
            assertTrue(reader.next());
            assertEquals(-1e9, reader.number(0));
            assertFalse(reader.next());
        }
    }

    @Test
    void numbersAreThoseThatJavaReads() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
        for (int i = 0; i < 20_000; i++) {
            String text =
                    Decimals.text((random.nextDouble() - .5) * Math.pow(10, random.nextInt(15)), random.nextInt(10));
            assertEquals(Double.parseDouble(text), RowReader.parse(text.toCharArray(), 0, text.length()), text);
        }
        for (String text :
                List.of("1e-7", "123456789012345678901234567890", "0.1234567890123456789", "5.", "-0", ".5")) {
            assertEquals(Double.parseDouble(text), RowReader.parse(text.toCharArray(), 0, text.length()), text);
        }
        assertThrows(NumberFormatException.class, () -> RowReader.parse("1,5".toCharArray(), 0, 3));
        assertThrows(NumberFormatException.class, () -> RowReader.parse("-".toCharArray(), 0, 1));
    }

    @Test
    void aRowThatIsMissingIsNoticed() throws IOException {
        write(1, 2);
        Path file = directory.resolve("things.csv");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
        assertTrue(read().getMessage().contains("has 1 rows, and datapackage.json promises 2"), read()::getMessage);
    }

    @Test
    void aFigureThatWasChangedIsNoticed() throws IOException {
        write(1, 2);
        spoil("2.000000", "3.000000");
        assertTrue(read().getMessage().contains("is not as it was written"), read()::getMessage);
    }

    @Test
    void whatIsNoNumberIsToldWithItsLine() throws IOException {
        write(1, 2);
        spoil("2.000000", "two");
        assertTrue(read().getMessage().contains("things.csv:3: size is 'two', which is no number"), read()::getMessage);
    }

    @Test
    void aRowOfOtherWidthIsToldWithItsLine() throws IOException {
        write(1, 2);
        spoil("1.000000", "1.000000,9");
        assertTrue(
                read().getMessage().contains("things.csv:2: has 3 fields, and datapackage.json promises 2"),
                read()::getMessage);
    }

    @Test
    void otherColumnsThanPromisedAreNoticed() throws IOException {
        write(1, 2);
        spoil("name,size", "name,height");
        assertTrue(read().getMessage().contains("the columns are not those"), read()::getMessage);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        write(1);
        Files.delete(directory.resolve("things.csv"));
        ResultException e = assertThrows(ResultException.class, () -> ResultPackage.open(directory));
        assertTrue(e.getMessage().contains("things.csv is missing"), e::getMessage);
    }

    @Test
    void aDirectoryWithoutResultsIsToldApart() {
        ResultException none = assertThrows(ResultException.class, () -> ResultPackage.open(directory));
        assertTrue(none.getMessage().contains("holds no results"), none::getMessage);
        Path nowhere = directory.resolve("nowhere");
        ResultException e = assertThrows(ResultException.class, () -> ResultPackage.open(nowhere));
        assertTrue(e.getMessage().contains("there is no such directory"), e::getMessage);
    }

    @Test
    void anUnknownColumnComesWithThoseThereAre() throws IOException {
        write(1);
        ResultTable table = ResultPackage.open(directory).table("things");
        ResultException e = assertThrows(ResultException.class, () -> table.read(List.of("sise"), false));
        assertEquals("sise", e.unknown());
        assertEquals(List.of("name", "size"), e.allowed());
    }

    @Test
    void equalResultsHaveEqualBytesAndAnotherWriterLeavesNothingOfTheFirst() throws IOException {
        write(1, 2);
        byte[] first = Files.readAllBytes(directory.resolve(ResultPackage.FILE));
        write(1, 2);
        assertEquals(
                new String(first, java.nio.charset.StandardCharsets.UTF_8),
                Files.readString(directory.resolve(ResultPackage.FILE)));
        try (PackageWriter writer = new PackageWriter(directory)) {
            writer.table("others", "others", List.of(), List.of(Column.integer("n", "n")))
                    .add(1)
                    .endRow();
            writer.publish("others", PackageWriter.object());
        }
        assertFalse(Files.exists(directory.resolve("things.csv")));
        try (var files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
    }
}
