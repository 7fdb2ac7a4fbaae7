package twostacks.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real Slurm of the tests' own on this machine, by the scripts in {@code src/test/slurm}. */
final class SlurmCluster implements AutoCloseable {
    static final int NODES = 4;

    private static final List<String> PROGRAMS =
            List.of("munged", "mungekey", "slurmctld", "slurmd", "sbatch", "scontrol", "scancel");
    private static final int PATIENCE_SECONDS = 90;
    private static final Path SCRIPTS = Path.of("src", "test", "slurm");

    private final Path directory;
    private final int port;

    private SlurmCluster(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** What is not installed of that which it needs. */
    static List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String program : PROGRAMS) {
            if (List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
                    .noneMatch(d -> Files.isExecutable(Path.of(d, program)))) {
                missing.add(program);
            }
        }
        return missing;
    }

    static SlurmCluster start(Path directory) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = 20000 + free.getLocalPort() % 10000;
        }
        SlurmCluster cluster = new SlurmCluster(directory.toRealPath(), port);
        cluster.up();
        return cluster;
    }

    /** Starts whatever is not running. */
    void up() throws IOException, InterruptedException {
        Answer answer = ask(List.of(
                scripts().resolve("slurm-up.sh").toString(),
                directory.toString(),
                Integer.toString(NODES),
                Integer.toString(port)));
        if (answer.code != 0) {
            throw new IllegalStateException(answer.said);
        }
    }

    private static Path scripts() {
        Path here = SCRIPTS.toAbsolutePath();
        return Files.isDirectory(here)
                ? here
                : Path.of("sim-cli").resolve(SCRIPTS).toAbsolutePath();
    }

    @Override
    public void close() throws IOException {
        try {
            ask(List.of(scripts().resolve("slurm-down.sh").toString(), directory.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "SLURM_CONF",
                directory.resolve("etc/slurm.conf").toString(),
                "JAVA_TOOL_OPTIONS",
                "-Xmx200m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR");
    }

    /** What a command answered. */
    record Answer(int code, String said) {}

    /** Runs a command with Slurm's environment and a deadline. */
    Answer ask(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment()
                .put("SLURM_CONF", directory.resolve("etc/slurm.conf").toString());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("no answer from " + command);
        }
        String text = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        return new Answer(process.exitValue(), text);
    }

    /** States of the tasks of a job, or of the job: lines of {@code scontrol}. */
    List<String> tasks(String job) throws IOException, InterruptedException {
        Answer answer = ask(List.of("scontrol", "show", "job", "-o", job));
        return answer.code == 0
                ? answer.said.lines().filter(l -> l.startsWith("JobId=")).toList()
                : List.of();
    }

    /** The task of an array. */
    String task(String job, int number) throws IOException, InterruptedException {
        return tasks(job).stream()
                .filter(t -> word(t, "ArrayTaskId").equals(Integer.toString(number)))
                .findFirst()
                .orElse("");
    }

    static String word(String line, String key) {
        for (String word : line.split(" ", -1)) {
            if (word.startsWith(key + "=")) {
                return word.substring(key.length() + 1);
            }
        }
        return "";
    }

    static String state(String task) {
        return word(task, "JobState");
    }

    private static boolean over(String task) {
        return List.of("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "DEADLINE")
                .contains(state(task));
    }

    /** Waits until all tasks of a job are over; returns their states. */
    List<String> end(String job) throws IOException, InterruptedException {
        await("the end of job " + job, () -> {
            List<String> tasks = tasks(job);
            return !tasks.isEmpty() && tasks.stream().allMatch(SlurmCluster::over);
        });
        return tasks(job).stream().map(SlurmCluster::state).toList();
    }

    /** Something that may come true. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits, and not for ever. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        await(what, condition, 200);
    }

    /** Waits, looking again after so many milliseconds. */
    void await(String what, Condition condition, int millis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited in vain for " + what + "\n" + ask(List.of("squeue", "-l")).said
                        + ask(List.of("sinfo", "-N", "-l")).said);
            }
            Thread.sleep(millis);
        }
    }

    /** The Java process of a shard, which is the job's only one. */
    static ProcessHandle process(Path sweep, String shard) {
        return processes(sweep, shard).stream().findFirst().orElseThrow();
    }

    static List<ProcessHandle> processes(Path sweep, String shard) {
        Predicate<ProcessHandle> is = p -> {
            List<String> words = words(p);
            return words.contains("--shard") && words.contains(shard) && words.contains(sweep.toString());
        };
        return ProcessHandle.allProcesses().filter(is).toList();
    }

    private static List<String> words(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .split("\0", -1));
        } catch (IOException e) {
            return List.of(); // it is gone
        }
    }

    void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        ask(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    /** Kills the daemon of a node; the job on it runs on. */
    void killNode(String node) throws IOException, InterruptedException {
        String pid = Files.readString(directory.resolve("run/slurmd-" + node + ".pid"))
                .strip();
        ask(List.of("kill", "-9", pid));
    }
}
