package twostacks.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What pages are made of: scripts, styles and boundaries, as resources beside this class. */
public final class Assets {
    private Assets() {}

    /**
     * The text of one.
     *
     * @param name name of its file
     * @return its text
     * @throws IllegalStateException if there is none
     */
    public static String text(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
