package twostacks.input;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Numbers as text, the same on every platform: which texts are numbers, and the shortest text that reads back as the same
 * number. ({@code Double.toString} gives another text before Java 19 than since.)
 */
public final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,4})?");
    private static final int LONGEST = 100;
    private static final int MOST_DIGITS = 17;

    private Numbers() {}

    /**
     * The number that a text is.
     *
     * @param text digits with or without sign, point and exponent: {@code 3}, {@code .4}, {@code 1e-3}
     * @return the exact number; null if the text is none
     */
    public static BigDecimal parse(String text) {
        return text.length() <= LONGEST && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /**
     * The shortest decimal that reads back as a number.
     *
     * @param value a finite number
     * @return the decimal nearest to it of the fewest digits that tell it from its neighbours
     */
    public static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
    }

    /**
     * The shortest text that reads back as a number.
     *
     * @param value a finite number
     * @return such as {@code 0.4}, {@code 1450935791}, {@code 1.5e-9}; no sign on zero
     */
    public static String text(double value) {
        return text(shortest(value));
    }

    /**
     * A decimal as text.
     *
     * @param number a decimal
     * @return plain digits where there are few, else with an exponent
     */
    public static String text(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal bare = number.stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        if (exponent >= -6 && exponent < 16) {
            return bare.toPlainString();
        }
        String digits = bare.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        return (bare.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "e" + exponent;
    }
}
