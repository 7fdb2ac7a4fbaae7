package twostacks.experiment.plan;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twostacks.experiment.plan.Experiment.Option;
import twostacks.input.Fields;
import twostacks.input.InputException;
import twostacks.input.Node;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.TreeReader;
import twostacks.input.Values;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/**
 * Reads experiment files. Everything that is wrong is told at once, each with its place, before anything is run: also
 * the worlds that scenarios and levers come to, and the values that every single point of the design sets.
 */
public final class ExperimentLoader {
    /** Keys of an experiment file. */
    static final List<String> KEYS = List.of(
            "name",
            "description",
            "scenarios",
            "overrides",
            "factors",
            "levers",
            "worlds",
            "design",
            "replicates",
            "seed",
            "keep");

    /** Keys that no scenario file has. */
    private static final Set<String> OWN =
            Set.of("scenarios", "overrides", "factors", "levers", "worlds", "design", "replicates", "keep");

    /** Most replicates. */
    static final int MOST_REPLICATES = 1_000_000;

    /** Each is loaded and checked before anything runs. */
    private static final int MOST_WORLDS = 1000;

    /** Greatest seed: what every program that reads JSON can hold. */
    static final double MOST_SEED = 0x1p53;

    private final Problems problems = new Problems();
    private final Map<String, String> inputs = new LinkedHashMap<>();

    private ExperimentLoader() {}

    /**
     * Whether a file is meant as an experiment and not as a scenario.
     *
     * @param file a file
     * @return true if it has a key that only experiments have
     */
    public static boolean isExperiment(Path file) {
        return TreeReader.hasKey(file, OWN);
    }

    /**
     * Reads an experiment.
     *
     * @param path path of its file
     * @return the experiment
     * @throws InputException with everything that is wrong
     */
    public static Experiment load(String path) {
        ExperimentLoader loader = new ExperimentLoader();
        Source source = loader.source(path);
        Node node = source == null ? null : TreeReader.read(source, loader.problems);
        if (node != null && !(node instanceof Node.Mapping)) {
            loader.problems.add(node.place(), "", "is no experiment: " + Values.describe(node, ""), "keys and values");
        }
        Experiment experiment = node instanceof Node.Mapping mapping ? loader.read(mapping) : null;
        loader.problems.throwIfAny();
        return experiment;
    }

    private Source source(String path) {
        Place nowhere = new Place(Source.of(path, ""), 0, 0);
        try {
            Path file = Path.of(path);
            if (!Files.exists(file)) {
                problems.add(nowhere, "", "there is no such file", "an experiment file");
                return null;
            }
            return Source.file(path, file, problems);
        } catch (InvalidPathException e) {
            problems.add(nowhere, "", "is no path: " + e.getReason());
            return null;
        }
    }

    private Experiment read(Node.Mapping root) {
        Fields fields = Fields.of(root, "", problems);
        KEYS.forEach(fields::get);
        fields.done();
        String name = Values.matching(
                fields.require("name"),
                "name",
                ScenarioLoader.NAME,
                "at most 64 letters, digits, points, dashes and underscores",
                problems);
        int replicates = fields.whole("replicates", 1, MOST_REPLICATES, 1);
        java.math.BigDecimal exact = Values.decimal(fields.get("seed"), "seed", 0, MOST_SEED, true, problems);
        long seed = exact == null ? 1 : exact.longValueExact();
        List<Option> worlds = fields.get("worlds") == null ? compose(fields) : resolved(fields);
        boolean whole = problems.isEmpty();
        ParameterSpace space = worlds.isEmpty()
                ? ParameterSpace.ofDefaults()
                : worlds.get(0).world().spec().space();

        FactorReader factors = new FactorReader(space, this::table, problems);
        factors.read(fields.get("factors"));
        factors.readDesign(fields.get("design"), seed);
        checkOverrides(fields.get("overrides"), factors.places());

        Fields keep = Fields.of(fields.get("keep"), "keep", problems);
        Set<String> nations = nations(worlds);
        Map<String, List<String>> groups = groups(keep.get("groups"), nations);
        List<Outcome> outcomes = outcomes(keep.get("outcomes"), groups, nations, worlds);
        List<String> series = series(keep.get("series"));
        keep.done();
        if (!problems.isEmpty()) {
            return null;
        }
        Experiment experiment = new Experiment(
                name,
                fields.text("description", "").strip(),
                worlds.stream().map(Option::scenario).distinct().toList(),
                worlds.stream().map(Option::lever).distinct().toList(),
                worlds,
                factors.factors(),
                factors.design(),
                replicates,
                seed,
                outcomes,
                groups,
                series,
                Map.copyOf(inputs));
        if (whole) {
            new PointCheck(experiment, factors.places(), root.place(), problems).check(fields.get("levers"));
        }
        return experiment;
    }

    // Worlds ----------------------------------------------------------------------------------------------------------

    private List<Option> compose(Fields fields) {
        List<Node> scenarios = fields.get("scenarios") instanceof Node.Scalar one && !one.isNothing()
                ? List.of(one)
                : Values.items(fields.get("scenarios"), "scenarios", problems);
        if (scenarios.isEmpty()) {
            scenarios = List.of(new Node.Scalar(fields.place(), "baseline", true));
        }
        List<Node.Mapping> overrides = overrides(fields.get("overrides"));
        Map<String, Node.Mapping> levers = levers(fields.get("levers"));
        long count = (long) scenarios.size() * levers.size();
        if (count > MOST_WORLDS) {
            Node most = levers.size() > scenarios.size() ? fields.get("levers") : fields.get("scenarios");
            problems.add(
                    most.place(),
                    "scenarios",
                    scenarios.size() + " scenarios with " + levers.size() + " levers make " + count + " worlds",
                    "at most " + MOST_WORLDS);
            return List.of();
        }
        List<Option> worlds = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < scenarios.size(); i++) {
            String path = "scenarios[" + i + "]";
            Node reference = scenarios.get(i);
            for (Map.Entry<String, Node.Mapping> lever : levers.entrySet()) {
                List<Node.Mapping> overlays = new ArrayList<>(overrides);
                if (!lever.getValue().entries().isEmpty()) {
                    overlays.add(lever.getValue());
                }
                Scenario scenario = load(reference, path, overlays);
                if (scenario != null) {
                    worlds.add(new Option(scenario.name(), lever.getKey(), scenario));
                }
            }
            if (!worlds.isEmpty() && worlds.size() == (i + 1) * levers.size()) {
                String name = worlds.get(worlds.size() - 1).scenario();
                if (!names.add(name)) {
                    problems.add(
                            reference.place(), path, "a scenario called '" + name + "' stands here again", "another");
                }
            }
        }
        return worlds;
    }

    private Scenario load(Node reference, String path, List<Node.Mapping> overlays) {
        try {
            return ScenarioLoader.load(reference, path, overlays);
        } catch (InputException e) {
            e.problems().forEach(problems::add);
            return null;
        }
    }

    private List<Node.Mapping> overrides(Node node) {
        List<Node.Mapping> overrides = new ArrayList<>();
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                overrides.add(ScenarioLoader.setting(entry.key(), entry.value()));
            }
        } else {
            Fields.of(node, "overrides", problems);
        }
        return overrides;
    }

    /** An override of a factor would be overruled by it without a word. */
    private void checkOverrides(Node overrides, Map<String, Place> factors) {
        if (overrides instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                String name = entry.key().text().replaceFirst("^parameters\\.", "");
                if (factors.containsKey(name)) {
                    problems.add(
                            entry.key().place(),
                            "overrides." + entry.key().text(),
                            "'" + name + "' is a factor too",
                            "a parameter to be either");
                }
            }
        }
    }

    private Map<String, Node.Mapping> levers(Node node) {
        Map<String, Node.Mapping> levers = new LinkedHashMap<>();
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                String path = "levers." + entry.key().text();
                String name = Values.matching(
                        entry.key(),
                        path,
                        ScenarioLoader.NAME,
                        "at most 64 letters, digits, points, dashes and underscores",
                        problems);
                Fields.of(entry.value(), path, problems);
                if (entry.value() instanceof Node.Mapping lever && lever.get("name") != null) {
                    problems.add(lever.get("name").place(), path + ".name", "a lever is named by its key", "no 'name'");
                }
                if (name != null) {
                    levers.put(
                            name,
                            entry.value() instanceof Node.Mapping lever
                                    ? lever
                                    : new Node.Mapping(entry.key().place(), List.of()));
                }
            }
        } else {
            Fields.of(node, "levers", problems);
        }
        if (levers.isEmpty()) {
            levers.put(Experiment.NO_LEVER, new Node.Mapping(null, List.of()));
        }
        return levers;
    }

    /** The worlds of an experiment that a sweep wrote down in full. */
    private List<Option> resolved(Fields fields) {
        for (String key : List.of("scenarios", "overrides", "levers")) {
            if (fields.get(key) != null) {
                problems.add(
                        fields.get(key).place(), key, "'" + key + "' and 'worlds' exclude each other", "one of them");
            }
        }
        List<Option> worlds = new ArrayList<>();
        List<Node> items = Values.items(fields.get("worlds"), "worlds", problems);
        for (int i = 0; i < items.size(); i++) {
            String path = "worlds[" + i + "]";
            Fields world = Fields.of(items.get(i), path, problems);
            String scenario = world.text("scenario", "");
            String lever = world.get("lever") == null
                    ? Experiment.NO_LEVER
                    : Values.matching(
                            world.get("lever"),
                            path + ".lever",
                            ScenarioLoader.NAME,
                            "at most 64 letters, digits, points, dashes and underscores",
                            problems);
            Node file = world.require("file");
            world.done();
            Scenario loaded = file == null ? null : load(file, path + ".file", List.of());
            if (loaded != null && !loaded.name().equals(scenario)) {
                problems.add(file.place(), path, "the file's scenario is called '" + loaded.name() + "'", scenario);
            }
            if (loaded != null) {
                worlds.add(new Option(scenario, lever, loaded));
            }
        }
        return worlds;
    }

    private static Set<String> nations(List<Option> worlds) {
        Set<String> common = null;
        for (Option option : worlds) {
            Set<String> nations = new LinkedHashSet<>();
            option.world().spec().nations().forEach(n -> nations.add(n.iso3()));
            if (common == null) {
                common = nations;
            } else {
                common.retainAll(nations);
            }
        }
        return common;
    }

    // What is kept ----------------------------------------------------------------------------------------------------

    private Map<String, List<String>> groups(Node node, Set<String> nations) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        if (!(node instanceof Node.Mapping mapping)) {
            Fields.of(node, "keep.groups", problems);
            return groups;
        }
        for (Node.Entry entry : mapping.entries()) {
            String path = "keep.groups." + entry.key().text();
            String name = Values.matching(
                    entry.key(),
                    path,
                    java.util.regex.Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}"),
                    "letters, digits, dashes and underscores",
                    problems);
            List<String> members = new ArrayList<>();
            List<Node> items = Values.items(entry.value(), path, problems);
            for (int i = 0; i < items.size(); i++) {
                String code = nations == null
                        ? Values.text(items.get(i), path + "[" + i + "]", problems)
                        : Values.oneOf(items.get(i), path + "[" + i + "]", "the code of a nation", nations, problems);
                if (code != null && !members.contains(code)) {
                    members.add(code);
                }
            }
            if (items.isEmpty()) {
                problems.add(entry.key().place(), path, "the group has no nations", "a list such as [IND, BRA]");
            }
            if (name != null && nations != null && nations.contains(name)) {
                problems.add(entry.key().place(), path, "'" + name + "' is the code of a nation", "another name");
            }
            if (name != null) {
                groups.put(name, members);
            }
        }
        return groups;
    }

    private List<Outcome> outcomes(
            Node node, Map<String, List<String>> groups, Set<String> nations, List<Option> worlds) {
        List<Node> items = Values.items(node, "keep.outcomes", problems);
        List<Outcome> outcomes = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String path = "keep.outcomes[" + i + "]";
            Outcome outcome = Outcome.read(items.get(i), path, groups, nations, problems);
            if (outcome == null) {
                continue;
            }
            if (!seen.add(outcome.name())) {
                problems.add(items.get(i).place(), path, "'" + outcome.name() + "' stands here again", "each once");
            }
            for (Option option : worlds) {
                int start = option.world().spec().startMonth();
                int end = start + option.world().spec().months() - 1;
                if (outcome.month() != Outcome.LAST && (outcome.month() < start || outcome.month() > end)) {
                    problems.add(
                            items.get(i).place(),
                            path,
                            "'" + outcome.name() + "' is outside of the time that " + option.scenario() + " lasts",
                            "a month from " + twostacks.input.Months.text(start) + " to "
                                    + twostacks.input.Months.text(end));
                    break;
                }
            }
            outcomes.add(outcome);
        }
        if (items.isEmpty()) {
            Place nowhere = new Place(Source.of("", ""), 0, 0);
            Outcome.DEFAULT.forEach(
                    n -> outcomes.add(Outcome.read(new Node.Scalar(nowhere, n, true), "", Map.of(), null, problems)));
        }
        return outcomes;
    }

    private List<String> series(Node node) {
        List<String> tables = Outcomes.TABLES.stream().map(Table::name).toList();
        List<Node> items = node instanceof Node.Scalar one && !one.isNothing() && !Values.is(node, "none")
                ? List.of(one)
                : Values.is(node, "none") ? List.of() : Values.items(node, "keep.series", problems);
        Set<String> series = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String table = Values.oneOf(items.get(i), "keep.series", "", tables, problems);
            if (table != null) {
                series.add(table);
            }
        }
        return tables.stream().filter(series::contains).toList();
    }

    // Tables ----------------------------------------------------------------------------------------------------------

    /** A table beside the experiment; null, with the problem noted, if it cannot be read. */
    private Source table(Node node, String path) {
        Source source = Source.beside(node, path, problems);
        if (source != null) {
            inputs.put(path, source.text());
        }
        return source;
    }
}
