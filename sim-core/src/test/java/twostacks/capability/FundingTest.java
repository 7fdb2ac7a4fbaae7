package twostacks.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import twostacks.support.ExpectedTable;

final class FundingTest {
    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("funding.csv")
                .check("share", a -> Funding.share(a[0], a[1], a[2], a[3], a[4], a[5]))
                .check("next", 1e-16, a -> Funding.next(a[0], a[1], a[2]))
                .holdsNothingElse();
    }

    @Test
    void sharesThatSumToOneGoOnSummingToOne() {
        double[] share = {.5, .3, .2};
        double[] target = {.1, .2, .7};
        for (int month = 0; month < 100; month++) {
            double sum = 0;
            for (int lab = 0; lab < 3; lab++) {
                share[lab] = Funding.next(share[lab], target[lab], .05);
                sum += share[lab];
            }
            assertEquals(1, sum, 1e-14);
        }
    }
}
