package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.input.Nearest;
import twostacks.input.Numbers;
import twostacks.output.Json;
import twostacks.parameters.Group;
import twostacks.parameters.ParameterSpace;
import twostacks.parameters.ParameterSpace.Entry;

/** {@code twostacks params}: the parameters of the model. */
@Command(
        name = "params",
        description = "List or show the parameters: baseline, plausible range, unit, meaning, source.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        usageHelpAutoWidth = true)
final class ParamsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return list(null, false);
    }

    @Command(
            name = "list",
            description = "List all parameters, one a line: name, baseline, plausible range, unit, basis, meaning"
                    + " (the default).",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            usageHelpAutoWidth = true)
    int list(
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            description = "Only those of a lever: ${COMPLETION-CANDIDATES}.")
                    Group group,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        List<Entry> entries = ParameterSpace.ofDefaults().entries().values().stream()
                .filter(entry -> group == null || entry.group() == group)
                .toList();
        if (json) {
            print(entries);
        } else {
            Columns columns = new Columns();
            for (Entry entry : entries) {
                columns.row(
                        entry.name(),
                        Numbers.text(entry.baseline()),
                        "[" + Numbers.text(entry.low()) + ", " + Numbers.text(entry.high()) + "]",
                        entry.unit(),
                        lower(entry.basis()),
                        entry.meaning());
            }
            columns.print(spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
        }
        return ExitCodes.OK;
    }

    @Command(
            name = "show",
            description = "Show all that is known of a parameter.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            usageHelpAutoWidth = true)
    int show(
            @Parameters(
                            paramLabel = "NAME",
                            description = "Dotted name, as price.cnSubsidy; without its key, or the name of a section,"
                                    + " for all of them.")
                    String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ParameterSpace space = ParameterSpace.ofDefaults();
        List<Entry> entries = space.entries().values().stream()
                .filter(entry -> entry.name().equals(name) || entry.name().startsWith(name + "."))
                .toList();
        if (entries.isEmpty()) {
            List<String> names = new ArrayList<>(space.entries().keySet());
            space.entries().values().stream().map(Entry::family).forEach(names::add);
            throw new ParameterException(
                    spec.commandLine(),
                    "no parameter is called '" + name + "'" + Columns.didYouMean(Nearest.to(name, names)));
        }
        if (json) {
            print(entries);
            return ExitCodes.OK;
        }
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out.println();
            }
            show(entries.get(i), out);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static void show(Entry entry, PrintWriter out) {
        out.println(entry.name());
        Columns columns = new Columns();
        columns.row("  meaning", entry.meaning());
        columns.row("  unit", entry.unit());
        columns.row("  baseline", Numbers.text(entry.baseline()));
        columns.row("  plausible", Numbers.text(entry.low()) + " to " + Numbers.text(entry.high()));
        columns.row(
                "  allowed",
                Numbers.text(entry.min()) + " to " + Numbers.text(entry.max())
                        + (entry.type() == ParameterSpace.Type.INTEGER ? ", whole" : ""));
        if (!entry.choices().isEmpty()) {
            columns.row("  choices", String.join(", ", entry.choices()));
        }
        columns.row("  lever", lower(entry.group()));
        columns.row("  basis", lower(entry.basis()));
        columns.row("  source", entry.source());
        columns.print(out);
    }

    private void print(List<Entry> entries) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "params");
        ArrayNode parameters = root.putArray("parameters");
        for (Entry entry : entries) {
            parameters
                    .addObject()
                    .put("name", entry.name())
                    .put("family", entry.family())
                    .put("key", entry.key())
                    .put("section", entry.section())
                    .put("group", lower(entry.group()))
                    .put("type", lower(entry.type()))
                    .put("meaning", entry.meaning())
                    .put("unit", entry.unit())
                    .put("baseline", Numbers.shortest(entry.baseline()))
                    .put("low", Numbers.shortest(entry.low()))
                    .put("high", Numbers.shortest(entry.high()))
                    .put("min", Numbers.shortest(entry.min()))
                    .put("max", Numbers.shortest(entry.max()))
                    .put("basis", lower(entry.basis()))
                    .put("source", entry.source());
        }
        spec.commandLine().getOut().print(Json.text(root));
        spec.commandLine().getOut().flush();
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
