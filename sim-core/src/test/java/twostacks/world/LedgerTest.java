package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.world.TestWorlds.at;
import static twostacks.world.TestWorlds.lasting;
import static twostacks.world.TestWorlds.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.agents.Lab;
import twostacks.agents.Nation;
import twostacks.agents.NationFacts;
import twostacks.capability.Funding;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Intervention;
import twostacks.policy.Stack;
import twostacks.policy.StancePosition;

/** The month's sums, worked out again from the nations. */
final class LedgerTest {
    private static final WorldSpec SPEC = TestWorlds.world(30, 200);

    private static int size(Nation nation, int s) {
        return nation.adopters.start[s + 1] - nation.adopters.start[s];
    }

    private static double weight(Ledger.Weight weight, Nation nation) {
        double tokens = 0;
        for (int s = 0; s < 4; s++) {
            tokens += nation.peoplePerAdopter() * nation.volume(s) * size(nation, s);
        }
        return switch (weight) {
            case ADOPTERS -> 1;
            case POPULATION -> nation.facts.population();
            case GDP -> nation.facts.gdp();
            case TOKENS -> tokens;
        };
    }

    @Test
    void sharesAreMeansOfNationsByTheirWeight() {
        new World(SPEC, 5, 0).run(w -> {
            for (Ledger.Weight weight : List.of(Ledger.Weight.ADOPTERS, Ledger.Weight.POPULATION, Ledger.Weight.GDP)) {
                for (int g = 0; g <= Stack.COUNT; g++) {
                    double sum = 0;
                    double weights = 0;
                    for (Nation nation : w.nations()) {
                        sum += weight(weight, nation) * nation.share(g);
                        weights += weight(weight, nation);
                    }
                    assertEquals(sum / weights, w.ledger().share(weight, g), 1e-12);
                }
            }
        });
    }

    @Test
    void tokensAreWeighedBySegmentAndIncome() {
        new World(SPEC, 5, 0).run(w -> {
            double[] tokens = new double[Stack.COUNT + 1];
            double all = 0;
            for (Nation nation : w.nations()) {
                for (int s = 0; s < 4; s++) {
                    double each = nation.peoplePerAdopter() * nation.volume(s);
                    for (int k = 0; k <= w.offers().count; k++) {
                        tokens[w.offers().stack[k]] += each * nation.adopters.users(s)[k];
                    }
                    all += each * size(nation, s);
                }
                assertEquals(
                        weight(Ledger.Weight.TOKENS, nation),
                        Ledger.weight(Ledger.Weight.TOKENS, nation),
                        1e-9 * weight(Ledger.Weight.TOKENS, nation));
            }
            for (int g = 0; g <= Stack.COUNT; g++) {
                assertEquals(tokens[g] / all, w.ledger().share(Ledger.Weight.TOKENS, g), 1e-12);
            }
        });
    }

    @Test
    void labsKnowTheirUsersTokensAndRevenue() {
        new World(SPEC, 5, 0).run(w -> {
            double[] users = new double[w.labs().size()];
            double[] revenue = new double[w.labs().size()];
            double all = 0;
            for (Nation nation : w.nations()) {
                for (int s = 0; s < 4; s++) {
                    double tokens = nation.volume(s) * w.surroundings().volumeGrowth;
                    for (int k = 0; k < w.offers().count; k++) {
                        double people =
                                nation.peoplePerAdopter() * nation.adopters.users(s)[k];
                        all += people;
                        int lab = w.offers().lab[k];
                        if (lab >= 0) {
                            users[lab] += people;
                            if (w.offers().channel[k] == Channel.API) {
                                revenue[lab] +=
                                        people * tokens * w.labs().get(lab).priceFor(s);
                            }
                        }
                    }
                }
            }
            double shares = 0;
            for (int lab = 0; lab < users.length; lab++) {
                Lab known = w.labs().get(lab);
                assertEquals(users[lab] / 1e6, known.users(), 1e-9 * (1 + known.users()));
                assertEquals(all == 0 ? 0 : users[lab] / all, known.userShare(), 1e-12);
                assertEquals(revenue[lab] / 1e6, known.revenue(), 1e-9 * (1 + known.revenue()));
                shares += known.userShare();
            }
            assertTrue(shares <= 1 + 1e-12);
        });
    }

    /** Of these small worlds' nations one is not connected, and one more has no people. */
    private static WorldSpec small() {
        List<NationFacts> nations = new ArrayList<>(OrderOfTheMonthTest.nations());
        nations.add(OrderOfTheMonthTest.nation("ZZZ", 0, 0, "2", "2", true, Map.of()));
        return TestWorlds.withNations(OrderOfTheMonthTest.world(), nations);
    }

    private static boolean counts(Nation nation) {
        return !nation.facts.iso3().equals("AAA") && !nation.facts.iso3().equals("ZZZ");
    }

    @Test
    void whoIsNotConnectedOrHasNoPeopleCountsInNoSum() {
        new World(small(), 3, 1).run(w -> {
            double[] people = new double[w.labs().size()];
            double[] tokens = new double[people.length];
            double all = 0;
            for (Nation nation : w.nations()) {
                for (Ledger.Weight weight : Ledger.Weight.values()) {
                    assertEquals(counts(nation), Ledger.weight(weight, nation) > 0, nation.facts.iso3());
                }
                for (int s = 0; s < 4 && counts(nation); s++) {
                    for (int k = 0; k < w.offers().count; k++) {
                        double users =
                                nation.peoplePerAdopter() * nation.adopters.users(s)[k];
                        all += users * nation.volume(s);
                        if (w.offers().lab[k] >= 0) {
                            people[w.offers().lab[k]] += users;
                            tokens[w.offers().lab[k]] += users * nation.volume(s);
                        }
                    }
                }
            }
            for (int lab = 0; lab < people.length; lab++) {
                assertEquals(people[lab] / 1e6, w.labs().get(lab).users(), 1e-9);
                assertEquals(all == 0 ? 0 : tokens[lab] / all, w.labs().get(lab).tokenShare(), 1e-12);
            }
            for (Ledger.Weight weight : Ledger.Weight.values()) {
                double sum = 0;
                double weights = 0;
                for (Nation nation : w.nations()) {
                    if (counts(nation) && weight != Ledger.Weight.TOKENS) {
                        sum += weight(weight, nation) * nation.share(Stack.US_CLOSED.ordinal());
                        weights += weight(weight, nation);
                    }
                }
                if (weight != Ledger.Weight.TOKENS) {
                    assertEquals(sum / weights, w.ledger().share(weight, Stack.US_CLOSED.ordinal()), 1e-12);
                }
            }
        });
    }

    private static WorldSpec empty() {
        return TestWorlds.withNations(
                OrderOfTheMonthTest.world(),
                List.of(OrderOfTheMonthTest.nation("ZZZ", 0, 0, "2", "2", true, Map.of())));
    }

    @Test
    void aWorldWithoutPeopleUsesNothing() {
        new World(empty(), 3, 1).run(w -> {
            for (Ledger.Weight weight : Ledger.Weight.values()) {
                for (int g = 0; g <= Stack.COUNT; g++) {
                    assertEquals(g == Stack.COUNT ? 1 : 0, w.ledger().share(weight, g));
                }
            }
            assertEquals(0, w.ledger().polarisation());
            for (Lab lab : w.labs()) {
                assertEquals(0, lab.userShare());
                assertEquals(0, lab.revenue());
            }
        });
    }

    @Test
    void polarisationIsTheSpreadOfLeansByPeople() {
        double[] most = {0};
        // Where everything is forbidden nobody leans, and nobody leads.
        WorldSpec spec = with(
                small(),
                OrderOfTheMonthTest.lasting(
                        0, new Intervention.Ban(List.of("BRA"), Bloc.US, List.of(), List.of(), List.of(), 1)),
                OrderOfTheMonthTest.lasting(
                        0, new Intervention.Ban(List.of("BRA"), Bloc.CN, List.of(), List.of(), List.of(), 1)),
                OrderOfTheMonthTest.lasting(
                        0, new Intervention.Ban(List.of("BRA"), Bloc.OTHER, List.of(), List.of(), List.of(), 1)));
        new World(spec, 3, 1).run(w -> {
            assertEquals("", w.ledger().leadingOrigin(1));
            double weights = 0;
            double mean = 0;
            for (Nation nation : w.nations()) {
                if (counts(nation) && nation.using() > 0) {
                    weights += nation.facts.population();
                    mean += nation.facts.population() * (share(nation, "US") - share(nation, "CN"));
                }
            }
            mean /= weights;
            double squares = 0;
            for (Nation nation : w.nations()) {
                if (counts(nation) && nation.using() > 0) {
                    double lean = share(nation, "US") - share(nation, "CN");
                    squares += nation.facts.population() * (lean - mean) * (lean - mean);
                }
            }
            double expected = weights == 0 ? 0 : Math.sqrt(squares / weights);
            assertEquals(expected, w.ledger().polarisation(), 1e-9);
            most[0] = Math.max(most[0], expected);
        });
        assertTrue(most[0] > .05);
    }

    @Test
    void computeFollowsRevenueUsersAndStandingOfTheMonth() {
        assertTrue(earnedWhileFundingFollows(small()));
        assertFalse(earnedWhileFundingFollows(empty()), "standing alone counts");
    }

    private static boolean earnedWhileFundingFollows(WorldSpec spec) {
        Map<String, Double> before = new HashMap<>();
        spec.labs().forEach(l -> before.put(l.name(), l.computeShare()));
        boolean[] earned = {false};
        new World(with(spec, Map.of("capability.fundingSpeed", .1)), 3, 1).run(w -> {
            ModelParameters.Capability c = w.surroundings().p.capability();
            for (Bloc bloc : Bloc.values()) {
                List<Lab> labs = w.labs().stream().filter(l -> l.bloc == bloc).toList();
                double revenue = labs.stream().mapToDouble(Lab::revenue).sum();
                double users = labs.stream().mapToDouble(Lab::users).sum();
                double state =
                        labs.stream().mapToDouble(l -> l.spec.stateShare()).sum();
                double compute = labs.stream()
                        .mapToDouble(l -> before.get(l.spec.name()))
                        .sum();
                for (Lab lab : labs) {
                    double standing = lab.spec.stateShare() / state;
                    double target = Funding.share(
                            c.fundingRevenue(),
                            revenue > 0 ? lab.revenue() / revenue : standing,
                            c.fundingMomentum(),
                            users > 0 ? lab.users() / users : standing,
                            c.fundingState(),
                            standing);
                    double share = before.get(lab.spec.name()) / compute;
                    assertEquals(compute * Funding.next(share, target, .1), lab.computeShare(), 1e-9);
                    earned[0] |= revenue > 0 && lab.revenue() != revenue;
                }
            }
            w.labs().forEach(l -> before.put(l.spec.name(), l.computeShare()));
        });
        return earned[0];
    }

    @Test
    void fundingMovesComputeWithinABlocAndMakesNone() {
        Map<Bloc, Double> first = new HashMap<>();
        Map<String, Double> shares = new HashMap<>();
        boolean[] moved = {false};
        new World(with(SPEC, Map.of("capability.fundingSpeed", .1)), 5, 0).run(w -> {
            Map<Bloc, Double> sums = new HashMap<>();
            Map<Bloc, Double> compute = new HashMap<>();
            for (Lab lab : w.labs()) {
                sums.merge(lab.bloc, lab.computeShare(), Double::sum);
                compute.merge(lab.bloc, lab.compute(), Double::sum);
                Double before = shares.put(lab.spec.name(), lab.computeShare());
                moved[0] |= before != null && Math.abs(before - lab.computeShare()) > 1e-3;
                assertTrue(lab.computeShare() >= 0);
            }
            for (Bloc bloc : Bloc.values()) {
                assertEquals(first.computeIfAbsent(bloc, sums::get), sums.get(bloc), 1e-9);
                double training = 1 - w.surroundings().p.price().inferenceShare();
                assertEquals(w.power(bloc).stock() * training, compute.get(bloc), 1e-9);
            }
        });
        assertTrue(moved[0]);
    }

    @Test
    void theGapIsTheTimeSinceTheLeaderWasWhereTheLaggardIs() {
        List<Double> us = new ArrayList<>();
        List<Double> cn = new ArrayList<>();
        WorldSpec spec = with(
                SPEC,
                // A lead of China's, and then a tie.
                at(12, 1, new Intervention.Release("Delta", "leap", false, 90, 1, 1, 1)),
                at(13, 1, new Intervention.Release("Alpha", "level", false, 90, 1, 1, 1)));
        boolean[] seen = new boolean[3];
        new World(spec, 5, 0).run(w -> {
            us.add(w.frontier(Bloc.US));
            cn.add(w.frontier(Bloc.CN));
            int now = w.monthOfRun();
            double gap = w.ledger().gapMonths();
            double trails = sinceFirst(us, cn.get(now));
            double leads = sinceFirst(cn, us.get(now));
            int sign = Double.compare(us.get(now), cn.get(now));
            seen[sign + 1] = true;
            assertEquals(sign > 0 ? trails : sign < 0 ? 0 - leads : trails - leads, gap, "month " + now);
            assertTrue(gap * sign >= 0);
        });
        assertTrue(seen[0] && seen[1] && seen[2]);
    }

    /** Months since a frontier first was as good and stayed so; frontiers never fall. */
    private static int sinceFirst(List<Double> frontier, double score) {
        int first = frontier.size() - 1;
        while (first > 0 && frontier.get(first - 1) >= score) {
            first--;
        }
        return frontier.size() - 1 - first;
    }

    @Test
    void aFlipIsAChangeOfTheLeadingOriginByAMargin() {
        WorldSpec spec = with(
                TestWorlds.world(30, 300),
                lasting(14, new Intervention.Ban(List.of("IND"), Bloc.US, List.of(), List.of(), List.of(), 1)));
        Map<String, String> leading = new HashMap<>();
        int[] flips = new int[1];
        new World(spec, 5, 0).run(w -> {
            int told = 0;
            for (Nation nation : w.nations()) {
                String code = nation.facts.iso3();
                String now = w.ledger().leadingOrigin(nation.place);
                String before = leading.put(code, now);
                boolean flipped = before != null && !before.isEmpty() && !before.equals(now);
                assertEquals(
                        flipped,
                        w.happened().stream()
                                .anyMatch(e -> e.kind().equals("flip")
                                        && e.target().equals(code)
                                        && e.detail().equals("from " + before + " to " + now)));
                flips[0] += flipped ? 1 : 0;
                told += flipped ? 1 : 0;
                if (nation.using() > 0) {
                    double toBeat =
                            before == null || before.isEmpty() ? -1 : share(nation, before) + Ledger.FLIP_MARGIN;
                    String best = Ledger.ORIGINS.stream()
                            .max(Comparator.comparingDouble(o -> share(nation, o)))
                            .orElseThrow();
                    // Of equal ones either may lead.
                    assertEquals(share(nation, share(nation, best) > toBeat ? best : before), share(nation, now));
                }
            }
            assertEquals(
                    told,
                    w.happened().stream().filter(e -> e.kind().equals("flip")).count());
        });
        assertTrue(flips[0] > 0);
        assertTrue(!leading.get("IND").equals("US"));
    }

    private static double share(Nation nation, String origin) {
        return switch (origin) {
            case "US" -> nation.userShare(0) + nation.userShare(1);
            case "CN" -> nation.userShare(2) + nation.userShare(3);
            case "other" -> nation.userShare(4);
            default -> nation.userShare(5);
        };
    }

    @Test
    void aStanceHeldByAnEventIsLetGoAgain() {
        WorldSpec spec = with(
                TestWorlds.world(30, 60),
                at(8, 5, new Intervention.HoldStance(List.of("BRA", "IND"), StancePosition.SOVEREIGN)),
                at(0, 30, new Intervention.HoldStance(List.of("KAZ"), StancePosition.CN_ALIGNED)));
        // Reviews that never come.
        WorldSpec still = with(spec, Map.of("stance.reviewInterval", 1200.0));
        new World(still, 5, 0).run(w -> {
            boolean held = w.monthOfRun() >= 8 && w.monthOfRun() < 13;
            for (Nation nation : w.nations()) {
                StancePosition expected = switch (nation.facts.iso3()) {
                    case "USA" -> StancePosition.US_ALIGNED;
                    case "CHN", "KAZ" -> StancePosition.CN_ALIGNED;
                    case "BRA", "IND" -> held ? StancePosition.SOVEREIGN : StancePosition.OPEN;
                    default -> StancePosition.OPEN;
                };
                assertEquals(expected, nation.stance(), nation.facts.iso3() + " in month " + w.monthOfRun());
            }
        });
    }

    @Test
    void everyNationReviewsItsStanceOnceInItsInterval() {
        int interval = 6;
        // Without inertia and with much noise, most reviews change the stance, and nothing else ever does.
        WorldSpec spec = with(
                TestWorlds.world(36, 40),
                Map.of("stance.reviewInterval", (double) interval, "stance.inertia", 0.0, "stance.precision", .01));
        Map<String, StancePosition> before = new HashMap<>();
        Map<String, Integer> phase = new HashMap<>();
        int[] changes = new int[1];
        new World(spec, 5, 0).run(w -> {
            int told = 0;
            for (Nation nation : w.nations()) {
                String code = nation.facts.iso3();
                StancePosition was = before.put(code, nation.stance());
                if (was != null && was != nation.stance()) {
                    int at = w.monthOfRun() % interval;
                    assertEquals(phase.computeIfAbsent(code, c -> at), at, code);
                    changes[0]++;
                    told++;
                }
            }
            assertEquals(
                    told,
                    w.happened().stream().filter(e -> e.kind().equals("stance")).count());
        });
        assertTrue(changes[0] > 30, "changes " + changes[0]);
        assertTrue(phase.values().stream().distinct().count() > 2, "reviews are spread over the interval");
    }
}
