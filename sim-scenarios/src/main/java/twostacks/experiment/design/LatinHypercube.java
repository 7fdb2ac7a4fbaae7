package twostacks.experiment.design;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A Latin hypercube (McKay, Beckman and Conover 1979): each factor's range is cut into as many strata of equal
 * probability as there are points, and each stratum holds one point, at a random place.
 */
public final class LatinHypercube implements Design {
    private final int[][] strata;
    private final double[][] within;
    private final int size;

    /**
     * A hypercube.
     *
     * @param factors number of factors
     * @param size number of points
     * @param seed seed of its draws
     */
    public LatinHypercube(int factors, int size, long seed) {
        this.size = size;
        strata = new int[factors][];
        within = new double[factors][size];
        for (int f = 0; f < factors; f++) {
            UniformRandomProvider random = Seeds.generator(seed, f);
            strata[f] = new PermutationSampler(random, size, size).sample();
            for (int i = 0; i < size; i++) {
                within[f][i] = random.nextDouble();
            }
        }
    }

    @Override
    public int points() {
        return size;
    }

    @Override
    public void unit(int point, double[] u) {
        for (int f = 0; f < strata.length; f++) {
            u[f] = (strata[f][point] + within[f][point]) / size;
        }
    }
}
