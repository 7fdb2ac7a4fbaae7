package twostacks.analysis.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns of a table by entity (a nation, a lab, a weight), month and replicate.
 *
 * <p>Texts are held as places in {@link #words}, in the order in which they appear.
 */
final class Cube {
    private final Horizon horizon;
    private final List<String> columns;
    private final Map<String, float[][]> byEntity = new LinkedHashMap<>();
    private final Map<String, List<String>> words = new LinkedHashMap<>();

    private Cube(Horizon horizon, List<String> columns) {
        this.horizon = horizon;
        this.columns = columns;
    }

    /**
     * Reads columns of a table that has columns {@code replicate} and {@code month}.
     *
     * @param table the table
     * @param horizon months and replicates
     * @param entity column that tells entities apart
     * @param numbers columns of numbers
     * @param labels columns of texts
     */
    static Cube read(TableFile table, Horizon horizon, String entity, List<String> numbers, List<String> labels)
            throws UnusableResultsException, IOException {
        List<String> columns = new ArrayList<>(numbers);
        columns.addAll(labels);
        Cube cube = new Cube(horizon, columns);
        List<String> wantedNumbers = new ArrayList<>(numbers);
        wantedNumbers.add("replicate");
        List<String> wantedTexts = new ArrayList<>(List.of("month", entity));
        wantedTexts.addAll(labels);
        int count = numbers.size();
        table.scan(wantedNumbers, wantedTexts, (n, t) -> {
            int at = horizon.place((int) n[count], t[0], table.path());
            float[][] values = cube.byEntity.computeIfAbsent(t[1], e -> cube.empty());
            for (int c = 0; c < count; c++) {
                values[c][at] = (float) n[c];
            }
            for (int l = 0; l < labels.size(); l++) {
                values[count + l][at] = cube.code(labels.get(l), t[2 + l]);
            }
        });
        return cube;
    }

    private float[][] empty() {
        float[][] values = new float[columns.size()][horizon.months() * horizon.replicates()];
        for (float[] column : values) {
            Arrays.fill(column, Float.NaN);
        }
        return values;
    }

    private float code(String column, String word) {
        if (word.isEmpty()) {
            return Float.NaN;
        }
        List<String> known = words.computeIfAbsent(column, c -> new ArrayList<>());
        int at = known.indexOf(word);
        if (at < 0) {
            known.add(word);
            at = known.size() - 1;
        }
        return at;
    }

    List<String> entities() {
        return List.copyOf(byEntity.keySet());
    }

    /** The texts of a column, in the order in which they appear. */
    List<String> words(String column) {
        return words.getOrDefault(column, List.of());
    }

    /** Mean, low and high of a column over replicates, by entity and then month. */
    Band band(String column) {
        int c = columns.indexOf(column);
        Band band = new Band(byEntity.size() * horizon.months());
        float[] sample = new float[horizon.replicates()];
        int at = 0;
        for (float[][] values : byEntity.values()) {
            for (int month = 0; month < horizon.months(); month++) {
                band.set(at++, sample, sample(values[c], month, sample));
            }
        }
        return band;
    }

    /** The most frequent text of a column over replicates, and the share of replicates that have it. */
    Band mode(String column) {
        int c = columns.indexOf(column);
        Band band = new Band(byEntity.size() * horizon.months());
        float[] sample = new float[horizon.replicates()];
        int[] counts = new int[words(column).size()];
        int at = 0;
        for (float[][] values : byEntity.values()) {
            for (int month = 0; month < horizon.months(); month++) {
                int size = sample(values[c], month, sample);
                Arrays.fill(counts, 0);
                int most = -1;
                for (int i = 0; i < size; i++) {
                    counts[(int) sample[i]]++;
                }
                for (int i = 0; i < counts.length; i++) {
                    if (counts[i] > 0 && (most < 0 || counts[i] > counts[most])) {
                        most = i;
                    }
                }
                band.mean[at] = most < 0 ? Float.NaN : most;
                band.low[at] = most < 0 ? Float.NaN : (float) counts[most] / size;
                at++;
            }
        }
        return band;
    }

    private int sample(float[] values, int month, float[] sample) {
        int size = 0;
        for (int r = 0; r < horizon.replicates(); r++) {
            float value = values[r * horizon.months() + month];
            if (!Float.isNaN(value)) {
                sample[size++] = value;
            }
        }
        return size;
    }
}
