package twostacks.scenario;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import twostacks.input.Numbers;

/**
 * Writes values as YAML, the same bytes for the same values on every platform: keys in the order given, small mappings
 * and lists in one line, numbers by {@link Numbers}, texts quoted unless they are plain words.
 */
public final class Yaml {
    /** Stands for no value. */
    public static final Object NONE = new Object();

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Pattern RESERVED =
            Pattern.compile("(?i)true|false|null|none|yes|no|on|off|y|n|end|bundled|all");

    private final StringBuilder text = new StringBuilder();

    /**
     * Adds a key with a value in one line.
     *
     * @param indent depth
     * @param key key
     * @param value text, number, truth value, word, map or list
     * @return this
     */
    public Yaml line(int indent, String key, Object value) {
        text.append("  ".repeat(indent)).append(scalar(key)).append(": ");
        inline(value);
        text.append('\n');
        return this;
    }

    /**
     * Adds a key under which lines follow.
     *
     * @param indent depth
     * @param key key
     * @return this
     */
    public Yaml open(int indent, String key) {
        text.append("  ".repeat(indent)).append(scalar(key)).append(":\n");
        return this;
    }

    /**
     * Adds an item of a list in one line.
     *
     * @param indent depth
     * @param value as for {@link #line}
     * @return this
     */
    public Yaml item(int indent, Object value) {
        text.append("  ".repeat(indent)).append("- ");
        inline(value);
        text.append('\n');
        return this;
    }

    private void inline(Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator).append(scalar(entry.getKey().toString())).append(": ");
                inline(entry.getValue());
                separator = ", ";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                text.append(separator);
                inline(item);
                separator = ", ";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else {
            text.append(
                    value == NONE
                            ? "none"
                            : value instanceof Double number
                                    ? Numbers.text(number)
                                    : value instanceof Number || value instanceof Boolean
                                            ? value.toString()
                                            : value instanceof Word word ? word.text() : scalar((String) value));
        }
    }

    /**
     * A text that stands as it is.
     *
     * @param text a month, an exact number or a word of the format
     */
    public record Word(String text) {}

    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !RESERVED.matcher(value).matches()) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c == '\t') {
                quoted.append("\\t");
            } else if (c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                quoted.append(String.format(java.util.Locale.ROOT, "\\u%04X", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
