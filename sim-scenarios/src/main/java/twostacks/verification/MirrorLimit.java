package twostacks.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twostacks.agents.Nation;
import twostacks.policy.Bloc;
import twostacks.policy.StancePosition;
import twostacks.population.Offers;
import twostacks.scenario.Scenario;
import twostacks.world.World;

/** V11: where the two powers change sides in everything, they change sides in the result. */
final class MirrorLimit {
    private static final String ID = "V11";

    static final Limit LIMIT = new Limit(
            ID,
            "mirror symmetry",
            "swap the United States and China in facts, labs, events, parameters and draws: users, trust, stances and"
                    + " the gap swap with them",
            List.of("baseline", "baseline-endogenous"),
            "the run of the scenario itself against that of its mirror image",
            "not one adopter, stance or month differs; trust to 1e-9",
            List.of(
                    l -> compare(l, "baseline", l.size(100, 500), l.size(48, 156)),
                    l -> compare(l, "baseline-endogenous", l.size(100, 500), l.size(24, 156))));

    private MirrorLimit() {}

    /** What is compared of a month, in the order of codes of the scenario that is not mirrored. */
    private record Month(
            Map<String, int[]> users, Map<String, double[]> trust, Map<String, StancePosition> stances, double gap) {}

    private static List<Check> compare(Laboratory laboratory, String name, int adopters, int months) {
        Scenario scenario = Laboratory.sized(laboratory.fewer(laboratory.bundled(name), List.of()), adopters)
                .withMonths(months);
        List<Month> here = months(laboratory, scenario, false);
        List<Month> there = months(laboratory, Mirror.of(scenario), true);
        long otherwise = 0;
        long stances = 0;
        long gaps = 0;
        double trust = 0;
        for (int t = 0; t < here.size(); t++) {
            Month a = here.get(t);
            Month b = there.get(t);
            for (String code : a.users().keySet()) {
                int[] mine = a.users().get(code);
                int[] image = b.users().get(code);
                int apart = 0;
                for (int k = 0; k < mine.length; k++) {
                    apart += Math.abs(mine[k] - image[k]);
                }
                otherwise += apart / 2;
                stances += a.stances().get(code) == b.stances().get(code) ? 0 : 1;
                for (int i = 0; i < Bloc.COUNT; i++) {
                    trust = Math.max(
                            trust, Math.abs(a.trust().get(code)[i] - b.trust().get(code)[i]));
                }
            }
            gaps += a.gap() == b.gap() ? 0 : 1;
        }
        int nations = here.get(0).users().size();
        return List.of(
                Check.none(
                        ID, name + ": adopter-months elsewhere, of " + (long) nations * adopters * months, otherwise),
                Check.none(ID, name + ": stances that are no mirror image, of " + nations * months, stances),
                Check.none(ID, name + ": months with another gap, of " + months, gaps),
                Check.exact(ID, name + ": greatest difference in trust", 0, trust, 1e-9));
    }

    private static List<Month> months(Laboratory laboratory, Scenario scenario, boolean mirrored) {
        List<Month> months = new ArrayList<>();
        laboratory.run(scenario, world -> {
            Map<String, int[]> users = new HashMap<>();
            Map<String, double[]> trust = new HashMap<>();
            Map<String, StancePosition> stances = new HashMap<>();
            for (Nation nation : world.nations()) {
                String code = nation.facts.iso3();
                double[] byBloc = new double[Bloc.COUNT];
                for (Bloc bloc : Bloc.values()) {
                    byBloc[(mirrored ? bloc.mirrored() : bloc).ordinal()] = nation.trustSeen(bloc);
                }
                String key = mirrored ? Bloc.mirroredHome(code) : code;
                users.put(key, users(world, nation));
                trust.put(key, byBloc);
                stances.put(key, mirrored ? nation.stance().mirrored() : nation.stance());
            }
            double gap = world.ledger().gapMonths();
            months.add(new Month(users, trust, stances, mirrored ? 0 - gap : gap));
        });
        return months;
    }

    /** Users by segment, lab and channel, which are the same offers on either side of the mirror. */
    private static int[] users(World world, Nation nation) {
        Offers offers = world.offers();
        int labs = world.labs().size();
        int width = 4 * (labs + 1) + 1;
        int[] result = new int[world.segments().size() * width];
        for (int s = 0; s < world.segments().size(); s++) {
            int[] by = nation.adopters.users(s);
            for (int k = 0; k < offers.count; k++) {
                int lab = offers.lab[k] < 0 ? labs : offers.lab[k];
                result[s * width + 4 * lab + offers.channel[k].ordinal()] += by[k];
            }
            result[s * width + width - 1] = by[offers.count];
        }
        return result;
    }
}
