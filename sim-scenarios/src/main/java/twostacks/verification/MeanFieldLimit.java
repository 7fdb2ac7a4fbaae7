package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import twostacks.agents.Nation;
import twostacks.policy.Bloc;
import twostacks.policy.Stack;
import twostacks.scenario.Scenario;

/** V13: with ever more adopters the engine comes to what infinitely many do. */
final class MeanFieldLimit {
    private static final String ID = "V13";
    private static final String FILE = "v13-mean-field";
    /** Stacks compared; nobody has a model of their own here. */
    private static final int STACKS = 5;

    private static final String[] NAMES = {
        "share of us_closed",
        "share of us_open",
        "share of cn_api",
        "share of cn_open",
        "share of other",
        "share of none",
        "trust in US",
        "trust in CN",
        "trust in OTHER",
        "lock-in"
    };

    static final Limit LIMIT = new Limit(
            ID,
            "mean field",
            "N adopters differ from infinitely many by N^(-1/2): the slope of log RMS error per nation on log N is -.5",
            List.of(FILE),
            "an independent deterministic recursion over taste, stacks considered, offer and tenure in each segment"
                    + " and nation, written without the engine",
            "slope within .1; means over replicates by Student's t at a false alarm rate of 1e-4",
            List.of(MeanFieldLimit::meanField));

    private MeanFieldLimit() {}

    private static List<Check> meanField(Laboratory laboratory) {
        int months = laboratory.size(24, 60);
        Scenario scenario = laboratory.scenario(FILE).withMonths(months);
        double[][][] limit = new MeanField(scenario).run();
        int nations = limit[0].length;
        int[] sizes =
                laboratory.quick() ? new int[] {500, 2_000, 8_000} : new int[] {500, 2_000, 8_000, 32_000, 128_000};
        int[] replicates = laboratory.quick() ? new int[] {40, 24, 16} : new int[] {160, 96, 64, 32, 24};
        SimpleRegression line = new SimpleRegression();
        List<Check> checks = new ArrayList<>();
        double[][][] last = new double[0][][];
        for (int size = 0; size < sizes.length; size++) {
            double squares = 0;
            Scenario sized = Laboratory.sized(scenario, sizes[size]);
            last = new double[replicates[size]][nations][];
            for (int r = 0; r < replicates[size]; r++) {
                double[][][] got = shares(laboratory, sized, 1000L * size + r);
                for (int t = 0; t < months; t++) {
                    for (int n = 0; n < nations; n++) {
                        for (int g = 0; g <= STACKS; g++) {
                            double error = got[t][n][g] - limit[t][n][g];
                            squares += error * error / months / nations / (STACKS + 1) / replicates[size];
                        }
                    }
                }
                last[r] = got[months - 1];
            }
            line.addData(StrictMath.log(sizes[size]), .5 * StrictMath.log(squares));
        }
        checks.add(Check.exact(ID, "slope of log RMS error on log N", -.5, line.getSlope(), .1));
        for (int n = 0; n < nations; n++) {
            for (int g = 0; g < NAMES.length; g++) {
                double[] got = new double[last.length];
                for (int r = 0; r < last.length; r++) {
                    got[r] = last[r][n][g];
                }
                checks.add(Check.replicated(
                        ID, NAMES[g] + " in nation " + (n + 1) + ", month " + months, limit[months - 1][n][g], got));
            }
        }
        return checks;
    }

    /** What the recursion gives, from the engine. */
    private static double[][][] shares(Laboratory laboratory, Scenario scenario, long replicate) {
        double[][][] shares = new double[scenario.spec().months()][][];
        laboratory.run(scenario, replicate, world -> {
            double[][] now = new double[world.nations().size()][NAMES.length];
            for (int n = 0; n < now.length; n++) {
                Nation nation = world.nations().get(n);
                for (int g = 0; g < STACKS; g++) {
                    now[n][g] = nation.share(g);
                }
                now[n][STACKS] = nation.share(Stack.COUNT);
                for (Bloc bloc : Bloc.values()) {
                    now[n][STACKS + 1 + bloc.ordinal()] = nation.trustSeen(bloc);
                }
                now[n][NAMES.length - 1] = nation.lockIn();
            }
            shares[world.monthOfRun()] = now;
        });
        return shares;
    }
}
