package twostacks.experiment.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few kibibytes, mounted for a test; where that is not allowed, the test is skipped. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static SmallDisk mount(Path path, int kibibytes) throws IOException, InterruptedException {
        boolean mounted = "root".equals(System.getProperty("user.name"))
                && Path.of("/bin/mount").toFile().canExecute()
                && call(List.of("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", path.toString()));
        Assumptions.assumeTrue(mounted, "needs root and the right to mount a tmpfs");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    private static boolean call(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
        try {
            call(List.of("umount", path.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
