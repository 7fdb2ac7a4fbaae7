package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.agents.LabSpec;
import twostacks.scenario.Scenario;

/** V1: without anything but utilities, shares are those of the plain logit. */
final class ChoiceLimit {
    private static final String ID = "V1";

    static final Limit LIMIT = new Limit(
            ID,
            "plain logit",
            "share of k = e^U_k / sum of e^U_j; U = 0, .5, 1, -.3 gives .163725 .269936 .445049 .121290",
            List.of("v1-choice", "v1-choice-mixed"),
            "closed form",
            Limit.BY_CHANCE + "; Pearson's chi-squared over all cells and months at the same rate",
            List.of(ChoiceLimit::apart, ChoiceLimit::together));

    private ChoiceLimit() {}

    private static List<Check> apart(Laboratory laboratory) {
        return compare(laboratory, "v1-choice", "");
    }

    private static List<Check> together(Laboratory laboratory) {
        return compare(laboratory, "v1-choice-mixed", "several offers to a stack: ");
    }

    private static List<Check> compare(Laboratory laboratory, String name, String prefix) {
        int adopters = 1_000_000;
        int months = laboratory.size(2, 12);
        Scenario scenario =
                Laboratory.sized(laboratory.scenario(name), adopters).withMonths(months);
        double[] utility = utilities(scenario);
        double[] expected = Logit.softmax(utility);
        int[][][] users = laboratory.users(scenario, 0);
        double[] got = new double[expected.length];
        double statistic = 0;
        for (int[][] month : users) {
            for (int k = 0; k < expected.length; k++) {
                double mean = adopters * expected[k];
                statistic += (month[0][k] - mean) * (month[0][k] - mean) / mean;
                got[k] += (double) month[0][k] / adopters / months;
            }
        }
        List<Check> checks = new ArrayList<>();
        for (int k = 0; k < expected.length; k++) {
            double error = StrictMath.sqrt(expected[k] * (1 - expected[k]) / adopters / months);
            checks.add(Check.sampled(
                    ID, prefix + "share at U = " + Verification.label(utility[k]), expected[k], got[k], error));
        }
        checks.add(Check.fit(
                ID,
                prefix + "chi-squared, " + months + " months of 1 million",
                statistic,
                months * (expected.length - 1),
                (double) adopters * months));
        return checks;
    }

    /** Utilities of the offers, and of none last. */
    static double[] utilities(Scenario scenario) {
        List<Double> utility = new ArrayList<>();
        double slope = Laboratory.value(scenario, "choice.capability.users");
        for (LabSpec lab : scenario.spec().labs()) {
            for (int channel = 0; channel < lab.channels().size(); channel++) {
                utility.add(slope * (lab.capability() - 30) / 10);
            }
        }
        utility.add(Laboratory.value(scenario, "choice.nonUse.users"));
        return utility.stream().mapToDouble(u -> u).toArray();
    }
}
