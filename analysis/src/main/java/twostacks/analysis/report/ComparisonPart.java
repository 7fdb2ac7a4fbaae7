package twostacks.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The part of a page that shows a comparison: effects of alternatives with their intervals, and what causes them. */
final class ComparisonPart {
    private static final String WORLD = "WLD";
    private static final int MOST_ATTRIBUTIONS = 60_000;
    /** Outcomes of nations that are shown, in the order in which they are wanted. */
    private static final List<String> OUTCOMES = List.of(
            "share_us_closed",
            "share_us_open",
            "share_cn_api",
            "share_cn_open",
            "share_other",
            "share_sovereign",
            "share_no_adoption",
            "dependence_us",
            "dependence_cn",
            "trust_us",
            "trust_cn",
            "leading_origin=US",
            "leading_origin=CN",
            "ai_users",
            "surplus",
            "lock_in");
    /** Outcomes of the world that are shown besides those. */
    private static final List<String> OF_THE_WORLD =
            List.of("gap_months", "polarisation", "nations_led_by_us", "nations_led_by_cn", "cutoff_nations");

    /** Kinds of events that follow from a run and are nobody's act. */
    private static final Set<String> OUTCOMES_OF_MODEL =
            Set.of("release", "flip", "stance", "securityIncident", "misuseIncident", "note");

    private static final int EFFECT = 0;
    private static final int LOW = 1;
    private static final int HIGH = 2;

    private final ResultFiles files;
    private final Payload payload;
    private final ObjectNode header;
    private final Horizon horizon;

    ComparisonPart(ResultFiles files, Payload payload, ObjectNode header) throws UnusableResultsException {
        this.files = files;
        this.payload = payload;
        this.header = header;
        this.horizon = Horizon.of(files.block());
    }

    /** Effects of one alternative: by outcome, then nation, then effect and both ends by month. */
    private final class Effects {
        final Map<String, Map<String, float[][]>> nations = new LinkedHashMap<>();
        final Map<String, float[][]> world = new LinkedHashMap<>();

        float[][] at(String iso3, String outcome) {
            Map<String, float[][]> paths =
                    iso3.equals(WORLD) ? world : nations.computeIfAbsent(outcome, o -> new TreeMap<>());
            return paths.computeIfAbsent(iso3.equals(WORLD) ? outcome : iso3, i -> {
                float[][] values = new float[3][horizon.months()];
                for (float[] value : values) {
                    Arrays.fill(value, Float.NaN);
                }
                return values;
            });
        }
    }

    void write() throws UnusableResultsException, IOException {
        header.put("start", horizon.start());
        header.put("months", horizon.months());
        header.put("replicates", horizon.replicates());
        String last = files.block().path("horizon").path("lastObserved").asText();
        if (!last.isEmpty()) {
            header.put("lastObserved", horizon.since(last));
        }
        ObjectNode alternatives = header.putObject("alternatives");
        Map<String, Effects> all = read();
        for (Map.Entry<String, Effects> entry : all.entrySet()) {
            ObjectNode node = alternatives.putObject(entry.getKey());
            world(node.putObject("world"), entry.getValue());
            empty(node.putObject("nations"), entry.getValue());
        }
        // Outcome by outcome, so that all alternatives have the same ones should there not be room for all.
        List<String> left = new ArrayList<>();
        for (String outcome : OUTCOMES) {
            boolean known = all.values().stream().anyMatch(e -> e.nations.containsKey(outcome));
            if (known && payload.bytes() > RunPart.ROOM) {
                left.add(outcome);
            } else if (known) {
                for (Map.Entry<String, Effects> entry : all.entrySet()) {
                    nations(
                            (ArrayNode) alternatives
                                    .path(entry.getKey())
                                    .path("nations")
                                    .path("numbers"),
                            entry.getValue(),
                            outcome);
                }
            }
        }
        left.forEach(header.putArray("left")::add);
        attribution();
        events(alternatives);
    }

    /** An event that somebody brought about. */
    private record Act(int month, String kind, String actor, String target, String detail) {}

    /** Adds to each alternative what powers, labs and nations did in it, and whether they did so in the base too. */
    private void events(ObjectNode alternatives) throws UnusableResultsException, IOException {
        Set<Act> base = acts(files.directory().resolve("base"));
        Path runs = files.directory().resolve("alternatives");
        for (Map.Entry<String, JsonNode> alternative : alternatives.properties()) {
            ArrayNode rows = ((ObjectNode) alternative.getValue()).putArray("events");
            Path run = runs.resolve(alternative.getKey()).normalize();
            for (Act act : runs.normalize().equals(run.getParent()) ? acts(run) : Set.<Act>of()) {
                rows.addArray()
                        .add(act.month())
                        .add(act.kind())
                        .add(act.actor())
                        .add(act.target())
                        .add(act.detail())
                        .add(!base.contains(act));
            }
        }
    }

    /** The acts in the first replicate of a run, by month; none if its results are not there. */
    private Set<Act> acts(Path run) throws UnusableResultsException, IOException {
        Set<Act> acts = new LinkedHashSet<>();
        if (Files.exists(run.resolve("datapackage.json"))) {
            Optional<TableFile> table = ResultFiles.open(run).table("events");
            if (table.isPresent()) {
                table.get()
                        .scan(List.of("replicate"), List.of("month", "kind", "actor", "target", "detail"), (n, t) -> {
                            if (n[0] == 1 && !OUTCOMES_OF_MODEL.contains(t[1])) {
                                acts.add(new Act(horizon.since(t[0]), t[1], t[2], t[3], t[4]));
                            }
                        });
            }
        }
        return acts;
    }

    private Map<String, Effects> read() throws UnusableResultsException, IOException {
        TableFile table = files.table("effects")
                .orElseThrow(() -> new UnusableResultsException(
                        files.directory() + " holds a comparison without a table of effects"));
        Map<String, Effects> all = new LinkedHashMap<>();
        table.scan(List.of("effect", "low", "high"), List.of("alternative", "month", "iso3", "outcome"), (n, t) -> {
            boolean wanted = OUTCOMES.contains(t[3]) || (t[2].equals(WORLD) && OF_THE_WORLD.contains(t[3]));
            if (wanted) {
                int month = horizon.place(1, t[1], table.path());
                float[][] path = all.computeIfAbsent(t[0], a -> new Effects()).at(t[2], t[3]);
                for (int i = 0; i < n.length; i++) {
                    path[i][month] = (float) n[i];
                }
            }
        });
        return all;
    }

    private void world(ObjectNode node, Effects effects) {
        node.putArray("entities").add(WORLD);
        node.putArray("labels");
        ArrayNode numbers = node.putArray("numbers");
        effects.world.forEach((outcome, path) -> numbers.addObject()
                .put("name", outcome)
                .put("mean", payload.add(Payload.fine(path[EFFECT])))
                .put("low", payload.add(Payload.fine(path[LOW])))
                .put("high", payload.add(Payload.fine(path[HIGH]))));
    }

    private static void empty(ObjectNode node, Effects effects) {
        ArrayNode entities = node.putArray("entities");
        effects.nations.values().stream().findFirst().ifPresent(n -> n.keySet().forEach(entities::add));
        node.putArray("labels");
        node.putArray("numbers");
    }

    private void nations(ArrayNode numbers, Effects effects, String outcome) {
        Map<String, float[][]> paths = effects.nations.get(outcome);
        if (paths == null) {
            return;
        }
        float[][] values = new float[3][paths.size() * horizon.months()];
        int at = 0;
        for (float[][] path : paths.values()) {
            for (int i = 0; i < values.length; i++) {
                System.arraycopy(path[i], 0, values[i], at, horizon.months());
            }
            at += horizon.months();
        }
        double quantum = Math.max(Payload.quantum(values[LOW]), Payload.quantum(values[HIGH]));
        numbers.addObject()
                .put("name", outcome)
                .put("quantum", quantum)
                .put("mean", payload.add(Payload.small(values[EFFECT], quantum)))
                .put("low", payload.add(Payload.small(values[LOW], quantum)))
                .put("high", payload.add(Payload.small(values[HIGH], quantum)));
    }

    private void attribution() throws UnusableResultsException, IOException {
        Optional<TableFile> table = files.table("attribution");
        if (table.isEmpty()) {
            return;
        }
        ArrayNode rows = header.putArray("attribution");
        table.get()
                .scan(
                        List.of("effect", "low", "high"),
                        List.of("alternative", "month", "iso3", "outcome", "cause"),
                        (n, t) -> {
                            boolean wanted = t[2].equals(WORLD) && OUTCOMES.contains(t[3]);
                            if (wanted && rows.size() < MOST_ATTRIBUTIONS) {
                                ArrayNode row = rows.addArray()
                                        .add(t[0])
                                        .add(horizon.since(t[1]))
                                        .add(t[3])
                                        .add(t[4]);
                                for (double value : n) {
                                    row.add(Double.isNaN(value) ? null : Math.round(value * 1e6) / 1e6);
                                }
                            }
                        });
    }
}
