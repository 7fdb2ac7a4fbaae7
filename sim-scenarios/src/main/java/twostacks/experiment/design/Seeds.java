package twostacks.experiment.design;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Generators for designs, one for each purpose, so that what one draws shifts no other. */
final class Seeds {
    private Seeds() {}

    static UniformRandomProvider generator(long seed, long purpose) {
        return RandomSource.SPLIT_MIX_64.create(mix(seed ^ mix(purpose + 1)));
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
