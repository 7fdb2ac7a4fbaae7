package twostacks.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class TasteTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("taste.csv")
                .checkAll("values", 0, a -> Taste.values((int) a[0]))
                .holdsNothingElse();
    }

    @Test
    void valuesAscendAndAreSymmetricToTheBit() {
        for (int bins = 1; bins <= 32; bins++) {
            double[] values = Taste.values(bins);
            for (int b = 0; b < bins; b++) {
                assertEquals(0, Double.compare(Math.abs(values[b]), Math.abs(values[bins - 1 - b])));
                assertEquals(0.0, values[b] + values[bins - 1 - b]);
                assertTrue(b == 0 || values[b] > values[b - 1]);
            }
        }
    }

    @Test
    void varianceIsOne() {
        for (int bins = 2; bins <= 32; bins++) {
            assertEquals(bins, Arrays.stream(Taste.values(bins)).map(z -> z * z).sum(), 1e-12 * bins);
        }
    }
}
