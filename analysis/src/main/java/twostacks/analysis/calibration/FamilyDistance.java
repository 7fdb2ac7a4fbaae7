package twostacks.analysis.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.analysis.hindcast.Scores;
import twostacks.analysis.hindcast.Target;

/**
 * Distance of figures from targets, over families of them: Σ weight·(mean absolute error/mean absolute deviation)/Σ weight.
 * The deviation is that of what was observed from its median, so 1 is what predicting the median for everybody would
 * give. Both are of asin √share for shares, and of the figure over the greatest one for others. Absolute errors, not
 * squares: one nation far from all others should not outweigh the order of the rest. Of a family with fewer than three
 * targets the deviation counts as 0.05.
 */
public final class FamilyDistance implements Distance {
    private static final double FEW = 0.05;

    private final List<Family> families;

    private record Family(
            double weight, int[] places, double[] observed, double scale, boolean shares, double deviation) {}

    private FamilyDistance(List<Family> families) {
        this.families = families;
    }

    /**
     * A distance.
     *
     * @param targets all targets, in the order of the figures
     * @param families family of each target; null for one that does not count
     * @param weights weight of each family
     * @param used whether a target is to be used: those held out are not
     */
    public static FamilyDistance of(
            List<Target> targets, List<String> families, Map<String, Double> weights, boolean[] used) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            if (used[i] && families.get(i) != null && weights.containsKey(families.get(i))) {
                members.computeIfAbsent(families.get(i), f -> new ArrayList<>()).add(i);
            }
        }
        return new FamilyDistance(members.entrySet().stream()
                .map(e -> family(weights.get(e.getKey()), e.getValue(), targets))
                .toList());
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
        return weights > 0 ? sum / weights : Double.POSITIVE_INFINITY;
    }
}
