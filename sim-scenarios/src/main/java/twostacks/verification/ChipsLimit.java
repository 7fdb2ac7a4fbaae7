package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import twostacks.policy.Bloc;
import twostacks.scenario.Scenario;

/** V7: how compute grows, under control and without. */
final class ChipsLimit {
    private static final String ID = "V7";

    static final Limit LIMIT = new Limit(
            ID,
            "chips",
            "H_t = (1-d)^t H_0 + a I_0 (g^t - (1-d)^t)/(g - 1 + d), a = 1 - x(1 - leakage) of the imports arriving;"
                    + " domestic output alone under full control without leakage; cost falls with cumulative output at"
                    + " Wright's slope",
            List.of("v7-chips", "v7-cut-off", "v7-announced"),
            "closed forms; slope by least squares on log-log",
            Limit.BY_ROUNDING + " (1e-9 of the value)",
            List.of(ChipsLimit::imports, ChipsLimit::cutOff, ChipsLimit::announced));

    private static final double ROUNDING = 1e-9;

    private ChipsLimit() {}

    private record Course(double[] us, double[] cn, double[] domestic, double[] unitCost) {}

    private static Course course(Laboratory laboratory, Scenario scenario) {
        int months = scenario.spec().months();
        Course course = new Course(
                new double[months + 1], new double[months + 1], new double[months + 1], new double[months + 1]);
        laboratory.run(scenario, world -> {
            int t = world.monthOfRun() + 1;
            course.us()[t] = world.power(Bloc.US).stock();
            course.cn()[t] = world.power(Bloc.CN).stock();
            course.domestic()[t] = world.power(Bloc.CN).domestic();
            course.unitCost()[t] = world.surroundings().unitCost[Bloc.CN.ordinal()];
        });
        return course;
    }

    /** Stock after t months of a flow that grows by a factor a month. */
    private static double stock(double first, double flow, double growth, double wear, int t) {
        double kept = StrictMath.pow(1 - wear, t);
        return kept * first + flow * (StrictMath.pow(growth, t) - kept) / (growth - 1 + wear);
    }

    private static Check check(String what, double expected, double got) {
        return Check.exact(ID, what, expected, got, ROUNDING * Math.max(1, Math.abs(expected)));
    }

    private static List<Check> imports(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v7-chips");
        Course course = course(laboratory, scenario);
        double growth = StrictMath.exp(Laboratory.value(scenario, "chips.worldGrowth") / 12);
        double wear = Laboratory.value(scenario, "chips.depreciation");
        double stringency = Laboratory.value(scenario, "exportControl.chipStringency.CN");
        double arriving = 1 - stringency * (1 - Laboratory.value(scenario, "chips.leakage"));
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 36, 120}) {
            checks.add(check(
                    "free imports: stock of US, " + t + (t == 1 ? " month" : " months") + ", million",
                    stock(
                            Laboratory.value(scenario, "chips.stock.US"),
                            Laboratory.value(scenario, "chips.imports.US"),
                            growth,
                            wear,
                            t),
                    course.us()[t]));
        }
        for (int t : new int[] {36, 120}) {
            checks.add(check(
                    "control 0.85, leakage 0.1: stock of CN, " + t + " months",
                    stock(
                            Laboratory.value(scenario, "chips.stock.CN"),
                            arriving * Laboratory.value(scenario, "chips.imports.CN"),
                            growth,
                            wear,
                            t),
                    course.cn()[t]));
        }
        return checks;
    }

    private static List<Check> cutOff(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v7-cut-off");
        Course course = course(laboratory, scenario);
        double wear = Laboratory.value(scenario, "chips.depreciation");
        double first = Laboratory.value(scenario, "chips.domestic.CN");
        double yearly = 1
                + Laboratory.value(scenario, "chips.domesticGrowth.CN")
                + Laboratory.value(scenario, "chips.inducedGrowth");
        double growth = StrictMath.pow(yearly, 1 / 12.0);
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {36, 120}) {
            checks.add(check(
                    "full control: stock of CN, " + t + " months",
                    stock(Laboratory.value(scenario, "chips.stock.CN"), first, growth, wear, t),
                    course.cn()[t]));
        }
        checks.add(check("domestic output after 10 years", first * StrictMath.pow(yearly, 10), course.domestic()[120]));
        // Learning starts from a year of the first month's output.
        SimpleRegression line = new SimpleRegression();
        double cumulative = 12 * first;
        for (int t = 1; t <= 120; t++) {
            cumulative += t == 1 ? first : course.domestic()[t - 1];
            line.addData(StrictMath.log(cumulative), StrictMath.log(course.unitCost()[t]));
        }
        checks.add(check(
                "Wright's slope of log cost on log cumulative output",
                -Laboratory.value(scenario, "chips.learning"),
                line.getSlope()));
        return checks;
    }

    private static List<Check> announced(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v7-announced");
        Course course = course(laboratory, scenario);
        double growth = StrictMath.exp(Laboratory.value(scenario, "chips.worldGrowth") / 12);
        double wear = Laboratory.value(scenario, "chips.depreciation");
        double flow = Laboratory.value(scenario, "chips.imports.CN");
        // In force from the 25th month, announced six months before.
        int announced = 18;
        int inForce = 24;
        double free = stock(Laboratory.value(scenario, "chips.stock.CN"), flow, growth, wear, announced);
        flow *= StrictMath.pow(growth, announced);
        double forward =
                stock(free, flow * Laboratory.value(scenario, "chips.stockpiling"), growth, wear, inForce - announced);
        flow *= StrictMath.pow(growth, inForce - announced);
        double arriving = 1 - .85 * (1 - Laboratory.value(scenario, "chips.leakage"));
        return List.of(
                check("announced control: stock of CN when it starts", forward, course.cn()[inForce]),
                check(
                        "announced control: stock of CN two years later",
                        stock(forward, arriving * flow, growth, wear, 24),
                        course.cn()[inForce + 24]));
    }
}
