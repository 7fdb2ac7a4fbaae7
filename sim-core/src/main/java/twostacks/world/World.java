package twostacks.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import sim.engine.Schedule;
import sim.engine.SimState;
import sim.engine.Steppable;
import twostacks.agents.GreatPower;
import twostacks.agents.Lab;
import twostacks.agents.LabSpec;
import twostacks.agents.Nation;
import twostacks.agents.NationFacts;
import twostacks.agents.Surroundings;
import twostacks.capability.CapabilityGrowth;
import twostacks.maths.DetMath;
import twostacks.maths.Growth;
import twostacks.parameters.Key;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.policy.Levers;
import twostacks.population.AdopterCounts;
import twostacks.population.Adopters;
import twostacks.population.Offers;
import twostacks.population.Population;
import twostacks.population.SegmentTerms;
import twostacks.price.Congestion;
import twostacks.price.ServingCost;

/**
 * The simulated world: a MASON {@link SimState} whose {@link Schedule} steps powers, labs and nations through the
 * {@linkplain Phase phases} of each month.
 *
 * <p>Nothing here depends on the order of nations: they stand by ISO 3166 code, everybody reads what was left by the
 * phases before, sums run in the order of codes, and every draw is keyed ({@link twostacks.random.Draws}). MASON's own
 * generator is never used.
 */
public final class World extends SimState {
    private static final long serialVersionUID = 1;
    private static final Bloc[] BLOCS = Bloc.values();
    private static final Bloc[] POWERS = {Bloc.US, Bloc.CN};

    /** What determines the run, seed and replicate apart. */
    public final transient WorldSpec spec;
    /** Seed, all 64 bits of it. */
    public final long seed;
    /** Replicate. */
    public final long replicate;

    private final transient List<NationFacts> facts;
    private final transient Nation[] nations;
    private final transient List<Nation> nationList;
    private final transient Lab[] labs;
    private final transient List<Lab> labList;
    private final transient GreatPower[] powers;
    private final transient Offers offers;
    private final transient Levers levers;
    private final transient Surroundings around;
    private final transient TrustNetwork network;
    private final transient List<DatedEvent> events;
    private final transient SpareThreads spare;
    private final transient Workers workers;
    private final transient ModelParameters baseline;
    private transient Map<String, Double> lastSet = Map.of();
    private final transient double[][] trustBefore;
    private final transient double[][] trustHeard;
    /** Place of each lab's home among the nations; −1 where it is not in the world. */
    private final transient int[] homes;

    private final transient double[] blocShares = new double[Bloc.COUNT];
    private final transient double[] congestion = new double[Bloc.COUNT];
    private final transient double[] bestReleased;
    private final transient double[] bestOpen;
    private final transient Ledger ledger;
    private final transient List<HappenedEvent> happened = new ArrayList<>();
    private final transient List<String> segmentNames;
    private transient Observer observer = world -> {};
    private transient int month;

    /**
     * A world on one thread.
     *
     * @param spec what determines the run
     * @param seed seed
     * @param replicate replicate
     */
    public World(WorldSpec spec, long seed, long replicate) {
        this(spec, seed, replicate, 1);
    }

    /**
     * A world whose nations act side by side.
     *
     * @param spec what determines the run
     * @param seed seed
     * @param replicate replicate
     * @param threads number of threads, ≥ 1; never changes a result
     */
    public World(WorldSpec spec, long seed, long replicate, int threads) {
        this(spec, seed, replicate, new SpareThreads(threads - 1));
    }

    /**
     * A world that is one of several.
     *
     * @param spec what determines the run
     * @param seed seed
     * @param replicate replicate
     * @param spare threads that may help with its nations; never change a result
     */
    public World(WorldSpec spec, long seed, long replicate, SpareThreads spare) {
        super(seed);
        this.spare = spare;
        this.spec = spec;
        this.seed = seed;
        this.replicate = replicate;
        baseline = spec.space().with(spec.overrides());
        segmentNames = spec.space().names(Key.SEGMENT);
        facts = spec.nations().stream()
                .sorted(Comparator.comparing(f -> spec.mirrored() ? Bloc.mirroredHome(f.iso3()) : f.iso3()))
                .toList();
        Map<String, Integer> nationPlaces = new LinkedHashMap<>();
        facts.forEach(f -> nationPlaces.put(f.iso3(), nationPlaces.size()));
        Map<String, Integer> labPlaces = new LinkedHashMap<>();
        spec.labs().forEach(l -> labPlaces.put(l.name(), labPlaces.size()));
        Map<String, Integer> segmentPlaces = new LinkedHashMap<>();
        segmentNames.forEach(s -> segmentPlaces.put(s, segmentPlaces.size()));
        List<Bloc> blocs = spec.labs().stream().map(LabSpec::bloc).toList();
        offers = new Offers(
                blocs, spec.labs().stream().map(LabSpec::channels).toList(), spec.ownOffers(), spec.mirrored());
        levers = new Levers(
                new Levers.Roster(nationPlaces, labPlaces, blocs, segmentPlaces, offers.count, offers::mask));
        labs = spec.labs().stream().map(l -> new Lab(l, segmentNames.size())).toArray(Lab[]::new);
        labList = List.of(labs);
        around = new Surroundings(levers, offers, labs, segmentNames.size(), spec.mirrored());
        around.p = baseline;
        powers = new GreatPower[Bloc.COUNT];
        for (Bloc b : BLOCS) {
            powers[b.ordinal()] = new GreatPower(b, baseline);
        }
        int[] sizes = sizes(baseline);
        nations = new Nation[facts.size()];
        for (int n = 0; n < nations.length; n++) {
            NationFacts f = facts.get(n);
            int bins = baseline.choice().tasteBins();
            Population adopters = baseline.population().mode() == ModelParameters.EXACT_COUNTS
                    ? new AdopterCounts(f.iso3(), seed, replicate, sizes, offers, bins, spec.mirrored())
                    : new Adopters(f.iso3(), seed, replicate, sizes, offers, bins, spec.mirrored());
            nations[n] = new Nation(
                    f, n, spec.labs(), adopters, sizes.length, offers, baseline, seed, replicate, spec.mirrored());
        }
        nationList = List.of(nations);
        network = new TrustNetwork(facts, nationPlaces, baseline.trust());
        events = spec.events().stream()
                .sorted(Comparator.comparingInt(DatedEvent::month))
                .toList();
        trustBefore = new double[nations.length][Bloc.COUNT];
        trustHeard = new double[nations.length][Bloc.COUNT];
        homes = spec.labs().stream()
                .mapToInt(l -> nationPlaces.getOrDefault(l.home(), -1))
                .toArray();
        bestReleased = new double[labs.length];
        bestOpen = new double[labs.length];
        workers = new Workers(spare, () -> new Adopters.Bench(offers));
        ledger = new Ledger(this);
    }

    /** Adopters of each segment: shares of the whole by largest remainder, so that they sum to it. */
    private static int[] sizes(ModelParameters p) {
        double[] shares = p.population().segmentShare();
        int total = p.population().adoptersPerNation();
        int[] sizes = new int[shares.length];
        double[] remainder = new double[shares.length];
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        int given = 0;
        for (int s = 0; s < shares.length; s++) {
            double exact = sum > 0 ? total * shares[s] / sum : 0;
            sizes[s] = (int) exact;
            remainder[s] = exact - sizes[s];
            given += sizes[s];
        }
        for (; given < total; given++) {
            int most = 0;
            for (int s = 1; s < shares.length; s++) {
                if (remainder[s] > remainder[most]) {
                    most = s;
                }
            }
            sizes[most]++;
            remainder[most] = -1;
        }
        return sizes;
    }

    /** Puts everybody on the schedule: one entry a phase and agent kind, in the order of {@link Phase}. */
    @Override
    public void start() {
        super.start();
        at(Phase.EVENTS, s -> holdEvents());
        at(Phase.POWERS, s -> powersAct());
        at(Phase.LABS, s -> labsAct());
        NationStep seeMarket = (nation, bench) -> nation.seeMarket(around);
        at(Phase.MARKET, s -> {
            ledger.takeWorldUse(around.worldUse);
            workers.each(nations, seeMarket);
        });
        NationStep reviewStance = (nation, bench) -> nation.reviewStance(around, bench);
        at(Phase.STANCES, s -> workers.each(nations, reviewStance));
        NationStep adopt = (nation, bench) -> nation.adopt(around, bench);
        at(Phase.ADOPTERS, s -> workers.each(nations, adopt));
        NationStep learn = (nation, bench) -> learn(nation);
        at(Phase.TRUST, s -> {
            noteTrust();
            workers.each(nations, learn);
            commitTrust();
        });
        at(Phase.RECORD, s -> record());
    }

    private void at(Phase phase, Steppable steppable) {
        schedule.scheduleRepeating(Schedule.EPOCH, phase.ordinal(), steppable, 1);
    }

    /** What a nation does with a worker's bench. */
    @FunctionalInterface
    interface NationStep {
        void step(Nation nation, Adopters.Bench bench);
    }

    /**
     * Runs all months.
     *
     * @param told told of each month when it is finished
     * @throws CancellationException if the thread is interrupted, which it stays; the months told of are whole
     */
    public void run(Observer told) {
        observer = told;
        spare.worldStarts();
        try {
            start();
            while (month < spec.months()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException(
                            "the run was interrupted after " + month + " of " + spec.months() + " months");
                }
                schedule.step(this);
            }
        } finally {
            spare.worldEnds();
        }
    }

    // Phase EVENTS ----------------------------------------------------------------------------------------------------

    // The parameters are the same object until an event changes one.
    @SuppressWarnings("ReferenceEquality")
    private void holdEvents() {
        around.month = month;
        around.calendar = spec.startMonth() + month;
        around.observed = around.calendar < spec.dataEnd();
        happened.clear();
        levers.clear();
        for (int e = 0; e < events.size(); e++) {
            DatedEvent event = events.get(e);
            if (event.inForce(around.calendar)) {
                boolean begins = event.month() == around.calendar;
                if (begins) {
                    event.what().begin(levers);
                    happened.add(HappenedEvent.scheduled(event));
                }
                event.what().apply(levers);
            } else if (event.announced(around.calendar)) {
                event.what().announce(levers);
            }
        }
        // Comparing two empty maps would allocate.
        boolean setsSome = !levers.parameters.isEmpty() || !lastSet.isEmpty();
        if (setsSome && !levers.parameters.equals(lastSet)) {
            lastSet = Map.copyOf(levers.parameters);
            Map<String, Double> all = new LinkedHashMap<>(spec.overrides());
            all.putAll(lastSet);
            around.p = lastSet.isEmpty() ? baseline : spec.space().with(all);
        }
        levers.fill(around.p);
        if (termsOf != around.p) {
            termsOf = around.p;
            for (int s = 0; s < around.terms.length; s++) {
                around.terms[s] = new SegmentTerms(around.p, s, offers);
            }
            setChannels(around.p);
        }
        double years = Math.max(0, (around.calendar - REFERENCE) / 12.0);
        around.slowing = DetMath.exp(-around.p.capability().growthDecay() * years);
        around.volumeGrowth = DetMath.exp(Growth.slowing(
                around.p.price().volumeGrowth(),
                years > 0 ? around.p.price().volumeGrowthDecay() : 0,
                (around.calendar - REFERENCE) / 12.0));
    }

    private static final int REFERENCE = ServingCost.REFERENCE_MONTH;

    private transient ModelParameters termsOf;

    private void setChannels(ModelParameters p) {
        around.exposure[Channel.API.ordinal()] = 1;
        around.exposure[Channel.HOST.ordinal()] = p.choice().exposureHost();
        around.exposure[Channel.SELF.ordinal()] = p.choice().exposureSelf();
        around.exposure[Channel.OWN.ordinal()] = p.choice().exposureSelf();
        around.localControl[Channel.API.ordinal()] = 0;
        around.localControl[Channel.HOST.ordinal()] = p.choice().localControlHost();
        around.localControl[Channel.SELF.ordinal()] = p.choice().localControlSelf();
        around.localControl[Channel.OWN.ordinal()] = 1;
    }

    // Phase POWERS ----------------------------------------------------------------------------------------------------

    private void powersAct() {
        ModelParameters p = around.p;
        for (Bloc power : POWERS) {
            GreatPower agent = powers[power.ordinal()];
            double lead = power == Bloc.US ? ledger.gapMonths() : -ledger.gapMonths();
            double adaptive = power == Bloc.US
                    ? p.exportControl().adaptive()
                    : p.exportControl().cnAdaptive();
            if (!around.observed && adaptive > 0) {
                agent.adapt(p.exportControl(), adaptive, lead);
            }
            double[] stringency = levers.chipStringency[power.ordinal()];
            int rival = Levers.TIER_COUNT - 1;
            stringency[rival] = Math.max(0, Math.min(1, stringency[rival] + agent.adaptive()));
        }
        for (Bloc bloc : BLOCS) {
            powers[bloc.ordinal()].receiveChips(
                    p.chips(), month, chipStringencyOn(bloc), levers.stockpiling[bloc.ordinal()]);
        }
        for (int power = 0; power < around.unitCost.length; power++) {
            around.unitCost[power] = powers[power].unitCost(p.chips().learning());
        }
        findAccessShocks();
    }

    /** Stringency a bloc faces: the rival's on its tier; elsewhere the powers' on the tiers of the labs' homes. */
    double chipStringencyOn(Bloc bloc) {
        int rival = Levers.TIER_COUNT - 1;
        if (bloc == Bloc.CN) {
            return levers.chipStringency[0][rival];
        }
        if (bloc == Bloc.US) {
            return levers.chipStringency[1][rival];
        }
        double weights = 0;
        double sum = 0;
        for (int l = 0; l < labs.length; l++) {
            Lab lab = labs[l];
            if (lab.bloc == Bloc.OTHER) {
                NationFacts home = homes[l] < 0 ? null : facts.get(homes[l]);
                int us = home == null ? 0 : Math.max(0, Levers.tier(Bloc.US, home.usTier()));
                int cn = home == null ? 0 : Math.max(0, Levers.tier(Bloc.CN, home.cnTier()));
                double open = (1 - levers.chipStringency[0][us]) * (1 - levers.chipStringency[1][cn]);
                sum += lab.spec.computeShare() * (1 - open);
                weights += lab.spec.computeShare();
            }
        }
        return weights > 0 ? sum / weights : 0;
    }

    /** Where licensed shares fell since last month: mean over a power's labs, by their use. */
    private void findAccessShocks() {
        for (int power = 0; power < 2; power++) {
            around.worstAccessShock[power] = 0;
            for (int tier = 0; tier < Levers.TIER_COUNT; tier++) {
                double lost = 0;
                double weights = 0;
                for (int lab = 0; lab < labs.length; lab++) {
                    if (labs[lab].bloc.ordinal() == power && !Double.isNaN(labs[lab].released())) {
                        // Nil before the first month: what nobody had is no loss.
                        double before = around.licensedLastMonth[lab][tier];
                        double weight = labs[lab].userShare() + 1e-6;
                        lost += weight * Math.max(0, before - levers.licensed[lab][tier]);
                        weights += weight;
                    }
                }
                double stated = levers.statedShock[power][tier];
                around.accessShock[power][tier] = !Double.isNaN(stated) ? stated : weights > 0 ? lost / weights : 0;
                around.worstAccessShock[power] =
                        Math.max(around.worstAccessShock[power], around.accessShock[power][tier]);
            }
        }
        for (int lab = 0; lab < labs.length; lab++) {
            System.arraycopy(levers.licensed[lab], 0, around.licensedLastMonth[lab], 0, Levers.TIER_COUNT);
        }
    }

    // Phase LABS ------------------------------------------------------------------------------------------------------

    private void labsAct() {
        ModelParameters p = around.p;
        Arrays.fill(blocShares, 0);
        for (Lab lab : labs) {
            blocShares[lab.bloc.ordinal()] += lab.computeShare();
        }
        double leader = 0;
        for (Lab lab : labs) {
            int b = lab.bloc.ordinal();
            lab.receive(powers[b].stock() * (1 - p.price().inferenceShare()), blocShares[b]);
            leader = Math.max(leader, lab.compute());
        }
        around.leadingCompute = leader;
        if (!around.observed) {
            advance(p, leader);
        }
        for (int r = 0; r < levers.releases.size(); r++) {
            Intervention.Release release = levers.releases.get(r);
            for (int l = 0; l < labs.length; l++) {
                if (labs[l].spec.name().equals(release.lab())) {
                    labs[l].release(release, around.calendar, levers.withheld[l]);
                }
            }
        }
        findCongestion(p);
        if (!around.observed) {
            for (int l = 0; l < labs.length; l++) {
                Lab lab = labs[l];
                if (lab.releaseOwn(p, levers.stalled[l], levers.withheld[l], around.served[lab.bloc.ordinal()])) {
                    happened.add(HappenedEvent.release(lab));
                }
            }
        }
        for (int l = 0; l < labs.length; l++) {
            int b = labs[l].bloc.ordinal();
            labs[l].price(p, around.calendar, around.observed, congestion[b], levers.subsidy[b], levers.priceFactor[l]);
        }
        around.market.open(around);
    }

    /** All labs advance from what was visible last month. */
    private void advance(ModelParameters p, double leader) {
        for (int l = 0; l < labs.length; l++) {
            bestReleased[l] = Double.isNaN(labs[l].released()) ? 0 : labs[l].released();
            bestOpen[l] = Double.isNaN(labs[l].open()) ? 0 : labs[l].open();
        }
        double gap = Math.abs(frontier(Bloc.US) - frontier(Bloc.CN));
        double rivalry = CapabilityGrowth.rivalry(
                p.capability().rivalry(), gap, p.capability().rivalryScale());
        for (int l = 0; l < labs.length; l++) {
            double released = 0;
            double open = 0;
            for (int other = 0; other < labs.length; other++) {
                if (other != l) {
                    released = Math.max(released, bestReleased[other]);
                    open = Math.max(open, bestOpen[other]);
                }
            }
            labs[l].advance(p, leader, rivalry, released, open, around.slowing);
        }
    }

    /** Congestion by bloc: last month's tokens through services, grown, against the bloc's capacity. */
    private void findCongestion(ModelParameters p) {
        Arrays.fill(congestion, 1);
        if (around.observed) {
            return;
        }
        for (int b = 0; b < Bloc.COUNT; b++) {
            double capacity = powers[b].stock()
                    * 1e6
                    * p.price().inferenceShare()
                    * p.price().tokensPerChip();
            // Those rationed away last month would come back if they could.
            double demand = ledger.serviceTokens(b) / Math.max(.01, around.served[b]);
            congestion[b] = Congestion.factor(
                    demand, capacity, p.price().demandElasticity(), p.price().congestionCap());
            around.served[b] = Congestion.served(demand, capacity, p.price().demandElasticity(), congestion[b]);
        }
    }

    /**
     * Best released model of a bloc.
     *
     * @param bloc bloc
     * @return points; 0 before the first
     */
    public double frontier(Bloc bloc) {
        double best = 0;
        for (Lab lab : labs) {
            if (lab.bloc == bloc && lab.released() > best) {
                best = lab.released();
            }
        }
        return best;
    }

    // Phase TRUST -----------------------------------------------------------------------------------------------------

    private void noteTrust() {
        for (int n = 0; n < nations.length; n++) {
            for (Bloc b : BLOCS) {
                trustBefore[n][b.ordinal()] = nations[n].trust(b);
            }
        }
    }

    private void learn(Nation nation) {
        double[] others = null;
        if (network.listens(nation.place)) {
            others = trustHeard[nation.place];
            network.mean(nation.place, trustBefore, others);
        }
        nation.learn(around, others);
    }

    private void commitTrust() {
        for (Nation nation : nations) {
            nation.commit();
        }
    }

    // Phase RECORD ----------------------------------------------------------------------------------------------------

    private void record() {
        ledger.close(happened);
        observer.month(this);
        month++;
    }

    // What outcomes read ----------------------------------------------------------------------------------------------

    /** The month that has just finished, counted from the year 0. */
    public int month() {
        return around.calendar;
    }

    /** The month that has just finished, counted from 0 at the start of the run. */
    public int monthOfRun() {
        return around.month;
    }

    /** Nations, in the order of their codes; in a mirrored world the powers' homes stand in each other's place. */
    public List<Nation> nations() {
        return nationList;
    }

    /** Labs, in the order of the scenario. */
    public List<Lab> labs() {
        return labList;
    }

    /**
     * The power at the head of a bloc.
     *
     * @param bloc bloc
     * @return the power
     */
    public GreatPower power(Bloc bloc) {
        return powers[bloc.ordinal()];
    }

    /** What is offered. */
    public Offers offers() {
        return offers;
    }

    /** Names of the segments. */
    public List<String> segments() {
        return segmentNames;
    }

    /** What agents saw this month. */
    public Surroundings surroundings() {
        return around;
    }

    /** Sums over nations. */
    public Ledger ledger() {
        return ledger;
    }

    /** What happened this month, events of the scenario first. */
    public List<HappenedEvent> happened() {
        return List.copyOf(happened);
    }

    Nation[] nationArray() {
        return nations;
    }

    Lab[] labArray() {
        return labs;
    }

    /**
     * Applies something to each nation in order; for tests and outcomes.
     *
     * @param action action
     */
    public void forEachNation(Consumer<Nation> action) {
        for (Nation nation : nations) {
            action.accept(nation);
        }
    }
}
