package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import twostacks.adoption.AdopterChoice;
import twostacks.agents.Lab;
import twostacks.agents.LabSpec;
import twostacks.agents.Nation;
import twostacks.agents.Surroundings;
import twostacks.exportcontrol.ExportControlRule;
import twostacks.maths.DetMath;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Levers;
import twostacks.policy.StancePosition;
import twostacks.price.DeliveredPrice;
import twostacks.stance.StanceValue;
import twostacks.trust.TrustUpdate;

/**
 * What a nation makes of the market, against the equations read one by one: in worlds drawn from the whole plausible box,
 * under random events, each offer's price, availability and utility are those of E1, E5 and E6.
 */
final class MarketTest {
    private static final int WORLDS = Boolean.getBoolean("twostacks.long") ? 2000 : 100;

    /** An offer as a nation's segment sees it, worked out from what anybody can read. */
    private static final class Seen {
        private final Surroundings w;
        private final ModelParameters p;
        private final Nation nation;
        private final int s;
        private final int k;
        private final Channel channel;
        private final Bloc origin;
        private final Lab lab;
        private final boolean home;

        Seen(World world, Nation nation, int s, int k) {
            this.nation = nation;
            this.s = s;
            this.k = k;
            w = world.surroundings();
            p = w.p;
            channel = w.offers.channel[k];
            origin = w.offers.origin[k];
            lab = w.offers.lab[k] < 0 ? null : w.labs[w.offers.lab[k]];
            home = lab == null || lab.spec.home().equals(nation.facts.iso3());
        }

        private boolean exists() {
            return lab == null ? nation.hasOwn() : !Double.isNaN(channel == Channel.API ? lab.released() : lab.open());
        }

        private int tier() {
            String name = origin == Bloc.US ? nation.facts.usTier() : origin == Bloc.CN ? nation.facts.cnTier() : "";
            return origin == Bloc.OTHER ? -1 : Levers.tier(origin, name);
        }

        double availability() {
            if (lab == null) {
                return nation.hasOwn() ? 1 : 0;
            }
            if (!exists()) {
                return 0;
            }
            double allowed = w.levers.allowed[nation.place][s][k];
            if (channel != Channel.API) {
                return allowed;
            }
            boolean rival = nation.stance() == StancePosition.US_ALIGNED && origin == Bloc.CN
                    || nation.stance() == StancePosition.CN_ALIGNED && origin == Bloc.US;
            if (rival && !home) {
                allowed = Math.min(allowed, 1 - p.stance().ban()[s]);
            }
            double licensed = tier() < 0 ? 1 : w.levers.licensed[w.offers.lab[k]][tier()];
            double supplied = ExportControlRule.available(
                    tier() < 0,
                    licensed,
                    origin == Bloc.US && nation.facts.usEmbargo(),
                    p.exportControl().embargoCoverage()[s]);
            return Math.min(allowed, Math.min(supplied, w.served[origin.ordinal()]));
        }

        private double hardware() {
            int us = Levers.tier(Bloc.US, nation.facts.usTier());
            int cn = Levers.tier(Bloc.CN, nation.facts.cnTier());
            double byUs = us < 0 ? 0 : w.levers.chipStringency[0][us];
            double byCn = cn < 0 ? 0 : w.levers.chipStringency[1][cn];
            double[] packages = w.levers.packages[nation.place];
            return DeliveredPrice.hardware(
                    p.price().tierScarcity(),
                    1 - (1 - byUs) * (1 - byCn),
                    packages[0],
                    w.unitCost[0],
                    packages[1],
                    w.unitCost[1]);
        }

        private double selfRun(double cost) {
            ModelParameters.Price price = p.price();
            return DeliveredPrice.self(
                    cost,
                    price.selfUtilisation(),
                    hardware(),
                    price.skillCost()[s],
                    nation.skill(),
                    price.selfVolume()[s]);
        }

        double price() {
            double perMtok = switch (channel) {
                case API -> lab.priceFor(s);
                case HOST -> lab.openCost() * (1 + p.price().hostMargin());
                case SELF -> selfRun(lab.openCost());
                case OWN ->
                    selfRun(Lab.cost(p.price(), nation.ownCapability(), w.calendar))
                            * (1 - p.sovereign().subsidy());
            };
            return perMtok * p.price().billedVolume()[s];
        }

        private double trust() {
            double atHome = p.trust().home();
            if (lab == null) {
                return atHome;
            }
            return home ? TrustUpdate.effective(atHome, nation.shock(origin)) : nation.trustSeen(origin);
        }

        private double handicap() {
            ModelParameters.Choice c = p.choice();
            double kappa = switch (origin) {
                case US -> c.originHandicapUs()[s];
                case CN -> c.originHandicapCn()[s];
                case OTHER -> c.originHandicapOther()[s];
            };
            return home ? 0 : AdopterChoice.handicap(kappa, c.handicapFade()[s], nation.readiness());
        }

        private double presence() {
            double best = 0;
            for (Lab each : w.labs) {
                LabSpec spec = each.spec;
                if (!nation.facts.closedTo().contains(spec.bloc().name())) {
                    best = Math.max(best, spec.presence());
                }
            }
            ModelParameters.Choice c = p.choice();
            double rho = Math.min(c.nestDissimilarity(), c.useDissimilarity());
            return lab == null
                    ? 0
                    : AdopterChoice.presenceTerm(
                            c.presence()[s], rho, DetMath.log(lab.spec.presence()) - DetMath.log(best));
        }

        private double policy() {
            boolean service = channel == Channel.API;
            double term = StanceValue.policyTerm(
                            nation.stance(),
                            p.stance().policy()[s],
                            origin.sign(),
                            home,
                            w.exposure[channel.ordinal()],
                            w.localControl[channel.ordinal()])
                    - p.regulation().weight()[s] * (service ? nation.burdenApi() : nation.burdenOpen());
            if (service && !home && nation.facts.notServedBy().contains(lab.spec.name())) {
                term -= p.exportControl().notServedPenalty();
            }
            if (service && !home && nation.facts.closedTo().contains(origin.name())) {
                term -= p.exportControl().closedMarketPenalty();
            }
            for (Bloc power : new Bloc[] {Bloc.US, Bloc.CN}) {
                Bloc rival = power.mirrored();
                boolean onHardware = channel == Channel.SELF || channel == Channel.OWN;
                boolean hit = origin == rival && !service
                        || onHardware && w.levers.packages[nation.place][rival.ordinal()] > 0;
                if (hit && nation.homeOf != rival) {
                    term -= p.exportControl().secondaryPenalty()[s]
                            * w.levers.sanctions[power.ordinal()]
                            * ExportControlRule.exposure(power.sign() * nation.facts.alignment());
                }
            }
            return term;
        }

        double utility() {
            ModelParameters.Choice c = p.choice();
            double capability =
                    lab == null ? nation.ownCapability() : channel == Channel.API ? lab.capabilityFor(s) : lab.open();
            double licence = channel == Channel.API ? 0 : lab == null ? 1 : lab.openLicence();
            boolean integrated = channel == Channel.HOST || channel == Channel.SELF;
            double affordability = AdopterChoice.affordability(
                    c.affordability()[s], nation.facts.income(), c.affordabilityIncome()[s]);
            return AdopterChoice.capabilityTerm(c.capability()[s], capability, c.capabilityReference())
                    + AdopterChoice.priceTerm(c.price()[s], price(), affordability)
                    + AdopterChoice.trustTerm(c.trust()[s], trust(), w.exposure[channel.ordinal()])
                    - handicap()
                    + presence()
                    + AdopterChoice.openWeightsTerm(c.openWeights()[s], nation.skill(), licence)
                    - (integrated ? c.integration()[s] : 0)
                    + AdopterChoice.sovereigntyTerm(
                            c.sovereignty()[s], nation.preference(), home ? 1 : w.localControl[channel.ordinal()])
                    + policy()
                    + AdopterChoice.socialTerm(c.social()[s], c.peerWeight(), nation.userShare(w.offers.stack[k]), 0);
        }
    }

    @Test
    void aNationSeesOffersAsTheEquationsSay() {
        Set<StancePosition> stances = EnumSet.noneOf(StancePosition.class);
        int own = 0;
        int rationed = 0;
        int sanctioned = 0;
        for (int number = 0; number < WORLDS; number++) {
            World world = new World(RandomWorldsTest.draw(number), number, 0);
            world.run(w -> {});
            for (Nation nation : world.nations()) {
                // Once more, so that what it reads is what can be read of it now.
                nation.seeMarket(world.surroundings());
                stances.add(nation.stance());
                own += nation.hasOwn() ? 1 : 0;
                sanctioned += world.surroundings().levers.sanctioning() ? 1 : 0;
                for (int s = 0; s < world.segments().size(); s++) {
                    for (int k = 0; k < world.offers().count; k++) {
                        Seen seen = new Seen(world, nation, s, k);
                        String where = "world " + number + ", " + nation.facts.iso3() + ", " + s + ", " + k;
                        double available = seen.availability();
                        assertEquals(available, nation.available(s, k), where);
                        rationed += available > 0 && available < 1 ? 1 : 0;
                        if (available > 0) {
                            double price = seen.price();
                            assertEquals(price, nation.price(s, k), 1e-12 * Math.abs(price), where);
                            assertEquals(seen.utility(), nation.utility(s, k), 1e-9, where);
                        } else {
                            assertTrue(Double.isNaN(nation.price(s, k)), where);
                            assertEquals(Double.NEGATIVE_INFINITY, nation.utility(s, k), where);
                        }
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(StancePosition.class), stances);
        assertTrue(own > 10 && rationed > 100 && sanctioned > 10, own + ", " + rationed + ", " + sanctioned);
    }
}
