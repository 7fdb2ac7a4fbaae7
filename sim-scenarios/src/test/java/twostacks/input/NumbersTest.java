package twostacks.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+3", ".4", "-.5", "5.", "1e-3", "1E6", "2.5e+7", "007"})
    void thisIsANumber(String text) {
        assertEquals(Double.parseDouble(text), Numbers.parse(text).doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "-", "1,5", "1_000", "0x1F", "NaN", ".inf", "1e", "1e12345", " 1", "1 ", "one", "٣"})
    void thisIsNoNumber(String text) {
        assertNull(Numbers.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.1, 0.1",
        "1e23, 1.0e23",
        "9007199254740992, 9007199254740992",
        "1408975000, 1408975000",
        "17794782000000, 17794782000000",
        "2.0e-3, 0.002",
        "1e-6, 0.000001",
        "1.25e-7, 1.25e-7",
        "-123.456, -123.456",
        "4.9e-324, 5.0e-324",
        "1.7976931348623157e308, 1.7976931348623157e308"
    })
    void numbersAreWrittenShort(double number, String text) {
        assertEquals(text, Numbers.text(number));
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameNumberAndIsNeverLongerThanTheVirtualMachinesOwn() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3_000; i++) {
            double number = i % 2 == 0 ? random.nextDouble() : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String text = Numbers.text(number);
                assertNotNull(Numbers.parse(text), text);
                assertEquals(number, Double.parseDouble(text));
                assertTrue(
                        Numbers.shortest(number).precision()
                                <= new java.math.BigDecimal(Double.toString(number)).precision(),
                        text);
            }
        }
    }

    @Test
    void monthsReadBackAsWritten() {
        for (int month = Months.of(1999, 12); month < Months.of(2101, 2); month++) {
            assertEquals(month, Months.parse(Months.text(month)));
        }
        assertEquals(2026 * 12 + 5, Months.parse("2026-06"));
        assertEquals(-1, Months.parse("2026-6"));
    }
}
