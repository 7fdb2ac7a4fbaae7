package twostacks.analysis.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    private static final String NATIONS = """
            scenario,replicate,month,iso3,share_us_closed,stance,surplus
            s,1,2026-11,AAA,0.100000,open,-3.0000
            s,1,2026-11,BBB,0.200000,open,40000.5000
            s,1,2026-12,AAA,0.300000,open,
            s,1,2026-12,BBB,0.400000,cn_aligned,2.0000
            s,2,2026-11,AAA,0.500000,sovereign,1.0000
            s,2,2026-11,BBB,0.600000,sovereign,2.0000
            s,2,2026-12,AAA,0.700000,open,
            s,2,2026-12,BBB,0.812345,cn_aligned,4.0000
            """;

    @TempDir
    private Path directory;

    private void results(String nations) throws IOException {
        Files.writeString(directory.resolve("nations.csv"), nations);
        Files.writeString(directory.resolve("events.csv"), """
                scenario,replicate,month,sequence,kind,actor,target,detail
                s,1,2026-12,1,ban,,AAA,"no, </script> thanks"
                s,2,2026-12,1,ban,,AAA,"no, </script> thanks"
                s,2,2026-12,2,flip,,BBB,from US to CN
                """);
        Files.writeString(directory.resolve("datapackage.json"), """
                {"title": "twostacks: <s>", "twostacks": {"runId": "abc", "scenario": "s", "seed": 1, "replicates": 2,
                 "horizon": {"start": "2026-11", "end": "2026-12", "months": 2}},
                 "resources": [
                  {"name": "nations", "path": "nations.csv", "schema": {"fields": [
                   {"name": "scenario", "type": "string"}, {"name": "replicate", "type": "integer"},
                   {"name": "month", "type": "yearmonth"}, {"name": "iso3", "type": "string"},
                   {"name": "share_us_closed", "type": "number"}, {"name": "stance", "type": "string"},
                   {"name": "surplus", "type": "number", "unit": "utils"}]}},
                  {"name": "events", "path": "events.csv", "schema": {"fields": [{"name": "month", "type": "yearmonth"}]}}
                 ]}
                """);
    }

    private String page() throws Exception {
        Path target = directory.resolve("report.html");
        long bytes = Report.write(directory, target);
        assertEquals(Files.size(target), bytes);
        return Files.readString(target);
    }

    private static String found(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    /** Reads a page's data as the page does. */
    private static final class Data {
        final ByteBuffer buffer;
        final JsonNode header;

        Data(String page) throws IOException {
            buffer = ByteBuffer.wrap(Base64.getDecoder()
                    .decode(found(page, "<script type=\"text/plain\" id=\"data\">([^<]*)</script>")));
            header = new ObjectMapper().readTree(block(0));
        }

        byte[] block(int number) throws IOException {
            int at = 4 + 4 * buffer.getInt(0);
            for (int i = 0; i < number; i++) {
                at += buffer.getInt(4 + 4 * i);
            }
            byte[] bytes = new byte[buffer.getInt(4 + 4 * number)];
            buffer.get(at, bytes);
            return new InflaterInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }

        double[] small(JsonNode column, String which) throws IOException {
            byte[] bytes = block(column.path(which).asInt());
            double[] values = new double[bytes.length / 2];
            short before = 0;
            for (int i = 0; i < values.length; i++) {
                before += (short) ((bytes[i] & 0xff) | bytes[values.length + i] << 8);
                double quantum = column.path("quantum").asDouble(which.equals("share") ? 1e-3 : 1);
                values[i] = before == Payload.NOTHING ? Double.NaN : before * quantum;
            }
            return values;
        }

        JsonNode column(String kind, String name) {
            for (JsonNode column : header.path("cubes").path("nations").path(kind)) {
                if (column.path("name").asText().equals(name)) {
                    return column;
                }
            }
            throw new AssertionError("no column " + name);
        }
    }

    @Test
    void meansAndRangesOverReplicatesAreInThePage() throws Exception {
        results(NATIONS);
        Data data = new Data(page());
        JsonNode share = data.column("numbers", "share_us_closed");
        // by nation and then month: (0.1 + 0.5) / 2 and so on
        assertArrayEquals(new double[] {0.3, 0.5, 0.4, 0.6062}, data.small(share, "mean"), 1e-9);
        assertArrayEquals(new double[] {0.1, 0.3, 0.2, 0.4}, data.small(share, "low"), 1e-9);
        assertArrayEquals(new double[] {0.5, 0.7, 0.6, 0.8123}, data.small(share, "high"), 1e-9);
        assertEquals(
                "least to greatest of 2 replicates", data.header.path("band").asText());
    }

    @Test
    void aMissingValueStaysMissingAndALargeOneFits() throws Exception {
        results(NATIONS);
        Data data = new Data(page());
        JsonNode surplus = data.column("numbers", "surplus");
        double quantum = surplus.path("quantum").asDouble();
        assertArrayEquals(new double[] {-1, Double.NaN, 20_001.25, 3}, data.small(surplus, "mean"), quantum / 2 + 1e-9);
        assertEquals(10, quantum, "40000.5 wants steps of ten to fit into 16 bits");
    }

    @Test
    void textsAreSummedUpByTheMostFrequentAndItsShare() throws Exception {
        results(NATIONS);
        Data data = new Data(page());
        JsonNode stance = data.column("labels", "stance");
        assertEquals(
                "[\"open\",\"cn_aligned\",\"sovereign\"]", stance.path("words").toString());
        assertArrayEquals(new double[] {0, 0, 0, 1}, data.small(stance, "mode"));
        assertArrayEquals(new double[] {0.5, 1, 0.5, 1}, data.small(stance, "share"), 1e-9);
    }

    @Test
    void equalEventsOfReplicatesAreCounted() throws Exception {
        results(NATIONS);
        Data data = new Data(page());
        JsonNode events = new ObjectMapper()
                .readTree(data.block(data.header.path("events").asInt()));
        assertEquals(
                "[[1,\"ban\",\"\",\"AAA\",\"no, </script> thanks\",2],[1,\"flip\",\"\",\"BBB\",\"from US to CN\",1]]",
                events.toString());
    }

    @Test
    void nothingButItsOwnScriptAndStyleMayRun() throws Exception {
        results(NATIONS);
        String page = page();
        String policy = found(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");
        assertTrue(policy.startsWith("default-src 'none'; "), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(policy.contains("script-src '" + hash(found(page, "<script>(.*?)</script>")) + "'"), policy);
        assertTrue(policy.contains("style-src '" + hash(found(page, "<style>(.*?)</style>")) + "'"), policy);
        assertEquals(2, page.split("<script", -1).length - 1, "the data and the script");
        assertFalse(Pattern.compile("\\s(src|href)=\"(?!#)").matcher(page).find(), "nothing is loaded");
        assertTrue(page.contains("<title>twostacks: &lt;s&gt;</title>"), "what comes from files is escaped");
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void fineNumbersKeepTheirBits() throws Exception {
        float[] values = {0.1f, Float.NaN, -3e9f};
        byte[] bytes = new InflaterInputStream(new ByteArrayInputStream(Payload.fine(values))).readAllBytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            assertEquals(value, buffer.getFloat());
        }
    }

    @Test
    void fromTwentyReplicatesOnTheBandLeavesOutTheTails() {
        Band band = new Band(1);
        float[] sample = new float[21];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (i * 8) % 21; // 0 to 20 in another order
        }
        band.set(0, sample, sample.length);
        assertEquals(10, band.mean[0]);
        assertEquals(1, band.low[0], 1e-6, "the 5th percentile of 0 to 20");
        assertEquals(19, band.high[0], 1e-6, "the 95th percentile of 0 to 20");
    }

    @Test
    void whatIsNotAsItShouldBeIsToldWithItsPlace() throws Exception {
        results(NATIONS.replace("0.700000", "0.7x"));
        assertEquals(directory.resolve("nations.csv") + ":8: '0.7x' is not a number", refused());
        results(NATIONS.replace("0.700000,open,", "0.7"));
        assertTrue(refused().startsWith(directory.resolve("nations.csv") + " cannot be read: Record 8 has 5 fields"));
        results(NATIONS.replace("s,2,2026-12,BBB", "s,3,2026-12,BBB"));
        assertTrue(refused().contains("month 2026-12 of replicate 3 is not among those"), refused());
        results(NATIONS.replace("stance", "posture"));
        assertEquals(directory.resolve("nations.csv") + " has no column stance", refused());
        Files.delete(directory.resolve("nations.csv"));
        assertEquals(directory.resolve("nations.csv") + " is missing", refused());
        Files.delete(directory.resolve("datapackage.json"));
        assertTrue(refused().contains("has no datapackage.json"), refused());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of("events.csv"),
                    files.map(f -> f.getFileName().toString()).toList(),
                    "nothing half-written");
        }
    }

    @Test
    void aPageStaysBelowTwoMegabytesAndNamesTheColumnsItLeavesOut() throws Exception {
        int columns = 30;
        SplittableRandom noise = new SplittableRandom(1);
        StringBuilder rows = new StringBuilder("replicate,month,iso3,stance");
        StringBuilder fields = new StringBuilder();
        for (int c = 0; c < columns; c++) {
            rows.append(",noise_").append(c);
            fields.append(", {\"name\": \"noise_").append(c).append("\", \"type\": \"number\"}");
        }
        for (int month = 0; month < 156; month++) {
            for (int nation = 0; nation < 190; nation++) {
                rows.append(String.format(
                        Locale.ROOT,
                        "\n1,%04d-%02d,%c%cX,open",
                        2023 + month / 12,
                        month % 12 + 1,
                        'A' + nation / 26,
                        'A' + nation % 26));
                for (int c = 0; c < columns; c++) {
                    rows.append(",0.").append(noise.nextInt(100_000, 1_000_000));
                }
            }
        }
        Files.writeString(directory.resolve("nations.csv"), rows.append('\n').toString());
        Files.writeString(directory.resolve("datapackage.json"), """
                {"twostacks": {"replicates": 1, "horizon": {"start": "2023-01", "end": "2035-12", "months": 156}},
                 "resources": [{"name": "nations", "path": "nations.csv", "schema": {"fields": [
                 {"name": "replicate", "type": "integer"}, {"name": "month", "type": "yearmonth"},
                 {"name": "iso3", "type": "string"}, {"name": "stance", "type": "string"}%s]}}]}
                """.replace("%s", fields));
        String page = page();
        assertTrue(page.length() < 2_000_000, page.length() + " characters");
        JsonNode nations = new Data(page).header.path("cubes").path("nations");
        assertTrue(nations.path("numbers").size() > 10, nations::toString);
        assertEquals(
                columns, nations.path("numbers").size() + nations.path("left").size());
        assertFalse(nations.path("left").isEmpty());
    }

    private String refused() {
        return assertThrows(
                        UnusableResultsException.class, () -> Report.write(directory, directory.resolve("report.html")))
                .getMessage();
    }
}
