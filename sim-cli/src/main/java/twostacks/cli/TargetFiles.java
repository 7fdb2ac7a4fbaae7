package twostacks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.analysis.hindcast.Covariates;
import twostacks.analysis.hindcast.Target;
import twostacks.facts.BundledFacts;
import twostacks.facts.TargetTable;
import twostacks.input.CsvReader;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;
import twostacks.parameters.ParameterSpace;
import twostacks.parameters.ParameterSpace.Entry;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.scenario.Scenario;

/** What a hindcast reads besides a scenario: targets, draws of parameters, facts for the baselines. */
final class TargetFiles {
    private TargetFiles() {}

    /** The table of targets: a file, or the bundled one for null. */
    static TargetTable table(Path file, Problems problems) {
        Source source = file == null ? BundledFacts.source("validation") : Source.file(file.toString(), file, problems);
        return source == null ? null : TargetTable.read(source, problems);
    }

    /** Its rows, as the analysis knows them. */
    static List<Target> targets(TargetTable table) {
        return table.rows().stream()
                .map(r -> new Target(
                        r.id(),
                        r.entity(),
                        r.date(),
                        r.first(),
                        r.last(),
                        r.metric(),
                        r.observed(),
                        r.low(),
                        r.high(),
                        r.confidence()))
                .toList();
    }

    /** Draws of parameters: a column for each parameter, a row for each draw. */
    static List<Map<String, Double>> draws(Path file, ParameterSpace space, Problems problems) {
        Source source = Source.file(file.toString(), file, problems);
        List<Map<String, Double>> draws = new ArrayList<>();
        if (source == null) {
            return draws;
        }
        CsvReader.Table table =
                CsvReader.read(source, List.of(), List.copyOf(space.entries().keySet()), problems);
        for (Node.Mapping row : table.rows()) {
            Map<String, Double> draw = new LinkedHashMap<>();
            for (Node.Entry cell : row.entries()) {
                Entry entry = space.entries().get(cell.key().text());
                Double value = entry == null
                        ? null
                        : entry.type() == ParameterSpace.Type.INTEGER
                                ? whole(Values.whole(
                                        cell.value(), entry.name(), (int) entry.min(), (int) entry.max(), problems))
                                : Values.number(cell.value(), entry.name(), entry.min(), entry.max(), problems);
                if (value != null) {
                    draw.put(entry.name(), value);
                }
            }
            draws.add(draw);
        }
        if (draws.isEmpty() && problems.isEmpty()) {
            problems.add(source.whole(), "", "has no rows", "a row for each draw of the parameters");
        }
        return draws;
    }

    private static Double whole(Integer value) {
        return value == null ? null : (Double) (double) value;
    }

    /** What the baselines know of nations. */
    static List<Covariates> covariates(Scenario scenario) {
        List<String> vendors = scenario.spec().labs().stream()
                .filter(l -> l.bloc() == Bloc.US && l.channels().contains(Channel.API))
                .map(LabSpec::name)
                .toList();
        return scenario.spec().nations().stream()
                .map(n -> new Covariates(
                        n.iso3(), StrictMath.log(Math.max(1, n.income())), n.alignment(), support(n, vendors)))
                .toList();
    }

    private static double support(NationFacts nation, List<String> vendors) {
        if (nation.usEmbargo() || vendors.isEmpty()) {
            return 0;
        }
        long serving =
                vendors.stream().filter(v -> !nation.notServedBy().contains(v)).count();
        return (double) serving / vendors.size();
    }
}
