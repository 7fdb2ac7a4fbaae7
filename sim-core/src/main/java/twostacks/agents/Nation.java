package twostacks.agents;

import java.util.Arrays;
import java.util.List;
import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Consideration;
import twostacks.capability.CapabilityGrowth;
import twostacks.exportcontrol.ExportControlRule;
import twostacks.maths.DetMath;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Levers;
import twostacks.policy.ShockKind;
import twostacks.policy.Stack;
import twostacks.policy.StancePosition;
import twostacks.population.Adopters;
import twostacks.population.Offers;
import twostacks.population.Population;
import twostacks.population.SegmentTerms;
import twostacks.price.DeliveredPrice;
import twostacks.random.Draws;
import twostacks.random.Purpose;
import twostacks.regulation.Burden;
import twostacks.sovereign.SovereignModel;
import twostacks.stance.StanceValue;
import twostacks.trust.Incidents;
import twostacks.trust.TrustUpdate;

/**
 * A nation and its adopters: it sees the market, takes a stance, lets its adopters choose, and learns to trust.
 *
 * <p>It reads only its {@link Surroundings} and its own state; what others read of it is what it left last month.
 */
public final class Nation {
    private static final double NOT_AVAILABLE = Double.NEGATIVE_INFINITY;
    private static final Bloc[] BLOCS = Bloc.values();
    private static final StancePosition[] STANCES = StancePosition.values();
    private static final Bloc[] POWERS = {Bloc.US, Bloc.CN};
    private static final int OPEN_BURDEN = 0;
    private static final int API_BURDEN = 1;

    /** What is known of it. */
    public final NationFacts facts;
    /** Its place among the nations in the order of codes. */
    public final int place;
    /** Its adopters. */
    public final Population adopters;
    /** Its bloc, if it is the home of one of the two powers. */
    public final Bloc homeOf;

    private final int segments;
    private final int usTier;
    private final int cnTier;
    /** Whether an offer is of a lab at home, or the nation's own. */
    private final boolean[] home;
    /** Whether a lab refuses to serve the nation with its service. */
    private final boolean[] refused;
    /** Whether the nation's law keeps a foreign service out. */
    private final boolean[] shutOut;
    /** Whether an offer has to be put into service by its user: open weights but the nation's own. */
    private final boolean[] integrated;
    /** ln of the presence of an offer's lab over that of the best known; 0 for the nation's own. */
    private final double[] logPresence;

    private final boolean hasOtherLab;
    private final double readiness;
    private final double preference;
    private final long stanceKey;
    private final long securityKey;
    private final long misuseKey;
    private final double reviewPhase;
    private final double[] trustDraw = new double[Bloc.COUNT];

    private double internet;
    private final double[] anchorEffect = new double[Bloc.COUNT];
    private final double[] trust = new double[Bloc.COUNT];
    private final double[] trustNext = new double[Bloc.COUNT];
    private final double[] trustNow = new double[Bloc.COUNT];
    private final double[] homeTrustNow = new double[Bloc.COUNT];
    private final double[][] shock = new double[ShockKind.COUNT][Bloc.COUNT];
    private final double[] seen = new double[Bloc.COUNT];
    private final double[] cutOff = new double[Bloc.COUNT];
    private final double[] burden = new double[2];
    private final int[][] incidents = new int[2][Bloc.COUNT];
    private final double[][] incidentRate = new double[2][Bloc.COUNT];
    private StancePosition stance = StancePosition.OPEN;
    private StancePosition stanceNext = StancePosition.OPEN;
    private double programmeMonths;
    private double indigenous;
    private double own = Double.NaN;
    private int ownBase = -1;
    private double hardware = 1;

    private final double[][] utility;
    private final double[][] available;
    private final double[][] availableBefore;
    private final double[][] price;
    /** What an offer is worth under any stance, social term apart. */
    private final double[][] worth;

    private final double[] handicap = new double[Bloc.COUNT];

    private final double[] affordability;
    private final double[] volumeScale;
    private ModelParameters derivedFrom;

    /** Adopters of all segments who use an offer. */
    private final int[] users;

    private final double[] stackShare = new double[Stack.COUNT + 1];
    private final double[] userShare = new double[Stack.COUNT];
    private final double[] nestFactor = new double[Stack.COUNT];
    /** What a review works with: utility and availability under the stance on trial, and what would follow from them. */
    private final double[] trialUtility;

    private final double[] trialAvailable;
    private final double[] trialShare = new double[Stack.COUNT + 1];
    private final double[] revocable = new double[Bloc.COUNT];
    private final double[] segmentSurplus;
    private double surplus;
    private double lockIn;
    private int using;
    private boolean cutOffNow;

    /**
     * A nation at the start.
     *
     * @param facts what is known of it
     * @param place its place among the nations in the order of codes
     * @param labs labs of the world
     * @param adopters its adopters
     * @param segments number of segments
     * @param offers offers of the world
     * @param p parameters at the start
     * @param seed seed
     * @param replicate replicate
     * @param mirrored whether draws are those of the mirror image
     */
    public Nation(
            NationFacts facts,
            int place,
            List<LabSpec> labs,
            Population adopters,
            int segments,
            Offers offers,
            ModelParameters p,
            long seed,
            long replicate,
            boolean mirrored) {
        this.facts = facts;
        this.place = place;
        this.adopters = adopters;
        this.segments = segments;
        Bloc power = Bloc.ofHome(facts.iso3());
        homeOf = power == Bloc.OTHER ? null : power;
        usTier = Levers.tier(Bloc.US, facts.usTier());
        cnTier = Levers.tier(Bloc.CN, facts.cnTier());
        hasOtherLab = labs.stream().anyMatch(lab -> lab.bloc() == Bloc.OTHER && atHome(lab));
        double bestPresence = bestPresence(labs);
        home = new boolean[offers.count];
        refused = new boolean[offers.count];
        shutOut = new boolean[offers.count];
        integrated = new boolean[offers.count];
        logPresence = new double[offers.count];
        for (int k = 0; k < offers.count; k++) {
            LabSpec lab = offers.lab[k] < 0 ? null : labs.get(offers.lab[k]);
            home[k] = lab == null || atHome(lab);
            boolean foreignService = !home[k] && offers.channel[k] == Channel.API;
            refused[k] = foreignService && facts.notServedBy().contains(lab.name());
            shutOut[k] = foreignService && closedTo(lab);
            integrated[k] = lab != null && offers.channel[k] != Channel.API;
            logPresence[k] = lab == null ? 0 : DetMath.log(lab.presence()) - bestPresence;
        }
        readiness = Consideration.readiness(facts.income());
        // Large and unaligned nations care more: the mean of size (1 at 3,000 billion USD) and distance from both
        // powers.
        double size = Math.min(1, DetMath.log(1 + facts.gdp() / 1e11) / 3.4339872044851463);
        preference = .5 * size + .5 / (1 + Math.abs(facts.alignment()));
        internet = facts.internetShare();
        long part = Draws.part(mirrored ? Bloc.mirroredHome(facts.iso3()) : facts.iso3());
        stanceKey = Draws.key(Draws.key(seed, replicate, Purpose.STANCE), part);
        securityKey = Draws.key(Draws.key(seed, replicate, Purpose.SECURITY), part);
        misuseKey = Draws.key(Draws.key(seed, replicate, Purpose.MISUSE), part);
        reviewPhase = Draws.unit(Draws.bits(Draws.key(Draws.key(seed, replicate, Purpose.REVIEW_PHASE), part), 0));
        long effectKey = Draws.key(Draws.key(seed, replicate, Purpose.TRUST_EFFECT), part);
        for (Bloc b : BLOCS) {
            Bloc drawn = mirrored ? b.mirrored() : b;
            trustDraw[b.ordinal()] = normal(Draws.unit(Draws.bits(effectKey, drawn.ordinal())));
            cutOff[b.ordinal()] = p.stance().cutOffFloor()[b.ordinal()];
        }
        setAnchorEffects(p);
        for (Bloc b : BLOCS) {
            double given = facts.initialTrust()[b.ordinal()];
            trust[b.ordinal()] = Double.isNaN(given) ? anchor(p, b, 0) : given;
            trustNext[b.ordinal()] = trust[b.ordinal()];
        }
        if (homeOf != null) {
            stance = homeOf == Bloc.US ? StancePosition.US_ALIGNED : StancePosition.CN_ALIGNED;
            stanceNext = stance;
        }
        utility = new double[segments][offers.count];
        available = new double[segments][offers.count];
        availableBefore = new double[segments][offers.count];
        price = new double[segments][offers.count];
        worth = new double[segments][offers.count];
        users = new int[offers.count];
        trialUtility = new double[offers.count];
        trialAvailable = new double[offers.count];
        affordability = new double[segments];
        volumeScale = new double[segments];
        segmentSurplus = new double[segments];
        stackShare[Stack.COUNT] = 1;
    }

    private boolean atHome(LabSpec lab) {
        return lab.home().equals(facts.iso3());
    }

    private boolean closedTo(LabSpec lab) {
        return facts.closedTo().contains(lab.bloc().name());
    }

    /** ln of the presence of the best known lab whose services the nation's law does not keep out. */
    private double bestPresence(List<LabSpec> labs) {
        double best = 0;
        for (LabSpec lab : labs) {
            if (!closedTo(lab)) {
                best = Math.max(best, lab.presence());
            }
        }
        return best > 0 ? DetMath.log(best) : 0;
    }

    private static double normal(double uniform) {
        return new org.apache.commons.math3.distribution.NormalDistribution(null, 0, 1)
                .inverseCumulativeProbability(Math.max(1e-12, uniform));
    }

    /** Where a survey is known, the effect that makes the anchor meet it; elsewhere a draw. */
    private void setAnchorEffects(ModelParameters p) {
        for (Bloc b : BLOCS) {
            double survey = facts.trustSurvey()[b.ordinal()];
            anchorEffect[b.ordinal()] = Double.isNaN(survey)
                    ? p.trust().nationSpread() * trustDraw[b.ordinal()]
                    : DetMath.logit(survey)
                            - p.trust().anchor()[b.ordinal()]
                            - p.trust().anchorAlignment()[b.ordinal()] * facts.alignment();
        }
    }

    private double anchor(ModelParameters p, Bloc b, double diplomacy) {
        if (b == homeOf) {
            return p.trust().home();
        }
        return TrustUpdate.anchor(
                p.trust().anchor()[b.ordinal()],
                p.trust().anchorAlignment()[b.ordinal()],
                facts.alignment(),
                p.trust().diplomacy(),
                diplomacy,
                anchorEffect[b.ordinal()]);
    }

    // The parameters are the same object until an event changes one.
    @SuppressWarnings("ReferenceEquality")
    private void derive(Surroundings w) {
        ModelParameters p = w.p;
        if (p == derivedFrom) {
            return;
        }
        derivedFrom = p;
        setAnchorEffects(p);
        for (int s = 0; s < segments; s++) {
            affordability[s] = AdopterChoice.affordability(
                    p.choice().affordability()[s], facts.income(), p.choice().affordabilityIncome()[s]);
            volumeScale[s] = p.price().volume()[s]
                    * DetMath.pow(
                            Math.max(1, facts.income()) / 40_000, p.price().volumeIncome());
        }
    }

    // Phase MARKET ----------------------------------------------------------------------------------------------------

    /**
     * Sees the market: which offers are available, at what price, with what utility.
     *
     * @param w surroundings
     */
    public void seeMarket(Surroundings w) {
        derive(w);
        stance = w.levers.heldStance[place] != null ? w.levers.heldStance[place] : stanceNext;
        Levers levers = w.levers;
        double us = usTier < 0 ? 0 : levers.chipStringency[0][usTier];
        double cn = cnTier < 0 ? 0 : levers.chipStringency[1][cnTier];
        hardware = DeliveredPrice.hardware(
                w.p.price().tierScarcity(),
                us + cn - us * cn,
                levers.packages[place][0],
                w.unitCost[0],
                levers.packages[place][1],
                w.unitCost[1]);
        runProgramme(w);
        for (Bloc b : BLOCS) {
            double shaken = shock(b);
            trustNow[b.ordinal()] = TrustUpdate.effective(trust[b.ordinal()], shaken);
            // At home a lab is trusted as a compatriot; shocks to its bloc shake that too.
            homeTrustNow[b.ordinal()] = TrustUpdate.effective(w.p.trust().home(), shaken);
        }
        boolean withOwn = ownOnOffer(w);
        for (int s = 0; s < segments; s++) {
            System.arraycopy(available[s], 0, availableBefore[s], 0, available[s].length);
            judge(w, s);
            offer(w, s, stance, withOwn, utility[s], available[s]);
        }
    }

    /** Works out what offers cost here and are worth under any stance; in passes, so that no logarithm waits for another. */
    private void judge(Surroundings w, int s) {
        ModelParameters p = w.p;
        ModelParameters.Choice c = p.choice();
        int ownOffer = Double.isNaN(own) ? -1 : w.offers.own;
        double[] cost = price[s];
        setPrices(w, s, ownOffer, cost);

        double[] sum = worth[s];
        double weight = c.price()[s];
        double reference = affordability[s];
        for (int k = 0; k < sum.length; k++) {
            sum[k] = AdopterChoice.priceTerm(weight, cost[k], reference);
        }

        double[] capability = w.market.capability[s];
        double ownTerm = ownOffer < 0 ? 0 : Market.capabilityTerm(p, s, own);
        double trust = c.trust()[s];
        double ownTrust = p.trust().home();
        double[] handicap = handicap(c, s);
        double presence = c.presence()[s];
        double rho = w.terms[s].rho;
        double openWeights = c.openWeights()[s];
        double skill = skill();
        double integration = c.integration()[s];
        double sovereignty = c.sovereignty()[s];
        for (int k = 0; k < sum.length; k++) {
            int b = w.offers.origin[k].ordinal();
            double trusted = k == ownOffer ? ownTrust : home[k] ? homeTrustNow[b] : trustNow[b];
            sum[k] = (k == ownOffer ? ownTerm : capability[k])
                    + sum[k]
                    + AdopterChoice.trustTerm(trust, trusted, w.market.exposure[k])
                    - (home[k] ? 0 : handicap[b])
                    + AdopterChoice.presenceTerm(presence, rho, logPresence[k])
                    + AdopterChoice.openWeightsTerm(openWeights, skill, w.market.licence[k])
                    - (integrated[k] ? integration : 0)
                    + AdopterChoice.sovereigntyTerm(sovereignty, preference, home[k] ? 1 : w.market.control[k]);
        }
    }

    private double[] handicap(ModelParameters.Choice c, int s) {
        double fade = c.handicapFade()[s];
        handicap[Bloc.US.ordinal()] = AdopterChoice.handicap(c.originHandicapUs()[s], fade, readiness);
        handicap[Bloc.CN.ordinal()] = AdopterChoice.handicap(c.originHandicapCn()[s], fade, readiness);
        handicap[Bloc.OTHER.ordinal()] = AdopterChoice.handicap(c.originHandicapOther()[s], fade, readiness);
        return handicap;
    }

    /** Delivered prices in the segment's unit (E5). */
    private void setPrices(Surroundings w, int s, int ownOffer, double[] into) {
        ModelParameters.Price p = w.p.price();
        double volume = p.billedVolume()[s];
        double[] perMtok = w.market.perMtok[s];
        double skill = skill();
        double utilisation = p.selfUtilisation();
        double skillCost = p.skillCost()[s];
        double selfVolume = p.selfVolume()[s];
        for (int k = 0; k < into.length; k++) {
            into[k] = volume
                    * (w.offers.channel[k] == Channel.SELF
                            ? DeliveredPrice.self(perMtok[k], utilisation, hardware, skillCost, skill, selfVolume)
                            : perMtok[k]);
        }
        if (ownOffer >= 0) {
            double cost = Lab.cost(p, own, w.calendar);
            double self = DeliveredPrice.self(cost, utilisation, hardware, skillCost, skill, selfVolume);
            into[ownOffer] = volume * (self * (1 - w.p.sovereign().subsidy()));
        }
    }

    /** Availability and utilities to a segment under a stance, with the own model on offer or not. */
    private void offer(
            Surroundings w, int s, StancePosition under, boolean withOwn, double[] utilities, double[] shares) {
        ModelParameters p = w.p;
        Offers offers = w.offers;
        setAvailability(w, s, under, withOwn, shares);
        double policy = p.stance().policy()[s];
        double openBurden = burden[OPEN_BURDEN] * p.regulation().weight()[s];
        double apiBurden = burden[API_BURDEN] * p.regulation().weight()[s];
        double social = p.choice().social()[s];
        double peerWeight = p.choice().peerWeight();
        boolean sanctioning = w.levers.sanctioning();
        for (int k = 0; k < utilities.length; k++) {
            if (shares[k] <= 0) {
                utilities[k] = NOT_AVAILABLE;
                continue;
            }
            boolean service = offers.channel[k] == Channel.API;
            double term = StanceValue.policyTerm(
                            under, policy, offers.origin[k].sign(), home[k], w.market.exposure[k], w.market.control[k])
                    - (service ? apiBurden : openBurden);
            if (refused[k]) {
                term -= p.exportControl().notServedPenalty();
            }
            if (shutOut[k]) {
                term -= p.exportControl().closedMarketPenalty();
            }
            if (sanctioning) {
                term = lessSanctions(term, w, s, k);
            }
            utilities[k] =
                    worth[s][k] + term + AdopterChoice.socialTerm(social, peerWeight, userShare[offers.stack[k]], 0);
        }
    }

    /** Share of a segment's adopters to whom each offer is available. */
    private void setAvailability(Surroundings w, int s, StancePosition under, boolean withOwn, double[] shares) {
        Offers offers = w.offers;
        double[] allowed = w.levers.allowed[place][s];
        double ban = w.p.stance().ban()[s];
        Bloc against = ban <= 0
                ? null
                : under == StancePosition.US_ALIGNED ? Bloc.CN : under == StancePosition.CN_ALIGNED ? Bloc.US : null;
        double coverage = w.p.exportControl().embargoCoverage()[s];
        for (int k = 0; k < shares.length; k++) {
            double share = w.market.sold[k] ? allowed[k] : 0;
            if (share > 0 && offers.channel[k] == Channel.API) {
                if (offers.origin[k] == against && !home[k]) {
                    share = Math.min(share, 1 - ban);
                }
                // One rank of adopters serves all rationing, so the scarcest of the reasons binds.
                share = Math.min(share, supplied(w, offers.lab[k], offers.origin[k], coverage));
            }
            shares[k] = share;
        }
        if (withOwn) {
            shares[offers.own] = 1;
        }
    }

    /** Share of would-be users whom a lab's service may and can serve (E6). */
    private double supplied(Surroundings w, int lab, Bloc origin, double coverage) {
        int tier = origin == Bloc.US ? usTier : origin == Bloc.CN ? cnTier : -1;
        double licensed = tier < 0 ? 1 : w.levers.licensed[lab][tier];
        boolean embargoed = origin == Bloc.US && facts.usEmbargo();
        return Math.min(
                ExportControlRule.available(tier < 0, licensed, embargoed, coverage), w.served[origin.ordinal()]);
    }

    /** A policy term less what secondary sanctions cost. */
    private double lessSanctions(double policyTerm, Surroundings w, int s, int k) {
        Channel channel = w.offers.channel[k];
        double term = policyTerm;
        boolean onHardware = channel == Channel.SELF || channel == Channel.OWN;
        for (Bloc bloc : POWERS) {
            Bloc power = w.drawnAs(bloc);
            double weight = w.levers.sanctions[power.ordinal()];
            if (weight <= 0) {
                continue;
            }
            Bloc rival = power.mirrored();
            boolean sanctioned = w.offers.origin[k] == rival && channel != Channel.API
                    || onHardware && w.levers.packages[place][rival.ordinal()] > 0;
            if (sanctioned && homeOf != rival) {
                double alignment = power == Bloc.US ? facts.alignment() : -facts.alignment();
                term -= ExportControlRule.secondary(
                        w.p.exportControl().secondaryPenalty()[s], weight, ExportControlRule.exposure(alignment));
            }
        }
        return term;
    }

    /** Runs the programme for a model of its own, if there is one (E9). */
    private void runProgramme(Surroundings w) {
        double effort = w.levers.sovereignEffort[place];
        if (stance == StancePosition.SOVEREIGN) {
            effort = Math.max(effort, 1);
        }
        boolean able = effort * capacity() >= w.p.sovereign().capacityThreshold();
        if (w.offers.own < 0 || effort <= 0 || !able || homeOf != null) {
            programmeMonths = 0;
            own = Double.NaN;
            ownBase = -1;
            return;
        }
        programmeMonths++;
        double compute = Math.min(1, w.p.sovereign().programmeCompute() * effort * facts.gdp() / 1e12);
        indigenous += w.slowing
                * CapabilityGrowth.own(
                        w.p.capability().growth(), compute, w.p.capability().computeElasticity(), 1, 0, 0);
        own = ownCapability(w);
    }

    private boolean ownOnOffer(Surroundings w) {
        return !Double.isNaN(own) && programmeMonths >= w.p.sovereign().buildMonths();
    }

    private double ownCapability(Surroundings w) {
        int best = -1;
        for (int lab = 0; lab < w.labs.length; lab++) {
            double open = w.labs[lab].open();
            boolean banned = false;
            for (int s = 0; s < segments && !banned; s++) {
                banned = bannedOpenly(w, lab, s);
            }
            if (!Double.isNaN(open) && !banned && (best < 0 || open > w.labs[best].open())) {
                best = lab;
            }
        }
        double open = best < 0 ? NOT_AVAILABLE : w.labs[best].open();
        double capability = SovereignModel.capability(
                open, w.p.sovereign().adaptationGap(), skill(), facts.languageSupport(), indigenous);
        ownBase = capability > indigenous ? best : -1;
        return capability;
    }

    private boolean bannedOpenly(Surroundings w, int lab, int s) {
        for (int k = 0; k < w.offers.count; k++) {
            if (w.offers.lab[k] == lab && w.offers.channel[k] != Channel.API && w.levers.allowed[place][s][k] > 0) {
                return false;
            }
        }
        return true;
    }

    // Phase STANCES ---------------------------------------------------------------------------------------------------

    /**
     * Chooses a stance, in the months of its review; it takes effect next month.
     *
     * @param w surroundings
     * @param bench worker's bench
     */
    public void reviewStance(Surroundings w, Adopters.Bench bench) {
        int interval = w.p.stance().reviewInterval();
        if (homeOf != null || (w.month + (int) (reviewPhase * interval)) % interval != interval - 1) {
            return;
        }
        ModelParameters.Stance weights = w.p.stance();
        double best = Double.NEGATIVE_INFINITY;
        long key = Draws.key(stanceKey, w.month);
        for (StancePosition candidate : STANCES) {
            StancePosition drawn = w.mirrored ? candidate.mirrored() : candidate;
            double gumbel = -DetMath.log(-DetMath.log(
                    Math.max(1e-300, Draws.unit(Draws.bits(key, drawn.ordinal())) + 0x1.0p-54)));
            double value = valueOf(w, bench, candidate, gumbel / weights.precision());
            if (value > best) {
                best = value;
                stanceNext = candidate;
            }
        }
    }

    private double valueOf(Surroundings w, Adopters.Bench bench, StancePosition candidate, double noise) {
        ModelParameters.Stance weights = w.p.stance();
        boolean programme = candidate == StancePosition.SOVEREIGN
                && w.offers.own >= 0
                && capacity() >= w.p.sovereign().capacityThreshold();
        // A programme that an event runs goes on whatever the stance; one that the stance runs ends with it.
        boolean ownThen = programme || w.levers.sovereignEffort[place] > 0 && ownOnOffer(w);
        boolean trial = programme && Double.isNaN(own);
        if (trial) {
            own = ownCapability(w);
        }
        int ownBit = ownThen ? 1 << Stack.SOVEREIGN.ordinal() : 0;
        Arrays.fill(trialShare, 0);
        double economic = 0;
        for (int s = 0; s < segments; s++) {
            if (trial) {
                judge(w, s);
            }
            offer(w, s, candidate, ownThen, trialUtility, trialAvailable);
            bench.start(w.terms[s], trialUtility, trialAvailable, nonUse(w, s));
            setNestFactors(w, s);
            bench.weighSets(nestFactor);
            int[] by = adopters.consideringBy(s);
            economic += bench.sumOfLogsums(by, ownBit) / adopters.count;
            bench.addExpected(by, ownBit, trialShare);
        }
        for (int g = 0; g <= Stack.COUNT; g++) {
            trialShare[g] /= adopters.count;
        }
        if (trial) {
            own = Double.NaN;
        }
        double untrusted = 0;
        Arrays.fill(revocable, 0);
        for (int g : w.offers.stackOrder) {
            Stack stack = Stack.of(g);
            if (stack == Stack.SOVEREIGN) {
                continue;
            }
            Bloc origin = stack.origin();
            boolean service = stack == Stack.US_CLOSED || stack == Stack.CN_API || stack == Stack.OTHER;
            double exposure = w.exposure[(service ? Channel.API : Channel.SELF).ordinal()];
            untrusted += trialShare[g] * (1 - trustSeen(origin)) * exposure;
            revocable[origin.ordinal()] += trialShare[g] * (service ? 1 : REVOCABLE_SELF);
        }
        double risk = 0;
        for (Bloc bloc : BLOCS) {
            int b = w.drawnAs(bloc).ordinal();
            risk += revocable[b] * revocable[b] * cutOff[b];
        }
        double fiscal = programme ? weights.fiscalCost() * StrictMath.sqrt(1e12 / Math.max(1, facts.gdp())) : 0;
        return StanceValue.of(
                economic,
                weights.security(),
                untrusted,
                weights.dependence(),
                risk,
                weights.alignment(),
                facts.alignment(),
                fiscal,
                candidate == stance ? weights.inertia() : 0,
                noise,
                candidate);
    }

    /** Revocability of a foreign service. */
    public static final double REVOCABLE_API = 1;
    /** Revocability of foreign weights on a third country's host. */
    public static final double REVOCABLE_HOST = .4;
    /** Revocability of foreign weights run at home. */
    public static final double REVOCABLE_SELF = .2;
    /** Revocability of an own model built on foreign weights. */
    public static final double REVOCABLE_OWN = .05;

    // Phase ADOPTERS --------------------------------------------------------------------------------------------------

    /**
     * Lets its adopters come to consider stacks, and choose.
     *
     * @param w surroundings
     * @param bench worker's bench
     */
    public void adopt(Surroundings w, Adopters.Bench bench) {
        ModelParameters.Awareness awareness = w.p.awareness();
        surplus = 0;
        lockIn = 0;
        for (int s = 0; s < segments; s++) {
            SegmentTerms terms = w.terms[s];
            adopters.open(s, w.month, terms, bench);
            int[] inSegment = adopters.users(s);
            int size = Math.max(1, adopters.start[s + 1] - adopters.start[s]);
            for (int g = 0; g < Stack.COUNT; g++) {
                int using = 0;
                boolean any = false;
                for (int k = w.offers.first[g]; k < w.offers.end[g]; k++) {
                    using += inSegment[k];
                    any |= available[s][k] > 0;
                }
                if (any) {
                    double hazard = Consideration.hazard(
                            awareness.innovation()[s],
                            reach(awareness, g),
                            awareness.imitation()[s],
                            awareness.worldWeight(),
                            (double) using / size,
                            w.worldUse[s][g],
                            w.levers.news[s][g]);
                    double from = Math.max(adopters.reach(s, g), awareness.initial()[g]);
                    adopters.consider(s, g, Consideration.next(from, hazard), bench);
                }
            }
            for (int k = 0; k < w.offers.count; k++) {
                if (available[s][k] < availableBefore[s][k]) {
                    adopters.displace(s, available[s], bench);
                    break;
                }
            }
            adopters.choose(s, terms, utility[s], available[s], nonUse(w, s), bench);
            segmentSurplus[s] = meanLogsum(w, s, bench, size);
            surplus += segmentSurplus[s] * size / adopters.count;
            lockIn += adopters.switchingCostHeld(s, terms);
        }
        adopters.close();
        takeShares(w.offers);
    }

    private double reach(ModelParameters.Awareness awareness, int g) {
        Bloc origin = Stack.of(g).origin();
        boolean home = origin == homeOf || Stack.of(g) == Stack.OTHER && hasOtherLab;
        return home ? 1 : awareness.stackReach()[g];
    }

    private double nonUse(Surroundings w, int s) {
        ModelParameters.Choice c = w.p.choice();
        return AdopterChoice.nonUse(
                        c.nonUse()[s],
                        c.nonUseReadiness()[s],
                        readiness,
                        c.nonUseLanguage()[s],
                        facts.languageSupport())
                - AdopterChoice.timeWorth(c.timeWorth()[s], facts.income());
    }

    /** What takes the nation's social term out of the weights of nests again. */
    private void setNestFactors(Surroundings w, int s) {
        ModelParameters.Choice c = w.p.choice();
        for (int g = 0; g < Stack.COUNT; g++) {
            nestFactor[g] = DetMath.exp(
                    -AdopterChoice.socialTerm(c.social()[s], c.peerWeight(), userShare[g], 0) / c.useDissimilarity());
        }
    }

    private double meanLogsum(Surroundings w, int s, Adopters.Bench bench, int size) {
        setNestFactors(w, s);
        bench.weighSets(nestFactor);
        return bench.sumOfLogsums(adopters.consideringBy(s), 0) / size;
    }

    private void takeShares(Offers offers) {
        Arrays.fill(users, 0);
        for (int s = 0; s < segments; s++) {
            int[] inSegment = adopters.users(s);
            for (int k = 0; k < users.length; k++) {
                users[k] += inSegment[k];
            }
        }
        Arrays.fill(stackShare, 0);
        int using = 0;
        for (int k = 0; k < users.length; k++) {
            stackShare[offers.stack[k]] += users[k];
            using += users[k];
        }
        for (int g = 0; g < Stack.COUNT; g++) {
            userShare[g] = using == 0 ? 0 : stackShare[g] / using;
            stackShare[g] /= adopters.count;
        }
        stackShare[Stack.COUNT] = (double) (adopters.count - using) / adopters.count;
        lockIn = using == 0 ? 0 : lockIn / using;
        this.using = using;
    }

    // Phase TRUST -----------------------------------------------------------------------------------------------------

    /**
     * Suffers incidents, and works out next month's trust, fear of cut-off and regulation.
     *
     * @param w surroundings
     * @param others mean of other nations' trust, by bloc; null for a nation without ties
     */
    public void learn(Surroundings w, double[] others) {
        ModelParameters p = w.p;
        strike(w);
        for (Bloc bloc : BLOCS) {
            int b = bloc.ordinal();
            trustNext[b] = TrustUpdate.next(
                    trust[b],
                    anchor(p, bloc, w.levers.diplomacy[place][b]),
                    p.trust().anchorPull(),
                    others == null ? 0 : others[b],
                    others == null ? 0 : p.trust().networkPull(),
                    blocShare(bloc),
                    p.trust().usagePull());
            cutOff[b] = StanceValue.cutOffRisk(
                    cutOff[b],
                    p.stance().cutOffFloor()[b],
                    p.stance().cutOffDecay(),
                    p.stance().cutOffRise(),
                    seen[b]);
        }
        int misuse = 0;
        int breaches = 0;
        for (int b = 0; b < Bloc.COUNT; b++) {
            misuse += incidents[1][b];
            breaches += incidents[0][b];
        }
        ModelParameters.Regulation r = p.regulation();
        burden[OPEN_BURDEN] = Burden.next(
                burden[OPEN_BURDEN], r.decay(), r.response(), misuse, r.policyOpen() + w.levers.burden[place][0]);
        burden[API_BURDEN] = Burden.next(
                burden[API_BURDEN], r.decay(), r.response(), breaches, r.policyApi() + w.levers.burden[place][1]);
        internet += (1 - internet) * (1 - DetMath.pow(1 - p.population().internetGrowth(), 1 / 12.0));
    }

    private void strike(Surroundings w) {
        ModelParameters.Trust t = w.p.trust();
        double effect = w.p.regulation().effect();
        for (Bloc bloc : BLOCS) {
            int b = bloc.ordinal();
            decay(ShockKind.ACCESS, b, t.accessHalfLife());
            decay(ShockKind.SECURITY, b, t.incidentHalfLife());
            decay(ShockKind.MISUSE, b, t.incidentHalfLife());
            decay(ShockKind.BACKDOOR, b, t.backdoorHalfLife());
            double service = serviceShare(w.offers, bloc);
            double weights = blocShare(bloc) - service;
            double capability = bestOpen(w, bloc);
            long item = w.month * 3L + w.drawnAs(bloc).ordinal();
            incidentRate[0][b] = Incidents.securityRate(t.securityRate(), service, effect, burden[API_BURDEN]);
            incidentRate[1][b] = Incidents.misuseRate(t.misuseRate(), weights, capability, effect, burden[OPEN_BURDEN]);
            incidents[0][b] = Incidents.count(incidentRate[0][b], Draws.unit(Draws.bits(securityKey, item)));
            incidents[1][b] = Incidents.count(incidentRate[1][b], Draws.unit(Draws.bits(misuseKey, item)));
            shock[ShockKind.SECURITY.ordinal()][b] += incidents[0][b] * t.securityLoss();
            shock[ShockKind.MISUSE.ordinal()][b] += incidents[1][b] * t.misuseLoss();
            seen[b] = 0;
        }
        cutOffNow = false;
        for (Bloc power : POWERS) {
            double severity = accessShock(w, power);
            shock[ShockKind.ACCESS.ordinal()][power.ordinal()] += severity * t.accessShockLoss();
            seen[power.ordinal()] = severity;
        }
        for (int e = 0; e < w.levers.shocks.size(); e++) {
            Levers.Shock event = w.levers.shocks.get(e);
            if (event.nations().isEmpty() || event.nations().contains(place)) {
                double loss = switch (event.kind()) {
                    case ACCESS -> t.accessShockLoss();
                    case SECURITY -> t.securityLoss();
                    case MISUSE -> t.misuseLoss();
                    case BACKDOOR -> t.backdoorLoss();
                };
                shock[event.kind().ordinal()][event.by().ordinal()] += loss * event.size();
                if (event.kind() == ShockKind.ACCESS) {
                    int b = event.by().ordinal();
                    seen[b] = Math.min(1, seen[b] + event.size());
                }
            }
        }
    }

    private void decay(ShockKind kind, int b, double halfLife) {
        double z = shock[kind.ordinal()][b];
        if (z != 0) {
            shock[kind.ordinal()][b] = TrustUpdate.decayed(z, halfLife);
        }
    }

    /** How much of a power's revocation hits it: in full where it is cut off, in part where it is no ally and sees it. */
    private double accessShock(Surroundings w, Bloc power) {
        int tier = power == Bloc.US ? usTier : cnTier;
        if (tier < 0 || power == homeOf) {
            return 0;
        }
        double cutOffHere = w.accessShock[power.ordinal()][tier];
        cutOffNow |= cutOffHere > 0;
        boolean ally = tier == 0;
        double seenFromAfar = ally ? 0 : w.p.trust().accessShockSpillover() * w.worstAccessShock[power.ordinal()];
        return Math.max(cutOffHere, seenFromAfar);
    }

    private static double bestOpen(Surroundings w, Bloc bloc) {
        double best = 0;
        for (Lab lab : w.labs) {
            if (lab.bloc == bloc && lab.open() > best) {
                best = lab.open();
            }
        }
        return best;
    }

    /** Makes next month's trust this month's. */
    public void commit() {
        System.arraycopy(trustNext, 0, trust, 0, Bloc.COUNT);
    }

    // What others and outcomes read -----------------------------------------------------------------------------------

    /** Skill: readiness times the share online. */
    public double skill() {
        return readiness * internet;
    }

    /** Capacity for a programme of its own. */
    public double capacity() {
        return SovereignModel.capacity(readiness, DetMath.log(1 + facts.gdp() / 1e11));
    }

    /** Readiness in [0, 1]. */
    public double readiness() {
        return readiness;
    }

    /** Sovereignty preference V in [0, 1]. */
    public double preference() {
        return preference;
    }

    /** Share of people online. */
    public double internet() {
        return internet;
    }

    /**
     * Trust in a bloc, shocks apart.
     *
     * @param bloc bloc
     * @return τ in [0, 1]
     */
    public double trust(Bloc bloc) {
        return trust[bloc.ordinal()];
    }

    /**
     * Trust in a bloc as adopters see it.
     *
     * @param bloc bloc
     * @return τ_eff in [0, 1]
     */
    public double trustSeen(Bloc bloc) {
        return TrustUpdate.effective(trust[bloc.ordinal()], shock(bloc));
    }

    /**
     * What shocks take off trust in a bloc, of all kinds together.
     *
     * @param bloc bloc
     * @return z, logits
     */
    public double shock(Bloc bloc) {
        double sum = 0;
        for (int kind = 0; kind < ShockKind.COUNT; kind++) {
            sum += shock[kind][bloc.ordinal()];
        }
        return sum;
    }

    /** Stance in force. */
    public StancePosition stance() {
        return stance;
    }

    /**
     * Share of adopters on a stack; {@link Stack#COUNT} for none.
     *
     * @param g stack index
     * @return share in [0, 1]
     */
    public double share(int g) {
        return stackShare[g];
    }

    /**
     * Share of a stack among users.
     *
     * @param g stack index
     * @return share in [0, 1]
     */
    public double userShare(int g) {
        return userShare[g];
    }

    /**
     * Share of adopters on a bloc's models, by any channel; the nation's own model apart.
     *
     * @param bloc bloc
     * @return share in [0, 1]
     */
    public double blocShare(Bloc bloc) {
        return switch (bloc) {
            case US -> stackShare[Stack.US_CLOSED.ordinal()] + stackShare[Stack.US_OPEN.ordinal()];
            case CN -> stackShare[Stack.CN_API.ordinal()] + stackShare[Stack.CN_OPEN.ordinal()];
            case OTHER -> stackShare[Stack.OTHER.ordinal()];
        };
    }

    private double serviceShare(Offers offers, Bloc bloc) {
        int served = 0;
        for (int k = 0; k < users.length; k++) {
            if (offers.origin[k] == bloc && offers.channel[k] == Channel.API) {
                served += users[k];
            }
        }
        return (double) served / adopters.count;
    }

    /**
     * Dependence on a bloc: shares times revocability; nil at home.
     *
     * @param offers offers of the world
     * @param labs labs of the world
     * @param bloc bloc
     * @return in [0, 1]
     */
    public double dependence(Offers offers, Lab[] labs, Bloc bloc) {
        double sum = 0;
        for (int k = 0; k < users.length; k++) {
            boolean ofBloc = offers.lab[k] < 0
                    ? ownBase >= 0 && labs[ownBase].bloc == bloc
                    : offers.origin[k] == bloc && !home[k];
            if (ofBloc) {
                sum += users[k]
                        * switch (offers.channel[k]) {
                            case API -> REVOCABLE_API;
                            case HOST -> REVOCABLE_HOST;
                            case SELF -> REVOCABLE_SELF;
                            case OWN -> REVOCABLE_OWN;
                        };
            }
        }
        return sum / adopters.count;
    }

    /** Share of people who use AI: those online times the share of the first segment that uses something. */
    public double aiUsers() {
        int[] consumers = adopters.users(0);
        int size = adopters.start[1];
        return size == 0 ? 0 : internet * (size - consumers[consumers.length - 1]) / size;
    }

    /** Concentration of users over stacks (Herfindahl-Hirschman), 0 where nobody uses anything. */
    public double concentration() {
        double sum = 0;
        for (double share : userShare) {
            sum += share * share;
        }
        return sum;
    }

    /** Mean cost of a full switch that users hold, utils. */
    public double lockIn() {
        return lockIn;
    }

    /** Mean expected utility of adopters' best choice, without social term, switching and taste, utils. */
    public double surplus() {
        return surplus;
    }

    /** Burden of regulation on open weights. */
    public double burdenOpen() {
        return burden[OPEN_BURDEN];
    }

    /** Burden of regulation on services. */
    public double burdenApi() {
        return burden[API_BURDEN];
    }

    /**
     * Incidents of the month blamed on a bloc.
     *
     * @param misuse misuse of open weights if true, else breaches of services
     * @param bloc bloc
     * @return count
     */
    public int incidents(boolean misuse, Bloc bloc) {
        return incidents[misuse ? 1 : 0][bloc.ordinal()];
    }

    /**
     * Incidents of the month that were to be expected of a bloc, given use and burden: what the count is drawn from.
     *
     * @param misuse misuse of open weights if true, else breaches of services
     * @param bloc bloc
     * @return incidents a month
     */
    public double incidentRate(boolean misuse, Bloc bloc) {
        return incidentRate[misuse ? 1 : 0][bloc.ordinal()];
    }

    /**
     * Perceived risk of being cut off by a bloc.
     *
     * @param bloc bloc
     * @return in [0, 1]
     */
    public double cutOffRisk(Bloc bloc) {
        return cutOff[bloc.ordinal()];
    }

    /** Whether a power cut its use of models back this month. */
    public boolean cutOffThisMonth() {
        return cutOffNow;
    }

    /** Capability of its own model, points; NaN if there is none. */
    public double ownCapability() {
        return own;
    }

    /** Whether its own model is on offer. */
    public boolean hasOwn() {
        if (Double.isNaN(own)) {
            return false;
        }
        for (double[] offered : available) {
            if (offered.length > 0 && offered[offered.length - 1] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Adopters who use something. */
    public int using() {
        return using;
    }

    /**
     * Share of a segment's adopters to whom an offer is available.
     *
     * @param s segment
     * @param k offer
     * @return share in [0, 1]
     */
    public double available(int s, int k) {
        return available[s][k];
    }

    /**
     * Utility of an offer to a segment, without switching, taste and peers; negative infinity if it is not available.
     *
     * @param s segment
     * @param k offer
     * @return utils
     */
    public double utility(int s, int k) {
        return utility[s][k];
    }

    /**
     * Delivered price of an offer in the segment's unit; NaN if it is not available.
     *
     * @param s segment
     * @param k offer
     * @return price
     */
    public double price(int s, int k) {
        return available[s][k] > 0 ? price[s][k] : Double.NaN;
    }

    /**
     * Tokens that an adopter of a segment uses in 2026-08 at the nation's income.
     *
     * @param s segment
     * @return Mtok/month
     */
    public double volume(int s) {
        return volumeScale[s];
    }

    /**
     * People behind one adopter of the nation: those online over the number of adopters.
     *
     * @return people
     */
    public double peoplePerAdopter() {
        return facts.population() * internet / adopters.count;
    }
}
