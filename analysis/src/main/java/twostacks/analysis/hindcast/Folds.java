package twostacks.analysis.hindcast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * Which entities are held out together. All figures of an entity are in one fold, whatever their date and family, so
 * that nothing of a country held out is known.
 */
public final class Folds {
    private final int count;
    private final Map<String, Integer> folds = new LinkedHashMap<>();

    /**
     * Deals entities into folds of equal size: shuffled by a seed, from the order of their codes.
     *
     * @param entities entities, repeated or not
     * @param count number of folds, at least 2
     * @param seed seed of the shuffle
     */
    public Folds(Collection<String> entities, int count, long seed) {
        if (count < 2) {
            throw new IllegalArgumentException("cross-validation needs at least two folds, not " + count);
        }
        this.count = count;
        List<String> left = new ArrayList<>(new TreeSet<>(entities));
        MersenneTwister random = new MersenneTwister(seed);
        int next = 0;
        while (!left.isEmpty()) {
            folds.put(left.remove(random.nextInt(left.size())), next);
            next = (next + 1) % count;
        }
    }

    /**
     * Number of folds.
     *
     * @return number
     */
    public int count() {
        return count;
    }

    /**
     * Fold of an entity.
     *
     * @param entity entity
     * @return fold from 0; −1 for an entity that was not dealt
     */
    public int of(String entity) {
        return folds.getOrDefault(entity, -1);
    }
}
