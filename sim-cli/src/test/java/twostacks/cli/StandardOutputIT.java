package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The jar, with a standard output that takes nothing. */
@Timeout(60)
final class StandardOutputIT {

    private static Process start(Redirect output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("twostacks.jar")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectOutput(output).start();
    }

    private static String err(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whoeverHasReadEnoughMayGo() throws IOException, InterruptedException {
        Process process = start(Redirect.PIPE, "params", "list", "--json");
        process.getInputStream().close();
        assertEquals("", err(process));
        assertEquals(0, process.waitFor());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "there is no device that is always full")
    void aFullDiskIsNoSuccess() throws IOException, InterruptedException {
        Process process = start(Redirect.to(new File("/dev/full")), "columns");
        assertTrue(err(process).startsWith("twostacks: cannot write to standard output: "));
        assertEquals(1, process.waitFor());
    }
}
