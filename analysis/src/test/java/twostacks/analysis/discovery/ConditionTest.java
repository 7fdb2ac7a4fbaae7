package twostacks.analysis.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twostacks.analysis.results.ResultException;

final class ConditionTest {
    private static final Condition.Names NAMES = new Condition.Names(
            List.of("a", "b:2030-12", "south.c@gdp"), List.of("price.cnSubsidy"), List.of("as-is", "tight"));
    private static final Map<String, Double> VALUES =
            Map.of("a", 3., "b:2030-12", 5., "south.c@gdp", -1., "a[tight]", 2., "a[as-is]", 2.5);

    private static Condition parse(String text) {
        return Condition.parse(text, NAMES);
    }

    @ParameterizedTest
    @CsvSource({
        "a > 2, true, 1",
        "a>3, false, 0",
        "a >= 3, true, 0",
        "a = 3, true, 0",
        "a != 3, false, 0",
        "2 < a, true, 1",
        "a < b:2030-12, true, 2",
        "a + b:2030-12 - 1 > 2 * south.c@gdp + 8.5, true, 0.5",
        "a > 2 and b:2030-12 > 6, false, -1",
        "a > 2 or b:2030-12 > 6, true, 1",
        "a < 2 or a > 2 and b:2030-12 < 6, true, 1",
        "(a < 2 or a > 2) and b:2030-12 > 6, false, -1",
        "not a > 2, false, -1",
        "not (a < 2 or south.c@gdp < -1.5e0), true, 0.5",
        "a[tight] < a[as-is], true, 0.5",
        "a[tight] - a[as-is] < -0.25, true, 0.25",
    })
    void aConditionHoldsByTheMarginThatItsComparisonsLeave(String text, boolean holds, double margin) {
        Condition condition = parse(text);
        assertEquals(holds, condition.holds(o -> VALUES.get(o.toString())));
        assertEquals(margin, condition.margin(o -> VALUES.get(o.toString())), 1e-12);
    }

    @Test
    void aMissingOutcomeLeavesTheMarginUnknown() {
        assertEquals(
                Double.NaN,
                parse("a > 1 or b:2030-12 > 1").margin(o -> o.outcome().equals("a") ? Double.NaN : 3));
        assertEquals(
                Double.NaN,
                parse("a > 1 and b:2030-12 > 1").margin(o -> o.outcome().equals("a") ? 3 : Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a > | 'a >', character 4: the end; expected an outcome or a number",
                "a 3 | 'a 3', character 3: '3'; expected one of <, <=, >, >=, =, !=",
                "a ~ 3 | 'a ~ 3', character 3: '~'; expected a number, an outcome, <, <=, >, >=, =, !=, and, or, not",
                "a > 3 b | 'a > 3 b', character 7: 'b'; expected 'and', 'or' or the end",
                "(a > 3 | '(a > 3', character 7: the end; expected ')'",
                "a > 3) | 'a > 3)', character 6: ')'; expected 'and', 'or' or the end",
                "1 < 2 | '1 < 2', character 1: a comparison of numbers; expected an outcome on either side",
                "and | 'and', character 1: 'and'; expected an outcome or a number",
                "a == 3 | 'a == 3', character 4: '='; expected an outcome or a number",
                "a > 3x | 'a > 3x', character 5: '3x'; expected a number, an outcome, <, <=, >, >=, =, !=, and, or, not",
            })
    void whatIsWrongIsToldWithItsPlaceAndWhatWouldBeRight(String text, String message) {
        assertEquals(
                message, assertThrows(ResultException.class, () -> parse(text)).getMessage());
    }

    @Test
    void aNameThatNothingHasComesWithThoseThatThereAre() {
        ResultException wrong = assertThrows(ResultException.class, () -> parse("a > 1 and b:2030-11 < 2"));
        assertEquals("b:2030-11", wrong.unknown());
        assertTrue(wrong.allowed().contains("b:2030-12"));
        assertTrue(wrong.getMessage().contains("character 11"), wrong.getMessage());
        assertEquals(
                "tihgt",
                assertThrows(ResultException.class, () -> parse("a[tihgt] < 1")).unknown());
        assertTrue(assertThrows(ResultException.class, () -> parse("price.cnSubsidy < 1"))
                .getMessage()
                .contains("is a factor"));
    }

    @Test
    void aConditionWithinAThousandOthersIsRefusedAndNotTheStack() {
        assertThrows(ResultException.class, () -> parse("(".repeat(5000) + "a > 1" + ")".repeat(1000)));
    }
}
