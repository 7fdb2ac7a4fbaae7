package twostacks.experiment.shard;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import twostacks.output.Hashes;

/** Reads chunks. */
final class ChunkReader implements Closeable {
    private static final int LONGEST_LINE = 4096;
    /** The words of a run before the lengths. */
    private static final Pattern START = Pattern.compile("run [0-9a-f]{16} (done|failed) [0-9]{1,18} [0-9a-f]{32}");

    private final RandomAccessFile file;

    /** What is wrong with a chunk. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(Path chunk, String what) {
            super(chunk + " " + what);
        }
    }

    /** Takes what a chunk holds. */
    interface Taker {
        /**
         * A run.
         *
         * @param offset where its line begins
         * @param head words of its line
         */
        void run(long offset, String[] head);
    }

    /**
     * Reads a chunk through and checks that it is whole.
     *
     * @param chunk the chunk
     * @param told takes its runs, if it is whole
     * @return hash of the plan, and what the program was built from
     * @throws DamagedException if it is not as it was written
     */
    static String[] read(Path chunk, Taker told) throws IOException {
        MessageDigest digest = Hashes.digest();
        List<Object[]> runs = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(chunk), 1 << 16)) {
            byte[] first = line(in, chunk);
            digest.update(first);
            String[] start = words(first);
            if (start.length != 5
                    || !"twostacks".equals(start[0])
                    || !"chunk".equals(start[1])
                    || !"1".equals(start[2])) {
                throw new DamagedException(chunk, "is no chunk of this version");
            }
            long at = first.length;
            while (true) {
                byte[] line = line(in, chunk);
                String[] head = words(line);
                if ("end".equals(head[0])) {
                    boolean whole = head.length == 3
                            && head[1].equals(Integer.toString(runs.size()))
                            && head[2].equals(Hashes.hex(digest.digest()))
                            && in.read() < 0;
                    if (!whole) {
                        throw new DamagedException(chunk, "is not as it was written");
                    }
                    runs.forEach(r -> told.run((Long) r[0], (String[]) r[1]));
                    return new String[] {start[3], start[4]};
                }
                boolean run = head.length >= 6
                        && START.matcher(String.join(" ", Arrays.asList(head).subList(0, 5)))
                                .matches();
                if (!run) {
                    throw new DamagedException(chunk, "is not as it was written");
                }
                digest.update(line);
                runs.add(new Object[] {at, head});
                at += line.length;
                long left = 1;
                for (int i = 5; i < head.length; i++) {
                    left += length(head[i], chunk);
                }
                at += left;
                byte[] buffer = new byte[1 << 16];
                while (left > 0) {
                    int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (n < 0) {
                        throw new DamagedException(chunk, "is cut off");
                    }
                    digest.update(buffer, 0, n);
                    left -= n;
                }
            }
        }
    }

    private static int length(String word, Path chunk) throws DamagedException {
        try {
            int length = Integer.parseInt(word);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // below
        }
        throw new DamagedException(chunk, "is not as it was written");
    }

    private static String[] words(byte[] line) {
        return new String(line, 0, line.length - 1, StandardCharsets.US_ASCII).split(" ", -1);
    }

    private static byte[] line(InputStream in, Path chunk) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        while (line.size() < LONGEST_LINE) {
            int b = in.read();
            if (b < 0) {
                throw new DamagedException(chunk, "is cut off");
            }
            line.write(b);
            if (b == '\n') {
                return line.toByteArray();
            }
        }
        throw new DamagedException(chunk, "is not as it was written");
    }

    /** Opens a chunk, to read single runs of it. */
    ChunkReader(Path chunk) throws IOException {
        file = new RandomAccessFile(chunk.toFile(), "r");
    }

    /** The run whose line begins at an offset. */
    Stored run(long offset) throws IOException {
        file.seek(offset);
        String line = readLine();
        String[] head = line.split(" ", -1);
        byte[] content = bytes(Integer.parseInt(head[5]));
        List<byte[]> series = new ArrayList<>();
        for (int i = 6; i < head.length; i++) {
            series.add(bytes(Integer.parseInt(head[i])));
        }
        return new Stored(
                Long.parseUnsignedLong(head[1], 16),
                "done".equals(head[2]),
                Long.parseLong(head[3]),
                content,
                series,
                head[4]);
    }

    private String readLine() throws IOException {
        byte[] start = new byte[512];
        long at = file.getFilePointer();
        int n = file.read(start);
        for (int i = 0; i < n; i++) {
            if (start[i] == '\n') {
                file.seek(at + i + 1);
                return new String(start, 0, i, StandardCharsets.US_ASCII);
            }
        }
        throw new EOFException("a chunk has changed while it was read");
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        file.readFully(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
