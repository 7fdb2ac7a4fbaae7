package twostacks.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final double HALF_A_DIGIT = 0.5e-6;

    private final double[] points = NationTable.bundled().rows().values().stream()
            .mapToDouble(NationRow::idealPoint)
            .filter(p -> !Double.isNaN(p))
            .toArray();

    @Test
    void theConstantsAreMeanAndDeviationOfTheBundledTableToSixDecimals() {
        assertEquals(193, points.length);
        double mean = 0;
        for (double point : points) {
            mean += point / points.length;
        }
        double variance = 0;
        for (double point : points) {
            variance += (point - mean) * (point - mean) / points.length;
        }
        assertEquals(mean, Alignment.MEAN, HALF_A_DIGIT);
        assertEquals(Math.sqrt(variance), Alignment.STANDARD_DEVIATION, HALF_A_DIGIT);
    }

    @Test
    void theUnitedStatesAreFarAboveTheMean() {
        assertEquals(2.82, Alignment.standardised(2.2062), 0.01);
    }
}
