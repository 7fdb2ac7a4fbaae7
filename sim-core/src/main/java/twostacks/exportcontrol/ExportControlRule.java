package twostacks.exportcontrol;

/**
 * <b>Who may supply what to whom</b> (E6): the licensed share of a lab's services by destination tier, and the adaptive
 * rule of a power that moves chip stringency with the capability gap.
 */
public final class ExportControlRule {
    private ExportControlRule() {}

    /**
     * Share of would-be users in a nation to whom a vendor's service is available. The same adopters are licensed at
     * every stricter share.
     *
     * @param home whether the nation is the vendor's home power's own tier, which is never a target
     * @param licensedShare licensed share of the tier: 1 open, 0 denied
     * @param embargoed whether the power embargoes the nation
     * @param coverage share of would-be users whom an embargo keeps out; others get round it (foreign accounts, resellers,
     *     VPN)
     * @return in [0, 1]
     */
    public static double available(boolean home, double licensedShare, boolean embargoed, double coverage) {
        if (home) {
            return 1;
        }
        return embargoed ? Math.min(1 - coverage, licensedShare) : licensedShare;
    }

    /**
     * Step added to chip stringency by an adaptive power: a step up when the gap falls under one threshold, a step down
     * above another.
     *
     * @param added what it has added so far, in [−1, 1]
     * @param gap lead over the rival, months
     * @param tighten gap below which it tightens
     * @param relax gap above which it relaxes
     * @param step step a month
     * @return what it has added from now on
     */
    public static double adapt(double added, double gap, double tighten, double relax, double step) {
        if (gap < tighten) {
            return Math.min(1, added + step);
        }
        return gap > relax ? Math.max(-1, added - step) : added;
    }

    /**
     * Penalty of using what a power sanctions, where secondary sanctions are on.
     *
     * @param penalty parameter of the segment, utils
     * @param weight of the sanctions in force
     * @param exposure of the nation to the sanctioning power, from {@link #exposure}
     * @return utils ≥ 0, to be subtracted
     */
    public static double secondary(double penalty, double weight, double exposure) {
        return penalty * weight * exposure;
    }

    /**
     * How much a power's sanctions bite in a nation: from 0 two standard deviations against it to 1 two in favour.
     *
     * @param alignment with the power, standard deviations
     * @return in [0, 1]
     */
    public static double exposure(double alignment) {
        return Math.max(0, Math.min(1, .5 + alignment / 4));
    }
}
