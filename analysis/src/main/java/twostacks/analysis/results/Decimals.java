package twostacks.analysis.results;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers with fixed decimals, written digit by digit from a whole number: {@code Double.toString} differs between Java
 * versions.
 */
public final class Decimals {
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** From here on a double has no fraction. */
    private static final double WHOLE = 0x1p52;

    private Decimals() {}

    /**
     * A number as text, rounded as {@code new BigDecimal(x).setScale(decimals, HALF_UP)} rounds it.
     *
     * @param value number
     * @param decimals decimals, 0 to 15
     * @return text; empty for NaN, and zero has no sign
     */
    public static String text(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "";
        }
        double magnitude = Math.abs(value);
        double scaled = magnitude * POWERS[decimals];
        if (scaled >= WHOLE) {
            return new BigDecimal(value)
                    .setScale(decimals, RoundingMode.HALF_UP)
                    .toPlainString();
        }
        long whole = (long) scaled;
        double fraction = scaled - whole;
        if (fraction > .5 || (fraction == .5 && Math.fma(magnitude, POWERS[decimals], -scaled) >= 0)) {
            whole++;
        }
        String digits = Long.toString(whole);
        StringBuilder text = new StringBuilder(digits.length() + 4);
        if (value < 0 && whole != 0) {
            text.append('-');
        }
        if (decimals == 0) {
            return text.append(digits).toString();
        }
        int before = digits.length() - decimals;
        if (before > 0) {
            text.append(digits, 0, before).append('.').append(digits, before, digits.length());
        } else {
            text.append("0.").append("0".repeat(-before)).append(digits);
        }
        return text.toString();
    }
}
