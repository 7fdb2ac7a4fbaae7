package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import twostacks.agents.Nation;
import twostacks.agents.NationFacts;
import twostacks.policy.Bloc;
import twostacks.scenario.Scenario;

/** V6: the pulls on trust, one by one; and that nothing drives it out of its range. */
final class TrustLimit {
    private static final String ID = "V6";
    private static final double ROUNDING = 1e-9;

    static final Limit LIMIT = new Limit(
            ID,
            "trust",
            "network alone: consensus at the mean weighted by the links' left eigenvector (DeGroot 1974); anchor alone:"
                    + " distance shrinks by 1 - nu; use alone: distrust shrinks by 1 - upsilon s; a shock in log-odds"
                    + " halves every half-life; always in [0, 1]",
            List.of("v6-network", "v6-anchor", "v6-use", "v6-bounds"),
            "eigenvectors by commons-math; powers of the links' matrix; closed forms",
            Limit.BY_ROUNDING + " (1e-9); no value is out of range",
            List.of(TrustLimit::network, TrustLimit::anchor, TrustLimit::use, TrustLimit::bounds));

    private TrustLimit() {}

    /** Trust by month, nation and bloc; at index 0 before the first month. */
    private static double[][][] course(Laboratory laboratory, Scenario scenario, boolean seen) {
        List<NationFacts> nations = scenario.spec().nations();
        double[][][] trust = new double[scenario.spec().months() + 1][nations.size()][Bloc.COUNT];
        for (int n = 0; n < nations.size(); n++) {
            trust[0][n] = nations.get(n).initialTrust();
        }
        laboratory.run(scenario, world -> {
            for (Nation nation : world.nations()) {
                for (Bloc bloc : Bloc.values()) {
                    trust[world.monthOfRun() + 1][nation.place][bloc.ordinal()] =
                            seen ? nation.trustSeen(bloc) : nation.trust(bloc);
                }
            }
        });
        return trust;
    }

    private static List<Check> network(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v6-network");
        double pull = Laboratory.value(scenario, "trust.networkPull");
        List<NationFacts> nations = scenario.spec().nations();
        int n = nations.size();
        RealMatrix links = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            double sum = nations.get(i).trustLinks().values().stream()
                    .mapToDouble(w -> w)
                    .sum();
            for (int j = 0; j < n; j++) {
                Double weight = nations.get(i).trustLinks().get(nations.get(j).iso3());
                links.setEntry(i, j, weight == null ? 0 : weight / sum);
            }
        }
        double[] weights = leftEigenvector(links);
        double[][][] trust = course(laboratory, scenario, false);
        List<Check> checks = new ArrayList<>();
        for (Bloc bloc : Bloc.values()) {
            int b = bloc.ordinal();
            double consensus = 0;
            for (int i = 0; i < n; i++) {
                consensus += weights[i] * trust[0][i][b];
            }
            double farthest = consensus;
            for (int i = 0; i < n; i++) {
                double last = trust[trust.length - 1][i][b];
                farthest = Math.abs(last - consensus) > Math.abs(farthest - consensus) ? last : farthest;
            }
            checks.add(Check.exact(
                    ID, "network alone: consensus on " + bloc + ", farthest nation", consensus, farthest, ROUNDING));
        }
        // On the way there, after seven months: (1 - pull + pull W)^7 times the start.
        RealMatrix step = links.scalarMultiply(pull);
        for (int i = 0; i < n; i++) {
            step.addToEntry(i, i, 1 - pull);
        }
        RealMatrix seven = step.power(7);
        for (int i = 0; i < n; i += n - 1) {
            double expected = 0;
            for (int j = 0; j < n; j++) {
                expected += seven.getEntry(i, j) * trust[0][j][0];
            }
            checks.add(Check.exact(
                    ID,
                    "network alone: trust of " + nations.get(i).iso3() + " after 7 months",
                    expected,
                    trust[7][i][0],
                    ROUNDING));
        }
        return checks;
    }

    /** The left eigenvector of a stochastic matrix for the eigenvalue 1, summing to 1. */
    private static double[] leftEigenvector(RealMatrix stochastic) {
        EigenDecomposition eigen = new EigenDecomposition(stochastic.transpose());
        int at = 0;
        for (int i = 0; i < stochastic.getRowDimension(); i++) {
            double distance = Math.abs(eigen.getRealEigenvalue(i) - 1) + Math.abs(eigen.getImagEigenvalue(i));
            double best = Math.abs(eigen.getRealEigenvalue(at) - 1) + Math.abs(eigen.getImagEigenvalue(at));
            at = distance < best ? i : at;
        }
        double[] vector = eigen.getEigenvector(at).toArray();
        double sum = 0;
        for (double v : vector) {
            sum += v;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= sum;
        }
        return vector;
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static List<Check> anchor(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v6-anchor");
        double pull = Laboratory.value(scenario, "trust.anchorPull");
        double alignment = scenario.spec().nations().get(0).alignment();
        double us = logistic(Laboratory.value(scenario, "trust.anchor.US")
                + Laboratory.value(scenario, "trust.anchorAlignment.US") * alignment);
        double cn = logistic(Laboratory.value(scenario, "trust.anchor.CN")
                + Laboratory.value(scenario, "trust.anchorAlignment.CN") * alignment);
        double survey = scenario.spec().nations().get(1).trustSurvey()[0];
        double[][][] trust = course(laboratory, scenario, false);
        double[][][] seen = course(laboratory, scenario, true);
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 24, 60}) {
            checks.add(approach("AAA in US", t, us, pull, trust, 0, Bloc.US));
        }
        checks.add(approach("AAA in CN", 24, cn, pull, trust, 0, Bloc.CN));
        checks.add(approach("BBB in US, surveyed", 24, survey, pull, trust, 1, Bloc.US));
        // The backdoor is found in the sixth month: all of the loss is there at its end, half of it 18 months later.
        double loss = Laboratory.value(scenario, "trust.backdoorLoss");
        double halfLife = Laboratory.value(scenario, "trust.backdoorHalfLife");
        for (int after : new int[] {0, 18, 36}) {
            double tau = trust[6 + after][0][1];
            double shaken = seen[6 + after][0][1];
            checks.add(Check.exact(
                    ID,
                    "shock in log-odds " + after + " months after a backdoor",
                    loss * StrictMath.pow(2, -after / halfLife),
                    StrictMath.log(tau / (1 - tau)) - StrictMath.log(shaken / (1 - shaken)),
                    ROUNDING));
        }
        return checks;
    }

    private static Check approach(
            String what, int t, double anchor, double pull, double[][][] trust, int nation, Bloc bloc) {
        double start = trust[0][nation][bloc.ordinal()];
        return Check.exact(
                ID,
                "anchor alone: " + what + " after " + t + (t == 1 ? " month" : " months"),
                anchor + StrictMath.pow(1 - pull, t) * (start - anchor),
                trust[t][nation][bloc.ordinal()],
                ROUNDING);
    }

    private static List<Check> use(Laboratory laboratory) {
        Scenario scenario = laboratory.scenario("v6-use");
        double pull = Laboratory.value(scenario, "trust.usagePull");
        double[][][] trust = course(laboratory, scenario, false);
        double start = trust[0][0][0];
        return List.of(
                Check.exact(
                        ID,
                        "use alone: trust in the bloc that all use, 48 months",
                        1 - (1 - start) * StrictMath.pow(1 - pull, 48),
                        trust[48][0][0],
                        ROUNDING),
                Check.exact(
                        ID,
                        "use alone: trust in a bloc that nobody uses, 48 months",
                        trust[0][0][1],
                        trust[48][0][1],
                        ROUNDING));
    }

    /** Pulls anywhere in the simplex, its corners too, under whatever else there is. */
    private static List<Check> bounds(Laboratory laboratory) {
        SplittableRandom random = new SplittableRandom(1);
        int worlds = laboratory.size(20, 200);
        long[] outside = new long[2];
        for (int w = 0; w < worlds; w++) {
            double[] pulls = {-log(random), -log(random), -log(random), random.nextBoolean() ? 0 : -log(random)};
            if (w < 3) {
                pulls = new double[4];
                pulls[w] = 1;
            }
            double sum = pulls[0] + pulls[1] + pulls[2] + pulls[3];
            Scenario scenario = laboratory.scenario(
                    "v6-bounds",
                    "trust.anchorPull",
                    pulls[0] / sum,
                    "trust.networkPull",
                    pulls[1] / sum,
                    "trust.usagePull",
                    pulls[2] / sum,
                    "trust.anchorAlignment.US",
                    20 * random.nextDouble(),
                    "trust.anchorAlignment.CN",
                    -20 * random.nextDouble(),
                    "trust.nationSpread",
                    10 * random.nextDouble(),
                    "trust.securityLoss",
                    20 * random.nextDouble());
            laboratory.run(scenario, w, world -> {
                for (Nation nation : world.nations()) {
                    for (Bloc bloc : Bloc.values()) {
                        outside[0] += within(nation.trust(bloc)) ? 0 : 1;
                        outside[1] += within(nation.trustSeen(bloc)) ? 0 : 1;
                    }
                }
            });
        }
        return List.of(
                Check.none(ID, "values of trust out of [0, 1], " + worlds + " worlds", outside[0]),
                Check.none(ID, "the same of trust as seen, shocks included", outside[1]));
    }

    private static boolean within(double value) {
        return value >= 0 && value <= 1;
    }

    private static double log(SplittableRandom random) {
        return StrictMath.log(1 - random.nextDouble());
    }
}
