package twostacks.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The part of a page that shows the tables of a run: nations, world, labs, events. */
final class RunPart {
    /** Columns in the order in which they are wanted, should there not be room for all. */
    private static final List<String> FIRST = List.of(
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
            "ai_users",
            "own_capability",
            "dependence_other",
            "trust_other",
            "surplus",
            "lock_in");
    /** Compressed bytes that a page may hold before columns are left out; a third more when written as text. */
    static final long ROOM = 1_250_000;

    private static final int MOST_EVENTS = 6_000;
    private static final Set<String> NOT_ENTITIES = Set.of("scenario", "replicate", "month");
    private static final long VALUES_AT_ONCE = Runtime.getRuntime().maxMemory() / 12;

    private final ResultFiles files;
    private final Horizon horizon;
    private final Payload payload;
    private final ObjectNode header;

    RunPart(ResultFiles files, Payload payload, ObjectNode header) throws UnusableResultsException {
        this.files = files;
        this.payload = payload;
        this.header = header;
        this.horizon = Horizon.of(files.block());
    }

    /** Writes everything into the page. */
    void write() throws UnusableResultsException, IOException {
        header.put("start", horizon.start());
        header.put("months", horizon.months());
        header.put("replicates", horizon.replicates());
        header.put(
                "band",
                Band.meaning(horizon.replicates())
                        + (files.block().has("draws") ? ", which differ in luck and in parameters" : ""));
        String last = files.block().path("horizon").path("lastObserved").asText();
        if (!last.isEmpty()) {
            header.put("lastObserved", horizon.since(last));
        }
        ObjectNode cubes = header.putObject("cubes");
        cube(cubes, "world", "weight", true);
        cube(cubes, "labs", "lab", true);
        events();
        cube(cubes, "nations", "iso3", false);
    }

    // Tables --------------------------------------------------------------------------------------------------------

    private record Packed(TableFile.Field field, double quantum, byte[] mean, byte[] low, byte[] high) {
        long bytes() {
            return mean.length + (low == null ? 0L : low.length + high.length);
        }
    }

    private void cube(ObjectNode cubes, String name, String entity, boolean fine)
            throws UnusableResultsException, IOException {
        Optional<TableFile> found = files.table(name);
        if (found.isEmpty()) {
            return;
        }
        TableFile table = found.get();
        ObjectNode node = cubes.putObject(name);
        List<String> numbers = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (TableFile.Field field : table.fields()) {
            if (!NOT_ENTITIES.contains(field.name()) && !field.name().equals(entity)) {
                (field.number() ? numbers : labels).add(field.name());
            }
        }
        numbers.sort(Comparator.comparingInt(n -> FIRST.contains(n) ? FIRST.indexOf(n) : FIRST.size()));
        ArrayNode entities = node.putArray("entities");
        ArrayNode numberNodes = node.putArray("numbers");
        ArrayNode labelNodes = node.putArray("labels");
        ArrayNode left = node.putArray("left");
        // many replicates of many nations do not fit into memory with all their columns at once
        long rows = Math.max(1, rows(table));
        int atOnce = (int) Math.max(1, Math.min(numbers.size() + labels.size(), VALUES_AT_ONCE / rows / Float.BYTES));
        boolean full = false;
        for (int from = 0; from < Math.max(1, numbers.size()) && !full; from += atOnce) {
            List<String> now = numbers.subList(from, Math.min(numbers.size(), from + atOnce));
            Cube cube = Cube.read(table, horizon, entity, now, from == 0 ? labels : List.of());
            if (from == 0) {
                cube.entities().forEach(entities::add);
                labels.forEach(l -> label(labelNodes, table, cube, l));
            }
            List<Packed> packed = now.parallelStream()
                    .map(column -> pack(table, cube, column, fine))
                    .toList();
            for (Packed column : packed) {
                full = full || (!fine && payload.bytes() + column.bytes() > ROOM);
                if (!full) {
                    number(numberNodes, column, fine);
                }
            }
        }
        numbers.stream().skip(numberNodes.size()).forEach(left::add);
    }

    private long rows(TableFile table) {
        return (long) horizon.months()
                * horizon.replicates()
                * ("nations".equals(table.path().getFileName().toString().replaceAll("\\..*", "")) ? 200 : 12);
    }

    private Packed pack(TableFile table, Cube cube, String column, boolean fine) {
        Band band = cube.band(column);
        TableFile.Field field = table.field(column).orElseThrow();
        boolean banded = horizon.replicates() > 1;
        if (fine) {
            return new Packed(
                    field,
                    0,
                    Payload.fine(band.mean),
                    banded ? Payload.fine(band.low) : null,
                    banded ? Payload.fine(band.high) : null);
        }
        double quantum = Math.max(Payload.quantum(band.low), Payload.quantum(band.high));
        return new Packed(
                field,
                quantum,
                Payload.small(band.mean, quantum),
                banded ? Payload.small(band.low, quantum) : null,
                banded ? Payload.small(band.high, quantum) : null);
    }

    private void number(ArrayNode nodes, Packed column, boolean fine) {
        ObjectNode node = nodes.addObject();
        describe(node, column.field());
        if (!fine) {
            node.put("quantum", column.quantum());
        }
        node.put("mean", payload.add(column.mean()));
        if (column.low() != null) {
            node.put("low", payload.add(column.low()));
            node.put("high", payload.add(column.high()));
        }
    }

    private void label(ArrayNode nodes, TableFile table, Cube cube, String column) {
        Band mode = cube.mode(column);
        ObjectNode node = nodes.addObject();
        describe(node, table.field(column).orElseThrow());
        ArrayNode words = node.putArray("words");
        cube.words(column).forEach(words::add);
        node.put("mode", payload.add(Payload.small(mode.mean, 1)));
        if (horizon.replicates() > 1) {
            node.put("share", payload.add(Payload.small(mode.low, 1e-3)));
        }
    }

    private static void describe(ObjectNode node, TableFile.Field field) {
        node.put("name", field.name()).put("unit", field.unit()).put("meaning", field.meaning());
    }

    // Events --------------------------------------------------------------------------------------------------------

    private record Event(int month, String kind, String actor, String target, String detail) {}

    private void events() throws UnusableResultsException, IOException {
        Optional<TableFile> table = files.table("events");
        if (table.isEmpty()) {
            return;
        }
        Map<Event, int[]> counts = new LinkedHashMap<>();
        table.get()
                .scan(
                        List.of(),
                        List.of("month", "kind", "actor", "target", "detail"),
                        (n, t) -> counts.computeIfAbsent(
                                        new Event(horizon.since(t[0]), t[1], t[2], t[3], t[4]), e -> new int[1])[0]++);
        // What happens in few replicates only is left out first.
        Stream<Map.Entry<Event, int[]>> kept = counts.entrySet().stream();
        if (counts.size() > MOST_EVENTS) {
            header.put("eventsLeft", counts.size() - MOST_EVENTS);
            kept = kept.sorted(Comparator.comparingInt(e -> -e.getValue()[0])).limit(MOST_EVENTS);
        }
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        kept.sorted(Comparator.comparingInt(e -> e.getKey().month())).forEach(e -> {
            Event event = e.getKey();
            events.addArray()
                    .add(event.month())
                    .add(event.kind())
                    .add(event.actor())
                    .add(event.target())
                    .add(event.detail())
                    .add(e.getValue()[0]);
        });
        header.put("events", payload.add(Payload.text(events.toString())));
    }
}
