package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.scenario.Scenario;

/** V8: how a lab that learns from a rival catches up, and how far behind it stays. */
final class CapabilityLimit {
    private static final String ID = "V8";
    private static final double ROUNDING = 1e-9;

    static final Limit LIMIT = new Limit(
            ID,
            "capability",
            "equal drift: the lag decays as (1 - psi)^t; a lab with c of the leader's compute settles (1 - c^alpha)/psi"
                    + " months behind",
            List.of("v8-catch-up", "v8-drift", "v8-open"),
            "closed forms",
            Limit.BY_ROUNDING + " (1e-9)",
            List.of(
                    CapabilityLimit::catchUp,
                    l -> drift(l, "v8-drift", 1, ""),
                    l -> drift(l, "v8-open", 2, ", learning from open weights")));

    private CapabilityLimit() {}

    private static double[] lags(Laboratory laboratory, Scenario scenario) {
        double[] lag = new double[scenario.spec().months() + 1];
        lag[0] = scenario.spec().labs().get(0).capability()
                - scenario.spec().labs().get(1).capability();
        laboratory.run(
                scenario,
                world -> lag[world.monthOfRun() + 1] =
                        world.labs().get(0).internal() - world.labs().get(1).internal());
        return lag;
    }

    private static List<Check> catchUp(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v8-catch-up");
        double psi = Laboratory.value(scenario, "capability.catchUp");
        double[] lag = lags(laboratory, scenario);
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 12, 48}) {
            checks.add(Check.exact(
                    ID,
                    "catch-up alone: lag in points after " + t + (t == 1 ? " month" : " months"),
                    lag[0] * StrictMath.pow(1 - psi, t),
                    lag[t],
                    ROUNDING));
        }
        return checks;
    }

    private static List<Check> drift(Laboratory laboratory, String name, double factor, String how) {
        Scenario scenario = laboratory.scenario(name);
        double psi = factor * Laboratory.value(scenario, "capability.catchUp");
        double drift = Laboratory.value(scenario, "capability.growth") / 12;
        double compute = Laboratory.value(scenario, "chips.stock.CN");
        double settled =
                (1 - StrictMath.pow(compute, Laboratory.value(scenario, "capability.computeElasticity"))) / psi;
        double[] lag = lags(laboratory, scenario);
        double start = lag[0] / drift;
        return List.of(
                Check.exact(
                        ID,
                        "lag in months after a year" + how,
                        settled + (start - settled) * StrictMath.pow(1 - psi, 12),
                        lag[12] / drift,
                        ROUNDING),
                Check.exact(ID, "steady lag in months" + how, settled, lag[lag.length - 1] / drift, ROUNDING));
    }
}
