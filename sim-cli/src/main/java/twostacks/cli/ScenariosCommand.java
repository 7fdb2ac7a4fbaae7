package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.input.Nearest;
import twostacks.output.Json;
import twostacks.scenario.ScenarioCatalog;

/** {@code twostacks scenarios}: the scenarios that come with the program. */
@Command(
        name = "scenarios",
        description = "List, show or copy the bundled scenarios.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        usageHelpAutoWidth = true)
final class ScenariosCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return list(false);
    }

    @Command(
            name = "list",
            description = "List the bundled scenarios (the default).",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            usageHelpAutoWidth = true)
    int list(@Option(names = "--json", description = "Print one JSON object.") boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = Json.object();
            root.put("schemaVersion", 1);
            root.put("command", "scenarios");
            ArrayNode scenarios = root.putArray("scenarios");
            for (ScenarioCatalog.Entry entry : ScenarioCatalog.list()) {
                scenarios
                        .addObject()
                        .put("name", entry.name())
                        .put("description", entry.description())
                        .put("hypothesis", entry.hypothesis());
            }
            out.print(Json.text(root));
        } else {
            Columns columns = new Columns();
            for (ScenarioCatalog.Entry entry : ScenarioCatalog.list()) {
                columns.row(entry.name(), firstSentence(entry.description()));
            }
            columns.print(out);
        }
        out.flush();
        return ExitCodes.OK;
    }

    @Command(
            name = "show",
            description = "Print a bundled scenario's file.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            usageHelpAutoWidth = true)
    int show(@Parameters(paramLabel = "NAME", description = "Name of a bundled scenario.") String name) {
        known(name);
        spec.commandLine().getOut().print(ScenarioCatalog.text(name));
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    @Command(
            name = "copy",
            description = "Copy a bundled scenario's file, as a start for one of your own.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            usageHelpAutoWidth = true)
    int copy(
            @Parameters(paramLabel = "NAME", description = "Name of a bundled scenario.") String name,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "File to write, which must not exist yet. Default: NAME.yaml.")
                    Path file) {
        known(name);
        Path to = file == null ? Path.of(name.substring(name.lastIndexOf('/') + 1) + ".yaml") : file;
        try {
            ScenarioCatalog.copy(name, to);
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(spec.commandLine(), to + " exists already; name another file");
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + to + ": " + e.getMessage());
        }
        spec.commandLine().getOut().println("Written to " + to + ". Run it with: twostacks run " + to);
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    private void known(String name) {
        if (!ScenarioCatalog.names().contains(name)
                && !ScenarioCatalog.verification().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no bundled scenario is called '" + name + "'"
                            + Columns.didYouMean(Nearest.to(name, ScenarioCatalog.names())));
        }
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
