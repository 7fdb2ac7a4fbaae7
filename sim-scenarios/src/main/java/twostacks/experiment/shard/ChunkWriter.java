package twostacks.experiment.shard;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import twostacks.output.Durable;
import twostacks.output.Hashes;

/**
 * Writes runs into a chunk, one after the other. It is a {@code .part} file until it is published: then it ends with the
 * number of its runs and the SHA-256 of all before, is flushed to the disk, and gets its final name.
 */
final class ChunkWriter implements Closeable {
    static final String PART = ".part";
    static final String CHUNK = ".chunk";

    private final Path part;
    private final Path chunk;
    private final FileChannel channel;
    private final OutputStream out;
    private final MessageDigest digest = Hashes.digest();
    private long runs;
    private long bytes;
    private boolean over;

    /**
     * Starts a chunk.
     *
     * @param directory where
     * @param name its name without ending, which nobody else uses
     * @param plan hash of the plan
     * @param build what the program is built from
     */
    ChunkWriter(Path directory, String name, String plan, String build) throws IOException {
        part = directory.resolve(name + PART);
        chunk = directory.resolve(name + CHUNK);
        channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        try {
            put(("twostacks chunk 1 " + plan + " " + build.replaceAll("\\s", "_") + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void put(byte[] data) throws IOException {
        out.write(data);
        digest.update(data);
        bytes += data.length;
    }

    void add(Stored run) throws IOException {
        put(run.head());
        put(run.content());
        for (byte[] table : run.series()) {
            put(table);
        }
        put(new byte[] {'\n'});
        runs++;
    }

    long runs() {
        return runs;
    }

    long bytes() {
        return bytes;
    }

    /** Gives it its final name. */
    Path publish() throws IOException {
        String sha256 = Hashes.hex(digest.digest());
        out.write(("end " + runs + " " + sha256 + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        channel.force(true);
        channel.close();
        Durable.rename(part, chunk);
        Durable.syncDirectory(chunk.getParent());
        over = true;
        return chunk;
    }

    /** Removes it, unless it is published. */
    @Override
    public void close() throws IOException {
        if (!over) {
            over = true;
            try {
                channel.close();
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
