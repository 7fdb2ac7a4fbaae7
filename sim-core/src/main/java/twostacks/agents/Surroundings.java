package twostacks.agents;

import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;
import twostacks.policy.Levers;
import twostacks.policy.Stack;
import twostacks.population.Offers;
import twostacks.population.SegmentTerms;

/**
 * All that an agent may see this month: the law, the labs, the parameters, and what the world did last month. The world
 * refills it; agents only read it.
 */
public final class Surroundings {
    /** Month of the run, from 0. */
    public int month;
    /** Month counted from the year 0. */
    public int calendar;
    /** Whether history is observed this month. */
    public boolean observed;
    /** Parameters of the month. */
    public ModelParameters p;
    /** Law and prices in force. */
    public final Levers levers;
    /** What may be offered. */
    public final Offers offers;
    /** Labs. */
    public final Lab[] labs;
    /** What the labs sell this month. */
    public final Market market;
    /** Factors of the choice, by segment. */
    public final SegmentTerms[] terms;
    /** Share of the world's adopters of a segment who used a stack last month, by segment and stack. */
    public final double[][] worldUse;
    /** Share of would-be users of a bloc's services who are served. */
    public final double[] served = {1, 1, 1};
    /** Unit cost of a power's chips over that at the start. */
    public final double[] unitCost = {1, 1};
    /** Compute of the leading lab, million H100-equivalents. */
    public double leadingCompute;
    /** Factor ≤ 1 on growth of capability, from the years since the data end. */
    public double slowing = 1;
    /** Licensed share of a lab's services last month, by lab and tier. */
    public final double[][] licensedLastMonth;
    /** Severity of the month's access shock, by power and tier, for nations that use nothing of it. */
    public final double[][] accessShock = new double[2][Levers.TIER_COUNT];
    /** Greatest severity of the month's access shock anywhere, by power. */
    public final double[] worstAccessShock = new double[2];
    /** Whether draws are those of the mirror image. */
    public final boolean mirrored;
    /** Exposure to the origin by channel. */
    public final double[] exposure = new double[4];
    /** Local control by channel. */
    public final double[] localControl = new double[4];
    /** e^(growth of tokens per adopter since 2026-08). */
    public double volumeGrowth = 1;

    /**
     * Surroundings of a world.
     *
     * @param levers levers
     * @param offers offers
     * @param labs labs
     * @param segments number of segments
     * @param mirrored whether draws are those of the mirror image
     */
    public Surroundings(Levers levers, Offers offers, Lab[] labs, int segments, boolean mirrored) {
        this.levers = levers;
        this.offers = offers;
        this.labs = labs;
        this.mirrored = mirrored;
        market = new Market(segments, offers.count);
        terms = new SegmentTerms[segments];
        worldUse = new double[segments][Stack.COUNT];
        licensedLastMonth = new double[labs.length][Levers.TIER_COUNT];
    }

    /**
     * The bloc whose place in draws a bloc takes.
     *
     * @param bloc bloc
     * @return itself, or its mirror image in a mirrored world
     */
    public Bloc drawnAs(Bloc bloc) {
        return mirrored ? bloc.mirrored() : bloc;
    }
}
