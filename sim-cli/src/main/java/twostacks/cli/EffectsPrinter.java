package twostacks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Help.Ansi;
import twostacks.analysis.effects.Comparison;
import twostacks.analysis.results.OutcomeName;
import twostacks.analysis.results.ResultPackage;
import twostacks.analysis.results.RowReader;
import twostacks.output.Json;

/** Prints effects on a screenful each: those on the world, and the nations where they are largest. */
final class EffectsPrinter {
    private static final int MOMENTS = 3;
    private static final int NATIONS = 8;
    private static final int LABEL = 26;
    private static final int WIDTH = 24;
    private static final MathContext DIGITS = new MathContext(9);

    private record Line(String label, String outcome, double factor, int decimals) {}

    private static final List<Line> SHARES = List.of(
            new Line("US services", "share_us_closed", 100, 2),
            new Line("US open weights", "share_us_open", 100, 2),
            new Line("Chinese services", "share_cn_api", 100, 2),
            new Line("Chinese open weights", "share_cn_open", 100, 2),
            new Line("others", "share_other", 100, 2),
            new Line("nations' own models", "share_sovereign", 100, 2),
            new Line("no AI", "share_no_adoption", 100, 2));

    private static final List<Line> DEPENDENCE =
            List.of(new Line("on the US", "dependence_us", 100, 2), new Line("on China", "dependence_cn", 100, 2));

    private static final List<Line> LED_BY = List.of(
            new Line("US", "nations_led_by_us", 1, 1),
            new Line("China", "nations_led_by_cn", 1, 1),
            new Line("others", "nations_led_by_other", 1, 1),
            new Line("their own models", "nations_led_by_sovereign", 1, 1));

    /** An effect as it stands in the file. */
    private record Row(
            String iso3, double effect, double low, double high, double lowAtOnce, double highAtOnce, double ratio) {
        boolean clearAtOnce() {
            return lowAtOnce > 0 || highAtOnce < 0;
        }
    }

    /** An attributed effect as it stands in the file. */
    private record Part(String cause, double effect, double low, double high, double alone, double last) {}

    /** What is told of an alternative. */
    private static final class Told {
        private final Map<String, Map<String, Row>> world = new TreeMap<>(); // by month and outcome
        private final Map<String, List<Row>> nations = new LinkedHashMap<>(); // by outcome and month
        private final Map<String, List<Part>> parts = new LinkedHashMap<>(); // by nation, outcome and month
        private int pairs;
    }

    private final PrintWriter out;
    private final Ansi ansi;
    private final Path directory;
    private final List<OutcomeName> named;
    private final Map<String, String> names;
    private final ResultPackage results;
    private final String end;
    private final Map<String, Told> told = new LinkedHashMap<>();

    EffectsPrinter(
            PrintWriter out, boolean colours, Path directory, List<OutcomeName> named, Map<String, String> names) {
        this.out = out;
        this.ansi = colours ? Ansi.ON : Ansi.OFF;
        this.directory = directory;
        this.named = named;
        this.names = names;
        this.results = ResultPackage.open(directory);
        this.end = results.block().path("horizon").path("end").asText();
        results.block().path("alternatives").forEach(name -> told.put(name.asText(), new Told()));
        readEffects();
        if (results.has(Comparison.ATTRIBUTION)) {
            readParts();
        }
    }

    private String month(OutcomeName outcome) {
        return outcome.month().isEmpty() ? end : outcome.month();
    }

    private static String key(String outcome, String month) {
        return outcome + ":" + month;
    }

    private void readEffects() {
        Set<String> ofNations = new LinkedHashSet<>();
        named.forEach(o -> ofNations.add(key(o.column(), month(o))));
        try (RowReader rows = results.table(Comparison.EFFECTS)
                .read(
                        List.of(
                                "alternative",
                                "month",
                                "iso3",
                                "outcome",
                                "effect",
                                "low",
                                "high",
                                "low_at_once",
                                "high_at_once",
                                "variance_ratio",
                                "pairs"),
                        false)) {
            while (rows.next()) {
                Told of = told.get(rows.text(0));
                boolean world = rows.text(2).equals(OutcomeName.WORLD);
                boolean wanted = world || ofNations.contains(key(rows.text(3), rows.text(1)));
                if (!wanted) {
                    continue;
                }
                Row row = new Row(
                        rows.text(2),
                        rows.number(4),
                        rows.number(5),
                        rows.number(6),
                        rows.number(7),
                        rows.number(8),
                        rows.number(9));
                of.pairs = Math.max(of.pairs, (int) rows.number(10));
                if (world) {
                    of.world
                            .computeIfAbsent(rows.text(1), m -> new LinkedHashMap<>())
                            .put(rows.text(3), row);
                } else {
                    of.nations
                            .computeIfAbsent(key(rows.text(3), rows.text(1)), k -> new ArrayList<>())
                            .add(row);
                }
            }
        }
    }

    private void readParts() {
        try (RowReader rows = results.table(Comparison.ATTRIBUTION)
                .read(
                        List.of(
                                "alternative",
                                "month",
                                "iso3",
                                "outcome",
                                "cause",
                                "effect",
                                "low",
                                "high",
                                "alone",
                                "last"),
                        false)) {
            while (rows.next()) {
                told.get(rows.text(0))
                        .parts
                        .computeIfAbsent(rows.text(2) + "." + key(rows.text(3), rows.text(1)), k -> new ArrayList<>())
                        .add(new Part(
                                rows.text(4),
                                rows.number(5),
                                rows.number(6),
                                rows.number(7),
                                rows.number(8),
                                rows.number(9)));
            }
        }
    }

    // Text ------------------------------------------------------------------------------------------------------------

    void print() {
        boolean first = true;
        for (Map.Entry<String, Told> entry : told.entrySet()) {
            if (!first) {
                out.println();
            }
            first = false;
            print(entry.getKey(), entry.getValue());
        }
        out.println("Written to " + directory + ": effects.csv"
                + (results.has(Comparison.ATTRIBUTION) ? ", attribution.csv" : "")
                + "; the runs are in base/ and alternatives/");
    }

    private void print(String name, Told of) {
        JsonNode block = results.block();
        out.println(ansi.string("@|bold " + name + " less " + block.path("base").asText() + "|@") + "  seed "
                + block.path("seed").asLong() + ", " + of.pairs + " pairs; "
                + block.path("interval").path("method").asText() + ", " + percent() + " %");
        String since = since(of);
        if (since.isEmpty()) {
            out.println("No outcome differs in any month.");
            return;
        }
        List<String> months = moments(of, since);
        StringBuilder header = new StringBuilder(pad("first differs in " + since));
        months.forEach(m -> header.append(right(m)));
        out.println(header.toString().stripTrailing());
        section("Share of the world's people, points", SHARES, of, months);
        section("Dependence, by people, points", DEPENDENCE, of, months);
        section("Nations with most users of", LED_BY, of, months);
        for (OutcomeName outcome : named) {
            nations(outcome, of);
            parts(outcome, of);
        }
    }

    private String percent() {
        return number(100 * results.block().path("interval").path("confidence").asDouble(), 1)
                .replaceAll("\\.0$", "");
    }

    /** The first month in which something differs. */
    private static String since(Told of) {
        for (Map.Entry<String, Map<String, Row>> month : of.world.entrySet()) {
            if (month.getValue().values().stream().anyMatch(r -> r.effect() != 0 && !Double.isNaN(r.effect()))) {
                return month.getKey();
            }
        }
        return "";
    }

    /** Some Decembers after the first difference, evenly spread, and the end. */
    private List<String> moments(Told of, String since) {
        List<String> decembers = of.world.keySet().stream()
                .filter(m -> m.endsWith("-12") && m.compareTo(since) >= 0 && !m.equals(end))
                .toList();
        Set<String> moments = new LinkedHashSet<>();
        for (int i = 0; i < MOMENTS - 1 && !decembers.isEmpty(); i++) {
            int at = (int) Math.round((double) (i + 1) * decembers.size() / MOMENTS) - 1;
            moments.add(decembers.get(Math.max(0, at)));
        }
        moments.add(end);
        return List.copyOf(moments);
    }

    private void section(String title, List<Line> lines, Told of, List<String> months) {
        List<Line> there = lines.stream()
                .filter(l -> of.world.get(end).containsKey(l.outcome()))
                .toList();
        if (there.isEmpty()) {
            return;
        }
        out.println(ansi.string("@|bold " + title + "|@"));
        for (Line line : there) {
            StringBuilder text = new StringBuilder(pad("  " + line.label()));
            for (String month : months) {
                Row row = of.world.get(month).get(line.outcome());
                text.append(right(effect(row.effect(), row.low(), row.high(), line.factor(), line.decimals())));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private void nations(OutcomeName outcome, Told of) {
        Row world = of.world.getOrDefault(month(outcome), Map.of()).get(outcome.outcome());
        String what = outcome.column() + " in " + month(outcome);
        if (world != null && world.ratio() > 0 && outcome.iso3().equals(OutcomeName.WORLD)) {
            out.println("Pairing: one pair tells as much about " + outcome.outcome() + " in " + month(outcome) + " as "
                    + number(world.ratio(), world.ratio() < 10 ? 1 : 0) + " unpaired");
        }
        List<Row> rows = of.nations.getOrDefault(key(outcome.column(), month(outcome)), List.of());
        List<Row> clear = rows.stream()
                .filter(Row::clearAtOnce)
                .sorted(Comparator.comparingDouble(r -> -Math.abs(r.effect())))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        if (clear.isEmpty()) {
            out.println("No nation's " + what + " differs for sure, " + rows.size() + " nations judged at once");
            return;
        }
        out.println(ansi.string("@|bold Nations whose " + what + " differs for sure|@") + ": " + clear.size() + " of "
                + rows.size() + ", judged at once ("
                + results.block().path("interval").path("atOnce").asText() + "); the largest");
        for (Row row : clear.subList(0, Math.min(NATIONS, clear.size()))) {
            out.println(pad("  " + names.getOrDefault(row.iso3(), row.iso3()))
                    + right(effect(row.effect(), row.lowAtOnce(), row.highAtOnce(), 1, 4)));
        }
    }

    private void parts(OutcomeName outcome, Told of) {
        List<Part> parts =
                of.parts.getOrDefault(outcome.iso3() + "." + key(outcome.outcome(), month(outcome)), List.of());
        if (parts.isEmpty()) {
            return;
        }
        out.println(ansi.string("@|bold Why " + outcome.in(month(outcome)) + " differs|@")
                + ", by lever (Shapley); each alone; each last");
        for (Part part : parts) {
            StringBuilder text = new StringBuilder(pad("  " + part.cause()));
            text.append(right(effect(part.effect(), part.low(), part.high(), 1, 4)));
            if (!Double.isNaN(part.alone())) {
                text.append(right(signed(part.alone(), 4))).append(right(signed(part.last(), 4)));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static String effect(double effect, double low, double high, double factor, int decimals) {
        if (Double.isNaN(effect)) {
            return "-";
        }
        String text = signed(effect * factor, decimals);
        if (Double.isNaN(low)) {
            return text + " [?]";
        }
        return low == high
                ? text
                : text + " [" + signed(low * factor, decimals) + ", " + signed(high * factor, decimals) + "]";
    }

    private static String signed(double value, int decimals) {
        String text = number(value, decimals);
        boolean zero = text.matches("-?0(\\.0*)?");
        return zero ? text.replace("-", "") : value > 0 ? "+" + text : text;
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String pad(String text) {
        return text.length() >= LABEL ? text + " " : text + " ".repeat(LABEL - text.length());
    }

    private static String right(String text) {
        return text.length() >= WIDTH ? " " + text : " ".repeat(WIDTH - text.length()) + text;
    }

    // JSON ------------------------------------------------------------------------------------------------------------

    ObjectNode json() {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "compare");
        root.put("directory", directory.toString());
        root.set("comparison", results.block());
        ArrayNode all = root.putArray("alternatives");
        told.forEach((name, of) -> {
            ObjectNode node = all.addObject();
            node.put("name", name);
            node.put("pairs", of.pairs);
            node.put("firstDiffers", since(of));
            ObjectNode world = node.putObject("world");
            of.world.getOrDefault(end, Map.of()).forEach((outcome, row) -> put(world.putObject(outcome), row));
            ObjectNode nations = node.putObject("nations");
            of.nations.forEach((key, rows) -> {
                ObjectNode clear = nations.putObject(key);
                rows.stream().filter(Row::clearAtOnce).forEach(r -> put(clear.putObject(r.iso3()), r));
            });
            ObjectNode why = node.putObject("attribution");
            for (OutcomeName outcome : named) {
                String key = outcome.iso3() + "." + key(outcome.outcome(), month(outcome));
                for (Part part : of.parts.getOrDefault(key, List.of())) {
                    ObjectNode cause =
                            why.withObject("/" + outcome.in(month(outcome))).putObject(part.cause());
                    put(cause, "effect", part.effect());
                    put(cause, "low", part.low());
                    put(cause, "high", part.high());
                }
            }
        });
        return root;
    }

    private static void put(ObjectNode node, Row row) {
        put(node, "effect", row.effect());
        put(node, "low", row.low());
        put(node, "high", row.high());
        put(node, "lowAtOnce", row.lowAtOnce());
        put(node, "highAtOnce", row.highAtOnce());
        put(node, "varianceRatio", row.ratio());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, new BigDecimal(value).round(DIGITS).stripTrailingZeros());
        }
    }
}
