package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.input.Nearest;
import twostacks.input.Numbers;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.DataPackage;
import twostacks.output.Json;

/** {@code twostacks columns}: what the result files hold. */
@Command(
        name = "columns",
        description = "List the columns of the result files: name, type, unit, range, meaning.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        usageHelpAutoWidth = true)
final class ColumnsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "One table only, such as nations.")
    private String table;

    @Option(names = "--json", description = "Print one JSON object; each table with its Table Schema.")
    private boolean json;

    @Override
    public Integer call() {
        List<Table<?>> tables = tables();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = Json.object();
            root.put("schemaVersion", 1);
            root.put("command", "columns");
            ArrayNode list = root.putArray("tables");
            for (Table<?> t : tables) {
                ObjectNode node = list.addObject();
                node.put("name", t.name());
                node.put("meaning", t.meaning());
                node.put("onRequest", t.onRequest());
                node.set("schema", DataPackage.schema(t));
            }
            out.print(Json.text(root));
        } else {
            for (int i = 0; i < tables.size(); i++) {
                if (i > 0) {
                    out.println();
                }
                print(tables.get(i), out);
            }
        }
        out.flush();
        return ExitCodes.OK;
    }

    private List<Table<?>> tables() {
        if (table == null) {
            return Outcomes.TABLES;
        }
        String name = table.replaceAll("\\.csv(\\.gz)?$", "");
        List<Table<?>> found =
                Outcomes.TABLES.stream().filter(t -> t.name().equals(name)).toList();
        if (found.isEmpty()) {
            List<String> names = Outcomes.TABLES.stream().map(Table::name).toList();
            String nearest = Nearest.to(name, names);
            throw new ParameterException(
                    spec.commandLine(),
                    "no table is called '" + table + "'"
                            + (nearest.isEmpty()
                                    ? "; there are " + String.join(", ", names)
                                    : Columns.didYouMean(nearest)));
        }
        return found;
    }

    private static void print(Table<?> table, PrintWriter out) {
        out.println(table.name() + ".csv: " + table.meaning()
                + (table.onRequest() ? " (with run --" + table.name() + ")" : ""));
        Columns columns = new Columns();
        columns.row("  scenario", "text", "", "", "name of the scenario");
        columns.row("  replicate", "integer", "", ">= 1", "number of the replicate");
        columns.row("  month", "month", "", "", "YYYY-MM");
        for (Column<?> column : table.columns()) {
            columns.row(
                    "  " + column.name(),
                    switch (column.kind()) {
                        case TEXT -> "text";
                        case INTEGER -> "integer";
                        case NUMBER -> "number";
                    },
                    column.unit(),
                    range(column),
                    column.meaning());
        }
        columns.print(out);
    }

    private static String range(Column<?> column) {
        boolean below = !Double.isNaN(column.min());
        boolean above = !Double.isNaN(column.max());
        if (!below && !above) {
            return "";
        }
        if (below && above) {
            return "[" + Numbers.text(column.min()) + ", " + Numbers.text(column.max()) + "]";
        }
        return below ? ">= " + Numbers.text(column.min()) : "<= " + Numbers.text(column.max());
    }
}
