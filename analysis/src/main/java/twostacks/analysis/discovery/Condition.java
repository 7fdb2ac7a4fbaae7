package twostacks.analysis.discovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import twostacks.analysis.results.ResultException;

/**
 * Something that a run's outcomes meet or not, such as {@code share_cn_open > 0.3 and gap_months <= 6}.
 *
 * <pre>
 *   condition = and { "or" and }
 *   and       = one { "and" one }
 *   one       = "not" one | "(" condition ")" | sum ("&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "=" | "!=") sum
 *   sum       = part { ("+" | "-") part }      with blanks on either side of the sign
 *   part      = NUMBER | [NUMBER "*"] OUTCOME ["[" LEVER "]"]
 * </pre>
 *
 * <p>{@code OUTCOME[LEVER]} is the outcome of the run that shares point and replicate, and so its luck, under that lever:
 * {@code south.share_cn_open[tightened] < south.share_cn_open[as-is]}.
 */
public final class Condition {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<op><=|>=|!=|<|>|=|\\(|\\)|\\*)"
            + "|(?<name>[A-Za-z_][A-Za-z0-9_.@:-]*)(?:\\[(?<lever>[^\\]]*)\\])?"
            + "|(?<number>[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?)(?![A-Za-z0-9_.])"
            + "|(?<sign>[-+])(?=\\s))");
    private static final List<String> WORDS = List.of("and", "or", "not");
    private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "=", "!=");
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;

    /**
     * An outcome that a condition asks for.
     *
     * @param outcome name
     * @param lever lever whose run is meant; empty for that of the case itself
     */
    public record Operand(String outcome, String lever) {
        @Override
        public String toString() {
            return lever.isEmpty() ? outcome : outcome + "[" + lever + "]";
        }
    }

    /**
     * What may be named.
     *
     * @param outcomes outcomes
     * @param factors factors, which are no outcomes
     * @param levers levers
     */
    public record Names(List<String> outcomes, List<String> factors, List<String> levers) {
        /** Copies the lists. */
        public Names {
            outcomes = List.copyOf(outcomes);
            factors = List.copyOf(factors);
            levers = List.copyOf(levers);
        }
    }

    /** A part of a condition: how far it is from not holding. */
    private interface Part {
        /** Above 0 where it holds, below where it does not; at 0 {@link #holds} decides. NaN if it cannot be told. */
        double margin(ToDoubleFunction<Operand> values);

        boolean holds(ToDoubleFunction<Operand> values);
    }

    private record Comparison(String operator, List<Term> left, List<Term> right) implements Part {
        private double difference(ToDoubleFunction<Operand> values) {
            double sum = 0;
            for (Term term : left) {
                sum += term.value(values);
            }
            for (Term term : right) {
                sum -= term.value(values);
            }
            return sum;
        }

        @Override
        public double margin(ToDoubleFunction<Operand> values) {
            double d = difference(values);
            return switch (operator) {
                case "<", "<=" -> 0 - d;
                case ">", ">=" -> d;
                case "=" -> 0 - Math.abs(d);
                default -> Math.abs(d);
            };
        }

        @Override
        public boolean holds(ToDoubleFunction<Operand> values) {
            double d = difference(values);
            return switch (operator) {
                case "<" -> d < 0;
                case "<=" -> d <= 0;
                case ">" -> d > 0;
                case ">=" -> d >= 0;
                case "=" -> d == 0;
                default -> d != 0;
            };
        }
    }

    /** A number, or that times an outcome. */
    private record Term(double factor, Operand operand) {
        double value(ToDoubleFunction<Operand> values) {
            return operand == null ? factor : factor * values.applyAsDouble(operand);
        }
    }

    private record Not(Part part) implements Part {
        @Override
        public double margin(ToDoubleFunction<Operand> values) {
            return 0 - part.margin(values);
        }

        @Override
        public boolean holds(ToDoubleFunction<Operand> values) {
            return !part.holds(values);
        }
    }

    private record Several(boolean all, List<Part> parts) implements Part {
        @Override
        public double margin(ToDoubleFunction<Operand> values) {
            double margin = parts.get(0).margin(values);
            for (Part part : parts.subList(1, parts.size())) {
                double m = part.margin(values);
                margin = all ? Math.min(margin, m) : Math.max(margin, m); // NaN stays
            }
            return margin;
        }

        @Override
        public boolean holds(ToDoubleFunction<Operand> values) {
            return all
                    ? parts.stream().allMatch(p -> p.holds(values))
                    : parts.stream().anyMatch(p -> p.holds(values));
        }
    }

    private final String text;
    private final Part root;
    private final List<Operand> operands;

    private Condition(String text, Part root, Set<Operand> operands) {
        this.text = text;
        this.root = root;
        this.operands = List.copyOf(operands);
    }

    /**
     * Reads a condition.
     *
     * @param text condition
     * @param names what it may name
     * @return the condition
     * @throws ResultException saying at which character it is wrong and what would be right
     */
    public static Condition parse(String text, Names names) {
        return new Parser(text, names).condition();
    }

    /**
     * The outcomes that it asks for.
     *
     * @return outcomes in the order in which they first stand
     */
    public List<Operand> operands() {
        return operands;
    }

    /**
     * Whether every outcome says under which lever it is meant, so that the condition is about a point.
     *
     * @return true if the lever of the case plays no part
     */
    public boolean namesLevers() {
        return operands.stream().noneMatch(o -> o.lever().isEmpty());
    }

    /**
     * Whether it holds.
     *
     * @param values outcomes
     * @return true if it does; meaningless where an outcome is NaN
     */
    public boolean holds(ToDoubleFunction<Operand> values) {
        return root.holds(values);
    }

    /**
     * By how much it holds, in the outcomes' units: what is left until a comparison no longer holds, the least of several
     * joined by {@code and}, the greatest of several joined by {@code or}.
     *
     * @param values outcomes
     * @return margin, below 0 where it does not hold; NaN if an outcome is
     */
    public double margin(ToDoubleFunction<Operand> values) {
        return root.margin(values);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Parser {
        private final String text;
        private final Names names;
        private final Set<Operand> operands = new LinkedHashSet<>();
        private final List<String> tokens = new ArrayList<>();
        private final List<String> levers = new ArrayList<>(); // of each token; null for none
        private final List<Integer> places = new ArrayList<>();
        private int at;
        private int depth;

        Parser(String text, Names names) {
            this.text = text.strip();
            this.names = names;
            if (this.text.length() > LONGEST) {
                throw new ResultException("the condition is longer than " + LONGEST + " characters");
            }
            Matcher matcher = TOKEN.matcher(this.text);
            int from = 0;
            while (from < this.text.length()) {
                if (!matcher.find(from) || matcher.start() != from) {
                    while (Character.isWhitespace(this.text.charAt(from))) {
                        from++;
                    }
                    throw wrong(
                            from, "'" + word(from) + "'", "a number, an outcome, <, <=, >, >=, =, !=, and, or, not");
                }
                String token = matcher.group().strip();
                String name = matcher.group("name");
                tokens.add(name != null ? name : token);
                levers.add(matcher.group("lever"));
                places.add(matcher.end() - token.length());
                from = matcher.end();
            }
        }

        private String word(int from) {
            int end = from;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && end < from + 40) {
                end++;
            }
            return text.substring(from, end);
        }

        private ResultException wrong(int place, String found, String expected) {
            return new ResultException(
                    "'" + text + "', character " + (place + 1) + ": " + found + "; expected " + expected);
        }

        private ResultException wrong(String expected) {
            return at < tokens.size()
                    ? wrong(places.get(at), "'" + tokens.get(at) + "'", expected)
                    : wrong(text.length(), "the end", expected);
        }

        private String next() {
            return at < tokens.size() ? tokens.get(at) : "";
        }

        private boolean take(String token) {
            if (next().equals(token)) {
                at++;
                return true;
            }
            return false;
        }

        Condition condition() {
            Part root = or();
            if (at < tokens.size()) {
                throw wrong("'and', 'or' or the end");
            }
            return new Condition(text, root, operands);
        }

        private Part or() {
            List<Part> parts = new ArrayList<>(List.of(and()));
            while (take("or")) {
                parts.add(and());
            }
            return parts.size() == 1 ? parts.get(0) : new Several(false, parts);
        }

        private Part and() {
            List<Part> parts = new ArrayList<>(List.of(one()));
            while (take("and")) {
                parts.add(one());
            }
            return parts.size() == 1 ? parts.get(0) : new Several(true, parts);
        }

        private Part one() {
            if (++depth > DEEPEST) {
                throw wrong("no more than " + DEEPEST + " parts within one another");
            }
            try {
                if (take("not")) {
                    return new Not(one());
                }
                if (take("(")) {
                    Part inner = or();
                    if (!take(")")) {
                        throw wrong("')'");
                    }
                    return inner;
                }
                int start = at;
                List<Term> left = sum();
                String operator = next();
                if (!COMPARISONS.contains(operator)) {
                    throw wrong("one of " + String.join(", ", COMPARISONS));
                }
                at++;
                List<Term> right = sum();
                if (left.stream().allMatch(t -> t.operand == null)
                        && right.stream().allMatch(t -> t.operand == null)) {
                    throw wrong(places.get(start), "a comparison of numbers", "an outcome on either side");
                }
                return new Comparison(operator, left, right);
            } finally {
                depth--;
            }
        }

        private List<Term> sum() {
            List<Term> terms = new ArrayList<>(List.of(term(1)));
            while (next().equals("+") || next().equals("-")) {
                int sign = take("-") ? -1 : 1;
                if (sign > 0) {
                    at++;
                }
                terms.add(term(sign));
            }
            return terms;
        }

        private Term term(int sign) {
            String token = next();
            if (!token.isEmpty()
                    && (Character.isDigit(token.charAt(token.length() - 1)) || token.endsWith("."))
                    && !Character.isLetter(token.charAt(0))
                    && token.charAt(0) != '_') {
                at++;
                double number = sign * Double.parseDouble(token);
                return take("*") ? new Term(number, operand()) : new Term(number, null);
            }
            return new Term(sign, operand());
        }

        private Operand operand() {
            String name = next();
            if (name.isEmpty()
                    || !(Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
                    || WORDS.contains(name)) {
                throw wrong("an outcome or a number");
            }
            String where = "'" + text + "', character " + (places.get(at) + 1) + ": ";
            if (!names.outcomes().contains(name)) {
                if (names.factors().contains(name)) {
                    throw new ResultException(where + "'" + name + "' is a factor; expected an outcome: "
                            + String.join(", ", names.outcomes()));
                }
                throw ResultException.unknown(
                        where + "no outcome of the runs is called '" + name + "'", name, names.outcomes());
            }
            String lever = levers.get(at);
            if (lever != null && !names.levers().contains(lever)) {
                throw ResultException.unknown(
                        where + "no lever is called '" + lever + "'; there are " + String.join(", ", names.levers()),
                        lever,
                        names.levers());
            }
            at++;
            Operand operand = new Operand(name, lever == null ? "" : lever);
            operands.add(operand);
            return operand;
        }
    }
}
