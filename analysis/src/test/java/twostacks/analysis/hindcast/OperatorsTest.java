package twostacks.analysis.hindcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import twostacks.analysis.hindcast.UseHistory.Offer;

/** Operators on a world small enough to do by hand. */
final class OperatorsTest {
    private static final int JULY = 2025 * 12 + 6;
    private static final List<Offer> OFFERS = List.of(
            new Offer("OpenAI", "us_closed", true, false),
            new Offer("OpenAI", "us_open", false, true),
            new Offer("DeepSeek", "cn_api", true, false),
            new Offer("DeepSeek", "cn_open", false, false),
            new Offer("Alibaba", "cn_open", false, true));

    /** Two months, three nations of 100, 300 and 600 people, all online but half of Kenya's. */
    private static UseHistory world() {
        UseHistory h = new UseHistory(
                JULY,
                2,
                List.of("CHN", "KEN", "USA"),
                new double[] {600, 300, 100},
                List.of("consumer", "developer", "enterprise"),
                OFFERS);
        for (int month = 0; month < 2; month++) {
            h.nextMonth();
            h.nation(0, 1, 0.3, 0.9);
            h.nation(1, 0.5, 0.6, 0.7);
            h.nation(2, 1, 0.8, 0.2);
            double more = month * 0.1;
            h.segment(0, 0, 1, new double[] {0, 0, 0.4, 0.2, 0});
            h.segment(1, 0, 1, new double[] {0.3 + more, 0, 0.1, 0, 0});
            h.segment(2, 0, 1, new double[] {0.45, 0, 0.05, 0, 0});
            h.segment(0, 1, 1000, new double[] {0, 0, 1, 0, 0});
            h.segment(1, 1, 10, new double[] {0.2, 0.1, 0.2, 0.1, 0.3});
            h.segment(2, 1, 30, new double[] {0.6, 0, 0, 0.2, 0.2});
            for (int n = 0; n < 3; n++) {
                h.segment(n, 2, 1, new double[] {0.2, 0, 0.1 * n, 0, 0});
            }
        }
        return h;
    }

    private static double measured(String metric, String entity, int first, int last) {
        return Operators.measure(
                world(), new Target("T", entity, "", first, last, metric, 0, Double.NaN, Double.NaN, "high"));
    }

    @Test
    void usersAreOnlineAndUseSomething() {
        assertEquals(0.5, measured("ai_user_share_working_age", "USA", JULY, JULY + 1), 1e-12);
        assertEquals(0.5 * 0.45, measured("ai_user_share_working_age", "KEN", JULY, JULY + 1), 1e-12);
        assertEquals(
                0.6, measured("genai_penetration", "CHN", JULY, JULY), 1e-12, "China's own count sees all of them");
        assertEquals(
                0.6 * 0.154 / 0.365,
                measured("ai_user_share_working_age", "CHN", JULY, JULY),
                1e-12,
                "the series sees part");
    }

    @Test
    void theWorldIsWeightedByPeople() {
        double expected = (600 * 0.6 * 0.154 / 0.365 + 300 * 0.5 * 0.4 + 100 * 0.5) / 1000;
        assertEquals(expected, measured("ai_user_share_working_age", "WORLD", JULY, JULY), 1e-12);
        assertEquals(0.5, measured("ai_user_share_working_age", "GLOBAL_NORTH", JULY, JULY), 1e-12);
    }

    @Test
    void deepSeekIsCountedThroughAnyChannelAmongUsers() {
        assertEquals(1, measured("deepseek_market_share", "CHN", JULY, JULY), 1e-12);
        assertEquals(
                (0.1 / 0.4 + 0.1 / 0.5) / 2,
                measured("deepseek_market_share_bin", "KEN", JULY, JULY + 1),
                1e-12,
                "the mean of the months' shares");
        assertEquals(
                0.25 / 0.1,
                measured("deepseek_usage_relative_to_other_regions", "AFRICA", JULY, JULY),
                1e-12,
                "Africa over the rest without China");
    }

    @Test
    void aFirstLookAtAServiceIsAVisit() {
        int last = JULY + 1;
        Target target = new Target(
                "T", "WORLD", "", last, last, "chinese_share_of_llm_website_visits", 0, Double.NaN, Double.NaN, "high");
        double chinese = 300 * .5 * .1 + 100 * .05;
        double all = 300 * .5 * .5 + 100 * .5;
        assertEquals(chinese / all, Operators.measure(world(), target), 1e-12, "nobody is new");
        UseHistory told = world();
        told.newcomers(told.place("USA"), 0, .5, .3);
        double looks = Operators.FIRST_LOOK * 100;
        assertEquals((chinese + .3 * looks) / (all + .5 * looks), Operators.measure(told, target), 1e-12);
    }

    @Test
    void aMarketplaceSellsServicesAndHostedWeightsOutsideChina() {
        double chinese = 10 * 0.3 + 30 * 0.2;
        double american = 10 * 0.2 + 30 * 0.6;
        assertEquals(
                chinese / (chinese + american),
                measured("openrouter_chinese_share_of_cn_plus_us_tokens", "WORLD", JULY, JULY),
                1e-12);
        double run = 10 * 0.3 + 30 * 0.2;
        assertEquals(
                run / (run + 10 * 0.1),
                measured("share_of_new_finetunes_on_chinese_base", "WORLD", JULY, JULY),
                1e-12,
                "weights that developers run themselves");
    }

    @Test
    void whatCannotBeMeasuredIsNotANumber() {
        assertTrue(Double.isNaN(measured("openrouter_weekly_tokens_us_models", "WORLD", JULY, JULY)), "no operator");
        assertTrue(Double.isNaN(measured("ai_user_share_working_age", "FRA", JULY, JULY)), "no such nation");
        assertTrue(Double.isNaN(measured("ai_user_share_working_age", "USA", JULY, JULY + 2)), "after the end");
        assertTrue(Double.isNaN(measured("ai_user_share_working_age", "USA", JULY - 1, JULY)), "before the start");
    }

    @Test
    void everyOperatorSaysWhatItReads() {
        Operators.all().forEach((metric, o) -> {
            assertEquals(metric, o.metric());
            assertFalse(o.reads().isBlank(), metric);
            assertFalse(o.bias().isBlank(), metric);
        });
        assertTrue(Operators.all().size() >= 30);
    }
}
