package twostacks.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "form, from, 1", "'', abc, 3", "same, same, 0", "ca, abc, 3"})
    void distanceCountsEditsAndExchangesOfNeighbours(String a, String b, int distance) {
        assertEquals(distance, Nearest.distance(a, b));
        assertEquals(distance, Nearest.distance(b, a));
    }

    @Test
    void aNameInAnotherCaseIsNearest() {
        assertEquals("OpenAI", Nearest.to("openai", List.of("Open", "OpenAI")));
    }

    @Test
    void whatIsLikeNothingHasNoNearest() {
        assertEquals("", Nearest.to("banana", List.of("horizon", "seed")));
        assertEquals("", Nearest.to("4", List.of("1", "2")));
        assertEquals("", Nearest.to("a".repeat(100_000), List.of("a")));
    }
}
