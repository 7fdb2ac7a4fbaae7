package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.scenario.Scenario;

/** V4: consideration alone, which is Bass's diffusion. */
final class ConsiderationLimit {
    private static final String ID = "V4";

    static final Limit LIMIT = new Limit(
            ID,
            "consideration",
            "F' = F + (p + qF)(1 - F): p = .01, q = .1 gives .189551, .819641, .986729 after 12, 36, 60 months; Bass's"
                    + " closed form as the step shrinks",
            List.of("v4-consideration", "v4-two-nations"),
            "the recursion; closed form of Bass (1969); standard errors from the linearised recursion under the"
                    + " Brownian bridge of the adopters' thresholds",
            "inside a simultaneous band over all months (Bonferroni) at a false alarm rate of 1e-4",
            List.of(ConsiderationLimit::oneNation, ConsiderationLimit::twoNations, ConsiderationLimit::closedForm));

    private ConsiderationLimit() {}

    /** What theory says of a nation's share of users: its course, and its standard error at one adopter. */
    private record Course(double[][] share, double[][] error) {}

    /**
     * The recursion, and the noise of a finite number of adopters in it.
     *
     * <p>An adopter considers the stack from the month in which the cumulative hazard passes a threshold of its own, so
     * that users are the empirical distribution function of the thresholds at the cumulative hazard: off it by a Brownian
     * bridge over the root of the number of adopters, the same bridge in every month. Deviations are carried through the
     * recursion to first order.
     *
     * @param p hazard without users, by nation
     * @param q hazard added by users
     * @param see how much of its users a nation sees of each nation
     * @param months number of months
     */
    private static Course course(double[] p, double q, double[][] see, int months) {
        int nations = p.length;
        double[][] share = new double[nations][months];
        double[][] error = new double[nations][months];
        double[] reach = new double[nations];
        // Deviation of reach of each nation as a sum over nations and months of bridge values.
        double[][][] weight = new double[nations][nations][months];
        for (int t = 0; t < months; t++) {
            double[] next = new double[nations];
            double[][][] nextWeight = new double[nations][nations][months];
            for (int n = 0; n < nations; n++) {
                double seen = 0;
                for (int m = 0; m < nations; m++) {
                    seen += t == 0 ? 0 : see[n][m] * share[m][t - 1];
                }
                double hazard = p[n] + q * seen;
                next[n] = reach[n] + hazard * (1 - reach[n]);
                for (int from = 0; from < nations; from++) {
                    for (int at = 0; at < t; at++) {
                        double users = 0;
                        for (int m = 0; m < nations; m++) {
                            double bridge = m == from && at == t - 1 ? 1 : 0;
                            users += see[n][m] * (weight[m][from][at] + bridge);
                        }
                        nextWeight[n][from][at] = (1 - hazard) * weight[n][from][at] + (1 - reach[n]) * q * users;
                    }
                }
            }
            reach = next;
            weight = nextWeight;
            for (int n = 0; n < nations; n++) {
                share[n][t] = reach[n];
            }
            for (int n = 0; n < nations; n++) {
                double variance = 0;
                for (int from = 0; from < nations; from++) {
                    double[] w = weight[n][from].clone();
                    if (from == n) {
                        w[t] += 1;
                    }
                    for (int a = 0; a <= t; a++) {
                        for (int b = 0; b <= t; b++) {
                            double x = share[from][a];
                            double y = share[from][b];
                            variance += w[a] * w[b] * (Math.min(x, y) - x * y);
                        }
                    }
                }
                error[n][t] = StrictMath.sqrt(variance);
            }
        }
        return new Course(share, error);
    }

    private static List<Check> oneNation(Laboratory laboratory) {
        int adopters = laboratory.size(400_000, 4_000_000);
        Scenario scenario = Laboratory.sized(laboratory.scenario("v4-consideration"), adopters);
        double p = Laboratory.value(scenario, "awareness.innovation.users");
        double q = Laboratory.value(scenario, "awareness.imitation.users");
        Course course = course(
                new double[] {p}, q, new double[][] {{1}}, scenario.spec().months());
        return compare(laboratory, scenario, adopters, course, List.of("AAA"), new int[] {12, 36, 60});
    }

    private static List<Check> twoNations(Laboratory laboratory) {
        int adopters = laboratory.size(200_000, 2_000_000);
        Scenario scenario = Laboratory.sized(laboratory.scenario("v4-two-nations"), adopters);
        double p = Laboratory.value(scenario, "awareness.innovation.users");
        double q = Laboratory.value(scenario, "awareness.imitation.users");
        double abroad = Laboratory.value(scenario, "awareness.worldWeight");
        double reach = Laboratory.value(scenario, "awareness.stackReach.us_closed");
        // A quarter of the people live in the first nation, the rest in the stack's home.
        double[][] see = {{1 - abroad + abroad * .25, abroad * .75}, {abroad * .25, 1 - abroad + abroad * .75}};
        Course course =
                course(new double[] {p * reach, p}, q, see, scenario.spec().months());
        return compare(laboratory, scenario, adopters, course, List.of("AAA", "USA"), new int[] {36});
    }

    private static List<Check> compare(
            Laboratory laboratory, Scenario scenario, int adopters, Course course, List<String> nations, int[] shown) {
        int[][][] users = laboratory.users(scenario, 0);
        int months = users.length;
        int among = months * nations.size();
        double root = StrictMath.sqrt(adopters);
        List<Check> checks = new ArrayList<>();
        for (int n = 0; n < nations.size(); n++) {
            int outside = 0;
            for (int t = 0; t < months; t++) {
                Check check = Check.sampled(
                        ID,
                        "share after " + (t + 1) + " months" + (nations.size() > 1 ? " in " + nations.get(n) : ""),
                        course.share()[n][t],
                        (double) users[t][n][0] / adopters,
                        course.error()[n][t] / root,
                        among);
                outside += check.holds() ? 0 : 1;
                for (int month : shown) {
                    if (month == t + 1) {
                        checks.add(check);
                    }
                }
            }
            checks.add(Check.none(
                    ID,
                    "months of " + months + " outside the band" + (nations.size() > 1 ? " in " + nations.get(n) : ""),
                    outside));
        }
        return checks;
    }

    /** Ever smaller steps, extrapolated to none. */
    private static List<Check> closedForm(Laboratory laboratory) {
        int adopters = laboratory.size(300_000, 3_000_000);
        int steps = laboratory.size(8, 16);
        double p = .01;
        double q = .1;
        double t = 36;
        double decay = StrictMath.exp(-(p + q) * t);
        double expected = (1 - decay) / (1 + q / p * decay);
        double[] got = new double[2];
        double[] error = new double[2];
        for (int i = 0; i < 2; i++) {
            int cut = steps * (i + 1);
            Scenario scenario = laboratory
                    .scenario(
                            "v4-consideration",
                            "awareness.innovation.users",
                            p / cut,
                            "awareness.imitation.users",
                            q / cut)
                    .withMonths(36 * cut);
            int[][][] users = laboratory.users(Laboratory.sized(scenario, adopters), i + 1L);
            got[i] = (double) users[users.length - 1][0][0] / adopters;
            Course course = course(new double[] {p / cut}, q / cut, new double[][] {{1}}, users.length);
            error[i] = course.error()[0][users.length - 1] / StrictMath.sqrt(adopters);
        }
        // The step's error is of first order: twice the finer less the coarser leaves one of second order.
        return List.of(Check.sampled(
                ID,
                "Bass's closed form at t = 36, steps of 1/" + steps + " and 1/" + 2 * steps + " month",
                expected,
                2 * got[1] - got[0],
                StrictMath.sqrt(4 * error[1] * error[1] + error[0] * error[0])));
    }
}
