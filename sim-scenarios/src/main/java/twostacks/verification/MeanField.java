package twostacks.verification;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.policy.Channel;
import twostacks.scenario.Scenario;

/**
 * The model with infinitely many adopters, worked out without the engine: a recursion over the mass of adopters in each
 * state (taste bin × stacks considered × offer in use × months of tenure) of each segment of each nation.
 *
 * <p>Written from the equations and not from the engine's code, of which it uses the records of a scenario only. Covers
 * what varies between adopters and what they feed back on: choice, consideration, switching and tenure, the nation's
 * social term, trust, burden, prices of models that do not improve. Not covered, and to be switched off: peers, incidents,
 * stances, events, improvement of models, rationing.
 */
final class MeanField {
    private static final int STACKS = 5;
    private static final int US_CLOSED = 0;
    private static final int US_OPEN = 1;
    private static final int CN_API = 2;
    private static final int CN_OPEN = 3;
    private static final int OTHER = 4;
    private static final String[] STACK_KEYS = {"us_closed", "us_open", "cn_api", "cn_open", "other"};
    private static final String[] BLOC_KEYS = {"US", "CN", "OTHER"};

    /** Tenure is told apart up to this many months. */
    private static final int LONGEST = 31;

    private static final int[] FIRST_OF_BIN = {0, 1, 2, 3, 4, 6, 9, 13, 19, 31};
    private static final double[] MIDDLE_OF_BIN = {0, 1, 2, 3, 4.5, 7, 10.5, 15.5, 24.5, 48};

    /** August 2026, to which the reference cost belongs. */
    private static final int REFERENCE = 2026 * 12 + 7;

    private record Offer(LabSpec lab, Channel channel, int bloc, int stack) {}

    private final Scenario scenario;
    private final Map<String, Double> values = new HashMap<>();
    private final Offer[] offers;
    private final String[] segments;
    private final List<NationFacts> nations;
    private final double[] taste;
    private final int[] binOfTenure = new int[LONGEST + 1];

    private final double[][] trust;
    private final double[] internet;
    private final double[] burdenOpen;
    private final double[] burdenApi;
    private final double[][] userShare;
    private final double[][][] stackUse;
    private final double[][] worldUse;
    private final double[][][] reach;
    /** Mass that considers nothing yet: [nation][segment][taste]. */
    private final double[][][] unaware;
    /** Mass by [nation][segment][taste][set][offer or none][tenure at the end of the month]. */
    private final double[][][][][][] mass;

    MeanField(Scenario scenario) {
        this.scenario = scenario;
        scenario.spec().space().entries().forEach((name, entry) -> values.put(name, entry.baseline()));
        values.putAll(scenario.spec().overrides());
        nations = scenario.spec().nations().stream()
                .sorted(java.util.Comparator.comparing(NationFacts::iso3))
                .toList();
        segments =
                scenario.spec().space().segments().stream().map(s -> s.name()).toArray(String[]::new);
        offers = scenario.spec().labs().stream()
                .flatMap(lab -> lab.channels().stream().map(c -> offer(lab, c)))
                .toArray(Offer[]::new);
        taste = tastes((int) value("choice.tasteBins"));
        for (int tenure = 0, bin = 0; tenure <= LONGEST; tenure++) {
            bin += bin + 1 < FIRST_OF_BIN.length && tenure >= FIRST_OF_BIN[bin + 1] ? 1 : 0;
            binOfTenure[tenure] = bin;
        }
        int n = nations.size();
        trust = new double[n][];
        internet = new double[n];
        burdenOpen = new double[n];
        burdenApi = new double[n];
        userShare = new double[n][STACKS];
        stackUse = new double[n][segments.length][STACKS];
        worldUse = new double[segments.length][STACKS];
        reach = new double[n][segments.length][STACKS];
        unaware = new double[n][segments.length][taste.length];
        mass = new double[n][segments.length][taste.length][1 << STACKS][offers.length + 1][LONGEST + 1];
        for (int i = 0; i < n; i++) {
            internet[i] = nations.get(i).internetShare();
            trust[i] = new double[] {anchor(i, 0), anchor(i, 1), anchor(i, 2)};
            for (double[] bySegment : unaware[i]) {
                Arrays.fill(bySegment, 1.0 / taste.length);
            }
        }
    }

    private static Offer offer(LabSpec lab, Channel channel) {
        boolean service = channel == Channel.API;
        return switch (lab.home()) {
            case "USA" -> new Offer(lab, channel, 0, service ? US_CLOSED : US_OPEN);
            case "CHN" -> new Offer(lab, channel, 1, service ? CN_API : CN_OPEN);
            default -> new Offer(lab, channel, 2, OTHER);
        };
    }

    private double value(String name) {
        return values.get(name);
    }

    private double value(String name, int segment) {
        return values.get(name + "." + segments[segment]);
    }

    /** Means of the standard normal distribution in equally likely bins, over their standard deviation. */
    private static double[] tastes(int bins) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] mean = new double[bins];
        double squares = 0;
        for (int b = 0; b < bins; b++) {
            double low = b == 0 ? 0 : normal.density(normal.inverseCumulativeProbability((double) b / bins));
            double high = b == bins - 1 ? 0 : normal.density(normal.inverseCumulativeProbability((b + 1.0) / bins));
            mean[b] = bins * (low - high);
            squares += mean[b] * mean[b] / bins;
        }
        for (int b = 0; b < bins; b++) {
            mean[b] = bins == 1 ? 0 : mean[b] / Math.sqrt(squares);
        }
        return mean;
    }

    private double anchor(int nation, int bloc) {
        NationFacts facts = nations.get(nation);
        double survey = facts.trustSurvey()[bloc];
        if (!Double.isNaN(survey)) {
            return survey;
        }
        double logit = value("trust.anchor." + BLOC_KEYS[bloc])
                + value("trust.anchorAlignment." + BLOC_KEYS[bloc]) * facts.alignment();
        return 1 / (1 + Math.exp(-logit));
    }

    /**
     * Runs all months.
     *
     * @return of each nation in each month: shares of its adopters on each stack and on none, trust in each bloc, and the
     *     mean cost of a full switch that users hold
     */
    double[][][] run() {
        int months = scenario.spec().months();
        double[][][] result = new double[months][nations.size()][];
        for (int t = 0; t < months; t++) {
            for (int n = 0; n < nations.size(); n++) {
                for (int s = 0; s < segments.length; s++) {
                    month(t, n, s);
                }
            }
            for (int n = 0; n < nations.size(); n++) {
                result[t][n] = takeShares(n);
            }
            learn(result[t]);
            for (int n = 0; n < nations.size(); n++) {
                double[] shares = result[t][n];
                result[t][n] = Arrays.copyOf(shares, shares.length + 4);
                System.arraycopy(trust[n], 0, result[t][n], shares.length, 3);
                result[t][n][shares.length + 3] = lockIn(n);
            }
        }
        return result;
    }

    private double lockIn(int n) {
        double cost = 0;
        double using = 0;
        for (int s = 0; s < segments.length; s++) {
            double size = value("population.segmentShare", s);
            for (double[][][] ofTaste : mass[n][s]) {
                for (double[][] ofSet : ofTaste) {
                    for (int k = 0; k < offers.length; k++) {
                        for (int tenure = 0; tenure <= LONGEST; tenure++) {
                            double here = size * ofSet[k][tenure];
                            using += here;
                            cost += here * value("choice.switching", s) * lockedIn(binOfTenure[tenure]);
                        }
                    }
                }
            }
        }
        return using > 0 ? cost / using : 0;
    }

    private double lockedIn(int bin) {
        return bin == 0 ? 0 : 1 - Math.exp(-MIDDLE_OF_BIN[bin] / value("choice.lockInTime"));
    }

    // The market ------------------------------------------------------------------------------------------------------

    private double readiness(int n) {
        double income = nations.get(n).gdp() / nations.get(n).population();
        return Math.max(0, Math.min(1, Math.log(income / 500) / Math.log(160)));
    }

    private double[] utilities(int t, int n, int s) {
        NationFacts facts = nations.get(n);
        double income = facts.gdp() / facts.population();
        double skill = readiness(n) * internet[n];
        double preference = .5 * Math.min(1, Math.log(1 + facts.gdp() / 1e11) / Math.log(31))
                + .5 / (1 + Math.abs(facts.alignment()));
        double affordable =
                value("choice.affordability", s) * Math.pow(income / 40_000, value("choice.affordabilityIncome", s));
        double[] utility = new double[offers.length];
        for (int k = 0; k < offers.length; k++) {
            Offer offer = offers[k];
            boolean service = offer.channel() == Channel.API;
            double capability = service ? offer.lab().capability() : offer.lab().openCapability();
            double price = price(t, n, s, offer, capability, skill) * value("price.billedVolume", s);
            double exposure = service
                    ? 1
                    : value(offer.channel() == Channel.HOST ? "choice.exposureHost" : "choice.exposureSelf");
            double control = service
                    ? 0
                    : value(offer.channel() == Channel.HOST ? "choice.localControlHost" : "choice.localControlSelf");
            String handicap = List.of("Us", "Cn", "Other").get(offer.bloc());
            utility[k] = value("choice.capability", s) * (capability - value("choice.capabilityReference")) / 10
                    - value("choice.price", s) * Math.log(1 + price / affordable)
                    + value("choice.trust", s) * (2 * trust[n][offer.bloc()] - 1) * exposure
                    - value("choice.originHandicap" + handicap, s)
                            * (1 - value("choice.handicapFade", s) * (1 - readiness(n)))
                    + (service
                            ? 0
                            : value("choice.openWeights", s)
                                    * skill
                                    * offer.lab().licenceFreedom())
                    - (service ? 0 : value("choice.integration", s))
                    + value("choice.sovereignty", s) * preference * control
                    - value("regulation.weight", s) * (service ? burdenApi[n] : burdenOpen[n])
                    + value("choice.social", s) * userShare[n][offer.stack()];
        }
        return utility;
    }

    /** Delivered price, USD/Mtok. Mark-ups and cost factors stay as the scenario has them. */
    private double price(int t, int n, int s, Offer offer, double capability, double skill) {
        double months = scenario.spec().startMonth() + t - REFERENCE;
        double halvings = months / value("price.costHalving");
        double cost = value("price.referenceCost")
                * Math.exp(value("price.costSlope") * (capability - value("price.referenceCapability")))
                * Math.pow(2, -halvings);
        return switch (offer.channel()) {
            case API -> cost * offer.lab().costFactor() * (1 + offer.lab().markup() - subsidy(offer.bloc()));
            case HOST -> cost * (1 + value("price.hostMargin"));
            default -> {
                double stringency =
                        value("exportControl.chipStringency." + nations.get(n).usTier());
                double hardware = 1 + value("price.tierScarcity") * stringency;
                yield cost / value("price.selfUtilisation") * hardware
                        + value("price.skillCost", s) * (1 - skill) / value("price.selfVolume", s);
            }
        };
    }

    private double subsidy(int bloc) {
        return bloc == 0 ? value("price.usSubsidy") : bloc == 1 ? value("price.cnSubsidy") : 0;
    }

    private double distance(int j, int k) {
        if (j == k) {
            return 0;
        }
        if (j == offers.length || k == offers.length) {
            return value("choice.distanceNone");
        }
        if (offers[j].lab().equals(offers[k].lab())) {
            return value("choice.distanceFamily");
        }
        return offers[j].stack() == offers[k].stack() ? value("choice.distanceStack") : 1;
    }

    // Adopters --------------------------------------------------------------------------------------------------------

    private void month(int t, int n, int s) {
        double[] hazard = hazards(n, s);
        double review = value("choice.review", s);
        Choice choice = new Choice(t, n, s);
        for (int z = 0; z < taste.length; z++) {
            double[][][] now = mass[n][s][z];
            // Those who consider something come to consider more.
            for (int g = 0; g < STACKS; g++) {
                for (int set = 1; set < 1 << STACKS; set++) {
                    if ((set >> g & 1) == 0) {
                        move(now[set], now[set | 1 << g], hazard[g]);
                    }
                }
            }
            double[][][] next = new double[1 << STACKS][offers.length + 1][LONGEST + 1];
            for (int set = 1; set < 1 << STACKS; set++) {
                for (int held = 0; held <= offers.length; held++) {
                    for (int tenure = 0; tenure <= LONGEST; tenure++) {
                        double here = now[set][held][tenure];
                        if (here > 0) {
                            int at = Math.min(LONGEST, tenure + 1);
                            next[set][held][at] += here * (1 - review);
                            choice.spread(next[set], set, z, held, at, here * review);
                        }
                    }
                }
            }
            // Those who have just come to consider something choose at once, from using none.
            double stay = 1;
            for (double h : hazard) {
                stay *= 1 - h;
            }
            for (int set = 1; set < 1 << STACKS; set++) {
                double come = unaware[n][s][z];
                for (int g = 0; g < STACKS; g++) {
                    come *= (set >> g & 1) != 0 ? hazard[g] : 1 - hazard[g];
                }
                choice.spread(next[set], set, z, offers.length, 0, come);
            }
            unaware[n][s][z] *= stay;
            mass[n][s][z] = next;
        }
    }

    private static void move(double[][] from, double[][] to, double part) {
        for (int held = 0; held < from.length; held++) {
            for (int tenure = 0; tenure < from[held].length; tenure++) {
                double moved = part * from[held][tenure];
                from[held][tenure] -= moved;
                to[held][tenure] += moved;
            }
        }
    }

    /** Probability that one who does not consider a stack comes to consider it this month. */
    private double[] hazards(int n, int s) {
        double[] result = new double[STACKS];
        double abroad = value("awareness.worldWeight");
        for (int g = 0; g < STACKS; g++) {
            double seen = (1 - abroad) * stackUse[n][s][g] + abroad * worldUse[s][g];
            double hazard = Math.min(
                    1,
                    value("awareness.innovation", s) * value("awareness.stackReach." + STACK_KEYS[g])
                            + value("awareness.imitation", s) * seen);
            double from = Math.max(reach[n][s][g], value("awareness.initial." + STACK_KEYS[g]));
            double to = from + hazard * (1 - from);
            result[g] = reach[n][s][g] == 1 ? 0 : (to - reach[n][s][g]) / (1 - reach[n][s][g]);
            reach[n][s][g] = to;
        }
        return result;
    }

    /** Choice probabilities of a segment in a month, worked out when they are first needed. */
    private final class Choice {
        private final double[] utility;
        private final double none;
        private final double phi;
        private final double spread;
        private final double rho;
        private final double rhoUse;
        private final double[] lockIn = new double[MIDDLE_OF_BIN.length];
        private final double[][][][][] known =
                new double[taste.length][1 << STACKS][offers.length + 1][MIDDLE_OF_BIN.length][];
        private final int[][][] kept = new int[offers.length + 1][offers.length + 1][LONGEST + 1];

        Choice(int t, int n, int s) {
            utility = utilities(t, n, s);
            none = value("choice.nonUse", s)
                    + value("choice.nonUseReadiness", s) * (1 - readiness(n))
                    + value("choice.nonUseLanguage", s) * (1 - nations.get(n).languageSupport())
                    - value("choice.timeWorth", s)
                            * Math.min(2, nations.get(n).gdp() / nations.get(n).population() / 40_000);
            phi = value("choice.switching", s);
            spread = value("choice.tasteSpread", s);
            rho = value("choice.nestDissimilarity");
            rhoUse = value("choice.useDissimilarity");
            for (int bin = 1; bin < lockIn.length; bin++) {
                lockIn[bin] = lockedIn(bin);
            }
            for (int j = 0; j <= offers.length; j++) {
                for (int k = 0; k <= offers.length; k++) {
                    for (int tenure = 0; tenure <= LONGEST; tenure++) {
                        kept[j][k][tenure] = (int) Math.floor(tenure * (1 - distance(j, k)) + 1e-9);
                    }
                }
            }
        }

        /** Spreads mass that reviews over what it chooses. */
        void spread(double[][] into, int set, int z, int held, int tenure, double here) {
            double[] chosen = probabilities(set, z, held, binOfTenure[tenure]);
            for (int k = 0; k <= offers.length; k++) {
                into[k][k == held ? tenure : kept[held][k][tenure]] += here * chosen[k];
            }
        }

        private double[] probabilities(int set, int z, int held, int bin) {
            double[] chosen = known[z][set][held][bin];
            if (chosen == null) {
                chosen = workOut(set, z, held, bin);
                known[z][set][held][bin] = chosen;
            }
            return chosen;
        }

        private double[] workOut(int set, int z, int held, int bin) {
            double[] total = new double[offers.length];
            double[] within = new double[STACKS];
            double[] result = new double[offers.length + 1];
            for (int k = 0; k < offers.length; k++) {
                if ((set >> offers[k].stack() & 1) != 0) {
                    int sign = offers[k].bloc() == 0 ? 1 : offers[k].bloc() == 1 ? -1 : 0;
                    total[k] = utility[k] + spread * taste[z] * sign - phi * distance(held, k) * lockIn[bin];
                    within[offers[k].stack()] += Math.exp(total[k] / rho);
                }
            }
            double all = 0;
            for (double w : within) {
                all += w > 0 ? Math.exp(rho * Math.log(w) / rhoUse) : 0;
            }
            double use = Math.exp(rhoUse * Math.log(all));
            double nothing = Math.exp(none - phi * distance(held, offers.length) * lockIn[bin]);
            for (int k = 0; k < offers.length; k++) {
                if ((set >> offers[k].stack() & 1) != 0) {
                    double w = within[offers[k].stack()];
                    result[k] = use
                            / (use + nothing)
                            * (Math.exp(rho * Math.log(w) / rhoUse) / all)
                            * (Math.exp(total[k] / rho) / w);
                }
            }
            result[offers.length] = nothing / (use + nothing);
            return result;
        }
    }

    // What the month leaves -------------------------------------------------------------------------------------------

    private double[] takeShares(int n) {
        double[] share = new double[STACKS + 1];
        for (int s = 0; s < segments.length; s++) {
            double[] use = stackUse[n][s];
            Arrays.fill(use, 0);
            for (double[][][] ofTaste : mass[n][s]) {
                for (double[][] ofSet : ofTaste) {
                    for (int k = 0; k < offers.length; k++) {
                        for (double m : ofSet[k]) {
                            use[offers[k].stack()] += m;
                        }
                    }
                }
            }
            for (int g = 0; g < STACKS; g++) {
                share[g] += value("population.segmentShare", s) * use[g];
            }
        }
        double using = 0;
        for (int g = 0; g < STACKS; g++) {
            using += share[g];
        }
        for (int g = 0; g < STACKS; g++) {
            userShare[n][g] = using > 0 ? share[g] / using : 0;
        }
        share[STACKS] = 1 - using;
        return share;
    }

    private void learn(double[][] share) {
        double anchorPull = value("trust.anchorPull");
        double networkPull = value("trust.networkPull");
        double usagePull = value("trust.usagePull");
        double[][] before = new double[trust.length][];
        for (int n = 0; n < trust.length; n++) {
            before[n] = trust[n].clone();
        }
        for (int n = 0; n < trust.length; n++) {
            double[] use = {
                share[n][US_CLOSED] + share[n][US_OPEN], share[n][CN_API] + share[n][CN_OPEN], share[n][OTHER]
            };
            for (int b = 0; b < 3; b++) {
                double links = 0;
                double others = 0;
                for (int m = 0; m < trust.length; m++) {
                    double weight = nations.get(n)
                            .trustLinks()
                            .getOrDefault(nations.get(m).iso3(), 0.0);
                    links += weight;
                    others += weight * before[m][b];
                }
                double tau = before[n][b];
                trust[n][b] = tau
                        + anchorPull * (anchor(n, b) - tau)
                        + networkPull * (others / links - tau)
                        + usagePull * use[b] * (1 - tau);
            }
            double decay = value("regulation.decay");
            burdenOpen[n] = (1 - decay) * burdenOpen[n] + value("regulation.policyOpen");
            burdenApi[n] = (1 - decay) * burdenApi[n] + value("regulation.policyApi");
            internet[n] += (1 - internet[n]) * (1 - Math.pow(1 - value("population.internetGrowth"), 1 / 12.0));
        }
        for (int s = 0; s < segments.length; s++) {
            double people = 0;
            Arrays.fill(worldUse[s], 0);
            for (int n = 0; n < trust.length; n++) {
                double online = nations.get(n).population() * internet[n];
                people += online;
                for (int g = 0; g < STACKS; g++) {
                    worldUse[s][g] += online * stackUse[n][s][g];
                }
            }
            for (int g = 0; g < STACKS; g++) {
                worldUse[s][g] /= people;
            }
        }
    }
}
