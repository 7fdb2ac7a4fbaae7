package twostacks.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A text that somebody wrote, with the name under which its problems are told.
 *
 * <p>Text is UTF-8, with or without a byte order mark; line ends of all systems become LF. Nothing larger than
 * {@link #MOST_BYTES} is read.
 */
public final class Source {
    /** The largest file that is read. */
    public static final int MOST_BYTES = 16 * 1024 * 1024;

    private final String name;
    private final Path file;
    private final String text;
    private final String sha256;

    private Source(String name, Path file, String text, String sha256) {
        this.name = name;
        this.file = file;
        this.text = text;
        this.sha256 = sha256;
    }

    /**
     * A text from elsewhere than a file.
     *
     * @param name name under which problems are told
     * @param text the text
     * @return the source
     */
    public static Source of(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Source(name, null, lines(text), hash(bytes));
    }

    /**
     * A file.
     *
     * @param name name under which problems are told
     * @param file the file
     * @param problems takes what is wrong with it
     * @return the source; null if it cannot be read
     */
    public static Source file(String name, Path file, Problems problems) {
        Source unread = new Source(name, file, "", "");
        Place whole = new Place(unread, 0, 0);
        try {
            if (Files.isDirectory(file)) {
                problems.add(whole, "", "is a directory", "a file");
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return read(unread, in, problems);
            }
        } catch (NoSuchFileException e) {
            problems.add(whole, "", "there is no such file");
        } catch (AccessDeniedException e) {
            problems.add(whole, "", "may not be read: permission denied");
        } catch (IOException | InvalidPathException | SecurityException e) {
            problems.add(whole, "", "cannot be read: " + e.getMessage());
        }
        return null;
    }

    /**
     * A file that another file names: no pipe or device, which whoever wrote the other could make the program wait for.
     *
     * @param name name under which problems are told
     * @param file the file
     * @param problems takes what is wrong with it
     * @return the source; null if it cannot be read
     */
    public static Source named(String name, Path file, Problems problems) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            problems.add(new Place(new Source(name, file, "", ""), 0, 0), "", "is a device or a pipe", "a file");
            return null;
        }
        return file(name, file, problems);
    }

    /**
     * A table that another file names: it lies in that file's directory or below, so that a file from elsewhere cannot
     * make the program read what its author likes.
     *
     * @param reference where the other file names it
     * @param path dotted path of the reference
     * @param problems takes what is wrong with it
     * @return the source; null if it cannot be read
     */
    public static Source beside(Node reference, String path, Problems problems) {
        String text = Values.text(reference, path, problems);
        Path base = reference.place().source().path();
        if (text == null || base == null) {
            return null;
        }
        Path directory = real(base.toAbsolutePath().normalize().getParent());
        Path file;
        try {
            file = real(directory.resolve(text).normalize());
        } catch (InvalidPathException e) {
            problems.add(reference.place(), path, "'" + text + "' is no path", "a file beside this one");
            return null;
        }
        if (Path.of(text).isAbsolute() || !file.startsWith(directory)) {
            problems.add(reference.place(), path, "'" + text + "' leads elsewhere", "a file beside this one or below");
            return null;
        }
        if (!Files.exists(file)) {
            problems.add(reference.place(), path, "there is no table '" + text + "'", "a file beside this one");
            return null;
        }
        if (Files.isDirectory(file)) {
            problems.add(reference.place(), path, "'" + text + "' is a directory", "a file beside this one");
            return null;
        }
        return named(base.resolveSibling(text).toString(), file, problems);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * A resource of this program.
     *
     * @param name name under which problems are told
     * @param owner class whose module holds it
     * @param resource absolute name of the resource
     * @return the source; null if there is no such resource
     */
    public static Source resource(String name, Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            Problems problems = new Problems();
            Source source = read(new Source(name, null, "", ""), in, problems);
            problems.throwIfAny();
            return source;
        } catch (IOException e) {
            throw new IllegalStateException("the program's own " + resource + " cannot be read", e);
        }
    }

    private static Source read(Source unread, InputStream in, Problems problems) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            problems.add(new Place(unread, 0, 0), "", "is larger than 16 MiB", "a smaller file");
            return null;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(from, to, true);
        String text = to.flip().toString();
        if (result.isError()) {
            String before = lines(text);
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n');
            problems.add(
                    new Place(unread, line, column), "", "is not in UTF-8 from here on", "a text encoded in UTF-8");
            return null;
        }
        return new Source(unread.name, unread.file, lines(text), hash(bytes));
    }

    private static String lines(String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return bare.indexOf('\r') < 0 ? bare : bare.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The name under which problems are told.
     *
     * @return a path, or a name for what is no file
     */
    public String name() {
        return name;
    }

    /**
     * The file it was read from.
     *
     * @return its path; null for a text from elsewhere
     */
    public Path path() {
        return file;
    }

    /**
     * The text.
     *
     * @return decoded, without byte order mark, lines ended by LF
     */
    public String text() {
        return text;
    }

    /**
     * The hash of its bytes.
     *
     * @return SHA-256 in hexadecimal digits
     */
    public String sha256() {
        return sha256;
    }

    /**
     * The whole of it as a place.
     *
     * @return place without line
     */
    public Place whole() {
        return new Place(this, 0, 0);
    }
}
