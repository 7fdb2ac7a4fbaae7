package twostacks.input;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a node says, if it says what is asked; otherwise null, and the problem is noted. */
public final class Values {
    private Values() {}

    /**
     * A text of one line or more.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param problems takes what is wrong
     * @return the text; null if the node is null or no text
     */
    public static String text(Node node, String path, Problems problems) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar && !scalar.isNothing()) {
            return scalar.text();
        }
        problems.add(node.place(), path, describe(node, path), "a text");
        return null;
    }

    /**
     * A name: a text that begins with a letter or a digit and has a form.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param form what the whole must match
     * @param words the form in words
     * @param problems takes what is wrong
     * @return the name; null if the node is null or no such name
     */
    public static String matching(Node node, String path, Pattern form, String words, Problems problems) {
        String text = text(node, path, problems);
        if (text != null && !form.matcher(text).matches()) {
            problems.add(node.place(), path, last(path) + " is '" + text + "'", words);
            return null;
        }
        return text;
    }

    /**
     * One of several names.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param kind what the names are, for lists too long to print
     * @param names the names
     * @param problems takes what is wrong
     * @return the name as it stands among the names; null if the node is null or none of them
     */
    public static String oneOf(Node node, String path, String kind, Collection<String> names, Problems problems) {
        String text = text(node, path, problems);
        if (text == null || names.contains(text)) {
            return text;
        }
        problems.addUnknown(node.place(), path, last(path) + " is '" + text + "'", text, kind, names);
        return null;
    }

    /**
     * A number within bounds.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param min least value
     * @param max greatest value
     * @param problems takes what is wrong
     * @return the number; null if the node is null or no such number
     */
    public static Double number(Node node, String path, double min, double max, Problems problems) {
        BigDecimal exact = decimal(node, path, min, max, false, problems);
        return exact == null ? null : (Double) value(exact);
    }

    /**
     * A whole number within bounds.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param min least value
     * @param max greatest value
     * @param problems takes what is wrong
     * @return the number; null if the node is null or no such number
     */
    public static Integer whole(Node node, String path, int min, int max, Problems problems) {
        BigDecimal exact = decimal(node, path, min, max, true, problems);
        return exact == null ? null : (Integer) exact.intValueExact();
    }

    /**
     * A number within bounds, as it is written.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param min least value
     * @param max greatest value
     * @param whole whether it must be whole
     * @param problems takes what is wrong
     * @return the number; null if the node is null or no such number
     */
    public static BigDecimal decimal(Node node, String path, double min, double max, boolean whole, Problems problems) {
        if (node == null) {
            return null;
        }
        String allowed = between(min, max, whole);
        if (!(node instanceof Node.Scalar scalar) || scalar.isNothing()) {
            problems.add(node.place(), path, describe(node, path), allowed);
            return null;
        }
        BigDecimal exact = Numbers.parse(scalar.text());
        if (exact == null) {
            problems.add(node.place(), path, last(path) + " is '" + scalar.text() + "'", allowed);
            return null;
        }
        if (!scalar.plain()) {
            problems.add(node.place(), path, last(path) + " is in quotes", allowed + " without quotes");
            return null;
        }
        double value = value(exact);
        boolean fits = value >= min && value <= max && Double.isFinite(value);
        if (!fits || whole && exact.stripTrailingZeros().scale() > 0) {
            problems.add(node.place(), path, last(path) + " is " + scalar.text(), allowed);
            return null;
        }
        return exact;
    }

    /**
     * A decimal as a number of the model.
     *
     * @param exact a decimal
     * @return the nearest number, no sign on zero
     */
    public static double value(BigDecimal exact) {
        return exact.doubleValue() + 0.0;
    }

    /**
     * A truth value.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param problems takes what is wrong
     * @return the value; null if the node is null or neither true nor false
     */
    public static Boolean truth(Node node, String path, Problems problems) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar && scalar.plain()) {
            String text = scalar.text().toLowerCase(Locale.ROOT);
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
        }
        problems.add(node.place(), path, describe(node, path), "true or false");
        return null;
    }

    /**
     * A month.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param problems takes what is wrong
     * @return its number counted from the year 0; null if the node is null or no month
     */
    public static Integer month(Node node, String path, Problems problems) {
        if (node == null) {
            return null;
        }
        int month = node instanceof Node.Scalar scalar ? Months.parse(scalar.text()) : -1;
        if (month < 0) {
            problems.add(node.place(), path, describe(node, path), "a month such as 2026-06");
            return null;
        }
        return month;
    }

    /**
     * A list.
     *
     * @param node node, or null
     * @param path its dotted path
     * @param problems takes what is wrong
     * @return its items; none if the node is null, nothing, or no list
     */
    public static List<Node> items(Node node, String path, Problems problems) {
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (node != null && !isNothing(node)) {
            problems.add(node.place(), path, describe(node, path), "a list such as [a, b]");
        }
        return List.of();
    }

    /**
     * Whether nothing is written at a node.
     *
     * @param node node, or null
     * @return true for null, an empty value, {@code ~} and {@code null}
     */
    public static boolean isNothing(Node node) {
        return node == null || node instanceof Node.Scalar scalar && scalar.isNothing();
    }

    /**
     * Whether a node is a word.
     *
     * @param node node, or null
     * @param word word
     * @return true for the word alone
     */
    public static boolean is(Node node, String word) {
        return node instanceof Node.Scalar scalar && scalar.text().equals(word);
    }

    /**
     * What stands at a node.
     *
     * @param node node
     * @param path its dotted path
     * @return in words, fit to begin a message
     */
    public static String describe(Node node, String path) {
        if (node instanceof Node.Sequence) {
            return last(path) + " is a list";
        }
        if (node instanceof Node.Mapping) {
            return last(path) + " has keys and values";
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return scalar.isNothing() ? last(path) + " is empty" : last(path) + " is '" + scalar.text() + "'";
    }

    /** Numbers between bounds, in words. */
    private static String between(double min, double max, boolean whole) {
        String what = whole ? "a whole number" : "a number";
        boolean low = min > (whole ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY);
        boolean high = max < (whole ? Integer.MAX_VALUE : Double.POSITIVE_INFINITY);
        if (low && high) {
            return what + " from " + Numbers.text(min) + " to " + Numbers.text(max);
        }
        return low
                ? what + " of at least " + Numbers.text(min)
                : high ? what + " of at most " + Numbers.text(max) : what;
    }

    private static String last(String path) {
        return path.isEmpty() ? "this" : path;
    }
}
