package twostacks.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import twostacks.analysis.hindcast.Scorecard.Row;
import twostacks.output.Durable;

/** The files of a hindcast or a calibration. */
final class ScoreFiles {
    private static final int DECIMALS = 6;

    private ScoreFiles() {}

    /** A directory holds something else. */
    static final class OccupiedException extends Exception {
        private static final long serialVersionUID = 1;

        OccupiedException(String message) {
            super(message);
        }
    }

    /** Refuses a directory that holds something else than results of the same command, which its mark tells. */
    static void refuseOthers(Path directory, String mark, boolean force) throws OccupiedException {
        if (force) {
            return;
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new OccupiedException(directory + " is a file, not a directory; choose another with -o.");
        }
        try {
            Durable.removeUnfinished(directory);
        } catch (IOException e) {
            throw new OccupiedException("cannot write to " + directory + ": " + e.getMessage());
        }
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve(mark))) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new OccupiedException(directory + " holds something else; choose another directory with -o,"
                        + " or write into it with --force.");
            }
        } catch (IOException e) {
            throw new OccupiedException("cannot read " + directory + ": " + e.getMessage());
        }
    }

    /** Writes a file that is whole or not there. */
    static void write(Path directory, String name, String text) throws IOException {
        Files.createDirectories(directory);
        Durable.write(directory.resolve(name), text);
    }

    /** Each run's figure for each target. */
    static String predictions(List<Row> rows) {
        StringBuilder csv = new StringBuilder("target_id,replicate,value\n");
        for (Row row : rows) {
            double[] sample = row.prediction().sample();
            for (int r = 0; r < sample.length; r++) {
                csv.append(row.target().id())
                        .append(',')
                        .append(r + 1)
                        .append(',')
                        .append(text(sample[r]))
                        .append('\n');
            }
        }
        return csv.toString();
    }

    /** A number with a fixed number of decimals. */
    static String text(double value) {
        return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
    }
}
