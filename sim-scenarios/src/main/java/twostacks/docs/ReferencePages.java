package twostacks.docs;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import twostacks.input.Numbers;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.parameters.Group;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Field;
import twostacks.policy.Intervention;
import twostacks.policy.Levers;
import twostacks.scenario.ScenarioCatalog;

/**
 * The tables and lists in the documents that would go stale if people kept them: pure functions from what the code says to
 * Markdown. A document holds each between two comments, {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->}.
 */
public final class ReferencePages {

    private ReferencePages() {}

    /**
     * Every parameter: a table for each section, a row for each family.
     *
     * @return Markdown
     */
    public static String parameters() {
        Map<String, Map<String, List<ParameterSpace.Entry>>> sections = new LinkedHashMap<>();
        for (ParameterSpace.Entry entry : ParameterSpace.ofDefaults().entries().values()) {
            sections.computeIfAbsent(entry.section(), s -> new LinkedHashMap<>())
                    .computeIfAbsent(entry.family(), f -> new ArrayList<>())
                    .add(entry);
        }
        StringBuilder page = new StringBuilder();
        sections.forEach((section, families) -> {
            page.append("\n#### ").append(section).append("\n\n");
            row(page, "Name", "Meaning", "Unit", "Baseline", "Plausible range", "Lever", "Basis", "Source");
            rule(page, 8);
            families.values().forEach(family -> parameter(page, family));
        });
        return page.append('\n').toString();
    }

    private static void parameter(StringBuilder page, List<ParameterSpace.Entry> family) {
        ParameterSpace.Entry one = family.get(0);
        String by = one.by() == Key.NONE ? "" : ".<" + keyName(one.by()) + ">";
        row(
                page,
                "`" + one.family() + by + "`",
                one.meaning(),
                one.unit(),
                byKey(family, e -> Numbers.text(e.baseline())),
                byKey(family, e -> range(e.low(), e.high())),
                lever(one.group()),
                byKey(family, e -> e.basis().name().toLowerCase(Locale.ROOT)),
                one.source());
    }

    /** What differs between keys, each with the keys that have it; a value that all share stands alone. */
    private static String byKey(List<ParameterSpace.Entry> family, Function<ParameterSpace.Entry, String> text) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (ParameterSpace.Entry entry : family) {
            keys.computeIfAbsent(text.apply(entry), t -> new ArrayList<>()).add(entry.key());
        }
        if (keys.size() == 1) {
            return keys.keySet().iterator().next();
        }
        return keys.entrySet().stream()
                .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String keyName(Key by) {
        return switch (by) {
            case NONE -> "";
            case SEGMENT -> "segment";
            case STACK -> "stack";
            case BLOC -> "bloc";
            case US_TARGET_TIER, CN_TARGET_TIER -> "tier";
        };
    }

    private static String lever(Group group) {
        return group.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String range(double low, double high) {
        return low == high ? Numbers.text(low) : Numbers.text(low) + " to " + Numbers.text(high);
    }

    /**
     * Every output column: a table for each file.
     *
     * @return Markdown
     */
    public static String outcomes() {
        StringBuilder page = new StringBuilder();
        for (Table<?> table : Outcomes.TABLES) {
            page.append("\n#### `").append(table.name()).append(".csv`\n\n").append(capital(table.meaning()));
            page.append(". Key: `scenario, replicate, month, ").append(String.join(", ", table.key()));
            page.append(table.onRequest() ? "`. Written on request.\n\n" : "`.\n\n");
            row(page, "Column", "Kind", "Unit", "Range", "Meaning");
            rule(page, 5);
            for (Column<?> column : table.columns()) {
                row(page, "`" + column.name() + "`", kind(column), column.unit(), bounds(column), column.meaning());
            }
        }
        return page.append('\n').toString();
    }

    private static String kind(Column<?> column) {
        return switch (column.kind()) {
            case NUMBER -> column.decimals() + " decimals";
            case INTEGER -> "whole";
            case TEXT -> "text";
        };
    }

    private static String bounds(Column<?> column) {
        boolean least = !Double.isNaN(column.min());
        boolean most = !Double.isNaN(column.max());
        if (least && most) {
            return Numbers.text(column.min()) + " to " + Numbers.text(column.max());
        }
        return least ? "≥ " + Numbers.text(column.min()) : most ? "≤ " + Numbers.text(column.max()) : "";
    }

    /**
     * The names of all interventions, as files write them.
     *
     * @return names in the order of their declaration
     */
    public static List<String> interventionNames() {
        return Arrays.stream(Intervention.class.getPermittedSubclasses())
                .map(ReferencePages::nameInFiles)
                .toList();
    }

    /**
     * Every intervention with its fields.
     *
     * @param summaries a sentence for each, by the name in files; they stand in the Javadoc of the records, which no
     *     running program sees
     * @return Markdown
     */
    public static String interventions(Map<String, String> summaries) {
        StringBuilder page = new StringBuilder();
        for (Class<?> type : Intervention.class.getPermittedSubclasses()) {
            String name = nameInFiles(type);
            page.append("\n### `").append(name).append("`\n\n").append(summaries.getOrDefault(name, ""));
            page.append(happensOnce(type) ? " Happens in its first month only.\n" : "\n");
            if (type.getRecordComponents().length > 0) {
                page.append('\n');
                row(page, "Field", "Kind", "Without it", "Meaning");
                rule(page, 4);
                for (RecordComponent component : type.getRecordComponents()) {
                    Field field = component.getAnnotation(Field.class);
                    row(page, "`" + component.getName() + "`", kind(component, field), without(field), field.value());
                }
            }
        }
        return page.append('\n').toString();
    }

    private static String nameInFiles(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static boolean happensOnce(Class<?> type) {
        try {
            return type.getMethod("apply", Levers.class).getDeclaringClass() == Intervention.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kind(RecordComponent component, Field field) {
        boolean list = component.getType() == List.class;
        Class<?> element = list
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        return (list ? "list of " : "") + what(element, field, list);
    }

    private static String what(Class<?> type, Field field, boolean many) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(c -> "`" + inFiles((Enum<?>) c) + "`")
                    .collect(Collectors.joining(", "));
        }
        if (type == boolean.class) {
            return "`true` or `false`";
        }
        if (type == int.class || type == double.class) {
            return (type == int.class ? "whole number" : "number") + bounds(field);
        }
        return switch (field.names()) {
            case NONE -> "text";
            case LABS -> many ? "labs" : "lab";
            case NATIONS -> "ISO 3166 alpha-3 codes";
            case TIERS -> quoted(tiers());
            case SEGMENTS -> "segments";
            case PARAMETER -> "name of a parameter";
        };
    }

    private static String bounds(Field field) {
        boolean least = field.min() > Double.NEGATIVE_INFINITY;
        boolean most = field.max() < Double.POSITIVE_INFINITY;
        if (least && most) {
            return ", " + Numbers.text(field.min()) + " to " + Numbers.text(field.max());
        }
        return least ? ", ≥ " + Numbers.text(field.min()) : most ? ", ≤ " + Numbers.text(field.max()) : "";
    }

    private static Set<String> tiers() {
        Set<String> tiers = new LinkedHashSet<>(Key.US_TARGET_TIER.names());
        tiers.addAll(Key.CN_TARGET_TIER.names());
        return tiers;
    }

    private static String quoted(Set<String> words) {
        return words.stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "));
    }

    /** How a constant stands in files: the powers in capitals, all others small. */
    private static String inFiles(Enum<?> constant) {
        return constant == Bloc.US || constant == Bloc.CN
                ? constant.name()
                : constant.name().toLowerCase(Locale.ROOT);
    }

    private static String without(Field field) {
        return switch (field.orElse()) {
            case "required" -> "must stand";
            case "" -> "none";
            default -> "`" + field.orElse() + "`";
        };
    }

    /**
     * Every bundled scenario: what it assumes, and what a run of it may refute.
     *
     * @return Markdown
     */
    public static String scenarios() {
        StringBuilder page = new StringBuilder();
        for (ScenarioCatalog.Entry entry : ScenarioCatalog.list()) {
            page.append("\n### `").append(entry.name()).append("`\n\n");
            page.append(plain(entry.description())).append("\n\n*Hypothesis:* ");
            page.append(plain(entry.hypothesis())).append('\n');
        }
        return page.append('\n').toString();
    }

    /**
     * A document with what stands between the two comments of a name replaced.
     *
     * @param document Markdown
     * @param name name in the comments
     * @param content what is to stand between them
     * @return the document
     * @throws IllegalArgumentException if it does not have each of the two comments once, in their order
     */
    public static String replaced(String document, String name, String content) {
        String begin = "<!-- " + name + ":begin -->\n";
        String end = "<!-- " + name + ":end -->\n";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from || document.lastIndexOf(begin) != from || document.lastIndexOf(end) != to) {
            throw new IllegalArgumentException(
                    "the document must have a line '" + begin.strip() + "', and '" + end.strip() + "' after it");
        }
        return document.substring(0, from + begin.length()) + content + document.substring(to);
    }

    private static void row(StringBuilder page, String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(plain(cell).replace("|", "\\|")).append(" |");
        }
        page.append('\n');
    }

    private static void rule(StringBuilder page, int cells) {
        page.append("|---".repeat(cells)).append("|\n");
    }

    /** A text in which names with underscores outside code are no emphasis. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        boolean code = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            code ^= c == '`';
            boolean special = !code && (c == '_' || c == '*' || c == '<');
            plain.append(special ? "\\" : "").append(c);
        }
        return plain.toString();
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
