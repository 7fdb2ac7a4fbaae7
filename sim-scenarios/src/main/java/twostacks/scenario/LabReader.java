package twostacks.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import twostacks.agents.LabSpec;
import twostacks.facts.BundledFacts;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;
import twostacks.policy.Channel;

/** Reads the {@code labs} of a scenario over those of {@code facts/labs.csv}. */
final class LabReader {
    /** What there must be, and what there is besides, in {@code facts/labs.csv}. */
    private static final List<String> READ = List.of(
            "name",
            "home",
            "channels",
            "open_weights",
            "licence_freedom",
            "compute_share",
            "state_share",
            "release_cadence",
            "capability",
            "open_capability",
            "list_price",
            "markup",
            "cost_factor",
            "catch_up");

    private static final List<String> NOT_READ = List.of("basis", "source", "note");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final double MOST_CAPABILITY = 1000;
    private static final double MOST_PRICE = 1e6;
    private static final double MOST_SHARE = 1e6;
    private static final double MOST_FACTOR = 1e3;
    private static final int MOST_CADENCE = 120;

    private final Problems problems;
    private final Source source = BundledFacts.source("labs");
    private final Map<String, LabSpec> bundled = new LinkedHashMap<>();
    private final Map<String, LabSpec> labs = new LinkedHashMap<>();

    LabReader(Problems problems) {
        this.problems = problems;
        for (Node.Mapping row : CsvReader.read(source, READ, NOT_READ, problems).rows()) {
            String name = Values.text(row.get("name"), "name", problems);
            List<Node.Entry> entries = new ArrayList<>();
            for (Node.Entry entry : row.entries()) {
                String key = entry.key().text();
                if (key.equals("channels")) {
                    entries.add(new Node.Entry(entry.key(), CsvReader.list(entry.value())));
                } else if (!key.equals("name") && !NOT_READ.contains(key)) {
                    entries.add(entry);
                }
            }
            bundled.put(name, lab(name, new Node.Mapping(row.place(), entries), name, null));
        }
    }

    Source source() {
        return source;
    }

    /** All labs there are, in the scenario or not. */
    List<String> known(Node section) {
        List<String> known = new ArrayList<>(bundled.keySet());
        if (section instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (!known.contains(entry.key().text())) {
                    known.add(entry.key().text());
                }
            }
        }
        return known;
    }

    /** Names of the labs of the scenario, in order. */
    List<String> names(Node section, Node only) {
        List<String> names = new ArrayList<>(known(section));
        if (section instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (Values.is(entry.value(), "none")) {
                    names.remove(entry.key().text());
                }
            }
        }
        if (only == null) {
            return names;
        }
        List<String> chosen = new ArrayList<>();
        List<Node> items = Values.items(only, "labsOnly", problems);
        for (int i = 0; i < items.size(); i++) {
            String path = "labsOnly[" + i + "]";
            String name = Values.oneOf(items.get(i), path, "a lab of the scenario", names, problems);
            if (name != null && chosen.contains(name)) {
                problems.add(items.get(i).place(), path, "'" + name + "' stands here again", "each once");
            } else if (name != null) {
                chosen.add(name);
            }
        }
        return chosen;
    }

    /**
     * Reads the labs.
     *
     * @param names those of the scenario, in order
     * @param start what history says of a lab at the start, laid between the table and the scenario; null for nothing
     */
    Map<String, LabSpec> read(Node section, List<String> names, java.util.function.UnaryOperator<LabSpec> start) {
        Fields fields = Fields.of(section, "labs", problems);
        if (section instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                String name = entry.key().text();
                if (!NAME.matcher(name).matches()) {
                    problems.add(
                            entry.key().place(),
                            "labs." + name,
                            "'" + name + "' is no name for a lab",
                            "letters, digits, blanks, points, dashes");
                } else if (Values.is(entry.value(), "none") && !bundled.containsKey(name)) {
                    problems.addUnknown(
                            entry.key().place(),
                            "labs." + name,
                            "there is no lab '" + name + "' to remove",
                            name,
                            "a lab",
                            bundled.keySet());
                }
            }
        }
        for (String name : names) {
            LabSpec base = bundled.get(name);
            if (base != null && start != null) {
                base = start.apply(base);
            }
            LabSpec lab = lab(name, fields.get(name), "labs." + name, base);
            if (lab != null) {
                labs.put(name, base == null && start != null ? merge(start.apply(lab), lab, fields.get(name)) : lab);
            }
        }
        return labs;
    }

    /** For a lab that the table does not have: what the scenario says of it counts, history fills the rest. */
    private static LabSpec merge(LabSpec history, LabSpec said, Node node) {
        Node.Mapping mapping = (Node.Mapping) node;
        return new LabSpec(
                said.name(),
                said.home(),
                said.channels(),
                said.openWeights(),
                mapping.get("licence_freedom") == null ? history.licenceFreedom() : said.licenceFreedom(),
                said.computeShare(),
                said.stateShare(),
                said.releaseCadence(),
                mapping.get("capability") == null ? history.capability() : said.capability(),
                mapping.get("open_capability") == null ? history.openCapability() : said.openCapability(),
                mapping.get("list_price") == null ? history.listPrice() : said.listPrice(),
                said.markup(),
                said.costFactor(),
                said.catchUp());
    }

    private LabSpec lab(String name, Node node, String path, LabSpec base) {
        Fields fields = Fields.of(node, path, problems);
        boolean added = base == null;
        String home = Values.matching(
                added ? fields.require("home") : fields.get("home"),
                path + ".home",
                CODE,
                "an ISO 3166 alpha-3 code of three capital letters",
                problems);
        List<Channel> channels = channels(added ? fields.require("channels") : fields.get("channels"), path);
        boolean open = flag(fields, "open_weights", !added && base.openWeights());
        double freedom = fields.number("licence_freedom", 0, 1, added ? 1 : base.licenceFreedom());
        double compute = fields.number("compute_share", 0, MOST_SHARE, added ? 0.1 : base.computeShare());
        double state = fields.number("state_share", 0, MOST_SHARE, added ? compute : base.stateShare());
        int cadence = fields.whole("release_cadence", 0, MOST_CADENCE, added ? 0 : base.releaseCadence());
        double capability = none(fields, "capability", MOST_CAPABILITY, added ? Double.NaN : base.capability());
        double openCapability =
                none(fields, "open_capability", MOST_CAPABILITY, added ? Double.NaN : base.openCapability());
        double price = none(fields, "list_price", MOST_PRICE, added ? Double.NaN : base.listPrice());
        double markup = fields.numberOrNone("markup", -1, MOST_FACTOR, added ? Double.NaN : base.markup());
        double cost = fields.number("cost_factor", 0, MOST_FACTOR, added ? 1 : base.costFactor());
        double catchUp = fields.number("catch_up", 0, MOST_FACTOR, added ? 1 : base.catchUp());
        fields.done();
        if (openCapability > capability) {
            problems.add(
                    fields.get("open_capability") == null
                            ? node.place()
                            : fields.get("open_capability").place(),
                    path + ".open_capability",
                    "open_capability exceeds capability",
                    "at most the lab's capability, which is that of its best model, open or not");
        }
        if (added && (home == null || channels.isEmpty())) {
            return null;
        }
        return new LabSpec(
                name,
                home == null ? base.home() : home,
                channels.isEmpty() ? base.channels() : channels,
                open,
                freedom,
                compute,
                state,
                cadence,
                capability,
                openCapability,
                price,
                markup,
                cost,
                catchUp);
    }

    private static double none(Fields fields, String key, double max, double orElse) {
        return fields.numberOrNone(key, 0, max, orElse);
    }

    private boolean flag(Fields fields, String key, boolean orElse) {
        Node node = fields.get(key);
        return Values.is(node, "1") || !Values.is(node, "0") && fields.truth(key, orElse);
    }

    private List<Channel> channels(Node node, String path) {
        List<Channel> channels = new ArrayList<>();
        List<String> allowed = List.of("api", "host", "self");
        List<Node> items = Values.items(node, path + ".channels", problems);
        if (node instanceof Node.Sequence && items.isEmpty()) {
            problems.add(
                    node.place(), path + ".channels", path + ".channels is an empty list", Problems.oneOf(allowed));
        }
        for (int i = 0; i < items.size(); i++) {
            String at = path + ".channels[" + i + "]";
            String name = Values.oneOf(items.get(i), at, "a channel", allowed, problems);
            if (name != null) {
                Channel channel = Channel.valueOf(name.toUpperCase(java.util.Locale.ROOT));
                if (channels.contains(channel)) {
                    problems.add(items.get(i).place(), at, "'" + name + "' stands here again", "each once");
                } else {
                    channels.add(channel);
                }
            }
        }
        return channels;
    }
}
