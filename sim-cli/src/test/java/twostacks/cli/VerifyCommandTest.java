package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.cli.Cli.twostacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import twostacks.scenario.ScenarioCatalog;
import twostacks.verification.Engine;

/** {@code twostacks verify}. */
final class VerifyCommandTest {

    @TempDir
    private Path temporary;

    @Test
    void limitsThatHoldEndWell() throws IOException {
        Path csv = temporary.resolve("folder/verification.csv");
        Cli ended = twostacks("verify", "--quick", "--only", "v9,V8", "--csv", csv.toString());
        assertEquals(0, ended.exitCode, ended::toString);
        assertTrue(ended.out.startsWith("V8 capability\n"), ended.out);
        assertTrue(ended.out.contains("\nV9 price\n"), ended.out);
        assertTrue(ended.out.contains("  steady lag in months  "), ended.out);
        assertTrue(ended.out.contains("15 figures of 2 limits, all as expected, in "), ended.out);
        assertEquals("", ended.err);
        assertEquals(16, Files.readAllLines(csv).size());
        assertEquals(
                "limit,what,expected,got,standard_error,tolerance,detectable,verdict",
                Files.readAllLines(csv).get(0));
    }

    @Test
    void aMissIsSaidAndEndsBadly() {
        StringWriter out = new StringWriter();
        Engine late =
                (spec, seed, replicate, threads, told) -> Engine.REAL.run(spec, seed, replicate, threads, world -> {
                    if (world.monthOfRun() != 11) {
                        told.month(world);
                    }
                });
        int exitCode = new CommandLine(new VerifyCommand(late))
                .setOut(new PrintWriter(out, true))
                .execute("--quick", "--only=V8", "--quiet");
        assertEquals(1, exitCode, out::toString);
        String said = out.toString();
        assertTrue(said.contains("lag in points after 12 months"), said);
        assertTrue(said.contains("MISS\n"), said);
        assertTrue(!said.contains("steady lag"), "what holds is not said: " + said);
        assertTrue(said.contains("7 figures of 1 limit, 3 MISSES, in "), said);
    }

    @Test
    void jsonSaysEverything() throws IOException {
        Cli ended = twostacks("verify", "--quick", "--only=V7", "--json");
        assertEquals(0, ended.exitCode, ended::toString);
        JsonNode root = new ObjectMapper().readTree(ended.out);
        assertEquals(1, root.path("schemaVersion").asInt());
        assertEquals("verify", root.path("command").asText());
        assertTrue(root.path("holds").asBoolean());
        JsonNode limit = root.path("limits").path(0);
        assertEquals("V7", limit.path("id").asText());
        assertEquals("verification/v7-chips", limit.path("scenarios").path(0).asText());
        assertEquals(11, limit.path("figures").size());
        assertTrue(limit.path("figures").path(0).path("standardError").isNull());
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        for (String wrong : new String[] {"--only=V99", "--seed=-1", "--threads=0"}) {
            Cli ended = twostacks("verify", wrong);
            assertEquals(2, ended.exitCode, ended::toString);
            assertTrue(ended.err.contains(wrong.substring(0, wrong.indexOf('='))), ended.err);
        }
        Cli folder = twostacks("verify", "--quick", "--only=V9", "--csv", temporary.toString());
        assertEquals(2, folder.exitCode, folder::toString);
        assertTrue(folder.err.contains("which is a directory"), folder.err);
        Path file = temporary.resolve("file");
        Files.writeString(file, "");
        Cli below = twostacks(
                "verify", "--quick", "--only=V9", "--csv", file.resolve("x.csv").toString());
        assertEquals(2, below.exitCode, below::toString);
        assertTrue(below.err.contains("cannot write"), below.err);
    }

    @Test
    void itsScenariosCanBeShownCopiedCheckedAndRun() throws IOException {
        for (String name : ScenarioCatalog.verification()) {
            assertEquals(ScenarioCatalog.text(name), twostacks("scenarios", "show", name).out);
        }
        Path copy = temporary.resolve("mine.yaml");
        assertEquals(0, twostacks("scenarios", "copy", "verification/v9-price", copy.toString()).exitCode);
        Cli valid = twostacks("validate", copy.toString(), "verification/v9-price");
        assertEquals(0, valid.exitCode, valid::toString);
        Cli ran = twostacks(
                "run",
                "verification/v9-price",
                "--months=3",
                "-o",
                temporary.resolve("out").toString());
        assertEquals(0, ran.exitCode, ran::toString);
    }
}
