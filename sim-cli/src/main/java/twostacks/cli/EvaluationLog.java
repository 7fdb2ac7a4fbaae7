package twostacks.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What evaluations of a calibration gave, on disk as they come: a calibration that was stopped finds there what it has
 * already. Figures are rounded before anybody uses them, so that what is read back is what was used. A last line that was
 * cut off is forgotten.
 */
final class EvaluationLog implements AutoCloseable {
    private static final int DECIMALS = 7;
    private static final String NONE = "";

    private final Map<String, double[]> known = new ConcurrentHashMap<>();
    private final int figures;
    private final Writer out;

    EvaluationLog(Path file, int figures) throws IOException {
        this.figures = figures;
        boolean whole = true;
        if (Files.exists(file)) {
            String text = Files.readString(file);
            int end = text.lastIndexOf('\n') + 1;
            for (String line : text.substring(0, end).lines().toList()) {
                whole &= read(line);
            }
            if (end < text.length() || !whole) {
                Files.writeString(
                        file,
                        known.entrySet().stream()
                                .map(e -> line(e.getKey(), e.getValue()))
                                .collect(Collectors.joining()));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean read(String line) {
        String[] fields = line.split(",", -1);
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
        return line.append('\n').toString();
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
