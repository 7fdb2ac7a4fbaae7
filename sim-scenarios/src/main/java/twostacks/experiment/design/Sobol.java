package twostacks.experiment.design;

import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Sobol's sequence with a random digital shift: low discrepancy, no point on the border of the cube, and more points can
 * be added to those there are. Balanced when the number of points is a power of two.
 */
public final class Sobol implements Design {
    /** Most factors that the direction numbers (Joe and Kuo 2008) serve. */
    public static final int MOST_FACTORS = 1000;

    private static final double SCALE = 0x1p52;

    private final int size;
    private final long[] shift;
    private final SobolSequenceGenerator sequence;

    /**
     * A sequence.
     *
     * @param dimensions number of coordinates, at most 1000
     * @param size number of points
     * @param seed seed of the shift
     */
    public Sobol(int dimensions, int size, long seed) {
        this.size = size;
        this.sequence = new SobolSequenceGenerator(Math.max(1, dimensions));
        UniformRandomProvider random = Seeds.generator(seed, -1);
        shift = new long[dimensions];
        for (int d = 0; d < dimensions; d++) {
            shift[d] = random.nextLong() >>> 12;
        }
    }

    @Override
    public int points() {
        return size;
    }

    @Override
    public synchronized void unit(int point, double[] u) {
        double[] raw = sequence.getNextIndex() == point ? sequence.nextVector() : sequence.skipTo(point);
        for (int d = 0; d < shift.length; d++) {
            u[d] = (((long) (raw[d] * SCALE) ^ shift[d]) + .5) / SCALE;
        }
    }
}
