package twostacks.random;

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
        long set = 0;
        long undecided = -1L;
        long remaining = probability << 32;
        long base = block << 5;
        for (int digit = 0; digit < 32 && undecided != 0 && remaining != 0; digit++) {
            long draw = bits(key, base + digit);
            if (remaining < 0) {
                set |= undecided & ~draw;
                undecided &= draw;
            } else {
                undecided &= ~draw;
            }
            remaining <<= 1;
        }
        return set;
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
