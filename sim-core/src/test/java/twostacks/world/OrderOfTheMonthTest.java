package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import twostacks.adoption.Consideration;
import twostacks.agents.Lab;
import twostacks.agents.LabSpec;
import twostacks.agents.Nation;
import twostacks.agents.NationFacts;
import twostacks.agents.Surroundings;
import twostacks.capability.CapabilityGrowth;
import twostacks.chips.ComputeStock;
import twostacks.exportcontrol.ExportControlRule;
import twostacks.parameters.Key;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.policy.Intervention.Ban;
import twostacks.policy.Intervention.ChipControl;
import twostacks.policy.Intervention.HoldStance;
import twostacks.policy.Intervention.Release;
import twostacks.policy.Intervention.RestrictModelAccess;
import twostacks.policy.Stack;
import twostacks.policy.StancePosition;
import twostacks.price.Congestion;
import twostacks.price.ListPrice;
import twostacks.random.Draws;
import twostacks.random.Purpose;
import twostacks.regulation.Burden;
import twostacks.trust.Incidents;
import twostacks.trust.TrustUpdate;

/**
 * The month in order: what each phase reads of this month and what of the last, and when rules take effect, worked out
 * again from what the months before left and from the equations one by one. Five nations of a hundred adopters, so that
 * errors planted in the schedule cost little to find.
 */
final class OrderOfTheMonthTest {
    /** 2026-04: three months are observed, and what slows down does so from the fifth on. */
    private static final int START = 2026 * 12 + 3;

    private static final int OBSERVED = 3;
    private static final int REFERENCE = 4;
    private static final int MONTHS = 14;
    private static final double NONE = Double.NaN;
    private static final List<String> ALL = List.of();
    private static final List<Channel> SERVICE = List.of(Channel.API);
    private static final List<Channel> EVERY = List.of(Channel.API, Channel.HOST, Channel.SELF);
    private static final double NEAR = 1e-12;

    // The world -------------------------------------------------------------------------------------------------------

    static WorldSpec world(DatedEvent... events) {
        Map<String, Double> set = new HashMap<>();
        set.put("population.adoptersPerNation", 103.0);
        set.put("trust.networkPull", .1);
        set.put("trust.usagePull", .2);
        set.put("trust.securityRate", 60.0);
        set.put("trust.misuseRate", 60.0);
        set.put("regulation.response", .3);
        set.put("price.markupSpeed", .3);
        set.put("price.costConvergence", 0.0);
        set.put("price.tokensPerChip", 3000.0);
        set.put("stance.reviewInterval", 6.0);
        set.put("stance.inertia", 0.0);
        set.put("stance.precision", .01);
        return new WorldSpec(
                "month",
                START,
                MONTHS,
                START + OBSERVED,
                TestWorlds.SPACE,
                set,
                nations(),
                labs(),
                List.of(events),
                true,
                false);
    }

    static List<NationFacts> nations() {
        return List.of(
                nation("USA", 335e6, 27e12, "", "1", true, Map.of()),
                nation("KEN", 55e6, 1.1e11, "3", "2", true, Map.of("BRA", 2.0, "FRA", 1.0)),
                nation("FRA", 68e6, 3e12, "1", "1", true, Map.of()),
                nation("BRA", 211e6, 2.2e12, "2", "3", true, Map.of("FRA", 1.0)),
                nation("AAA", 9e6, 9e10, "2", "2", false, Map.of()));
    }

    static NationFacts nation(
            String iso3,
            double people,
            double gdp,
            String usTier,
            String cnTier,
            boolean connected,
            Map<String, Double> links) {
        return new NationFacts(
                iso3,
                iso3,
                people,
                gdp,
                .8,
                0,
                usTier,
                iso3.equals("USA") ? "US" : cnTier,
                false,
                ALL,
                ALL,
                survey(iso3),
                .9,
                10 * iso3.charAt(0) - 700,
                0,
                connected,
                links,
                new double[] {.2, .8, NONE});
    }

    /** What surveys say of trust in each bloc, so that the anchors are known. */
    private static double[] survey(String iso3) {
        double by = (iso3.charAt(0) - 'A') / 100.0;
        return new double[] {.5 + by, .45 - by, .6};
    }

    private static List<LabSpec> labs() {
        return List.of(
                lab("Alpha", "USA", SERVICE, 3, 45, NONE, 5),
                lab("Gamma", "USA", EVERY, 1, 38, 35, 2),
                lab("Delta", "CHN", EVERY, 2, 37, 36, .5),
                lab("Zeta", "CHN", SERVICE, 1, NONE, NONE, NONE),
                lab("Eta", "FRA", EVERY, 1, 34, 32, 2),
                lab("Theta", "BRA", SERVICE, 3, 30, NONE, 1),
                lab("Iota", "XXX", SERVICE, 2, NONE, NONE, NONE));
    }

    private static LabSpec lab(
            String name,
            String home,
            List<Channel> channels,
            double compute,
            double capability,
            double open,
            double price) {
        return new LabSpec(
                name, home, channels, channels.size() > 1, .9, compute, 1, 0, capability, open, price, NONE, 1, 1, .8);
    }

    private static DatedEvent at(int month, int months, Intervention what) {
        return new DatedEvent(START + month, months, what, "what is said", "", false);
    }

    static DatedEvent lasting(int month, Intervention what) {
        return at(month, DatedEvent.TO_THE_END, what);
    }

    private static WorldSpec with(WorldSpec spec, String parameter, double value) {
        return TestWorlds.with(spec, Map.of(parameter, value));
    }

    private static void run(WorldSpec spec, Consumer<World> told) {
        int[] months = {0};
        new World(spec, 3, 1).run(w -> {
            assertEquals(months[0]++, w.monthOfRun());
            assertEquals(spec.startMonth() + w.monthOfRun(), w.month());
            told.accept(w);
        });
        assertEquals(spec.months(), months[0]);
    }

    /** What is read in each month. */
    private static <T> List<T> read(WorldSpec spec, Function<World, T> what) {
        List<T> months = new ArrayList<>();
        run(spec, w -> months.add(what.apply(w)));
        return months;
    }

    private static Nation nation(World w, String iso3) {
        return w.nations().stream()
                .filter(n -> n.facts.iso3().equals(iso3))
                .findFirst()
                .orElseThrow();
    }

    private static Lab lab(World w, String name) {
        return w.labs().stream()
                .filter(l -> l.spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int service(World w, String lab) {
        return IntStream.range(0, w.offers().count)
                .filter(k -> w.offers().lab[k] >= 0
                        && w.offers().channel[k] == Channel.API
                        && w.labs().get(w.offers().lab[k]).spec.name().equals(lab))
                .findFirst()
                .orElseThrow();
    }

    private static double[] toDoubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    // Set-up ----------------------------------------------------------------------------------------------------------

    @Test
    void nationsStandByTheirCodesLabsAsListed() {
        World w = new World(world(), 3, 1);
        assertEquals(
                List.of("AAA", "BRA", "FRA", "KEN", "USA"),
                w.nations().stream().map(n -> n.facts.iso3()).toList());
        assertEquals(
                labs().stream().map(LabSpec::name).toList(),
                w.labs().stream().map(l -> l.spec.name()).toList());
        List<Nation> visited = new ArrayList<>();
        w.forEachNation(visited::add);
        assertEquals(w.nations(), visited);
        for (int n = 0; n < visited.size(); n++) {
            assertEquals(n, visited.get(n).place);
        }
        assertEquals(List.of("consumer", "developer", "enterprise", "public"), w.segments());
        for (Bloc bloc : Bloc.values()) {
            assertEquals(bloc, w.power(bloc).bloc);
        }
        WorldSpec mirrored = TestWorlds.copy(
                world(), world().overrides(), world().nations(), labs(), List.of(), START + OBSERVED, true);
        assertEquals(
                List.of("AAA", "BRA", "USA", "FRA", "KEN"),
                new World(mirrored, 3, 1)
                        .nations().stream().map(n -> n.facts.iso3()).toList(),
                "the United States stand where China would");
    }

    @Test
    void segmentsAreSharesOfTheAdoptersByLargestRemainder() {
        // By hand: 103 times .4, .15, .3 and .15 is 41.2, 15.45, 30.9 and 15.45; the two that are left go to the third,
        // and to the second, which stands before the fourth.
        assertArrayEquals(new int[] {41, 16, 31, 15}, sizes(Map.of()));
        assertArrayEquals(
                new int[] {5, 0, 3, 2},
                sizes(Map.of(
                        "population.adoptersPerNation", 10.0,
                        "population.segmentShare.consumer", .65,
                        "population.segmentShare.developer", 0.0,
                        "population.segmentShare.enterprise", .35,
                        "population.segmentShare.public", .3)));
    }

    private static int[] sizes(Map<String, Double> set) {
        int[] start = new World(TestWorlds.with(world(), set), 3, 1).nations().get(0).adopters.start;
        return IntStream.range(0, start.length - 1)
                .map(s -> start[s + 1] - start[s])
                .toArray();
    }

    // EVENTS ----------------------------------------------------------------------------------------------------------

    @Test
    void aRuleBindsFromItsFirstMonthToItsLast() {
        WorldSpec spec = world(at(6, 3, new Ban(List.of("BRA"), Bloc.CN, ALL, List.of(), ALL, 1)));
        run(spec, w -> {
            boolean binds = w.monthOfRun() >= 6 && w.monthOfRun() < 9;
            int k = service(w, "Delta");
            assertEquals(binds, nation(w, "BRA").available(0, k) == 0, "month " + w.monthOfRun());
            assertTrue(nation(w, "FRA").available(0, k) > 0);
            assertEquals(
                    w.monthOfRun() == 6,
                    w.happened().contains(new HappenedEvent("ban", "", "BRA", "what is said")),
                    "told in the month in which it begins");
            if (binds) {
                assertEquals(0, nation(w, "BRA").blocShare(Bloc.CN));
            }
        });
    }

    @Test
    void ofTwoRulesTheOneThatBeganLaterCounts() {
        // In either order of the list.
        DatedEvent early = lasting(2, new ChipControl(Bloc.US, List.of("CN"), .3, 0));
        DatedEvent late = at(5, 4, new ChipControl(Bloc.US, List.of("CN"), .7, 0));
        for (WorldSpec spec : List.of(world(early, late), world(late, early))) {
            List<Double> stringency = read(spec, w -> w.surroundings().levers.chipStringency[0][3]);
            double before = TestWorlds.SPACE.with(Map.of()).exportControl().chipStringency()[3];
            assertArrayEquals(
                    new double[] {before, before, .3, .3, .3, .7, .7, .7, .7, .3, .3, .3, .3, .3},
                    toDoubles(stringency));
        }
    }

    @Test
    void parametersHaveAnotherValueWhileAnEventLasts() {
        WorldSpec spec = with(
                world(
                        at(5, 2, new Intervention.Set("choice.exposureHost", .7)),
                        at(6, 3, new Intervention.Set("choice.exposureSelf", .6)),
                        at(6, 3, new Intervention.Set("choice.localControlHost", .5)),
                        at(6, 3, new Intervention.Set("choice.localControlSelf", .9)),
                        at(6, 3, new Intervention.Set("choice.nestDissimilarity", .7)),
                        lasting(10, new Intervention.Set("price.hostMargin", .3))),
                "choice.exposureSelf",
                .2);
        List<ModelParameters> seen = new ArrayList<>();
        run(spec, w -> {
            int month = w.monthOfRun();
            Surroundings around = w.surroundings();
            boolean host = month == 5 || month == 6;
            boolean self = month >= 6 && month < 9;
            seen.add(around.p);
            assertEquals(host ? .7 : .4, around.p.choice().exposureHost(), "month " + month);
            assertEquals(self ? .6 : .2, around.p.choice().exposureSelf());
            // By channel: services, hosts, running it oneself, a model of one's own.
            assertArrayEquals(new double[] {1, host ? .7 : .4, self ? .6 : .2, self ? .6 : .2}, around.exposure);
            assertArrayEquals(new double[] {0, self ? .5 : .3, self ? .9 : .7, 1}, around.localControl);
            for (int s = 0; s < 4; s++) {
                assertEquals(s, around.terms[s].segment);
                assertEquals(self ? .7 : .45, around.terms[s].rho);
            }
        });
        assertSame(seen.get(0), seen.get(4), "made anew only when an event changes something");
        assertSame(seen.get(7), seen.get(8));
        assertSame(seen.get(0), seen.get(9));
    }

    @Test
    void growthSlowsFromTheReferenceMonthOn() {
        run(world(), w -> {
            ModelParameters p = w.surroundings().p;
            double years = (w.monthOfRun() - REFERENCE) / 12.0;
            double slower = p.price().volumeGrowthDecay();
            assertEquals(
                    years <= 0 ? 1 : Math.exp(-p.capability().growthDecay() * years), w.surroundings().slowing, NEAR);
            assertEquals(
                    Math.exp(
                            p.price().volumeGrowth() * (years <= 0 ? years : (1 - Math.exp(-slower * years)) / slower)),
                    w.surroundings().volumeGrowth,
                    1e-9);
            assertEquals(w.monthOfRun() < OBSERVED, w.surroundings().observed);
        });
    }

    // POWERS ----------------------------------------------------------------------------------------------------------

    @Test
    void chipsArriveUnderTheMonthsOwnRuleAndWhatIsMadeUnderLastMonths() {
        WorldSpec spec = world(
                lasting(5, new ChipControl(Bloc.US, List.of("CN"), .6, 3)),
                lasting(8, new ChipControl(Bloc.US, List.of("CN"), .99, 2)),
                lasting(7, new ChipControl(Bloc.CN, List.of("US", "1"), .25, 4)),
                lasting(7, new ChipControl(Bloc.CN, List.of("3"), .1, 4)),
                lasting(9, new ChipControl(Bloc.US, List.of("2"), .5, 0)));
        Map<Bloc, double[]> before = new HashMap<>();
        run(spec, w -> {
            ModelParameters.Chips chips = w.surroundings().p.chips();
            int month = w.monthOfRun();
            double us = month >= 7 ? .25 : 0;
            double cn = month >= 8 ? .99 : month >= 5 ? .6 : .95;
            // Of the rest's compute a sixth is in France (tiers 1, 1), half in Brazil (2, 3), a third in no nation that
            // is
            // there, which counts as 1, 1.
            double french = month >= 7 ? .25 : 0;
            double brazil = 1 - (1 - (month >= 9 ? .5 : .05)) * (1 - (month >= 7 ? .1 : 0));
            double other = (french + 3 * brazil + 2 * french) / 6;
            double[] stringency = {us, cn, other};
            boolean[] hoard = {month >= 3 && month < 7, month >= 6 && month < 8, month >= 3 && month < 7};
            for (Bloc bloc : Bloc.values()) {
                int b = bloc.ordinal();
                assertEquals(stringency[b], w.chipStringencyOn(bloc), NEAR, bloc + " in month " + month);
                double[] last = before.getOrDefault(bloc, new double[] {chips.stock()[b], chips.domestic()[b]});
                double arriving = ComputeStock.arriving(
                        ComputeStock.wouldBe(chips.imports()[b], chips.worldGrowth(), chips.growthDecay(), month),
                        stringency[b],
                        chips.leakage(),
                        hoard[b] ? chips.stockpiling() : 1);
                assertEquals(arriving, w.power(bloc).arriving(), NEAR, bloc + " in month " + month);
                assertEquals(
                        ComputeStock.next(last[0], chips.depreciation(), arriving, last[1]),
                        w.power(bloc).stock(),
                        NEAR);
                before.put(
                        bloc, new double[] {w.power(bloc).stock(), w.power(bloc).domestic()});
                if (bloc != Bloc.OTHER) {
                    assertEquals(w.power(bloc).unitCost(chips.learning()), w.surroundings().unitCost[b]);
                }
            }
        });
    }

    @Test
    void aBlocWithoutLabsFacesNoControl() {
        WorldSpec spec = TestWorlds.withLabs(world(), labs().subList(0, 3), List.of(), START + OBSERVED);
        run(spec, w -> assertEquals(0, w.chipStringencyOn(Bloc.OTHER)));
    }

    @Test
    void powersAdaptTheirControlsToLastMonthsGapOnceHistoryEnds() {
        for (double[] weights : new double[][] {{1, 0}, {0, 1}, {.5, 1}, {0, 0}}) {
            WorldSpec spec = TestWorlds.with(
                    world(
                            at(6, 1, new Release("Delta", "leap", false, 120, 1, 1, 1)),
                            at(9, 1, new Release("Alpha", "farther", false, 200, 1, 1, 1))),
                    Map.of(
                            "exportControl.adaptive", weights[0],
                            "exportControl.cnAdaptive", weights[1],
                            "exportControl.adaptiveStep", .08,
                            "exportControl.adaptiveTighten", 1.0,
                            "exportControl.adaptiveRelax", 1.5));
            double[] added = new double[2];
            double[] gap = new double[1];
            run(spec, w -> {
                ModelParameters.ExportControl control = w.surroundings().p.exportControl();
                double[] base = {control.chipStringency()[3], control.cnChipStringency()[3]};
                for (int power = 0; power < 2; power++) {
                    if (w.monthOfRun() >= OBSERVED && weights[power] > 0) {
                        added[power] = ExportControlRule.adapt(
                                added[power], power == 0 ? gap[0] : -gap[0], 1, 1.5, .08 * weights[power]);
                    }
                    assertEquals(added[power], w.power(Bloc.values()[power]).adaptive(), NEAR);
                    assertEquals(
                            Math.max(0, Math.min(1, base[power] + added[power])),
                            w.surroundings().levers.chipStringency[power][3],
                            NEAR,
                            "power " + power + " in month " + w.monthOfRun());
                }
                gap[0] = w.ledger().gapMonths();
            });
            assertEquals(weights[0] > 0, added[0] != 0);
            assertEquals(weights[1] > 0, added[1] != 0);
        }
    }

    @Test
    void anAccessShockIsWhatIsLicensedLessThanLastMonthByLastMonthsUse() {
        WorldSpec spec = world(
                lasting(0, new RestrictModelAccess(Bloc.CN, List.of("2"), ALL, .9, NONE)),
                at(5, 2, new RestrictModelAccess(Bloc.US, List.of("2"), List.of("Alpha"), .4, NONE)),
                at(6, 1, new RestrictModelAccess(Bloc.US, List.of("2"), List.of("Gamma"), .7, NONE)),
                at(6, 1, new RestrictModelAccess(Bloc.US, List.of("1"), List.of("Gamma"), .9, NONE)),
                at(8, 3, new RestrictModelAccess(Bloc.US, List.of("3"), ALL, .5, .15)),
                at(9, 1, new RestrictModelAccess(Bloc.CN, List.of("1"), ALL, .5, NONE)));
        double[] use = new double[2];
        double[] worst = new double[2];
        run(spec, w -> {
            double[][] expected = new double[2][4];
            // The weights of two labs; a lab without a model, Zeta, has none.
            double alpha = use[0] + 1e-6;
            double gamma = use[1] + 1e-6;
            switch (w.monthOfRun()) {
                case 5 -> expected[0][1] = .6 * alpha / (alpha + gamma);
                case 6 -> {
                    expected[0][1] = (1 - .7) * gamma / (alpha + gamma);
                    expected[0][0] = (1 - .9) * gamma / (alpha + gamma);
                }
                case 8 -> expected[0][2] = .15;
                case 9 -> expected[1][0] = .5;
                default -> {
                    // What was so last month is no shock, and neither is what is licensed again.
                }
            }
            for (int power = 0; power < 2; power++) {
                assertArrayEquals(
                        expected[power],
                        w.surroundings().accessShock[power],
                        NEAR,
                        "power " + power + " in month " + w.monthOfRun());
                double most = Arrays.stream(expected[power]).max().orElseThrow();
                assertEquals(most, w.surroundings().worstAccessShock[power], NEAR);
                worst[power] = Math.max(worst[power], most);
            }
            use[0] = lab(w, "Alpha").userShare();
            use[1] = lab(w, "Gamma").userShare();
        });
        assertTrue(use[0] > 0 && use[1] > 0 && worst[0] > 0 && worst[1] > 0);
    }

    @Test
    void withoutLabsThereIsNoAccessShock() {
        WorldSpec spec =
                TestWorlds.withLabs(world(), List.of(labs().get(3)), List.of(lasting(5, cut(0))), START + MONTHS);
        run(spec, w -> assertArrayEquals(new double[4], w.surroundings().accessShock[1]));
    }

    private static RestrictModelAccess cut(double share) {
        return new RestrictModelAccess(Bloc.CN, List.of("1", "2", "3"), ALL, share, NONE);
    }

    // LABS ------------------------------------------------------------------------------------------------------------

    @Test
    void aReleaseIsOnTheMarketInItsMonth() {
        WorldSpec spec = world(
                at(1, 1, new Release("Zeta", "zeta-1", true, 41, .4, .8, 1)),
                at(7, 1, new Release("Delta", "delta-9", true, 140, .3, 1.1, 1)));
        run(spec, w -> {
            int month = w.monthOfRun();
            assertEquals(month >= 1, nation(w, "FRA").available(0, service(w, "Zeta")) > 0);
            if (month == 1) {
                // Three parts input and one part output; a consumer is billed six.
                assertEquals(.5, lab(w, "Zeta").listPrice(), NEAR);
                assertEquals(3, nation(w, "FRA").price(0, service(w, "Zeta")), NEAR);
                assertEquals(41, w.frontier(Bloc.CN));
            }
            if (month == 7) {
                assertEquals(140, lab(w, "Delta").released());
                assertEquals(140, lab(w, "Delta").open());
                assertEquals(140, w.frontier(Bloc.CN));
            }
            if (month == 6) {
                assertTrue(lab(w, "Delta").released() < 140);
            }
            assertTrue(lab(w, "Alpha").released() < 140, "others are not touched");
        });
    }

    @Test
    void theFrontierIsTheBestThatABlocHasReleased() {
        run(world(), w -> {
            for (Bloc bloc : Bloc.values()) {
                double best = w.labs().stream()
                        .filter(l -> l.bloc == bloc)
                        .mapToDouble(Lab::released)
                        .filter(r -> !Double.isNaN(r))
                        .max()
                        .orElse(0);
                assertEquals(best, w.frontier(bloc));
            }
        });
        WorldSpec alone = TestWorlds.withLabs(world(), labs().subList(0, 2), List.of(), START + OBSERVED);
        run(alone, w -> assertEquals(0, w.frontier(Bloc.CN)));
    }

    @Test
    void trainingComputeIsTheMonthsStockByLastMonthsFunding() {
        Map<String, Double> shares = new HashMap<>();
        labs().forEach(l -> shares.put(l.name(), l.computeShare()));
        boolean[] moved = {false};
        run(with(world(), "capability.fundingSpeed", .1), w -> {
            Map<Bloc, Double> sums = new HashMap<>();
            w.labs().forEach(l -> sums.merge(l.bloc, shares.get(l.spec.name()), Double::sum));
            double most = 0;
            for (Lab lab : w.labs()) {
                double training = w.power(lab.bloc).stock()
                        * (1 - w.surroundings().p.price().inferenceShare());
                assertEquals(training * shares.get(lab.spec.name()) / sums.get(lab.bloc), lab.compute(), NEAR);
                most = Math.max(most, lab.compute());
            }
            assertEquals(most, w.surroundings().leadingCompute);
            for (Lab lab : w.labs()) {
                moved[0] |= shares.put(lab.spec.name(), lab.computeShare()) != lab.computeShare();
            }
        });
        assertTrue(moved[0]);
    }

    @Test
    void labsAdvanceByThisMonthsComputeAndLastMonthsReleases() {
        WorldSpec spec = TestWorlds.with(
                world(
                        at(5, 1, new Release("Gamma", "g", true, 80, 1, 1, 1)),
                        at(8, 1, new Release("Delta", "d", true, 110, 1, 1, 1)),
                        at(10, 1, new Release("Eta", "e", false, 150, 1, 1, 1))),
                Map.of(
                        "capability.ecosystem",
                        .6,
                        "capability.releaseCadence",
                        2.0,
                        "capability.rivalry",
                        .4,
                        "awareness.innovation.developer",
                        .08));
        Map<String, double[]> before = new LinkedHashMap<>();
        double[] frontier = new double[2];
        int[] advanced = {0};
        boolean[] contributed = {false};
        run(spec, w -> {
            ModelParameters.Capability c = w.surroundings().p.capability();
            for (Lab lab : w.labs()) {
                double[] last = before.get(lab.spec.name());
                boolean given = w.happened().stream()
                        .anyMatch(e ->
                                e.actor().equals(lab.spec.name()) && !e.target().isEmpty());
                if (last != null && !given) {
                    double start = Double.isNaN(last[0]) ? 0 : last[0];
                    double closed = 0;
                    double open = 0;
                    for (Map.Entry<String, double[]> other : before.entrySet()) {
                        if (!other.getKey().equals(lab.spec.name())) {
                            closed = Math.max(closed, Double.isNaN(other.getValue()[1]) ? 0 : other.getValue()[1]);
                            open = Math.max(open, Double.isNaN(other.getValue()[2]) ? 0 : other.getValue()[2]);
                        }
                    }
                    double rivalry = CapabilityGrowth.rivalry(
                            c.rivalry(), Math.abs(frontier[0] - frontier[1]), c.rivalryScale());
                    double expected = w.monthOfRun() < OBSERVED
                            ? last[0]
                            : start
                                    + w.surroundings().slowing
                                            * CapabilityGrowth.own(
                                                    c.growth(),
                                                    lab.compute() / w.surroundings().leadingCompute,
                                                    c.computeElasticity(),
                                                    rivalry,
                                                    c.ecosystem(),
                                                    last[3])
                                    + CapabilityGrowth.catchUp(c.catchUp(), c.openCatchUp(), start, closed, open);
                    assertEquals(expected, lab.internal(), 1e-9, lab.spec.name() + " in month " + w.monthOfRun());
                    advanced[0] += w.monthOfRun() < OBSERVED ? 0 : 1;
                }
            }
            for (Lab lab : w.labs()) {
                double developers = developersOnWeightsOf(w, lab);
                contributed[0] |= developers > 0;
                before.put(lab.spec.name(), new double[] {lab.internal(), lab.released(), lab.open(), developers});
            }
            frontier[0] = w.frontier(Bloc.US);
            frontier[1] = w.frontier(Bloc.CN);
        });
        assertTrue(advanced[0] > 60 && contributed[0]);
    }

    /** Of the world's developers who use something, those on a lab's open weights. */
    private static double developersOnWeightsOf(World w, Lab lab) {
        double all = 0;
        double on = 0;
        for (Nation nation : w.nations()) {
            for (int k = 0; k < w.offers().count && nation.facts.connected(); k++) {
                double people = nation.peoplePerAdopter() * nation.adopters.users(1)[k];
                all += people;
                boolean open = w.offers().lab[k] >= 0 && w.offers().channel[k] != Channel.API;
                on += open && w.labs().get(w.offers().lab[k]) == lab ? people : 0;
            }
        }
        return all == 0 ? 0 : on / all;
    }

    @Test
    void labsReleaseByThemselvesOnceHistoryEndsUnlessStalledAndWithWeightsUnlessWithheld() {
        WorldSpec spec = with(
                world(
                        lasting(5, new Intervention.StallReleases(Bloc.US, List.of("Alpha"))),
                        lasting(5, new Intervention.WithholdWeights(Bloc.CN, List.of("Delta"))),
                        at(9, 1, new Release("Delta", "d", true, 150, 1, 1, 1))),
                "capability.releaseCadence",
                2);
        Map<String, double[]> before = new HashMap<>();
        Map<String, Integer> told = new HashMap<>();
        run(spec, w -> {
            for (Lab lab : w.labs()) {
                String name = lab.spec.name();
                boolean said = w.happened().stream()
                        .anyMatch(e -> e.kind().equals("release")
                                && e.actor().equals(name)
                                && e.target().isEmpty());
                told.merge(name, said ? 1 : 0, Integer::sum);
                double[] last = before.put(name, new double[] {lab.released(), lab.open()});
                boolean event = name.equals("Delta") && w.monthOfRun() == 9;
                if (last != null && !event) {
                    assertEquals(said, Double.compare(last[0], lab.released()) != 0, name + " in " + w.monthOfRun());
                }
                if (said) {
                    assertTrue(w.monthOfRun() >= OBSERVED);
                    assertEquals(lab.internal(), lab.released());
                }
                if (name.equals("Delta") && w.monthOfRun() >= 5) {
                    assertEquals(last[1], lab.open(), "withheld, whoever releases");
                }
            }
        });
        assertTrue(told.get("Alpha") <= 1 && told.get("Gamma") >= 4 && told.get("Delta") >= 2, told.toString());
    }

    @Test
    void pricesClearOnLastMonthsUse() {
        WorldSpec spec = world(
                at(5, 3, new Intervention.Subsidy(Bloc.US, .3)),
                at(7, 3, new Intervention.PriceMove(Bloc.CN, List.of("Delta"), 2.5)));
        boolean[] dear = {false};
        for (double tokensPerChip : new double[] {40, 900, 1e7}) {
            Map<String, double[]> before = new HashMap<>();
            Map<String, Double> unit = new HashMap<>();
            double[] tokens = new double[3];
            double[] served = {1, 1, 1};
            boolean[] scarce = new boolean[3];
            run(with(spec, "price.tokensPerChip", tokensPerChip), w -> {
                ModelParameters.Price price = w.surroundings().p.price();
                int month = w.monthOfRun();
                double[] congestion = {1, 1, 1};
                for (int b = 0; b < 3 && month >= OBSERVED; b++) {
                    double capacity = w.power(Bloc.values()[b]).stock() * 1e6 * price.inferenceShare() * tokensPerChip;
                    double demand = tokens[b] / Math.max(.01, served[b]);
                    congestion[b] =
                            Congestion.factor(demand, capacity, price.demandElasticity(), price.congestionCap());
                    served[b] = Congestion.served(demand, capacity, price.demandElasticity(), congestion[b]);
                    scarce[b] |= served[b] < 1;
                    dear[0] |= served[b] == 1 && congestion[b] > 1;
                }
                assertArrayEquals(served, w.surroundings().served, NEAR, "month " + month);
                for (Lab lab : w.labs()) {
                    String name = lab.spec.name();
                    double[] last = before.get(name);
                    if (last != null && !Double.isNaN(last[0])) {
                        assertEquals(
                                ListPrice.next(
                                        last[0],
                                        ListPrice.target(price.markupMin(), price.markupMax(), last[1]),
                                        price.markupSpeed()),
                                lab.markup(),
                                NEAR,
                                name + " in month " + month);
                    }
                    // From the first month of its own on, what is left of the price is the lab's own cost factor.
                    if (month >= OBSERVED && !Double.isNaN(lab.listPrice())) {
                        double subsidy = (lab.bloc == Bloc.US ? price.usSubsidy() : 0)
                                + (lab.bloc == Bloc.CN ? price.cnSubsidy() : 0)
                                + (lab.bloc == Bloc.US && month >= 5 && month < 8 ? .3 : 0);
                        double moved = name.equals("Delta") && month >= 7 && month < 10 ? 2.5 : 1;
                        double rest = lab.listPrice()
                                / (moved
                                        * ListPrice.of(
                                                Lab.cost(price, lab.released(), w.month()),
                                                congestion[lab.bloc.ordinal()],
                                                lab.markup(),
                                                subsidy));
                        assertEquals(unit.computeIfAbsent(name, n -> rest), rest, 1e-9 * rest, name + " in " + month);
                    }
                    before.put(name, new double[] {lab.markup(), lab.tokenShare()});
                }
                for (int b = 0; b < 3; b++) {
                    tokens[b] = w.ledger().serviceTokens(b);
                }
            });
            assertTrue(tokensPerChip == 900 || scarce[0] == (tokensPerChip == 40));
        }
        assertTrue(dear[0], "dearer, and yet enough for all");
    }

    // MARKET and STANCES ----------------------------------------------------------------------------------------------

    @Test
    void theWorldsUseThatIsHeardOfIsThatOfLastMonth() {
        double[][] last = new double[4][Stack.COUNT];
        run(world(), w -> {
            for (int s = 0; s < 4; s++) {
                assertArrayEquals(last[s], w.surroundings().worldUse[s], NEAR, "month " + w.monthOfRun());
                double people = 0;
                Arrays.fill(last[s], 0);
                for (Nation nation : w.nations()) {
                    if (nation.facts.connected()) {
                        int size = nation.adopters.start[s + 1] - nation.adopters.start[s];
                        people += nation.peoplePerAdopter() * size;
                        for (int k = 0; k < w.offers().count; k++) {
                            last[s][w.offers().stack[k]] +=
                                    nation.peoplePerAdopter() * nation.adopters.users(s)[k];
                        }
                    }
                }
                for (int g = 0; g < Stack.COUNT; g++) {
                    last[s][g] /= people;
                }
            }
        });
        assertTrue(last[0][0] > 0);
    }

    @Test
    void aStanceTakesEffectInTheMonthAfterItsReview() {
        for (int threads : new int[] {1, 3}) {
            Map<String, StancePosition> before = new HashMap<>();
            int[] changes = new int[1];
            new World(world(at(4, 2, new HoldStance(List.of("KEN"), StancePosition.SOVEREIGN))), 3, 1, threads)
                    .run(w -> {
                        for (Nation nation : w.nations()) {
                            String code = nation.facts.iso3();
                            double phase = Draws.unit(
                                    Draws.bits(Draws.key(Draws.key(3, 1, Purpose.REVIEW_PHASE), Draws.part(code)), 0));
                            // Month r is one of review if r plus its phase leaves 5 over 6.
                            boolean reviewedLastMonth = (w.monthOfRun() - 1 + (int) (phase * 6)) % 6 == 5;
                            StancePosition was = before.put(code, nation.stance());
                            boolean held = code.equals("KEN") && w.monthOfRun() >= 4 && w.monthOfRun() < 6;
                            if (held) {
                                assertEquals(StancePosition.SOVEREIGN, nation.stance());
                            } else if (was != null && was != nation.stance() && !code.equals("KEN")) {
                                assertTrue(reviewedLastMonth, code + " in month " + w.monthOfRun());
                                assertTrue(w.happened().stream()
                                        .anyMatch(e -> e.kind().equals("stance")
                                                && e.actor().equals(code)
                                                && e.target()
                                                        .equals(nation.stance().key())));
                                changes[0]++;
                            }
                        }
                    });
            assertTrue(changes[0] >= 3, "changes " + changes[0]);
        }
    }

    @Test
    void aReviewReadsWhatAdoptersDidUntilLastMonth() {
        // In one month of one of two worlds everybody hears of everything.
        Intervention[] heard = IntStream.range(0, 4)
                .mapToObj(s -> new Intervention.Set(
                        "awareness.innovation."
                                + TestWorlds.SPACE.names(Key.SEGMENT).get(s),
                        1))
                .toArray(Intervention[]::new);
        Map<String, Double> often =
                Map.of("stance.reviewInterval", 1.0, "stance.precision", 10.0, "stance.dependence", 4.0);
        WorldSpec quiet = TestWorlds.with(world(), often);
        WorldSpec loud = TestWorlds.with(
                world(Arrays.stream(heard).map(set -> at(5, 1, set)).toArray(DatedEvent[]::new)), often);
        int different = 0;
        for (long seed = 1; seed <= 4; seed++) {
            List<List<StancePosition>> without = stances(quiet, seed);
            List<List<StancePosition>> with = stances(loud, seed);
            assertEquals(without.subList(0, 7), with.subList(0, 7), "month 6 follows from the review of month 5");
            different += without.get(7).equals(with.get(7)) ? 0 : 1;
        }
        assertTrue(different > 0);
    }

    private static List<List<StancePosition>> stances(WorldSpec spec, long seed) {
        List<List<StancePosition>> months = new ArrayList<>();
        new World(spec, seed, 1)
                .run(w -> months.add(w.nations().stream().map(Nation::stance).toList()));
        return months;
    }

    // ADOPTERS --------------------------------------------------------------------------------------------------------

    @Test
    void adoptersHearOfAStackThroughWhoUsedItLastMonth() {
        Map<String, double[][]> reach = new HashMap<>();
        Map<String, double[][]> used = new HashMap<>();
        boolean[] heard = new boolean[2];
        run(world(at(1, 1, new Release("Zeta", "z", false, 41, .4, .8, 1))), w -> {
            ModelParameters.Awareness awareness = w.surroundings().p.awareness();
            for (Nation nation : w.nations()) {
                String code = nation.facts.iso3();
                double[][] from = reach.computeIfAbsent(code, c -> new double[4][Stack.COUNT]);
                double[][] by = used.computeIfAbsent(code, c -> new double[4][Stack.COUNT]);
                for (int s = 0; s < 4; s++) {
                    int size = nation.adopters.start[s + 1] - nation.adopters.start[s];
                    for (int g = 0; g < Stack.COUNT; g++) {
                        boolean any = false;
                        double now = 0;
                        for (int k = w.offers().first[g]; k < w.offers().end[g]; k++) {
                            any |= nation.available(s, k) > 0;
                            now += nation.adopters.users(s)[k];
                        }
                        boolean home = Stack.of(g).origin() == nation.homeOf
                                || Stack.of(g) == Stack.OTHER && (code.equals("FRA") || code.equals("BRA"));
                        double hazard = Consideration.hazard(
                                awareness.innovation()[s],
                                home ? 1 : awareness.stackReach()[g],
                                awareness.imitation()[s],
                                awareness.worldWeight(),
                                by[s][g] / size,
                                w.surroundings().worldUse[s][g],
                                0);
                        double expected = any
                                ? Consideration.next(
                                        Math.max(from[s][g], awareness.initial()[g]), hazard)
                                : from[s][g];
                        assertEquals(
                                expected,
                                nation.adopters.reach(s, g),
                                NEAR,
                                code + " " + Stack.of(g) + " in month " + w.monthOfRun());
                        heard[0] |= by[s][g] > 0;
                        heard[1] |= !any;
                        from[s][g] = nation.adopters.reach(s, g);
                        by[s][g] = now;
                    }
                }
            }
        });
        assertTrue(heard[0] && heard[1]);
    }

    // TRUST -----------------------------------------------------------------------------------------------------------

    @Test
    void trustReadsThisMonthsUseAndWhatOthersTrustedLastMonth() {
        Map<String, double[]> before = new HashMap<>();
        nations().forEach(n -> before.put(n.iso3(), new double[] {.2, .8, survey(n.iso3())[2]}));
        run(world(), w -> {
            ModelParameters.Trust t = w.surroundings().p.trust();
            Map<String, double[]> now = new HashMap<>();
            for (Nation nation : w.nations()) {
                String code = nation.facts.iso3();
                double[] trust = new double[3];
                for (Bloc bloc : Bloc.values()) {
                    int b = bloc.ordinal();
                    double anchor = bloc == nation.homeOf ? t.home() : survey(code)[b];
                    double others = switch (code) {
                        case "KEN" -> (2 * before.get("BRA")[b] + before.get("FRA")[b]) / 3;
                        case "BRA" -> before.get("FRA")[b];
                        default -> NONE;
                    };
                    double expected = TrustUpdate.next(
                            before.get(code)[b],
                            anchor,
                            t.anchorPull(),
                            Double.isNaN(others) ? 0 : others,
                            Double.isNaN(others) ? 0 : t.networkPull(),
                            nation.blocShare(bloc),
                            t.usagePull());
                    trust[b] = nation.trust(bloc);
                    // France and the United States listen to whoever is near; how near is another test's matter.
                    if (!code.equals("FRA") && !code.equals("USA")) {
                        assertEquals(expected, trust[b], NEAR, code + " in month " + w.monthOfRun());
                    }
                }
                now.put(code, trust);
            }
            before.putAll(now);
        });
    }

    @Test
    void incidentsStrikeByThisMonthsUseUnderLastMonthsBurden() {
        Map<String, double[]> before = new HashMap<>();
        int[] struck = new int[2];
        run(world(at(6, 3, new Intervention.Regulate(List.of("KEN"), .2, .4))), w -> {
            ModelParameters p = w.surroundings().p;
            int kinds = 0;
            for (Nation nation : w.nations()) {
                String code = nation.facts.iso3();
                double[] burden = before.getOrDefault(code, new double[2]);
                int[] counts = new int[2];
                for (Bloc bloc : Bloc.values()) {
                    double services = 0;
                    double best = 0;
                    for (int k = 0; k < w.offers().count; k++) {
                        if (w.offers().origin[k] == bloc && w.offers().lab[k] >= 0) {
                            for (int s = 0; s < 4; s++) {
                                int users = nation.adopters.users(s)[k];
                                services += w.offers().channel[k] == Channel.API ? users : 0;
                            }
                        }
                    }
                    for (Lab lab : w.labs()) {
                        best = lab.bloc == bloc && lab.open() > best ? lab.open() : best;
                    }
                    double service = services / nation.adopters.count;
                    double weights = nation.blocShare(bloc) - service;
                    double effect = p.regulation().effect();
                    assertEquals(
                            Incidents.securityRate(p.trust().securityRate(), service, effect, burden[1]),
                            nation.incidentRate(false, bloc),
                            NEAR,
                            code + " in month " + w.monthOfRun());
                    assertEquals(
                            Incidents.misuseRate(p.trust().misuseRate(), weights, best, effect, burden[0]),
                            nation.incidentRate(true, bloc),
                            NEAR);
                    for (int kind = 0; kind < 2; kind++) {
                        int count = nation.incidents(kind == 1, bloc);
                        counts[kind] += count;
                        kinds += count > 0 ? 1 : 0;
                        HappenedEvent told = new HappenedEvent(
                                kind == 1 ? "misuseIncident" : "securityIncident",
                                bloc.name(),
                                code,
                                count == 1 ? "one incident" : count + " incidents");
                        assertEquals(count > 0, w.happened().contains(told));
                    }
                }
                boolean regulates = code.equals("KEN") && w.monthOfRun() >= 6 && w.monthOfRun() < 9;
                ModelParameters.Regulation r = p.regulation();
                double open = r.policyOpen() + (regulates ? .2 : 0);
                double api = r.policyApi() + (regulates ? .4 : 0);
                assertEquals(
                        Burden.next(burden[0], r.decay(), r.response(), counts[1], open), nation.burdenOpen(), NEAR);
                assertEquals(Burden.next(burden[1], r.decay(), r.response(), counts[0], api), nation.burdenApi(), NEAR);
                before.put(code, new double[] {nation.burdenOpen(), nation.burdenApi()});
                struck[0] += counts[0];
                struck[1] += counts[1];
            }
            assertEquals(
                    kinds,
                    w.happened().stream()
                            .filter(e -> e.kind().endsWith("Incident"))
                            .count());
        });
        assertTrue(struck[0] > 0 && struck[1] > 0);
    }

    // RECORD, and the run ---------------------------------------------------------------------------------------------

    @Test
    void whatHappenedIsToldInTheOrderOfTheMonthAndOfThisMonthAlone() {
        List<String> order = List.of("note", "ban", "release", "flip", "stance", "securityIncident", "misuseIncident");
        WorldSpec spec = with(
                world(
                        at(7, 1, new Intervention.Note()),
                        lasting(7, new Ban(List.of("BRA", "KEN", "FRA"), Bloc.US, ALL, List.of(), ALL, 1))),
                "capability.releaseCadence",
                1);
        boolean[] seen = new boolean[order.size()];
        run(spec, w -> {
            int last = 0;
            for (HappenedEvent event : w.happened()) {
                int place = Math.min(5, order.indexOf(event.kind()));
                assertTrue(place >= last, event.kind() + " in month " + w.monthOfRun());
                last = place;
                seen[order.indexOf(event.kind())] = true;
            }
            assertEquals(
                    w.monthOfRun() == 7,
                    w.happened().stream().anyMatch(e -> e.kind().equals("note")));
        });
        for (int kind = 0; kind < seen.length; kind++) {
            assertTrue(seen[kind], order.get(kind));
        }
    }

    @Test
    void aRunOnSeveralThreadsIsTheSameAndLeavesNoneBehind() throws InterruptedException {
        Map<String, String> one = TestWorlds.outcomes(world(), 3, 1, 1);
        assertEquals(one, TestWorlds.outcomes(world(), 3, 1, 3));
        assertNotEquals(one, TestWorlds.outcomes(world(), 3, 2, 1));
        assertNotEquals(one, TestWorlds.outcomes(world(), 4, 1, 1));
        Thread[] left = new Thread[64];
        int count = Thread.enumerate(left);
        for (int t = 0; t < count; t++) {
            if (left[t].getName().equals("twostacks-nations")) {
                left[t].join(10_000);
                assertFalse(left[t].isAlive(), "workers end soon after their run");
            }
        }
    }

    @Test
    void nationsActSideBySide() {
        actInPairs(new Workers(new SpareThreads(1), () -> null), new World(world(), 3, 1));
    }

    private static void actInPairs(Workers workers, World world) {
        // Nobody passes the barrier alone.
        CyclicBarrier pair = new CyclicBarrier(2);
        Thread main = Thread.currentThread();
        workers.each(Arrays.copyOf(world.nationArray(), 4), (nation, bench) -> {
            assertTrue(Thread.currentThread() == main || Thread.currentThread().isDaemon(), "keeps no process alive");
            try {
                pair.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void threadsWhoseOwnWorldsAreOverHelp() {
        World world = new World(world(), 3, 1);
        SpareThreads spare = new SpareThreads(0);
        Workers workers = new Workers(spare, () -> null);
        Set<Thread> met = new HashSet<>();
        workers.each(world.nationArray(), (nation, bench) -> met.add(Thread.currentThread()));
        assertEquals(Set.of(Thread.currentThread()), met);
        spare.add();
        // Twice, since a thread that has helped is there to help again.
        for (int phase = 0; phase < 2; phase++) {
            actInPairs(workers, world);
        }
    }

    @Test
    void worldsShareSpareThreads() {
        SpareThreads spare = new SpareThreads(13);
        for (int world = 0; world < 4; world++) {
            spare.worldStarts();
        }
        assertEquals(1, spare.take(1), "what can be used");
        assertEquals(4, spare.take(9), "a fourth of all, rounded up");
        spare.worldEnds();
        spare.worldEnds();
        assertEquals(7, spare.take(9), "half of all, rounded up");
        spare.add();
        assertEquals(2, spare.take(9), "what is idle");
        assertEquals(0, spare.take(9), "nothing is left");
        assertThrows(IllegalArgumentException.class, () -> new SpareThreads(-1));
    }

    @Test
    void whoHasTakenTheLastTaskIsSpare() {
        SpareThreads spare = new SpareThreads(0);
        List<String> done = new ArrayList<>();
        List<Runnable> tasks = List.of(
                () -> assertEquals(0, spare.take(9), "nobody is spare yet"), () -> done.add("b"), () -> done.add("c"));
        AtomicInteger next = new AtomicInteger();
        spare.takeTurns(tasks, next);
        assertEquals(List.of("b", "c"), done);
        assertEquals(1, spare.take(9));
        spare.takeTurns(tasks, next);
        assertEquals(List.of("b", "c"), done, "no task is done twice");
        assertEquals(1, spare.take(9), "another one");
    }

    @Test
    void nobodyHelpsWhereThereIsNobodyToHelp() {
        SpareThreads spare = new SpareThreads(1);
        new Workers(spare, () -> null).each(new Nation[0], (nation, bench) -> {
            throw new IllegalStateException("there is no nation");
        });
        assertEquals(1, spare.take(9), "as many as before");
    }

    @Test
    void aPhaseEndsWithItsLastNation() {
        World world = new World(world(), 3, 1);
        Thread main = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        boolean[] finished = {false};
        Workers workers = new Workers(new SpareThreads(1), () -> null);
        workers.each(Arrays.copyOf(world.nationArray(), 2), (nation, bench) -> {
            try {
                if (Thread.currentThread() == main) {
                    // Whoever else there is has taken the other one.
                    assertTrue(begun.await(1, TimeUnit.MINUTES));
                } else {
                    begun.countDown();
                    Thread.sleep(100);
                    finished[0] = true;
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(finished[0]);
    }

    @Test
    void aNationThatFailsFailsTheRun() {
        World world = new World(world(), 3, 1);
        for (int threads : new int[] {1, 3}) {
            Workers workers = new Workers(new SpareThreads(threads - 1), () -> null);
            List<String> met = new ArrayList<>();
            IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> workers.each(world.nationArray(), (nation, bench) -> {
                        synchronized (met) {
                            met.add(nation.facts.iso3());
                        }
                        if (nation.facts.iso3().equals("USA")) {
                            throw new IllegalStateException("no more");
                        }
                    }));
            assertEquals("no more", e.getMessage());
            assertEquals(5, met.size(), met.toString());
        }
    }

    @Test
    void aRunThatIsInterruptedSaysSoAndStaysInterrupted() {
        for (int threads : new int[] {1, 3}) {
            int[] told = {0};
            World world = new World(world(), 5, 0, threads);
            CancellationException e = assertThrows(
                    CancellationException.class,
                    () -> world.run(w -> {
                        told[0]++;
                        if (w.monthOfRun() == 4) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            assertTrue(Thread.interrupted());
            assertEquals(5, told[0]);
            assertTrue(e.getMessage().contains("after 5 of " + MONTHS + " months"), e.getMessage());
        }
    }
}
