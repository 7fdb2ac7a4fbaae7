package twostacks.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run came to, read off its files: figures of the world at its start, at the end of the observed history and at
 * its end, and the nations whose leading origin changed. Columns that are not there are left out.
 *
 * @param scenario name of the scenario
 * @param seed seed
 * @param replicates number of replicates
 * @param moments months at which figures are taken
 * @param figures figures by name, {@code weight.column} for what a weight bears on; one spread for each moment
 * @param flips changes of nations' leading origin after the observed history, or in all of it if there is nothing else
 */
public record RunSummary(
        String scenario,
        long seed,
        int replicates,
        List<Moment> moments,
        Map<String, List<Spread>> figures,
        Flips flips) {

    /** Digits of a mean in JSON: more than any column has. */
    private static final MathContext DIGITS = new MathContext(9);

    private static final String WORLD = "world";
    private static final String WEIGHT = "weight";

    /**
     * A month at which figures are taken.
     *
     * @param name start, lastObserved or end
     * @param month as text
     */
    public record Moment(String name, String month) {}

    /**
     * A figure over replicates.
     *
     * @param mean mean; NaN if it is missing in all
     * @param least least
     * @param greatest greatest
     */
    public record Spread(double mean, double least, double greatest) {
        static Spread of(List<Double> values) {
            double sum = 0;
            double least = Double.NaN;
            double greatest = Double.NaN;
            int count = 0;
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    sum += value;
                    least = count == 0 ? value : Math.min(least, value);
                    greatest = count == 0 ? value : Math.max(greatest, value);
                    count++;
                }
            }
            return new Spread(count == 0 ? Double.NaN : sum / count, least, greatest);
        }
    }

    /**
     * Changes of nations' leading origin.
     *
     * @param since first month counted
     * @param directions number of changes in a replicate by direction, {@code US to CN}, most frequent first
     * @param nations nations that changed, those that did in most replicates and latest first
     */
    public record Flips(String since, Map<String, Spread> directions, List<Flip> nations) {}

    /**
     * A nation's last change.
     *
     * @param iso3 nation
     * @param month month of the change in the first replicate that has one
     * @param direction from where to where
     * @param replicates number of replicates in which it changed in this direction at last
     */
    public record Flip(String iso3, String month, String direction, int replicates) {}

    /** Copies. */
    public RunSummary {
        moments = List.copyOf(moments);
    }

    /**
     * Reads the files of a run.
     *
     * @param directory results of a run
     * @return what it came to
     * @throws IOException if they cannot be read
     */
    public static RunSummary read(Path directory) throws IOException {
        JsonNode block = DataPackage.read(directory)
                .orElseThrow(() -> new IOException(directory + " has no " + ResultDirectory.PACKAGE))
                .path("twostacks");
        int replicates = block.path("replicates").asInt(1);
        List<Moment> moments = moments(block.path("horizon"));
        Map<String, List<Spread>> figures = new LinkedHashMap<>();
        collect(directory, WORLD, WEIGHT, moments, figures);
        if (figures.keySet().stream().noneMatch(name -> name.contains(".dependence_"))) {
            collect(directory, "nations", "", moments, figures);
        }
        String since = since(block.path("horizon"));
        return new RunSummary(
                block.path("scenario").asText(),
                block.path("seed").asLong(),
                replicates,
                moments,
                figures,
                flips(directory, since, replicates));
    }

    private static List<Moment> moments(JsonNode horizon) {
        List<Moment> moments = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (String name : List.of("start", "lastObserved", "end")) {
            String month = horizon.path(name).asText();
            boolean within = month.compareTo(horizon.path("end").asText()) <= 0;
            if (!month.isEmpty() && within && seen.add(month)) {
                moments.add(new Moment(name, month));
            }
        }
        return moments;
    }

    private static String since(JsonNode horizon) {
        String last = horizon.path("lastObserved").asText();
        return last.isEmpty() || last.compareTo(horizon.path("end").asText()) >= 0
                ? horizon.path("start").asText()
                : last;
    }

    /** Sums up a table: rows apart by weight, or the mean over all rows of a replicate and month. */
    private static void collect(
            Path directory, String table, String apartBy, List<Moment> moments, Map<String, List<Spread>> figures)
            throws IOException {
        List<String> months = moments.stream().map(Moment::month).toList();
        // by figure, moment and replicate
        Map<String, List<Map<String, List<Double>>>> values = new LinkedHashMap<>();
        TableReader.read(directory, table, Set.copyOf(months), row -> {
            String prefix = apartBy.isEmpty() ? table : row.get(apartBy);
            int moment = months.indexOf(row.get("month"));
            for (int i = DataPackage.KEY.size(); i < row.names().size(); i++) {
                String name = row.names().get(i);
                if (name.equals(apartBy) || (apartBy.isEmpty() && !name.startsWith("dependence_"))) {
                    continue;
                }
                double value = TableReader.Row.number(row.fields()[i]);
                values.computeIfAbsent(prefix + "." + name, n -> empty(months.size()))
                        .get(moment)
                        .computeIfAbsent(row.get("replicate"), r -> new ArrayList<>())
                        .add(value);
            }
        });
        values.forEach((name, byMoment) -> figures.put(
                name,
                byMoment.stream()
                        .map(byReplicate -> Spread.of(byReplicate.values().stream()
                                .map(list -> Spread.of(list).mean())
                                .toList()))
                        .toList()));
    }

    private static List<Map<String, List<Double>>> empty(int moments) {
        List<Map<String, List<Double>>> empty = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            empty.add(new LinkedHashMap<>());
        }
        return empty;
    }

    private static Flips flips(Path directory, String since, int replicates) throws IOException {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        Map<String, Map<String, Flip>> last = new TreeMap<>(); // by nation and replicate
        TableReader.read(directory, "events", Set.of(), row -> {
            String month = row.get("month");
            String detail = row.get("detail");
            if (!row.get("kind").equals("flip") || month.compareTo(since) <= 0 || !detail.startsWith("from ")) {
                return;
            }
            String direction = detail.substring("from ".length());
            counts.computeIfAbsent(direction, d -> new TreeMap<>()).merge(row.get("replicate"), 1, Integer::sum);
            last.computeIfAbsent(row.get("target"), n -> new LinkedHashMap<>())
                    .put(row.get("replicate"), new Flip(row.get("target"), month, direction, 1));
        });
        Map<String, Spread> directions = new LinkedHashMap<>();
        counts.forEach((direction, byReplicate) -> {
            List<Double> values = new ArrayList<>();
            byReplicate.values().forEach(count -> values.add((double) count));
            while (values.size() < replicates) {
                values.add(0.0);
            }
            directions.put(direction, Spread.of(values));
        });
        Map<String, Spread> sorted = new LinkedHashMap<>();
        directions.entrySet().stream()
                .sorted(Comparator.comparingDouble(e -> -e.getValue().mean()))
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        List<Flip> nations = new ArrayList<>();
        last.values().forEach(byReplicate -> nations.add(mostFrequent(byReplicate)));
        nations.sort(Comparator.comparingInt(Flip::replicates)
                .thenComparing(Flip::month)
                .reversed()
                .thenComparing(Flip::iso3));
        return new Flips(since, sorted, List.copyOf(nations));
    }

    private static Flip mostFrequent(Map<String, Flip> byReplicate) {
        Map<String, Flip> byDirection = new LinkedHashMap<>();
        for (Flip flip : byReplicate.values()) {
            byDirection.merge(
                    flip.direction(), flip, (a, b) -> new Flip(a.iso3(), a.month(), a.direction(), a.replicates() + 1));
        }
        return byDirection.values().stream()
                .max(Comparator.comparingInt(Flip::replicates))
                .orElseThrow();
    }

    /**
     * As JSON.
     *
     * @return an object
     */
    public ObjectNode json() {
        ObjectNode root = Json.object();
        ArrayNode at = root.putArray("moments");
        moments.forEach(m -> at.addObject().put("name", m.name()).put("month", m.month()));
        ObjectNode all = root.putObject("figures");
        figures.forEach((name, spreads) -> {
            ArrayNode array = all.putArray(name);
            spreads.forEach(s -> array.add(json(s)));
        });
        ObjectNode flipped = root.putObject("flips");
        flipped.put("after", flips.since());
        ObjectNode directions = flipped.putObject("directions");
        flips.directions().forEach((direction, s) -> directions.set(direction, json(s)));
        ArrayNode nations = flipped.putArray("nations");
        flips.nations()
                .forEach(f -> nations.addObject()
                        .put("iso3", f.iso3())
                        .put("month", f.month())
                        .put("direction", f.direction())
                        .put("replicates", f.replicates()));
        return root;
    }

    private static ObjectNode json(Spread spread) {
        ObjectNode node = Json.object();
        put(node, "mean", spread.mean());
        put(node, "min", spread.least());
        put(node, "max", spread.greatest());
        return node;
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, new BigDecimal(value).round(DIGITS).stripTrailingZeros());
        }
    }
}
