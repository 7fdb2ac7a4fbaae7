package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a small checkout of its own, with a Maven and a Java that only note how they are called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
@Timeout(120)
final class LauncherTest {

    /** All that the launcher needs of a system; its PATH here has nothing else. */
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cksum",
            "cp",
            "env",
            "find",
            "git",
            "grep",
            "ln",
            "ls",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "rmdir",
            "sleep",
            "sort",
            "tail",
            "touch",
            "uname",
            "xargs");

    private static final String MAVEN = """
            #!/usr/bin/env bash
            if [ "$1" = -v ]; then echo "Apache Maven ${MAVEN_VERSION:-3.9.9} (a stub)"; exit; fi
            echo "$*" >>../maven.log
            case " $* " in *' -o '*) [ -z "${NOT_FETCHED:-}" ] || { echo 'Cannot access it in offline mode'; exit 1; } ;; esac
            [ -z "${BROKEN:-}" ] || { echo 'A.java:[1,1] this does not compile'; exit 1; }
            sleep "${SLOW:-0}"
            [ -z "${EDITED:-}" ] || [ -e ../edited ] || { touch ../edited; echo 'class C {}' >sim-core/src/main/java/A.java; }
            mkdir -p sim-cli/target/launch/lib
            echo jar >sim-cli/target/launch/sim-cli-0.1.0.jar
            """;

    private static final String JAVA = """
            #!/usr/bin/env bash
            for word; do
                case $word in -XX:ArchiveClassesAtExit=*) echo archive >"${word#*=}"; exit ;; esac
            done
            printf '<%s>' "$@"
            echo
            [ -z "${HANG:-}" ] || exec sleep 60
            exit "${EXIT:-0}"
            """;

    @TempDir
    private Path temporary;

    private Path checkout;
    private Path bin;
    private Path jdk;
    private Path source;

    @BeforeEach
    void layOutACheckout() throws IOException {
        checkout = Files.createDirectory(temporary.resolve("a checkout"));
        Files.copy(Path.of("..", "twostacks"), checkout.resolve("twostacks"), StandardCopyOption.COPY_ATTRIBUTES);
        write(checkout.resolve("pom.xml"), "<project/>");
        write(checkout.resolve("sim-core/pom.xml"), "<project/>");
        source = checkout.resolve("sim-core/src/main/java/A.java");
        write(source, "class A {}");

        bin = Files.createDirectory(temporary.resolve("bin"));
        for (String tool : TOOLS) {
            script(bin.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        script(bin.resolve("mvn"), MAVEN);
        jdk = temporary.resolve("jdk");
        script(jdk.resolve("bin/java"), JAVA);
        script(jdk.resolve("bin/javac"), JAVA);
        write(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void buildsOnFirstUseOnly() throws Exception {
        assertEquals(0, launch("--version").exitCode());
        assertEquals(0, launch("--version").exitCode());
        assertEquals(1, builds());
        assertTrue(mavenLog().contains(" -o "), mavenLog());
    }

    @Test
    void buildsAgainWhenASourceIsChangedAddedOrRemoved() throws Exception {
        launch();
        write(source, "class B {}");
        launch();
        assertEquals(2, builds(), "changed, at the same size");
        Path facts = checkout.resolve("sim-core/src/main/resources/some facts.csv");
        write(facts, "a,b\n");
        launch();
        assertEquals(3, builds(), "added");
        Files.move(facts, facts.resolveSibling("other facts.csv"));
        launch();
        assertEquals(4, builds(), "renamed");
        Files.delete(facts.resolveSibling("other facts.csv"));
        Files.delete(source);
        launch();
        assertEquals(5, builds(), "removed");
        write(checkout.resolve("pom.xml"), "<project><!-- --></project>");
        launch();
        assertEquals(6, builds(), "another pom.xml");
    }

    @Test
    void doesNotBuildAgainForWhatIsNotInTheBuild() throws Exception {
        launch();
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        write(checkout.resolve("sim-core/src/test/java/ATest.java"), "class ATest {}");
        write(checkout.resolve("README.md"), "#");
        write(checkout.resolve("sim-core/target/classes/A.class"), "");
        write(checkout.resolve("sim-core/src/main/java/.A.java.swp"), "");
        launch();
        assertEquals(1, builds());
    }

    @Test
    void takesAnEarlierBuildOfTheSameSources() throws Exception {
        launch();
        write(source, "class B {}");
        launch();
        write(source, "class A {}");
        launch();
        assertEquals(2, builds());
    }

    @Test
    void buildsOnceMoreWhenASourceIsEditedMeanwhile() throws Exception {
        assertEquals(0, launch(Map.of("EDITED", "1")).exitCode());
        assertEquals(2, builds());
        launch();
        assertEquals(2, builds());
        write(source, "class A {}");
        launch();
        assertEquals(3, builds(), "what was edited half-way is no build of what it was before");
    }

    @Test
    void handsOnArgumentsOptionsAndTheExitCode() throws Exception {
        Ended ended = launch(Map.of("EXIT", "7", "TWOSTACKS_JAVA_OPTS", "-Xmx1g -Da=b"), "run", "a b", "", "*");
        assertEquals(7, ended.exitCode());
        assertTrue(ended.printed().contains("<-Xmx1g><-Da=b><-jar>"), ended::printed);
        assertTrue(ended.printed().endsWith("/twostacks.jar><run><a b><><*>\n"), ended::printed);
    }

    @Test
    void oneRunOfABundledScenarioIsLeftToTheQuickCompiler() throws Exception {
        String quick = "<-XX:TieredStopAtLevel=1>";
        for (String line : new String[] {"run a", "run a -o x/y.z --seed 5 -q", "run a --set choice.price.all=1"}) {
            assertTrue(launch(Map.of(), line.split(" ")).printed().contains(quick), line);
        }
        for (String line : new String[] {
            "run a b",
            "run a.yaml",
            "run x/a",
            "run a -r 4",
            "run a --replicates=4",
            "sweep a",
            "--version",
            "run a --set population.adoptersPerNation=9",
            "run a --set=population.adoptersPerNation=9"
        }) {
            assertFalse(launch(Map.of(), line.split(" ")).printed().contains(quick), line);
        }
        Ended ended = launch(Map.of("TWOSTACKS_JAVA_OPTS", "-XX:+TieredCompilation"), "run", "a");
        assertFalse(ended.printed().contains(quick), ended::printed);
    }

    @Test
    void anOptionOfTheJvmThatItDoesNotKnowIsPassedOverOnlyIfNobodyGaveIt() throws Exception {
        String ours = "<-XX:+IgnoreUnrecognizedVMOptions><-XX:-UseFPUForSpilling>";
        assertTrue(launch(Map.of("TWOSTACKS_JAVA_OPTS", "-Xmx1g"), "run", "a")
                .printed()
                .contains(ours));
        Ended ended = launch(Map.of("TWOSTACKS_JAVA_OPTS", "-XX:+NoSuchThing"), "run", "a");
        assertFalse(ended.printed().contains("Unrecognized"), ended::printed);
    }

    @Test
    void becomesTheProgramSoThatSignalsReachIt() throws Exception {
        launch();
        Process process = start(Map.of("HANG", "1"), checkout.resolve("twostacks"));
        String first = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertTrue(first.startsWith("<"), first);
        process.destroy();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
    }

    @Test
    void startsThroughALinkFromAnywhere() throws Exception {
        Path links = Files.createDirectory(temporary.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("..", "a checkout", "twostacks"));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));
        Ended ended = end(start(Map.of(), links.resolve("second")));
        assertEquals(0, ended.exitCode(), ended::printed);
        assertEquals(1, builds());
    }

    @Test
    void eachJvmStartsFromAnArchiveOfItsOwn() throws Exception {
        assertTrue(launch().printed().contains("<-XX:SharedArchiveFile="));
        Path other = temporary.resolve("another jdk");
        script(other.resolve("bin/java"), JAVA);
        write(other.resolve("release"), "JAVA_VERSION=\"25-ea\"\n");
        assertEquals(0, launch(Map.of("JAVA_HOME", other.toString())).exitCode());
        try (var files = Files.walk(checkout.resolve("target/launch"))) {
            assertEquals(
                    2, files.filter(file -> file.toString().endsWith(".jsa")).count());
        }
        assertEquals(1, builds());
    }

    @Test
    void doesWithoutAnArchiveThatCannotBeMade() throws Exception {
        script(jdk.resolve("bin/java"), JAVA.replace("echo archive >\"${word#*=}\"; exit", "exit 1"));
        for (int start = 0; start < 2; start++) {
            Ended ended = launch();
            assertEquals(0, ended.exitCode());
            assertFalse(ended.printed().contains("SharedArchiveFile"), ended::printed);
        }
    }

    @Test
    void saysHowToGetAJdk() throws Exception {
        Ended ended = launch(Map.of("JAVA_HOME", ""));
        assertEquals(1, ended.exitCode());
        assertTrue(ended.printed().contains("twostacks needs a JDK 17 or newer"), ended::printed);
        assertTrue(ended.printed().contains("To get one"), ended::printed);
    }

    @Test
    void refusesAnOldJava() throws Exception {
        for (String version : List.of("1.8.0_412", "9", "11.0.2", "16-ea")) {
            write(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            Ended ended = launch();
            assertEquals(1, ended.exitCode(), version);
            assertTrue(ended.printed().contains("is Java " + version), ended::printed);
        }
    }

    @Test
    void asksAJavaThatHasNoReleaseFile() throws Exception {
        Files.delete(jdk.resolve("release"));
        script(jdk.resolve("bin/java"), "#!/usr/bin/env bash\necho 'openjdk version \"11.0.9\" 2020-10-20' >&2\n");
        assertTrue(launch().printed().contains("is Java 11.0.9"));
    }

    @Test
    void saysThatAJavaHomeIsWrong() throws Exception {
        Ended ended = launch(Map.of("JAVA_HOME", "/nowhere"));
        assertEquals(1, ended.exitCode());
        assertTrue(ended.printed().contains("JAVA_HOME is /nowhere"), ended::printed);
    }

    @Test
    void saysThatARuntimeIsNotEnoughToBuild() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));
        Ended ended = launch();
        assertEquals(1, ended.exitCode());
        assertTrue(ended.printed().contains("building needs a JDK"), ended::printed);
    }

    @Test
    void saysHowToGetMaven() throws Exception {
        Files.delete(bin.resolve("mvn"));
        Ended ended = launch();
        assertEquals(1, ended.exitCode());
        assertTrue(ended.printed().contains("no Maven found"), ended::printed);
        assertTrue(ended.printed().contains("To get it"), ended::printed);
    }

    @Test
    void refusesAnOldMaven() throws Exception {
        Ended ended = launch(Map.of("MAVEN_VERSION", "3.6.3"));
        assertEquals(1, ended.exitCode());
        assertTrue(ended.printed().contains("Maven 3.8 or newer is needed"), ended::printed);
        assertEquals(0, launch(Map.of("MAVEN_VERSION", "3.10.1")).exitCode());
    }

    @Test
    void aBuildThatFailsShowsWhyAndIsTriedAgainNextTime() throws Exception {
        Ended ended = launch(Map.of("BROKEN", "1"));
        assertEquals(1, ended.exitCode());
        assertTrue(ended.printed().contains("A.java:[1,1] this does not compile"), ended::printed);
        assertTrue(
                ended.printed()
                        .contains(checkout.toRealPath()
                                .resolve("target/launch/build.log")
                                .toString()),
                ended::printed);
        assertEquals(1, builds(), "no second try, which would fail as well");
        assertEquals(0, launch().exitCode());
    }

    @Test
    void fetchesWhatIsNotOnTheMachine() throws Exception {
        assertEquals(0, launch(Map.of("NOT_FETCHED", "1")).exitCode());
        assertEquals(2, builds());
        assertFalse(mavenLog().lines().skip(1).findFirst().orElseThrow().contains(" -o "), mavenLog());
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int start = 0; start < 4; start++) {
            processes.add(start(Map.of("SLOW", "1"), checkout.resolve("twostacks")));
        }
        for (Process process : processes) {
            Ended ended = end(process);
            assertEquals(0, ended.exitCode(), ended::printed);
        }
        assertEquals(1, builds());
    }

    @Test
    void takesOverFromAStartThatWasKilledWhileItBuilt() throws Exception {
        Process process = start(Map.of("SLOW", "30"), checkout.resolve("twostacks"));
        while (builds() == 0) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        Ended ended = launch();
        assertEquals(0, ended.exitCode(), ended::printed);
        assertFalse(Files.exists(checkout.resolve("target/launch/lock"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aBuildThatIsInterruptedLeavesNothingBehind() throws Exception {
        Process process = start(Map.of("SLOW", "30"), checkout.resolve("twostacks"));
        while (builds() == 0) {
            Thread.sleep(20);
        }
        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        assertFalse(Files.isSymbolicLink(checkout.resolve("target/launch/lock")));
    }

    private record Ended(int exitCode, String printed) {}

    private Ended launch(String... arguments) throws IOException, InterruptedException {
        return launch(Map.of(), arguments);
    }

    private Ended launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(start(environment, checkout.resolve("twostacks"), arguments));
    }

    private Process start(Map<String, String> environment, Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(bin.resolve("bash").toString(), launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private String mavenLog() throws IOException {
        Path log = temporary.resolve("maven.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private long builds() throws IOException {
        return mavenLog().lines().count();
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void script(Path file, String content) throws IOException {
        write(file, content);
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Path find(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this system has no " + tool));
    }
}
