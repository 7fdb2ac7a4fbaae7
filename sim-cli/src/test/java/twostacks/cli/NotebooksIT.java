package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What researchers start from: notebooks and loaders, on results made here. */
final class NotebooksIT {
    private static final Path ANALYSIS = Path.of("..", "analysis");
    private static final int PATIENCE_MINUTES = 8;
    private static final String SMALL = "--set=population.adoptersPerNation=20";

    /** Directories of results that have a data package. */
    private static final List<String> RESULTS = List.of(
            "baseline",
            "baseline-vs-price-war",
            "baseline-vs-price-war/base",
            "notebook-sweep",
            "notebook-sweep/sensitivity",
            "notebook-sweep/discovery",
            "hindcast");

    @TempDir
    private static Path results;

    @BeforeAll
    static void makeResults() throws Exception {
        assumeTrue(
                python() != null || has("Rscript", "-e", "library(jsonlite)"),
                "skipped: notebooks and loaders; install what they need with: apt-get install python3-pandas"
                        + " python3-matplotlib python3-nbclient python3-ipykernel r-base-core r-cran-jsonlite");
        twostacks("run", "baseline", SMALL, "-r=2", "--no-report", "--gzip", "-q", "-o=" + results.resolve("baseline"));
        twostacks(
                "compare",
                "baseline",
                "price-war",
                SMALL,
                "--months=52",
                "--columns=share_us_closed,share_cn_api,share_cn_open,share_no_adoption",
                "-r=3",
                "-q",
                "-o=" + results.resolve("baseline-vs-price-war"));
        twostacks("hindcast", SMALL, "-r=2", "-q", "-o=" + results.resolve("hindcast"));
        String sweep = Files.readString(ANALYSIS.resolve("notebooks/sweep.yaml"));
        for (Map.Entry<String, String> less : Map.of(
                        "horizon.months: 84", "horizon.months: 50",
                        "adoptersPerNation: 100", "adoptersPerNation: 20",
                        "size: 64", "size: 32")
                .entrySet()) {
            assertTrue(sweep.contains(less.getKey()), less::getKey);
            sweep = sweep.replace(less.getKey(), less.getValue());
        }
        Path file = Files.writeString(results.resolve("sweep.yaml"), sweep);
        twostacks("sweep", file.toString(), "-q", "-o=" + results.resolve("notebook-sweep"));
        twostacks("sensitivity", results.resolve("notebook-sweep").toString(), "--resamples=100", "-q");
        // What is above the median holds in half of the runs, whatever so small a world comes to.
        List<String> runs = Files.readAllLines(results.resolve("notebook-sweep/runs.csv"));
        int column = List.of(runs.get(0).split(",", -1)).indexOf("share_cn_open");
        List<String> shares = runs.stream()
                .skip(1)
                .map(run -> run.split(",", -1)[column])
                .sorted()
                .toList();
        twostacks(
                "discover",
                results.resolve("notebook-sweep").toString(),
                "--where",
                "share_cn_open > " + shares.get(shares.size() / 2),
                "--resamples=20",
                "-q");
    }

    private static void twostacks(String... arguments) throws Exception {
        Program ended = Program.run(arguments);
        assertEquals(0, ended.exitCode, () -> String.join(" ", arguments) + ": " + ended);
    }

    /** A Python with what notebooks need, or null. */
    private static String python() throws Exception {
        String named = System.getenv("TWOSTACKS_PYTHON");
        for (String program : named != null ? List.of(named) : List.of("python3", "/usr/bin/python3")) {
            if (has(program, "-c", "import pandas, matplotlib, nbclient, ipykernel")) {
                return program;
            }
        }
        return null;
    }

    private static boolean has(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String needPython() throws Exception {
        String python = python();
        assumeTrue(
                python != null,
                "skipped: notebooks; install what they need with: apt-get install python3-pandas python3-matplotlib"
                        + " python3-nbclient python3-ipykernel");
        return python;
    }

    /** What a command prints; it must end well, or badly if that is said. */
    private static String run(boolean well, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TWOSTACKS_RESULTS", results.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), printed);
        if (well) {
            assertEquals(0, process.exitValue(), printed);
        } else {
            assertNotEquals(0, process.exitValue(), printed);
        }
        return printed;
    }

    private static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(ANALYSIS.resolve("notebooks"))) {
            return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
        }
    }

    @Test
    void everyNotebookRunsAndShowsFigures() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(needPython(), ANALYSIS.resolve("notebooks/execute.py").toString()));
        notebooks().forEach(n -> command.add(n.toString()));
        assertEquals(4, notebooks().size());
        String printed = run(true, command);
        for (Path notebook : notebooks()) {
            assertTrue(printed.contains(notebook.getFileName() + ": "), printed);
        }
    }

    @Test
    void anErrorAndAnEmptyFigureAreNoticed() throws Exception {
        String python = needPython();
        String cell =
                "{\"cell_type\": \"code\", \"id\": \"a\", \"metadata\": {}, \"outputs\": [], \"execution_count\": null,"
                        + " \"source\": \"%s\"}";
        String notebook = "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + cell + "]}";
        Map<String, String> broken = Map.of(
                "raise ValueError(\\\"so it is\\\")", "so it is",
                "import matplotlib.pyplot as plt\\nplt.subplots()\\nplt.show()", "an empty figure",
                "import matplotlib.pyplot as plt\\nplt.plot([float(\\\"nan\\\")])\\nplt.show()", "an empty figure",
                "1 + 1", "it shows no figure");
        for (Map.Entry<String, String> source : broken.entrySet()) {
            Path file = Files.writeString(results.resolve("broken.ipynb"), String.format(notebook, source.getKey()));
            String printed = run(
                    false,
                    List.of(python, ANALYSIS.resolve("notebooks/execute.py").toString(), file.toString()));
            assertTrue(printed.contains(source.getValue()), printed);
        }
    }

    /** Each table as its data package describes it: name, rows, types. */
    private static String described() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String directory : RESULTS) {
            JsonNode root = new ObjectMapper()
                    .readTree(results.resolve(directory)
                            .resolve("datapackage.json")
                            .toFile());
            for (JsonNode resource : root.path("resources")) {
                if (resource.at("/schema/fields").isArray()) {
                    lines.append(directory)
                            .append(' ')
                            .append(resource.path("name").asText())
                            .append(' ')
                            .append(resource.path("rows").asInt());
                    resource.at("/schema/fields")
                            .forEach(
                                    f -> lines.append(' ').append(f.path("type").asText()));
                    lines.append('\n');
                }
            }
        }
        return lines.toString();
    }

    @Test
    void theLoaderForPythonTypesEveryTable() throws Exception {
        String script = """
                import sys
                sys.path.insert(0, sys.argv[1])
                import twostacks
                kinds = {"float64": "number", "int64": "integer", "Int64": "integer", "category": "string",
                         "boolean": "boolean"}
                for directory in sys.argv[3:]:
                    read = twostacks.read(sys.argv[2] + "/" + directory)
                    for name in read.names:
                        table = read[name]
                        types = [kinds.get(str(t), "yearmonth" if str(t).startswith("datetime64") else str(t)) for t in
                                 table.dtypes]
                        print(directory, name, len(table), *types)
                """;
        List<String> command = new ArrayList<>(
                List.of(needPython(), "-c", script, ANALYSIS.resolve("python").toString(), results.toString()));
        command.addAll(RESULTS);
        assertEquals(described(), run(true, command));
    }

    @Test
    void theLoaderForPythonRefusesADamagedTable() throws Exception {
        Path copy = Files.createDirectories(results.resolve("damaged"));
        for (String file : List.of("datapackage.json", "scores.csv")) {
            Files.copy(results.resolve("hindcast").resolve(file), copy.resolve(file));
        }
        Files.writeString(
                copy.resolve("scores.csv"),
                Files.readString(copy.resolve("scores.csv")).replaceFirst("level", "ahead"));
        String printed = run(
                false,
                List.of(
                        needPython(),
                        "-c",
                        "import sys; sys.path.insert(0, sys.argv[1]); import twostacks; twostacks.read(sys.argv[2])['scores']",
                        ANALYSIS.resolve("python").toString(),
                        copy.toString()));
        assertTrue(printed.contains("scores.csv is not as it was written"), printed);
    }

    @Test
    void theLoaderForRTypesEveryTable() throws Exception {
        assumeTrue(
                has("Rscript", "-e", "library(jsonlite)"),
                "skipped: the loader for R; install what it needs with: apt-get install r-base-core r-cran-jsonlite");
        String script = """
                arguments <- commandArgs(trailingOnly = TRUE)
                source(arguments[1])
                kinds <- c(numeric = "number", integer = "integer", character = "string", logical = "boolean", Date = "yearmonth")
                for (directory in arguments[-(1:2)]) {
                  read <- read_results(file.path(arguments[2], directory))
                  for (name in read$names) {
                    table <- read$table(name)
                    types <- kinds[vapply(table, function(column) class(column)[1], "")]
                    cat(directory, name, nrow(table), types, sep = " ")
                    cat("\\n")
                  }
                }
                """;
        Path file = Files.writeString(results.resolve("load.R"), script);
        List<String> command = new ArrayList<>(List.of(
                "Rscript", file.toString(), ANALYSIS.resolve("r/twostacks.R").toString(), results.toString()));
        command.addAll(RESULTS);
        assertEquals(described(), run(true, command));
    }
}
