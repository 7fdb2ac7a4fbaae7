package twostacks.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Stack;

/**
 * What may be offered in a world: each lab through each of its channels, and the nation's own model.
 *
 * <p>Offers stand by stack, then by lab in the scenario's order, then by channel. That order is the one in which a draw
 * is turned into a choice, so it is part of the model; in a mirrored world the two powers' stacks change places.
 */
public final class Offers {
    /** Distance class: the same offer. */
    public static final int SAME = 0;
    /** Distance class: the same family through another channel. */
    public static final int FAMILY = 1;
    /** Distance class: another family of the same stack. */
    public static final int STACK = 2;
    /** Distance class: anything else. */
    public static final int OTHER = 3;
    /** Distance class of a move: to or from using none. */
    public static final int NONE = 4;

    /** Number of offers. */
    public final int count;
    /** Lab of each offer; −1 for the nation's own. */
    public final int[] lab;
    /** Channel of each offer. */
    public final Channel[] channel;
    /** Bloc of origin of each offer. */
    public final Bloc[] origin;
    /** Stack index of each offer; {@code stack[count]} is {@link Stack#COUNT}, for none. */
    public final int[] stack;
    /** Stack indices in the order of draws. */
    public final int[] stackOrder;
    /** Position of the stack of each offer in the order of draws; {@code positionOf[count]} is {@link Stack#COUNT}, for none. */
    final byte[] positionOf;
    /** Sets of stacks, one bit per stack, in the order in which sums run over them. */
    public final int[] setOrder;
    /** First offer of each stack, by stack index. */
    public final int[] first;
    /** Past the last offer of each stack, by stack index. */
    public final int[] end;
    /** Index of the nation's own offer; −1 if there is none. */
    public final int own;

    final byte[] distance;
    private final byte[] move;
    private final boolean[] related;

    /**
     * Lists the offers of labs.
     *
     * @param origins bloc of each lab
     * @param channels channels of each lab
     * @param ownOffers whether nations may have a model of their own
     * @param mirrored whether the two powers' stacks change places in the order
     */
    public Offers(List<Bloc> origins, List<List<Channel>> channels, boolean ownOffers, boolean mirrored) {
        List<int[]> rows = new ArrayList<>();
        stackOrder = new int[Stack.COUNT];
        first = new int[Stack.COUNT];
        end = new int[Stack.COUNT];
        for (int position = 0; position < Stack.COUNT; position++) {
            Stack s = mirrored ? Stack.of(position).mirrored() : Stack.of(position);
            stackOrder[position] = s.ordinal();
            first[s.ordinal()] = rows.size();
            for (int p = 0; p < origins.size(); p++) {
                for (Channel c : Channel.values()) {
                    if (channels.get(p).contains(c) && Stack.of(origins.get(p), c) == s) {
                        rows.add(new int[] {p, c.ordinal()});
                    }
                }
            }
            if (s == Stack.SOVEREIGN && ownOffers) {
                rows.add(new int[] {-1, Channel.OWN.ordinal()});
            }
            end[s.ordinal()] = rows.size();
        }
        setOrder = new int[1 << Stack.COUNT];
        for (int at = 0; at < setOrder.length; at++) {
            for (int position = 0; position < Stack.COUNT; position++) {
                setOrder[at] |= (at >> position & 1) << stackOrder[position];
            }
        }
        count = rows.size();
        if (count > MOST) {
            throw new IllegalArgumentException("a world has at most " + MOST + " offers, not " + count);
        }
        lab = new int[count];
        channel = new Channel[count];
        origin = new Bloc[count];
        stack = new int[count + 1];
        stack[count] = Stack.COUNT;
        positionOf = new byte[count + 1];
        positionOf[count] = Stack.COUNT;
        for (int k = 0; k < count; k++) {
            lab[k] = rows.get(k)[0];
            channel[k] = Channel.values()[rows.get(k)[1]];
            origin[k] = lab[k] < 0 ? Bloc.OTHER : origins.get(lab[k]);
            stack[k] = Stack.of(origin[k], channel[k]).ordinal();
            positionOf[k] = (byte) position(stack[k]);
        }
        own = ownOffers ? first[Stack.SOVEREIGN.ordinal()] : -1;
        distance = new byte[count * count];
        related = new boolean[count * Stack.COUNT];
        for (int j = 0; j < count; j++) {
            for (int k = 0; k < count; k++) {
                int d = j == k ? SAME : lab[j] >= 0 && lab[j] == lab[k] ? FAMILY : stack[j] == stack[k] ? STACK : OTHER;
                distance[j * count + k] = (byte) d;
                related[j * Stack.COUNT + stack[k]] |= d != OTHER;
            }
        }
        move = new byte[(count + 1) * (count + 1)];
        Arrays.fill(move, (byte) NONE);
        for (int j = 0; j < count; j++) {
            System.arraycopy(distance, j * count, move, j * (count + 1), count);
        }
    }

    /** Most offers a world can have: one bit each. */
    public static final int MOST = 62;

    /**
     * Distance class of two offers; symmetric.
     *
     * @param j offer
     * @param k offer
     * @return {@link #SAME}, {@link #FAMILY}, {@link #STACK} or {@link #OTHER}
     */
    public int distance(int j, int k) {
        return distance[j * count + k];
    }

    /**
     * Distance class of a move.
     *
     * @param from offer, or {@link #count} for none
     * @param to another offer, or {@link #count} for none
     * @return that of the two offers, or {@link #NONE}
     */
    int move(int from, int to) {
        return move[from * (count + 1) + to];
    }

    /** The place of a stack in the order of draws. */
    int position(int g) {
        int position = 0;
        while (stackOrder[position] != g) {
            position++;
        }
        return position;
    }

    /**
     * Whether a stack holds an offer that is nearer than {@link #OTHER} to an offer.
     *
     * @param j offer
     * @param g stack index
     * @return true if so
     */
    public boolean related(int j, int g) {
        return related[j * Stack.COUNT + g];
    }

    /**
     * Offers of a lab or origin through some channels.
     *
     * @param ofOrigin bloc; null for any
     * @param ofLabs labs; empty for any
     * @param through channels; empty for any
     * @return one bit per offer
     */
    public long mask(Bloc ofOrigin, int[] ofLabs, List<Channel> through) {
        long mask = 0;
        for (int k = 0; k < count; k++) {
            boolean hit = lab[k] >= 0
                    && (ofOrigin == null || origin[k] == ofOrigin)
                    && (ofLabs.length == 0 || contains(ofLabs, lab[k]))
                    && (through.isEmpty() || through.contains(channel[k]));
            if (hit) {
                mask |= 1L << k;
            }
        }
        return mask;
    }

    private static boolean contains(int[] labs, int wanted) {
        for (int each : labs) {
            if (each == wanted) {
                return true;
            }
        }
        return false;
    }
}
