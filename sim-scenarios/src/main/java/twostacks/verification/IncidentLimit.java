package twostacks.verification;

import java.util.ArrayList;
import java.util.List;
import twostacks.agents.LabSpec;
import twostacks.agents.Nation;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.population.Offers;
import twostacks.scenario.Scenario;
import twostacks.world.World;

/** V10: incidents are Poisson, given the rates that came about. */
final class IncidentLimit {
    private static final String ID = "V10";

    static final Limit LIMIT = new Limit(
            ID,
            "incidents",
            "rate = yearly/12 * share of use (* capability/100 for misuse) * e^(-effect * burden); counts against the"
                    + " realised sum of rates are Poisson, and with it their dispersion is 1 (without it they are"
                    + " overdispersed: a Cox process)",
            List.of("v10-incidents"),
            "rates worked out anew from recorded users and incidents by the formulas of rate and burden; Poisson moments",
            Limit.BY_CHANCE + "; rates " + Limit.BY_ROUNDING,
            List.of(l -> incidents(l, 1000, 60), l -> incidents(l, 100, 60)));

    private IncidentLimit() {}

    /** Sums over nations, blocs and months. */
    private static final class Sums {
        private double rates;
        private double counts;
        private double dispersion;
        private double dispersionVariance;
        private int cells;
        private double worst;

        void add(double expected, double rate, int count) {
            worst = Math.max(worst, Math.abs(rate - expected) / Math.max(1, expected));
            rates += expected;
            counts += count;
            // Where next to nothing is expected, the square over the rate has no useful distribution.
            if (expected >= .5) {
                dispersion += (count - expected) * (count - expected) / expected;
                dispersionVariance += 2 + 1 / expected;
                cells++;
            }
        }
    }

    private static List<Check> incidents(Laboratory laboratory, double yearly, int months) {
        Scenario scenario = Laboratory.sized(
                laboratory.scenario("v10-incidents", "trust.securityRate", yearly, "trust.misuseRate", yearly),
                laboratory.size(50, 200));
        double effect = Laboratory.value(scenario, "regulation.effect");
        double decay = Laboratory.value(scenario, "regulation.decay");
        double response = Laboratory.value(scenario, "regulation.response");
        Sums[] sums = {new Sums(), new Sums()};
        int nations = scenario.spec().nations().size();
        double[][] burden = new double[2][nations];
        int replicates = laboratory.size(1, 4);
        for (int r = 0; r < replicates; r++) {
            for (double[] b : burden) {
                java.util.Arrays.fill(b, 0);
            }
            laboratory.run(scenario.withMonths(months), Math.round(yearly) + r, world -> {
                for (Nation nation : world.nations()) {
                    for (Bloc bloc : Bloc.values()) {
                        double service = yearly / 12 * used(world, nation, bloc, true);
                        double weights = yearly / 12 * used(world, nation, bloc, false) * open(scenario, bloc) / 100;
                        int n = nation.place;
                        sums[0].add(
                                service * StrictMath.exp(-effect * burden[0][n]),
                                nation.incidentRate(false, bloc),
                                nation.incidents(false, bloc));
                        sums[1].add(
                                weights * StrictMath.exp(-effect * burden[1][n]),
                                nation.incidentRate(true, bloc),
                                nation.incidents(true, bloc));
                    }
                    for (int kind = 0; kind < 2; kind++) {
                        double[] b = burden[kind];
                        b[nation.place] = (1 - decay) * b[nation.place] + response * struck(nation, kind == 1);
                    }
                }
            });
        }
        List<Check> checks = new ArrayList<>();
        for (int kind = 0; kind < 2; kind++) {
            String name = (kind == 0 ? "breaches" : "misuse") + " at " + Verification.label(yearly) + " a year: ";
            Sums s = sums[kind];
            checks.add(Check.exact(ID, name + "greatest error of a rate", 0, s.worst, 1e-9));
            checks.add(Check.sampled(
                    ID,
                    name + "count over realised sum of rates",
                    1,
                    s.counts / s.rates,
                    1 / StrictMath.sqrt(s.rates)));
            checks.add(Check.sampled(
                    ID,
                    name + "dispersion",
                    1,
                    s.dispersion / s.cells,
                    StrictMath.sqrt(s.dispersionVariance) / s.cells));
        }
        return checks;
    }

    private static int struck(Nation nation, boolean misuse) {
        int sum = 0;
        for (Bloc bloc : Bloc.values()) {
            sum += nation.incidents(misuse, bloc);
        }
        return sum;
    }

    /** Share of a nation's adopters on a bloc's services, or on its weights. */
    private static double used(World world, Nation nation, Bloc bloc, boolean services) {
        Offers offers = world.offers();
        int[] users = nation.adopters.users(0);
        int sum = 0;
        for (int k = 0; k < offers.count; k++) {
            LabSpec lab = world.labs().get(offers.lab[k]).spec;
            if (Bloc.ofHome(lab.home()) == bloc && (offers.channel[k] == Channel.API) == services) {
                sum += users[k];
            }
        }
        return (double) sum / nation.adopters.count;
    }

    /** Capability of a bloc's best weights; nothing improves in this scenario. */
    private static double open(Scenario scenario, Bloc bloc) {
        return scenario.spec().labs().stream()
                .filter(l -> l.bloc() == bloc && !Double.isNaN(l.openCapability()))
                .mapToDouble(LabSpec::openCapability)
                .max()
                .orElse(0);
    }
}
