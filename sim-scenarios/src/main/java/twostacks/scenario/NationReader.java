package twostacks.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import twostacks.agents.NationFacts;
import twostacks.facts.Alignment;
import twostacks.facts.Imputation;
import twostacks.facts.NationRow;
import twostacks.facts.NationTable;
import twostacks.input.Fields;
import twostacks.input.Node;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;
import twostacks.parameters.Key;
import twostacks.policy.Bloc;

/**
 * Reads the {@code nations} of a scenario: which of the table's take part, what is known of them otherwise than the table
 * says, and which are added.
 */
final class NationReader {
    private static final double MOST = 1e15;
    private static final Pattern ADDED = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final List<String> POWERS = List.of("USA", "CHN");

    private final Layers layers;
    private final Problems problems;
    private final NationTable bundled = NationTable.bundled();
    private final Map<String, NationFacts> nations = new TreeMap<>();
    private final List<String> imputed = new ArrayList<>();
    private NationTable table;
    private Set<String> listed;
    private Set<String> known;
    private Set<String> chosen;

    NationReader(Layers layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    /** Nations of the scenario by code, in the order of codes. */
    Map<String, NationFacts> nations() {
        return nations;
    }

    /** Figures that are medians instead of observations, as {@code IND.internet_share}. */
    List<String> imputed() {
        return imputed;
    }

    /** All codes there are, in the scenario, in its table, or in the bundled one. */
    Set<String> known() {
        return known;
    }

    /** The table in use; null for none. */
    NationTable table() {
        return table;
    }

    String codeOf(String found) {
        return bundled.codeOf(found, listed);
    }

    void read(Node node, Collection<String> labs) {
        Node section = Values.is(node, "all") ? null : node;
        Fields fields = Fields.of(section, "nations", problems);
        table = table(fields);
        Fields added = Fields.of(fields.get("add"), "nations.add", problems);
        Fields overrides = Fields.of(fields.get("overrides"), "nations.overrides", problems);
        listed = new LinkedHashSet<>();
        if (table != null) {
            listed.addAll(table.rows().keySet());
        }
        List<Node.Entry> additions = entries(fields.get("add"));
        for (Node.Entry entry : additions) {
            String code = entry.key().text();
            if (!ADDED.matcher(code).matches()) {
                problems.add(
                        entry.key().place(),
                        "nations.add." + code,
                        "'" + code + "' is no code for a nation",
                        "three capital letters such as XAA");
            } else if (!listed.add(code)) {
                problems.add(
                        entry.key().place(),
                        "nations.add." + code,
                        "'" + code + "' is in the table already",
                        "another code, or 'overrides'");
            }
        }
        known = new LinkedHashSet<>(listed);
        known.addAll(bundled.rows().keySet());
        chosen = chosen(fields);
        for (Node.Entry entry : entries(fields.get("overrides"))) {
            String code = entry.key().text();
            overrides.get(code);
            EventFormat.nation(entry.key(), "nations.overrides." + code, listed, this::codeOf, problems);
        }
        if (table != null) {
            Imputation imputation = new Imputation(bundled.rows().values());
            for (NationRow row : table.rows().values()) {
                if (chosen.contains(row.iso3())) {
                    String path = "nations.overrides." + row.iso3();
                    fill(row, imputation, labs, overrides.get(row.iso3()), path);
                }
            }
        }
        for (Node.Entry entry : additions) {
            String code = entry.key().text();
            if (chosen.contains(code)) {
                String path = "nations.add." + code;
                add(
                        code,
                        added.get(code),
                        path,
                        labs,
                        overrides.get(code),
                        entry.key().place());
            }
        }
        fields.done();
        if (nations.isEmpty() && problems.isEmpty()) {
            Place place = node == null ? null : node.place();
            problems.add(place, "nations", "no nation is left", "at least one");
        }
    }

    private NationTable table(Fields fields) {
        Node file = fields.get("file");
        if (file == null || Values.is(file, "bundled")) {
            return bundled;
        }
        if (Values.is(file, "none")) {
            return null;
        }
        Source source = layers.named(file, "nations.file", "table of nations");
        return source == null ? bundled : NationTable.read(source, problems);
    }

    private static List<Node.Entry> entries(Node node) {
        return node instanceof Node.Mapping mapping ? mapping.entries() : List.of();
    }

    private Set<String> chosen(Fields fields) {
        Node only = fields.get("only");
        Set<String> codes = new LinkedHashSet<>();
        if (only == null) {
            codes.addAll(listed);
        } else {
            codes.addAll(codes(only, "nations.only"));
            if (Values.items(only, "nations.only", new Problems()).isEmpty() && only instanceof Node.Sequence) {
                problems.add(only.place(), "nations.only", "nations.only is an empty list", "at least one code");
            }
        }
        codes(fields.get("except"), "nations.except").forEach(codes::remove);
        return codes;
    }

    private Set<String> codes(Node node, String path) {
        Set<String> codes = new LinkedHashSet<>();
        List<Node> items = Values.items(node, path, problems);
        for (int i = 0; i < items.size(); i++) {
            String code = EventFormat.nation(items.get(i), path + "[" + i + "]", listed, this::codeOf, problems);
            if (!codes.add(code) && code != null) {
                problems.add(
                        items.get(i).place(), path + "[" + i + "]", "'" + code + "' stands here again", "each once");
            }
        }
        return codes;
    }

    /** A nation of the table, with what the scenario says otherwise. */
    private void fill(NationRow row, Imputation imputation, Collection<String> labs, Node override, String path) {
        Fields fields = Fields.of(override, path, problems);
        Draft draft = new Draft(row.iso3(), row.name());
        draft.population = row.population();
        draft.internetShare = row.internetShare();
        draft.gdp = row.gdp();
        draft.alignment = Alignment.standardised(row.idealPoint());
        draft.languageSupport = row.languageSupport();
        draft.latitude = row.latitude();
        draft.longitude = row.longitude();
        draft.tier(row.tier());
        draft.usEmbargo = row.usEmbargo();
        draft.notServedBy = row.notServedBy().stream().filter(labs::contains).toList();
        draft.closedTo = row.closedTo();
        draft.trust[Bloc.US.ordinal()] = row.trustUs();
        draft.trust[Bloc.CN.ordinal()] = row.trustCn();
        override(draft, fields, labs);
        draft.population = impute(draft.population, row, NationRow::population, "population", imputation);
        draft.internetShare = impute(draft.internetShare, row, NationRow::internetShare, "internet_share", imputation);
        if (Double.isNaN(draft.gdp)) {
            draft.gdp = impute(Double.NaN, row, NationRow::income, "gdp_usd", imputation) * draft.population;
        }
        draft.alignment =
                impute(draft.alignment, row, r -> Alignment.standardised(r.idealPoint()), "un_ideal_point", imputation);
        draft.languageSupport =
                impute(draft.languageSupport, row, NationRow::languageSupport, "language_support", imputation);
        draft.latitude = impute(draft.latitude, row, NationRow::latitude, "lat", imputation);
        draft.longitude = impute(draft.longitude, row, NationRow::longitude, "lon", imputation);
        put(draft);
    }

    private double impute(
            double own,
            NationRow row,
            java.util.function.ToDoubleFunction<NationRow> figure,
            String column,
            Imputation imputation) {
        if (!Double.isNaN(own)) {
            return own;
        }
        imputed.add(row.iso3() + "." + column);
        return imputation.figure(figure, row);
    }

    /** A nation that the table does not have. */
    private void add(String code, Node node, String path, Collection<String> labs, Node override, Place place) {
        Draft draft = new Draft(code, code);
        Fields fields = Fields.of(node, path, problems);
        override(draft, fields, labs);
        draft.missing().forEach((key, words) -> {
            if (fields.get(key) == null) {
                problems.add(place, path + "." + key, "the nation " + code + " lacks " + words);
            }
        });
        override(draft, Fields.of(override, "nations.overrides." + code, problems), labs);
        put(draft);
    }

    private void put(Draft draft) {
        if (problems.isEmpty()) {
            nations.put(draft.iso3, draft.facts());
        }
    }

    private void override(Draft draft, Fields fields, Collection<String> labs) {
        draft.name = fields.text("name", draft.name);
        draft.population = fields.number("population", 0, MOST, draft.population);
        BigDecimal millions = Values.decimal(fields.get("gdp_usd"), fields.path("gdp_usd"), 0, MOST, false, problems);
        draft.gdp = millions == null ? draft.gdp : Values.value(millions.movePointRight(6));
        draft.internetShare = fields.number("internet_share", 0, 1, draft.internetShare);
        Node ideal = fields.get("un_ideal_point");
        Node alignment = fields.get("alignment");
        if (ideal != null && alignment != null) {
            problems.add(
                    ideal.place(),
                    fields.path("un_ideal_point"),
                    "both un_ideal_point and alignment are given",
                    "one of them");
        }
        double point = fields.number("un_ideal_point", -10, 10, Double.NaN);
        draft.alignment = Double.isNaN(point) ? draft.alignment : Alignment.standardised(point);
        draft.alignment = fields.number("alignment", -20, 20, draft.alignment);
        Node tier = fields.get("tier");
        if (tier != null && draft.iso3.equals("USA")) {
            problems.add(tier.place(), fields.path("tier"), "the United States are no target of their own controls");
        } else if (tier != null) {
            String read = Values.oneOf(tier, fields.path("tier"), "a tier", NationTable.TIERS, problems);
            draft.tier(read == null ? "2" : read);
        }
        Node cnTier = fields.get("cn_tier");
        if (cnTier != null) {
            String read = Values.oneOf(cnTier, fields.path("cn_tier"), "a tier", Key.CN_TARGET_TIER.names(), problems);
            draft.cnTier = read == null ? "2" : read;
        }
        draft.usEmbargo = fields.truth("us_embargo", draft.usEmbargo);
        draft.notServedBy = names(fields, "not_served_by", "a lab of the scenario", labs, draft.notServedBy);
        draft.closedTo = blocs(fields, draft.closedTo);
        draft.trust[Bloc.US.ordinal()] = fields.numberOrNone("trust_us", 0, 1, draft.trust[Bloc.US.ordinal()]);
        draft.trust[Bloc.CN.ordinal()] = fields.numberOrNone("trust_cn", 0, 1, draft.trust[Bloc.CN.ordinal()]);
        draft.trust[Bloc.OTHER.ordinal()] = fields.numberOrNone("trust_other", 0, 1, draft.trust[Bloc.OTHER.ordinal()]);
        draft.languageSupport = fields.number("language_support", 0, 1, draft.languageSupport);
        draft.latitude = fields.number("lat", -90, 90, draft.latitude);
        draft.longitude = fields.number("lon", -180, 180, draft.longitude);
        draft.connected = fields.truth("connected", draft.connected);
        links(draft, fields);
        initialTrust(draft, fields);
        fields.done();
    }

    private List<String> names(
            Fields fields, String key, String kind, Collection<String> allowed, List<String> orElse) {
        Node node = fields.get(key);
        if (node == null) {
            return orElse;
        }
        List<String> names = new ArrayList<>();
        List<Node> items = Values.items(node, fields.path(key), problems);
        for (int i = 0; i < items.size(); i++) {
            String name = Values.oneOf(items.get(i), fields.path(key) + "[" + i + "]", kind, allowed, problems);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private List<String> blocs(Fields fields, List<String> orElse) {
        Node node = fields.get("closed_to");
        return node == null
                ? orElse
                : names(fields, "closed_to", "a bloc", EventFormat.texts(Bloc.class), orElse).stream()
                        .map(n -> n.toUpperCase(java.util.Locale.ROOT))
                        .toList();
    }

    private void links(Draft draft, Fields fields) {
        Node node = fields.get("trust_links");
        if (node == null) {
            return;
        }
        String path = fields.path("trust_links");
        Fields links = Fields.of(node, path, problems);
        Map<String, Double> read = new TreeMap<>();
        for (Node.Entry entry : entries(node)) {
            String code = entry.key().text();
            double weight = links.number(code, 0, 1e6, 0);
            if (EventFormat.nation(entry.key(), path + "." + code, known, this::codeOf, problems) != null
                    && chosen.contains(code)) {
                read.put(code, weight);
            }
        }
        draft.trustLinks = read;
    }

    private void initialTrust(Draft draft, Fields fields) {
        Node node = fields.get("initial_trust");
        if (node == null) {
            return;
        }
        Fields trust = Fields.of(node, fields.path("initial_trust"), problems);
        for (Bloc bloc : Bloc.values()) {
            String key = EventFormat.text(bloc);
            draft.initialTrust[bloc.ordinal()] = trust.numberOrNone(key, 0, 1, draft.initialTrust[bloc.ordinal()]);
        }
        trust.done();
    }

    /**
     * The tier that a nation has in Chinese controls.
     *
     * <p>No such list is published. It is taken to mirror that of the United States: allies of the one power (tier 1) are
     * what arms-embargoed states (tier 3) are to the other, and the rest are in the middle for both.
     */
    private static String cnTier(String iso3, String usTier) {
        if (iso3.equals("USA")) {
            return "US";
        }
        if (iso3.equals("CHN")) {
            return "";
        }
        return switch (usTier) {
            case "CN" -> "";
            case "1" -> "3";
            case "3" -> "1";
            default -> usTier;
        };
    }

    /** What is known of a nation so far. */
    private static final class Draft {
        private final String iso3;
        private String name;
        private double population = Double.NaN;
        private double gdp = Double.NaN;
        private double internetShare = Double.NaN;
        private double alignment = Double.NaN;
        private String usTier = "2";
        private String cnTier = "2";
        private boolean tierKnown;
        private boolean usEmbargo;
        private List<String> notServedBy = List.of();
        private List<String> closedTo = List.of();
        private final double[] trust = {Double.NaN, Double.NaN, Double.NaN};
        private double languageSupport = Double.NaN;
        private double latitude = Double.NaN;
        private double longitude = Double.NaN;
        private boolean connected = true;
        private Map<String, Double> trustLinks = Map.of();
        private final double[] initialTrust = {Double.NaN, Double.NaN, Double.NaN};

        Draft(String iso3, String name) {
            this.iso3 = iso3;
            this.name = name;
            if (POWERS.contains(iso3)) {
                tier("CN");
            }
        }

        void tier(String tier) {
            tierKnown = true;
            usTier = iso3.equals("USA") ? "" : tier;
            cnTier = NationReader.cnTier(iso3, tier);
        }

        /** Keys of the figures that are needed and not known, each with what to call it. */
        Map<String, String> missing() {
            Map<String, String> missing = new LinkedHashMap<>();
            need(missing, "population", "population", population);
            need(missing, "gdp_usd", "gdp_usd", gdp);
            need(missing, "internet_share", "internet_share", internetShare);
            need(missing, "un_ideal_point", "un_ideal_point or alignment", alignment);
            need(missing, "language_support", "language_support", languageSupport);
            need(missing, "lat", "lat", latitude);
            need(missing, "lon", "lon", longitude);
            if (!tierKnown) {
                missing.put("tier", "tier");
            }
            return missing;
        }

        private static void need(Map<String, String> missing, String key, String words, double value) {
            if (Double.isNaN(value)) {
                missing.put(key, words);
            }
        }

        NationFacts facts() {
            return new NationFacts(
                    iso3,
                    name,
                    population,
                    gdp,
                    internetShare,
                    alignment,
                    usTier,
                    cnTier,
                    usEmbargo,
                    notServedBy,
                    closedTo,
                    trust,
                    languageSupport,
                    latitude,
                    longitude,
                    connected,
                    trustLinks,
                    initialTrust);
        }
    }
}
