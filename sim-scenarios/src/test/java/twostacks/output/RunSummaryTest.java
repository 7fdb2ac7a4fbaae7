package twostacks.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.output.RunSummary.Flip;
import twostacks.output.RunSummary.Moment;
import twostacks.output.RunSummary.Spread;

final class RunSummaryTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void describe() throws IOException {
        write("datapackage.json", """
                {"twostacks": {"scenario": "s", "seed": 9, "replicates": 2,
                  "horizon": {"start": "2023-01", "lastObserved": "2026-08", "end": "2027-01", "months": 49}}}
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void figuresAreMeansOverReplicatesWithTheirEnds() throws IOException {
        write("world.csv", """
                scenario,replicate,month,weight,share_us_closed,gap_months
                s,1,2023-01,gdp,0.100000,
                s,1,2024-01,gdp,0.900000,3
                s,1,2027-01,gdp,0.200000,4
                s,2,2023-01,gdp,0.300000,
                s,2,2027-01,gdp,0.400000,8
                """);
        RunSummary summary = RunSummary.read(directory);
        assertEquals(
                List.of(
                        new Moment("start", "2023-01"),
                        new Moment("lastObserved", "2026-08"),
                        new Moment("end", "2027-01")),
                summary.moments());
        List<Spread> shares = summary.figures().get("gdp.share_us_closed");
        assertEquals(new Spread(.2, .1, .3), shares.get(0));
        assertTrue(Double.isNaN(shares.get(1).mean()), "no row of that month");
        assertEquals(.3, shares.get(2).mean(), 1e-12);
        assertEquals(
                new Spread(6, 4, 8), summary.figures().get("gdp.gap_months").get(2));
    }

    @Test
    void flipsAreCountedAfterTheObservedHistory() throws IOException {
        write("events.csv", """
                scenario,replicate,month,sequence,kind,actor,target,detail
                s,1,2025-01,1,flip,CN,IND,from US to CN
                s,1,2026-09,1,flip,CN,IND,from US to CN
                s,1,2026-10,1,flip,US,KEN,from CN to US
                s,1,2026-11,1,release,Zhipu,,"own, and ""open\"""
                s,2,2026-12,1,flip,CN,IND,from US to CN
                s,2,2026-12,2,flip,CN,BRA,from US to CN
                """);
        RunSummary.Flips flips = RunSummary.read(directory).flips();
        assertEquals("2026-08", flips.since());
        assertEquals(Map.of("US to CN", new Spread(1.5, 1, 2), "CN to US", new Spread(.5, 0, 1)), flips.directions());
        assertEquals(
                List.of(
                        new Flip("IND", "2026-09", "US to CN", 2),
                        new Flip("BRA", "2026-12", "US to CN", 1),
                        new Flip("KEN", "2026-10", "CN to US", 1)),
                flips.nations());
    }

    @Test
    void whatIsNotThereIsLeftOut() throws IOException {
        RunSummary summary = RunSummary.read(directory);
        assertEquals(Map.of(), summary.figures());
        assertEquals(List.of(), summary.flips().nations());
        write("world.csv", "scenario,replicate,month,weight\ns,1,2023-01,gdp\n");
        write("nations.csv", "scenario,replicate,month,iso3,dependence_us\ns,1,2023-01,IND,0.2\ns,1,2023-01,KEN,0.4\n");
        List<Spread> dependence = RunSummary.read(directory).figures().get("nations.dependence_us");
        assertEquals(.3, dependence.get(0).mean(), 1e-12);
    }
}
