package twostacks.agents;

import twostacks.adoption.AdopterChoice;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Channel;
import twostacks.population.Offers;
import twostacks.price.DeliveredPrice;

/**
 * The market of the month, as far as it is the same in every nation: what labs sell, how capable it is, at what price.
 * A nation adds its own trust, skills, law and stance, and its own model ({@link Nation#seeMarket}).
 *
 * <p>Columns by offer. What is not sold has capability and price 0, so that arithmetic over all offers meets no NaN; a
 * nation's own model is never sold here.
 */
public final class Market {
    /** Whether a lab has what the offer needs: a released model for a service, published weights else. */
    final boolean[] sold;
    /** Capability term of E1, by segment and offer, utils. */
    final double[][] capability;
    /** By segment and offer, USD/Mtok: a service's list price, a host's price, the hardware's cost of weights run at home. */
    final double[][] perMtok;
    /** Licence freedom of the weights; 0 for services. */
    final double[] licence;
    /** Exposure to the origin. */
    final double[] exposure;
    /** Local control in a nation that is not the lab's home. */
    final double[] control;

    Market(int segments, int offers) {
        sold = new boolean[offers];
        capability = new double[segments][offers];
        perMtok = new double[segments][offers];
        licence = new double[offers];
        exposure = new double[offers];
        control = new double[offers];
    }

    /**
     * Takes down what the labs sell this month.
     *
     * @param w surroundings, with labs that have set their prices
     */
    public void open(Surroundings w) {
        Offers offers = w.offers;
        for (int k = 0; k < offers.count; k++) {
            Channel channel = offers.channel[k];
            boolean service = channel == Channel.API;
            Lab lab = offers.lab[k] < 0 ? null : w.labs[offers.lab[k]];
            sold[k] = lab != null && !Double.isNaN(service ? lab.released() : lab.open());
            licence[k] = lab == null ? 1 : service ? 0 : lab.openLicence();
            exposure[k] = w.exposure[channel.ordinal()];
            control[k] = w.localControl[channel.ordinal()];
            for (int s = 0; s < capability.length; s++) {
                capability[s][k] = sold[k] ? capabilityTerm(w.p, s, service ? lab.capabilityFor(s) : lab.open()) : 0;
                perMtok[s][k] = sold[k] ? perMtok(w.p.price(), s, channel, lab) : 0;
            }
        }
    }

    static double capabilityTerm(ModelParameters p, int s, double capability) {
        return AdopterChoice.capabilityTerm(
                p.choice().capability()[s], capability, p.choice().capabilityReference());
    }

    private static double perMtok(ModelParameters.Price price, int s, Channel channel, Lab lab) {
        return switch (channel) {
            case API -> lab.priceFor(s);
            case HOST -> DeliveredPrice.host(lab.openCost(), price.hostMargin());
            case SELF, OWN -> lab.openCost();
        };
    }
}
