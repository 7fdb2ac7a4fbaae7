package twostacks.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Consideration;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Stack;
import twostacks.population.Offers;

/**
 * One nation, four segments with the default parameters and a market that only the month moves: what the engine, the port
 * to C and plain MASON all run.
 *
 * <p>Utilities are quotients of whole numbers, so that they have the same bits everywhere. Offers come out one after
 * another; twice one of them is for a while available to a part of the adopters only, so that rationing and displacement
 * take part. The nation's social term and the spread of consideration follow the adopters' own shares, and the nation is
 * its own world.
 */
final class BenchmarkCase {
    /** Code of the nation; draws are keyed by it. */
    static final String NATION = "XBM";
    /** Months of a run: 2023-01 to 2035-12. */
    static final int MONTHS = 156;
    /** Numbers of offers there is a roster for. */
    static final List<Integer> ROSTERS = List.of(5, 10, 14, 30);

    private static final double READINESS = .6;
    private static final int STEP = -150;

    /** Utility in thousandths at month 0, by segment and stack. */
    private static final int[][] BASE = {
        {600, -900, 100, -1200, -700, -800},
        {300, 0, 200, 300, -200, -500},
        {200, 100, -900, -400, -100, -200},
        {300, 200, -1500, -300, 100, 500}
    };
    /** Thousandths a month, by stack. */
    private static final int[] TREND = {12, 11, 14, 13, 10, 12};
    /** Month in which the first offer comes out, by stack; each further one comes 9 months later. */
    private static final int[] RELEASE = {0, 6, 3, 18, 6, 40};

    /** Parameters. */
    final ModelParameters p;
    /** Offers. */
    final Offers offers;
    /** Adopters of each segment. */
    final int[] sizes;
    /** Utility of using none, by segment. */
    final double[] nonUse;
    /** Whether peers matter. */
    final boolean peers;

    /**
     * A case.
     *
     * @param adopters number of adopters
     * @param roster number of offers, one of {@link #ROSTERS}
     * @param peers whether peers matter
     * @param overrides parameters that differ from their baseline
     */
    BenchmarkCase(int adopters, int roster, boolean peers, Map<String, Double> overrides) {
        this.peers = peers;
        Map<String, Double> all = new java.util.TreeMap<>(overrides);
        if (!peers) {
            all.put("choice.peerWeight", 0.0);
        }
        p = ParameterSpace.ofDefaults().with(all);
        offers = offers(roster);
        if (offers.count != roster) {
            throw new IllegalStateException("the roster of " + roster + " offers has " + offers.count);
        }
        double[] share = p.population().segmentShare();
        sizes = new int[share.length];
        double sum = 0;
        int given = 0;
        for (int s = 0; s < share.length; s++) {
            sum += share[s];
            int end = s == share.length - 1 ? adopters : (int) (adopters * sum + .5);
            sizes[s] = end - given;
            given = end;
        }
        nonUse = new double[share.length];
        for (int s = 0; s < share.length; s++) {
            nonUse[s] = AdopterChoice.nonUse(p.choice().nonUse()[s], p.choice().nonUseReadiness()[s], READINESS, 0, 1);
        }
    }

    private static Offers offers(int roster) {
        List<Channel> api = List.of(Channel.API);
        List<Channel> self = List.of(Channel.SELF);
        List<Channel> apiSelf = List.of(Channel.API, Channel.SELF);
        List<Channel> all = List.of(Channel.API, Channel.HOST, Channel.SELF);
        Bloc us = Bloc.US;
        Bloc cn = Bloc.CN;
        Bloc other = Bloc.OTHER;
        return switch (roster) {
            case 5 -> new Offers(List.of(us, us, cn, other), List.of(api, self, apiSelf, api), false, false);
            case 10 ->
                new Offers(List.of(us, us, cn, cn, other), List.of(api, apiSelf, all, apiSelf, api), true, false);
            case 14 ->
                new Offers(List.of(us, us, us, cn, cn, other), List.of(api, api, all, all, all, apiSelf), true, false);
            case 30 ->
                new Offers(
                        List.of(us, us, us, us, us, us, cn, cn, cn, cn, cn, other, other, other),
                        List.of(
                                api, api, api, all, all, apiSelf, api, all, all, all, apiSelf, apiSelf, apiSelf,
                                apiSelf),
                        true,
                        false);
            default -> throw new IllegalArgumentException("there are rosters of " + ROSTERS + " offers, not " + roster);
        };
    }

    /**
     * Share of adopters to whom an offer is available.
     *
     * @param month month
     * @param k offer
     * @return share in [0, 1]
     */
    double available(int month, int k) {
        int g = offers.stack[k];
        int within = k - offers.first[g];
        if (month < RELEASE[g] + 9 * within) {
            return 0;
        }
        if (within == 0 && g == Stack.US_CLOSED.ordinal() && month >= 41 && month < 47) {
            return .4;
        }
        if (within == 0 && g == Stack.CN_API.ordinal() && month >= 100 && month < 112) {
            return .8;
        }
        return 1;
    }

    /**
     * Utility of an offer, without the social term.
     *
     * @param month month
     * @param s segment
     * @param k offer
     * @return utils; negative infinity if not available
     */
    double utility(int month, int s, int k) {
        int g = offers.stack[k];
        return available(month, k) == 0
                ? Double.NEGATIVE_INFINITY
                : (BASE[s][g] + STEP * (k - offers.first[g]) + TREND[g] * month) / 1000.0;
    }

    /** Availability of all offers, by month and offer. */
    double[][] availableTable() {
        double[][] table = new double[MONTHS][offers.count];
        for (int month = 0; month < MONTHS; month++) {
            for (int k = 0; k < offers.count; k++) {
                table[month][k] = available(month, k);
            }
        }
        return table;
    }

    /** Utilities of all offers, by month, segment and offer. */
    double[][][] utilityTable() {
        double[][][] table = new double[MONTHS][sizes.length][offers.count];
        for (int month = 0; month < MONTHS; month++) {
            for (int s = 0; s < sizes.length; s++) {
                for (int k = 0; k < offers.count; k++) {
                    table[month][s][k] = utility(month, s, k);
                }
            }
        }
        return table;
    }

    /**
     * Share of a segment that considers a stack after a month in which it can be had.
     *
     * @param s segment
     * @param g stack
     * @param before share before the month
     * @param users share of the segment's adopters who use the stack
     * @return share after the month
     */
    double nextReach(int s, int g, double before, double users) {
        ModelParameters.Awareness a = p.awareness();
        double hazard = Consideration.hazard(
                a.innovation()[s], a.stackReach()[g], a.imitation()[s], a.worldWeight(), users, users, 0);
        return Consideration.next(Math.max(before, a.initial()[g]), hazard);
    }

    /**
     * Social term that all of the nation share.
     *
     * @param s segment
     * @param userShare share of the stack among the nation's users
     * @return utils
     */
    double social(int s, double userShare) {
        return AdopterChoice.socialTerm(p.choice().social()[s], p.choice().peerWeight(), userShare, 0);
    }

    /**
     * Shares of stacks among all users.
     *
     * @param users users by segment and offer
     * @param into receives the shares by stack; 0 where nobody uses anything
     */
    void userShares(int[][] users, double[] into) {
        Arrays.fill(into, 0);
        int using = 0;
        for (int[] ofSegment : users) {
            for (int k = 0; k < offers.count; k++) {
                into[offers.stack[k]] += ofSegment[k];
                using += ofSegment[k];
            }
        }
        for (int g = 0; g < Stack.COUNT; g++) {
            into[g] = using == 0 ? 0 : into[g] / using;
        }
    }
}
