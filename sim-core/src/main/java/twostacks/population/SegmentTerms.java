package twostacks.population;

import twostacks.adoption.AdopterChoice;
import twostacks.adoption.Taste;
import twostacks.adoption.Tenure;
import twostacks.maths.DetMath;
import twostacks.maths.FixedPower;
import twostacks.parameters.ModelParameters;
import twostacks.policy.Stack;

/**
 * Factors of the choice that are the same for all adopters of a segment in all nations: what would otherwise be an
 * exponential per adopter. Each is e to a term of {@link AdopterChoice} over a dissimilarity.
 */
public final class SegmentTerms {
    /** Bits of a tenure, {@link Tenure#LONG} at most. */
    private static final int TENURE_BITS = 5;

    /** Index of the segment in the parameters' arrays. */
    public final int segment;
    /** ρ. */
    public final double rho;
    /** ρ_A. */
    public final double rhoUse;
    /** ρ/ρ_A, what a nest's sum of weights is raised to. */
    final double nestExponent;
    /** The same, for many. */
    final FixedPower nestPower;
    /** e^(−φ·d·lockIn/ρ), by tenure bin and distance class. */
    final double[][] within;
    /** e^(−φ·lockIn/ρ_A): a whole nest at full distance, by tenure bin. */
    final double[] wholeNest;
    /** e^(−φ·d_none·lockIn/ρ_A): a whole nest from using none, by tenure bin. */
    final double[] fromNone;
    /** e^(−φ·d_none·lockIn): using none, from an offer, by tenure bin. */
    final double[] toNone;
    /**
     * e^(ς·z·sign/ρ_A) of a stack, 0 if it is not considered: by what an adopter considers and its taste bin
     * ({@link Adopters#personOf}), {@link ChoiceTables#STRIDE} entries each, and position of the stack.
     */
    final double[] personal;
    /**
     * e^(J·λ·c/m/ρ_A), by number of peers m who use something, and number c on the stack: rows of 2^{@link #peersBits}, as
     * many as each is long.
     */
    final double[] peers;
    /** Bits of a number of peers. */
    final int peersBits;
    /** Whether peers matter. */
    final boolean peersMatter;
    /** Number of peers. */
    final int degree;
    /** Rewiring probability as a multiple of 2^−32. */
    final long rewiring;
    /** Review probability as a multiple of 2^−32. */
    final long review;
    /** Switching cost at long tenure of each distance class, φ·d. */
    final double[] cost;
    /** Distance of each class, and of none at index {@link Offers#NONE}. */
    final double[] distances;
    /** Tenure kept on a move, by distance class and tenure so far. */
    private final byte[] kept;
    /** Lock-in by tenure bin. */
    final double[] lockIn;
    /** Bounds of x^ρ_A. */
    final PowerBound powerBound;

    /**
     * Factors of a segment.
     *
     * @param p parameters
     * @param segment index of the segment
     * @param offers offers of the world
     */
    public SegmentTerms(ModelParameters p, int segment, Offers offers) {
        ModelParameters.Choice c = p.choice();
        this.segment = segment;
        rho = Math.min(c.nestDissimilarity(), c.useDissimilarity());
        rhoUse = c.useDissimilarity();
        nestExponent = rho / rhoUse;
        nestPower = new FixedPower(nestExponent);
        powerBound = new PowerBound(rhoUse);
        distances = new double[] {0, c.distanceFamily(), c.distanceStack(), 1, c.distanceNone()};
        kept = new byte[distances.length << TENURE_BITS];
        for (int d = 0; d < distances.length; d++) {
            for (int months = 0; months <= Tenure.LONG; months++) {
                kept[d << TENURE_BITS | months] = (byte) Tenure.kept(months, distances[d]);
            }
        }
        double phi = c.switching()[segment];
        within = new double[Tenure.BINS][4];
        wholeNest = new double[Tenure.BINS];
        fromNone = new double[Tenure.BINS];
        toNone = new double[Tenure.BINS];
        lockIn = new double[Tenure.BINS];
        for (int b = 0; b < Tenure.BINS; b++) {
            lockIn[b] = Tenure.lockIn(b, c.lockInTime());
            for (int d = 0; d < 4; d++) {
                within[b][d] = DetMath.exp(-AdopterChoice.switchingCost(phi, distances[d], lockIn[b]) / rho);
            }
            wholeNest[b] = DetMath.exp(-AdopterChoice.switchingCost(phi, 1, lockIn[b]) / rhoUse);
            double none = AdopterChoice.switchingCost(phi, distances[4], lockIn[b]);
            fromNone[b] = DetMath.exp(-none / rhoUse);
            toNone[b] = DetMath.exp(-none);
        }
        cost = new double[] {0, phi * distances[1], phi * distances[2], phi, phi * distances[4]};
        double[] z = Taste.values(c.tasteBins());
        personal = new double[ChoiceTables.STRIDE * z.length << Stack.COUNT];
        for (int b = 0; b < z.length; b++) {
            for (int position = 0; position < Stack.COUNT; position++) {
                int g = offers.stackOrder[position];
                int sign = Stack.of(g).origin().sign();
                double taste = DetMath.exp(AdopterChoice.tasteTerm(c.tasteSpread()[segment], z[b], sign) / rhoUse);
                for (int considered = 0; considered < 1 << Stack.COUNT; considered++) {
                    int person = b << Stack.COUNT | considered;
                    personal[person * ChoiceTables.STRIDE + position] = (considered >> g & 1) * taste;
                }
            }
        }
        degree = p.population().peers();
        double j = c.social()[segment];
        peersMatter = j > 0 && c.peerWeight() > 0 && degree > 0;
        peersBits = 32 - Integer.numberOfLeadingZeros(degree);
        peers = new double[1 << 2 * peersBits];
        for (int m = 0; m <= degree; m++) {
            for (int n = 0; n <= m; n++) {
                double share = m == 0 ? 0 : (double) n / m;
                peers[m << peersBits | n] = DetMath.exp(AdopterChoice.socialTerm(j, c.peerWeight(), 0, share) / rhoUse);
            }
        }
        rewiring = twostacks.random.Draws.threshold(p.population().rewiring());
        review = twostacks.random.Draws.threshold(c.review()[segment]);
    }

    /**
     * Tenure kept on a move.
     *
     * @param distance distance class
     * @param tenure tenure so far, 0 to {@link Tenure#LONG}
     * @return months
     */
    int kept(int distance, int tenure) {
        return kept[distance << TENURE_BITS | tenure];
    }
}
