package twostacks.agents;

import twostacks.chips.ComputeStock;
import twostacks.exportcontrol.ExportControlRule;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Bloc;

/**
 * A great power, and with it the compute of its bloc. The rest of the world is kept as a third one that controls nothing.
 */
public final class GreatPower {
    /** Its bloc. */
    public final Bloc bloc;

    private double stock;
    private double domestic;
    private double firstCumulative;
    private double cumulative;
    private double arriving;
    private double adaptive;

    /**
     * A power at the start.
     *
     * @param bloc its bloc
     * @param p parameters
     */
    public GreatPower(Bloc bloc, ModelParameters p) {
        this.bloc = bloc;
        stock = p.chips().stock()[bloc.ordinal()];
        domestic = p.chips().domestic()[bloc.ordinal()];
        // Learning starts from what a year at the first month's rate would make.
        firstCumulative = 12 * domestic;
        cumulative = firstCumulative;
    }

    /**
     * Moves its own adaptive rule with last month's gap.
     *
     * @param control parameters
     * @param weight how much of a step it takes, in (0, 1]
     * @param lead its lead over the other power, months
     */
    public void adapt(ModelParameters.ExportControl control, double weight, double lead) {
        adaptive = ExportControlRule.adapt(
                adaptive, lead, control.adaptiveTighten(), control.adaptiveRelax(), weight * control.adaptiveStep());
    }

    /**
     * Receives the month's chips.
     *
     * @param chips parameters
     * @param month month of the run, from 0
     * @param stringency that its bloc faces
     * @param stockpiling whether a stricter rule is announced
     */
    public void receiveChips(ModelParameters.Chips chips, int month, double stringency, boolean stockpiling) {
        int b = bloc.ordinal();
        double wouldBe = ComputeStock.wouldBe(chips.imports()[b], chips.worldGrowth(), chips.growthDecay(), month);
        arriving = ComputeStock.arriving(wouldBe, stringency, chips.leakage(), stockpiling ? chips.stockpiling() : 1);
        stock = ComputeStock.next(stock, chips.depreciation(), arriving, domestic);
        cumulative += domestic;
        // What is made this month was decided before; the control of this month raises what is made from the next on.
        domestic = ComputeStock.nextDomestic(domestic, chips.domesticGrowth()[b], chips.inducedGrowth(), stringency);
    }

    /** Compute of the bloc, million H100-equivalents. */
    public double stock() {
        return stock;
    }

    /** Domestic chip output, million H100-equivalents a month. */
    public double domestic() {
        return domestic;
    }

    /** Chips that arrived from abroad, million H100-equivalents in the month. */
    public double arriving() {
        return arriving;
    }

    /** What its adaptive rule adds to stringency. */
    public double adaptive() {
        return adaptive;
    }

    /**
     * Unit cost of its domestic chips over that at the start.
     *
     * @param learning Wright's exponent
     * @return factor
     */
    public double unitCost(double learning) {
        return ComputeStock.unitCost(cumulative, firstCumulative, learning);
    }
}
