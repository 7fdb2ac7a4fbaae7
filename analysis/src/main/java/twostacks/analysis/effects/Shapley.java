package twostacks.analysis.effects;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Shapley values (Shapley 1953): the one division of a total among causes that adds up to it, treats causes alike that
 * act alike, gives nothing to what does nothing, and of two totals added gives the sum of both divisions. A cause's value
 * is the mean, over all orders in which the causes could set in, of what it adds when its turn comes:
 *
 * <p>φ<sub>c</sub> = Σ<sub>S ∌ c</sub> |S|! (k − |S| − 1)! / k! · (v(S ∪ c) − v(S)).
 */
public final class Shapley {
    private Shapley() {}

    /**
     * Divides a total.
     *
     * @param values value of each set of causes, as bits: nothing at 0, all causes last; 2<sup>k</sup> of them
     * @return a value for each of the k causes
     */
    public static double[] values(double[] values) {
        int causes = Integer.numberOfTrailingZeros(values.length);
        if (values.length != 1 << causes) {
            throw new IllegalArgumentException("a value for each set of causes is needed, not " + values.length);
        }
        double[] weights = new double[causes];
        for (int size = 0; size < causes; size++) {
            weights[size] = 1 / (causes * binomial(causes - 1, size));
        }
        double[] shapley = new double[causes];
        for (int set = 0; set < values.length; set++) {
            for (int c = 0; c < causes; c++) {
                if ((set >>> c & 1) == 0) {
                    shapley[c] += weights[Integer.bitCount(set)] * (values[set | 1 << c] - values[set]);
                }
            }
        }
        return shapley;
    }

    private static double binomial(int n, int k) {
        double result = 1;
        for (int i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return result;
    }

    /**
     * Rounds parts so that they still add up: each down, and what is left to those that lose most by it (Hamilton's
     * method of largest remainders).
     *
     * @param parts parts
     * @param total their sum, as it will be rounded
     * @param decimals decimals kept
     * @return parts in units of the last decimal; their sum is the total, rounded half up, in the same unit
     */
    public static long[] rounded(double[] parts, double total, int decimals) {
        double unit = Math.pow(10, decimals);
        long whole = new java.math.BigDecimal(total)
                .setScale(decimals, java.math.RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
        long[] units = new long[parts.length];
        long left = whole;
        for (int i = 0; i < parts.length; i++) {
            units[i] = (long) Math.floor(parts[i] * unit);
            left -= units[i];
        }
        int[] order = IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> units[i] - parts[i] * unit))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; left != 0 && order.length > 0; i = (i + 1) % order.length) {
            long step = Long.signum(left);
            units[step > 0 ? order[i] : order[order.length - 1 - i]] += step;
            left -= step;
        }
        assert Arrays.stream(units).sum() == whole;
        return units;
    }
}
