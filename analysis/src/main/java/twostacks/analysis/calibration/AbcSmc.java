package twostacks.analysis.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import twostacks.analysis.hindcast.Scores;

/**
 * Approximate Bayesian computation by sequential Monte Carlo (Toni et al. 2009; Beaumont et al. 2009): particles are drawn
 * from the prior, the nearest are kept, and each generation perturbs those of the one before by a normal kernel and keeps
 * what comes nearer than the tolerance, which is a quantile of the distances before. Weights are prior over proposal
 * density. The kernel has twice the particles' covariance (Filippi et al. 2013), since parameters that stand for each
 * other lie along ridges; a narrower one accepts more and leaves a few particles with all the weight.
 *
 * <p>Every simulation meets luck of its own, so that the posterior knows of the noise. Proposals are drawn from
 * generators keyed by generation and number, and accepted in the order of their numbers: neither threads nor being
 * stopped and resumed change a digit.
 */
public final class AbcSmc {
    private static final double LEAST_VARIANCE = 1e-8;

    private AbcSmc() {}

    /**
     * How to go about it.
     *
     * @param particles particles kept in each generation, at least 4
     * @param first simulations of the first generation, drawn from the prior, at least as many
     * @param generations most generations, the first included
     * @param quantile quantile of the distances that becomes the next tolerance, in (0, 1)
     * @param patience most simulations of a generation, as a multiple of the particles; a generation that would need
     *     more is given up, and the one before is the result
     * @param seed seed of all draws
     */
    public record Options(int particles, int first, int generations, double quantile, int patience, long seed) {
        /** Checks the numbers. */
        public Options {
            if (particles < 4
                    || first < particles
                    || generations < 1
                    || patience < 1
                    || !(quantile > 0 && quantile < 1)) {
                throw new IllegalArgumentException("no such sampler");
            }
        }
    }

    /**
     * A particle.
     *
     * @param parameters values in the order of the priors
     * @param figures what its simulation gave
     * @param distance distance of the figures
     * @param weight weight; those of a generation sum to 1
     */
    public record Particle(double[] parameters, double[] figures, double distance, double weight) {}

    /**
     * How a generation went.
     *
     * @param number number from 1
     * @param tolerance distance below which simulations were kept
     * @param simulations simulations made
     * @param kept particles kept
     * @param effective effective number of particles, 1/Σ weight²
     */
    public record Generation(int number, double tolerance, int simulations, int kept, double effective) {}

    /**
     * The result.
     *
     * @param particles last generation that was finished
     * @param generations how each went; one that was given up has kept fewer than it should
     */
    public record Posterior(List<Particle> particles, List<Generation> generations) {}

    /** Is told of each generation. */
    @FunctionalInterface
    public interface Told {
        /**
         * A generation is finished.
         *
         * @param generation how it went
         */
        void of(Generation generation);
    }

    /**
     * A point drawn from the prior.
     *
     * @param priors parameters
     * @param seed seed of all draws
     * @param number number of the draw
     * @return values in the order of the priors
     */
    public static double[] fromPrior(List<Prior> priors, long seed, int number) {
        RandomGenerator random = random(seed, 0, number);
        return priors.stream().mapToDouble(p -> p.at(random.nextDouble())).toArray();
    }

    /**
     * Luck of a simulation.
     *
     * @param generation generation from 0
     * @param number number of the proposal
     * @return luck, at least 1
     */
    public static long luck(int generation, int number) {
        return 1 + ((long) generation << 32) + number;
    }

    /**
     * Samples.
     *
     * @param priors parameters
     * @param simulator simulator
     * @param distance distance to the observations
     * @param options how to go about it
     * @param told told of each generation
     * @return the posterior
     */
    public static Posterior sample(
            List<Prior> priors, Simulator simulator, Distance distance, Options options, Told told) {
        List<Generation> history = new ArrayList<>();
        List<Particle> current = first(priors, simulator, distance, options, history);
        told.of(history.get(0));
        for (int g = 1; g < options.generations(); g++) {
            double tolerance = Scores.quantile(
                    current.stream().mapToDouble(Particle::distance).toArray(), options.quantile());
            List<Particle> next = next(priors, simulator, distance, options, g, current, tolerance, history);
            told.of(history.get(history.size() - 1));
            if (next.size() < options.particles()) {
                break;
            }
            current = next;
        }
        return new Posterior(current, List.copyOf(history));
    }

    private static List<Particle> first(
            List<Prior> priors, Simulator simulator, Distance distance, Options options, List<Generation> history) {
        List<Simulator.Request> requests = new ArrayList<>();
        for (int i = 0; i < options.first(); i++) {
            requests.add(new Simulator.Request(fromPrior(priors, options.seed(), i), luck(0, i)));
        }
        List<double[]> figures = simulator.simulate(requests);
        List<Particle> all = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            all.add(new Particle(
                    requests.get(i).parameters(),
                    figures.get(i),
                    distance.of(figures.get(i)),
                    1.0 / options.particles()));
        }
        all.sort((a, b) -> Double.compare(a.distance(), b.distance()));
        List<Particle> kept = List.copyOf(all.subList(0, options.particles()));
        history.add(new Generation(
                1, kept.get(kept.size() - 1).distance(), requests.size(), kept.size(), options.particles()));
        return kept;
    }

    private static List<Particle> next(
            List<Prior> priors,
            Simulator simulator,
            Distance distance,
            Options options,
            int g,
            List<Particle> before,
            double tolerance,
            List<Generation> history) {
        Kernel kernel = new Kernel(priors, before);
        List<Particle> kept = new ArrayList<>();
        int number = 0;
        int batch = Math.max(8, options.particles() / 4);
        while (kept.size() < options.particles() && number < options.patience() * options.particles()) {
            List<Simulator.Request> requests = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                requests.add(new Simulator.Request(
                        propose(priors, before, kernel, random(options.seed(), g, number + i)), luck(g, number + i)));
            }
            List<double[]> figures = simulator.simulate(requests);
            for (int i = 0; i < batch && kept.size() < options.particles(); i++) {
                number++;
                double d = distance.of(figures.get(i));
                if (d <= tolerance) {
                    double[] parameters = requests.get(i).parameters();
                    kept.add(new Particle(
                            parameters, figures.get(i), d, 1 / density(priors, before, kernel, parameters)));
                }
            }
        }
        double sum = kept.stream().mapToDouble(Particle::weight).sum();
        List<Particle> weighted = kept.stream()
                .map(p -> new Particle(p.parameters(), p.figures(), p.distance(), p.weight() / sum))
                .toList();
        history.add(new Generation(g + 1, tolerance, number, weighted.size(), effective(weighted)));
        return weighted;
    }

    /** The normal kernel that perturbs particles, on places within the priors. */
    private static final class Kernel {
        private final double[][] root;

        Kernel(List<Prior> priors, List<Particle> particles) {
            int n = priors.size();
            double[] mean = new double[n];
            double[][] covariance = new double[n][n];
            double[][] places = particles.stream()
                    .map(p -> IntStream.range(0, n)
                            .mapToDouble(j -> priors.get(j).place(p.parameters()[j]))
                            .toArray())
                    .toArray(double[][]::new);
            for (int i = 0; i < places.length; i++) {
                for (int j = 0; j < n; j++) {
                    mean[j] += particles.get(i).weight() * places[i][j];
                }
            }
            // What a few particles say of the covariances of many parameters is noise: the more so, the less it counts.
            double effective = effective(particles);
            double kept = effective / (effective + n);
            for (int j = 0; j < n; j++) {
                for (int k = 0; k <= j; k++) {
                    for (int i = 0; i < places.length; i++) {
                        covariance[j][k] += 2
                                * (j == k ? 1 : kept)
                                * particles.get(i).weight()
                                * (places[i][j] - mean[j])
                                * (places[i][k] - mean[k]);
                    }
                    covariance[k][j] = covariance[j][k];
                }
                covariance[j][j] = Math.max(LEAST_VARIANCE, covariance[j][j]);
            }
            root = new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false), 1e-9, LEAST_VARIANCE / 1e6)
                    .getL()
                    .getData();
        }

        /** A step. */
        double[] step(RandomGenerator random) {
            double[] normal = new double[root.length];
            for (int j = 0; j < normal.length; j++) {
                normal[j] = random.nextGaussian();
            }
            double[] step = new double[root.length];
            for (int j = 0; j < step.length; j++) {
                for (int k = 0; k <= j; k++) {
                    step[j] += root[j][k] * normal[k];
                }
            }
            return step;
        }

        /** Density of a step, up to a factor that is the same for all. */
        double density(double[] step) {
            double exponent = 0;
            double[] normal = new double[root.length];
            for (int j = 0; j < step.length; j++) {
                double left = step[j];
                for (int k = 0; k < j; k++) {
                    left -= root[j][k] * normal[k];
                }
                normal[j] = left / root[j][j];
                exponent -= normal[j] * normal[j] / 2;
            }
            return StrictMath.exp(exponent);
        }
    }

    private static double[] propose(List<Prior> priors, List<Particle> before, Kernel kernel, RandomGenerator random) {
        while (true) {
            double left = random.nextDouble();
            int chosen = 0;
            while (chosen < before.size() - 1 && left >= before.get(chosen).weight()) {
                left -= before.get(chosen).weight();
                chosen++;
            }
            double[] values = new double[priors.size()];
            double[] step = kernel.step(random);
            boolean inside = true;
            for (int j = 0; j < values.length; j++) {
                double place = priors.get(j).place(before.get(chosen).parameters()[j]) + step[j];
                inside &= place >= 0 && place <= 1;
                values[j] = priors.get(j).at(place);
            }
            if (inside) {
                return values;
            }
        }
    }

    /** Density of the proposal, up to a factor that is the same for all. */
    private static double density(List<Prior> priors, List<Particle> before, Kernel kernel, double[] parameters) {
        double sum = 0;
        double[] step = new double[parameters.length];
        for (Particle p : before) {
            for (int j = 0; j < parameters.length; j++) {
                step[j] = priors.get(j).place(parameters[j]) - priors.get(j).place(p.parameters()[j]);
            }
            sum += p.weight() * kernel.density(step);
        }
        return sum;
    }

    /**
     * Effective number of particles.
     *
     * @param particles particles whose weights sum to 1
     * @return 1/Σ weight²
     */
    public static double effective(List<Particle> particles) {
        double squares = 0;
        for (Particle p : particles) {
            squares += p.weight() * p.weight();
        }
        return squares > 0 ? 1 / squares : 0;
    }

    /**
     * Draws of equal weight: systematic resampling.
     *
     * @param particles particles whose weights sum to 1
     * @param count number of draws
     * @param seed seed of the one draw that it takes
     * @return indices of particles, in order
     */
    public static int[] resample(List<Particle> particles, int count, long seed) {
        double offset = new Well19937c(seed).nextDouble();
        int[] draws = new int[count];
        int at = 0;
        double sum = particles.get(0).weight();
        for (int i = 0; i < count; i++) {
            double wanted = (i + offset) / count;
            while (sum < wanted && at < particles.size() - 1) {
                sum += particles.get(++at).weight();
            }
            draws[i] = at;
        }
        return draws;
    }

    private static RandomGenerator random(long seed, int generation, int number) {
        return new Well19937c(new int[] {(int) (seed >>> 32), (int) seed, generation, number});
    }

    /**
     * A quantile of a parameter under the weights.
     *
     * @param particles particles
     * @param parameter place of the parameter
     * @param q probability in [0, 1]
     * @return least value with at least that weight at or below it
     */
    public static double quantile(List<Particle> particles, int parameter, double q) {
        List<Particle> sorted = new ArrayList<>(particles);
        sorted.sort((a, b) -> Double.compare(a.parameters()[parameter], b.parameters()[parameter]));
        double sum = 0;
        for (Particle p : sorted) {
            sum += p.weight();
            if (sum >= q - 1e-12) {
                return p.parameters()[parameter];
            }
        }
        return sorted.get(sorted.size() - 1).parameters()[parameter];
    }

    /**
     * Standard deviation of a parameter under the weights.
     *
     * @param particles particles
     * @param parameter place of the parameter
     * @return standard deviation
     */
    public static double deviation(List<Particle> particles, int parameter) {
        double[] mean = {0};
        particles.forEach(p -> mean[0] += p.weight() * p.parameters()[parameter]);
        double variance = 0;
        for (Particle p : particles) {
            double off = p.parameters()[parameter] - mean[0];
            variance += p.weight() * off * off;
        }
        return StrictMath.sqrt(variance);
    }
}
