package twostacks.cli.browser;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./twostacks explore} as users start it, in a process of its own. */
final class ExplorerProgram implements Closeable {
    private final Process process;
    private final BufferedReader said;
    /** Where its page is. */
    final String address;

    ExplorerProgram(String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("..", "twostacks").toString(), "explore", "--no-open"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = process.inputReader(StandardCharsets.UTF_8);
        String found = "";
        for (String line = said.readLine(); line != null && found.isEmpty(); line = said.readLine()) {
            found = line.strip().startsWith("http://") ? line.strip() : "";
        }
        address = found;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        said.close();
    }
}
