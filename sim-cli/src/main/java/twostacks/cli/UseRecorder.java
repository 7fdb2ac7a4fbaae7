package twostacks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import twostacks.agents.Nation;
import twostacks.analysis.hindcast.UseHistory;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Stack;
import twostacks.population.Offers;
import twostacks.world.Observer;
import twostacks.world.World;

/** Notes month by month who uses what, as the operators of a hindcast read it. */
final class UseRecorder implements Observer {
    private static final int[] SERVICES = {Stack.US_CLOSED.ordinal(), Stack.CN_API.ordinal(), Stack.OTHER.ordinal()};

    private UseHistory history;
    /** Shares that considered each stack of services a month ago, by nation and segment. */
    private double[][][] before;

    /** What was noted so far. */
    UseHistory history() {
        return history;
    }

    @Override
    public void month(World world) {
        if (history == null) {
            history = empty(world);
            before = new double[world.nations().size()][world.segments().size()][SERVICES.length];
        }
        history.nextMonth();
        Offers offers = world.offers();
        double[] shares = new double[offers.count];
        for (Nation nation : world.nations()) {
            history.nation(nation.place, nation.internet(), nation.trustSeen(Bloc.US), nation.trustSeen(Bloc.CN));
            for (int s = 0; s < world.segments().size(); s++) {
                int size = nation.adopters.start[s + 1] - nation.adopters.start[s];
                int[] users = nation.adopters.users(s);
                for (int k = 0; k < shares.length; k++) {
                    shares[k] = size == 0 ? 0 : (double) users[k] / size;
                }
                history.segment(nation.place, s, nation.volume(s) * size * nation.peoplePerAdopter(), shares);
                noteNewcomers(nation, s);
            }
        }
    }

    private void noteNewcomers(Nation nation, int s) {
        double[] last = before[nation.place][s];
        double any = 0;
        double chinese = 0;
        for (int i = 0; i < SERVICES.length; i++) {
            double considering = nation.adopters.reach(s, SERVICES[i]);
            double more = considering - last[i];
            any += more;
            chinese += SERVICES[i] == Stack.CN_API.ordinal() ? more : 0;
            last[i] = considering;
        }
        history.newcomers(nation.place, s, any, chinese);
    }

    private static UseHistory empty(World world) {
        Offers offers = world.offers();
        List<UseHistory.Offer> all = new ArrayList<>();
        for (int k = 0; k < offers.count; k++) {
            all.add(new UseHistory.Offer(
                    offers.lab[k] < 0
                            ? Channel.OWN.name().toLowerCase(Locale.ROOT)
                            : world.labs().get(offers.lab[k]).spec.name(),
                    Stack.of(offers.stack[k]).key(),
                    offers.channel[k] == Channel.API,
                    offers.channel[k] == Channel.SELF));
        }
        return new UseHistory(
                world.spec.startMonth(),
                world.spec.months(),
                world.nations().stream().map(n -> n.facts.iso3()).toList(),
                world.nations().stream().mapToDouble(n -> n.facts.population()).toArray(),
                world.segments(),
                all);
    }
}
