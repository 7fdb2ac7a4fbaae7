package twostacks.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import twostacks.input.Source;

class ImputationTest {
    private static NationRow row(String iso3, String region, String subregion, double share) {
        return new NationRow(
                Source.of("t", "").whole(),
                iso3,
                "",
                iso3,
                region,
                subregion,
                1e6,
                5e9,
                share,
                0,
                "2",
                false,
                List.of(),
                List.of(),
                Double.NaN,
                Double.NaN,
                1,
                0,
                0);
    }

    private final Imputation imputation = new Imputation(List.of(
            row("AAA", "Asia", "East", 0.2),
            row("BBB", "Asia", "East", 0.8),
            row("CCC", "Asia", "East", 0.4),
            row("DDD", "Asia", "West", 0.9),
            row("EEE", "Europe", "North", 0.1),
            row("FFF", "Asia", "East", Double.NaN)));

    private double share(NationRow row) {
        return imputation.figure(NationRow::internetShare, row);
    }

    @Test
    void aFigureThatIsThereStays() {
        assertEquals(0.05, share(row("XAA", "Asia", "East", 0.05)));
    }

    @Test
    void aMissingFigureIsTheMedianOfTheSubregion() {
        assertEquals(0.4, share(row("XAA", "Asia", "East", Double.NaN)));
    }

    @Test
    void whereNobodyInTheSubregionHasOneItIsTheMedianOfTheRegion() {
        assertEquals((0.4 + 0.8) / 2, share(row("XAA", "Asia", "Central", Double.NaN)));
    }

    @Test
    void whereNobodyInTheRegionHasOneItIsTheMedianOfTheWorld() {
        assertEquals(0.4, share(row("XAA", "Oceania", "Polynesia", Double.NaN)));
    }
}
