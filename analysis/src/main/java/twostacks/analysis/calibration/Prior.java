package twostacks.analysis.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is believed of a parameter beforehand: every value of a range alike.
 *
 * @param name name of the parameter
 * @param low lower end
 * @param high upper end
 */
public record Prior(String name, double low, double high) {
    private static final int DECIMALS = 9;

    /** Checks the range. */
    public Prior {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(name + " has the range [" + low + ", " + high + "]");
        }
    }

    /**
     * The value at a place in the range, with nine decimals, so that its text is all of it.
     *
     * @param place place in [0, 1]; what is outside counts as the nearest end
     * @return value in [low, high]
     */
    public double at(double place) {
        double value = low + (high - low) * Math.max(0, Math.min(1, place));
        double rounded =
                new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
        return Math.max(low, Math.min(high, rounded));
    }

    /**
     * The place of a value in the range.
     *
     * @param value value
     * @return place, in [0, 1] for a value within
     */
    public double place(double value) {
        return (value - low) / (high - low);
    }
}
