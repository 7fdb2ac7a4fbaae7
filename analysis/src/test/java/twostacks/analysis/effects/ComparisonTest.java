package twostacks.analysis.effects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.analysis.results.OutcomeName;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.ResultPackage;
import twostacks.analysis.results.RowReader;

final class ComparisonTest {
    private static final List<String> MONTHS = List.of("2026-11", "2026-12", "2027-01");
    private static final List<String> NATIONS = List.of("BRA", "IND");

    @TempDir
    private Path directory;

    private interface Share {
        double of(int replicate, int month, int nation);
    }

    /** A run of the columns that twostacks writes, whatever wrote it. */
    private Path run(String name, long seed, int replicates, Share share) throws IOException {
        Path path = directory.resolve(name);
        try (PackageWriter writer = new PackageWriter(path)) {
            PackageWriter.Table nations = writer.table(
                    "nations",
                    "nations",
                    List.of("scenario", "replicate", "month", "iso3"),
                    List.of(
                            Column.text("scenario", ""),
                            Column.integer("replicate", ""),
                            new Column("month", "yearmonth", 0, "", ""),
                            Column.text("iso3", ""),
                            Column.number("share_cn_open", 6, "1", ""),
                            Column.text("leading_origin", "")));
            PackageWriter.Table world = writer.table(
                    "world",
                    "world",
                    List.of("scenario", "replicate", "month", "weight"),
                    List.of(
                            Column.text("scenario", ""),
                            Column.integer("replicate", ""),
                            new Column("month", "yearmonth", 0, "", ""),
                            Column.text("weight", ""),
                            Column.number("share_cn_open", 6, "1", ""),
                            Column.number("gap_months", 2, "months", "")));
            for (int r = 1; r <= replicates; r++) {
                for (int m = 0; m < MONTHS.size(); m++) {
                    for (int n = 0; n < NATIONS.size(); n++) {
                        double x = share.of(r, m, n);
                        nations.add(name)
                                .add(r)
                                .add(MONTHS.get(m))
                                .add(NATIONS.get(n))
                                .add(x);
                        nations.add(x > .5 ? "CN" : "US").endRow();
                    }
                    for (String weight : List.of("population", "gdp")) {
                        double mean = (share.of(r, m, 0) + share.of(r, m, 1)) / 2;
                        world.add(name)
                                .add(r)
                                .add(MONTHS.get(m))
                                .add(weight)
                                .add(mean)
                                .add(3 * r)
                                .endRow();
                    }
                }
            }
            ObjectNode block =
                    PackageWriter.object().put("runId", name).put("seed", seed).put("replicates", replicates);
            block.putObject("horizon").put("start", MONTHS.get(0)).put("end", MONTHS.get(2));
            writer.publish(name, block);
        }
        return path;
    }

    private static Comparison.Options options(long memory, int threads, boolean bootstrap) {
        return new Comparison.Options(bootstrap, .95, 200, 1, Set.of(), threads, memory);
    }

    private Map<String, String> read(Path where, String table, String... key) {
        ResultPackage results = ResultPackage.open(where);
        List<String> names = results.table(table).names();
        Map<String, String> rows = new LinkedHashMap<>();
        try {
            List<String> lines = Files.readAllLines(where.resolve(table + ".csv"));
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split(",", -1);
                List<String> k = new ArrayList<>();
                for (String column : key) {
                    k.add(fields[names.indexOf(column)]);
                }
                rows.put(String.join(" ", k), line);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private double[] numbers(Path where, String table, String row, String... columns) {
        double[] numbers = new double[columns.length];
        try (RowReader reader = ResultPackage.open(where)
                .table(table)
                .read(
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of("alternative", "month", "iso3", "outcome"),
                                        java.util.Arrays.stream(columns))
                                .toList(),
                        true)) {
            while (reader.next()) {
                String key = reader.text(0) + " " + reader.text(1) + " " + reader.text(2) + " " + reader.text(3);
                if (key.equals(row)) {
                    for (int i = 0; i < columns.length; i++) {
                        numbers[i] = reader.number(4 + i);
                    }
                    return numbers;
                }
            }
        }
        throw new AssertionError("no row " + row);
    }

    private static double base(int r, int m, int n) {
        return .1 * n + .01 * r * r + .02 * m;
    }

    /** India gains r tenths in the last month and nothing before. */
    private static double alternative(int r, int m, int n) {
        return base(r, m, n) + (m == 2 && n == 1 ? .1 * r : 0);
    }

    @Test
    void effectsOfEachNationMonthAndOutcomeAreThere() throws IOException {
        Path base = run("base", 1, 4, ComparisonTest::base);
        Path other = run("other", 1, 4, ComparisonTest::alternative);
        Path out = directory.resolve("out");
        new Comparison(base, Map.of("other", other), options(1 << 20, 2, false))
                .write(out, PackageWriter.object(), Map.of());
        Map<String, String> rows = read(out, "effects", "alternative", "month", "iso3", "outcome");
        // nations: the share and the two leading origins; the world: share and gap, and the share by output
        assertEquals(3 * (2 * 3 + 3), rows.size());
        assertArrayEquals(
                new double[] {.25, Math.sqrt(5 / 3. / 4) / 10, 4},
                numbers(out, "effects", "other 2027-01 IND share_cn_open", "effect", "standard_error", "pairs"),
                1e-8);
        assertArrayEquals(
                new double[] {0, 0, 0, 0},
                numbers(out, "effects", "other 2026-12 IND share_cn_open", "effect", "standard_error", "low", "high"),
                1e-12);
        assertArrayEquals(
                new double[] {.125}, numbers(out, "effects", "other 2027-01 WLD share_cn_open@gdp", "effect"), 1e-8);
        assertArrayEquals(
                new double[] {.5, 0},
                numbers(out, "effects", "other 2027-01 IND leading_origin=CN", "effect", "base"),
                1e-8);
    }

    @Test
    void neitherMemoryNorThreadsChangeAByte() throws IOException {
        Path base = run("base", 1, 5, ComparisonTest::base);
        Path other = run("other", 1, 5, ComparisonTest::alternative);
        for (boolean bootstrap : new boolean[] {false, true}) {
            byte[] expected = null;
            for (long memory : new long[] {1, 1 << 20}) {
                Path out = directory.resolve("out" + memory);
                new Comparison(base, Map.of("other", other), options(memory, memory == 1 ? 1 : 4, bootstrap))
                        .write(out, PackageWriter.object(), Map.of());
                byte[] bytes = Files.readAllBytes(out.resolve("effects.csv"));
                if (expected == null) {
                    expected = bytes;
                } else {
                    assertArrayEquals(expected, bytes);
                }
            }
        }
    }

    @Test
    void runsThatDoNotPairAreRefused() throws IOException {
        Path base = run("base", 1, 4, ComparisonTest::base);
        Path otherSeed = run("seed", 2, 4, ComparisonTest::base);
        Path fewer = run("fewer", 1, 3, ComparisonTest::base);
        for (Path other : List.of(otherSeed, fewer)) {
            Comparison comparison = new Comparison(base, Map.of("other", other), options(1 << 20, 1, false));
            ResultException e = assertThrows(
                    ResultException.class,
                    () -> comparison.write(directory.resolve("out"), PackageWriter.object(), Map.of()));
            assertTrue(e.getMessage().contains("are no pairs"), e::getMessage);
            assertThrows(ResultException.class, () -> comparison.effect("other", OutcomeName.of("share_cn_open")));
        }
    }

    @Test
    void oneEffectIsThatOfTheTable() throws IOException {
        Path base = run("base", 1, 4, ComparisonTest::base);
        Path other = run("other", 1, 4, ComparisonTest::alternative);
        Comparison comparison = new Comparison(base, Map.of("other", other), options(1 << 20, 1, false));
        assertEquals(
                .25,
                comparison.effect("other", OutcomeName.of("IND.share_cn_open")).effect(),
                1e-9);
        assertEquals(
                .125,
                comparison.effect("other", OutcomeName.of("share_cn_open@gdp")).effect(),
                1e-9);
        assertEquals(
                0,
                comparison
                        .effect("other", OutcomeName.of("share_cn_open:2026-11"))
                        .halfWidth());
        assertEquals(
                .5,
                comparison
                        .effect("other", OutcomeName.of("IND.leading_origin=CN"))
                        .effect(),
                1e-9);
        for (String wrong :
                List.of("share_cn_opne", "XXX.share_cn_open", "share_cn_open:1999-01", "IND.leading_origin")) {
            assertThrows(ResultException.class, () -> comparison.effect("other", OutcomeName.of(wrong)), wrong);
        }
    }

    @Test
    void causesAddUpToTheTotalToTheLastDigit() throws IOException {
        Path base = run("base", 1, 5, ComparisonTest::base);
        List<Path> runs = new ArrayList<>(List.of(base));
        for (int set = 1; set < 8; set++) {
            int moved = set;
            runs.add(run("set" + set, 1, 5, (r, m, n) -> {
                double price = (moved & 1) != 0 ? .0313 * r : 0;
                double control = (moved & 2) != 0 ? -.0171 * r * r / 3 : 0;
                double trust = (moved & 4) != 0 ? .0437 : 0;
                return base(r, m, n) + .3 + price + control + trust + price * trust * 7 + price * control;
            }));
        }
        Path out = directory.resolve("out");
        Comparison.Coalitions coalitions = new Comparison.Coalitions(List.of("price", "export-control", "trust"), runs);
        new Comparison(base, Map.of("all", runs.get(7)), options(1 << 20, 1, false))
                .write(out, PackageWriter.object(), Map.of("all", coalitions));
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        Map<String, BigDecimal> totals = new LinkedHashMap<>();
        for (String line : Files.readAllLines(out.resolve("attribution.csv"))) {
            String[] f = line.split(",", -1);
            String key = f[1] + f[2] + f[3];
            if (f[4].equals("total")) {
                totals.put(key, new BigDecimal(f[5]));
            } else if (!f[4].equals("cause")) {
                sums.merge(key, new BigDecimal(f[5]), BigDecimal::add);
            }
        }
        // the December and the last month, for two nations and the world by two weights
        assertEquals(2 * (2 * 3 + 2), totals.size());
        assertEquals(totals, sums);
        Map<String, String> effects = read(out, "effects", "month", "iso3", "outcome");
        Map<String, String> parts = read(out, "attribution", "month", "iso3", "outcome", "cause");
        String effect = effects.get("2026-12 IND share_cn_open").split(",", -1)[4];
        assertEquals(effect, parts.get("2026-12 IND share_cn_open total").split(",", -1)[5]);
        // alone it does what it does without the others
        double alone =
                Double.parseDouble(parts.get("2026-12 IND share_cn_open trust").split(",", -1)[9]);
        assertEquals(.3437, alone, 1e-6);
    }
}
