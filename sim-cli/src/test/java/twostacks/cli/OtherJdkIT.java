package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar on every JDK that stands beside this one: the same run gives the same bytes. */
final class OtherJdkIT {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    @TempDir
    private Path temporary;

    /** One JDK of each version from 17 on, by version. */
    private static Map<Integer, Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Map<Integer, Path> jdks = new TreeMap<>();
        for (Path folder : List.of(own.getParent(), Path.of("/usr/lib/jvm"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    for (Path jdk : all.sorted().toList()) {
                        add(jdk, jdks);
                    }
                }
            }
        }
        add(own, jdks);
        return jdks;
    }

    private static void add(Path jdk, Map<Integer, Path> jdks) throws IOException {
        if (Files.isExecutable(jdk.resolve("bin/java")) && Files.isReadable(jdk.resolve("release"))) {
            Matcher matcher = VERSION.matcher(Files.readString(jdk.resolve("release")));
            if (matcher.find() && Integer.parseInt(matcher.group(1)) >= 17) {
                jdks.put(Integer.valueOf(matcher.group(1)), jdk);
            }
        }
    }

    @Test
    void everyJdkGivesTheSameBytes() throws IOException, InterruptedException {
        Map<Integer, Path> jdks = jdks();
        assumeTrue(
                jdks.size() > 1,
                "install another JDK, 17 or newer, beside " + System.getProperty("java.home") + " to compare results");
        Map<String, byte[]> first = null;
        for (Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
            Map<String, byte[]> files = run(jdk.getKey(), jdk.getValue());
            if (first == null) {
                first = files;
            }
            assertEquals(first.keySet(), files.keySet());
            assertTrue(files.containsKey("offers.csv"));
            for (Map.Entry<String, byte[]> file : first.entrySet()) {
                assertArrayEquals(file.getValue(), files.get(file.getKey()), file.getKey() + ", JDK " + jdk.getKey());
            }
        }
    }

    private Map<String, byte[]> run(int version, Path jdk) throws IOException, InterruptedException {
        Path results = temporary.resolve("jdk" + version);
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/java").toString(),
                "-jar",
                System.getProperty("twostacks.jar"),
                "run",
                "baseline",
                "--quiet",
                "--no-report", // it shows the provenance: the JDK and how long the run took
                "--segments",
                "--offers",
                "--months=60",
                "--replicates=2",
                "--set=nations.only=[USA, CHN, IND, BRA, DEU, KEN]",
                "--set=population.adoptersPerNation=500",
                "-o",
                results.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(results)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("provenance.json")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
