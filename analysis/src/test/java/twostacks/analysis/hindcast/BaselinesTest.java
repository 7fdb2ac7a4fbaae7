package twostacks.analysis.hindcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.analysis.hindcast.Baselines.Pair;

/** Baselines find what they are made to find. */
final class BaselinesTest {

    @Test
    void regressionsFindALine() {
        List<Covariates> facts = new ArrayList<>();
        double[] figures = new double[20];
        for (int i = 0; i < figures.length; i++) {
            Covariates c = new Covariates("N" + i, 6 + i * 0.3, i % 5 - 2, i % 3 == 0 ? 0 : 1);
            facts.add(c);
            figures[i] = 0.1 + 0.02 * c.logIncome() - 0.03 * c.alignment() + 0.05 * c.vendorSupport();
        }
        Map<String, Baselines.Level> fitted = Baselines.levels(facts, figures);
        Covariates unseen = new Covariates("NEW", 9, 1.5, 0.5);
        assertEquals(0.1 + 0.18 - 0.045 + 0.025, fitted.get("linear regression").of(unseen), 1e-6);
        double[] income =
                facts.stream().mapToDouble(c -> 1 - 0.1 * c.logIncome()).toArray();
        assertEquals(0.1, Baselines.levels(facts, income).get("ln GDP per head").of(unseen), 1e-6);
    }

    @Test
    void nearestNeighboursAverageTheNearest() {
        List<Covariates> facts = new ArrayList<>();
        double[] figures = new double[10];
        for (int i = 0; i < 10; i++) {
            facts.add(new Covariates("N" + i, i, 0, 1));
            figures[i] = i * i;
        }
        // the five nearest to 2.1 are 0 to 4
        assertEquals(
                (0 + 1 + 4 + 9 + 16) / 5.0,
                Baselines.levels(facts, figures).get("nearest neighbours").of(new Covariates("NEW", 2.1, 0, 1)),
                1e-12);
    }

    @Test
    void factorAndTrendAndLastValue() {
        double from = Baselines.ORIGIN + 30;
        List<Pair> training =
                List.of(new Pair("A", from, from + 6, 0.1, 0.11), new Pair("B", from, from + 6, 0.3, 0.33));
        Map<String, Baselines.Ahead> fitted = Baselines.ahead(training, Map.of());
        Pair unseen = new Pair("C", from, from + 6, 0.2, Double.NaN);
        assertEquals(0.2, fitted.get("last value").of(unseen), 0);
        assertEquals(0.22, fitted.get("one proportional factor").of(unseen), 1e-12);
        assertEquals(0.24, fitted.get("linear trend").of(unseen), 1e-12);
        Pair later = new Pair("C", from + 6, from + 9, 0.2, Double.NaN);
        assertEquals(0.2 * Math.sqrt(1.1), fitted.get("one proportional factor").of(later), 1e-12, "half the time");
    }

    @Test
    void growthThatFollowsIncomeIsFoundByFactsAndNotByOneFactor() {
        Map<String, Covariates> facts = new HashMap<>();
        List<Pair> training = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String code = "N" + i;
            facts.put(code, new Covariates(code, 6 + 0.2 * i, i % 3, i % 2));
            training.add(new Pair(code, 30, 36, 0.1, 0.1 * Math.exp(0.01 * i)));
        }
        facts.put("NEW", new Covariates("NEW", 11, 1, 1));
        Map<String, Baselines.Ahead> fitted = Baselines.ahead(training, facts);
        Pair unseen = new Pair("NEW", 30, 33, 0.1, Double.NaN);
        assertEquals(
                0.1 * Math.exp(0.01 * 25 / 2), fitted.get("growth by facts").of(unseen), 1e-6);
        assertTrue(fitted.get("one proportional factor").of(unseen) < 0.106);
    }

    @Test
    void bassCurveFindsNationsOnOneCurve() {
        // each nation a while behind the other on one curve of Bass: p = .0025, q = .1 a month, ceiling .5
        double p = 0.03 / 12;
        double q = 0.1;
        List<Pair> pairs = new ArrayList<>();
        for (int late = 0; late < 12; late++) {
            pairs.add(new Pair("N" + late, 30, 36, bass(30 - 2 * late, p, q), bass(36 - 2 * late, p, q)));
        }
        Baselines.Ahead fitted = Baselines.ahead(pairs, Map.of()).get("Bass curve");
        for (Pair pair : pairs) {
            assertEquals(pair.later(), fitted.of(pair), 0.004);
            assertTrue(Math.abs(pair.later() - pair.earlier()) > 0.01, "there is growth to find");
        }
    }

    private static double bass(double t, double p, double q) {
        double e = Math.exp(-(p + q) * t);
        return 0.5 * (1 - e) / (1 + q / p * e);
    }
}
