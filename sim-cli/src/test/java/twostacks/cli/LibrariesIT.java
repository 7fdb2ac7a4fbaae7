package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is shipped beside the project's own jars: exactly the files of libraries.csv, byte for byte, each with a licence
 * that goes with Apache-2.0 and a line in NOTICE.
 */
final class LibrariesIT {
    private static final Path LIST = Path.of("src/test/resources/twostacks/cli/libraries.csv");
    private static final Set<String> COMPATIBLE =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "AFL-3.0");

    private static List<String[]> listed() throws IOException {
        return Files.readAllLines(LIST).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theLibrariesAreThoseOfTheListToTheByte() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        listed().forEach(row -> expected.put(row[0], row[1]));
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> jars =
                Files.list(Path.of(System.getProperty("twostacks.jar")).resolveSibling("lib"))) {
            jars.filter(jar -> !jar.getFileName().toString().matches("(sim-core|sim-scenarios|analysis)-.*"))
                    .forEach(jar -> found.put(jar.getFileName().toString(), sha256(jar)));
        }
        assertEquals(expected, found);
    }

    @Test
    void theirLicencesGoWithTheProjectsAndAreInNotice() throws IOException {
        String notice = Files.readString(Path.of("../NOTICE"));
        for (String[] row : listed()) {
            assertTrue(COMPATIBLE.contains(row[2]), row[0] + " is under " + row[2]);
            assertTrue(notice.contains(row[3]), "NOTICE does not name " + row[3]);
        }
    }
}
