package twostacks.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.input.Values;
import twostacks.parameters.Key;
import twostacks.parameters.ParameterSpace;

/** Reads the parameters that a scenario sets, and checks what must hold between them. */
final class ParameterReader {
    private static final String NO_UNIT = "1";
    private static final int LONGEST = 200;
    private static final Pattern WITH_UNIT = Pattern.compile("\\s*([-+.0-9eE]+)\\s+(\\S.*?)\\s*");

    private final ParameterSpace space;
    private final Problems problems;
    private final Map<String, Place> places = new LinkedHashMap<>();

    ParameterReader(ParameterSpace space, Problems problems) {
        this.space = space;
        this.problems = problems;
    }

    /** The values that differ from their baseline, by dotted name. */
    Map<String, Double> read(Node node, Place whole) {
        Map<String, Double> overrides = new LinkedHashMap<>();
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                read(entry, overrides);
            }
        } else if (!Values.isNothing(node)) {
            problems.add(node.place(), "parameters", Values.describe(node, "parameters"), "keys and values");
        }
        check(overrides, whole);
        overrides
                .entrySet()
                .removeIf(e -> e.getValue() == space.entries().get(e.getKey()).baseline());
        return overrides;
    }

    private void read(Node.Entry entry, Map<String, Double> overrides) {
        String name = entry.key().text();
        ParameterSpace.Entry parameter = space.entries().get(name);
        if (parameter == null) {
            unknown(entry.key());
            return;
        }
        places.put(name, entry.value().place());
        Double value = value(parameter, entry.value());
        if (value != null) {
            overrides.put(name, value);
        }
    }

    private void unknown(Node.Scalar key) {
        String name = key.text();
        if (problems.isFull()) {
            problems.add(key.place(), "parameters." + name, "no parameter is called '" + name + "'");
            return;
        }
        List<ParameterSpace.Entry> family = space.entries().values().stream()
                .filter(e -> e.family().equals(name) && e.by() != Key.NONE)
                .toList();
        if (!family.isEmpty()) {
            problems.add(
                    key.place(),
                    "parameters." + name,
                    "'" + name + "' has one value for each of several keys",
                    Problems.oneOf(
                            family.stream().map(ParameterSpace.Entry::name).toList()));
            return;
        }
        Set<String> siblings = space.entries().values().stream()
                .filter(e -> name.startsWith(e.family() + "."))
                .map(ParameterSpace.Entry::name)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        problems.addUnknown(
                key.place(),
                "parameters." + name,
                "no parameter is called '" + name + "'",
                name,
                "a parameter as 'params list' prints them",
                siblings.isEmpty() ? space.entries().keySet() : siblings);
    }

    private Double value(ParameterSpace.Entry parameter, Node node) {
        String path = parameter.name();
        if (!parameter.choices().isEmpty()
                && node instanceof Node.Scalar scalar
                && Numbers.parse(scalar.text()) == null) {
            int choice = parameter.choices().indexOf(scalar.text());
            if (choice >= 0) {
                return (double) choice;
            }
            problems.addUnknown(
                    node.place(),
                    "parameters." + path,
                    path + " is '" + scalar.text() + "'",
                    scalar.text(),
                    allowed(parameter),
                    parameter.choices());
            return null;
        }
        Node number = node;
        if (node instanceof Node.Scalar scalar
                && !parameter.unit().equals(NO_UNIT)
                && scalar.text().length() <= LONGEST
                && Numbers.parse(scalar.text()) == null) {
            Matcher matcher = WITH_UNIT.matcher(scalar.text());
            if (matcher.matches() && Numbers.parse(matcher.group(1)) != null) {
                if (!matcher.group(2).equals(parameter.unit())) {
                    problems.add(
                            node.place(),
                            "parameters." + path,
                            path + " has the unit '" + matcher.group(2) + "'",
                            "'" + parameter.unit() + "'");
                    return null;
                }
                number = new Node.Scalar(node.place(), matcher.group(1), true);
            }
        }
        Problems own = new Problems();
        Double value = Values.number(number, path, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, own);
        if (value == null) {
            problems.add(
                    node.place(),
                    "parameters." + path,
                    own.all().get(0).message(),
                    allowed(parameter) + (own.all().get(0).message().endsWith("quotes") ? " without quotes" : ""));
            return null;
        }
        if (!parameter.allows(value)) {
            problems.add(
                    node.place(),
                    "parameters." + path,
                    path + " is " + ((Node.Scalar) number).text(),
                    allowed(parameter));
            return null;
        }
        return value;
    }

    /** The values that a parameter may have, in words. */
    static String allowed(ParameterSpace.Entry parameter) {
        if (!parameter.choices().isEmpty()) {
            return Problems.oneOf(parameter.choices());
        }
        String unit = parameter.unit().equals(NO_UNIT) ? "" : " " + parameter.unit();
        return (parameter.type() == ParameterSpace.Type.INTEGER ? "a whole number from " : "a number from ")
                + Numbers.text(parameter.min()) + " to " + Numbers.text(parameter.max()) + unit;
    }

    private void check(Map<String, Double> overrides, Place whole) {
        for (ParameterSpace.Conflict conflict : space.conflicts(overrides)) {
            String name = conflict.names().stream()
                    .filter(places::containsKey)
                    .findFirst()
                    .orElse(conflict.names().get(0));
            problems.add(
                    places.getOrDefault(name, whole), "parameters." + name, conflict.message(), conflict.allowed());
        }
    }
}
