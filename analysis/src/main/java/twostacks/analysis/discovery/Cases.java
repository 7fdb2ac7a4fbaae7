package twostacks.analysis.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.Sweep;
import twostacks.analysis.results.Sweep.Factor;
import twostacks.analysis.results.Sweep.Setting;

/**
 * A sweep as cases: a case is a point of the design in a scenario and under a lever, and its yield is the share of its
 * replicates in which a condition holds. Where the condition names the levers of all its outcomes, a case is a point in a
 * scenario.
 *
 * <p>A replicate of which a run is missing or has no value is left out of the share; a case without any replicate is masked.
 * Of a saltelli design the points of A and B are cases, which are drawn independently of one another, and not those mixed
 * from them.
 */
final class Cases {
    private static final String SCENARIO = "scenario";
    private static final String LEVER = "lever";

    private final Sweep sweep;
    private final Condition condition;
    private final List<Setting> settings; // of a case; without a lever where the condition names them
    private final List<String> dimensions = new ArrayList<>();
    private final List<List<String>> categories = new ArrayList<>();
    private final List<double[]> values = new ArrayList<>(); // of a factor by point; null for a category
    private final List<Integer> points = new ArrayList<>();
    private final List<Double> yields = new ArrayList<>();
    private final List<Setting> where = new ArrayList<>();
    private int masked;

    Cases(Sweep sweep, Condition condition) {
        this.sweep = sweep;
        this.condition = condition;
        boolean byScenario = condition.namesLevers();
        this.settings = byScenario
                ? sweep.settings().stream()
                        .map(s -> new Setting(s.scenario(), ""))
                        .distinct()
                        .toList()
                : sweep.settings();
        for (int f = 0; f < sweep.factors().size(); f++) {
            add(sweep.factors().get(f).name(), List.of(), sweep.values(f));
        }
        add(SCENARIO, settings.stream().map(Setting::scenario).distinct().toList(), null);
        add(LEVER, settings.stream().map(Setting::lever).distinct().toList(), null);
        settings.forEach(this::collect);
    }

    private void add(String name, List<String> taken, double[] column) {
        if (column != null || taken.size() > 1) {
            dimensions.add(name);
            categories.add(taken);
            values.add(column);
        }
    }

    /** What a condition about a sweep may name. */
    static Condition.Names names(Sweep sweep) {
        return new Condition.Names(
                sweep.outcomes(),
                sweep.factors().stream().map(Factor::name).toList(),
                sweep.settings().stream().map(Setting::lever).distinct().toList());
    }

    /** The outcomes that a condition asks for, by point and replicate. */
    static Map<Condition.Operand, double[]> outcomes(Sweep sweep, Condition condition, Setting setting) {
        Map<Condition.Operand, double[]> outcomes = new HashMap<>();
        for (Condition.Operand operand : condition.operands()) {
            Setting of = operand.lever().isEmpty() ? setting : new Setting(setting.scenario(), operand.lever());
            if (!sweep.settings().contains(of)) {
                throw new ResultException(sweep.results().directory() + " has no runs of " + of);
            }
            outcomes.put(operand, sweep.outcome(of, operand.outcome()));
        }
        return outcomes;
    }

    private void collect(Setting setting) {
        Map<Condition.Operand, double[]> outcomes = outcomes(sweep, condition, setting);
        boolean saltelli = sweep.design().equals("saltelli");
        for (int point = 0; point < sweep.points(); point++) {
            if (saltelli && sweep.part(point).startsWith("AB:")) {
                continue;
            }
            int there = 0;
            int holds = 0;
            for (int r = 0; r < sweep.replicates(); r++) {
                int at = point * sweep.replicates() + r;
                if (!Double.isNaN(condition.margin(o -> outcomes.get(o)[at]))) {
                    there++;
                    holds += condition.holds(o -> outcomes.get(o)[at]) ? 1 : 0;
                }
            }
            if (there == 0) {
                masked++;
            } else {
                points.add(point);
                where.add(setting);
                yields.add((double) holds / there);
            }
        }
    }

    int size() {
        return points.size();
    }

    int masked() {
        return masked;
    }

    List<String> dimensions() {
        return List.copyOf(dimensions);
    }

    List<String> categories(int dimension) {
        return categories.get(dimension);
    }

    /** The point of the design that a case is of. */
    int point(int at) {
        return points.get(at);
    }

    /** What a case is, in words. */
    String what() {
        boolean scenarios = dimensions.contains(SCENARIO);
        boolean levers = dimensions.contains(LEVER);
        return "a point" + (scenarios ? " in a scenario" : "") + (scenarios && levers ? " and" : "")
                + (levers ? " under a lever" : "");
    }

    Prim.Data data() {
        int n = size();
        double[][] x = new double[dimensions.size()][n];
        int[] numbers = new int[x.length];
        for (int d = 0; d < x.length; d++) {
            List<String> names = categories.get(d);
            numbers[d] = names.size();
            for (int i = 0; i < n; i++) {
                x[d][i] = !names.isEmpty()
                        ? names.indexOf(
                                dimensions.get(d).equals(SCENARIO)
                                        ? where.get(i).scenario()
                                        : where.get(i).lever())
                        : values.get(d)[points.get(i)];
            }
        }
        return new Prim.Data(
                x, numbers, yields.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
