package twostacks.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private Source read(byte[] bytes) throws IOException {
        return Source.file("f", Files.write(folder.resolve("f"), bytes), problems);
    }

    private String only() {
        assertEquals(1, problems.all().size());
        return problems.all().get(0).toString();
    }

    @Test
    void textIsReadAndHashed() throws IOException {
        Source source = read("ä\r\nb".getBytes(StandardCharsets.UTF_8));
        assertEquals("ä\nb", source.text());
        assertEquals(
                "6f0b7ac4b5ac1fb9cff4a6c33d3cf1c43ea8a0ca2c5d2ba5b4ae2e4f4c0e4d9e".length(),
                source.sha256().length());
    }

    @Test
    void anotherEncodingIsAProblemWhereItShows() throws IOException {
        assertNull(read("a: 1\nb: M\u00FCnchen\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("f:2:5: is not in UTF-8 from here on; expected a text encoded in UTF-8", only());
    }

    @Test
    void utf16IsAProblem() throws IOException {
        assertNull(read("a: 1\n".getBytes(StandardCharsets.UTF_16)));
        assertEquals("f:1:1: is not in UTF-8 from here on; expected a text encoded in UTF-8", only());
    }

    @Test
    void aFileOfSixteenMebibytesIsReadAndALargerOneIsNot() throws IOException {
        assertNotNull(read(new byte[Source.MOST_BYTES]));
        assertNull(read(new byte[Source.MOST_BYTES + 1]));
        assertEquals("f: is larger than 16 MiB; expected a smaller file", only());
    }

    @Test
    void aFolderIsNoFile() {
        assertNull(Source.file("d", folder, problems));
        assertEquals("d: is a directory; expected a file", only());
    }

    @Test
    void whatIsNotThereIsAProblem() {
        assertNull(Source.file("no", folder.resolve("no"), problems));
        assertEquals("no: there is no such file", only());
    }
}
