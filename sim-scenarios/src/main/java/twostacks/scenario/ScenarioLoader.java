package twostacks.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import twostacks.agents.LabSpec;
import twostacks.facts.BundledFacts;
import twostacks.facts.ModelTable;
import twostacks.input.Fields;
import twostacks.input.InputException;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.TreeReader;
import twostacks.input.Values;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.DatedEvent;
import twostacks.world.WorldSpec;

/**
 * Loads scenarios: bundled ones by name, files, or texts. Everything that is wrong with one is told at once, each with
 * its place; nothing but an {@link InputException} is thrown for an input that cannot be used.
 */
public final class ScenarioLoader {
    /** Keys of a scenario file. */
    static final List<String> KEYS = List.of(
            "name",
            "extends",
            "description",
            "hypothesis",
            "horizon",
            "seed",
            "history",
            "dataEnd",
            "parameters",
            "segments",
            "nations",
            "labs",
            "labsOnly",
            "models",
            "observedEvents",
            "inheritEvents",
            "events",
            "ownOffers",
            "mirrored",
            "provenance",
            "imputed");

    /** What a name of a scenario looks like. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** What a name of a segment looks like. */
    static final Pattern SEGMENT = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private static final int START = 2023 * 12;
    private static final int MONTHS = 156;
    private static final int MOST_MONTHS = 1200;
    private static final int LAST_MONTH = 9999 * 12 + 11;
    private static final ParameterSpace DEFAULT_SPACE = ParameterSpace.ofDefaults();
    private static final int MOST_LABS = 1000;
    private static final int MOST_SEGMENTS = 100;
    private static final int MOST_OMISSIONS = 1000;

    private final Problems problems = new Problems();
    private final Layers layers = new Layers(problems);

    private ScenarioLoader() {}

    /**
     * Loads a scenario.
     *
     * @param nameOrPath name of a bundled scenario, or path of a file
     * @return the scenario
     * @throws InputException with everything that is wrong
     */
    public static Scenario load(String nameOrPath) {
        return load(nameOrPath, List.of());
    }

    /**
     * Loads a scenario and lays something over it: settings from a command line, or levers of an experiment.
     *
     * @param nameOrPath name of a bundled scenario, or path of a file
     * @param overlays parts of scenario files, each over the one before; what one extends is laid first, without its
     *     name, description and hypothesis
     * @return the scenario
     * @throws InputException with everything that is wrong
     */
    public static Scenario load(String nameOrPath, List<Node.Mapping> overlays) {
        ScenarioLoader loader = new ScenarioLoader();
        loader.layers.open(nameOrPath);
        return loader.finish(overlays);
    }

    /**
     * Loads the scenario that another file names, an experiment's, say, and lays something over it.
     *
     * @param reference name of a bundled scenario, or of a file in the other file's directory or below it
     * @param path dotted path of the reference in its file
     * @param overlays parts of scenario files, as for {@link #load(String, List)}
     * @return the scenario
     * @throws InputException with everything that is wrong
     */
    public static Scenario load(Node reference, String path, List<Node.Mapping> overlays) {
        ScenarioLoader loader = new ScenarioLoader();
        loader.layers.open(reference, path);
        return loader.finish(overlays);
    }

    /**
     * Reads a scenario from a text.
     *
     * @param source the text
     * @return the scenario
     * @throws InputException with everything that is wrong
     */
    public static Scenario load(Source source) {
        ScenarioLoader loader = new ScenarioLoader();
        loader.layers.open(source);
        return loader.finish(List.of());
    }

    /**
     * A setting as a part of a scenario file.
     *
     * @param path dotted path: {@code horizon.months}, {@code nations.only}, or the name of a parameter
     * @param value its value as YAML
     * @return the part, to be laid over a scenario
     * @throws InputException if the value is no YAML
     */
    public static Node.Mapping setting(String path, String value) {
        Problems problems = new Problems();
        Source source = Source.of("--set " + path + "=" + value, value);
        Place start = new Place(source, 1, 1);
        Node node = value.isBlank() ? new Node.Scalar(start, "", true) : TreeReader.readYaml(source, problems);
        problems.throwIfAny();
        return setting(new Node.Scalar(start, path, true), node);
    }

    /**
     * A setting as a part of a scenario file.
     *
     * @param path dotted path: {@code horizon.months}, {@code nations.only}, or the name of a parameter
     * @param value its value
     * @return the part, to be laid over a scenario
     */
    public static Node.Mapping setting(Node.Scalar path, Node value) {
        Place place = path.place();
        List<String> steps = new ArrayList<>(List.of(path.text().split("\\.", -1)));
        if (!KEYS.contains(steps.get(0))) {
            steps = List.of("parameters", path.text());
        }
        Node node = value;
        for (int i = steps.size() - 1; i >= 0; i--) {
            node = new Node.Mapping(place, List.of(new Node.Entry(new Node.Scalar(place, steps.get(i), true), node)));
        }
        return (Node.Mapping) node;
    }

    private Scenario finish(List<Node.Mapping> overlays) {
        overlays.forEach(layers::overlay);
        Node.Mapping root = layers.merged();
        if (root == null) {
            problems.throwIfAny();
            throw new IllegalStateException("nothing was read and nothing was wrong");
        }
        Scenario scenario = scenario(root);
        problems.throwIfAny();
        return scenario;
    }

    private Scenario scenario(Node.Mapping root) {
        Fields fields = Fields.of(root, "", problems);
        KEYS.forEach(fields::get);
        fields.done();
        fields.truth("inheritEvents", true);
        Place whole = root.place().source().whole();
        String name = name(fields, root);
        Fields horizon = Fields.of(fields.get("horizon"), "horizon", problems);
        int start = horizon.month("start", START);
        int months = horizon.whole("months", 1, MOST_MONTHS, MONTHS);
        horizon.done();
        if (start + months - 1 > LAST_MONTH) {
            Node node = fields.get("horizon");
            problems.add(
                    node.place(), "horizon", "the horizon ends after " + Months.text(LAST_MONTH), "an earlier start");
        }
        String history =
                Values.oneOf(fields.get("history"), "history", "", List.of("observed", "endogenous"), problems);
        boolean observed = !"endogenous".equals(history);
        int dataEnd = fields.month("dataEnd", BundledFacts.DATA_END);
        atMost(fields.get("segments"), "segments", MOST_SEGMENTS);
        List<ParameterSpace.Segment> segments = segments(fields.get("segments"));
        ParameterSpace space =
                segments.equals(ParameterSpace.DEFAULT_SEGMENTS) ? DEFAULT_SPACE : new ParameterSpace(segments);
        Map<String, Double> parameters = new ParameterReader(space, problems).read(fields.get("parameters"), whole);

        atMost(fields.get("labs"), "labs", MOST_LABS);
        LabReader labReader = new LabReader(problems);
        List<String> labNames = labReader.names(fields.get("labs"), fields.get("labsOnly"));
        NationReader nations = new NationReader(layers, problems);
        nations.read(fields.get("nations"), labNames);
        if (labNames.isEmpty() && problems.isEmpty()) {
            problems.add(whole, "labs", "no lab is left", "at least one");
        }

        ModelTable models = models(fields.get("models"), observed);
        ObservedHistory past = new ObservedHistory(start, dataEnd, models);
        Source eventTable = eventTable(fields.get("observedEvents"), observed, past);
        Map<String, LabSpec> labs = labReader.read(fields.get("labs"), labNames, models == null ? null : past::atStart);
        Map<String, Bloc> blocs = new LinkedHashMap<>();
        labs.forEach((lab, spec) -> blocs.put(lab, spec.bloc()));

        List<DatedEvent> events = new ArrayList<>(past.releases(labs.keySet()));
        EventReader reader = new EventReader(start, problems);
        if (eventTable != null) {
            events.addAll(past.events(
                    reader.observed(
                            eventTable,
                            dataEnd,
                            names(blocs, labReader.known(fields.get("labs")), models, nations, space, true)),
                    reader,
                    models != null));
        }
        if (models != null || eventTable != null) {
            past.checkOmissions(problems);
        }
        events.addAll(reader.read(
                fields.get("events"), names(blocs, labReader.known(fields.get("labs")), null, nations, space, false)));
        events.sort(Comparator.comparingInt(DatedEvent::month));

        List<Scenario.Facts> facts = provenance(fields.get("provenance"), nations, models, eventTable, labReader);
        List<String> imputed = imputed(fields.get("imputed"), nations);
        OptionalLong seed = seed(fields.get("seed"));
        if (!problems.isEmpty()) {
            return null;
        }
        WorldSpec spec = new WorldSpec(
                name,
                start,
                months,
                observed ? dataEnd : start,
                space,
                parameters,
                List.copyOf(nations.nations().values()),
                List.copyOf(labs.values()),
                events,
                fields.truth("ownOffers", true),
                fields.truth("mirrored", false));
        // Those of the parameters themselves have been told; what is left comes about by events.
        for (ParameterSpace.Conflict conflict : spec.conflicts()) {
            Node where = fields.get("events");
            problems.add(
                    where == null ? whole : where.place(),
                    "events",
                    "while events set parameters, " + conflict.message(),
                    conflict.allowed());
        }
        return new Scenario(
                spec,
                fields.text("description", "").strip(),
                fields.text("hypothesis", "").strip(),
                seed,
                observed,
                facts,
                imputed);
    }

    /** Gives up where there is more than anybody means, and more than could be checked in reasonable time. */
    private void atMost(Node node, String path, int most) {
        int size = node instanceof Node.Mapping mapping
                ? mapping.entries().size()
                : node instanceof Node.Sequence sequence ? sequence.items().size() : 0;
        if (size > most) {
            problems.add(node.place(), path, path + " has " + size + " entries", "at most " + most);
            problems.throwIfAny();
        }
    }

    private String name(Fields fields, Node.Mapping root) {
        Node node = fields.get("name");
        if (node == null) {
            problems.add(root.place(), "name", "the key 'name' is missing");
            return null;
        }
        return Values.matching(
                node, "name", NAME, "at most 64 letters, digits, points, dashes and underscores", problems);
    }

    private OptionalLong seed(Node node) {
        if (node == null) {
            return OptionalLong.empty();
        }
        BigDecimal exact = node instanceof Node.Scalar scalar && scalar.plain() ? Numbers.parse(scalar.text()) : null;
        boolean whole = exact != null && exact.stripTrailingZeros().scale() <= 0;
        if (node instanceof Node.Scalar quoted && !quoted.plain() && Numbers.parse(quoted.text()) != null) {
            problems.add(node.place(), "seed", "seed is in quotes", "a whole number without quotes");
            return OptionalLong.empty();
        }
        if (!whole || exact.signum() < 0 || exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            problems.add(
                    node.place(), "seed", Values.describe(node, "seed"), "a whole number from 0 to " + Long.MAX_VALUE);
            return OptionalLong.empty();
        }
        return OptionalLong.of(exact.longValueExact());
    }

    private List<ParameterSpace.Segment> segments(Node node) {
        if (node == null
                || !(node instanceof Node.Mapping mapping)
                || mapping.entries().isEmpty()) {
            if (!Values.isNothing(node)) {
                problems.add(node.place(), "segments", "segments has no entries", "at least one segment");
            }
            return ParameterSpace.DEFAULT_SEGMENTS;
        }
        List<ParameterSpace.Segment> segments = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            String path = "segments." + entry.key().text();
            String name =
                    Values.matching(entry.key(), path, SEGMENT, "small letters, digits and underscores", problems);
            Fields fields = Fields.of(entry.value(), path, problems);
            Node like = fields.get("like");
            if (like == null) {
                problems.add(
                        entry.key().place(),
                        path + ".like",
                        "the key 'like' is missing",
                        Problems.oneOf(Key.SEGMENT.names()));
            }
            String base = Values.oneOf(like, path + ".like", "", Key.SEGMENT.names(), problems);
            fields.done();
            if (name != null && base != null) {
                segments.add(new ParameterSpace.Segment(name, base));
            }
        }
        return segments.isEmpty() ? ParameterSpace.DEFAULT_SEGMENTS : segments;
    }

    private ModelTable models(Node node, boolean observed) {
        Fields fields = Fields.of(node, "models", problems);
        Node file = fields.get("file");
        fields.done();
        if (!observed || Values.is(file, "none")) {
            return null;
        }
        if (file == null || Values.is(file, "bundled")) {
            return ModelTable.bundled();
        }
        Source source = layers.named(file, "models.file", "table of models");
        return source == null ? null : ModelTable.read(source, problems);
    }

    private Source eventTable(Node node, boolean observed, ObservedHistory past) {
        if (node == null) {
            return observed ? BundledFacts.source("events") : null;
        }
        if (!(node instanceof Node.Mapping)) {
            Boolean wanted = Values.truth(node, "observedEvents", problems);
            return Boolean.TRUE.equals(wanted) ? BundledFacts.source("events") : null;
        }
        Fields fields = Fields.of(node, "observedEvents", problems);
        atMost(fields.get("except"), "observedEvents.except", MOST_OMISSIONS);
        List<Node> items = Values.items(fields.get("except"), "observedEvents.except", problems);
        for (int i = 0; i < items.size(); i++) {
            String path = "observedEvents.except[" + i + "]";
            String text = Values.text(items.get(i), path, problems);
            if (text != null) {
                past.except(text, items.get(i), path);
            }
        }
        Node file = fields.get("file");
        fields.done();
        if (file == null || Values.is(file, "bundled")) {
            return BundledFacts.source("events");
        }
        return Values.is(file, "none") ? null : layers.named(file, "observedEvents.file", "table of events");
    }

    private static EventFormat.Names names(
            Map<String, Bloc> labs,
            List<String> knownLabs,
            ModelTable models,
            NationReader nations,
            ParameterSpace space,
            boolean observed) {
        Set<String> known = new LinkedHashSet<>(knownLabs);
        if (observed) {
            ModelTable.bundled().rows().forEach(r -> known.add(r.lab()));
            if (models != null) {
                models.rows().forEach(r -> known.add(r.lab()));
            }
        }
        return new EventFormat.Names(
                labs, known, nations.nations().keySet(), nations.known(), nations::codeOf, space, observed);
    }

    private List<Scenario.Facts> provenance(
            Node node, NationReader nations, ModelTable models, Source events, LabReader labs) {
        List<Scenario.Facts> facts = new ArrayList<>();
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                String path = "provenance." + entry.key().text();
                Fields fields = Fields.of(entry.value(), path, problems);
                facts.add(new Scenario.Facts(entry.key().text(), fields.text("file", ""), fields.text("sha256", "")));
                fields.done();
            }
            return facts;
        }
        Fields.of(node, "provenance", problems);
        if (nations.table() != null) {
            facts.add(facts("nations", nations.table().source()));
        }
        if (models != null) {
            facts.add(facts("models", models.source()));
        }
        if (events != null) {
            facts.add(facts("events", events));
        }
        facts.add(facts("labs", labs.source()));
        return facts;
    }

    private static Scenario.Facts facts(String table, Source source) {
        String file = source.path() == null
                ? source.name()
                : source.path().getFileName().toString();
        return new Scenario.Facts(table, file, source.sha256());
    }

    private List<String> imputed(Node node, NationReader nations) {
        List<String> imputed = new ArrayList<>(nations.imputed());
        List<Node> items = Values.items(node, "imputed", problems);
        for (int i = 0; i < items.size(); i++) {
            String text = Values.text(items.get(i), "imputed[" + i + "]", problems);
            if (text != null) {
                imputed.add(text);
            }
        }
        return imputed;
    }
}
