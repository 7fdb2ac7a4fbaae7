package twostacks.analysis.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The parameters nearest to the observations, searched in the box of the priors scaled to [0, 1]. A simulation costs far
 * more than anything else, so what it gave so far guides where the next is made: through the points nearest to the
 * observations go {@linkplain ResponseSurface response surfaces}, one for each figure, and CMA-ES (Hansen and Ostermeier
 * 2001) finds where on them the distance is least; there the simulator is run, and so on. Surfaces are of figures and not
 * of the distance, whose absolute values no quadratic follows.
 *
 * <p>Nearer points count more (tricube weights by rank). Each surface but the first is one of the Bayesian bootstrap
 * (Rubin 1981), so that points tried differ by as much as what is known leaves open; and a point lies within the box, or a
 * little outside, of the nearest few, since a quadratic says nothing far from what it was fitted to.
 *
 * <p>Every evaluation meets the same luck (common random numbers), so that what differs is the parameters. The nearest of
 * some hundred evaluations is as much the luckiest as the best. So a search tells the nearest few, too: what these say on
 * average is nearer to figures that it was not fitted to than what the nearest one says.
 */
public final class PointFit {
    /** Points that a surface is fitted to, as a multiple of its coefficients. */
    private static final int POINTS_PER_TERM = 3;
    /** The nearest points, in whose box the next is looked for. */
    private static final int NEAREST = 30;
    /** How far outside, as a part of the box; and at least, as a part of the prior. */
    private static final double MARGIN = 0.2;

    private static final double LEAST_MARGIN = 0.02;
    private static final int SURFACE_EVALUATIONS = 2000;
    private static final double STEP = 0.2;

    private PointFit() {}

    /**
     * Where a search ended.
     *
     * @param parameters best values found, in the order of the priors
     * @param distance their distance
     * @param evaluations evaluations used
     * @param nearest the nearest points evaluated, the best first
     */
    public record Point(double[] parameters, double distance, int evaluations, List<double[]> nearest) {
        /**
         * What the nearest points are on average.
         *
         * @return mean of each parameter
         */
        public double[] mean() {
            double[] mean = new double[parameters.length];
            for (double[] point : nearest) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += point[i] / nearest.size();
                }
            }
            return mean;
        }
    }

    private record Evaluation(double[] parameters, double[] figures, double distance) {}

    /**
     * Searches.
     *
     * @param priors parameters
     * @param simulator simulator
     * @param distance distance to the training figures
     * @param points points at which the simulator was run already, with any luck, values in the order of the priors; at
     *     least one
     * @param figures what it gave at each
     * @param luck luck that every evaluation meets
     * @param evaluations evaluations to make, at least 1; the first is that of the nearest of the points
     * @param keep how many of the nearest points to tell
     * @param seed seed of the search
     * @return best point evaluated
     */
    public static Point search(
            List<Prior> priors,
            Simulator simulator,
            Distance distance,
            List<double[]> points,
            List<double[]> figures,
            long luck,
            int evaluations,
            int keep,
            long seed) {
        RandomGenerator random = new Well19937c(seed);
        List<Evaluation> known = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            known.add(new Evaluation(points.get(i), figures.get(i), distance.of(figures.get(i))));
        }
        Comparator<Evaluation> nearer = Comparator.comparingDouble(Evaluation::distance);
        List<Evaluation> made = new ArrayList<>();
        while (made.size() < evaluations) {
            known.sort(nearer);
            double[] next = made.isEmpty()
                    ? known.get(0).parameters()
                    : suggested(priors, distance, known, made.size(), random);
            double[] gave = simulator
                    .simulate(List.of(new Simulator.Request(next, luck)))
                    .get(0);
            made.add(new Evaluation(next, gave, distance.of(gave)));
            known.add(made.get(made.size() - 1));
        }
        List<Evaluation> nearest =
                made.stream().sorted(nearer).limit(Math.max(1, keep)).toList();
        return new Point(
                nearest.get(0).parameters(),
                nearest.get(0).distance(),
                made.size(),
                nearest.stream().map(Evaluation::parameters).toList());
    }

    /** Where surfaces through the nearest of what is known, nearest first, put the least distance. */
    private static double[] suggested(
            List<Prior> priors, Distance distance, List<Evaluation> known, int made, RandomGenerator random) {
        int n = priors.size();
        int used = Math.min(known.size(), POINTS_PER_TERM * ResponseSurface.terms(n));
        double[] weight = new double[used];
        for (int i = 0; i < used; i++) {
            double far = (double) i / used;
            double tricube = 1 - far * far * far;
            weight[i] = tricube * tricube * tricube * (made == 1 ? 1 : -StrictMath.log(1 - random.nextDouble()));
        }
        List<Evaluation> near = known.subList(0, used);
        ResponseSurface surface = new ResponseSurface(
                priors,
                near.stream().map(Evaluation::parameters).toList(),
                near.stream().map(Evaluation::figures).toList(),
                weight);
        double[] guess = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        double[] step = new double[n];
        for (int i = 0; i < n; i++) {
            Prior prior = priors.get(i);
            int parameter = i;
            DoubleSummaryStatistics places = near.stream()
                    .limit(NEAREST)
                    .mapToDouble(e -> prior.place(e.parameters()[parameter]))
                    .summaryStatistics();
            double margin = Math.max(LEAST_MARGIN, MARGIN * (places.getMax() - places.getMin()));
            low[i] = Math.max(0, places.getMin() - margin);
            high[i] = Math.min(1, places.getMax() + margin);
            guess[i] =
                    Math.max(low[i], Math.min(high[i], prior.place(near.get(0).parameters()[i])));
            step[i] = STEP * (high[i] - low[i]);
        }
        double[] best = {Double.POSITIVE_INFINITY};
        double[][] at = {null};
        ObjectiveFunction objective = new ObjectiveFunction(places -> {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = priors.get(i).at(places[i]);
            }
            double d = distance.of(surface.at(values));
            if (at[0] == null || d < best[0]) {
                best[0] = d;
                at[0] = values;
            }
            return d;
        });
        try {
            new CMAESOptimizer(Integer.MAX_VALUE, 0, true, 0, 0, random, false, null)
                    .optimize(
                            new MaxEval(SURFACE_EVALUATIONS),
                            objective,
                            GoalType.MINIMIZE,
                            new InitialGuess(guess),
                            new SimpleBounds(low, high),
                            new CMAESOptimizer.Sigma(step),
                            new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(n))));
        } catch (TooManyEvaluationsException e) {
            // the budget is used up: the best so far it is
        }
        return at[0];
    }
}
