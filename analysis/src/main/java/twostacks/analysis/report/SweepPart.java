package twostacks.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a page that shows a sweep: each run's factors and outcomes, and indices of sensitivity if there are any. */
final class SweepPart {
    /** Runs that are shown; of larger sweeps the means over replicates, and of yet larger ones the first points. */
    private static final int MOST_RUNS = 20_000;

    private static final String SENSITIVITY = "sensitivity";

    private final ResultFiles files;
    private final Payload payload;
    private final ObjectNode header;

    SweepPart(ResultFiles files, Payload payload, ObjectNode header) {
        this.files = files;
        this.payload = payload;
        this.header = header;
    }

    /** A run, or the mean over the replicates of a point. */
    private static final class Row {
        final double[] sums;
        final int[] counts;
        final String scenario;
        final String lever;

        Row(int columns, String scenario, String lever) {
            this.sums = new double[columns];
            this.counts = new int[columns];
            this.scenario = scenario;
            this.lever = lever;
        }

        float at(int column) {
            return counts[column] == 0 ? Float.NaN : (float) (sums[column] / counts[column]);
        }
    }

    void write() throws UnusableResultsException, IOException {
        JsonNode block = files.block();
        TableFile table = files.table("runs")
                .orElseThrow(() -> new UnusableResultsException(
                        files.directory() + " holds a sweep without a table of runs; 'twostacks merge' makes it"));
        List<String> columns = new ArrayList<>();
        block.path("factors").forEach(f -> columns.add(f.path("name").asText()));
        int factors = columns.size();
        block.path("outcomes").forEach(o -> columns.add(o.path("name").asText()));
        boolean means = block.path("runs").asLong() > MOST_RUNS;
        Map<String, Row> rows = new LinkedHashMap<>();
        long[] left = {0};
        List<String> numbers = new ArrayList<>(columns);
        table.scan(numbers, List.of("run_id", "point", "scenario", "lever", "status"), (n, t) -> {
            if (!t[4].equals("done")) {
                return;
            }
            String key = means ? t[1] + "\t" + t[2] + "\t" + t[3] : t[0];
            Row row = rows.get(key);
            if (row == null) {
                if (rows.size() >= MOST_RUNS) {
                    left[0]++;
                    return;
                }
                row = new Row(columns.size(), t[2], t[3]);
                rows.put(key, row);
            }
            for (int c = 0; c < n.length; c++) {
                if (!Double.isNaN(n[c])) {
                    row.sums[c] += n[c];
                    row.counts[c]++;
                }
            }
        });
        ObjectNode sweep = header.putObject("sweep");
        sweep.put("rows", rows.size());
        sweep.put("means", means);
        sweep.put("left", left[0]);
        sweep.put("runs", block.path("runs").asLong());
        sweep.put("failed", block.path("failed").asLong());
        ArrayNode factorNodes = sweep.putArray("factors");
        ArrayNode outcomeNodes = sweep.putArray("outcomes");
        List<Row> all = List.copyOf(rows.values());
        for (int c = 0; c < columns.size(); c++) {
            JsonNode told = c < factors
                    ? block.path("factors").get(c)
                    : block.path("outcomes").get(c - factors);
            float[] values = new float[all.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = all.get(i).at(c);
            }
            ObjectNode node = (c < factors ? factorNodes : outcomeNodes).addObject();
            node.put("name", columns.get(c));
            node.put("unit", told.path("unit").asText());
            node.put("meaning", told.path("meaning").asText());
            node.put("block", payload.add(Payload.fine(values)));
        }
        words(sweep, "scenario", all.stream().map(r -> r.scenario).toList());
        words(sweep, "lever", all.stream().map(r -> r.lever).toList());
        sensitivity();
    }

    private void words(ObjectNode sweep, String name, List<String> values) {
        List<String> words = values.stream().distinct().toList();
        float[] places = new float[values.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = words.indexOf(values.get(i));
        }
        ObjectNode node = sweep.putObject(name);
        words.forEach(node.putArray("words")::add);
        node.put("block", payload.add(Payload.fine(places)));
    }

    private void sensitivity() throws UnusableResultsException, IOException {
        Path beside = files.directory().resolve(SENSITIVITY);
        Optional<TableFile> table = files.table(SENSITIVITY);
        if (table.isEmpty() && Files.exists(beside.resolve("datapackage.json"))) {
            table = ResultFiles.open(beside).table(SENSITIVITY);
        }
        if (table.isEmpty()) {
            return;
        }
        ArrayNode rows = header.putArray(SENSITIVITY);
        table.get()
                .scan(
                        List.of("value", "low", "high"),
                        List.of("scenario", "lever", "outcome", "method", "factor", "measure"),
                        (n, t) -> {
                            ArrayNode row = rows.addArray();
                            for (String text : t) {
                                row.add(text);
                            }
                            for (double value : n) {
                                row.add(Double.isNaN(value) ? null : value);
                            }
                        });
    }
}
