package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
    private static final List<String> SMALL = List.of(
            "--months=54",
            "--set=nations.only=[USA, CHN, IND, KEN]",
            "--set=population.adoptersPerNation=100",
            "--quiet");

    @TempDir
    private Path temporary;

    private static Cli compare(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(SMALL);
        all.addAll(List.of(arguments));
        return twostacks(all.toArray(String[]::new));
    }

    private static Cli loud(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(SMALL.subList(0, 3));
        all.addAll(List.of(arguments));
        return twostacks(all.toArray(String[]::new));
    }

    private static int replicates(Path run) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readAllBytes(run.resolve("datapackage.json")))
                .path("twostacks")
                .path("replicates")
                .asInt();
    }

    @Test
    void anAlternativeIsToldFromItsBaseWithIntervals() throws IOException {
        Path out = temporary.resolve("out");
        Cli ended = loud("baseline", "price-war", "-o", out.toString(), "--replicates", "3");
        assertEquals(0, ended.exitCode, ended::toString);
        assertTrue(ended.out.startsWith("price-war less baseline  seed 1, 3 pairs; paired t, 95 %"), ended.out);
        assertTrue(ended.out.contains("first differs in 2026-10"), ended.out);
        assertTrue(ended.out.matches("(?s).*Chinese services +[+-]\\d+\\.\\d\\d \\[.*"), ended.out);
        assertTrue(ended.out.contains("Pairing: one pair tells as much"), ended.out);
        assertFalse(ended.out.contains("NaN"), ended.out);
        assertTrue(Files.exists(out.resolve("effects.csv")));
        assertTrue(Files.exists(out.resolve("provenance.json")));
        assertTrue(Files.exists(out.resolve("base/world.csv")));
        assertTrue(Files.exists(out.resolve("alternatives/price-war/world.csv")));
    }

    @Test
    void pairsAreAddedToThoseThatAreThereAndTheBytesAreThoseOfOneGo() throws IOException {
        Path grown = temporary.resolve("grown");
        Path oneGo = temporary.resolve("one-go");
        for (String pairs : List.of("2", "3")) {
            Cli ended = compare("baseline", "price-war", "-o", grown.toString(), "--replicates", pairs);
            assertEquals(0, ended.exitCode, ended::toString);
        }
        assertEquals(0, compare("baseline", "price-war", "-o", oneGo.toString(), "--replicates", "3").exitCode);
        for (String file : List.of("effects.csv", "datapackage.json", "base/nations.csv")) {
            assertArrayEquals(Files.readAllBytes(oneGo.resolve(file)), Files.readAllBytes(grown.resolve(file)), file);
        }
        Cli fewer = compare("baseline", "price-war", "-o", grown.toString(), "--replicates", "2");
        assertEquals(2, fewer.exitCode);
        assertTrue(fewer.err.contains("holds 3 pairs; ask for as many or more"), fewer.err);
        Cli other = compare("baseline", "trust-shock-us", "-o", grown.toString(), "--replicates", "3");
        assertEquals(2, other.exitCode);
        assertTrue(other.err.contains("holds a comparison of baseline with price-war"), other.err);
    }

    @Test
    void precisionAddsPairsUntilTheIntervalIsNarrowOrGivesUpAloud() throws IOException {
        Path out = temporary.resolve("out");
        String[] wanted = {"baseline", "price-war", "-o", out.toString(), "--outcome", "share_cn_api"};
        Cli wide = compare(with(wanted, "--precision", "0.5"));
        assertEquals(0, wide.exitCode, wide::toString);
        assertEquals(8, replicates(out.resolve("base")));
        Cli narrow = compare(with(wanted, "--precision", "0.0000001", "--most-replicates", "10"));
        assertEquals(1, narrow.exitCode, narrow::toString);
        assertTrue(narrow.err.contains("the precision is not reached with 10 pairs"), narrow.err);
        assertEquals(10, replicates(out.resolve("base")));
        assertTrue(Files.readString(out.resolve("datapackage.json")).contains("\"reached\": false"));
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void anEffectIsDividedAmongTheLeversThatMoved() throws IOException {
        Path file = temporary.resolve("mixed.yaml");
        Files.writeString(file, """
                name: mixed
                extends: baseline
                description: A price cut and a backdoor.
                events:
                  - {date: 2026-10, do: priceMove, by: CN, factor: 0.3, source: hypothetical}
                  - {date: 2026-10, do: incident, kind: backdoor, by: US, source: hypothetical}
                """);
        Path out = temporary.resolve("out");
        Cli ended = loud(
                "baseline",
                file.toString(),
                "-o",
                out.toString(),
                "--replicates",
                "2",
                "--attribute",
                "--columns",
                "share_cn_api,share_us_closed",
                "--outcome",
                "share_cn_api",
                "--json");
        assertEquals(0, ended.exitCode, ended::toString);
        JsonNode root = new ObjectMapper().readTree(ended.out);
        JsonNode causes = root.path("alternatives").path(0).path("attribution").path("share_cn_api:2027-06");
        double sum = causes.path("price").path("effect").asDouble()
                + causes.path("trust").path("effect").asDouble();
        assertEquals(causes.path("total").path("effect").asDouble(), sum, 1e-9, ended.out);
        assertTrue(causes.path("price").path("effect").asDouble() > 0, ended.out);
        assertEquals(3, causes.size(), ended.out);
        assertTrue(Files.exists(out.resolve("attribution/mixed/price/nations.csv.gz")));
        assertTrue(Files.exists(out.resolve("attribution/mixed/trust/nations.csv.gz")));
    }

    @Test
    void whatCannotBeComparedIsRefusedBeforeAnythingRuns() {
        String out = temporary.resolve("out").toString();
        assertRefused(
                "share_cn_opne'; did you mean 'share_cn_open'?", "baseline", "price-war", "--outcome", "share_cn_opne");
        assertRefused(
                "has no nation INX; did you mean 'IND'?", "baseline", "price-war", "--outcome", "INX.share_cn_open");
        assertRefused(
                "the runs cover 2023-01 to 2027-06", "baseline", "price-war", "--outcome", "share_cn_open:2035-12");
        assertRefused("no weight is called 'people'", "baseline", "price-war", "--outcome", "share_cn_open@people");
        assertRefused("did you mean 'share_cn_api'?", "baseline", "price-war", "--columns", "share_cn_apy");
        assertRefused("can be named once", "baseline", "baseline");
        assertRefused("give one of them", "baseline", "price-war", "--replicates", "3", "--precision", "1");
        assertRefused("--replicates must be at least 2", "baseline", "price-war", "--replicates", "1");
        assertRefused("did you mean 'price-war'?", "baseline", "price-wra");
        assertFalse(Files.exists(Path.of(out)));
    }

    private void assertRefused(String why, String... arguments) {
        Cli ended = compare(with(arguments, "-o", temporary.resolve("out").toString()));
        assertEquals(2, ended.exitCode, ended::toString);
        assertTrue(ended.err.contains(why), ended.err);
    }
}
