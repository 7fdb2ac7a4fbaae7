package twostacks.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twostacks.experiment.JobResult.Status;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.ResultDirectory;
import twostacks.output.RunDescription;
import twostacks.output.SmallWorld;

final class RunServiceTest {
    private static final String BUILD = "abc";

    @TempDir
    private Path temporary;

    private static RunService service(int threads) {
        return new RunService(threads, BUILD, List.of("test"), false, Progress.NONE, new Cancellation());
    }

    private static RunService forcing() {
        return new RunService(2, BUILD, List.of("test"), true, Progress.NONE, new Cancellation());
    }

    private static JobResult run(RunService service, RunDescription run, Path directory) throws Exception {
        return service.run(List.of(new Job(run, directory))).get(0);
    }

    /** Everything that may be compared, by name. */
    private static Map<String, byte[]> compared(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals(ResultDirectory.PROVENANCE)) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> got) {
        assertEquals(expected.keySet(), got.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, got.get(name), name));
    }

    private static List<Path> allBelow(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> !file.equals(directory)).toList();
        }
    }

    @Test
    void threadsChangeNoByte() throws Exception {
        RunDescription run = SmallWorld.run(7, 5);
        Map<String, byte[]> expected = null;
        for (int threads : new int[] {1, 2, 8}) {
            Path directory = temporary.resolve("threads" + threads);
            assertEquals(Status.DONE, run(service(threads), run, directory).status());
            if (expected == null) {
                expected = compared(directory);
            } else {
                assertSameFiles(expected, compared(directory));
            }
        }
    }

    @Test
    void runAgainFromItsResolvedScenarioGivesTheSameBytes() throws Exception {
        RunDescription run = SmallWorld.run(11, 2);
        Path first = temporary.resolve("first");
        run(service(2), run, first);
        var resolved = SmallWorld.scenario(Files.readString(first.resolve(ResultDirectory.SCENARIO)));
        assertEquals(11, resolved.seed().orElseThrow());
        RunDescription again = RunDescription.of(resolved, "1.2.3", 11, 2, Set.of("segments", "offers"), false);
        assertEquals(run.id(), again.id());
        Path second = temporary.resolve("second");
        run(service(2), again, second);
        assertSameFiles(compared(first), compared(second));
    }

    @Test
    void rowsStandInTheOrderOfTheirKeyAndNoneIsMissing() throws Exception {
        Path directory = temporary.resolve("out");
        run(service(8), SmallWorld.run(1, 4), directory);
        List<String> keys = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(directory.resolve("nations.csv"))) {
            reader.forEach(row -> keys.add(row.getField("scenario")
                    + row.getField("replicate")
                    + row.getField("month")
                    + row.getField("iso3")));
        }
        List<String> expected = new ArrayList<>();
        for (int replicate = 1; replicate <= 4; replicate++) {
            for (int month = 1; month <= SmallWorld.MONTHS; month++) {
                for (String nation : List.of("CHN", "CIV", "IND", "KEN", "USA")) {
                    expected.add("baseline" + replicate + "2023-0" + month + nation);
                }
            }
        }
        assertEquals(expected, keys);
    }

    @Test
    void replicatesDifferInLuck() throws Exception {
        Path directory = temporary.resolve("out");
        run(service(2), SmallWorld.run(1, 2), directory);
        Function<String, List<String>> ofReplicate = replicate -> {
            try (Stream<String> lines = Files.lines(directory.resolve("nations.csv"))) {
                String prefix = "baseline," + replicate + ",";
                return lines.filter(line -> line.startsWith(prefix))
                        .map(line -> line.substring(prefix.length()))
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        assertNotEquals(ofReplicate.apply("1"), ofReplicate.apply("2"));
    }

    @Test
    void theDataPackageListsExactlyTheHeadersAndTheFilesHaveItsHashesAndRows() throws Exception {
        Path directory = temporary.resolve("out");
        run(service(2), SmallWorld.run(1, 2), directory);
        var root = new ObjectMapper()
                .readTree(directory.resolve(ResultDirectory.PACKAGE).toFile());
        List<String> tables = new ArrayList<>();
        for (var resource : root.path("resources")) {
            Path file = directory.resolve(resource.path("path").asText());
            byte[] bytes = Files.readAllBytes(file);
            assertEquals(bytes.length, resource.path("bytes").asLong(), file::toString);
            var digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
            assertEquals(
                    "sha256:" + java.util.HexFormat.of().formatHex(digest),
                    resource.path("hash").asText());
            if (!resource.path("format").asText().equals("csv")) {
                continue;
            }
            tables.add(resource.path("name").asText());
            List<String> lines = Files.readAllLines(file);
            List<String> described = new ArrayList<>();
            resource.path("schema").path("fields").forEach(field -> {
                described.add(field.path("name").asText());
                assertFalse(field.path("description").asText().isEmpty());
            });
            assertEquals(lines.get(0), String.join(",", described));
            assertEquals(lines.size() - 1, resource.path("rows").asInt());
            List<String> key = new ArrayList<>();
            resource.path("schema").path("primaryKey").forEach(name -> key.add(name.asText()));
            assertTrue(described.containsAll(key), () -> described + " " + key);
            List<List<String>> keys = new ArrayList<>();
            try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
                reader.forEach(row -> keys.add(key.stream().map(row::getField).toList()));
            }
            assertEquals(Set.copyOf(keys).size(), keys.size(), "the key of " + file + " tells rows apart");
        }
        assertEquals(Outcomes.TABLES.stream().map(Table::name).toList(), tables);
        String text = Files.readString(directory.resolve(ResultDirectory.PACKAGE));
        assertFalse(text.contains(temporary.toString()), "no path");
        assertFalse(text.contains("\r"));
    }

    @Test
    void numbersHaveTheDecimalsOfTheirColumn() throws Exception {
        Path directory = temporary.resolve("out");
        run(service(2), SmallWorld.run(1, 1), directory);
        for (Table<?> table : Outcomes.TABLES) {
            try (CsvReader<NamedCsvRecord> reader =
                    CsvReader.builder().ofNamedCsvRecord(directory.resolve(table.name() + ".csv"))) {
                for (NamedCsvRecord row : reader) {
                    for (Column<?> column : table.columns()) {
                        String field = row.getField(column.name());
                        if (column.kind() != Column.Kind.TEXT && !field.isEmpty()) {
                            String decimals = column.decimals() == 0 ? "" : "\\.\\d{" + column.decimals() + "}";
                            assertTrue(field.matches("-?\\d+" + decimals), () -> column.name() + " " + field);
                        }
                    }
                }
            }
        }
    }

    @Test
    void compressedTablesHoldTheSame() throws Exception {
        RunDescription plain = SmallWorld.run(3, 3);
        RunDescription gzip =
                RunDescription.of(SmallWorld.scenario(), "1.2.3", 3, 3, Set.of("segments", "offers"), true);
        run(service(2), plain, temporary.resolve("plain"));
        run(service(2), gzip, temporary.resolve("gzip"));
        for (Table<?> table : Outcomes.TABLES) {
            byte[] expected = Files.readAllBytes(temporary.resolve("plain").resolve(table.name() + ".csv"));
            Path file = temporary.resolve("gzip").resolve(table.name() + ".csv.gz");
            byte[] bytes = Files.readAllBytes(file);
            assertArrayEquals(new byte[4], java.util.Arrays.copyOfRange(bytes, 4, 8), "no time in the header");
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                assertArrayEquals(expected, in.readAllBytes(), table.name());
            }
        }
        assertEquals(
                Status.ALREADY_THERE,
                run(service(2), gzip, temporary.resolve("gzip")).status());
    }

    @Test
    void aRunThatIsThereIsNotRunAgain() throws Exception {
        RunDescription run = SmallWorld.run(1, 1);
        run(service(1), run, temporary.resolve("out"));
        Map<String, byte[]> before = compared(temporary.resolve("out"));
        byte[] provenance = Files.readAllBytes(temporary.resolve("out").resolve(ResultDirectory.PROVENANCE));
        assertEquals(
                Status.ALREADY_THERE,
                run(service(2), run, temporary.resolve("out")).status());
        assertSameFiles(before, compared(temporary.resolve("out")));
        assertArrayEquals(
                provenance, Files.readAllBytes(temporary.resolve("out").resolve(ResultDirectory.PROVENANCE)));
    }

    @Test
    void aRunOfWhichAFileIsMissingOrChangedIsMadeAgain() throws Exception {
        RunDescription run = SmallWorld.run(1, 1);
        Path out = temporary.resolve("out");
        run(service(1), run, out);
        Map<String, byte[]> whole = compared(out);
        Files.delete(out.resolve("world.csv"));
        assertEquals("world.csv is missing", run(service(1), run, out).note());
        assertSameFiles(whole, compared(out));
        Files.writeString(out.resolve("labs.csv"), "changed\n");
        assertEquals(
                "labs.csv is not as it was written", run(service(1), run, out).note());
        assertSameFiles(whole, compared(out));
    }

    @Test
    void aRunByAnotherBuildIsMadeAgain() throws Exception {
        RunDescription run = SmallWorld.run(1, 1);
        Path out = temporary.resolve("out");
        run(service(1), run, out);
        RunService other = new RunService(1, "def", List.of("test"), false, Progress.NONE, new Cancellation());
        JobResult result = run(other, run, out);
        assertEquals(Status.DONE, result.status());
        assertEquals("made by another build (abc)", result.note());
    }

    @Test
    void anotherRunsDirectoryIsRefusedAndReplacedOnlyByForce() throws Exception {
        Path out = temporary.resolve("out");
        run(service(1), SmallWorld.run(1, 2), out);
        Map<String, byte[]> before = compared(out);
        RunDescription other = RunDescription.of(SmallWorld.scenario(), "1.2.3", 2, 1, Set.of(), false);
        OccupiedException refused = assertThrows(OccupiedException.class, () -> run(service(1), other, out));
        assertEquals(Map.of(out, "a run of baseline (seed 1, 2 replicates, model 1.2.3)"), refused.occupied());
        assertSameFiles(before, compared(out));

        assertEquals(Status.DONE, run(forcing(), other, out).status());
        assertFalse(Files.exists(out.resolve("offers.csv")), "no file of the other run stays");
        assertEquals(Status.ALREADY_THERE, run(service(1), other, out).status());
    }

    @Test
    void aRunWithOtherParametersIsAnotherRun() throws Exception {
        Path out = temporary.resolve("out");
        run(service(1), SmallWorld.run(1, 1), out);
        RunDescription other = RunDescription.of(
                SmallWorld.scenario().withParameters(Map.of("price.cnSubsidy", .5)),
                "1.2.3",
                1,
                1,
                Set.of("segments", "offers"),
                false);
        OccupiedException refused = assertThrows(OccupiedException.class, () -> run(service(1), other, out));
        assertTrue(refused.occupied().get(out).contains("with other parameters"), refused::getMessage);
    }

    @Test
    void filesThatNobodyVouchesForAreNotOverwritten() throws Exception {
        Path out = Files.createDirectory(temporary.resolve("out"));
        Files.writeString(out.resolve("nations.csv"), "mine");
        OccupiedException refused =
                assertThrows(OccupiedException.class, () -> run(service(1), SmallWorld.run(1, 1), out));
        assertTrue(refused.occupied().get(out).contains("nations.csv"), refused::getMessage);
        assertEquals("mine", Files.readString(out.resolve("nations.csv")));
    }

    @Test
    void aForeignDataPackageIsRefusedAndItsFilesOutliveForce() throws Exception {
        Path out = Files.createDirectory(temporary.resolve("out"));
        Files.writeString(out.resolve(ResultDirectory.PACKAGE), "{\"resources\": [{\"path\": \"precious.csv\"}]}");
        Files.writeString(out.resolve("precious.csv"), "mine");
        assertThrows(OccupiedException.class, () -> run(service(1), SmallWorld.run(1, 1), out));
        run(forcing(), SmallWorld.run(1, 1), out);
        assertEquals("mine", Files.readString(out.resolve("precious.csv")));
    }

    @Test
    void aDataPackageCannotHaveFilesElsewhereRemoved() throws Exception {
        Path precious = Files.writeString(temporary.resolve("precious.csv"), "mine");
        Path out = Files.createDirectory(temporary.resolve("out"));
        Files.writeString(
                out.resolve(ResultDirectory.PACKAGE),
                "{\"twostacks\": {\"runId\": \"x\"}, \"resources\": [{\"path\": \"../precious.csv\"}]}");
        run(forcing(), SmallWorld.run(1, 1), out);
        assertEquals("mine", Files.readString(precious));
    }

    @Test
    void otherFilesInTheDirectoryAreLeftAlone() throws Exception {
        Path out = Files.createDirectory(temporary.resolve("out"));
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertEquals(Status.DONE, run(service(1), SmallWorld.run(1, 1), out).status());
        assertEquals("mine", Files.readString(out.resolve("notes.txt")));
    }

    @Test
    void aStoppedRunLeavesNothing() throws Exception {
        Cancellation cancellation = new Cancellation();
        AtomicLong months = new AtomicLong();
        Progress stopsSoon = new Progress() {
            @Override
            public void begin(long all) {
                assertEquals(8L * SmallWorld.MONTHS, all);
            }

            @Override
            public void month() {
                if (months.incrementAndGet() == 3 * SmallWorld.MONTHS + 1) {
                    cancellation.cancel();
                }
            }
        };
        RunService service = new RunService(2, BUILD, List.of("test"), false, stopsSoon, cancellation);
        Path out = temporary.resolve("results").resolve("out");
        assertEquals(Status.STOPPED, run(service, SmallWorld.run(1, 8), out).status());
        assertTrue(months.get() < 8L * SmallWorld.MONTHS);
        assertEquals(List.of(), allBelow(temporary));
    }

    @Test
    void aFailedReplicateIsNamedAndNothingOfItsRunIsWritten() throws Exception {
        Progress breaks = new Progress() {
            private final AtomicLong months = new AtomicLong();

            @Override
            public void begin(long all) {}

            @Override
            public void month() {
                if (months.incrementAndGet() == 2 * SmallWorld.MONTHS + 2) {
                    throw new IllegalStateException("the model broke");
                }
            }
        };
        RunService service = new RunService(1, BUILD, List.of("test"), false, breaks, new Cancellation());
        List<JobResult> results = service.run(List.of(
                new Job(SmallWorld.run(1, 4), temporary.resolve("one")),
                new Job(SmallWorld.run(2, 1), temporary.resolve("two"))));
        assertEquals(Status.FAILED, results.get(0).status());
        assertEquals("replicate 3 failed: the model broke", results.get(0).note());
        assertEquals(Status.DONE, results.get(1).status());
        assertFalse(Files.exists(temporary.resolve("one")));
        assertTrue(Files.exists(temporary.resolve("two").resolve(ResultDirectory.PACKAGE)));
    }

    @Test
    void anErrorOfTheMachineReachesTheCallerAndLeavesNothing() throws Exception {
        Progress breaks = new Progress() {
            @Override
            public void begin(long all) {}

            @Override
            public void month() {
                throw new OutOfMemoryError("pretended");
            }
        };
        RunService service = new RunService(2, BUILD, List.of("test"), false, breaks, new Cancellation());
        assertThrows(OutOfMemoryError.class, () -> run(service, SmallWorld.run(1, 3), temporary.resolve("out")));
        assertEquals(List.of(), allBelow(temporary));
    }

    @Test
    void whatAKilledRunLeftIsClearedAway() throws Exception {
        Path out = temporary.resolve("out");
        Path unfinished = Files.createDirectories(out.resolve(".twostacks-unfinished"));
        Files.writeString(unfinished.resolve("lock"), "");
        Files.writeString(unfinished.resolve("nations.csv"), "half");
        Files.writeString(out.resolve("nations.csv"), "renamed before the data package was");
        assertEquals(Status.DONE, run(service(1), SmallWorld.run(1, 1), out).status());
        assertFalse(Files.exists(unfinished));
    }

    @Test
    void whatAProcessKilledAfterItsLastFileLeftIsRemovedFromResultsThatAreWhole() throws Exception {
        RunDescription run = SmallWorld.run(1, 1);
        Path out = temporary.resolve("out");
        run(service(1), run, out);
        List<Path> whole = allBelow(out);
        Path unfinished = Files.createDirectories(out.resolve(".twostacks-unfinished"));
        Files.writeString(unfinished.resolve("lock"), "");
        assertEquals(Status.ALREADY_THERE, run(service(1), run, out).status());
        assertEquals(Set.copyOf(whole), Set.copyOf(allBelow(out)));
    }

    @Test
    void resultsThatAreWholeAreFoundWhileTheirDirectoryIsHeld() throws Exception {
        RunDescription run = SmallWorld.run(1, 1);
        Path out = temporary.resolve("out");
        run(service(1), run, out);
        ResultDirectory held = ResultDirectory.take(out);
        assertEquals(Status.ALREADY_THERE, run(service(1), run, out).status());
        assertTrue(Files.exists(held.unfinished()));
        held.removeUnfinished();
    }

    @Test
    void twoRunsDoNotWriteToOneDirectory() throws Exception {
        Path out = temporary.resolve("out");
        ResultDirectory held = ResultDirectory.take(out);
        assertThrows(ResultDirectory.BusyException.class, () -> run(service(1), SmallWorld.run(1, 1), out));
        held.removeUnfinished();
        assertEquals(Status.DONE, run(service(1), SmallWorld.run(1, 1), out).status());
    }

    @Test
    void nothingIsRunIfOneDirectoryCannotBeHad() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        assertThrows(
                IOException.class,
                () -> service(1)
                        .run(List.of(
                                new Job(SmallWorld.run(1, 1), temporary.resolve("out")),
                                new Job(SmallWorld.run(1, 1), file.resolve("below")))));
        assertThrows(NotDirectoryException.class, () -> run(service(1), SmallWorld.run(1, 1), file));
        assertEquals(List.of(file), allBelow(temporary));
    }

    @Test
    void aPlaceThatMayNotBeWrittenToIsSaidSo() throws Exception {
        Path closed = Files.createDirectory(temporary.resolve("closed"));
        assertTrue(closed.toFile().setWritable(false));
        // The administrator may write anywhere but to what the system keeps for itself.
        Path out = Files.isWritable(closed) ? Path.of("/proc/twostacks") : closed.resolve("out");
        assertThrows(IOException.class, () -> run(service(1), SmallWorld.run(1, 1), out));
    }

    @Test
    void identitiesTellRunsApart() {
        List<String> ids = IntStream.range(0, 3)
                .boxed()
                .flatMap(i -> Stream.of(SmallWorld.run(i, 1), SmallWorld.run(1, 2 + i)))
                .map(RunDescription::id)
                .toList();
        assertEquals(ids.size(), Set.copyOf(ids).size());
        assertEquals(SmallWorld.run(1, 1).id(), SmallWorld.run(1, 1).id());
    }

    @Test
    void moreReplicatesAreAddedToThoseThatAreThereAndTheBytesAreThoseOfOneGo() throws Exception {
        for (boolean gzip : new boolean[] {false, true}) {
            RunDescription five = RunDescription.of(SmallWorld.scenario(), "1.2.3", 7, 5, Set.of("segments"), gzip);
            Path inOneGo = temporary.resolve("one-go" + gzip);
            run(service(2), five, inOneGo);
            Path grown = temporary.resolve("grown" + gzip);
            AtomicLong months = new AtomicLong();
            for (int replicates : new int[] {2, 3, 5}) {
                Progress counting = new Progress() {
                    @Override
                    public void begin(long all) {}

                    @Override
                    public void month() {
                        months.incrementAndGet();
                    }
                };
                RunService service = new RunService(2, BUILD, List.of("test"), false, counting, new Cancellation());
                JobResult ended = run(service, five.withReplicates(replicates), grown);
                assertEquals(Status.DONE, ended.status(), ended.note());
            }
            assertEquals(5L * SmallWorld.MONTHS, months.get(), "no replicate was made twice");
            assertSameFiles(compared(inOneGo), compared(grown));
        }
    }

    @Test
    void whatIsThereStaysIfTheOtherReplicatesAreStopped() throws Exception {
        RunDescription two = SmallWorld.run(7, 2);
        Path directory = temporary.resolve("out");
        run(service(2), two, directory);
        Map<String, byte[]> before = compared(directory);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        RunService service = new RunService(2, BUILD, List.of("test"), false, Progress.NONE, cancelled);
        assertEquals(
                Status.STOPPED, run(service, two.withReplicates(4), directory).status());
        assertSameFiles(before, compared(directory));
    }
}
