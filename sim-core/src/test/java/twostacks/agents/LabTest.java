package twostacks.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.parameters.ModelParameters;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Channel;
import twostacks.policy.Intervention;

final class LabTest {
    private static final double NONE = Double.NaN;
    private static final ModelParameters P = ParameterSpace.ofDefaults().with(Map.of("price.costConvergence", 0.0));
    private static final int MONTH = 2026 * 12 + 8;

    private static Lab lab(boolean open, double capability, double price) {
        List<Channel> channels = List.of(Channel.API, Channel.HOST, Channel.SELF);
        return new Lab(
                new LabSpec("Lab", "USA", channels, open, .7, 1, 1, 3, capability, NONE, price, NONE, 1, 1, 1), 4);
    }

    private static Intervention.Release release(String model, double capability, double price, boolean open) {
        return new Intervention.Release("Lab", model, open, capability, price, price, .5);
    }

    private static void goOn(Lab lab, int month) {
        lab.price(P, month, false, 1, 0, 1);
    }

    /** A lab whose history held a flagship and a small model. */
    private static Lab atTheDataEnd() {
        Lab lab = lab(true, 30, 8);
        lab.release(release("large", 50, 6, false), MONTH - 5, false);
        lab.release(release("small", 38, .2, true), MONTH - 4, false);
        lab.price(P, MONTH - 1, true, 1, 0, 1);
        return lab;
    }

    private static double[] sold(Lab lab) {
        double[] sold = new double[8];
        for (int s = 0; s < 4; s++) {
            sold[s] = lab.capabilityFor(s);
            sold[4 + s] = lab.priceFor(s);
        }
        return sold;
    }

    @Test
    void eachSegmentUsesWhatSuitsItOfTheLineUp() {
        Lab lab = atTheDataEnd();
        ModelParameters.Choice c = P.choice();
        for (int s = 0; s < 4; s++) {
            double billed = P.price().billedVolume()[s] / c.affordability()[s];
            double large = c.capability()[s] * 5 - c.price()[s] * Math.log(1 + 6 * billed);
            double small = c.capability()[s] * 3.8 - c.price()[s] * Math.log(1 + .2 * billed);
            assertEquals(large > small ? 50 : 38, lab.capabilityFor(s));
            assertEquals(large > small ? 6 : .2, lab.priceFor(s));
        }
        assertEquals(6, lab.listPrice());
        assertEquals(50, lab.released());
        assertEquals(38, lab.open());
        assertEquals(.5, lab.openLicence());
    }

    @Test
    void nothingJumpsWhereTheDataEnd() {
        Lab lab = atTheDataEnd();
        double[] before = sold(lab);
        goOn(lab, MONTH);
        double[] after = sold(lab);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i], 1e-12 * before[i]);
        }
        assertEquals(6, lab.listPrice(), 1e-12);
    }

    @Test
    void nothingElseJumpsIfTheLabReleasesInTheMonthWhereTheDataEnd() {
        Lab lab = atTheDataEnd();
        double[] before = sold(lab);
        lab.receive(1, 1);
        lab.advance(P, 1, 1, 0, 0, 1);
        for (int month = 0; month < 3; month++) {
            lab.releaseOwn(P, false, false, 1);
        }
        double risen = lab.released() - 50;
        assertTrue(risen > 0);
        goOn(lab, MONTH);
        double dearer = Math.exp(P.price().costSlope() * risen);
        for (int s = 0; s < 4; s++) {
            assertEquals(before[s] + risen, lab.capabilityFor(s), 1e-12);
            assertEquals(before[4 + s] * dearer, lab.priceFor(s), 1e-12 * before[4 + s] * dearer);
        }
    }

    @Test
    void afterTheDataEndTheLineUpKeepsItsShape() {
        Lab lab = atTheDataEnd();
        goOn(lab, MONTH);
        double[] first = sold(lab);
        lab.receive(1, 1);
        for (int month = 1; month < 12; month++) {
            lab.advance(P, 1, 1, 0, 0, 1);
            lab.releaseOwn(P, false, false, 1);
            goOn(lab, MONTH + month);
            for (int s = 0; s < 4; s++) {
                assertEquals(50 - first[s], lab.released() - lab.capabilityFor(s), 1e-9);
                assertEquals(first[4 + s] / 6, lab.priceFor(s) / lab.listPrice(), 1e-9);
            }
        }
        assertTrue(lab.released() > 60);
    }

    /** Events that bring lesser and dearer models leave what the lab sells as it is. */
    @Test
    void aReleaseBelowTheFrontierTakesNothingAway() {
        Lab lab = atTheDataEnd();
        Lab other = atTheDataEnd();
        for (int month = 0; month < 24; month++) {
            if (month == 15) {
                lab.release(release("useless", 20, 50, false), MONTH + month, false);
                lab.release(release("useless too", 25, 40, false), MONTH + month, false);
            }
            for (Lab each : List.of(lab, other)) {
                each.receive(1, 1);
                each.advance(P, 1, 1, 0, 0, 1);
                if (month < 15) {
                    each.releaseOwn(P, false, false, 1);
                }
                goOn(each, MONTH + month);
            }
            assertEquals(other.released(), lab.released());
            assertEquals(other.listPrice(), lab.listPrice(), 1e-9 * other.listPrice());
            for (int s = 0; s < 4; s++) {
                assertEquals(other.capabilityFor(s), lab.capabilityFor(s), 1e-9);
                assertEquals(other.priceFor(s), lab.priceFor(s), 1e-9 * other.priceFor(s));
            }
        }
        assertTrue(lab.released() > 70);
    }

    @Test
    void aNewFlagshipComesAtItsOwnCapabilityAndPrice() {
        Lab lab = atTheDataEnd();
        for (int month = 0; month < 10; month++) {
            goOn(lab, MONTH + month);
        }
        lab.release(release("next", 70, 9, true), MONTH + 10, false);
        goOn(lab, MONTH + 10);
        assertEquals(70, lab.released());
        assertEquals(9, lab.listPrice(), 1e-9);
        assertEquals(70, lab.open());
        boolean used = false;
        for (int s = 0; s < 4; s++) {
            used |= lab.capabilityFor(s) == 70 && Math.abs(lab.priceFor(s) - 9) < 1e-9;
            assertTrue(lab.capabilityFor(s) <= 70);
        }
        assertTrue(used);
    }

    @Test
    void aReleaseWithoutAPriceTakesTheLabsLast() {
        Lab lab = atTheDataEnd();
        for (int month = 0; month < 10; month++) {
            goOn(lab, MONTH + month);
        }
        double last = lab.listPrice();
        assertTrue(last < 3, "cost has fallen since the last price observed");
        lab.release(release("next", 70, NONE, false), MONTH + 10, false);
        goOn(lab, MONTH + 10);
        assertEquals(last, lab.listPrice(), 1e-9);
    }

    @Test
    void aLabWithNothingOutSellsItsFirstModelAtTheFormulasPrice() {
        Lab lab = lab(true, NONE, NONE);
        goOn(lab, MONTH);
        assertTrue(Double.isNaN(lab.released()) && Double.isNaN(lab.listPrice()));
        lab.receive(1, 1);
        for (int month = 1; month < 7; month++) {
            lab.advance(P, 1, 1, 60, 0, 1);
            lab.releaseOwn(P, false, false, 1);
            goOn(lab, MONTH + month);
        }
        assertTrue(lab.released() > 10);
        double cost = Lab.cost(P.price(), lab.released(), MONTH + 6);
        assertEquals(cost * (1 + P.price().markupMin()), lab.listPrice(), 1e-12);
        for (int s = 0; s < 4; s++) {
            assertEquals(lab.released(), lab.capabilityFor(s));
            assertEquals(lab.listPrice(), lab.priceFor(s));
        }
        assertEquals(lab.released(), lab.open(), "its weights are out too");
    }

    @Test
    void weightsWithheldStayInAndThoseThatAreOutStayOut() {
        Lab lab = atTheDataEnd();
        lab.release(release("open", 45, 1, true), MONTH, true);
        assertEquals(38, lab.open());
        lab.release(release("open again", 44, 1, true), MONTH, false);
        assertEquals(44, lab.open());
        lab.release(release("worse", 12, 1, true), MONTH, false);
        assertEquals(44, lab.open());
    }

    @Test
    void releasesWaitForTheirCadenceAndForWorkDone() {
        Lab lab = lab(false, 30, 5);
        Lab slow = lab(false, 30, 5);
        Lab stalled = lab(false, 30, 5);
        for (Lab each : List.of(lab, slow, stalled)) {
            each.receive(1, 1);
        }
        int releases = 0;
        int slowReleases = 0;
        for (int month = 0; month < 12; month++) {
            for (Lab each : List.of(lab, slow, stalled)) {
                each.advance(P, 1, 1, 0, 0, 1);
            }
            releases += lab.releaseOwn(P, false, false, 1) ? 1 : 0;
            slowReleases += slow.releaseOwn(P, false, false, .5) ? 1 : 0;
            assertFalse(stalled.releaseOwn(P, true, false, 1));
        }
        assertEquals(4, releases);
        assertEquals(2, slowReleases);
        assertTrue(stalled.releaseOwn(P, false, false, 1), "as soon as it may");
    }

    @Test
    void factorsMovePricesAndNothingElse() {
        Lab lab = atTheDataEnd();
        Lab moved = atTheDataEnd();
        for (int month = 0; month < 6; month++) {
            double factor = month == 3 ? 1.7 : 1;
            goOn(lab, MONTH + month);
            moved.price(P, MONTH + month, false, 1, 0, factor);
            assertEquals(factor * lab.listPrice(), moved.listPrice(), 1e-12 * lab.listPrice());
            for (int s = 0; s < 4; s++) {
                assertEquals(factor * lab.priceFor(s), moved.priceFor(s), 1e-12);
                assertEquals(lab.capabilityFor(s), moved.capabilityFor(s));
            }
        }
    }
}
