package twostacks.experiment.design;

import java.util.List;

/**
 * All combinations of a few values of each factor, the last factor changing quickest: every value of a factor that has a
 * list of them, else levels evenly spread over its distribution, both ends included.
 */
public final class Grid implements Design {
    private final int[] levels;
    private final boolean[] listed;
    private final int points;

    /**
     * A grid.
     *
     * @param factors factors, each of one parameter
     * @param continuous number of levels of factors without a list of values
     * @throws ArithmeticException if there are more points than a whole number holds
     */
    public Grid(List<Factor> factors, int continuous) {
        levels = new int[factors.size()];
        listed = new boolean[factors.size()];
        int product = 1;
        for (int f = 0; f < levels.length; f++) {
            levels[f] = levels(factors.get(f), continuous);
            listed[f] = ((Factor.Single) factors.get(f)).distribution() instanceof Distribution.Values;
            product = Math.multiplyExact(product, levels[f]);
        }
        points = product;
    }

    private static int levels(Factor factor, int continuous) {
        Distribution distribution = ((Factor.Single) factor).distribution();
        if (distribution instanceof Distribution.Values values) {
            return values.values().size();
        }
        if (distribution instanceof Distribution.UniformWhole whole) {
            return (int) Math.min(continuous, whole.max() - whole.min() + 1);
        }
        return continuous;
    }

    @Override
    public int points() {
        return points;
    }

    @Override
    public void unit(int point, double[] u) {
        int left = point;
        for (int f = levels.length - 1; f >= 0; f--) {
            int level = left % levels[f];
            left /= levels[f];
            u[f] = listed[f] ? (level + .5) / levels[f] : levels[f] == 1 ? .5 : (double) level / (levels[f] - 1);
        }
    }
}
