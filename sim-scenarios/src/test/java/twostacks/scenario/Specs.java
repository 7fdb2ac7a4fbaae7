package twostacks.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import twostacks.agents.NationFacts;
import twostacks.world.WorldSpec;

/** Worlds made comparable: arrays and the registry have no equality of their own. */
final class Specs {
    private Specs() {}

    /** Everything in a spec, as values that are equal if they say the same. */
    static List<Object> of(WorldSpec spec) {
        return List.of(
                spec.name(),
                spec.startMonth(),
                spec.months(),
                spec.dataEnd(),
                spec.space().segments(),
                new TreeMap<>(spec.overrides()),
                spec.nations().stream().map(Specs::nation).toList(),
                spec.labs(),
                spec.events(),
                spec.ownOffers(),
                spec.mirrored());
    }

    private static List<Object> nation(NationFacts n) {
        return List.of(
                n.iso3(),
                n.name(),
                n.population(),
                n.gdp(),
                n.internetShare(),
                n.alignment(),
                n.usTier(),
                n.cnTier(),
                n.usEmbargo(),
                n.notServedBy(),
                n.closedTo(),
                Arrays.toString(n.trustSurvey()),
                n.languageSupport(),
                n.latitude(),
                n.longitude(),
                n.connected(),
                new TreeMap<>(n.trustLinks()),
                Arrays.toString(n.initialTrust()));
    }
}
