package twostacks.cli.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import twostacks.analysis.report.Report;
import twostacks.cli.Cli;

/** Makes the pictures of the README anew. */
@EnabledIfSystemProperty(
        named = "twostacks.pictures",
        matches = "true",
        disabledReason = "makes pictures, with -Dtwostacks.pictures=true")
final class ReadmePicturesTest {
    private static final Path PICTURES = Path.of("..", "docs", "pictures");

    @TempDir
    private Path temporary;

    @Test
    void theReport() throws Exception {
        Path results = temporary.resolve("four");
        Cli run = Cli.twostacks("run", "baseline", "--replicates=4", "--quiet", "--output=" + results);
        assertEquals(0, run.exitCode, run::toString);
        try (Chromium browser = new Chromium(1300, 1060)) {
            browser.open(results.resolve(Report.FILE).toUri().toString());
            browser.until("document.getElementById('page')?.dataset.drawn");
            browser.picture(PICTURES.resolve("report.png"));
        }
    }

    @Test
    void theExplorer() throws Exception {
        try (ExplorerProgram program = new ExplorerProgram();
                Chromium browser = new Chromium(1300, 1120)) {
            browser.open(program.address);
            browser.until("document.getElementById('page')?.dataset.done");
            browser.run(
                    "for (const [name, value] of [['price.cnSubsidy', 0.5], ['exportControl.chipStringency.CN', 0]]) {"
                            + " const i = document.querySelector(`[data-parameter='${name}']`); i.value = value;"
                            + " i.dispatchEvent(new Event('input', {bubbles: true})); }");
            browser.until("document.querySelector('.status').textContent.startsWith('8 of 8')"
                    + " && document.querySelector('.status').textContent.includes('all after')");
            browser.picture(PICTURES.resolve("explore.png"));
        }
    }
}
