package twostacks.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.analysis.hindcast.Operators;
import twostacks.calibration.CalibrationSchema;
import twostacks.experiment.plan.ExperimentSchema;
import twostacks.scenario.Schemas;

/** {@code twostacks schema}: JSON Schema of the files that people write. */
@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of a kind of file, for editors.",
            "To use it: twostacks schema scenario > scenario.schema.json, and at the top of a scenario file",
            "# yaml-language-server: $$schema=scenario.schema.json"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        usageHelpAutoWidth = true)
final class SchemaCommand implements Callable<Integer> {

    private static final Map<String, Supplier<String>> KINDS = Map.of(
            "scenario",
            Schemas::scenario,
            "experiment",
            ExperimentSchema::text,
            "calibration",
            () -> CalibrationSchema.text(Operators.families()));

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description = "Kind of file: ${COMPLETION-CANDIDATES}.")
    private String kind;

    /** What {@code KIND} may be. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return KINDS.keySet().stream().sorted().iterator();
        }
    }

    @Override
    public Integer call() {
        Supplier<String> schema = KINDS.get(kind);
        if (schema == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no kind of file is called '" + kind + "'; there are: " + String.join(", ", new Kinds()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(schema.get());
        out.flush();
        return ExitCodes.OK;
    }
}
