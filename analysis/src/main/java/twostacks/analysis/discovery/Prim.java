package twostacks.analysis.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Beta;

/**
 * The patient rule induction method (Friedman and Fisher 1999, Stat. Comput. 9:123), as scenario discovery uses it (Bryant
 * and Lempert 2010, Technol. Forecast. Soc. 77:34): boxes in the space of dimensions within which a yield is high.
 *
 * <ul>
 *   <li><b>Peeling</b>: from all cases, again and again, a share of those in the box is cut off at one side of one
 *       dimension, or one category is: the cut that adds most to the density for each case that it removes (Kwakkel and
 *       Jaxa-Rozen 2016, Environ. Model. Softw. 79:311). Cases of equal value stay together.
 *   <li><b>Choice</b>: of the boxes on this trajectory, that of the greatest coverage whose density is the one wanted; if
 *       none is, that of the greatest density.
 *   <li><b>Dropping</b>: restrictions whose quasi-p-value is above a level go, the greatest first, unless the density would
 *       fall below the one wanted (or, where that is not reached, at all).
 *   <li><b>Pasting</b>: sides are moved outwards by a share of the cases as long as that does not lower the density.
 * </ul>
 *
 * <p>Density is the mean yield of the cases in a box, coverage their part of the yield of all cases, mass their part of
 * all cases. The quasi-p-value of a restriction is the probability that as many of n cases or more had the yield, were each
 * to have it with the density of the box without this restriction: I<sub>p</sub>(k, n − k + 1), with k the yield in the box,
 * which need not be a whole number. It is "quasi" since the restriction was chosen for its effect.
 */
final class Prim {
    /** Less than this apart, two figures are the same: sums depend on their order. */
    private static final double SAME = 1e-12;

    /** A side of a dimension that a box may restrict. */
    enum Side {
        /** From a value on. */
        LEAST,
        /** Up to a value. */
        MOST,
        /** Some categories. */
        AMONG
    }

    /** How boxes are sought. */
    record Options(double peel, double paste, double leastMass, double density, double significance) {}

    /** Cases by dimension: values, or numbers of categories. */
    record Data(double[][] x, int[] categories, double[] yield) {
        int size() {
            return yield.length;
        }

        boolean categorical(int dimension) {
            return categories[dimension] > 0;
        }

        Data only(int[] cases) {
            double[][] some = new double[x.length][];
            for (int d = 0; d < x.length; d++) {
                double[] column = x[d];
                some[d] = Arrays.stream(cases).mapToDouble(i -> column[i]).toArray();
            }
            return new Data(
                    some,
                    categories,
                    Arrays.stream(cases).mapToDouble(i -> yield[i]).toArray());
        }
    }

    /** One side of a box. */
    record Restriction(int dimension, Side side) {}

    /** A box. Its ends are values that cases have, and belong to it. */
    static final class Box {
        private final double[] low;
        private final double[] high;
        private final boolean[][] without; // by dimension and category

        Box(Data data) {
            low = new double[data.x.length];
            high = new double[data.x.length];
            without = new boolean[data.x.length][];
            Arrays.fill(low, Double.NEGATIVE_INFINITY);
            Arrays.fill(high, Double.POSITIVE_INFINITY);
            for (int d = 0; d < without.length; d++) {
                without[d] = new boolean[data.categories[d]];
            }
        }

        private Box(Box other) {
            low = other.low.clone();
            high = other.high.clone();
            without = Arrays.stream(other.without).map(boolean[]::clone).toArray(boolean[][]::new);
        }

        Box copy() {
            return new Box(this);
        }

        double low(int dimension) {
            return low[dimension];
        }

        double high(int dimension) {
            return high[dimension];
        }

        boolean without(int dimension, int category) {
            return without[dimension][category];
        }

        private boolean has(Data data, int dimension, int i) {
            double value = data.x[dimension][i];
            return data.categorical(dimension)
                    ? !without[dimension][(int) value]
                    : value >= low[dimension] && value <= high[dimension];
        }

        boolean has(Data data, int i) {
            for (int d = 0; d < low.length; d++) {
                if (!has(data, d, i)) {
                    return false;
                }
            }
            return true;
        }

        List<Restriction> restrictions() {
            List<Restriction> all = new ArrayList<>();
            for (int d = 0; d < low.length; d++) {
                if (low[d] > Double.NEGATIVE_INFINITY) {
                    all.add(new Restriction(d, Side.LEAST));
                }
                if (high[d] < Double.POSITIVE_INFINITY) {
                    all.add(new Restriction(d, Side.MOST));
                }
                for (boolean gone : without[d]) {
                    if (gone) {
                        all.add(new Restriction(d, Side.AMONG));
                        break;
                    }
                }
            }
            return all;
        }

        int restrictedDimensions() {
            return (int) restrictions().stream()
                    .map(Restriction::dimension)
                    .distinct()
                    .count();
        }

        Box lift(Restriction restriction) {
            Box box = copy();
            switch (restriction.side) {
                case LEAST -> box.low[restriction.dimension] = Double.NEGATIVE_INFINITY;
                case MOST -> box.high[restriction.dimension] = Double.POSITIVE_INFINITY;
                case AMONG -> Arrays.fill(box.without[restriction.dimension], false);
            }
            return box;
        }
    }

    /** Cases in a box, and their yield. */
    record Count(int cases, double yield) {
        double density() {
            return cases == 0 ? Double.NaN : yield / cases;
        }
    }

    /** A box on the way to the one found: what was done last, and to which side. */
    record Step(String kind, Restriction moved, Box box, Count count) {}

    /** The way to a box: all steps, which of those that peel was chosen, and what became of it. */
    record Trajectory(List<Step> steps, int chosen, Step found) {}

    private final Data data;
    private final Options options;
    private final int leastCases;
    private final Count all;

    /**
     * Prepares.
     *
     * @param data cases
     * @param options how boxes are sought
     * @param cases number of cases of which a box has the least mass or more
     */
    Prim(Data data, Options options, int cases) {
        this.data = data;
        this.options = options;
        this.leastCases = (int) Math.max(1, Math.ceil(options.leastMass * cases - SAME));
        this.all = new Count(data.size(), Arrays.stream(data.yield).sum());
    }

    static Count count(Data data, Box box) {
        int cases = 0;
        double yield = 0;
        for (int i = 0; i < data.size(); i++) {
            if (box.has(data, i)) {
                cases++;
                yield += data.yield[i];
            }
        }
        return new Count(cases, yield);
    }

    private Count count(Box box) {
        return count(data, box);
    }

    /** Finds a box. */
    Trajectory find() {
        List<Step> steps = new ArrayList<>(peel());
        int chosen = choose(steps);
        Step found = steps.get(chosen);
        for (Step next = drop(found); next != null; next = drop(found)) {
            steps.add(next);
            found = next;
        }
        for (Step next = paste(found); next != null; next = paste(found)) {
            steps.add(next);
            found = next;
        }
        return new Trajectory(List.copyOf(steps), chosen, found);
    }

    // Peeling ---------------------------------------------------------------------------------------------------------

    private List<Step> peel() {
        int dimensions = data.x.length;
        int[][] sorted = new int[dimensions][];
        for (int d = 0; d < dimensions; d++) {
            double[] column = data.x[d];
            Integer[] order = IntStream.range(0, data.size()).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(i -> column[i]));
            sorted[d] = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        }
        List<Step> steps = new ArrayList<>(List.of(new Step("all", null, new Box(data), all)));
        boolean[] in = new boolean[data.size()];
        Step step = steps.get(0);
        while (step.count.yield < step.count.cases) {
            Cut best = cut(step, sorted);
            if (best == null) {
                break;
            }
            step = new Step("peel", best.restriction, best.box, best.count);
            steps.add(step);
            for (int i = 0; i < in.length; i++) {
                in[i] = step.box.has(data, i);
            }
            for (int d = 0; d < dimensions; d++) {
                sorted[d] = Arrays.stream(sorted[d]).filter(i -> in[i]).toArray();
            }
        }
        return steps;
    }

    private record Cut(Restriction restriction, Box box, Count count, double gain) {}

    private Cut cut(Step step, int[][] sorted) {
        Cut best = null;
        for (int d = 0; d < sorted.length; d++) {
            int[] s = sorted[d];
            double[] x = data.x[d];
            int n = s.length;
            if (data.categorical(d)) {
                double[] yields = new double[data.categories[d]];
                int[] cases = new int[data.categories[d]];
                for (int i : s) {
                    yields[(int) x[i]] += data.yield[i];
                    cases[(int) x[i]]++;
                }
                for (int c = 0; c < cases.length; c++) {
                    if (cases[c] > 0 && cases[c] < n) {
                        best = better(best, step, new Restriction(d, Side.AMONG), c, cases[c], yields[c]);
                    }
                }
                continue;
            }
            int k = Math.max(1, (int) (options.peel * n + SAME));
            int from = Math.min(k, n - 1);
            while (from < n && x[s[from]] == x[s[0]]) {
                from++;
            }
            while (from > 0 && from < n && x[s[from]] == x[s[from - 1]]) {
                from--;
            }
            if (from < n) {
                best = better(best, step, new Restriction(d, Side.LEAST), x[s[from]], from, sum(s, 0, from));
            }
            int to = Math.max(0, n - 1 - k);
            while (to >= 0 && x[s[to]] == x[s[n - 1]]) {
                to--;
            }
            while (to >= 0 && to < n - 1 && x[s[to]] == x[s[to + 1]]) {
                to++;
            }
            if (to >= 0) {
                best = better(best, step, new Restriction(d, Side.MOST), x[s[to]], n - 1 - to, sum(s, to + 1, n));
            }
        }
        return best;
    }

    private double sum(int[] cases, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += data.yield[cases[i]];
        }
        return sum;
    }

    private Cut better(Cut best, Step step, Restriction restriction, double value, int cases, double yield) {
        int left = step.count.cases - cases;
        if (cases == 0 || left < leastCases) {
            return best;
        }
        Count count = new Count(left, step.count.yield - yield);
        double gain = (count.density() - step.count.density()) / cases;
        if (best != null && gain <= best.gain + SAME) {
            return best;
        }
        Box box = step.box.copy();
        switch (restriction.side) {
            case LEAST -> box.low[restriction.dimension] = value;
            case MOST -> box.high[restriction.dimension] = value;
            case AMONG -> box.without[restriction.dimension][(int) value] = true;
        }
        return new Cut(restriction, box, count, gain);
    }

    private int choose(List<Step> steps) {
        int densest = 0;
        for (int i = 0; i < steps.size(); i++) {
            double density = steps.get(i).count.density();
            if (density >= options.density - SAME) {
                return i;
            }
            if (density > steps.get(densest).count.density() + SAME) {
                densest = i;
            }
        }
        return densest;
    }

    // Dropping --------------------------------------------------------------------------------------------------------

    /** How likely as much yield would be without a restriction; see the class. */
    double quasiP(Box box, Restriction restriction) {
        Count with = count(box);
        double p = count(box.lift(restriction)).density();
        if (with.yield <= 0 || p >= 1) {
            return 1;
        }
        return p <= 0 ? 0 : Beta.regularizedBeta(p, with.yield, with.cases - with.yield + 1);
    }

    private Step drop(Step step) {
        double least = Math.min(options.density, step.count.density()) - SAME;
        Step best = null;
        double greatest = options.significance;
        for (Restriction restriction : step.box.restrictions()) {
            double p = quasiP(step.box, restriction);
            Box box = step.box.lift(restriction);
            Count count = count(box);
            if (p > greatest + SAME && count.density() >= least) {
                greatest = p;
                best = new Step("drop", restriction, box, count);
            }
        }
        return best;
    }

    // Pasting ---------------------------------------------------------------------------------------------------------

    private Step paste(Step step) {
        Step best = null;
        for (Restriction restriction : step.box.restrictions()) {
            int d = restriction.dimension;
            Box lifted = step.box.lift(restriction);
            if (restriction.side == Side.AMONG) {
                for (int c = 0; c < data.categories[d]; c++) {
                    if (step.box.without[d][c]) {
                        Box box = step.box.copy();
                        box.without[d][c] = false;
                        best = better(best, step, restriction, box);
                    }
                }
                continue;
            }
            boolean least = restriction.side == Side.LEAST;
            double[] beyond = IntStream.range(0, data.size())
                    .filter(i -> lifted.has(data, i) && !step.box.has(data, i))
                    .mapToDouble(i -> least ? -data.x[d][i] : data.x[d][i])
                    .sorted()
                    .toArray();
            int k = Math.max(1, (int) (options.paste * step.count.cases + SAME));
            Box box = lifted;
            if (beyond.length > k) {
                box = step.box.copy();
                if (least) {
                    box.low[d] = -beyond[k - 1];
                } else {
                    box.high[d] = beyond[k - 1];
                }
            }
            best = better(best, step, restriction, box);
        }
        return best;
    }

    private Step better(Step best, Step step, Restriction restriction, Box box) {
        Count count = count(box);
        double least = best == null ? step.count.density() : best.count.density();
        if (count.density() < least - SAME) {
            return best;
        }
        boolean more = best == null || count.density() > least + SAME || count.cases > best.count.cases;
        return more ? new Step("paste", restriction, box, count) : best;
    }
}
