package twostacks.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import twostacks.capability.CapabilityGrowth;
import twostacks.capability.Funding;
import twostacks.maths.DetMath;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Intervention;
import twostacks.price.ListPrice;
import twostacks.price.ServingCost;

/**
 * A lab: it receives compute, advances, releases and prices.
 *
 * <p>A lab's service is a line-up of models; each segment uses the one that suits it best at list prices. While history
 * is observed, the line-up is what was released. After it the lab releases by its own cadence, and the line-up keeps its
 * shape: each model stays as far behind the newest, and as much cheaper, as it was.
 */
public final class Lab {
    /** Months after which a model leaves the line-up. */
    private static final int SHELF_LIFE = 18;

    private record Model(double capability, double price, int month, String name) {}

    /** What the scenario says of it. */
    public final LabSpec spec;
    /** Its bloc. */
    public final Bloc bloc;

    private double internal;
    private double released;
    private double open = Double.NaN;
    private double openLicence;
    private double openCost = Double.NaN;
    private double markup;
    private double costFactor;
    private double computeShare;
    private double compute;
    private int cadence;
    private double sinceRelease;
    private double lastPrice;
    private final List<Model> lineUp = new ArrayList<>();
    private final double[] capabilityFor;
    private final double[] priceFor;
    private double listPrice;
    private double flagshipBefore = Double.NaN;
    private boolean reshape;
    private double[] shapeCapability;
    private double[] shapePrice;

    private double userShare;
    private double tokenShare;
    private double developerShare;
    private double users;
    private double revenue;
    private double revenueShareInBloc;
    private double userShareInBloc;

    /**
     * A lab at the start.
     *
     * @param spec what the scenario says of it
     * @param segments number of segments
     */
    public Lab(LabSpec spec, int segments) {
        this.spec = spec;
        bloc = spec.bloc();
        internal = spec.capability();
        released = spec.capability();
        open = spec.openCapability();
        openLicence = Double.isNaN(open) ? 0 : spec.licenceFreedom();
        markup = spec.markup();
        costFactor = spec.costFactor();
        lastPrice = spec.listPrice();
        listPrice = Double.NaN;
        computeShare = spec.computeShare();
        capabilityFor = new double[segments];
        priceFor = new double[segments];
        if (!Double.isNaN(released)) {
            lineUp.add(new Model(released, spec.listPrice(), 0, "start"));
        }
    }

    /**
     * Takes its compute of the month.
     *
     * @param training training compute of its bloc, million H100-equivalents
     * @param sumOfShares sum of the compute shares of the bloc's labs
     */
    public void receive(double training, double sumOfShares) {
        compute = sumOfShares > 0 ? training * computeShare / sumOfShares : 0;
    }

    /**
     * Advances, in a month that is not observed.
     *
     * @param p parameters
     * @param leader greatest compute of a lab
     * @param rivalry factor from rivalry
     * @param bestClosed best released model of another lab
     * @param bestOpen best published weights of another lab
     * @param slowing factor ≤ 1 on growth, from the years since the data end
     */
    public void advance(
            ModelParameters p, double leader, double rivalry, double bestClosed, double bestOpen, double slowing) {
        ModelParameters.Capability c = p.capability();
        double relative = leader > 0 ? compute / leader : 0;
        double start = Double.isNaN(internal) ? 0 : internal;
        double learnt = CapabilityGrowth.catchUp(
                Math.min(1, c.catchUp() * spec.catchUp()), c.openCatchUp(), start, bestClosed, bestOpen);
        internal = start
                + slowing
                        * CapabilityGrowth.own(
                                c.growth(), relative, c.computeElasticity(), rivalry, c.ecosystem(), developerShare)
                + learnt;
    }

    /**
     * Releases what it has, when its time has come.
     *
     * @param p parameters
     * @param stalled whether its releases wait
     * @param withheld whether it publishes no weights
     * @param pace months of work done in the month: 1, or the share of its bloc's use that compute can serve
     * @return true if it released
     */
    public boolean releaseOwn(ModelParameters p, boolean stalled, boolean withheld, double pace) {
        cadence = spec.releaseCadence() > 0
                ? spec.releaseCadence()
                : (int) Math.max(1, Math.rint(p.capability().releaseCadence()));
        sinceRelease += pace;
        if (stalled || sinceRelease < cadence || internal <= (Double.isNaN(released) ? -1 : released)) {
            return false;
        }
        sinceRelease = 0;
        released = internal;
        if (spec.openWeights() && !withheld) {
            open = internal;
            openLicence = spec.licenceFreedom();
        }
        return true;
    }

    /**
     * Takes a release that an event brings.
     *
     * @param release the release
     * @param month month, counted from the year 0
     * @param withheld whether it publishes no weights
     */
    public void release(Intervention.Release release, int month, boolean withheld) {
        double price = release.blendedPrice();
        if (Double.isNaN(price)) {
            price = lastPrice;
        } else {
            lastPrice = price;
        }
        if (shapeCapability != null && Double.isNaN(flagshipBefore)) {
            // What it sells by now is known by its shape alone; pricing makes models of that again.
            flagshipBefore = released;
            lineUp.clear();
        }
        lineUp.removeIf(m -> m.name().equals(release.model()));
        lineUp.add(new Model(release.capability(), price, month, release.model()));
        released = Double.isNaN(released) ? release.capability() : Math.max(released, release.capability());
        internal = Double.isNaN(internal) ? released : Math.max(internal, released);
        if (release.openWeights() && !withheld && !(release.capability() <= open)) {
            open = release.capability();
            openLicence = release.licenceFreedom();
        }
        reshape = true;
        sinceRelease = 0;
    }

    /**
     * Sets list prices and what each segment would use of the line-up.
     *
     * @param p parameters
     * @param month month, counted from the year 0
     * @param observed whether list prices are observed
     * @param congestion factor on its bloc's prices
     * @param subsidy share of cost that the state covers
     * @param factor factor that events put on its prices
     */
    public void price(
            ModelParameters p, int month, boolean observed, double congestion, double subsidy, double factor) {
        ModelParameters.Price price = p.price();
        openCost = Double.isNaN(open) ? Double.NaN : cost(price, open, month);
        if (Double.isNaN(released)) {
            listPrice = Double.NaN;
            return;
        }
        if (!observed) {
            costFactor = ListPrice.converged(costFactor, price.costConvergence());
        }
        double target = ListPrice.target(price.markupMin(), price.markupMax(), tokenShare);
        markup = Double.isNaN(markup) ? price.markupMin() : ListPrice.next(markup, target, price.markupSpeed());
        double cost = costFactor * cost(price, released, month);
        double formula = ListPrice.of(cost, congestion, markup, subsidy);
        if (observed) {
            sinceRelease++;
            leaveShelf(month);
            chooseFromLineUp(p, formula, factor);
            listPrice = flagshipPrice(formula) * factor;
            return;
        }
        if (shapeCapability == null || reshape) {
            takeShape(p, price, month, congestion, subsidy, formula);
            cost = costFactor * cost(price, released, month);
            formula = ListPrice.of(cost, congestion, markup, subsidy);
        }
        lastPrice = formula;
        listPrice = formula * factor;
        for (int s = 0; s < capabilityFor.length; s++) {
            capabilityFor[s] = released + shapeCapability[s];
            priceFor[s] = listPrice * shapePrice[s];
        }
    }

    private void leaveShelf(int month) {
        for (int i = lineUp.size() - 1; i >= 0; i--) {
            Model m = lineUp.get(i);
            if (month - m.month() > SHELF_LIFE && m.month() > 0 && m.capability() < released) {
                lineUp.remove(i);
            }
        }
    }

    private double flagshipPrice(double formula) {
        double best = Double.NEGATIVE_INFINITY;
        double price = formula;
        for (int i = 0; i < lineUp.size(); i++) {
            Model m = lineUp.get(i);
            if (m.capability() > best) {
                best = m.capability();
                price = Double.isNaN(m.price()) ? formula : m.price();
            }
        }
        return price;
    }

    private void chooseFromLineUp(ModelParameters p, double formula, double factor) {
        ModelParameters.Choice c = p.choice();
        for (int s = 0; s < capabilityFor.length; s++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < lineUp.size(); i++) {
                Model m = lineUp.get(i);
                double price = (Double.isNaN(m.price()) ? formula : m.price()) * factor;
                double value = c.capability()[s] * m.capability() / 10
                        - c.price()[s] * DetMath.log(1 + price * p.price().billedVolume()[s] / c.affordability()[s]);
                if (value > best) {
                    best = value;
                    capabilityFor[s] = m.capability();
                    priceFor[s] = price;
                }
            }
        }
    }

    /**
     * At the end of what is observed, and whenever an event brings a release after it: fits the cost factor to the price
     * of the line-up's best model, and keeps the line-up's shape.
     */
    private void takeShape(
            ModelParameters p,
            ModelParameters.Price price,
            int month,
            double congestion,
            double subsidy,
            double formula) {
        if (!Double.isNaN(flagshipBefore)) {
            double before = ListPrice.of(costFactor * cost(price, flagshipBefore, month), congestion, markup, subsidy);
            lineUp.add(0, new Model(flagshipBefore, before, month, "own"));
            for (int s = 0; s < shapePrice.length; s++) {
                lineUp.add(s, new Model(flagshipBefore + shapeCapability[s], before * shapePrice[s], month, "own"));
            }
            flagshipBefore = Double.NaN;
        }
        reshape = false;
        shapeCapability = new double[capabilityFor.length];
        shapePrice = new double[capabilityFor.length];
        if (lineUp.isEmpty()) {
            // Its first model is its own, at the price of the formula.
            Arrays.fill(shapePrice, 1);
            return;
        }
        chooseFromLineUp(p, formula, 1);
        double flagship = flagshipPrice(formula);
        double best = lineUp.stream().mapToDouble(Model::capability).max().orElseThrow();
        double atUnitFactor = ListPrice.of(cost(price, best, month), congestion, markup, subsidy);
        if (flagship > 0 && atUnitFactor > 0) {
            costFactor = flagship / atUnitFactor;
        }
        for (int s = 0; s < capabilityFor.length; s++) {
            shapeCapability[s] = capabilityFor[s] - best;
            shapePrice[s] = flagship > 0 ? priceFor[s] / flagship : 1;
        }
    }

    /**
     * Serving cost of a model at full load.
     *
     * @param price parameters
     * @param capability points
     * @param month month, counted from the year 0
     * @return USD/Mtok
     */
    public static double cost(ModelParameters.Price price, double capability, int month) {
        return ServingCost.of(
                price.referenceCost(),
                price.costSlope(),
                capability,
                price.referenceCapability(),
                price.costHalving(),
                price.costDeclineDecay(),
                month);
    }

    /**
     * Takes note of the month's use, which prices and funding read next month.
     *
     * @param ofUsers share of the world's users
     * @param ofTokens share of the world's tokens
     * @param ofDevelopers share of the world's developers on its open weights
     * @param number of users, millions
     * @param income revenue, million USD in the month
     */
    public void observe(double ofUsers, double ofTokens, double ofDevelopers, double number, double income) {
        userShare = ofUsers;
        tokenShare = ofTokens;
        developerShare = ofDevelopers;
        users = number;
        revenue = income;
    }

    /**
     * Takes its part of its bloc's funding.
     *
     * @param c parameters
     * @param revenueInBloc its share of the bloc's revenue
     * @param usersInBloc its share of the bloc's users
     * @param stateInBloc its share of the bloc's standing capital
     * @param sumOfShares sum of the compute shares of the bloc's labs
     */
    public void fund(
            ModelParameters.Capability c,
            double revenueInBloc,
            double usersInBloc,
            double stateInBloc,
            double sumOfShares) {
        revenueShareInBloc = revenueInBloc;
        userShareInBloc = usersInBloc;
        double target = Funding.share(
                c.fundingRevenue(),
                revenueShareInBloc,
                c.fundingMomentum(),
                userShareInBloc,
                c.fundingState(),
                stateInBloc);
        computeShare = sumOfShares * Funding.next(computeShare / sumOfShares, target, c.fundingSpeed());
    }

    /** Internal capability, points; NaN before the first model. */
    public double internal() {
        return internal;
    }

    /** Released capability, points; NaN before the first model. */
    public double released() {
        return released;
    }

    /** Capability of its best published weights, points; NaN if there are none. */
    public double open() {
        return open;
    }

    /** Serving cost of its best published weights at full load, USD/Mtok; NaN if there are none. */
    public double openCost() {
        return openCost;
    }

    /** Licence freedom of its best published weights. */
    public double openLicence() {
        return openLicence;
    }

    /** List price of its best model, USD/Mtok; NaN before the first model. */
    public double listPrice() {
        return listPrice;
    }

    /** Mark-up. */
    public double markup() {
        return markup;
    }

    /** Weight of its compute share in its bloc. */
    public double computeShare() {
        return computeShare;
    }

    /** Training compute, million H100-equivalents. */
    public double compute() {
        return compute;
    }

    /** Share of the world's users. */
    public double userShare() {
        return userShare;
    }

    /** Share of the world's tokens. */
    public double tokenShare() {
        return tokenShare;
    }

    /** Users, millions. */
    public double users() {
        return users;
    }

    /** Revenue, million USD in the month. */
    public double revenue() {
        return revenue;
    }

    /**
     * Capability of what a segment uses of its service.
     *
     * @param s segment
     * @return points
     */
    public double capabilityFor(int s) {
        return capabilityFor[s];
    }

    /**
     * List price of what a segment uses of its service.
     *
     * @param s segment
     * @return USD/Mtok
     */
    public double priceFor(int s) {
        return priceFor[s];
    }
}
