package twostacks.verification;

import java.util.List;
import twostacks.scenario.Scenario;

/** V2: a twin takes more from its own nest than from others. */
final class NestLimit {
    private static final String ID = "V2";

    static final Limit LIMIT = new Limit(
            ID,
            "nested logit",
            "a twin of an offer with share w in a nest of share s raises the nest to"
                    + " s(1+w)^rho / (1 - s + s(1+w)^rho): s = .25, w = 1 gives .320377, .4, .251302 at rho = .5, 1, .01",
            List.of("v2-nest", "v2-nest-duplicated", "v2-pair", "v2-pair-duplicated"),
            "closed form",
            Limit.BY_CHANCE,
            List.of(l -> twins(l, .5, 0), l -> twins(l, 1, 1), l -> twins(l, .01, 2), l -> pair(l, .5)));

    private NestLimit() {}

    private static List<Check> twins(Laboratory laboratory, double rho, int replicate) {
        Scenario before = laboratory.scenario("v2-nest", "choice.nestDissimilarity", rho);
        Scenario after = laboratory.scenario("v2-nest-duplicated", "choice.nestDissimilarity", rho);
        double s = .25;
        String at = ", rho = " + Verification.label(rho);
        return List.of(
                share(laboratory, before, replicate, List.of(0), s, "share of the nest before" + at),
                share(
                        laboratory,
                        after,
                        replicate,
                        List.of(0, 1),
                        raised(s, 1, rho),
                        "share of the nest with a twin" + at));
    }

    private static List<Check> pair(Laboratory laboratory, double rho) {
        Scenario before = laboratory.scenario("v2-pair", "choice.nestDissimilarity", rho);
        Scenario after = laboratory.scenario("v2-pair-duplicated", "choice.nestDissimilarity", rho);
        // The nest's offers have utilities 0 and .4, what is outside it weighs 3.
        double first = 1;
        double second = StrictMath.exp(.4 / rho);
        double weight = StrictMath.pow(first + second, rho);
        double s = weight / (weight + 3);
        double w = first / (first + second);
        return List.of(
                share(laboratory, before, 3, List.of(0, 2), s, "share of an unequal pair, rho = 0.5"),
                share(
                        laboratory,
                        after,
                        3,
                        List.of(0, 1, 3),
                        raised(s, w, rho),
                        "share of the pair with a twin, w = " + Verification.label(w)));
    }

    private static double raised(double s, double w, double rho) {
        double weight = s * StrictMath.pow(1 + w, rho);
        return weight / (1 - s + weight);
    }

    private static Check share(
            Laboratory laboratory, Scenario scenario, int replicate, List<Integer> nest, double expected, String what) {
        int adopters = 1_000_000;
        int months = laboratory.size(3, 12);
        long users = 0;
        for (int[][] month :
                laboratory.users(Laboratory.sized(scenario, adopters).withMonths(months), replicate)) {
            for (int offer : nest) {
                users += month[0][offer];
            }
        }
        double draws = (double) adopters * months;
        return Check.sampled(ID, what, expected, users / draws, StrictMath.sqrt(expected * (1 - expected) / draws));
    }
}
