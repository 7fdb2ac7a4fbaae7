package twostacks.analysis.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.analysis.results.Sweep;

final class DiscoveryTest {
    private static final Discovery.Options OPTIONS = new Discovery.Options(3, .95, .05, .05, .02, .05, 50, 1);

    @TempDir
    private Path temporary;

    private static List<double[]> points(int n, int k) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(4);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            points.add(random.doubles(k).map(v -> Math.rint(v * 1e6) / 1e6).toArray());
        }
        return points;
    }

    private Discovery.Finding find(Sweep sweep, String condition, Discovery.Options options) {
        return new Discovery(sweep, Condition.parse(condition, Discovery.names(sweep)), options).find();
    }

    private static Map<String, Double> ends(Discovery.Box box) {
        Map<String, Double> ends = new HashMap<>();
        box.restrictions().forEach(r -> ends.put(r.dimension() + " " + r.side(), r.value()));
        return ends;
    }

    @Test
    void twoPlantedBoxesAreRecoveredOneAfterTheOther() throws IOException {
        Sweep sweep = SweepFiles.write(temporary, points(3000, 4), List.of("none"), 1, (x, lever, r) -> {
            boolean first = x[0] > .6 && x[1] < .4;
            boolean second = x[0] < .3 && x[2] > .7;
            return first || second ? 2 : 1;
        });
        Discovery.Finding finding = find(sweep, "y > 1.5", OPTIONS);
        assertEquals(2, finding.boxes().size());
        assertEquals(
                1, finding.boxes().stream().mapToDouble(Discovery.Box::coverage).sum(), .06);
        Map<String, Double> first = ends(finding.boxes().get(0));
        assertEquals(2, first.size(), first.toString());
        assertEquals(.6, first.get("x0 least"), .03);
        assertEquals(.4, first.get("x1 most"), .03);
        Map<String, Double> second = ends(finding.boxes().get(1));
        assertEquals(2, second.size(), second.toString());
        assertEquals(.3, second.get("x0 most"), .03);
        assertEquals(.7, second.get("x2 least"), .03);
        finding.boxes().forEach(b -> {
            assertTrue(b.density() >= .95, b.toString());
            assertTrue(b.outOfBagDensity() > .9, b.toString());
            b.restrictions().forEach(r -> assertTrue(r.quasiP() < 1e-6 && r.reproduced() > .5, r.toString()));
        });
    }

    @Test
    void leversAreADimensionAndReplicatesOfACaseCountAsOne() throws IOException {
        Sweep sweep = SweepFiles.write(
                temporary,
                points(400, 2),
                List.of("none", "tight", "loose"),
                2,
                (x, lever, r) -> lever.equals("tight") && x[1] > .5 ? 2 : r == 2 && lever.equals("loose") ? 2 : 1);
        Discovery.Finding finding = find(sweep, "y > 1.5", OPTIONS);
        assertEquals(1200, finding.cases());
        double tight = points(400, 2).stream().mapToInt(x -> x[1] > .5 ? 1 : 0).sum();
        assertEquals(tight + 200, finding.yield(), 1e-9, "of loose runs every second one");
        Discovery.Box box = finding.boxes().get(0);
        assertEquals(
                List.of("tight"),
                box.restrictions().stream()
                        .filter(r -> r.dimension().equals("lever"))
                        .findFirst()
                        .orElseThrow()
                        .categories());
        assertEquals(.5, ends(box).get("x1 least"), .02);
        assertEquals(tight, box.yield(), 5);
    }

    @Test
    void aConditionOnPairsHasPointsAsCasesAndFailedRunsAreMasked() throws IOException {
        Sweep sweep = SweepFiles.write(
                temporary,
                points(300, 2),
                List.of("none", "tight"),
                1,
                (x, lever, r) -> x[1] > .95 && lever.equals("tight") ? Double.NaN : lever.equals("tight") ? x[0] : .4);
        Discovery.Finding finding = find(sweep, "y[tight] - y[none] > 0.1", OPTIONS);
        long failed = points(300, 2).stream().filter(x -> x[1] > .95).count();
        assertTrue(failed > 0);
        assertEquals(failed, finding.failedRuns());
        assertEquals(failed, finding.masked());
        assertEquals(300 - failed, finding.cases());
        assertEquals("a point", finding.what());
        assertEquals(.5, ends(finding.boxes().get(0)).get("x0 least"), .03);
    }

    @Test
    void whatNeverOrAlwaysHoldsHasNoBox() throws IOException {
        Sweep sweep = SweepFiles.write(temporary, points(50, 2), List.of("none"), 1, (x, lever, r) -> x[0]);
        assertEquals(List.of(), find(sweep, "y > 2", OPTIONS).boxes());
        assertEquals(List.of(), find(sweep, "y < 2", OPTIONS).boxes());
    }

    @Test
    void equalSweepsGiveEqualFiles() throws IOException {
        Sweep sweep = SweepFiles.write(temporary, points(200, 3), List.of("none"), 1, (x, l, r) -> x[0] * x[1] + x[2]);
        Condition condition = Condition.parse("y > 0.9", Discovery.names(sweep));
        for (String out : List.of("a", "b")) {
            Discovery discovery = new Discovery(sweep, condition, OPTIONS);
            discovery.write(temporary.resolve(out), discovery.find());
        }
        for (String file : List.of("boxes.csv", "restrictions.csv", "trajectory.csv", "datapackage.json")) {
            assertEquals(
                    Files.readString(temporary.resolve("a").resolve(file)),
                    Files.readString(temporary.resolve("b").resolve(file)));
        }
    }
}
