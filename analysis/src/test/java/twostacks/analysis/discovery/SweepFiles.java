package twostacks.analysis.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.Sweep;

/** Writes the files of a sweep whose outcomes are a function that a test knows. */
final class SweepFiles {
    private SweepFiles() {}

    /** What a run gives; NaN for a run that fails. */
    interface Outcome {
        double of(double[] x, String lever, int replicate);
    }

    /** A sweep over factors x0, x1, … from 0 to 1 with the outcome y. */
    static Sweep write(Path directory, List<double[]> points, List<String> levers, int replicates, Outcome outcome)
            throws IOException {
        int k = points.get(0).length;
        List<Column> axes = new ArrayList<>();
        List<Column> units = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            axes.add(Column.number("x" + i, 6, "1", "factor"));
            units.add(Column.number("u_x" + i, 12, "", "coordinate"));
        }
        try (PackageWriter writer = new PackageWriter(directory)) {
            List<Column> columns = new ArrayList<>(
                    List.of(Column.integer("point", ""), Column.text("part", ""), Column.integer("row", "")));
            columns.addAll(axes);
            columns.addAll(units);
            PackageWriter.Table design = writer.table("design", "", List.of("point"), columns);
            for (int p = 0; p < points.size(); p++) {
                design.add(p).add("P").add(p);
                for (int twice = 0; twice < 2; twice++) {
                    for (double x : points.get(p)) {
                        design.add(x);
                    }
                }
                design.endRow();
            }
            columns = new ArrayList<>(List.of(
                    Column.text("run_id", ""),
                    Column.text("scenario", ""),
                    Column.integer("point", ""),
                    Column.text("lever", ""),
                    Column.integer("replicate", ""),
                    Column.integer("seed", ""),
                    Column.text("status", "")));
            columns.addAll(axes);
            columns.add(Column.number("y", 9, "", "outcome"));
            PackageWriter.Table runs = writer.table("runs", "", List.of("run_id"), columns);
            for (int r = 1; r <= replicates; r++) {
                for (int p = 0; p < points.size(); p++) {
                    for (String lever : levers) {
                        double y = outcome.of(points.get(p), lever, r);
                        runs.add(r + "-" + p + "-" + lever)
                                .add("baseline")
                                .add(p)
                                .add(lever)
                                .add(r)
                                .add(1)
                                .add(Double.isNaN(y) ? "failed" : "done");
                        for (double x : points.get(p)) {
                            runs.add(x);
                        }
                        runs.add(y).endRow();
                    }
                }
            }
            ObjectNode block = PackageWriter.object();
            block.put("kind", "sweep").put("experiment", "trial").put("replicates", replicates);
            block.putObject("design").put("kind", "sobol");
            for (int i = 0; i < k; i++) {
                block.withArray("/factors")
                        .addObject()
                        .put("name", "x" + i)
                        .put("coordinate", "u_x" + i)
                        .put("min", 0)
                        .put("max", 1);
            }
            writer.publish("trial", block);
        }
        return Sweep.read(directory);
    }
}
