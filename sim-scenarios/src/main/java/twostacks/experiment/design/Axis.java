package twostacks.experiment.design;

import java.math.BigDecimal;
import twostacks.input.Numbers;

/**
 * A parameter that an experiment varies.
 *
 * @param name dotted name of the parameter
 * @param unit its unit
 * @param meaning what it means, as a phrase
 * @param min least value tried
 * @param max greatest value tried
 * @param whole whether it takes whole numbers only
 * @param decimals decimals of its values: what is run is what is written, to the last digit
 */
public record Axis(String name, String unit, String meaning, double min, double max, boolean whole, int decimals) {
    /** Digits in which the two ends of a range differ at least. */
    private static final int DIGITS = 7;

    private static final int MOST_DECIMALS = 12;
    /** From here on a double has no fraction. */
    private static final double WHOLE = 0x1p51;

    /**
     * The decimals that values between two ends need.
     *
     * @param min least value
     * @param max greatest value
     * @param finest least difference that matters, such as the range, or the lower end of a logarithmic one
     * @return as many that the finest difference has seven digits and both ends are exact
     */
    public static int decimals(double min, double max, double finest) {
        int needed = finest > 0 ? DIGITS - 1 - (int) Math.floor(StrictMath.log10(finest)) : 0;
        needed = Math.max(needed, Math.max(scale(min), scale(max)));
        int decimals = Math.max(0, Math.min(MOST_DECIMALS, needed));
        while (decimals > 0 && Math.max(Math.abs(min), Math.abs(max)) * StrictMath.pow(10, decimals) >= WHOLE) {
            decimals--;
        }
        return decimals;
    }

    /**
     * The decimals of a number as people write it.
     *
     * @param value a finite number
     * @return decimals of its shortest text
     */
    public static int scale(double value) {
        BigDecimal shortest = Numbers.shortest(value);
        return shortest.signum() == 0
                ? 0
                : Math.max(0, shortest.stripTrailingZeros().scale());
    }

    /**
     * A value as it is run and written.
     *
     * @param exact a value
     * @return the nearest number of the axis' decimals, within its ends
     */
    public double rounded(double exact) {
        double power = StrictMath.pow(10, decimals);
        return Math.min(max, Math.max(min, Math.rint(exact * power) / power)) + 0.0;
    }
}
