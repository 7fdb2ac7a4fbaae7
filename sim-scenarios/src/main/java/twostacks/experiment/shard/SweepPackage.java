package twostacks.experiment.shard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Distribution;
import twostacks.experiment.design.Factor;
import twostacks.experiment.plan.DesignSpec;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.Outcome;
import twostacks.experiment.plan.Plan;
import twostacks.input.Months;
import twostacks.input.Numbers;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.DataPackage;
import twostacks.output.Hashes;
import twostacks.output.Json;

/** The Frictionless Data Package that describes the tables of a sweep; equal plans and runs have equal ones. */
final class SweepPackage {
    private static final String NAME = "name";
    private static final String STRING = "string";
    private static final String INTEGER = "integer";
    private static final String NUMBER = "number";

    private final Plan plan;
    private final Experiment experiment;

    SweepPackage(Plan plan) {
        this.plan = plan;
        this.experiment = plan.experiment();
    }

    String json(List<Merger.Written> tables, long failed) {
        ObjectNode root = Json.object();
        root.put("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
        root.put(NAME, "twostacks-" + experiment.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-"));
        root.put("title", "twostacks: sweep " + experiment.name());
        root.set("twostacks", block(failed));
        ArrayNode resources = root.putArray("resources");
        for (Merger.Written table : tables) {
            ObjectNode node = resources.addObject();
            node.put(NAME, table.name);
            node.put("path", table.name + ".csv");
            node.put("type", "table");
            node.put("description", meaning(table.name));
            node.put("format", "csv");
            node.put("mediatype", "text/csv");
            node.put("encoding", "utf-8");
            node.put("bytes", table.bytes);
            node.put("hash", "sha256:" + table.sha256);
            node.put("rows", table.count);
            node.putObject("dialect").put("lineTerminator", "\n");
            node.set("schema", schema(table.name));
        }
        resources
                .addObject()
                .put(NAME, "experiment")
                .put("path", SweepDirectory.EXPERIMENT)
                .put(
                        "description",
                        "everything the sweep used, with the files below worlds and inputs; runs again as it stands")
                .put("format", "yaml")
                .put("mediatype", "application/yaml")
                .put("encoding", "utf-8")
                .put("bytes", plan.resolved().getBytes(StandardCharsets.UTF_8).length)
                .put("hash", "sha256:" + Hashes.sha256(plan.resolved()));
        return Json.text(root);
    }

    private ObjectNode block(long failed) {
        ObjectNode block = Json.object();
        block.put("schemaVersion", DataPackage.SCHEMA_VERSION);
        block.put("kind", "sweep");
        block.put("experiment", experiment.name());
        block.put("description", experiment.description());
        block.put("planHash", plan.hash());
        block.put("modelVersion", plan.modelVersion());
        DesignSpec spec = experiment.design();
        ObjectNode design = block.putObject("design");
        design.put("kind", spec.kind().key());
        if (spec.size() > 0) {
            design.put("size", spec.size());
        }
        if (spec.levels() > 0) {
            design.put("levels", spec.levels());
        }
        if (spec.candidates() > 0) {
            design.put("candidates", spec.candidates());
        }
        design.put("seed", spec.seed());
        design.put("points", plan.design().points());
        ArrayNode factors = block.putArray("factors");
        for (Factor factor : experiment.factors()) {
            for (Axis axis : factor.axes()) {
                factors.add(factor(factor, axis));
            }
        }
        experiment.levers().forEach(block.putArray("levers")::add);
        experiment.scenarios().forEach(block.putArray("scenarios")::add);
        ArrayNode outcomes = block.putArray("outcomes");
        experiment.outcomes().forEach(o -> outcomes.add(outcome(o)));
        experiment.series().forEach(block.putArray("series")::add);
        block.put("seed", experiment.seed());
        block.put("replicates", experiment.replicates());
        block.put("runs", plan.runs());
        block.put("failed", failed);
        ObjectNode facts = block.putObject("facts");
        plan.facts().forEach((table, hashes) -> facts.put(table, "sha256:" + String.join(" sha256:", hashes)));
        return block;
    }

    private static ObjectNode factor(Factor factor, Axis axis) {
        ObjectNode node = Json.object();
        node.put(NAME, axis.name());
        if (factor instanceof Factor.Joint) {
            node.put("distribution", "joint");
            node.put("coordinate", "u_" + factor.name());
        } else {
            Distribution distribution = ((Factor.Single) factor).distribution();
            node.put("distribution", distribution.kind());
            node.put("coordinate", "u_" + factor.name());
            if (distribution instanceof Distribution.Triangular triangular) {
                node.put("mode", Numbers.shortest(triangular.mode()));
            }
            if (distribution instanceof Distribution.Normal normal) {
                node.put("mean", Numbers.shortest(normal.mean()));
                node.put("sd", Numbers.shortest(normal.sd()));
            }
            if (distribution instanceof Distribution.Values values) {
                ArrayNode list = node.putArray("values");
                values.values().forEach(v -> list.add(Numbers.shortest(v)));
            }
        }
        node.put("min", Numbers.shortest(axis.min()));
        node.put("max", Numbers.shortest(axis.max()));
        node.put("unit", axis.unit());
        node.put("meaning", axis.meaning());
        return node;
    }

    private static ObjectNode outcome(Outcome outcome) {
        ObjectNode node = Json.object();
        node.put(NAME, outcome.name());
        node.put("column", outcome.column().name());
        node.put("weight", outcome.weight());
        node.put("month", outcome.month() == Outcome.LAST ? "last" : Months.text(outcome.month()));
        node.put("nation", String.join(" ", outcome.nations()));
        node.put("unit", outcome.column().unit());
        node.put("meaning", outcome.meaning());
        return node;
    }

    private static String meaning(String table) {
        return switch (table) {
            case "runs" -> "each run, with the values of its point and what it came to";
            case "design" -> "each point of the design, in the units of parameters and in the unit cube";
            case "failures" -> "runs that failed, and why";
            default ->
                Outcomes.TABLES.stream()
                        .filter(t -> t.name().equals(table))
                        .findFirst()
                        .map(Table::meaning)
                        .orElseThrow();
        };
    }

    private ObjectNode schema(String table) {
        ObjectNode schema = Json.object();
        ArrayNode fields = schema.putArray("fields");
        switch (table) {
            case "runs" -> {
                fields.add(runId());
                fields.add(required("scenario", STRING, "name of the scenario"));
                fields.add(required("point", INTEGER, "point of the design, from 0"));
                fields.add(required("lever", STRING, "name of the lever"));
                fields.add(required("replicate", INTEGER, "number of the replicate, from 1"));
                fields.add(required("seed", INTEGER, "seed of the draws, which are keyed by it and the replicate"));
                ObjectNode status = required("status", STRING, "how the run ended");
                status.withObject("/constraints").putArray("enum").add("done").add("failed");
                fields.add(status);
                experiment.axes().forEach(a -> fields.add(axis(a)));
                for (Outcome outcome : experiment.outcomes()) {
                    fields.add(column(outcome.name(), outcome.column(), outcome.meaning()));
                }
                schema.putArray("primaryKey").add("run_id");
            }
            case "design" -> {
                fields.add(required("point", INTEGER, "point of the design, from 0"));
                fields.add(required(
                        "part",
                        STRING,
                        "P; of a Saltelli design A, B or AB:FACTOR; of a Morris design T and the trajectory"));
                fields.add(required("row", INTEGER, "place within the part, from 0"));
                experiment.axes().forEach(a -> fields.add(axis(a)));
                for (Factor factor : experiment.factors()) {
                    ObjectNode field = required("u_" + factor.name(), NUMBER, "coordinate in the unit cube");
                    field.withObject("/constraints").put("minimum", 0).put("maximum", 1);
                    fields.add(field);
                }
                schema.putArray("primaryKey").add("point");
            }
            case "failures" -> {
                fields.add(runId());
                fields.add(required("scenario", STRING, "name of the scenario"));
                fields.add(required("point", INTEGER, "point of the design, from 0"));
                fields.add(required("lever", STRING, "name of the lever"));
                fields.add(required("replicate", INTEGER, "number of the replicate, from 1"));
                fields.add(required("reason", STRING, "why it failed"));
                schema.putArray("primaryKey").add("run_id");
            }
            default -> series(table, schema, fields);
        }
        schema.putArray("missingValues").add("");
        return schema;
    }

    private void series(String name, ObjectNode schema, ArrayNode fields) {
        Table<?> table = Outcomes.TABLES.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        fields.add(runId());
        fields.add(required("point", INTEGER, "point of the design, from 0"));
        fields.add(required("lever", STRING, "name of the lever"));
        ObjectNode own = DataPackage.schema(table);
        own.withArray("/fields").forEach(fields::add);
        ArrayNode key = schema.putArray("primaryKey");
        key.add("run_id").add("month");
        table.key().forEach(key::add);
    }

    private static ObjectNode runId() {
        ObjectNode field = required("run_id", STRING, "hash of all that the run's result depends on");
        field.withObject("/constraints").put("pattern", "[0-9a-f]{16}");
        return field;
    }

    private static ObjectNode required(String name, String type, String description) {
        ObjectNode field = Json.object().put(NAME, name).put("type", type).put("description", description);
        field.withObject("/constraints").put("required", true);
        return field;
    }

    private static ObjectNode axis(Axis axis) {
        ObjectNode field = required(axis.name(), axis.whole() ? INTEGER : NUMBER, axis.meaning());
        field.put("unit", axis.unit());
        if (!axis.whole()) {
            field.put("decimals", axis.decimals());
        }
        field.withObject("/constraints")
                .put("minimum", Numbers.shortest(axis.min()))
                .put("maximum", Numbers.shortest(axis.max()));
        return field;
    }

    private static ObjectNode column(String name, Column<?> column, String meaning) {
        ObjectNode field = Json.object()
                .put(NAME, name)
                .put("type", column.kind() == Column.Kind.INTEGER ? INTEGER : NUMBER)
                .put("description", meaning);
        if (!column.unit().isEmpty()) {
            field.put("unit", column.unit());
        }
        if (column.kind() == Column.Kind.NUMBER) {
            field.put("decimals", column.decimals());
        }
        return field;
    }
}
