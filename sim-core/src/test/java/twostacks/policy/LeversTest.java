package twostacks.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Intervention.Ban;
import twostacks.policy.Intervention.ChipControl;
import twostacks.policy.Intervention.Diplomacy;
import twostacks.policy.Intervention.Incident;
import twostacks.policy.Intervention.Package;
import twostacks.policy.Intervention.PriceMove;
import twostacks.policy.Intervention.RestrictModelAccess;
import twostacks.policy.Intervention.Subsidy;

final class LeversTest {
    private static final List<String> ALL = List.of();
    private static final ModelParameters P = ParameterSpace.ofDefaults().with(Map.of());

    /** Two nations, two US labs and a Chinese one, two segments, one offer for each lab. */
    private static Levers levers(Intervention... inForce) {
        Levers levers = empty(Map.of("Alpha", 0, "Beta", 1, "Delta", 2), List.of(Bloc.US, Bloc.US, Bloc.CN));
        levers.clear();
        for (Intervention one : inForce) {
            one.begin(levers);
            one.apply(levers);
        }
        levers.fill(P);
        return levers;
    }

    private static Levers empty(Map<String, Integer> places, List<Bloc> blocs) {
        return new Levers(new Levers.Roster(
                Map.of("BRA", 0, "KEN", 1),
                places,
                blocs,
                Map.of("consumer", 0, "public", 1),
                blocs.size(),
                (origin, labs, channels) -> {
                    long mask = 0;
                    for (int k = 0; k < blocs.size(); k++) {
                        int lab = k;
                        boolean hit = (origin == null || blocs.get(k) == origin)
                                && (labs.length == 0 || Arrays.stream(labs).anyMatch(l -> l == lab));
                        mask |= hit ? 1L << k : 0;
                    }
                    return mask;
                }));
    }

    @Test
    void aLaterChipRuleSupersedesAnEarlierOne() {
        Levers levers = levers(
                new ChipControl(Bloc.US, List.of("2", "CN"), .9, 0), new ChipControl(Bloc.US, List.of("CN"), .2, 0));
        double[] baseline = P.exportControl().chipStringency();
        assertArrayEquals(new double[] {baseline[0], .9, baseline[2], .2}, levers.chipStringency[0]);
        assertArrayEquals(P.exportControl().cnChipStringency(), levers.chipStringency[1]);
    }

    @Test
    void nothingOutlastsAMonth() {
        Levers levers = levers(
                new ChipControl(Bloc.US, List.of("CN"), .1, 0),
                new ChipControl(Bloc.CN, List.of("US"), .8, 0),
                new Ban(ALL, Bloc.CN, ALL, List.of(), ALL, 1),
                new Subsidy(Bloc.US, .4),
                new Diplomacy(Bloc.US, ALL, 1),
                new PriceMove(Bloc.CN, ALL, 3),
                new Package(Bloc.CN, List.of("KEN"), .5, .5),
                new Incident(ShockKind.ACCESS, Bloc.US, ALL, 1),
                new Intervention.HoldStance(List.of("KEN"), StancePosition.OPEN),
                new Intervention.Regulate(ALL, 1, 1),
                new Intervention.SecondarySanctions(Bloc.US, 1),
                new Intervention.News(Bloc.CN, List.of(), ALL, .3),
                new Intervention.WithholdWeights(Bloc.CN, ALL),
                new Intervention.StallReleases(Bloc.US, ALL),
                new Intervention.SovereignProgramme(List.of("KEN"), 2),
                new Intervention.Set("price.hostMargin", 2),
                new Intervention.Release("Delta", "d", true, 1, 1, 1, 1),
                new RestrictModelAccess(Bloc.US, List.of("2"), ALL, .1, .5),
                new RestrictModelAccess(Bloc.CN, List.of("US"), ALL, .1, .5));
        new ChipControl(Bloc.US, List.of("CN"), 1, 3).announce(levers);
        new ChipControl(Bloc.CN, List.of("US"), 1, 3).announce(levers);
        levers.clear();
        levers.fill(P);
        Levers fresh = levers();
        assertArrayEquals(fresh.chipStringency, levers.chipStringency);
        assertArrayEquals(fresh.allowed, levers.allowed);
        assertArrayEquals(fresh.subsidy, levers.subsidy);
        assertArrayEquals(fresh.diplomacy, levers.diplomacy);
        assertArrayEquals(fresh.priceFactor, levers.priceFactor);
        assertArrayEquals(fresh.packages, levers.packages);
        assertArrayEquals(fresh.burden, levers.burden);
        assertArrayEquals(fresh.sanctions, levers.sanctions);
        assertArrayEquals(fresh.withheld, levers.withheld);
        assertArrayEquals(fresh.stalled, levers.stalled);
        assertArrayEquals(fresh.licensed, levers.licensed);
        assertArrayEquals(fresh.statedShock, levers.statedShock);
        assertArrayEquals(fresh.sovereignEffort, levers.sovereignEffort);
        assertArrayEquals(fresh.stockpiling, levers.stockpiling);
        assertArrayEquals(fresh.news, levers.news);
        assertNull(levers.heldStance[1]);
        assertTrue(levers.shocks.isEmpty() && levers.releases.isEmpty() && levers.parameters.isEmpty());
    }

    @Test
    void newsAddsUpForTheStacksOfItsChannels() {
        Levers levers = levers(
                new Intervention.News(Bloc.CN, List.of(Channel.API), ALL, .3),
                new Intervention.News(Bloc.CN, List.of(), ALL, .2),
                new Intervention.News(Bloc.US, List.of(Channel.HOST, Channel.SELF), ALL, .9),
                new Intervention.News(Bloc.US, List.of(Channel.SELF), ALL, .9));
        double[] expected = new double[Stack.COUNT];
        expected[Stack.CN_API.ordinal()] = .5;
        expected[Stack.CN_OPEN.ordinal()] = .2;
        expected[Stack.US_OPEN.ordinal()] = 1;
        for (double[] bySegment : levers.news) {
            assertArrayEquals(expected, bySegment, 1e-12);
        }
    }

    @Test
    void theLeastLicensedShareCountsAndTheStrictestBan() {
        Levers levers = levers(
                new RestrictModelAccess(Bloc.US, List.of("2", "3"), ALL, .6, Double.NaN),
                new RestrictModelAccess(Bloc.US, List.of("2"), List.of("Beta"), .2, Double.NaN),
                new RestrictModelAccess(Bloc.US, List.of("2"), List.of("Beta"), .9, Double.NaN),
                new Ban(List.of("KEN"), Bloc.US, ALL, List.of(), List.of("public"), .3),
                new Ban(ALL, null, List.of("Beta"), List.of(), ALL, .1));
        assertArrayEquals(new double[] {1, .6, .6, 1}, levers.licensed[0]);
        assertArrayEquals(new double[] {1, .2, .6, 1}, levers.licensed[1]);
        assertArrayEquals(new double[] {1, 1, 1, 1}, levers.licensed[2]);
        assertArrayEquals(new double[] {1, .9, 1}, levers.allowed[0][1]);
        assertArrayEquals(new double[] {.7, .7, 1}, levers.allowed[1][1]);
        assertArrayEquals(new double[] {1, .9, 1}, levers.allowed[1][0]);
    }

    @Test
    void subsidiesAddUpToAllOfTheCostAtMostAndDiplomacyToItsBounds() {
        Levers levers = levers(
                new Subsidy(Bloc.CN, .5),
                new Subsidy(Bloc.CN, .6),
                new Subsidy(Bloc.US, .1),
                new Diplomacy(Bloc.US, List.of("KEN"), .8),
                new Diplomacy(Bloc.US, ALL, .7),
                new Package(Bloc.CN, List.of("KEN"), .2, .5),
                new Package(Bloc.CN, List.of("KEN"), .6, .1));
        assertArrayEquals(new double[] {.1 + P.price().usSubsidy(), 1, 0}, levers.subsidy);
        assertArrayEquals(new double[] {.7, 0, 0}, levers.diplomacy[0]);
        assertArrayEquals(new double[] {1, .6, 0}, levers.diplomacy[1], 1e-15);
        assertArrayEquals(new double[] {0, .6}, levers.packages[1]);
    }

    @Test
    void namesThatTheWorldLacksArePassedOver() {
        Levers levers = levers(
                new Ban(List.of("XXX"), Bloc.CN, ALL, List.of(), ALL, 1),
                new Ban(ALL, Bloc.CN, List.of("Nobody"), List.of(), ALL, 1),
                new Ban(ALL, Bloc.CN, ALL, List.of(), List.of("nobody"), 1),
                new PriceMove(Bloc.CN, List.of("Nobody"), 7),
                new Incident(ShockKind.ACCESS, Bloc.US, List.of("XXX"), 1),
                new Intervention.Release("Nobody", "n", true, 1, 1, 1, 1),
                new Package(Bloc.OTHER, List.of("KEN"), .5, 0),
                new RestrictModelAccess(Bloc.US, List.of("US"), ALL, 0, 1));
        Levers fresh = levers();
        assertArrayEquals(fresh.allowed, levers.allowed);
        assertArrayEquals(fresh.priceFactor, levers.priceFactor);
        assertArrayEquals(fresh.packages, levers.packages);
        assertArrayEquals(fresh.licensed, levers.licensed);
        assertTrue(levers.shocks.isEmpty() && levers.releases.isEmpty());
    }

    @Test
    void pricesMoveForThoseNamedOrForAllOfAPowersLabs() {
        assertArrayEquals(new double[] {2, 2, 1}, levers(new PriceMove(Bloc.US, ALL, 2)).priceFactor);
        assertArrayEquals(
                new double[] {1, 6, 1},
                levers(new PriceMove(Bloc.US, List.of("Beta", "Delta"), 2), new PriceMove(null, List.of("Beta"), 3))
                        .priceFactor);
    }

    @Test
    void onlyWhatIsStricterThanTheRuleInForceIsStockpiledFor() {
        double now = P.exportControl().chipStringency()[3];
        assertArrayEquals(new boolean[] {false, true, false}, announced(Bloc.US, List.of("CN"), now + .01));
        assertArrayEquals(new boolean[] {false, false, false}, announced(Bloc.US, List.of("CN"), now));
        assertArrayEquals(new boolean[] {false, false, false}, announced(Bloc.US, List.of("CN", "3"), .1));
        assertArrayEquals(new boolean[] {false, false, true}, announced(Bloc.US, List.of("2", "3"), .3));
        assertArrayEquals(new boolean[] {true, false, false}, announced(Bloc.CN, List.of("US"), .1));
        assertArrayEquals(new boolean[] {false, false, true}, announced(Bloc.CN, List.of("1"), .1));
        assertArrayEquals(new boolean[] {false, false, false}, announced(Bloc.OTHER, List.of("CN", "US", "1"), 1));
    }

    private static boolean[] announced(Bloc by, List<String> tiers, double stringency) {
        Levers levers = levers();
        levers.clear();
        new ChipControl(by, tiers, stringency, 3).announce(levers);
        levers.fill(P);
        return levers.stockpiling;
    }

    @Test
    void theGreatestStringencyAnnouncedCounts() {
        double now = P.exportControl().chipStringency()[3];
        for (List<Double> order : List.of(List.of(1.0, now / 2), List.of(now / 2, 1.0))) {
            Levers levers = levers();
            levers.clear();
            order.forEach(one -> new ChipControl(Bloc.US, List.of("CN"), one, 3).announce(levers));
            levers.fill(P);
            assertTrue(levers.stockpiling[Bloc.CN.ordinal()]);
        }
    }

    @Test
    void whatIsAnnouncedOrHoardedIsForgottenAfterTheMonth() {
        Levers levers = levers();
        new ChipControl(Bloc.US, List.of("CN"), 1, 3).announce(levers);
        new ChipControl(Bloc.CN, List.of("US"), 1, 3).announce(levers);
        levers.fill(P);
        assertArrayEquals(new boolean[] {true, true, false}, levers.stockpiling);
        levers.clear();
        assertArrayEquals(new boolean[] {false, false, false}, levers.stockpiling);
        levers.fill(P);
        assertArrayEquals(new boolean[] {false, false, false}, levers.stockpiling);
    }

    @Test
    void parametersBindWhereEventsSayNothingStricter() {
        ModelParameters set = ParameterSpace.ofDefaults()
                .with(Map.of(
                        "exportControl.usModelAccess.2", .4,
                        "exportControl.cnModelAccess.2", .7,
                        "exportControl.cnModelAccess.US", .2,
                        "exportControl.cnChipStringency.1", .3,
                        "price.usSubsidy", .25,
                        "price.cnSubsidy", .35));
        Levers levers = empty(
                Map.of("Alpha", 0, "Beta", 1, "Delta", 2, "Omega", 3), List.of(Bloc.US, Bloc.US, Bloc.CN, Bloc.OTHER));
        levers.clear();
        new RestrictModelAccess(Bloc.US, List.of("2"), List.of("Beta"), .1, 0).apply(levers);
        new RestrictModelAccess(Bloc.US, List.of("2"), List.of("Alpha"), .9, 0).apply(levers);
        new ChipControl(Bloc.CN, List.of("2"), .6, 0).apply(levers);
        new Subsidy(Bloc.US, .5).apply(levers);
        levers.fill(set);
        assertArrayEquals(new double[] {1, .4, 1, 1}, levers.licensed[0]);
        assertArrayEquals(new double[] {1, .1, 1, 1}, levers.licensed[1]);
        assertArrayEquals(new double[] {1, .7, 1, .2}, levers.licensed[2]);
        assertArrayEquals(new double[] {1, 1, 1, 1}, levers.licensed[3], "no power restricts labs of other blocs");
        double[] unset = P.exportControl().cnChipStringency();
        assertArrayEquals(new double[] {.3, .6, unset[2], unset[3]}, levers.chipStringency[1]);
        assertArrayEquals(new double[] {.75, .35, 0}, levers.subsidy);
    }

    @Test
    void theGreatestSeverityStatedOfAnAccessShockCounts() {
        Levers levers = levers(
                new RestrictModelAccess(Bloc.US, List.of("1"), ALL, 1, .2),
                new RestrictModelAccess(Bloc.US, List.of("1", "US"), ALL, 1, .6),
                new RestrictModelAccess(Bloc.US, List.of("1"), ALL, 1, .4),
                new RestrictModelAccess(Bloc.US, List.of("3"), ALL, 1, Double.NaN),
                new RestrictModelAccess(Bloc.OTHER, List.of("1"), ALL, 1, 1),
                new RestrictModelAccess(Bloc.CN, List.of("US"), ALL, 1, .3));
        double none = Double.NaN;
        assertArrayEquals(new double[] {.6, none, none, none}, levers.statedShock[0]);
        assertArrayEquals(new double[] {none, none, none, .3}, levers.statedShock[1]);
    }

    @Test
    void burdensAndSanctionsAddUp() {
        Levers levers = levers(
                new Intervention.Regulate(List.of("KEN"), .1, .2),
                new Intervention.Regulate(ALL, .3, .5),
                new Intervention.SecondarySanctions(Bloc.US, 2),
                new Intervention.SecondarySanctions(Bloc.US, 1),
                new Intervention.SecondarySanctions(Bloc.OTHER, 5),
                new Intervention.SecondarySanctions(Bloc.CN, .5));
        assertArrayEquals(new double[] {.3, .5}, levers.burden[0], 1e-15);
        assertArrayEquals(new double[] {.4, .7}, levers.burden[1], 1e-15);
        assertArrayEquals(new double[] {3, .5}, levers.sanctions);
    }

    @Test
    void sanctionsAreInForceWhenAnyPowerHasSome() {
        assertFalse(levers().sanctioning());
        assertFalse(levers(new Intervention.SecondarySanctions(Bloc.US, 0)).sanctioning());
        assertTrue(levers(new Intervention.SecondarySanctions(Bloc.US, .1)).sanctioning());
        assertTrue(levers(new Intervention.SecondarySanctions(Bloc.CN, .1)).sanctioning());
    }

    @Test
    void weightsAndReleasesOfThoseNamedOrOfAllOfAPowersLabsAreHeldBack() {
        Levers levers = levers(
                new Intervention.WithholdWeights(Bloc.US, List.of("Beta")),
                new Intervention.WithholdWeights(Bloc.US, List.of("Alpha", "Delta")),
                new Intervention.StallReleases(Bloc.US, ALL),
                new Intervention.StallReleases(Bloc.US, List.of("Delta")));
        assertArrayEquals(new boolean[] {true, true, false}, levers.withheld);
        assertArrayEquals(new boolean[] {true, true, false}, levers.stalled);
    }

    @Test
    void incidentsAreNotedByThoseNamedAndByAllIfNoneIs() {
        Levers levers = levers(
                new Incident(ShockKind.MISUSE, Bloc.CN, List.of("KEN", "XXX"), 2),
                new Incident(ShockKind.ACCESS, Bloc.OTHER, ALL, 1));
        assertEquals(
                List.of(
                        new Levers.Shock(ShockKind.MISUSE, Bloc.CN, List.of(1), 2),
                        new Levers.Shock(ShockKind.ACCESS, Bloc.OTHER, List.of(), 1)),
                levers.shocks);
    }

    @Test
    void aReleaseOfALabThatIsThereIsPassedOn() {
        Intervention.Release release = new Intervention.Release("Delta", "d", true, 1, 1, 1, 1);
        assertEquals(
                List.of(release), levers(release, new Intervention.Release("Nobody", "n", true, 1, 1, 1, 1)).releases);
    }

    @Test
    void controlsOfABlocThatIsNoPowerBindNobody() {
        Levers levers = levers(
                new ChipControl(Bloc.OTHER, List.of("1", "CN", "US"), 1, 0),
                new ChipControl(Bloc.US, List.of("US"), 1, 0),
                new RestrictModelAccess(Bloc.OTHER, List.of("1", "CN", "US"), ALL, 0, 1),
                new Package(Bloc.OTHER, ALL, 1, 0));
        Levers fresh = levers();
        assertArrayEquals(fresh.chipStringency, levers.chipStringency);
        assertArrayEquals(fresh.licensed, levers.licensed);
        assertArrayEquals(fresh.statedShock, levers.statedShock);
        assertArrayEquals(fresh.packages, levers.packages);
    }

    @Test
    void rulesForTheFirstTierBindIt() {
        Levers levers = empty(Map.of("Alpha", 0, "Omega", 1), List.of(Bloc.US, Bloc.OTHER));
        levers.clear();
        new ChipControl(Bloc.US, List.of("1"), .7, 0).apply(levers);
        new RestrictModelAccess(Bloc.US, List.of("1"), ALL, .3, Double.NaN).apply(levers);
        new RestrictModelAccess(Bloc.OTHER, List.of("1"), ALL, .2, Double.NaN).apply(levers);
        levers.fill(P);
        assertEquals(.7, levers.chipStringency[0][0]);
        assertEquals(.3, levers.licensed[0][0]);
        assertEquals(1, levers.licensed[1][0]);
    }

    @Test
    void anEventLastsAMonthAtLeast() {
        Intervention note = new Intervention.Note();
        assertThrows(IllegalArgumentException.class, () -> new DatedEvent(100, 0, note, "", "", false));
        assertTrue(new DatedEvent(100, 1, note, "", "", false).inForce(100));
    }

    @Test
    void onlyChipRulesAreAnnounced() {
        Intervention subsidy = new Subsidy(Bloc.US, .5);
        assertFalse(new DatedEvent(100, 1, subsidy, "", "", false).announced(99));
    }

    @Test
    void anEventIsInForceFromItsMonthForAsLongAsItSays() {
        Intervention note = new Intervention.Note();
        DatedEvent event = new DatedEvent(100, 3, note, "", "", false);
        assertFalse(event.inForce(99));
        assertTrue(event.inForce(100) && event.inForce(102));
        assertFalse(event.inForce(103));
        assertTrue(new DatedEvent(100, DatedEvent.TO_THE_END, note, "", "", false).inForce(1_000_000));
        DatedEvent control = new DatedEvent(100, 1, new ChipControl(Bloc.US, List.of("CN"), 1, 4), "", "", false);
        assertFalse(control.announced(95));
        assertTrue(control.announced(96) && control.announced(99));
        assertFalse(control.announced(100));
    }

    @Test
    void tiersOfAPowerStandInTheirOrderAndItsHomeHasNone() {
        assertEquals(0, Levers.tier(Bloc.US, "1"));
        assertEquals(3, Levers.tier(Bloc.US, "CN"));
        assertEquals(3, Levers.tier(Bloc.CN, "US"));
        assertEquals(-1, Levers.tier(Bloc.US, ""));
        assertEquals(-1, Levers.tier(Bloc.US, "US"));
    }

    @Test
    void mirroringTwiceIsDoingNothing() {
        for (Bloc bloc : Bloc.values()) {
            assertEquals(bloc, bloc.mirrored().mirrored());
            assertEquals(bloc.sign(), -bloc.mirrored().sign());
        }
        for (Stack stack : Stack.values()) {
            assertEquals(stack, stack.mirrored().mirrored());
            assertEquals(stack.origin().mirrored(), stack.mirrored().origin());
        }
        for (StancePosition stance : StancePosition.values()) {
            assertEquals(stance, stance.mirrored().mirrored());
        }
        for (String code : List.of("USA", "CHN", "KEN")) {
            assertEquals(code, Bloc.mirroredHome(Bloc.mirroredHome(code)));
            assertEquals(Bloc.ofHome(code).mirrored(), Bloc.ofHome(Bloc.mirroredHome(code)));
        }
    }
}
