package twostacks.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a standalone master and two workers of the test's own, started from Spark's jars on the loopback interface. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class SparkIT {
    private static final Path PROGRAM = Path.of(System.getProperty("twostacks.program", "../sim-cli/target"));
    private static final Path ENGINE = Path.of(System.getProperty("twostacks.engine", "target/sim-spark-0.1.0.jar"));
    private static final int PATIENCE_SECONDS = 120;
    private static final int SHARDS = 12;

    @TempDir
    private Path temporary;

    private final List<Process> processes = new ArrayList<>();

    private List<String> java(String memory) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        for (String option : JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)) {
            words.add(option);
        }
        words.addAll(List.of("-cp", home().resolve("jars") + File.separator + "*"));
        return words;
    }

    private Path home() {
        return temporary.resolve("spark");
    }

    /** Spark's jars are those that this test is compiled with, less what is ours. */
    private void install() throws IOException {
        Files.createDirectories(home().resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            String name = jar.getFileName().toString();
            if (name.endsWith(".jar")
                    && !name.startsWith("sim-")
                    && !name.startsWith("junit")
                    && !name.startsWith("surefire")) {
                Files.createSymbolicLink(home().resolve("jars").resolve(name), jar.toAbsolutePath());
            }
        }
    }

    private Process start(String log, List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve(log).toFile());
        builder.environment().put("SPARK_HOME", home().toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_WORKER_DIR", temporary.resolve("work").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes) {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, String log, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain for " + what + "\n" + said(log));
            Thread.sleep(20);
        }
    }

    private String said(String log) throws IOException {
        Path file = temporary.resolve(log);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static Map<String, String> results(Path directory) throws IOException {
        Map<String, String> results = new TreeMap<>();
        for (String name : List.of("runs.csv", "design.csv", "failures.csv", "world.csv", "datapackage.json")) {
            results.put(name, Files.readString(directory.resolve(name)));
        }
        return results;
    }

    private Path jar() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAM)) {
            return files.filter(f -> f.getFileName().toString().matches("sim-cli-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    /** Executors by their main class. */
    private Optional<ProcessHandle> executor() {
        return processes.stream()
                .flatMap(Process::descendants)
                .filter(p -> p.isAlive() && words(p).contains("CoarseGrainedExecutorBackend"))
                .findFirst();
    }

    private static String words(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return ""; // it is gone
        }
    }

    private static boolean stored(Path runs) throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            return files.findAny().isPresent();
        }
    }

    @Test
    void aSweepWithAnExecutorKilledInTheMiddleGivesTheBytesOfALocalOne() throws IOException, InterruptedException {
        install();
        Path experiment = Files.writeString(temporary.resolve("trial.yaml"), """
                name: trial
                overrides: {horizon.months: 40, population.adoptersPerNation: 100, nations.only: [USA, CHN, IND]}
                factors: {price.cnSubsidy: plausible, trust.accessShockLoss: plausible}
                levers: {none: {}, shutdown: {extends: model-access-shutdown}}
                design: {kind: sobol, size: 32}
                keep: {outcomes: [share_us_closed, share_cn_open], series: world}
                """);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String master = "spark://127.0.0.1:" + port;
        List<String> words = java("-Xmx300m");
        words.addAll(List.of(
                "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "-p", port + "", "--webui-port", "0"));
        start("master.log", words);
        await("the master", "master.log", () -> said("master.log").contains("New state: ALIVE"));
        for (int worker = 1; worker <= 2; worker++) {
            words = java("-Xmx300m");
            words.addAll(List.of(
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "-c",
                    "1",
                    "-m",
                    "700M",
                    "--webui-port",
                    "0",
                    master));
            start("worker" + worker + ".log", words);
        }
        List<String> jars = new ArrayList<>(List.of(ENGINE.toRealPath().toString()));
        try (Stream<Path> libraries = Files.list(PROGRAM.resolve("lib"))) {
            for (Path library : libraries.sorted().toList()) {
                jars.add(library.toRealPath().toString());
            }
        }
        Path out = temporary.resolve("out");
        words = java("-Xmx500m");
        words.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--class",
                "twostacks.cli.Main",
                "--jars",
                String.join(",", jars),
                "--conf",
                "spark.executor.memory=512m",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.network.timeout=60s",
                jar().toString(),
                "sweep",
                experiment.toString(),
                "-o",
                out.toString(),
                "--engine",
                "spark",
                "--shards",
                SHARDS + ""));
        Process sweep = start("sweep.log", words);
        await(
                "a run that is stored",
                "sweep.log",
                () -> Files.isDirectory(out.resolve("runs")) && stored(out.resolve("runs")));
        ProcessHandle killed = executor().orElseThrow();
        killed.destroyForcibly();
        assertTrue(sweep.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "no end");
        String said = said("sweep.log");
        assertEquals(0, sweep.exitValue(), said);
        assertTrue(said.contains("Lost executor"), said);
        assertTrue(said.contains("Spark: " + SHARDS + " of " + SHARDS + " shards"), said);

        Path local = temporary.resolve("local");
        Process here = start(
                "local.log",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar().toString(),
                        "sweep",
                        experiment.toString(),
                        "-q",
                        "-o",
                        local.toString()));
        assertTrue(here.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, here.exitValue(), said("local.log"));
        assertEquals(results(local), results(out));
    }
}
