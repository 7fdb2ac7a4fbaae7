package twostacks.experiment.shard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import twostacks.experiment.plan.Plan;
import twostacks.output.Hashes;

/**
 * What is kept of a run that has ended.
 *
 * @param id id of the run
 * @param done whether it ended well
 * @param nanos time it took; no part of the result
 * @param content fields of outcomes as CSV, or the reason why it failed
 * @param series compressed rows of each table kept, in the order of the plan
 * @param fingerprint of content and series, uncompressed
 */
record Stored(long id, boolean done, long nanos, byte[] content, List<byte[]> series, String fingerprint) {
    private static final int FINGERPRINT = 32;

    static Stored done(long id, long nanos, byte[] outcomes, List<byte[]> rows) {
        MessageDigest digest = Hashes.digest();
        digest.update(outcomes);
        List<byte[]> compressed = new ArrayList<>();
        for (byte[] table : rows) {
            digest.update((byte) '\n');
            digest.update(table);
            compressed.add(deflate(table));
        }
        return new Stored(id, true, nanos, outcomes, compressed, fingerprint(digest));
    }

    static Stored failed(long id, long nanos, String reason) {
        byte[] content = reason.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = Hashes.digest();
        digest.update(content);
        return new Stored(id, false, nanos, content, List.of(), fingerprint(digest));
    }

    private static String fingerprint(MessageDigest digest) {
        return Hashes.hex(digest.digest()).substring(0, FINGERPRINT);
    }

    /** The line before the bytes: {@code run ID done|failed NANOS FINGERPRINT LENGTH…}. */
    byte[] head() {
        StringBuilder head = new StringBuilder("run ")
                .append(Plan.name(id))
                .append(done ? " done " : " failed ")
                .append(nanos)
                .append(' ')
                .append(fingerprint)
                .append(' ')
                .append(content.length);
        series.forEach(s -> head.append(' ').append(s.length));
        return head.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    long size() {
        return head().length
                + content.length
                + series.stream().mapToLong(s -> s.length).sum()
                + 1;
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The rows of a table. */
    byte[] rows(int table) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(series.get(table)))) {
            return in.readAllBytes();
        }
    }
}
