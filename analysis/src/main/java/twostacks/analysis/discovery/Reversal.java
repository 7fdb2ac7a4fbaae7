package twostacks.analysis.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.Well19937c;
import twostacks.analysis.discovery.Condition.Operand;

/**
 * The smallest change of parameters after which a claim no longer holds. A change is measured as √Σ((x − x₀)/(max −
 * min))²: each parameter's change as a part of its range.
 *
 * <p>The claim is judged by its outcomes' means over replicates. Where a sweep has points at which it does not hold, the
 * nearest is where the search begins. From there on, in turn, until nothing gets nearer or no evaluation is left: on the
 * straight line to the start the border is bracketed; parameters that are not needed go back to where they were, the least
 * moved first; and the nearest point is taken at which polynomials through all outcomes known so far, weighted towards the
 * border, say that the claim fails. Every one of these is really evaluated, and only that counts.
 */
public final class Reversal {
    private static final int STARTS = 3;
    private static final int TRIES = 8;
    private static final int HALVINGS = 6;
    private static final double CLOSE = .02;
    /** Less than this part nearer is no gain. */
    private static final double GAIN = .01;
    /** How far beyond the border the polynomials are asked to be, as a part of the claim's margin at the start. */
    private static final double BEYOND = .02;
    /** A parameter goes back only where the polynomials do not say that this takes more than this part of the margin. */
    private static final double HOPE = .25;

    private static final int SEARCH = 3000;
    private static final double STEP = .15;
    private static final double OUTSIDE = 1e3;
    private static final double LEAST_WEIGHT = .05;
    private static final double OWN_WEIGHT = 3;

    /**
     * A parameter that may be changed.
     *
     * @param name name
     * @param min least value of its range
     * @param max greatest value of its range
     * @param start value that it has before
     * @param decimals decimals of its values
     */
    public record Parameter(String name, double min, double max, double start, int decimals) {
        double least() {
            return (Math.min(min, start) - start) / (max - min);
        }

        double most() {
            return (Math.max(max, start) - start) / (max - min);
        }

        double value(double z) {
            if (z == 0) {
                return start;
            }
            double power = Math.pow(10, decimals);
            double rounded = Math.rint((start + z * (max - min)) * power) / power;
            return Math.max(Math.min(min, start), Math.min(Math.max(max, start), rounded)) + 0.0;
        }

        double place(double value) {
            return (value - start) / (max - min);
        }
    }

    /** What really runs the model. */
    @FunctionalInterface
    public interface Evaluator {
        /**
         * Runs it.
         *
         * @param values values of the parameters, in their order
         * @return outcomes by replicate; NaN for runs that failed; null if the model does not take such values
         */
        Map<Operand, double[]> outcomes(double[] values);
    }

    /**
     * An evaluation.
     *
     * @param how why this point: start, sweep, line, back, model or beyond
     * @param values values of the parameters
     * @param distance size of the change
     * @param margin by how much the claim holds; below 0 where it does not, NaN where it cannot be told
     * @param error standard error of the margin over replicates (jackknife); NaN with one
     * @param replicates replicates that have all outcomes
     * @param holds whether the claim holds
     */
    public record Trial(
            String how, double[] values, double distance, double margin, double error, int replicates, boolean holds) {
        /**
         * Whether it does not hold, for all that is known.
         *
         * @return true if it is known not to hold
         */
        public boolean reversed() {
            return !Double.isNaN(margin) && !holds;
        }

        /**
         * Half of the width of the margin's interval.
         *
         * @param confidence level
         * @return half-width by Student's t; NaN with one replicate
         */
        public double halfWidth(double confidence) {
            return replicates < 2
                    ? Double.NaN
                    : error
                            * new TDistribution(null, replicates - 1.0)
                                    .inverseCumulativeProbability((1 + confidence) / 2);
        }
    }

    /**
     * What came of a search.
     *
     * @param start the claim before any change
     * @param found the nearest point at which it does not hold; null if there is none, or it does not hold to begin with
     * @param trials all evaluations, in the order in which they were made
     * @param nearestInSweep distance of the nearest point of the sweep at which it does not hold; NaN if there is none
     * @param skills part of the variance of each outcome over the sweep that the polynomials tell, leaving out one at a
     *     time
     */
    public record Result(
            Trial start, Trial found, List<Trial> trials, double nearestInSweep, Map<Operand, Double> skills) {
        /** Copies. */
        public Result {
            trials = List.copyOf(trials);
            skills = new LinkedHashMap<>(skills);
        }
    }

    private final Condition claim;
    private final List<Parameter> parameters;
    private final long seed;
    private final List<double[]> known = new ArrayList<>(); // places
    private final List<Map<Operand, Double>> means = new ArrayList<>();
    private final List<Boolean> own = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<List<Double>, Trial> made = new HashMap<>();
    private Evaluator evaluator;
    private int left;
    private int searches;

    /**
     * Prepares.
     *
     * @param claim claim
     * @param parameters parameters that may be changed; each range has a width
     * @param seed seed of the search
     */
    public Reversal(Condition claim, List<Parameter> parameters, long seed) {
        this.claim = claim;
        this.parameters = List.copyOf(parameters);
        this.seed = seed;
    }

    /**
     * Adds what a sweep knows of a point.
     *
     * @param values values of the parameters, in their order
     * @param outcomes outcomes by replicate
     */
    public void observe(double[] values, Map<Operand, double[]> outcomes) {
        Map<Operand, Double> mean = means(outcomes);
        if (mean.values().stream().noneMatch(v -> Double.isNaN(v))) {
            double[] z = new double[values.length];
            for (int i = 0; i < z.length; i++) {
                z[i] = parameters.get(i).place(values[i]);
            }
            known.add(z);
            means.add(mean);
            own.add(evaluator != null);
        }
    }

    /** Means over the replicates that have all outcomes; NaN if none has. */
    private static Map<Operand, Double> means(Map<Operand, double[]> outcomes) {
        return means(outcomes, whole(outcomes), -1);
    }

    private static int[] whole(Map<Operand, double[]> outcomes) {
        int replicates = outcomes.values().iterator().next().length;
        return IntStream.range(0, replicates)
                .filter(r -> outcomes.values().stream().noneMatch(v -> Double.isNaN(v[r])))
                .toArray();
    }

    private static Map<Operand, Double> means(Map<Operand, double[]> outcomes, int[] replicates, int without) {
        Map<Operand, Double> means = new LinkedHashMap<>();
        outcomes.forEach((operand, values) -> means.put(
                operand,
                Arrays.stream(replicates)
                        .filter(r -> r != without)
                        .mapToDouble(r -> values[r])
                        .average()
                        .orElse(Double.NaN)));
        return means;
    }

    /**
     * Judges a claim by outcomes.
     *
     * @param how why this point
     * @param values values of the parameters
     * @param outcomes outcomes by replicate
     * @return what they say
     */
    public Trial judge(String how, double[] values, Map<Operand, double[]> outcomes) {
        int[] whole = whole(outcomes);
        Map<Operand, Double> mean = means(outcomes);
        double margin = claim.margin(mean::get);
        double error = Double.NaN;
        if (whole.length > 1) {
            double[] without = Arrays.stream(whole)
                    .mapToDouble(r -> claim.margin(means(outcomes, whole, r)::get))
                    .toArray();
            double centre = Arrays.stream(without).average().orElseThrow();
            double squares =
                    Arrays.stream(without).map(m -> (m - centre) * (m - centre)).sum();
            error = Math.sqrt(squares * (whole.length - 1) / whole.length);
        }
        return new Trial(
                how, values.clone(), distance(places(values)), margin, error, whole.length, claim.holds(mean::get));
    }

    private double[] places(double... values) {
        double[] z = new double[values.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = parameters.get(i).place(values[i]);
        }
        return z;
    }

    private static double distance(double... z) {
        return Math.sqrt(Arrays.stream(z).map(v -> v * v).sum());
    }

    /**
     * The values at a part of the way from the start to a point, or beyond it.
     *
     * @param trial a point
     * @param part part of the way
     * @return values within the ranges
     */
    public double[] along(Trial trial, double part) {
        return values(Arrays.stream(places(trial.values())).map(v -> part * v).toArray());
    }

    private double[] values(double... z) {
        double[] values = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            values[i] = parameters.get(i).value(z[i]);
        }
        return values;
    }

    /**
     * Searches.
     *
     * @param runs what runs the model
     * @param evaluations most evaluations
     * @return what came of it
     */
    public Result search(Evaluator runs, int evaluations) {
        Map<Operand, Double> skills = new LinkedHashMap<>();
        if (known.size() > parameters.size() + 1) {
            surrogates().forEach((operand, s) -> skills.put(operand, s.skill()));
        }
        List<double[]> starts = IntStream.range(0, known.size())
                .filter(i -> !claim.holds(means.get(i)::get))
                .mapToObj(known::get)
                .sorted(Comparator.comparingDouble(Reversal::distance))
                .toList();
        double nearest = starts.isEmpty() ? Double.NaN : distance(starts.get(0));
        evaluator = runs;
        left = evaluations;
        Trial start = evaluate("start", new double[parameters.size()]);
        if (start == null || Double.isNaN(start.margin()) || !start.holds()) {
            return new Result(start, null, trials, nearest, skills);
        }
        Trial best = null;
        for (int i = 0; i < Math.min(STARTS, starts.size()) && best == null; i++) {
            best = nearer(best, evaluate("sweep", starts.get(i)));
        }
        for (int i = 0; i < TRIES && best == null; i++) {
            double[] z = model(null, start.margin());
            best = z == null ? null : nearer(best, evaluate("model", z));
        }
        while (best != null && left > 0) {
            best = back(line(best, start), start);
            Trial found = null;
            for (int i = 0; i < TRIES / 2 && found == null && left > 0; i++) {
                double[] z = model(best, start.margin());
                if (z == null || distance(places(values(z))) > (1 - GAIN) * best.distance()) {
                    break;
                }
                Trial trial = evaluate("model", z);
                found = trial != null && trial.reversed() ? trial : null;
            }
            if (found == null) {
                break;
            }
            best = found;
        }
        return new Result(start, best, trials, nearest, skills);
    }

    private static Trial nearer(Trial best, Trial trial) {
        return trial != null && trial.reversed() && (best == null || trial.distance() < best.distance()) ? trial : best;
    }

    /** Evaluates a point; null if there is nothing left to do so with, or the model does not take it. */
    private Trial evaluate(String how, double... z) {
        double[] values = values(z);
        List<Double> key = Arrays.stream(values).boxed().toList();
        if (made.containsKey(key)) {
            return made.get(key);
        }
        if (left <= 0) {
            return null;
        }
        left--;
        Map<Operand, double[]> outcomes = evaluator.outcomes(values);
        Trial trial = null;
        if (outcomes != null) {
            observe(values, outcomes);
            trial = judge(how, values, outcomes);
            trials.add(trial);
        }
        made.put(key, trial);
        return trial;
    }

    /** The border on the straight line to the start. */
    private Trial line(Trial far, Trial start) {
        Trial best = far;
        double low = 0;
        double high = 1;
        double above = start.margin();
        double below = far.margin();
        double[] z = places(far.values());
        for (int i = 0; i < HALVINGS && high - low > CLOSE; i++) {
            double part = Math.max(.1, Math.min(.9, above / (above - below)));
            double t = low + (high - low) * (Double.isFinite(part) ? part : .5);
            Trial trial = evaluate("line", Arrays.stream(z).map(v -> t * v).toArray());
            if (trial == null) {
                break;
            }
            if (trial.reversed()) {
                high = t;
                below = trial.margin();
                best = nearer(best, trial);
            } else {
                low = t;
                above = Double.isNaN(trial.margin()) ? above : trial.margin();
            }
        }
        return best;
    }

    /** Puts parameters back that need not change. */
    private Trial back(Trial trial, Trial start) {
        Trial best = trial;
        double[] first = places(trial.values());
        int[] order = IntStream.range(0, first.length)
                .boxed()
                .filter(i -> first[i] != 0)
                .sorted(Comparator.comparingDouble(i -> Math.abs(first[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i : order) {
            double[] z = places(best.values());
            if (distance(z) == Math.abs(z[i])) {
                break; // it is the last
            }
            z[i] = 0;
            if (claim.margin(predicted(surrogates(), z)::get) < HOPE * start.margin()) {
                best = nearer(best, evaluate("back", z));
            }
        }
        return best;
    }

    // The polynomials -------------------------------------------------------------------------------------------------

    private Map<Operand, Surrogate> surrogates() {
        double[] margins = means.stream().mapToDouble(m -> claim.margin(m::get)).toArray();
        double[] sizes = Arrays.stream(margins).map(Math::abs).sorted().toArray();
        double scale = Math.max(Double.MIN_NORMAL, sizes[sizes.length / 4]);
        double[] weights = new double[margins.length];
        for (int i = 0; i < weights.length; i++) {
            double far = margins[i] / scale;
            weights[i] = Math.max(LEAST_WEIGHT, 1 / (1 + far * far)) * (own.get(i) ? OWN_WEIGHT : 1);
        }
        Map<Operand, Surrogate> surrogates = new LinkedHashMap<>();
        for (Operand operand : claim.operands()) {
            surrogates.put(
                    operand,
                    Surrogate.fit(
                            known,
                            means.stream().mapToDouble(m -> m.get(operand)).toArray(),
                            weights));
        }
        return surrogates;
    }

    private static Map<Operand, Double> predicted(Map<Operand, Surrogate> surrogates, double... z) {
        Map<Operand, Double> values = new HashMap<>();
        surrogates.forEach((operand, s) -> values.put(operand, s.at(z)));
        return values;
    }

    /** The nearest point at which the polynomials say that the claim fails; where they say so nowhere, the least margin. */
    private double[] model(Trial best, double margin) {
        int n = parameters.size();
        double[] low = parameters.stream().mapToDouble(Parameter::least).toArray();
        double[] high = parameters.stream().mapToDouble(Parameter::most).toArray();
        double[] step = new double[n];
        for (int i = 0; i < n; i++) {
            step[i] = STEP * (high[i] - low[i]);
        }
        Map<Operand, Surrogate> surrogates = surrogates();
        double[] nearest = new double[n];
        double[] least = {Double.POSITIVE_INFINITY};
        ObjectiveFunction objective = new ObjectiveFunction(z -> {
            double m = claim.margin(predicted(surrogates, z)::get) + BEYOND * margin;
            double value = m <= 0 ? distance(z) : OUTSIDE * (1 + m / margin);
            if (value < least[0]) {
                least[0] = value;
                System.arraycopy(z, 0, nearest, 0, n);
            }
            return value;
        });
        double[] guess = best == null ? new double[n] : places(best.values());
        for (int i = 0; i < n; i++) {
            guess[i] = Math.max(low[i], Math.min(high[i], guess[i]));
        }
        try {
            new CMAESOptimizer(Integer.MAX_VALUE, 0, true, 0, 0, new Well19937c(seed + searches++), false, null)
                    .optimize(
                            new MaxEval(SEARCH),
                            objective,
                            GoalType.MINIMIZE,
                            new InitialGuess(guess),
                            new SimpleBounds(low, high),
                            new CMAESOptimizer.Sigma(step),
                            new CMAESOptimizer.PopulationSize(8 + (int) (3 * Math.log(n))));
        } catch (TooManyEvaluationsException e) {
            // the best so far it is
        }
        return made.containsKey(Arrays.stream(values(nearest)).boxed().toList()) ? null : nearest;
    }
}
