package twostacks.analysis.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Scores;
import twostacks.analysis.hindcast.Target;

/**
 * Distance of figures from targets, over families of them: Σ weight·(mean absolute error/mean absolute deviation)/Σ weight.
 * The deviation is that of what was observed from its median, so 1 is what predicting the median for everybody would
 * give. Both are of asin √share for shares, and of the figure over the greatest one for others. Absolute errors, not
 * squares: one nation far from all others should not outweigh the order of the rest. Of a family with fewer than three
 * targets the deviation counts as 0.05.
 *
 * <p>Levels hardly tell how fast a family grows: an error of five points hides a growth of one. So a family's growth can
 * count by itself: ln of later figures over earlier ones of the same nations, period by period, pooled within each third
 * of its nations by income, since that of a single nation drowns in luck; the error is over what the figures observed grow
 * by, so 1 is what predicting no growth would give.
 */
public final class FamilyDistance implements Distance {
    private static final double FEW = 0.05;

    private static final int THIRDS = 3;

    private final List<Family> families;
    private final List<Growth> growths;

    private record Family(
            double weight, int[] places, double[] observed, double scale, boolean shares, double deviation) {}

    /** Places of the earlier and later figures of each third in each period, and what it grew by. */
    private record Growth(double weight, List<int[]> earlier, List<int[]> later, double[] observed, double scale) {}

    private FamilyDistance(List<Family> families, List<Growth> growths) {
        this.families = families;
        this.growths = growths;
    }

    /**
     * A distance.
     *
     * @param targets all targets, in the order of the figures
     * @param families family of each target; null for one that does not count
     * @param weights weight of each family
     * @param growth weight of the growth of each family whose growth counts
     * @param income income a head by nation; only its order matters
     * @param used whether a target is to be used: those held out are not
     */
    public static FamilyDistance of(
            List<Target> targets,
            List<String> families,
            Map<String, Double> weights,
            Map<String, Double> growth,
            Map<String, Double> income,
            boolean[] used) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            if (used[i] && families.get(i) != null) {
                members.computeIfAbsent(families.get(i), f -> new ArrayList<>()).add(i);
            }
        }
        List<Family> levels = new ArrayList<>();
        List<Growth> growths = new ArrayList<>();
        members.forEach((name, places) -> {
            if (weights.containsKey(name)) {
                levels.add(family(weights.get(name), places, targets));
            }
            if (growth.containsKey(name)) {
                Growth of = growth(growth.get(name), places, targets, income);
                if (of.scale() > 0) {
                    growths.add(of);
                }
            }
        });
        return new FamilyDistance(levels, growths);
    }

    private static Growth growth(
            double weight, List<Integer> members, List<Target> targets, Map<String, Double> income) {
        List<int[]> steps = new ArrayList<>();
        for (int later : members) {
            members.stream()
                    .filter(i -> targets.get(i).precedes(targets.get(later)))
                    .max(Comparator.comparingInt(i -> targets.get(i).last()))
                    .ifPresent(earlier -> steps.add(new int[] {earlier, later}));
        }
        steps.removeIf(s -> !income.containsKey(targets.get(s[0]).entity()));
        steps.sort(Comparator.comparingDouble(s -> income.get(targets.get(s[0]).entity())));
        Map<Integer, List<int[]>> periods = new TreeMap<>();
        for (int[] step : steps) {
            periods.computeIfAbsent(targets.get(step[1]).last(), end -> new ArrayList<>())
                    .add(step);
        }
        double[] figures = targets.stream().mapToDouble(Target::observed).toArray();
        List<int[]> earlier = new ArrayList<>();
        List<int[]> later = new ArrayList<>();
        for (List<int[]> period : periods.values()) {
            int thirds = Math.min(THIRDS, period.size());
            for (int third = 0; third < thirds; third++) {
                List<int[]> its = period.subList(third * period.size() / thirds, (third + 1) * period.size() / thirds);
                earlier.add(its.stream().mapToInt(s -> s[0]).toArray());
                later.add(its.stream().mapToInt(s -> s[1]).toArray());
            }
        }
        double[] observed = new double[earlier.size()];
        double scale = 0;
        for (int g = 0; g < observed.length; g++) {
            observed[g] = grown(figures, earlier.get(g), later.get(g));
            scale += Math.abs(observed[g]) / observed.length;
        }
        return new Growth(weight, earlier, later, observed, scale);
    }

    /** Logarithm of the later figures over the earlier ones, pooled; pairs of which one is missing do not count. */
    private static double grown(double[] figures, int[] earlier, int[] later) {
        double before = 0;
        double after = 0;
        for (int i = 0; i < earlier.length; i++) {
            if (!Double.isNaN(figures[earlier[i]]) && !Double.isNaN(figures[later[i]])) {
                before += figures[earlier[i]];
                after += figures[later[i]];
            }
        }
        return StrictMath.log(after / before);
    }

    private static Family family(double weight, List<Integer> members, List<Target> targets) {
        int[] places = members.stream().mapToInt(i -> i).toArray();
        boolean shares = members.stream()
                .allMatch(i -> targets.get(i).observed() >= 0 && targets.get(i).observed() <= 1);
        double scale = members.stream()
                .mapToDouble(i -> Math.abs(targets.get(i).observed()))
                .max()
                .orElse(1);
        double[] observed = members.stream()
                .mapToDouble(i -> on(shares, scale, targets.get(i).observed()))
                .toArray();
        double median = Scores.quantile(observed, 0.5);
        double deviation = 0;
        for (double o : observed) {
            deviation += Math.abs(o - median) / observed.length;
        }
        return new Family(
                weight, places, observed, scale, shares, places.length < 3 || deviation == 0 ? FEW : deviation);
    }

    private static double on(boolean shares, double scale, double figure) {
        return shares ? Scorecard.stretched(figure) : figure / Math.max(scale, 1e-12);
    }

    /**
     * Targets that count.
     *
     * @return number over all families
     */
    public int count() {
        return families.stream().mapToInt(f -> f.places().length).sum();
    }

    @Override
    public double of(double[] figures) {
        double sum = 0;
        double weights = 0;
        for (Family family : families) {
            double errors = 0;
            int counted = 0;
            for (int i = 0; i < family.places().length; i++) {
                double figure = figures[family.places()[i]];
                if (!Double.isNaN(figure)) {
                    errors += Math.abs(on(family.shares(), family.scale(), figure) - family.observed()[i]);
                    counted++;
                }
            }
            if (counted > 0) {
                sum += family.weight() * errors / counted / family.deviation();
                weights += family.weight();
            }
        }
        for (Growth growth : growths) {
            double error = 0;
            for (int g = 0; g < growth.observed().length; g++) {
                double grown =
                        grown(figures, growth.earlier().get(g), growth.later().get(g));
                error += Math.abs(grown - growth.observed()[g]) / growth.observed().length;
            }
            // Nobody uses anything in one of the periods: no better than predicting no growth, ten times over.
            sum += growth.weight() * (Double.isFinite(error) ? Math.min(10, error / growth.scale()) : 10);
            weights += growth.weight();
        }
        return weights > 0 ? sum / weights : Double.POSITIVE_INFINITY;
    }
}
