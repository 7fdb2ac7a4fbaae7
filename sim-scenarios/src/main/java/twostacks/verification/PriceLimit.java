package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.scenario.Scenario;

/** V9: mark-up at a fixed share, and the fall of cost. */
final class PriceLimit {
    private static final String ID = "V9";
    private static final double ROUNDING = 1e-9;
    /** August 2026, to which the reference cost belongs. */
    private static final int REFERENCE = 2026 * 12 + 7;

    static final Limit LIMIT = new Limit(
            ID,
            "price",
            "at a fixed share the mark-up goes to least + (most - least) share, its distance shrinking by 1 - zeta;"
                    + " cost at a given capability halves every h months",
            List.of("v9-price"),
            "closed forms",
            Limit.BY_ROUNDING + " (1e-9 of the value)",
            List.of(PriceLimit::price));

    private PriceLimit() {}

    private static List<Check> price(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v9-price");
        int months = scenario.spec().months();
        double[][] markup = new double[2][months + 1];
        double[][] list = new double[2][months + 1];
        laboratory.run(scenario, world -> {
            for (int lab = 0; lab < 2; lab++) {
                markup[lab][world.monthOfRun() + 1] = world.labs().get(lab).markup();
                list[lab][world.monthOfRun() + 1] = world.labs().get(lab).listPrice();
            }
        });
        double least = Laboratory.value(scenario, "price.markupMin");
        double most = Laboratory.value(scenario, "price.markupMax");
        double speed = Laboratory.value(scenario, "price.markupSpeed");
        double halving = Laboratory.value(scenario, "price.costHalving");
        double slope = Laboratory.value(scenario, "price.costSlope");
        double subsidy = Laboratory.value(scenario, "price.cnSubsidy");
        double[] share = {.75, .25};
        List<Check> checks = new ArrayList<>();
        for (int lab = 0; lab < 2; lab++) {
            String name = lab == 0 ? "share 0.75" : "share 0.25";
            double first = scenario.spec().labs().get(lab).markup();
            // In the first month nobody uses anything yet.
            double start = first + speed * (least - first);
            double settled = least + (most - least) * share[lab];
            checks.add(check(
                    name + ": mark-up after 12 months",
                    settled + (start - settled) * StrictMath.pow(1 - speed, 11),
                    markup[lab][12]));
            checks.add(check(
                    name + ": mark-up after 10 years",
                    settled + (start - settled) * StrictMath.pow(1 - speed, 119),
                    markup[lab][120]));
        }
        int reference = REFERENCE - scenario.spec().startMonth() + 1;
        double capability = scenario.spec().labs().get(0).capability();
        double cost = StrictMath.exp(slope * (capability - 50));
        checks.add(
                check("list price in August 2026, no subsidy", cost * (1 + markup[0][reference]), list[0][reference]));
        double rival = StrictMath.exp(slope * (scenario.spec().labs().get(1).capability() - 50));
        checks.add(check(
                "list price in August 2026, a fifth of cost covered",
                rival * (1 + markup[1][reference] - subsidy),
                list[1][reference]));
        double before = list[0][60] / (1 + markup[0][60]);
        checks.add(check(
                "cost after five half-lives over cost before",
                StrictMath.pow(2, -5),
                list[0][60 + (int) Math.rint(5 * halving)]
                        / (1 + markup[0][60 + (int) Math.rint(5 * halving)])
                        / before));
        checks.add(check(
                "cost a month later over cost before",
                StrictMath.pow(2, -1 / halving),
                list[0][61] / (1 + markup[0][61]) / before));
        return checks;
    }

    private static Check check(String what, double expected, double got) {
        return Check.exact(ID, what, expected, got, ROUNDING * Math.max(1, Math.abs(expected)));
    }
}
