package twostacks.experiment.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Experiments so small that they take a moment. */
public final class Experiments {
    /** A world of four nations for six months. */
    public static final String SMALL =
            "overrides: {horizon.months: 6, population.adoptersPerNation: 60, nations.only: [USA, CHN, IND, BRA]}\n";

    private Experiments() {}

    /** Writes an experiment. */
    public static Path write(Path directory, String text) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("experiment.yaml");
        Files.writeString(file, text);
        return file;
    }

    /** Reads an experiment. */
    public static Experiment of(Path directory, String text) throws IOException {
        return ExperimentLoader.load(write(directory, text).toString());
    }

    /** Two factors, two levers. */
    public static String twoByTwo(int size, int replicates) {
        return "name: small\n" + SMALL
                + "factors:\n"
                + "  price.cnSubsidy: {min: 0, max: 0.6}\n"
                + "  trust.accessShockLoss: {values: [0.1, 0.3, 0.5]}\n"
                + "levers:\n"
                + "  none: {}\n"
                + "  cheap: {events: [{date: 2023-03, do: priceMove, by: CN, factor: 0.5, source: hypothetical}]}\n"
                + "design: {kind: sobol, size: " + size + "}\n"
                + "replicates: " + replicates + "\n"
                + "keep: {outcomes: [share_us_closed, IND.share_us_closed:2023-04,"
                + " nations_led_by_us], series: world}\n";
    }
}
