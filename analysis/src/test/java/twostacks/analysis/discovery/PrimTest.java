package twostacks.analysis.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twostacks.analysis.Expected;

final class PrimTest {
    private static final List<String> DIMENSIONS = List.of("x0", "x1", "x2", "x3", "kind");
    private static final List<String> KINDS = List.of("a", "b", "c");

    private static Prim.Data cases() throws IOException {
        List<NamedCsvRecord> rows = Expected.rows("prim_cases.csv");
        double[][] x = new double[5][rows.size()];
        double[] yield = new double[rows.size()];
        for (int i = 0; i < yield.length; i++) {
            for (int d = 0; d < 4; d++) {
                x[d][i] = Expected.number(rows.get(i), DIMENSIONS.get(d));
            }
            x[4][i] = KINDS.indexOf(rows.get(i).getField("kind"));
            yield[i] = Expected.number(rows.get(i), "yield");
        }
        return new Prim.Data(x, new int[] {0, 0, 0, 0, KINDS.size()}, yield);
    }

    private static String name(Prim.Restriction restriction) {
        return restriction == null
                ? ","
                : DIMENSIONS.get(restriction.dimension()) + ","
                        + restriction.side().name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({"fine, .05, .05, .7", "coarse, .2, .02, .9"})
    void anIndependentImplementationTakesTheSameStepsToTheSameBox(String run, double peel, double paste, double density)
            throws IOException {
        Prim.Data data = cases();
        Prim prim = new Prim(data, new Prim.Options(peel, paste, .05, density, .05), data.size());
        Prim.Trajectory trajectory = prim.find();
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < trajectory.steps().size(); i++) {
            Prim.Step step = trajectory.steps().get(i);
            steps.add(String.join(
                    ",",
                    run,
                    step.kind(),
                    name(step.moved()),
                    Integer.toString(step.count().cases()),
                    Long.toString(Math.round(step.count().yield())),
                    i == trajectory.chosen() ? "1" : "0"));
        }
        List<String> expected = Expected.rows("prim_steps.csv").stream()
                .filter(r -> r.getField("run").equals(run))
                .map(r -> String.join(",", r.getFields()))
                .toList();
        assertEquals(expected, steps);

        List<NamedCsvRecord> ends = Expected.rows("prim_box.csv").stream()
                .filter(r -> r.getField("run").equals(run))
                .toList();
        List<Prim.Restriction> restrictions = trajectory.found().box().restrictions();
        assertEquals(ends.size(), restrictions.size());
        for (int i = 0; i < ends.size(); i++) {
            NamedCsvRecord end = ends.get(i);
            Prim.Restriction restriction = restrictions.get(i);
            Prim.Box box = trajectory.found().box();
            assertEquals(end.getField("dimension") + "," + end.getField("side"), name(restriction));
            if (restriction.side() == Prim.Side.AMONG) {
                for (int c = 0; c < KINDS.size(); c++) {
                    assertEquals(
                            end.getField("without").contains(KINDS.get(c)), box.without(restriction.dimension(), c));
                }
            } else {
                assertEquals(
                        Expected.number(end, "value"),
                        restriction.side() == Prim.Side.LEAST
                                ? box.low(restriction.dimension())
                                : box.high(restriction.dimension()));
            }
            assertEquals(Expected.number(end, "quasi_p"), prim.quasiP(box, restriction), 1e-10);
        }
    }

    @ParameterizedTest
    @CsvSource({".5", ".9", "1"})
    void aTrajectoryHasNoCutBelowTheLeastMassAndEndsWhereEveryCaseHasTheYield(double density) throws IOException {
        Prim.Data data = cases();
        List<Prim.Step> steps = new Prim(data, new Prim.Options(.05, .05, .05, density, .05), data.size())
                .find()
                .steps();
        for (Prim.Step step : steps) {
            assertTrue(step.count().cases() >= 20, step.toString());
            assertEquals(Prim.count(data, step.box()), step.count(), step.toString());
        }
        assertEquals(
                1, steps.stream().mapToDouble(s -> s.count().density()).max().orElseThrow());
    }
}
