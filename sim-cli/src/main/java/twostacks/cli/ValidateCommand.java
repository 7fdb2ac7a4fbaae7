package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.hindcast.Operators;
import twostacks.calibration.CalibrationFile;
import twostacks.experiment.plan.ExperimentLoader;
import twostacks.input.InputException;
import twostacks.input.Problem;
import twostacks.output.Json;
import twostacks.scenario.ScenarioLoader;

/** {@code twostacks validate}: says everything that is wrong with files. */
@Command(
        name = "validate",
        description =
                "Check scenario, experiment and calibration files: every problem at once, each with its place, what is"
                        + " allowed, and the nearest right name.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        usageHelpAutoWidth = true)
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Scenario, experiment or calibration file, or name of a bundled scenario.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "validate");
        ArrayNode checked = root.putArray("files");
        int wrong = 0;
        for (String file : files) {
            List<Problem> problems = problems(file);
            wrong += problems.size();
            ObjectNode node = checked.addObject();
            node.put("file", file);
            node.put("valid", problems.isEmpty());
            ArrayNode list = node.putArray("problems");
            for (Problem problem : problems) {
                list.addObject()
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("path", problem.path())
                        .put("message", problem.message())
                        .put("allowed", problem.allowed())
                        .put("nearest", problem.nearest());
            }
            if (!json) {
                problems.forEach(out::println);
                if (problems.isEmpty()) {
                    out.println(file + ": valid");
                }
            }
        }
        if (json) {
            out.print(Json.text(root));
        } else if (wrong > 1) {
            out.println(wrong + " problems");
        }
        out.flush();
        return wrong == 0 ? ExitCodes.OK : ExitCodes.BAD_USAGE;
    }

    /** Whether a name is that of a file of some kind; what is no path is no file. */
    private static boolean is(String file, Predicate<Path> kind) {
        try {
            return kind.test(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<Problem> problems(String file) {
        try {
            if (is(file, CalibrationFile::isCalibration)) {
                CalibrationFile.read(Path.of(file), Operators.families());
            } else if (is(file, ExperimentLoader::isExperiment)) {
                ExperimentLoader.load(file);
            } else {
                ScenarioLoader.load(file);
            }
            return List.of();
        } catch (InputException e) {
            return e.problems();
        }
    }
}
