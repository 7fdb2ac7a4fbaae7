package twostacks.facts;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of the bundled facts may rely on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FactTablesTest {
    private static final YearMonth DATA_START = YearMonth.of(2022, 10);
    private static final YearMonth DATA_END = YearMonth.of(2026, 8);
    private static final Set<String> TIERS = Set.of("1", "2", "3", "CN");
    private static final Set<String> SEGMENTS = Set.of("consumer", "developer", "enterprise", "public");
    private static final Set<String> CHANNELS = Set.of("api", "host", "self");
    private static final Set<String> ORIGINS = Set.of("US", "CN", "other");
    private static final Set<String> CONFIDENCE = Set.of("high", "medium", "low");
    private static final Set<String> AGGREGATES =
            Set.of("AFRICA", "EA", "EU27", "GLOBAL_NORTH", "GLOBAL_SOUTH", "GUF", "OECD", "WORLD");

    /** Least and greatest value of each lever; absent for those that take none. */
    private static final Map<String, double[]> VALUES = Map.of(
            "chipControl", new double[] {0, 1},
            "restrictModelAccess", new double[] {0, 1},
            "ban", new double[] {0, 1},
            "priceMove", new double[] {0, 100},
            "subsidy", new double[] {0, 1},
            "diplomacy", new double[] {-1, 1},
            "package", new double[] {0, 1},
            "news", new double[] {0, 1},
            "securityIncident", new double[] {0, 100});

    private static final Set<String> WITHOUT_VALUE = Set.of("withholdWeights", "stallReleases", "sovereign", "note");

    private final List<NamedCsvRecord> nations = read("nations.csv");
    private final List<NamedCsvRecord> models = read("models.csv");
    private final List<NamedCsvRecord> events = read("events.csv");
    private final List<NamedCsvRecord> targets = read("validation.csv");
    private final List<NamedCsvRecord> sources = read("sources.csv");
    private final Set<String> iso3 = fields(nations, "iso3");
    private final Set<String> labs = fields(models, "lab");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nations.csv",
                "models.csv",
                "events.csv",
                "labs.csv",
                "validation.csv",
                "sources.csv",
                "NOTICE-data.md"
            })
    void file_is_UTF_8_with_LF_and_names_no_package_registry(String file) throws CharacterCodingException {
        byte[] bytes = bytes(file);
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        assertAll(
                () -> assertFalse(text.startsWith("\uFEFF"), "byte order mark"),
                () -> assertFalse(text.contains("\r"), "carriage return"),
                () -> assertTrue(text.endsWith("\n"), "no newline at the end"),
                () -> assertFalse(
                        Pattern.compile("(?i)\\b(maven|npmjs|pypi|crates)\\b")
                                .matcher(text)
                                .find(),
                        "registry"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nations.csv", "models.csv", "events.csv", "labs.csv", "validation.csv", "sources.csv"})
    void no_field_has_blanks_around_it(String file) {
        for (NamedCsvRecord row : read(file)) {
            for (String field : row.getFields()) {
                assertEquals(field.strip(), field, () -> file + ": " + row);
            }
        }
    }

    @Test
    void there_are_198_nations_sorted_by_code() {
        assertEquals(198, nations.size());
        assertEquals(new ArrayList<>(new TreeSet<>(iso3)), column(nations, "iso3"));
        assertEquals(198, fields(nations, "iso2").size());
        assertEquals(198, fields(nations, "name").size());
    }

    @Test
    void every_code_but_that_of_Kosovo_is_in_ISO_3166_and_both_codes_agree() {
        Set<String> known = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3);
        for (NamedCsvRecord nation : nations) {
            String code = nation.getField("iso3");
            if (code.equals("XKX")) {
                assertEquals("XK", nation.getField("iso2"));
            } else {
                assertTrue(known.contains(code), code);
                assertEquals(
                        code,
                        new Locale.Builder()
                                .setRegion(nation.getField("iso2"))
                                .build()
                                .getISO3Country());
            }
        }
    }

    @Test
    void figures_of_nations_lie_in_their_ranges() {
        for (NamedCsvRecord nation : nations) {
            assertWithin(nation, "population", 5_000, 1.6e9);
            assertWithin(nation, "gdp_usd", 30, 4e7);
            assertWithin(nation, "population_year", 2020, 2026);
            assertWithin(nation, "gdp_year", 2015, 2026);
            assertWithin(nation, "us_embargo", 0, 1);
            assertWithin(nation, "language_support", 0, 1);
            assertWithin(nation, "lat", -90, 90);
            assertWithin(nation, "lon", -180, 180);
            assertBlankOrWithin(nation, "internet_share", 0, 1);
            assertBlankOrWithin(nation, "internet_year", 2015, 2026);
            assertBlankOrWithin(nation, "un_ideal_point", -4, 4);
            assertBlankOrWithin(nation, "trust_us", 0, 1);
            assertBlankOrWithin(nation, "trust_cn", 0, 1);
            assertTrue(nation.getField("language").matches("[a-z]{2,3}"), nation::toString);
            assertEquals(
                    nation.getField("internet_share").isEmpty(),
                    nation.getField("internet_year").isEmpty(),
                    nation::toString);
            assertAmong(
                    Set.of("", "Low", "Lower middle", "Upper middle", "High"), nation.getField("income_group"), nation);
            assertAmong(TIERS, nation.getField("tier"), nation);
            assertTrue(labs.containsAll(list(nation, "not_served_by")), nation::toString);
            assertTrue(ORIGINS.containsAll(list(nation, "closed_to")), nation::toString);
        }
    }

    @Test
    void one_language_has_one_support() {
        Map<String, Set<String>> support = nations.stream()
                .collect(Collectors.groupingBy(
                        nation -> nation.getField("language"),
                        Collectors.mapping(nation -> nation.getField("language_support"), Collectors.toSet())));
        support.forEach((language, values) -> assertEquals(1, values.size(), language));
    }

    @Test
    void Hong_Kong_and_Macau_share_the_tier_of_China_and_the_United_States_are_in_the_first() {
        assertEquals(Set.of("CHN", "HKG", "MAC"), codesWhere("tier", "CN"));
        assertTrue(codesWhere("tier", "1").contains("USA"));
        assertEquals(Set.of("CUB", "IRN", "PRK", "SYR"), codesWhere("us_embargo", "1"));
    }

    @Test
    void releases_are_sorted_by_date_lab_and_model_and_none_stands_twice() {
        List<NamedCsvRecord> sorted = models.stream()
                .sorted(Comparator.<NamedCsvRecord, String>comparing(row -> row.getField("date"))
                        .thenComparing(row -> row.getField("lab"))
                        .thenComparing(row -> row.getField("model")))
                .toList();
        assertEquals(sorted, models);
        assertEquals(models.size(), keys(models, "lab", "model").size());
    }

    @Test
    void figures_of_releases_lie_in_their_ranges() {
        for (NamedCsvRecord model : models) {
            assertInDataPeriod(YearMonth.from(LocalDate.parse(model.getField("date"))), model);
            assertAmong(Set.of("closed", "open", "restricted"), model.getField("access"), model);
            assertWithin(model, "capability", 1, 100);
            assertAmong(Set.of("seen", "estimated", "imputed"), model.getField("capability_basis"), model);
            assertAmong(Set.of("", "seen", "recalled"), model.getField("price_basis"), model);
            assertFalse(model.getField("source").isEmpty(), model::toString);
            assertTrue(iso3.contains(model.getField("home")), model::toString);
            for (String price : List.of("price_in", "price_out", "later_price_in", "later_price_out")) {
                assertBlankOrWithin(model, price, .001, 1000);
            }
        }
    }

    @Test
    void a_price_has_both_halves_a_basis_a_source_and_a_later_one_its_day() {
        for (NamedCsvRecord model : models) {
            boolean unpriced = model.getField("price_in").isEmpty();
            for (String field : List.of("price_out", "price_basis", "price_source")) {
                assertEquals(unpriced, model.getField(field).isEmpty(), model::toString);
            }
            boolean unchanged = model.getField("later_price_in").isEmpty();
            assertEquals(unchanged, model.getField("later_price_out").isEmpty(), model::toString);
            assertTrue(unchanged || !unpriced, model::toString);
            String later = model.getField("later_date");
            assertEquals(unchanged, later.isEmpty(), model::toString);
            assertTrue(
                    unchanged || LocalDate.parse(later).isAfter(LocalDate.parse(model.getField("date"))),
                    model::toString);
        }
    }

    @Test
    void only_open_weights_have_a_licence_that_frees() {
        for (NamedCsvRecord model : models) {
            double freedom = Double.parseDouble(model.getField("licence_freedom"));
            assertEquals(model.getField("access").equals("open"), freedom > 0, model::toString);
            assertTrue(freedom >= 0 && freedom <= 1, model::toString);
            assertFalse(model.getField("licence").isEmpty(), model::toString);
        }
    }

    @Test
    void a_lab_has_one_home() {
        assertEquals(labs.size(), keys(models, "lab", "home").size());
    }

    @Test
    void events_are_sorted_and_dated_within_the_data() {
        List<NamedCsvRecord> sorted = events.stream()
                .sorted(Comparator.<NamedCsvRecord, String>comparing(row -> row.getField("date"))
                        .thenComparing(row -> row.getField("do"))
                        .thenComparing(row -> row.getField("nations"))
                        .thenComparing(row -> row.getField("title")))
                .toList();
        assertEquals(sorted, events);
        assertEquals(events.size(), keys(events, "date", "do", "title").size());
        for (NamedCsvRecord event : events) {
            assertInDataPeriod(month(event.getField("date")), event);
        }
    }

    @Test
    void events_name_only_what_exists() {
        for (NamedCsvRecord event : events) {
            assertAmong(Set.of("", "US", "CN"), event.getField("by"), event);
            assertTrue(labs.containsAll(list(event, "labs")), event::toString);
            assertTrue(iso3.containsAll(list(event, "nations")), event::toString);
            assertTrue(TIERS.containsAll(list(event, "tiers")), event::toString);
            assertTrue(SEGMENTS.containsAll(list(event, "segments")), event::toString);
            assertTrue(CHANNELS.containsAll(list(event, "channels")), event::toString);
            assertTrue(ORIGINS.containsAll(list(event, "origin")), event::toString);
        }
    }

    @Test
    void every_lever_has_its_value_its_actor_and_its_reason() {
        for (NamedCsvRecord event : events) {
            String lever = event.getField("do");
            if (VALUES.containsKey(lever)) {
                assertWithin(event, "value", VALUES.get(lever)[0], VALUES.get(lever)[1]);
            } else {
                assertAmong(WITHOUT_VALUE, lever, event);
                assertEquals("", event.getField("value"), event::toString);
            }
            if (!Set.of("ban", "sovereign", "note").contains(lever)) {
                assertAmong(Set.of("US", "CN"), event.getField("by"), event);
            }
            if (Set.of("chipControl", "restrictModelAccess").contains(lever)) {
                assertFalse(list(event, "tiers").isEmpty(), event::toString);
            }
            if (Set.of("ban", "package", "sovereign").contains(lever)) {
                assertFalse(list(event, "nations").isEmpty(), event::toString);
            }
            if (lever.equals("ban")) {
                assertFalse(event.getField("origin").isEmpty(), event::toString);
            }
            assertBlankOrWithin(event, "months", 1, 120);
            assertBlankOrWithin(event, "notice_months", 1, 24);
            if (!lever.equals("note")) {
                assertTrue(
                        event.getField("amount_basis")
                                .matches("(seen|derived|judgement|recalled)( \\([0-9.-]+\\))?: .+"),
                        event::toString);
            }
            assertFalse(event.getField("title").isEmpty(), event::toString);
            assertFalse(event.getField("source").isEmpty(), event::toString);
            assertFalse(event.getField("amount_basis").isEmpty(), event::toString);
            assertAmong(Set.of("seen", "derived", "recalled", "judgement"), event.getField("basis"), event);
            assertAmong(CONFIDENCE, event.getField("confidence"), event);
        }
    }

    @Test
    void no_power_controls_its_own_home() {
        for (NamedCsvRecord event : events) {
            if (Set.of("chipControl", "restrictModelAccess").contains(event.getField("do"))
                    && event.getField("by").equals("CN")) {
                assertFalse(list(event, "tiers").contains("CN"), event::toString);
            }
        }
    }

    @Test
    void targets_are_sorted_unique_and_within_their_bounds() {
        assertEquals(new ArrayList<>(new TreeSet<>(fields(targets, "target_id"))), column(targets, "target_id"));
        for (NamedCsvRecord target : targets) {
            double observed = Double.parseDouble(target.getField("observed"));
            assertBlankOrWithin(target, "low", Double.NEGATIVE_INFINITY, observed);
            assertBlankOrWithin(target, "high", observed, Double.POSITIVE_INFINITY);
            assertEquals(
                    target.getField("low").isEmpty(), target.getField("high").isEmpty(), target::toString);
            String unit = target.getField("unit");
            if (unit.startsWith("share of ")) {
                assertWithin(target, "observed", 0, 1);
            } else if (unit.startsWith("net share of ")) {
                assertWithin(target, "observed", -1, 1);
            }
            assertFalse(unit.contains("percent"), target::toString);
            assertFalse(target.getField("metric").isEmpty(), target::toString);
            assertFalse(target.getField("source").isEmpty(), target::toString);
            assertAmong(CONFIDENCE, target.getField("confidence"), target);
            String entity = target.getField("entity");
            assertTrue(iso3.contains(entity) || AGGREGATES.contains(entity), target::toString);
        }
    }

    @Test
    void targets_are_dated_in_one_grammar() {
        String point = "20\\d\\d(-H[12]|-Q[1-4]|-(0[1-9]|1[0-2])(-\\d\\d)?)?";
        for (NamedCsvRecord target : targets) {
            assertTrue(target.getField("date").matches(point + "(/" + point + ")?"), target::toString);
        }
    }

    @Test
    void trust_of_nations_is_that_of_the_targets() {
        for (String power : List.of("us", "china")) {
            String field = power.equals("us") ? "trust_us" : "trust_cn";
            Map<String, Double> surveyed = targets.stream()
                    .filter(target -> target.getField("metric").equals("favourable_view_of_" + power))
                    .collect(Collectors.toMap(
                            target -> target.getField("entity"),
                            target -> Double.valueOf(target.getField("observed"))));
            Map<String, Double> used = nations.stream()
                    .filter(nation -> !nation.getField(field).isEmpty())
                    .collect(Collectors.toMap(
                            nation -> nation.getField("iso3"), nation -> Double.valueOf(nation.getField(field))));
            assertEquals(surveyed, used);
        }
    }

    @Test
    void every_column_has_its_source_and_licence_and_none_is_described_that_is_not_there() {
        for (String file : List.of("nations.csv", "models.csv", "events.csv", "labs.csv", "validation.csv")) {
            List<String> described = sources.stream()
                    .filter(row -> row.getField("file").equals(file))
                    .map(row -> row.getField("column"))
                    .toList();
            assertEquals(read(file).get(0).getHeader(), described, file);
        }
        assertEquals(
                Set.of("nations.csv", "models.csv", "events.csv", "labs.csv", "validation.csv"),
                fields(sources, "file"));
        for (NamedCsvRecord row : sources) {
            for (String field : List.of("unit", "meaning", "source", "licence", "year", "basis")) {
                assertFalse(row.getField(field).isEmpty(), () -> field + ": " + row);
            }
            assertAmong(Set.of("seen", "derived", "recalled", "judgement"), row.getField("basis"), row);
        }
    }

    private Set<String> codesWhere(String field, String value) {
        return nations.stream()
                .filter(nation -> nation.getField(field).equals(value))
                .map(nation -> nation.getField("iso3"))
                .collect(Collectors.toSet());
    }

    private static void assertInDataPeriod(YearMonth month, NamedCsvRecord row) {
        assertFalse(month.isBefore(DATA_START) || month.isAfter(DATA_END), row::toString);
    }

    private static void assertAmong(Set<String> allowed, String value, NamedCsvRecord row) {
        assertTrue(allowed.contains(value), () -> value + " in " + row);
    }

    private static void assertBlankOrWithin(NamedCsvRecord row, String field, double least, double greatest) {
        if (!row.getField(field).isEmpty()) {
            assertWithin(row, field, least, greatest);
        }
    }

    private static void assertWithin(NamedCsvRecord row, String field, double least, double greatest) {
        double value = Double.parseDouble(row.getField(field));
        assertTrue(value >= least && value <= greatest, () -> field + " in " + row);
    }

    private static YearMonth month(String date) {
        return date.length() == 7 ? YearMonth.parse(date) : YearMonth.from(LocalDate.parse(date));
    }

    private static List<String> list(NamedCsvRecord row, String field) {
        String value = row.getField(field);
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(";", -1));
    }

    private static Set<String> fields(List<NamedCsvRecord> rows, String field) {
        return new HashSet<>(column(rows, field));
    }

    private static List<String> column(List<NamedCsvRecord> rows, String field) {
        return rows.stream().map(row -> row.getField(field)).toList();
    }

    private static Set<List<String>> keys(List<NamedCsvRecord> rows, String... fields) {
        Function<NamedCsvRecord, List<String>> key =
                row -> Arrays.stream(fields).map(row::getField).toList();
        return rows.stream().map(key).collect(Collectors.toSet());
    }

    private static List<NamedCsvRecord> read(String file) {
        return CsvReader.builder().ofNamedCsvRecord(new String(bytes(file), StandardCharsets.UTF_8)).stream()
                .toList();
    }

    private static byte[] bytes(String file) {
        try (InputStream stream = FactTablesTest.class.getResourceAsStream("/facts/" + file)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
