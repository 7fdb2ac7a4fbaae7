package twostacks.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class PriceEquationsTest {
    @Test
    void servingCostAgreesWithIndependentNumbers() {
        ExpectedTable.of("serving-cost.csv")
                .check("of", a -> ServingCost.of(a[0], a[1], a[2], a[3], a[4], a[5], (int) a[6]))
                .holdsNothingElse();
    }

    @Test
    void listPriceAgreesWithIndependentNumbers() {
        ExpectedTable.of("list-price.csv")
                .check("of", 1e-13, a -> ListPrice.of(a[0], a[1], a[2], a[3]))
                .check("target", 1e-14, a -> ListPrice.target(a[0], a[1], a[2]))
                .check("next", 1e-14, a -> ListPrice.next(a[0], a[1], a[2]))
                .check("converged", a -> ListPrice.converged(a[0], a[1]))
                .holdsNothingElse();
    }

    @Test
    void congestionAgreesWithIndependentNumbers() {
        ExpectedTable.of("congestion.csv")
                .check("factor", a -> Congestion.factor(a[0], a[1], a[2], a[3]))
                .check("served", a -> Congestion.served(a[0], a[1], a[2], a[3]))
                .holdsNothingElse();
    }

    @Test
    void deliveredPriceAgreesWithIndependentNumbers() {
        ExpectedTable.of("delivered-price.csv")
                .check("host", a -> DeliveredPrice.host(a[0], a[1]))
                .check("self", a -> DeliveredPrice.self(a[0], a[1], a[2], a[3], a[4], a[5]))
                .check("hardware", 1e-15, a -> DeliveredPrice.hardware(a[0], a[1], a[2], a[3], a[4], a[5]))
                .holdsNothingElse();
    }

    @Test
    void aPackageIsNeverDearerThanTheMarketAndBothPowersGiveAlike() {
        for (double stringency = 0; stringency <= 1; stringency += .125) {
            double market = DeliveredPrice.hardware(2, stringency, 0, .5, 0, .5);
            assertEquals(1 + 2 * stringency, market);
            for (double discount = .1; discount <= 1; discount += .1) {
                double us = DeliveredPrice.hardware(2, stringency, discount, .7, 0, 1);
                assertEquals(us, DeliveredPrice.hardware(2, stringency, 0, 1, discount, .7));
                assertTrue(us <= market && us >= 0);
            }
        }
    }

    @Test
    void theFrontiersPriceStaysFlatAtTheSlopeOfTheDescription() {
        double slope = 12 * Math.log(2) / (24.5 * 3.8);
        for (int month = 0; month <= 48; month++) {
            double capability = 50 + 24.5 * month / 12;
            double cost = ServingCost.of(2, slope, capability, 50, 3.8, 0, ServingCost.REFERENCE_MONTH + month);
            assertEquals(2, cost, 1e-12);
        }
    }

    @Test
    void markupConvergesToItsFixedPoint() {
        double markup = 5;
        double target = ListPrice.target(.3, 3, .25);
        for (int month = 0; month < 400; month++) {
            markup = ListPrice.next(markup, target, .1);
        }
        assertEquals(.3 + 2.7 * .25, markup, 1e-12);
    }

    @Test
    void congestionIsTheLeastFactorThatClearsTheMarket() {
        for (double demand = 1; demand < 4; demand += .1) {
            double factor = Congestion.factor(demand, 2, .5, 100);
            assertTrue(demand * Math.pow(factor, -.5) <= 2 * (1 + 1e-12));
            assertTrue(factor == 1 || demand * Math.pow(factor * (1 - 1e-9), -.5) > 2);
            assertEquals(1, Congestion.served(demand, 2, .5, factor));
        }
    }

    @Test
    void atTheCapNoMoreAreServedThanThereIsRoomFor() {
        double factor = Congestion.factor(100, 2, .5, 3);
        assertEquals(3, factor);
        double served = Congestion.served(100, 2, .5, factor);
        assertEquals(2, 100 * Math.pow(factor, -.5) * served, 1e-12);
        assertEquals(0, Congestion.served(5, 0, .5, Congestion.factor(5, 0, .5, 3)));
    }
}
