package twostacks.experiment.design;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Trajectories for elementary effects (Morris 1991): from a random point of a grid, each factor in turn moves once by
 * p/(2(p−1)) of its range, where p is the number of levels. Of many random trajectories those may be kept that lie far
 * apart (Campolongo, Cariboni and Saltelli 2007, chosen one by one as Ruano and others 2012 do).
 */
public final class Morris implements Design {
    private final int factors;
    private final int levels;
    private final long seed;
    private final int[] chosen;

    /**
     * A design.
     *
     * @param factors number of factors
     * @param trajectories number of trajectories
     * @param levels levels of the grid, an even number
     * @param candidates random trajectories to choose from; no more than {@code trajectories} for no choice
     * @param seed seed of its draws
     */
    public Morris(int factors, int trajectories, int levels, int candidates, long seed) {
        this.factors = factors;
        this.levels = levels;
        this.seed = seed;
        this.chosen = new int[trajectories];
        Math.multiplyExact(trajectories, factors + 1);
        for (int t = 0; t < trajectories; t++) {
            chosen[t] = t;
        }
        if (candidates > trajectories) {
            choose(candidates);
        }
    }

    private void choose(int candidates) {
        double[][][] paths = new double[candidates][][];
        for (int c = 0; c < candidates; c++) {
            paths[c] = path(c);
        }
        double[] far = new double[candidates];
        boolean[] taken = new boolean[candidates];
        int last = 0;
        for (int t = 0; t < chosen.length; t++) {
            if (t > 0) {
                last = -1;
                for (int c = 0; c < candidates; c++) {
                    if (!taken[c] && (last < 0 || far[c] > far[last])) {
                        last = c;
                    }
                }
            }
            taken[last] = true;
            chosen[t] = last;
            for (int c = 0; c < candidates; c++) {
                double distance = taken[c] ? 0 : distance(paths[c], paths[last]);
                far[c] += distance * distance;
            }
        }
    }

    /** Sum of the distances of all pairs of points of two trajectories. */
    private static double distance(double[][] a, double[][] b) {
        double sum = 0;
        for (double[] p : a) {
            for (double[] q : b) {
                double squares = 0;
                for (int f = 0; f < p.length; f++) {
                    squares += (p[f] - q[f]) * (p[f] - q[f]);
                }
                sum += Math.sqrt(squares);
            }
        }
        return sum;
    }

    private double[][] path(int trajectory) {
        UniformRandomProvider random = Seeds.generator(seed, trajectory);
        int half = levels / 2;
        double step = (double) half / (levels - 1);
        double[] u = new double[factors];
        double[] move = new double[factors];
        for (int f = 0; f < factors; f++) {
            int low = random.nextInt(half);
            boolean up = random.nextBoolean();
            u[f] = (double) (up ? low : low + half) / (levels - 1);
            move[f] = up ? step : -step;
        }
        int[] order = new PermutationSampler(random, factors, factors).sample();
        double[][] path = new double[factors + 1][];
        path[0] = u.clone();
        for (int i = 0; i < factors; i++) {
            int f = order[i];
            u[f] = Math.rint((u[f] + move[f]) * (levels - 1)) / (levels - 1);
            path[i + 1] = u.clone();
        }
        return path;
    }

    @Override
    public int points() {
        return chosen.length * (factors + 1);
    }

    @Override
    public void unit(int point, double[] u) {
        System.arraycopy(path(chosen[point / (factors + 1)])[row(point)], 0, u, 0, factors);
    }

    @Override
    public String part(int point) {
        return "T" + point / (factors + 1);
    }

    @Override
    public int row(int point) {
        return point % (factors + 1);
    }
}
