package twostacks.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NationFactsTest {

    private static NationFacts kenya(String iso3, double people, double internet, double survey, double trust) {
        return new NationFacts(
                iso3,
                "Kenya",
                people,
                1.1e11,
                internet,
                -.2,
                "2",
                "2",
                false,
                List.of(),
                List.of(),
                new double[] {survey, .66, Double.NaN},
                .4,
                0,
                38,
                true,
                Map.of("NGA", 2.0),
                new double[] {trust, .5, .5});
    }

    @Test
    void factsAreEqualIfAllNumbersAre() {
        NationFacts one = kenya("KEN", 55e6, .41, .62, Double.NaN);
        assertEquals(one, kenya("KEN", 55e6, .41, .62, Double.NaN));
        assertEquals(one.hashCode(), kenya("KEN", 55e6, .41, .62, Double.NaN).hashCode());
        assertEquals(one.toString(), kenya("KEN", 55e6, .41, .62, Double.NaN).toString());
        assertTrue(one.toString().contains("0.62"), one::toString);
        assertNotEquals(one, kenya("KEN", 55e6, .41, .63, Double.NaN));
        assertNotEquals(one, kenya("KEN", 55e6, .41, .62, .5));
        assertNotEquals(one, kenya("KEN", 56e6, .41, .62, Double.NaN));
    }

    @Test
    void incomeIsOutputAHead() {
        assertEquals(2000, kenya("KEN", 55e6, .41, .62, .5).income());
        assertEquals(0, kenya("KEN", 0, .41, .62, .5).income());
    }

    @Test
    void whatTheEquationsCannotTakeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> kenya("KE", 55e6, .41, .62, .5));
        assertThrows(IllegalArgumentException.class, () -> kenya("KEN", -1, .41, .62, .5));
        assertThrows(IllegalArgumentException.class, () -> kenya("KEN", 55e6, 1.1, .62, .5));
        assertThrows(IllegalArgumentException.class, () -> kenya("KEN", 55e6, Double.NaN, .62, .5));
    }
}
