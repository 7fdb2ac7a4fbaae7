package twostacks.experiment.design;

import java.util.List;

/**
 * Points in the unit cube of the factors. A design says any of its points by itself, so that a million of them need no
 * memory; the same kind, size and seed give the same points everywhere.
 */
public interface Design {
    /**
     * How many points there are.
     *
     * @return their number
     */
    int points();

    /**
     * The coordinates of a point.
     *
     * @param point its number, from 0
     * @param u takes a coordinate from 0 to 1 for each factor
     */
    void unit(int point, double[] u);

    /**
     * The part of the design that a point belongs to.
     *
     * @param point its number
     * @return {@code P} where a design has no parts
     */
    default String part(int point) {
        return "P";
    }

    /**
     * The place of a point within its part.
     *
     * @param point its number
     * @return the place, from 0
     */
    default int row(int point) {
        return point;
    }

    /**
     * The values that factors take at a point.
     *
     * @param point its number
     * @param factors the factors
     * @param u room for a coordinate for each factor; filled
     * @param values takes a value for each of the factors' axes
     */
    default void values(int point, List<Factor> factors, double[] u, double[] values) {
        unit(point, u);
        int at = 0;
        for (int f = 0; f < factors.size(); f++) {
            factors.get(f).values(u[f], values, at);
            at += factors.get(f).axes().size();
        }
    }
}
