package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.world.TestWorlds.at;
import static twostacks.world.TestWorlds.lasting;
import static twostacks.world.TestWorlds.with;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import twostacks.agents.Lab;
import twostacks.agents.LabSpec;
import twostacks.agents.Nation;
import twostacks.agents.NationFacts;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Intervention;
import twostacks.policy.Intervention.Ban;
import twostacks.policy.Intervention.ChipControl;
import twostacks.policy.Intervention.Diplomacy;
import twostacks.policy.Intervention.HoldStance;
import twostacks.policy.Intervention.Incident;
import twostacks.policy.Intervention.Package;
import twostacks.policy.Intervention.PriceMove;
import twostacks.policy.Intervention.RestrictModelAccess;
import twostacks.policy.Intervention.SovereignProgramme;
import twostacks.policy.Intervention.StallReleases;
import twostacks.policy.Intervention.Subsidy;
import twostacks.policy.Intervention.WithholdWeights;
import twostacks.policy.ShockKind;
import twostacks.policy.Stack;
import twostacks.policy.StancePosition;

final class WorldLawsTest {
    private static final List<String> ALL = List.of();

    private static Nation nation(World world, String iso3) {
        return world.nations().stream()
                .filter(n -> n.facts.iso3().equals(iso3))
                .findFirst()
                .orElseThrow();
    }

    private static Lab lab(World world, String name) {
        return world.labs().stream()
                .filter(l -> l.spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int users(Nation nation, World world, int k) {
        int users = 0;
        for (int s = 0; s < world.segments().size(); s++) {
            users += nation.adopters.users(s)[k];
        }
        return users;
    }

    /** What is read of the world in each month. */
    private static List<Double> read(WorldSpec spec, ToDoubleFunction<World> what) {
        List<Double> months = new ArrayList<>();
        new World(spec, 5, 0).run(w -> months.add(what.applyAsDouble(w)));
        return months;
    }

    @Test
    void theLawsHoldWithoutEvents() {
        OutcomeLaws.hold(TestWorlds.world(48, 300), 1, "baseline");
    }

    @Test
    void aBannedOfferGainsNobodyAndLosesAll() {
        WorldSpec spec = with(
                TestWorlds.world(20, 300),
                at(8, 6, new Ban(List.of("BRA", "KEN"), Bloc.CN, ALL, List.of(), ALL, 1)),
                at(8, 6, new Ban(List.of("FRA"), null, List.of("Alpha"), List.of(), List.of("public"), 1)));
        boolean[] used = new boolean[3];
        new World(spec, 5, 0).run(w -> {
            boolean banned = w.monthOfRun() >= 8 && w.monthOfRun() < 14;
            for (int k = 0; k < w.offers().count; k++) {
                boolean chinese = w.offers().lab[k] >= 0 && w.offers().origin[k] == Bloc.CN;
                int here = users(nation(w, "BRA"), w, k) + users(nation(w, "KEN"), w, k);
                if (banned && chinese) {
                    assertEquals(0, here);
                }
                used[0] |= chinese && here > 0 && w.monthOfRun() < 8;
                used[1] |= chinese && here > 0 && w.monthOfRun() >= 14;
                boolean alpha = w.offers().lab[k] == 0;
                if (banned && alpha) {
                    assertEquals(0, nation(w, "FRA").adopters.users(3)[k]);
                    used[2] |= nation(w, "FRA").adopters.users(0)[k] > 0;
                }
            }
        });
        assertTrue(used[0] && used[1] && used[2], "used before, again after, and where no ban binds");
    }

    @Test
    void anEmbargoKeepsServicesFromAllWhoDoNotGetRoundIt() {
        WorldSpec spec = with(
                TestWorlds.world(30, 300),
                Map.of(
                        "exportControl.embargoCoverage.consumer",
                        .5,
                        "exportControl.embargoCoverage.developer",
                        1.,
                        "exportControl.closedMarketPenalty",
                        0.,
                        "exportControl.notServedPenalty",
                        0.));
        int[] most = new int[2];
        new World(spec, 5, 0).run(w -> {
            for (int k = 0; k < w.offers().count; k++) {
                if (w.offers().origin[k] == Bloc.US && w.offers().channel[k] == Channel.API) {
                    for (int s = 0; s < 2; s++) {
                        double available = nation(w, "IRN").available(s, k);
                        assertTrue(available == 0 || s == 0 && available == .5, () -> "available to " + available);
                        most[s] = Math.max(most[s], nation(w, "IRN").adopters.users(s)[k]);
                    }
                }
            }
        });
        assertTrue(most[0] > 0, "some consumers get round it");
        assertEquals(0, most[1], "no developer does");
    }

    @Test
    void newsMakesPeopleConsiderAStackInItsMonthAndLeavesOthersAlone() {
        WorldSpec spec = TestWorlds.world(12, 300);
        WorldSpec told =
                with(spec, at(6, 1, new Intervention.News(Bloc.CN, List.of(Channel.API), List.of("consumer"), .2)));
        double[][] reach = new double[2][12];
        double[] rest = new double[2];
        for (int i = 0; i < 2; i++) {
            int which = i;
            new World(i == 0 ? spec : told, 5, 0).run(w -> {
                reach[which][w.monthOfRun()] = nation(w, "KEN").adopters.reach(0, Stack.CN_API.ordinal());
                if (w.monthOfRun() == 6) {
                    rest[which] = nation(w, "KEN").adopters.reach(0, Stack.US_CLOSED.ordinal());
                }
            });
        }
        assertEquals(reach[0][5], reach[1][5], "nobody hears of it before");
        assertEquals(reach[0][6] + .2 * (1 - reach[0][5]), reach[1][6], 1e-12);
        assertEquals(rest[0], rest[1], "nor of another stack");
    }

    @Test
    void presenceCountsAgainstTheBestKnownLabThatTheLawLetsIn() {
        WorldSpec spec = TestWorlds.world(20, 300);
        List<NationFacts> open = spec.nations().stream()
                .map(n -> n.iso3().equals("KEN") ? MirrorImage.with(n, "closedTo", List.<String>of()) : n)
                .toList();
        List<NationFacts> closed = spec.nations().stream()
                .map(n -> n.iso3().equals("KEN") ? MirrorImage.with(n, "closedTo", List.of("US")) : n)
                .toList();
        double[] used = new double[2];
        List<LabSpec> labs = spec.labs().stream()
                .map(l -> MirrorImage.with(l, "presence", l.bloc() == Bloc.US ? 1 : .01))
                .toList();
        WorldSpec known = with(
                TestWorlds.withLabs(spec, labs, spec.events(), spec.dataEnd()), Map.of("choice.presence.consumer", 1.));
        for (int i = 0; i < 2; i++) {
            int which = i;
            new World(TestWorlds.withNations(known, i == 0 ? open : closed), 5, 0)
                    .run(w -> used[which] = nation(w, "KEN").share(Stack.CN_API.ordinal()));
        }
        assertTrue(used[1] > used[0], () -> "kept out " + used[1] + ", let in " + used[0]);
    }

    @Test
    void noControlOfAPowerTouchesItsHome() {
        WorldSpec spec = with(
                TestWorlds.world(16, 200),
                lasting(8, new RestrictModelAccess(Bloc.US, List.of("1", "2", "3", "CN"), ALL, 0, Double.NaN)),
                lasting(8, new RestrictModelAccess(Bloc.CN, List.of("1", "2", "3", "US"), ALL, 0, Double.NaN)));
        new World(spec, 5, 0).run(w -> {
            for (int k = 0; k < w.offers().count; k++) {
                if (w.offers().channel[k] == Channel.API && w.monthOfRun() >= 8) {
                    boolean us = w.offers().origin[k] == Bloc.US;
                    boolean cn = w.offers().origin[k] == Bloc.CN;
                    double served = w.surroundings().served[w.offers().origin[k].ordinal()];
                    assertEquals(cn ? 0 : served, nation(w, "USA").available(0, k));
                    assertEquals(us ? 0 : served, nation(w, "CHN").available(0, k));
                    assertEquals(us || cn ? 0 : served, nation(w, "BRA").available(0, k));
                }
            }
        });
    }

    @Test
    void aStricterLicenceLeavesNoMoreUsersInItsMonth() {
        double[] licensed = {1, .9, .6, .3, .1, 0};
        double[] before = null;
        for (double share : licensed) {
            WorldSpec spec = with(
                    TestWorlds.world(11, 400),
                    lasting(10, new RestrictModelAccess(Bloc.US, List.of("2"), ALL, share, Double.NaN)));
            double[] users = new double[2];
            new World(spec, 5, 0).run(w -> {
                users[0] = nation(w, "BRA").share(Stack.US_CLOSED.ordinal());
                users[1] = nation(w, "FRA").share(Stack.US_CLOSED.ordinal());
            });
            if (before != null) {
                assertTrue(users[0] <= before[0], "licensed " + share);
                assertEquals(before[1], users[1], "nations of another tier");
            }
            before = users;
        }
        assertEquals(0, before[0]);
    }

    @Test
    void aStricterChipControlNeverAddsToChinasComputeInItsMonth() {
        double before = Double.POSITIVE_INFINITY;
        for (double stringency = 0; stringency <= 1; stringency += .125) {
            List<Double> compute = read(
                    with(TestWorlds.world(11, 20), lasting(10, new ChipControl(Bloc.US, List.of("CN"), stringency, 0))),
                    w -> w.power(Bloc.CN).stock());
            assertTrue(compute.get(10) < before);
            before = compute.get(10);
        }
    }

    @Test
    void onlyAStricterRuleThatIsAnnouncedBringsImportsForward() {
        WorldSpec base = TestWorlds.world(10, 20);
        double without = read(base, w -> w.power(Bloc.CN).stock()).get(9);
        for (double stringency : new double[] {0, .3, .95}) {
            assertEquals(
                    without,
                    read(
                                    with(base, lasting(12, new ChipControl(Bloc.US, List.of("CN"), stringency, 6))),
                                    w -> w.power(Bloc.CN).stock())
                            .get(9),
                    "a rule no stricter than the one in force");
        }
        assertTrue(read(
                                with(base, lasting(12, new ChipControl(Bloc.US, List.of("CN"), 1, 6))),
                                w -> w.power(Bloc.CN).stock())
                        .get(9)
                > without);
    }

    @Test
    void thePowerThatAdaptsItsChipControlsIsTheOneThatIsAsked() {
        WorldSpec spec =
                with(TestWorlds.world(40, 20), Map.of("exportControl.adaptive", 1.0, "exportControl.adaptiveStep", .1));
        boolean[] moved = {false};
        new World(spec, 5, 0).run(w -> {
            double[][] stringency = w.surroundings().levers.chipStringency;
            moved[0] |= stringency[0][3] != w.surroundings().p.exportControl().chipStringency()[3];
            assertEquals(0, stringency[1][3], "China follows a rule of its own");
        });
        assertTrue(moved[0]);
    }

    @Test
    void anAccessShockHurtsInFullWhereItCutsOffInPartElsewhereAndNotAmongAllies() {
        WorldSpec base = with(TestWorlds.world(14, 50), Map.of("trust.networkPull", 0.0, "trust.usagePull", 0.0));
        WorldSpec cut = with(base, at(10, 1, new RestrictModelAccess(Bloc.US, List.of("2"), ALL, 0, 1)));
        for (String[] expected : new String[][] {{"BRA", "1"}, {"IRN", ".5"}, {"FRA", "0"}, {"USA", "0"}}) {
            List<Double> before = read(base, w -> logit(nation(w, expected[0]).trustSeen(Bloc.US)));
            List<Double> after = read(cut, w -> logit(nation(w, expected[0]).trustSeen(Bloc.US)));
            double loss = .2 * Double.parseDouble(expected[1]);
            assertEquals(loss, before.get(10) - after.get(10), 1e-9, expected[0]);
            assertEquals(loss * Math.pow(.5, 3 / 12.0), before.get(13) - after.get(13), 1e-9, expected[0]);
            assertEquals(0, before.get(9) - after.get(9));
        }
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    @Test
    void aShockIsAMatterOfTheNationsThatTakeNote() {
        WorldSpec base = with(TestWorlds.world(12, 50), Map.of("trust.networkPull", 0.0, "trust.usagePull", 0.0));
        WorldSpec shaken = with(base, at(10, 1, new Incident(ShockKind.BACKDOOR, Bloc.CN, List.of("IND"), 2)));
        for (String code : new String[] {"IND", "BRA"}) {
            double loss =
                    read(base, w -> logit(nation(w, code).trustSeen(Bloc.CN))).get(10)
                            - read(shaken, w -> logit(nation(w, code).trustSeen(Bloc.CN)))
                                    .get(10);
            assertEquals(code.equals("IND") ? 2 : 0, loss, 1e-9);
        }
    }

    @Test
    void stalledLabsReleaseNothingAndWithheldWeightsStayIn() {
        WorldSpec spec = with(
                TestWorlds.world(30, 20),
                lasting(8, new StallReleases(Bloc.US, List.of("Alpha"))),
                lasting(8, new WithholdWeights(Bloc.CN, ALL)));
        double[] open = new double[2];
        new World(spec, 5, 0).run(w -> {
            if (w.monthOfRun() == 7) {
                open[0] = lab(w, "Delta").open();
                open[1] = lab(w, "Alpha").released();
            }
            if (w.monthOfRun() > 7) {
                assertEquals(open[0], lab(w, "Delta").open());
                assertEquals(open[1], lab(w, "Alpha").released());
            }
            if (w.monthOfRun() == 29) {
                assertTrue(lab(w, "Delta").released() > open[0], "the service goes on");
                assertTrue(lab(w, "Alpha").internal() > open[1], "work goes on");
            }
        });
    }

    @Test
    void anAlignedNationsPublicSectorDropsTheOtherPowersServices() {
        WorldSpec spec = with(
                TestWorlds.world(20, 400),
                at(8, 8, new HoldStance(List.of("BRA"), StancePosition.CN_ALIGNED)),
                at(8, 8, new HoldStance(List.of("IND"), StancePosition.US_ALIGNED)));
        boolean[] used = new boolean[2];
        new World(spec, 5, 0).run(w -> {
            for (int k = 0; k < w.offers().count; k++) {
                if (w.offers().channel[k] == Channel.API) {
                    Bloc origin = w.offers().origin[k];
                    boolean held = w.monthOfRun() >= 8 && w.monthOfRun() < 16;
                    if (held && origin == Bloc.US) {
                        assertEquals(0, nation(w, "BRA").adopters.users(3)[k]);
                        used[0] |= nation(w, "BRA").adopters.users(2)[k] > 0;
                    }
                    if (held && origin == Bloc.CN) {
                        assertEquals(0, nation(w, "IND").adopters.users(3)[k]);
                        used[1] |= nation(w, "IND").adopters.users(1)[k] > 0;
                    }
                }
            }
        });
        assertTrue(used[0] && used[1], "other segments stay free");
    }

    @Test
    void anOwnModelIsOnOfferAfterItsBuildingTimeAndAsLongAsTheProgrammeRuns() {
        WorldSpec spec = with(
                TestWorlds.world(30, 300),
                at(4, 16, new SovereignProgramme(List.of("IND", "KEN"), 1.2)),
                lasting(0, new HoldStance(List.of("IND", "KEN"), StancePosition.OPEN)));
        new World(spec, 5, 0).run(w -> {
            int month = w.monthOfRun();
            // Nine months to build, of which the first is the one it starts in.
            assertEquals(month >= 4 + 8 && month < 20, nation(w, "IND").hasOwn(), "month " + month);
            assertFalse(nation(w, "KEN").hasOwn(), "a small nation is not able");
            assertTrue(nation(w, "IND").hasOwn() || nation(w, "IND").share(Stack.SOVEREIGN.ordinal()) == 0);
        });
    }

    /** A programme that the stance runs ends with it, so leaving the stance is weighed without the own model. */
    @Test
    void aNationThatLivesByItsOwnModelKeepsTheStanceThatRunsIt() {
        Map<String, Double> set = new HashMap<>(Map.of(
                "stance.security", 0.0,
                "stance.dependence", 0.0,
                "stance.alignment", 0.0,
                "stance.inertia", 0.0,
                "stance.precision", 1000.0,
                "stance.fiscalCost", 2.0,
                "stance.reviewInterval", 6.0));
        for (String segment : List.of("consumer", "developer", "enterprise", "public")) {
            set.put("choice.sovereignty." + segment, 20.0);
        }
        int[] months = new int[2];
        new World(
                        with(
                                with(TestWorlds.world(48, 300), set),
                                at(0, 24, new HoldStance(List.of("FRA"), StancePosition.SOVEREIGN))),
                        5,
                        0)
                .run(w -> {
                    if (nation(w, "FRA").hasOwn()) {
                        months[0]++;
                        months[1] += nation(w, "FRA").stance() == StancePosition.SOVEREIGN ? 1 : 0;
                    }
                });
        assertEquals(48 - 8, months[0]);
        assertEquals(48 - 8, months[1]);
    }

    @Test
    void aPackageMakesRunningWeightsAtHomeCheaper() {
        WorldSpec base = TestWorlds.world(10, 20);
        WorldSpec given = with(base, lasting(8, new Package(Bloc.CN, List.of("KEN"), .6, 0)));
        new World(base, 5, 0).run(without -> {
            if (without.monthOfRun() == 9) {
                new World(given, 5, 0).run(with -> {
                    if (with.monthOfRun() == 9) {
                        for (int k = 0; k < with.offers().count; k++) {
                            double before = nation(without, "KEN").price(2, k);
                            double after = nation(with, "KEN").price(2, k);
                            boolean self = with.offers().channel[k] == Channel.SELF;
                            assertTrue(self ? after < before : Double.compare(before, after) == 0);
                        }
                    }
                });
            }
        });
    }

    @Test
    void diplomacyEarnsTrustAndTurningInwardLosesIt() {
        WorldSpec base = TestWorlds.world(20, 20);
        double neutral = read(base, w -> nation(w, "KEN").trust(Bloc.CN)).get(19);
        for (double weight : new double[] {-1, -.3, .4, 1}) {
            double courted = read(
                            with(base, lasting(8, new Diplomacy(Bloc.CN, List.of("KEN"), weight))),
                            w -> nation(w, "KEN").trust(Bloc.CN))
                    .get(19);
            assertEquals(Math.signum(weight), Math.signum(courted - neutral));
        }
    }

    @Test
    void subsidiesAndPriceMovesDoToListPricesWhatTheySay() {
        WorldSpec base = TestWorlds.world(12, 20);
        double price = read(base, w -> lab(w, "Delta").listPrice()).get(11);
        assertEquals(
                2.5 * price,
                read(
                                with(base, lasting(11, new PriceMove(Bloc.CN, ALL, 2.5))),
                                w -> lab(w, "Delta").listPrice())
                        .get(11),
                1e-12 * price);
        assertEquals(
                price,
                read(
                                with(base, lasting(11, new PriceMove(Bloc.US, ALL, 2.5))),
                                w -> lab(w, "Delta").listPrice())
                        .get(11));
        double before = price;
        for (double share : new double[] {.1, .3, .7}) {
            double subsidised = read(
                            with(base, lasting(11, new Subsidy(Bloc.CN, share))),
                            w -> lab(w, "Delta").listPrice())
                    .get(11);
            assertTrue(subsidised < before && subsidised >= 0);
            before = subsidised;
        }
    }

    @Test
    void scarceCapacityRaisesPricesAndThenRations() {
        WorldSpec base = TestWorlds.world(24, 60);
        WorldSpec scarce = with(base, Map.of("price.tokensPerChip", .01));
        int first = TestWorlds.OBSERVED;
        double price = read(base, w -> lab(w, "Alpha").listPrice()).get(first);
        // In the first month of its own the price is still the one observed; what is short shows in the next.
        assertEquals(price, read(scarce, w -> lab(w, "Alpha").listPrice()).get(first), 1e-12);
        assertTrue(read(scarce, w -> w.surroundings().served[0]).get(first) < 1);
        assertEquals(1, read(base, w -> w.surroundings().served[0]).get(first));
        OutcomeLaws.hold(scarce, 5, "scarce capacity");
    }

    @Test
    void anEventThatSetsAParameterLetsGoAgain() {
        WorldSpec spec = with(
                TestWorlds.world(16, 60),
                at(8, 3, new Intervention.Set("price.hostMargin", 2)),
                at(8, 3, new Intervention.Set("population.peers", 0)));
        new World(spec, 5, 0)
                .run(w -> assertEquals(
                        w.monthOfRun() >= 8 && w.monthOfRun() < 11 ? 2 : .3,
                        w.surroundings().p.price().hostMargin()));
    }

    @Test
    void parametersThatDoNotGoTogetherWhileEventsLastAreTold() {
        WorldSpec base = TestWorlds.world(16, 60);
        assertEquals(List.of(), base.conflicts());
        Intervention low = new Intervention.Set("price.markupMin", 4);
        Intervention high = new Intervention.Set("price.markupMax", 5);
        double most = TestWorlds.SPACE.entries().get("price.markupMax").baseline();
        assertTrue(most < 4);
        assertEquals(List.of(), with(base, lasting(2, high), at(4, 3, low)).conflicts());
        assertEquals(1, with(base, at(2, 3, high), at(4, 3, low)).conflicts().size(), "the one ends first");
        assertEquals(1, with(base, at(4, 3, low)).conflicts().size());
        assertEquals(1, with(base, lasting(4, low)).conflicts().size(), "told once");
        assertEquals(
                List.of(),
                with(with(base, Map.of("price.markupMax", 4.5)), lasting(4, low))
                        .conflicts());
    }
}
