package twostacks.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own: the packaged jar, or the class path where there is none. */
final class Program {
    private static final int PATIENCE_SECONDS = 240;

    final int exitCode;
    final String printed;

    private Program(int exitCode, String printed) {
        this.exitCode = exitCode;
        this.printed = printed;
    }

    /** The words of a command that runs the program. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        String jar = System.getProperty("twostacks.jar");
        command.addAll(
                jar != null
                        ? List.of("-jar", jar)
                        : List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Program run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Process process = start(environment, arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end after " + PATIENCE_SECONDS + " s: " + printed);
        }
        return new Program(process.exitValue(), printed);
    }

    static Program run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /**
     * Whether processes started from here hear Ctrl-C. Those of a build that a shell has put into the background do not:
     * they inherit that it is ignored.
     */
    static boolean hearsInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .allMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 0b10)
                        == 0);
    }

    @Override
    public String toString() {
        return "exit " + exitCode + "\n" + printed;
    }
}
