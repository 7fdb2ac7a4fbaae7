package twostacks.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a sweep that are compared, and experiments to make them. */
final class SweepResults {
    private SweepResults() {}

    /** Bytes of all results by name; provenance and what is no result left out. */
    static Map<String, String> of(Path directory) throws IOException {
        Map<String, String> results = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".csv")
                        || name.equals("datapackage.json")
                        || name.equals("experiment.resolved.yaml")) {
                    results.put(name, Files.readString(file));
                }
            }
        }
        return results;
    }

    /** An experiment on a small world. */
    static Path experiment(Path directory, int points, int months, int adopters) throws IOException {
        return Files.writeString(
                directory.resolve("experiment-" + points + "-" + months + ".yaml"),
                String.join(
                        "\n",
                        List.of(
                                "name: trial",
                                "overrides: {horizon.months: " + months + ", population.adoptersPerNation: " + adopters
                                        + ", nations.only: [USA, CHN, IND]}",
                                "factors: {price.cnSubsidy: plausible, trust.accessShockLoss: plausible}",
                                "levers: {none: {}, shutdown: {extends: model-access-shutdown}}",
                                "design: {kind: sobol, size: " + points + "}",
                                "keep: {outcomes: [share_us_closed, share_cn_open], series: world}",
                                "")));
    }

    static List<Path> files(Path directory, String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }
}
