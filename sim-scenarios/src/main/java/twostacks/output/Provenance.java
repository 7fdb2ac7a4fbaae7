package twostacks.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What was true of the process that made results and is of no consequence for them: {@code provenance.json}, which is
 * never compared.
 *
 * @param command words of the command
 * @param build what the program was built from
 * @param threads threads at work
 * @param started when the run started
 * @param simulatingNanos time spent simulating, summed over threads
 * @param writingNanos time spent writing, summed over threads
 */
public record Provenance(
        List<String> command, String build, int threads, Instant started, long simulatingNanos, long writingNanos) {
    private static final int KIB = 1024;

    /** Copies the command. */
    public Provenance {
        command = List.copyOf(command);
    }

    /** The text of {@code provenance.json} of a run, now. */
    String json(RunDescription run) {
        return json("runId", run.id());
    }

    /**
     * The text of {@code provenance.json}, now.
     *
     * @param key what the results are known by
     * @param id that
     * @return JSON
     */
    public String json(String key, String id) {
        Instant now = Instant.now();
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put(key, id);
        ArrayNode words = root.putArray("command");
        command.forEach(words::add);
        root.put("build", build);
        root.put("started", started.truncatedTo(ChronoUnit.MILLIS).toString());
        root.put("finished", now.truncatedTo(ChronoUnit.MILLIS).toString());
        root.put("host", host());
        root.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        root.put("java", property("java.vm.name") + " " + Runtime.version());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("threads", threads);
        ObjectNode seconds = root.putObject("seconds");
        seconds.put("elapsed", seconds(ChronoUnit.NANOS.between(started, now)));
        seconds.put("simulating", seconds(simulatingNanos));
        seconds.put("writing", seconds(writingNanos));
        root.put("peakMemoryMiB", peakMemory());
        return Json.text(root);
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    private static String host() {
        for (String variable : List.of("HOSTNAME", "COMPUTERNAME")) {
            String name = System.getenv(variable);
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        try {
            return Files.readString(Path.of("/etc/hostname"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Greatest memory of the whole process where the system tells, else greatest heap. */
    private static long peakMemory() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // not Linux
        }
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getPeakUsage() != null) {
                bytes += pool.getPeakUsage().getUsed();
            }
        }
        return bytes / KIB / KIB;
    }
}
