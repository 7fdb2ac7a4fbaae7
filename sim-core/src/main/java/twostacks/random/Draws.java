package twostacks.random;

import java.util.Arrays;

/**
 * Keyed draws: each is a function of what it is for, never of when it is made.
 *
 * <p>A key is folded from parts (seed, replicate, purpose, nation, month, …) by {@link #key}; the draw for item i under
 * a key is {@code mix(key + (i + 1)·γ)} with γ the golden-ratio increment, that is SplitMix64's output function (Steele, Lea and
 * Flood 2014) with Stafford's variant 13 constants, on a counter whose start is the key. Two scenarios with one seed
 * therefore meet the same luck, and neither threads, nor the order of nations, nor an added nation change any draw.
 */
public final class Draws {
    /** Increment between items. */
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final double TO_UNIT = 0x1.0p-53;

    /** Blocks from which on {@link #bernoulli64(long, int, long, long[], long[], long[])} takes all of them together. */
    private static final int MANY = 32;
    /** Digits that it compares for all blocks; few have trials that are undecided then. */
    private static final int DIGITS = 10;

    private Draws() {}

    /**
     * Mixes 64 bits so that each output bit depends on all input bits; a bijection.
     *
     * @param z any value
     * @return mixed value
     */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * A key from a key and one more part.
     *
     * @param key key so far
     * @param part part to fold in
     * @return new key
     */
    public static long key(long key, long part) {
        return mix(mix(key + GAMMA) ^ (part * 0xD1B54A32D192ED03L + 0x8CB92BA72F3D8DD7L));
    }

    /**
     * The key of a run for a purpose.
     *
     * @param seed seed, all 64 bits of it
     * @param replicate replicate
     * @param purpose what the draws are for
     * @return key
     */
    public static long key(long seed, long replicate, Purpose purpose) {
        return key(key(key(0x74776F737461636BL, seed), replicate), purpose.ordinal());
    }

    /**
     * A part made from a code of letters, so that a nation's draws depend on its name and not on its place in a list.
     *
     * @param code code, such as an ISO 3166 alpha-3 one
     * @return part
     */
    public static long part(String code) {
        long part = 0;
        for (int i = 0; i < code.length(); i++) {
            part = part * 65537 + code.charAt(i);
        }
        return part;
    }

    /**
     * The 64 bits of item i under a key.
     *
     * @param key key
     * @param item item
     * @return bits
     */
    public static long bits(long key, long item) {
        return mix(key + (item + 1) * GAMMA);
    }

    /**
     * The draws of many items. All numbers of the loop have one length, so that the compiler makes vectors of it.
     *
     * @param key key
     * @param n how many
     * @param items the items; receives their draws
     */
    public static void bits(long key, int n, long[] items) {
        for (int i = 0; i < n; i++) {
            items[i] = bits(key, items[i]);
        }
    }

    /**
     * A uniform number from 64 bits.
     *
     * @param bits bits
     * @return number in [0, 1), a multiple of 2^−53
     */
    public static double unit(long bits) {
        return (bits >>> 11) * TO_UNIT;
    }

    /**
     * Sixty-four Bernoulli trials at once, one per bit.
     *
     * <p>Compares 64 uniform numbers, bit by bit from the most significant on, with p; on average eight draws decide all.
     *
     * @param key key
     * @param block which block of 64
     * @param probability p, in [0, 1], as a multiple of 2^−32 from {@link #threshold}
     * @return bits, each set with probability p
     */
    public static long bernoulli64(long key, long block, long probability) {
        if (probability >= 1L << 32) {
            return -1L;
        }
        return bernoulli64(key, block, probability, 0, -1L);
    }

    /** The same from a digit on, of those trials that are undecided yet. */
    private static long bernoulli64(long key, long block, long probability, int from, long undecided) {
        long set = 0;
        long left = undecided;
        long remaining = probability << 32 + from;
        long base = block << 5;
        for (int digit = from; digit < 32 && left != 0 && remaining != 0; digit++) {
            long draw = bits(key, base + digit);
            if (remaining < 0) {
                set |= left & ~draw;
                left &= draw;
            } else {
                left &= ~draw;
            }
            remaining <<= 1;
        }
        return set;
    }

    /**
     * The {@linkplain #bernoulli64(long, long, long) trials} of the first blocks. Where they are many, the first digits are
     * compared for all of them, in loops that the compiler makes vectors of.
     *
     * @param key key
     * @param blocks number of blocks
     * @param probability p, as a multiple of 2^−32
     * @param set receives the bits of each block
     * @param undecided room for as many words
     * @param draws room for as many words
     */
    public static void bernoulli64(long key, int blocks, long probability, long[] set, long[] undecided, long[] draws) {
        if (blocks < MANY || probability >= 1L << 32) {
            for (int block = 0; block < blocks; block++) {
                set[block] = bernoulli64(key, block, probability);
            }
            return;
        }
        Arrays.fill(set, 0, blocks, 0);
        Arrays.fill(undecided, 0, blocks, -1);
        for (int digit = 0; digit < DIGITS; digit++) {
            for (int block = 0; block < blocks; block++) {
                draws[block] = (long) block << 5 | digit;
            }
            bits(key, blocks, draws);
            long one = probability << 32 + digit >> 63;
            for (int block = 0; block < blocks; block++) {
                set[block] |= undecided[block] & ~draws[block] & one;
            }
            for (int block = 0; block < blocks; block++) {
                undecided[block] &= draws[block] ^ ~one;
            }
        }
        for (int block = 0; block < blocks; block++) {
            if (undecided[block] != 0) {
                set[block] |= bernoulli64(key, block, probability, DIGITS, undecided[block]);
            }
        }
    }

    /**
     * A probability as {@link #bernoulli64} takes it.
     *
     * @param p probability
     * @return p·2^32, rounded, within [0, 2^32]
     */
    public static long threshold(double p) {
        return p <= 0 ? 0 : p >= 1 ? 1L << 32 : (long) (p * 4294967296.0 + .5);
    }
}
