package twostacks.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class ComputeStockTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("compute-stock.csv")
                .check("next", a -> ComputeStock.next(a[0], a[1], a[2], a[3]))
                .check("arriving", 1e-13, a -> ComputeStock.arriving(a[0], a[1], a[2], a[3]))
                .check("wouldBe", a -> ComputeStock.wouldBe(a[0], a[1], a[2], (int) a[3]))
                .check("nextDomestic", a -> ComputeStock.nextDomestic(a[0], a[1], a[2], a[3]))
                .check("unitCost", a -> ComputeStock.unitCost(a[0], a[1], a[2]))
                .holdsNothingElse();
    }

    @Test
    void stockUnderGrowingImportsIsItsClosedForm() {
        double delta = .015;
        double gamma = Math.exp(1.3 / 12);
        double stock = .5;
        for (int month = 0; month < 60; month++) {
            double arriving = ComputeStock.arriving(ComputeStock.wouldBe(.045, 1.3, 0, month), 0, .1, 1);
            stock = ComputeStock.next(stock, delta, arriving, 0);
        }
        double kept = Math.pow(1 - delta, 60);
        double expected = kept * .5 + .045 * (Math.pow(gamma, 60) - kept) / (gamma - 1 + delta);
        assertEquals(expected, stock, 1e-10 * expected);
    }

    @Test
    void aStricterControlNeverLetsMoreArriveWhateverLeaks() {
        for (double leakage = 0; leakage <= 1; leakage += .125) {
            double before = Double.POSITIVE_INFINITY;
            for (double stringency = 0; stringency <= 1; stringency += 1 / 32.0) {
                double arriving = ComputeStock.arriving(3, stringency, leakage, 1.5);
                assertTrue(arriving <= before && arriving >= 0);
                before = arriving;
            }
        }
        assertEquals(0, ComputeStock.arriving(3, 1, 0, 1));
    }

    @Test
    void unitCostFallsByOneShareWithEachDoubling() {
        double share = ComputeStock.unitCost(2, 1, .3);
        assertEquals(Math.pow(2, -.3), share, 1e-15);
        assertEquals(share * share * share, ComputeStock.unitCost(8, 1, .3), 1e-15);
    }
}
