package twostacks.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which build this is: the version, and the commit that it was built from. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"twostacks " + version() + " (commit " + commit() + ")"};
    }

    /** Returns the version of the release, such as {@code 0.1.0}. */
    static String version() {
        return build().getProperty("version");
    }

    /**
     * Returns the commit, with {@code -dirty} behind it if files differed from it, or {@code unknown}. The launcher
     * knows the commit of the sources that it has just compared with the build, so its word goes before the build's.
     */
    static String commit() {
        String launcher = System.getProperty("twostacks.commit", "");
        if (!launcher.isEmpty()) {
            return launcher;
        }
        Properties build = build();
        String commit = build.getProperty("commit", "");
        if (commit.isEmpty() || commit.startsWith("$")) {
            return "unknown";
        }
        return "true".equals(build.getProperty("dirty")) ? commit + "-dirty" : commit;
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build;
    }
}
