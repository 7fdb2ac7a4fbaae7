package twostacks.world;

import static twostacks.world.TestWorlds.START;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.policy.ShockKind;
import twostacks.policy.StancePosition;
import twostacks.random.Draws;

/** Events drawn at random: every instrument there is, by either power, for some months or to the end. */
final class RandomEvents {
    private static final List<String> NATIONS =
            List.of("BRA", "CHN", "FRA", "IDN", "IND", "IRN", "JPN", "KAZ", "KEN", "NGA", "SAU", "USA", "XXX");
    private static final List<String> LABS =
            List.of("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Nobody");
    private static final List<String> SEGMENTS = List.of("consumer", "developer", "enterprise", "public");

    private final long key;
    private long drawn;

    RandomEvents(long seed) {
        key = Draws.key(8, seed);
    }

    double uniform() {
        return Draws.unit(Draws.bits(key, drawn++));
    }

    int below(int bound) {
        return (int) (bound * uniform());
    }

    /** A number in [0, 1], its ends more often than by chance. */
    private double share() {
        double u = uniform();
        return u < .15 ? 0 : u > .85 ? 1 : uniform();
    }

    private <T> List<T> some(List<T> all) {
        List<T> some = new ArrayList<>();
        double share = uniform();
        for (T one : all) {
            if (uniform() < share) {
                some.add(one);
            }
        }
        return some;
    }

    private <T> List<T> atLeastOne(List<T> all) {
        List<T> some = some(all);
        return some.isEmpty() ? List.of(all.get(below(all.size()))) : some;
    }

    private Bloc power() {
        return uniform() < .5 ? Bloc.US : Bloc.CN;
    }

    private List<String> tiers(Bloc by) {
        return atLeastOne(by == Bloc.US ? List.of("1", "2", "3", "CN") : List.of("1", "2", "3", "US"));
    }

    /**
     * Some events.
     *
     * @param count how many
     * @param months months of the run
     * @return events in no order
     */
    DatedEvent[] draw(int count, int months) {
        DatedEvent[] events = new DatedEvent[count];
        for (int i = 0; i < count; i++) {
            int month = below(months);
            int lasting = uniform() < .5 ? DatedEvent.TO_THE_END : 1 + below(12);
            Intervention what = one();
            events[i] = new DatedEvent(START + month, lasting, what, what.key(), "", false);
        }
        return events;
    }

    private Intervention one() {
        Bloc by = power();
        List<Supplier<Intervention>> all = List.of(
                () -> new Intervention.Release(
                        LABS.get(below(LABS.size())),
                        "model " + below(5),
                        uniform() < .5,
                        100 * uniform(),
                        uniform() < .3 ? Double.NaN : 10 * uniform(),
                        10 * uniform(),
                        share()),
                () -> new Intervention.PriceMove(by, some(LABS), 3 * share()),
                () -> new Intervention.PriceMove(null, atLeastOne(LABS), 3 * share()),
                () -> new Intervention.ChipControl(by, tiers(by), share(), below(6)),
                () -> new Intervention.RestrictModelAccess(
                        by, tiers(by), some(LABS), share(), uniform() < .5 ? Double.NaN : share()),
                () -> new Intervention.WithholdWeights(by, some(LABS)),
                () -> new Intervention.StallReleases(by, some(LABS)),
                () -> new Intervention.Ban(
                        some(NATIONS),
                        by,
                        some(LABS),
                        some(List.of(Channel.API, Channel.HOST, Channel.SELF)),
                        some(SEGMENTS),
                        share()),
                () -> new Intervention.Ban(
                        some(NATIONS),
                        null,
                        atLeastOne(LABS),
                        some(List.of(Channel.API, Channel.HOST, Channel.SELF)),
                        some(SEGMENTS),
                        share()),
                () -> new Intervention.Subsidy(by, share()),
                () -> new Intervention.Package(by, atLeastOne(NATIONS), share(), share()),
                () -> new Intervention.Diplomacy(by, some(NATIONS), 2 * share() - 1),
                () -> new Intervention.Incident(
                        ShockKind.values()[below(4)], Bloc.values()[below(3)], some(NATIONS), 4 * share()),
                () -> new Intervention.SecondarySanctions(by, 2 * share()),
                () -> new Intervention.HoldStance(atLeastOne(NATIONS), StancePosition.values()[below(4)]),
                () -> new Intervention.SovereignProgramme(atLeastOne(NATIONS), 20 * share()),
                () -> new Intervention.News(
                        by, some(List.of(Channel.API, Channel.HOST, Channel.SELF)), some(SEGMENTS), share()),
                () -> new Intervention.Regulate(some(NATIONS), share() - .5, share() - .5),
                () -> new Intervention.Set("choice.social.consumer", 1.8 * share()),
                () -> new Intervention.Set("exportControl.chipStringency.CN", share()),
                () -> new Intervention.Set("trust.anchorAlignment.CN", share() - .5),
                Intervention.Note::new);
        return all.get(below(all.size())).get();
    }
}
