package twostacks.analysis.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.Well19937c;

/**
 * The parameters nearest to the observations by CMA-ES (Hansen and Ostermeier 2001), searched in the box of the priors
 * scaled to [0, 1]. Every evaluation meets the same luck (common random numbers), so that what differs is the
 * parameters.
 *
 * <p>The nearest of some hundred evaluations is as much the luckiest as the best. So a search tells the nearest few, too:
 * what these say on average is nearer to figures that it was not fitted to than what the nearest one says.
 */
public final class PointFit {
    private static final double STEP = 0.1;

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

    private record Evaluation(double[] parameters, double distance) {}

    /**
     * Searches.
     *
     * @param priors parameters
     * @param simulator simulator
     * @param distance distance to the training figures
     * @param start where to start, values in the order of the priors
     * @param luck luck that every evaluation meets
     * @param evaluations most evaluations, at least 1
     * @param keep how many of the nearest points to tell
     * @param seed seed of the search
     * @return best point found, the start included
     */
    public static Point search(
            List<Prior> priors,
            Simulator simulator,
            Distance distance,
            double[] start,
            long luck,
            int evaluations,
            int keep,
            long seed) {
        int n = priors.size();
        List<Evaluation> made = new ArrayList<>();
        double[] guess = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        double[] step = new double[n];
        for (int i = 0; i < n; i++) {
            guess[i] = Math.max(0, Math.min(1, priors.get(i).place(start[i])));
            high[i] = 1;
            step[i] = STEP;
        }
        ObjectiveFunction objective = new ObjectiveFunction(places -> {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = priors.get(i).at(places[i]);
            }
            double d = distance.of(simulator
                    .simulate(List.of(new Simulator.Request(values, luck)))
                    .get(0));
            made.add(new Evaluation(values, d));
            return d;
        });
        objective.getObjectiveFunction().value(guess);
        if (evaluations > 1) {
            try {
                new CMAESOptimizer(Integer.MAX_VALUE, 0, true, 0, 0, new Well19937c(seed), false, null)
                        .optimize(
                                new MaxEval(evaluations - 1),
                                objective,
                                GoalType.MINIMIZE,
                                new InitialGuess(guess),
                                new SimpleBounds(low, high),
                                new CMAESOptimizer.Sigma(step),
                                new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(n))));
            } catch (TooManyEvaluationsException e) {
                // the budget is used up: the best so far it is
            }
        }
        List<Evaluation> nearest = made.stream()
                .sorted(Comparator.comparingDouble(Evaluation::distance))
                .limit(Math.max(1, keep))
                .toList();
        return new Point(
                nearest.get(0).parameters(),
                nearest.get(0).distance(),
                made.size(),
                nearest.stream().map(Evaluation::parameters).toList());
    }
}
