package twostacks.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** SHA-256, in hexadecimal digits. */
public final class Hashes {
    private static final int BUFFER = 1 << 16;

    private Hashes() {}

    /**
     * A digest to feed.
     *
     * @return SHA-256
     */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The hash of a text in UTF-8.
     *
     * @param text text
     * @return 64 hexadecimal digits
     */
    public static String sha256(String text) {
        return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash of what a file holds, decompressed if its name ends in {@code .gz}. */
    static String sha256OfContent(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = content(file)) {
            feed(digest, in);
        }
        return hex(digest.digest());
    }

    /**
     * What a file holds, decompressed if its name ends in {@code .gz}.
     *
     * @param file file
     * @return its content, to be closed
     * @throws IOException if it cannot be read
     */
    public static InputStream content(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** What a compressed file holds, whatever its name. */
    static InputStream unpacked(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Feeds all that a stream has; returns how many bytes that was. */
    static long feed(MessageDigest digest, InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long all = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            all += n;
        }
        return all;
    }

    /**
     * Bytes as text.
     *
     * @param bytes bytes
     * @return two hexadecimal digits for each
     */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
