package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.world.TestWorlds.at;
import static twostacks.world.TestWorlds.lasting;
import static twostacks.world.TestWorlds.outcomes;
import static twostacks.world.TestWorlds.with;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import twostacks.agents.NationFacts;
import twostacks.policy.Bloc;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.policy.Intervention.Ban;
import twostacks.policy.Intervention.ChipControl;
import twostacks.policy.Intervention.Diplomacy;
import twostacks.policy.Intervention.Incident;
import twostacks.policy.Intervention.Package;
import twostacks.policy.Intervention.PriceMove;
import twostacks.policy.Intervention.RestrictModelAccess;
import twostacks.policy.Intervention.SecondarySanctions;
import twostacks.policy.Intervention.StallReleases;
import twostacks.policy.Intervention.Subsidy;
import twostacks.policy.ShockKind;

/** What must change no result changes none, to the bit and in every output column. */
final class WorldInvarianceTest {
    private static final int MONTHS = 18;
    private static final WorldSpec BASE = with(
            TestWorlds.world(MONTHS, 100),
            at(8, 1, new Incident(ShockKind.BACKDOOR, Bloc.CN, List.of(), 1)),
            at(12, 3, new RestrictModelAccess(Bloc.US, List.of("2", "3"), List.of(), .4, Double.NaN)),
            lasting(15, new Package(Bloc.CN, List.of("KEN", "KAZ"), .5, .5)));

    /** Differences alone are printed: a whole run is too long to read. */
    private static void assertSame(Map<String, String> expected, Map<String, String> got, String what) {
        Map<String, String> missing = new TreeMap<>(expected);
        missing.entrySet().removeAll(got.entrySet());
        Map<String, String> added = new TreeMap<>(got);
        added.entrySet().removeAll(expected.entrySet());
        if (!missing.isEmpty() || !added.isEmpty()) {
            String first = missing.isEmpty() ? "" : missing.keySet().iterator().next();
            throw new AssertionError(what + " changed " + missing.size() + " rows and added " + added.size()
                    + ", first " + first + "\n" + missing.get(first) + "\n" + got.get(first));
        }
    }

    private static Map<String, String> without(Map<String, String> lines, Predicate<String> key) {
        Map<String, String> rest = new TreeMap<>(lines);
        rest.keySet().removeIf(key);
        return rest;
    }

    private static int monthOf(String key) {
        return Integer.parseInt(key.split(" ", 3)[1]);
    }

    /** Events are numbered within their month; without the number one more changes no other. */
    private static Map<String, String> unnumbered(Map<String, String> lines) {
        Map<String, String> rest = new TreeMap<>();
        lines.forEach((key, value) -> rest.merge(
                key.startsWith("events") ? key.substring(0, 11) + key.substring(15) : key,
                value,
                (a, b) -> a + "+" + b));
        return rest;
    }

    @Test
    void aRunRepeatsItselfInOneProcess() {
        assertSame(outcomes(BASE), outcomes(BASE), "running again");
    }

    @Test
    void threadsChangeNothing() {
        Map<String, String> one = outcomes(BASE, 1, 0, 1);
        for (int threads : new int[] {2, 8}) {
            assertSame(one, outcomes(BASE, 1, 0, threads), threads + " threads");
        }
    }

    @Test
    void threadsThatComeToHelpInTheMiddleChangeNothing() {
        Map<String, String> one = outcomes(BASE, 1, 0, 1);
        SpareThreads spare = new SpareThreads(0);
        Map<String, String> helped = outcomes(new World(BASE, 1, 0, spare), month -> {
            if (month % 5 == 2) {
                spare.add();
            }
        });
        assertSame(one, helped, "threads added in the middle");
    }

    @Test
    void theOrderOfNationsAndEventsChangesNothing() {
        Map<String, String> base = outcomes(BASE);
        List<NationFacts> nations = new ArrayList<>(BASE.nations());
        List<DatedEvent> events = new ArrayList<>(BASE.events());
        for (int turn = 0; turn < 2; turn++) {
            Collections.shuffle(nations, new Random(turn));
            Collections.shuffle(events, new Random(turn));
            WorldSpec shuffled =
                    TestWorlds.withNations(TestWorlds.withLabs(BASE, BASE.labs(), events, BASE.dataEnd()), nations);
            assertSame(base, outcomes(shuffled), "shuffling");
        }
    }

    @Test
    void anUnconnectedNationChangesNoOther() {
        Map<String, String> base = unnumbered(outcomes(BASE));
        NationFacts full = TestWorlds.nation("DEU", 84e6, 4e12, .9, 1.4, "1", "1", .9, 51, 10);
        for (String code : new String[] {"AAA", "DEU"}) {
            for (boolean weighty : new boolean[] {false, true}) {
                NationFacts extra = new NationFacts(
                        code,
                        "extra",
                        weighty ? full.population() : 0,
                        weighty ? full.gdp() : 0,
                        full.internetShare(),
                        full.alignment(),
                        full.usTier(),
                        full.cnTier(),
                        false,
                        List.of(),
                        List.of(),
                        full.trustSurvey(),
                        full.languageSupport(),
                        full.latitude(),
                        full.longitude(),
                        false,
                        Map.of(),
                        full.initialTrust());
                List<NationFacts> nations = new ArrayList<>(BASE.nations());
                nations.add(extra);
                Map<String, String> more = unnumbered(outcomes(TestWorlds.withNations(BASE, nations)));
                assertTrue(more.keySet().stream().anyMatch(k -> k.contains(code)), "it takes part in the run");
                assertSame(base, without(more, k -> k.contains(code)), "an unconnected nation " + code);
            }
        }
    }

    @Test
    void aConnectedNationWithoutPeopleChangesNoSumOfTheWorld() {
        NationFacts empty = TestWorlds.nation("AAA", 0, 0, 0, 3, "2", "2", .5, -89, 0);
        List<NationFacts> nations = new ArrayList<>(BASE.nations());
        nations.add(empty);
        Map<String, String> base = without(outcomes(BASE), k -> !k.startsWith("labs"));
        Map<String, String> more = without(outcomes(TestWorlds.withNations(BASE, nations)), k -> !k.startsWith("labs"));
        // It may be listened to in matters of trust; in the first month it is not yet.
        assertSame(
                without(base, k -> !k.startsWith("labs 000")), without(more, k -> !k.startsWith("labs 000")), "nobody");
    }

    @Test
    void anEventAfterTheHorizonChangesNothing() {
        Map<String, String> base = outcomes(BASE);
        WorldSpec late = with(
                BASE,
                lasting(MONTHS, new ChipControl(Bloc.US, List.of("CN", "2"), 1, 0)),
                lasting(MONTHS, new Ban(List.of(), Bloc.CN, List.of(), List.of(), List.of(), 1)),
                lasting(MONTHS + 1, new Intervention.Set("choice.social.consumer", 1.7)),
                lasting(MONTHS, new Intervention.Release("Alpha", "late", true, 90, 1, 1, 1)),
                lasting(MONTHS + 5, new ChipControl(Bloc.US, List.of("CN"), 1, 5)));
        assertSame(base, outcomes(late), "what comes after the horizon");
    }

    @Test
    void anEventChangesNothingBeforeIt() {
        Map<String, String> base = outcomes(BASE);
        int month = 10;
        for (Intervention late : List.of(
                new Ban(List.of(), Bloc.CN, List.of(), List.of(), List.of(), 1),
                new Incident(ShockKind.ACCESS, Bloc.US, List.of(), 3),
                new Intervention.Set("trust.anchorPull", .1),
                new PriceMove(Bloc.CN, List.of(), 3))) {
            Map<String, String> with = outcomes(with(BASE, lasting(month, late)));
            Predicate<String> after = k -> monthOf(k) >= month;
            assertSame(without(base, after), without(with, after), "a later " + late.key());
            assertNotEquals(base, with, late.key() + " does something");
        }
    }

    @Test
    void anEventOfNoSizeChangesNothing() {
        Map<String, String> base = unnumbered(outcomes(BASE));
        List<String> none = List.of();
        List<Intervention> idle = List.of(
                new PriceMove(Bloc.CN, none, 1),
                new Subsidy(Bloc.US, 0),
                new Incident(ShockKind.BACKDOOR, Bloc.US, none, 0),
                new Incident(ShockKind.ACCESS, Bloc.CN, none, 0),
                new Diplomacy(Bloc.CN, none, 0),
                new Package(Bloc.US, List.of("KEN"), 0, 0),
                new Ban(none, Bloc.CN, none, List.of(), none, 0),
                new Ban(none, Bloc.CN, List.of("Nobody"), List.of(), none, 1),
                new RestrictModelAccess(Bloc.CN, List.of("1", "2", "3", "US"), none, 1, Double.NaN),
                new SecondarySanctions(Bloc.US, 0),
                new Intervention.SovereignProgramme(List.of("IND"), 0),
                new Intervention.Regulate(none, 0, 0),
                new Intervention.Set("trust.accessShockLoss", .2),
                new StallReleases(Bloc.US, List.of("Nobody")),
                new ChipControl(Bloc.OTHER, List.of("CN", "US"), 1, 6),
                new Intervention.Note());
        DatedEvent[] events = idle.stream().map(what -> lasting(9, what)).toArray(DatedEvent[]::new);
        Map<String, String> with = unnumbered(outcomes(with(BASE, events)));
        assertSame(base, without(with, k -> k.startsWith("events 009") && !base.containsKey(k)), "nothing");
    }

    @Test
    void seedsAndReplicatesMeetDifferentLuck() {
        Map<String, String> base = outcomes(BASE);
        assertNotEquals(base, outcomes(BASE, 2, 0, 1));
        assertNotEquals(base, outcomes(BASE, 1, 1, 1));
        assertNotEquals(base, outcomes(BASE, 1 + (1L << 32), 0, 1), "all 64 bits of a seed count");
        assertEquals(
                base.keySet().stream().filter(k -> !k.startsWith("events")).toList(),
                outcomes(BASE, 2, 0, 1).keySet().stream()
                        .filter(k -> !k.startsWith("events"))
                        .toList());
    }

    @Test
    void aLongerRunBeginsAsTheShorterOne() {
        Map<String, String> base = outcomes(BASE);
        WorldSpec longer = with(
                TestWorlds.world(MONTHS + 7, 100),
                BASE.events()
                        .subList(
                                TestWorlds.world(1, 1).events().size(),
                                BASE.events().size())
                        .toArray(DatedEvent[]::new));
        Map<String, String> more = outcomes(longer);
        assertSame(base, without(more, k -> monthOf(k) >= MONTHS), "length");
    }
}
