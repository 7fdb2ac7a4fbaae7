package twostacks.cli;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How to start this very program once more. */
final class Self {
    private Self() {}

    /** The words that start it: this Java, and this build, which later builds leave alone. */
    static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String commit = "-Dtwostacks.commit=" + VersionProvider.commit();
        try {
            Path code = Path.of(Self.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(code)) {
                return List.of(java, commit, "-jar", code.toString());
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // from the class path, then
        }
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(p -> Path.of(p).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(java, commit, "-cp", classPath, Main.class.getName());
    }
}
