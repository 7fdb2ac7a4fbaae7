package twostacks.analysis.hindcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import twostacks.analysis.hindcast.Scorecard.Prediction;
import twostacks.analysis.hindcast.Scorecard.Score;

/** Scorecards of models that are known to be good or bad. */
final class ScorecardTest {
    private static final int NATIONS = 60;
    private static final int HALF = 2025 * 12;

    /** Figures that no fact of a nation tells, growing by a tenth in a half-year. */
    private static double truth(int nation, boolean later) {
        return (0.1 + 0.3 * (nation * 37 % NATIONS) / NATIONS) * (later ? 1.1 : 1);
    }

    private static Scorecard card(boolean good) {
        List<Covariates> facts = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        Random random = new Random(7);
        for (int n = 0; n < NATIONS; n++) {
            String code = "N" + (char) ('A' + n / 26) + (char) ('A' + n % 26);
            facts.add(new Covariates(code, random.nextDouble(), random.nextDouble(), random.nextDouble()));
            for (boolean later : new boolean[] {false, true}) {
                double[] sample = new double[40];
                double middle = good ? truth(n, later) + 0.01 * random.nextGaussian() : random.nextDouble();
                for (int i = 0; i < sample.length; i++) {
                    sample[i] = middle + 0.01 * random.nextGaussian();
                }
                int first = later ? HALF + 6 : HALF;
                predictions.add(new Prediction(
                        new Target(
                                code + later,
                                code,
                                later ? "2025-H2" : "2025-H1",
                                first,
                                first + 5,
                                "ai_user_share_working_age",
                                truth(n, later),
                                Double.NaN,
                                Double.NaN,
                                "high"),
                        sample,
                        ""));
            }
        }
        predictions.add(new Prediction(
                new Target("ODD", "WORLD", "2025", HALF, HALF, "no such metric", 1, Double.NaN, Double.NaN, "high"),
                new double[0],
                "no operator, \"none\""));
        List<String> codes = facts.stream().map(Covariates::iso3).toList();
        return new Scorecard(predictions, facts, new Folds(codes, 5, 1));
    }

    private static Score score(Scorecard card, String task, String predictor) {
        return card.scores().stream()
                .filter(s -> s.task().equals(task) && s.predictor().equals(predictor))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGoodModelBeatsFactsThatSayNothing() {
        Scorecard card = card(true);
        Score model = score(card, "level", Scorecard.MODEL);
        assertEquals(2 * NATIONS, model.count());
        assertTrue(model.meanAbsoluteError() < 0.012, () -> "error " + model.meanAbsoluteError());
        assertTrue(model.rankCorrelation() > 0.98, () -> "rank " + model.rankCorrelation());
        for (String baseline :
                List.of("mean of others", "ln GDP per head", "linear regression", "nearest neighbours")) {
            Score score = score(card, "level", baseline);
            assertTrue(score.meanAbsoluteError() > 4 * model.meanAbsoluteError(), baseline);
            assertTrue(Math.abs(score.rankCorrelation()) < 0.45, baseline);
        }
    }

    @Test
    void intervalsMadeOfErrorsElsewhereCoverNineInTen() {
        for (boolean good : new boolean[] {true, false}) {
            double coverage = score(card(good), "level", Scorecard.MODEL).coverage();
            assertTrue(coverage > 0.82 && coverage < 0.97, () -> "coverage " + coverage);
        }
    }

    @Test
    void intervalsOverRunsOfABadModelCoverLittle() {
        assertTrue(score(card(false), "level", Scorecard.MODEL).runCoverage() < 0.2);
        assertTrue(score(card(true), "level", Scorecard.MODEL).runCoverage() > 0.6);
    }

    @Test
    void aCommonGrowthIsFoundByOneFactor() {
        Scorecard card = card(false);
        assertEquals(0, score(card, "ahead", "one proportional factor").meanAbsoluteError(), 1e-12);
        double last = score(card, "ahead", "last value").meanAbsoluteError();
        assertTrue(last > 0.02 && last < 0.03, () -> "a tenth of a quarter: " + last);
    }

    @Test
    void aForecastKnowsOnlyGrowthBeforeItsPeriod() {
        List<Covariates> facts = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        double[] growth = {1, 1.1, 1.1 * 1.3};
        for (int n = 0; n < NATIONS; n++) {
            String code = "N" + (char) ('A' + n / 26) + (char) ('A' + n % 26);
            facts.add(new Covariates(code, n % 7, n % 5, n % 3));
            for (int k = 0; k < 3; k++) {
                double share = truth(n, false) / 2 * growth[k];
                int first = HALF + 6 * k;
                Target target = new Target(
                        code + k,
                        code,
                        "half " + k,
                        first,
                        first + 5,
                        "ai_user_share_working_age",
                        share,
                        Double.NaN,
                        Double.NaN,
                        "high");
                predictions.add(new Prediction(target, new double[] {share}, ""));
            }
        }
        Folds folds = new Folds(facts.stream().map(Covariates::iso3).toList(), 5, 1);
        Scorecard card = new Scorecard(predictions, facts, folds);
        assertEquals(
                2 * NATIONS, score(card, "ahead", "one proportional factor").count());
        assertEquals(0, score(card, "ahead", "one proportional factor").meanAbsoluteError(), 1e-12);
        Score forecast = score(card, "forecast", "one proportional factor");
        assertEquals(NATIONS, forecast.count(), "of the first period's growth there is no forecast");
        double mean = 0;
        for (int n = 0; n < NATIONS; n++) {
            mean += truth(n, false) / 2 * 1.1 / NATIONS;
        }
        assertEquals((1.3 - 1.1) * mean, forecast.meanAbsoluteError(), 1e-12);
        assertEquals(0, score(card, "forecast", Scorecard.MODEL_CHANGE).meanAbsoluteError(), 1e-12);
    }

    @Test
    void aCommonBiasOfASourceIsTakenOutByOneShiftAndAWrongOrderIsNot() {
        List<Covariates> facts = new ArrayList<>();
        List<Prediction> biased = new ArrayList<>();
        List<Prediction> shuffled = new ArrayList<>();
        for (int n = 0; n < NATIONS; n++) {
            String code = "N" + (char) ('A' + n / 26) + (char) ('A' + n % 26);
            facts.add(new Covariates(code, n % 7, n % 5, n % 3));
            Target target = new Target(
                    code,
                    code,
                    "2025-H1",
                    HALF,
                    HALF + 5,
                    "ai_user_share_working_age",
                    truth(n, false),
                    Double.NaN,
                    Double.NaN,
                    "high");
            biased.add(new Prediction(target, new double[] {Scores.moved(truth(n, false), -1)}, ""));
            shuffled.add(new Prediction(target, new double[] {Scores.moved(truth(NATIONS - 1 - n, false), -1)}, ""));
        }
        Folds folds = new Folds(facts.stream().map(Covariates::iso3).toList(), 5, 1);
        Scorecard known = new Scorecard(biased, facts, folds);
        assertTrue(score(known, "level", Scorecard.MODEL).meanAbsoluteError() > 0.1);
        assertEquals(0, score(known, "level", Scorecard.MODEL_SHIFTED).meanAbsoluteError(), 1e-8);
        Scorecard wrong = new Scorecard(shuffled, facts, folds);
        assertTrue(score(wrong, "level", Scorecard.MODEL_SHIFTED).meanAbsoluteError() > 0.05);
    }

    @Test
    void targetsWithoutAFigureAreListedWithTheReason() {
        Scorecard card = card(true);
        assertEquals(1, card.unmeasured().size());
        String[] lines = card.csv().lines().toArray(String[]::new);
        assertEquals(2 * NATIONS + 2, lines.length);
        assertTrue(lines[lines.length - 1].startsWith("ODD,WORLD,2025,no such metric,1.000000,"));
        assertTrue(lines[lines.length - 1].endsWith(",high,\"no operator, \"\"none\"\"\""));
        int columns = lines[0].split(",", -1).length;
        assertEquals(columns, lines[1].split(",", -1).length);
        assertFalse(card.csv().contains("NaN"));
        assertFalse(card.scoresCsv().contains("NaN"));
    }

    @Test
    void aBinIsMetByItsMiddleAndNotByItsNeighbour() {
        Target bin = new Target(
                "B", "NAA", "2025-H2", HALF + 6, HALF + 11, "deepseek_market_share_bin", 0.08, 0.055, 0.105, "high");
        Folds folds = new Folds(List.of("NAA", "NAB"), 2, 1);
        List<Covariates> facts = List.of(new Covariates("NAA", 1, 1, 1), new Covariates("NAB", 1, 1, 1));
        assertTrue(new Scorecard(List.of(new Prediction(bin, new double[] {0.07}, "")), facts, folds)
                .rows()
                .get(0)
                .inside());
        assertFalse(new Scorecard(List.of(new Prediction(bin, new double[] {0.12}, "")), facts, folds)
                .rows()
                .get(0)
                .inside());
    }
}
