package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.scenario.Scenario;

/** V5: switching cost, at once and as it builds up with tenure. */
final class SwitchingLimit {
    private static final String ID = "V5";

    static final Limit LIMIT = new Limit(
            ID,
            "switching cost",
            "T = 0: share of k in proportion to e^U_k * sum of e^(U_j - phi d_kj), which gives .247207 .606368 .146425;"
                    + " T > 0: the stationary law of the chain over offer and tenure",
            List.of("v5-switching", "v5-tenure"),
            "closed form (detailed balance); the chain's linear system solved by LU decomposition",
            Limit.BY_CHANCE + "; standard errors from the chain's own autocovariance",
            List.of(SwitchingLimit::atOnce, SwitchingLimit::withTenure));

    /** First tenure of each bin, and the tenure whose lock-in stands for it; the last bin is open. */
    private static final int[] FIRST = {0, 1, 2, 3, 4, 6, 9, 13, 19, 31};

    private static final double[] MIDDLE = {0, 1, 2, 3, 4.5, 7, 10.5, 15.5, 24.5, 48};
    private static final int LONGEST = 31;

    private SwitchingLimit() {}

    private static double[][] distances(Scenario scenario) {
        double near = Laboratory.value(scenario, "choice.distanceStack");
        return new double[][] {{0, near, 1}, {near, 0, 1}, {1, 1, 0}};
    }

    private static List<Check> atOnce(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v5-switching");
        double[] utility = ChoiceLimit.utilities(scenario);
        double phi = Laboratory.value(scenario, "choice.switching.users");
        double[][] distance = distances(scenario);
        double[] expected = new double[3];
        double[][] transition = new double[3][];
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double[] value = new double[3];
            for (int j = 0; j < 3; j++) {
                value[j] = utility[j] - phi * distance[k][j];
                expected[k] += StrictMath.exp(utility[k]) * StrictMath.exp(value[j]);
            }
            transition[k] = Logit.softmax(value);
            sum += expected[k];
        }
        for (int k = 0; k < 3; k++) {
            expected[k] /= sum;
        }
        int adopters = laboratory.size(200_000, 1_000_000);
        int burn = 40;
        int months = scenario.spec().months();
        int[][][] users = laboratory.users(Laboratory.sized(scenario, adopters), 0);
        List<Check> checks = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            double got = 0;
            for (int t = burn; t < months; t++) {
                got += (double) users[t][0][k] / adopters / (months - burn);
            }
            double[] indicator = new double[3];
            indicator[k] = 1;
            double error = Chains.errorOfMean(transition, expected, indicator, adopters, 1, months - burn);
            checks.add(Check.sampled(ID, "T = 0, share at " + name(utility[k]), expected[k], got, error));
        }
        return checks;
    }

    private static String name(double utility) {
        return "U = " + Verification.label(utility);
    }

    private static double lockIn(int tenure, double time) {
        int bin = 0;
        while (bin + 1 < FIRST.length && tenure >= FIRST[bin + 1]) {
            bin++;
        }
        return 1 - StrictMath.exp(-MIDDLE[bin] / time);
    }

    /** Tenure kept on a move, in hundredths, so that no rounding of decimals enters. */
    private static int kept(int tenure, double distance) {
        return (int) (tenure * (100 - Math.round(distance * 100)) / 100);
    }

    private static int state(int offer, int tenure) {
        return offer * (LONGEST + 1) + tenure;
    }

    private static List<Check> withTenure(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v5-tenure");
        double[] utility = ChoiceLimit.utilities(scenario);
        double phi = Laboratory.value(scenario, "choice.switching.users");
        double time = Laboratory.value(scenario, "choice.lockInTime");
        double review = Laboratory.value(scenario, "choice.review.users");
        double[][] distance = distances(scenario);
        int states = 3 * (LONGEST + 1);
        double[][] transition = new double[states][states];
        for (int k = 0; k < 3; k++) {
            for (int tenure = 0; tenure <= LONGEST; tenure++) {
                int now = Math.min(LONGEST, tenure + 1);
                double[] value = new double[3];
                for (int j = 0; j < 3; j++) {
                    value[j] = utility[j] - phi * distance[k][j] * lockIn(now, time);
                }
                double[] chosen = Logit.softmax(value);
                double[] from = transition[state(k, tenure)];
                from[state(k, now)] += 1 - review * (1 - chosen[k]);
                for (int j = 0; j < 3; j++) {
                    if (j != k) {
                        from[state(j, kept(now, distance[k][j]))] += review * chosen[j];
                    }
                }
            }
        }
        double[] law = Chains.stationary(transition);

        int adopters = laboratory.size(100_000, 500_000);
        int burn = laboratory.size(250, 300);
        int spacing = 25;
        int times = laboratory.size(4, 24);
        int months = burn + spacing * (times - 1) + 1;
        double[] got = new double[4];
        laboratory.run(Laboratory.sized(scenario, adopters).withMonths(months), world -> {
            int since = world.monthOfRun() - burn;
            if (since >= 0 && since % spacing == 0) {
                for (int k = 0; k < 3; k++) {
                    got[k] += (double) world.nations().get(0).adopters.users(0)[k] / adopters / times;
                }
                got[3] += world.nations().get(0).lockIn() / times;
            }
        });
        List<Check> checks = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            double[] function = new double[states];
            double expected = 0;
            for (int k = 0; k < 3; k++) {
                for (int tenure = 0; tenure <= LONGEST; tenure++) {
                    function[state(k, tenure)] = part < 3 ? part == k ? 1 : 0 : phi * lockIn(tenure, time);
                    expected += law[state(k, tenure)] * function[state(k, tenure)];
                }
            }
            double error = Chains.errorOfMean(transition, law, function, adopters, spacing, times);
            String what = part < 3 ? "share at " + name(utility[part]) : "mean lock-in, utils";
            checks.add(Check.sampled(ID, "T = 6, r = 0.3, " + what, expected, got[part], error));
        }
        return checks;
    }
}
