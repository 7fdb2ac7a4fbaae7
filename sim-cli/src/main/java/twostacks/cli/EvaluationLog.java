package twostacks.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import twostacks.analysis.calibration.AbcSmc;

/**
 * What evaluations of a calibration gave, on disk as they come: a calibration that was stopped finds there what it has
 * already. Figures are rounded before anybody uses them, so that what is read back is what was used. Each line ends with
 * its checksum (CRC-32); one that was cut off or damaged is forgotten, and made again.
 */
final class EvaluationLog implements AutoCloseable {
    private static final int DECIMALS = 7;
    private static final String NONE = "";

    private final Map<String, double[]> known = new ConcurrentHashMap<>();
    private final int figures;
    private final FileChannel channel;
    private final Writer out;

    /**
     * Opens a log, and holds it until it is closed.
     *
     * @param file its file, made if it is not there
     * @param figures figures of an evaluation
     * @throws IOException if it cannot be read or written, or another process holds it
     */
    EvaluationLog(Path file, int figures) throws IOException {
        this.figures = figures;
        Files.createDirectories(file.toAbsolutePath().getParent());
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!locked()) {
                throw new IOException("another calibration is writing to " + file.getParent());
            }
            String text = text();
            boolean whole = text.isEmpty() || text.endsWith("\n");
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                whole &= read(line);
            }
            if (!whole) {
                channel.truncate(0);
            }
            channel.position(channel.size());
            out = Channels.newWriter(channel, StandardCharsets.UTF_8);
            if (!whole) {
                for (Map.Entry<String, double[]> each : known.entrySet()) {
                    out.write(line(each.getKey(), each.getValue()));
                }
                out.flush();
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Evaluations that a log has lines of; none where there is no log. Changes nothing. */
    static long noted(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.count();
        }
    }

    /** Bytes of an evaluation in the log, and in memory. */
    static int bytes(double[] parameters, double[] values) {
        return line(key(parameters, AbcSmc.luck(0, 0)), values).length();
    }

    /** What is there; read where it is held, since to close another descriptor of the file would give up the lock. */
    private String text() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // goes on where it was
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** The lock goes with the process, however that ends. */
    private boolean locked() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private boolean read(String line) {
        int end = line.lastIndexOf(',');
        if (end < 0 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
            return false;
        }
        String[] fields = line.substring(0, end).split(",", -1);
        if (fields.length != figures + 1) {
            return false;
        }
        double[] values = new double[figures];
        try {
            for (int i = 0; i < figures; i++) {
                values[i] = fields[i + 1].equals(NONE) ? Double.NaN : Double.parseDouble(fields[i + 1]);
            }
        } catch (NumberFormatException e) {
            return false;
        }
        known.put(fields[0], values);
        return true;
    }

    /** What an evaluation gave; null if it was not made yet. */
    double[] get(String key) {
        return known.get(key);
    }

    /** Number of evaluations known. */
    int size() {
        return known.size();
    }

    /** Notes an evaluation; returns its figures as they will be read back. */
    synchronized double[] put(String key, double[] values) {
        double[] noted = known.get(key);
        if (noted != null) {
            return noted; // two searches came to the same point at once
        }
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Double.isNaN(values[i])
                    ? Double.NaN
                    : new BigDecimal(values[i])
                            .setScale(DECIMALS, RoundingMode.HALF_UP)
                            .doubleValue();
        }
        known.put(key, rounded);
        try {
            out.write(line(key, rounded));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rounded;
    }

    private static String line(String key, double[] values) {
        StringBuilder line = new StringBuilder(key);
        for (double value : values) {
            line.append(',');
            if (!Double.isNaN(value)) {
                line.append(new BigDecimal(value)
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString());
            }
        }
        return line + "," + checksum(line.toString()) + "\n";
    }

    private static String checksum(String line) {
        CRC32 crc = new CRC32();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** Key of an evaluation: parameters and luck. */
    static String key(double[] parameters, long luck) {
        return Arrays.stream(parameters)
                        .mapToObj(p -> new BigDecimal(p)
                                .setScale(9, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString())
                        .collect(Collectors.joining(" "))
                + " " + luck;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
