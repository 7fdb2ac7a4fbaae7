package twostacks.analysis.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

final class DecimalsTest {

    @Test
    void numbersAreRoundedAsTheirExactValueIs() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextDouble() - .5) * Math.pow(10, random.nextInt(20) - 6);
            int decimals = random.nextInt(12);
            BigDecimal expected = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
            String text = expected.signum() == 0 ? expected.abs().toPlainString() : expected.toPlainString();
            assertEquals(text, Decimals.text(value, decimals));
        }
        assertEquals("", Decimals.text(Double.NaN, 3));
        assertEquals("0.000", Decimals.text(-0.0001, 3));
        assertEquals("-0.500", Decimals.text(-.5, 3));
        assertEquals("0.13", Decimals.text(.125, 2));
        assertEquals("7", Decimals.text(7, 0));
    }
}
