package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.scenario.Scenario;

/** V3: the social term alone, and where it makes a state last. */
final class SocialLimit {
    private static final String ID = "V3";

    static final Limit LIMIT = new Limit(
            ID,
            "social term",
            "two stacks: difference m of shares among users solves m = tanh(J m/2); one step multiplies artanh m by J/2"
                    + " near 0; K stacks: the ordered state ends at a fold, J = 2.746 (K = 3), 3.836 (K = 6)",
            List.of("v3-two-stacks", "v3-three-stacks", "v3-six-stacks"),
            "roots of the mean-field equations by bisection; folds as the least J of their ordered branch. The engine"
                    + " has six stacks, so the published K = 7 (4.060) is replaced by K = 6",
            Limit.BY_CHANCE + "; folds within .02 (quick) or .01",
            List.of(
                    l -> fixedPoint(l, 2.2, false),
                    l -> fixedPoint(l, 2.5, false),
                    l -> fixedPoint(l, 2.5, true),
                    l -> fixedPoint(l, 3, false),
                    l -> fixedPoint(l, 4, false),
                    l -> fixedPoint(l, 1.5, false),
                    l -> slope(l, 1.9),
                    l -> slope(l, 2),
                    l -> slope(l, 2.1),
                    l -> ordered(l, 3, 2.8),
                    l -> ordered(l, 3, 3.2),
                    l -> collapsed(l, 3, 2.68),
                    l -> foldOf(l, 3),
                    l -> ordered(l, 6, 3.9),
                    l -> ordered(l, 6, 4.3),
                    l -> collapsed(l, 6, 3.77),
                    l -> foldOf(l, 6)));

    private SocialLimit() {}

    private static List<Check> fixedPoint(Laboratory laboratory, double j, boolean fromChina) {
        int adopters = laboratory.size(50_000, 300_000);
        int burn = laboratory.size(60, 100);
        int months = laboratory.size(100, 200);
        Scenario scenario = Laboratory.sized(laboratory.scenario("v3-two-stacks", "choice.social.users", j), adopters);
        if (fromChina) {
            // Without the first month's handicap of the one, a standing handicap of the other for a month.
            scenario = Laboratory.startingWith(scenario, "choice.originHandicapUs.users", 20);
        }
        int[][][] users = laboratory.users(scenario.withMonths(months), Math.round(1000 * j) + (fromChina ? 1 : 0));
        double got = 0;
        for (int t = burn; t < months; t++) {
            got += difference(users[t][0]) / (months - burn);
        }
        double expected = (fromChina ? -1 : 1) * root(j);
        double slope = j / 2 * (1 - expected * expected);
        double noise = StrictMath.sqrt((1 - expected * expected) / adopters);
        double error = Chains.errorOfMean(noise, slope, months - burn);
        String what = "m at J = " + Verification.label(j) + (fromChina ? ", from the other side" : "");
        return List.of(Check.sampled(ID, what, expected, got, error));
    }

    /** The greatest root of m = tanh(J m/2). */
    static double root(double j) {
        if (j <= 2) {
            return 0;
        }
        double low = 1e-9;
        double high = 1;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (StrictMath.tanh(j * middle / 2) > middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double difference(int[] users) {
        return (double) (users[0] - users[1]) / (users[0] + users[1]);
    }

    /** One step from a small difference, many times: artanh m' over m is J/2 whatever m came about. */
    private static List<Check> slope(Laboratory laboratory, double j) {
        int adopters = 1_000_000;
        int replicates = laboratory.size(3, 40);
        Scenario scenario = Laboratory.startingWith(
                Laboratory.sized(laboratory.scenario("v3-two-stacks", "choice.social.users", j), adopters),
                "choice.originHandicapCn.users",
                .4);
        double products = 0;
        double squares = 0;
        for (int r = 0; r < replicates; r++) {
            int[][][] users = laboratory.users(scenario.withMonths(2), Math.round(1e6 * j) + r);
            double before = difference(users[0][0]);
            double after = difference(users[1][0]);
            products += before * .5 * StrictMath.log((1 + after) / (1 - after));
            squares += before * before;
        }
        // The variance of artanh m' is 1/((1 - m'^2) N), and m' is small.
        double after = StrictMath.tanh(j / 2 * StrictMath.tanh(.2));
        double error = StrictMath.sqrt(1 / (1 - after * after) / adopters / squares);
        return List.of(
                Check.sampled(ID, "one-step slope at J = " + Verification.label(j), j / 2, products / squares, error));
    }

    private static Scenario stacks(Laboratory laboratory, int k, double j, int adopters) {
        return Laboratory.sized(
                laboratory.scenario(k == 3 ? "v3-three-stacks" : "v3-six-stacks", "choice.social.users", j), adopters);
    }

    /** Above the fold the ordered state lasts. */
    private static List<Check> ordered(Laboratory laboratory, int k, double j) {
        int adopters = laboratory.size(50_000, 300_000);
        int burn = laboratory.size(60, 100);
        int months = laboratory.size(100, 200);
        int[][][] users = laboratory.users(stacks(laboratory, k, j, adopters).withMonths(months), Math.round(1000 * j));
        double got = 0;
        for (int t = burn; t < months; t++) {
            got += leading(users[t][0]) / (months - burn);
        }
        double x = orderedShare(k, j);
        double other = (1 - x) / (k - 1);
        double slope = j * x * (1 - x + other);
        double noise = StrictMath.sqrt(x * (1 - x) / adopters);
        return List.of(Check.sampled(
                ID,
                "leading share of " + k + " stacks at J = " + Verification.label(j),
                x,
                got,
                Chains.errorOfMean(noise, slope, months - burn)));
    }

    /** Below it all become equal. */
    private static List<Check> collapsed(Laboratory laboratory, int k, double j) {
        int adopters = laboratory.size(40_000, 100_000);
        int months = laboratory.size(250, 600);
        int[][][] users = laboratory.users(stacks(laboratory, k, j, adopters).withMonths(months), Math.round(1000 * j));
        double got = leading(users[months - 1][0]);
        double slope = j / k;
        double error = StrictMath.sqrt((1.0 / k) * (1 - 1.0 / k) / adopters / (1 - slope * slope));
        return List.of(Check.sampled(
                ID, "first share of " + k + " stacks at J = " + Verification.label(j), 1.0 / k, got, error));
    }

    private static double leading(int[] users) {
        int all = 0;
        for (int k = 0; k < users.length - 1; k++) {
            all += users[k];
        }
        return (double) users[0] / all;
    }

    /** J at which a leading share x stands still: ln(x(K−1)/(1−x)) / (x − (1−x)/(K−1)). */
    private static double standing(int k, double x) {
        return StrictMath.log(x * (k - 1) / (1 - x)) / (x - (1 - x) / (k - 1));
    }

    /** The leading share at which the ordered branch turns, by golden section. */
    private static double turningShare(int k) {
        double low = 1.0 / k + 1e-6;
        double high = 1 - 1e-6;
        double part = (StrictMath.sqrt(5) - 1) / 2;
        for (int i = 0; i < 200; i++) {
            double a = high - part * (high - low);
            double b = low + part * (high - low);
            if (standing(k, a) < standing(k, b)) {
                high = b;
            } else {
                low = a;
            }
        }
        return (low + high) / 2;
    }

    /** J of the fold of K symmetric stacks. */
    static double fold(int k) {
        return standing(k, turningShare(k));
    }

    /** The stable leading share above the fold. */
    static double orderedShare(int k, double j) {
        double low = turningShare(k);
        double high = 1 - 1e-12;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (standing(k, middle) < j) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Finds the fold with the engine, by halving the range in which the ordered state ends. */
    private static List<Check> foldOf(Laboratory laboratory, int k) {
        int adopters = laboratory.size(20_000, 50_000);
        int months = laboratory.size(200, 500);
        double low = k == 3 ? 2.3 : 3.4;
        double high = k == 3 ? 3.2 : 4.3;
        double halfway = (1.0 / k + turningShare(k)) / 2;
        List<Double> lasted = new ArrayList<>();
        while (high - low > (laboratory.quick() ? .012 : .003)) {
            double j = (low + high) / 2;
            int[][][] users =
                    laboratory.users(stacks(laboratory, k, j, adopters).withMonths(months), lasted.size());
            boolean lasts = leading(users[months - 1][0]) > halfway;
            lasted.add(j);
            if (lasts) {
                high = j;
            } else {
                low = j;
            }
        }
        double tolerance = laboratory.quick() ? .02 : .01;
        return List.of(
                Check.exact(ID, "fold of " + k + " stacks, J found by halving", fold(k), (low + high) / 2, tolerance));
    }
}
