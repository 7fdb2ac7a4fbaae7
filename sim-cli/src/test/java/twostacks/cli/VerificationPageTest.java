package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import twostacks.docs.ReferencePages;
import twostacks.scenario.ScenarioCatalog;
import twostacks.verification.Check;
import twostacks.verification.Engine;
import twostacks.verification.Limit;
import twostacks.verification.Verification;

/**
 * Holds docs/verification.md to what the verification prints: the limits without chance always, all of them with
 * {@code -Dtwostacks.long=true}. With {@code -Dtwostacks.update=true} it runs all and writes the page instead.
 */
final class VerificationPageTest {
    private static final Path PAGE = page();
    private static final boolean UPDATE = Boolean.getBoolean("twostacks.update");
    private static final Set<String> SWIFT = Set.of("V7", "V8", "V9");

    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ODD.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/verification.md");
    }

    private static List<Check> run(Set<String> only) {
        int threads = Runtime.getRuntime().availableProcessors();
        return Verification.run(
                new Verification.Options(only, false, threads, 1, Engine.REAL), (limit, done, of) -> {});
    }

    @Test
    void thePageSaysWhereExpectedFiguresComeFrom() throws IOException {
        String is = Files.readString(PAGE);
        String shall = ReferencePages.replaced(is, "limits", limits());
        if (UPDATE) {
            Files.writeString(PAGE, shall);
        } else {
            assertEquals(shall, is, "docs/verification.md; -Dtwostacks.update=true writes it");
        }
    }

    @Test
    void thePageHasTheTableOfAllLimits() throws IOException {
        String page = Files.readString(PAGE);
        for (Limit limit : Verification.LIMITS) {
            assertTrue(UPDATE || page.contains("\n" + limit.id() + " " + limit.title() + "\n"), limit::id);
        }
        assertFalse(page.contains("  MISS\n"), "a miss is told in words as well");
    }

    @Test
    void theTableIsWhatIsPrinted() throws IOException {
        if (UPDATE) {
            List<Check> checks = run(Set.of());
            Files.writeString(
                    PAGE,
                    ReferencePages.replaced(
                            ReferencePages.replaced(Files.readString(PAGE), "figures", figures(checks)),
                            "power",
                            power(checks)));
            return;
        }
        String page = Files.readString(PAGE);
        for (String block : VerifyCommand.table(run(SWIFT)).split("\n\n", -1)) {
            assertTrue(page.contains("\n" + block + "\n"), () -> "the page lacks\n" + block);
        }
    }

    @Test
    void theWholeTableIsWhatIsPrinted() throws IOException {
        assumeTrue(
                Boolean.getBoolean("twostacks.long") && !UPDATE,
                "-Dtwostacks.long=true works the whole table of docs/verification.md out again");
        List<Check> checks = run(Set.of());
        String page = Files.readString(PAGE);
        assertEquals(ReferencePages.replaced(page, "figures", figures(checks)), page);
        assertEquals(ReferencePages.replaced(page, "power", power(checks)), page);
    }

    private static String figures(List<Check> checks) {
        long misses = checks.stream().filter(c -> !c.holds()).count();
        return "\n```text\n" + VerifyCommand.table(checks).stripTrailing() + "\n```\n\n" + checks.size()
                + " figures, of which " + misses + " miss.\n\n";
    }

    private static String limits() {
        StringBuilder text = new StringBuilder("\n");
        for (Limit limit : Verification.LIMITS) {
            text.append("**")
                    .append(limit.id())
                    .append(", ")
                    .append(limit.title())
                    .append("**\n\n");
            text.append(item("Holds", limit.claim()));
            text.append(item("Expected from", limit.source()));
            text.append(item("Passes if", limit.rule()));
            text.append(limit.scenarios().stream()
                    .map(s -> "`" + (ScenarioCatalog.names().contains(s) ? s : ScenarioCatalog.VERIFICATION + s) + "`")
                    .collect(Collectors.joining(", ", "- *Files:* ", "\n\n")));
        }
        return wrapped(text.toString());
    }

    private static String item(String what, String text) {
        return "- *" + what + ":* " + escaped(text) + "\n";
    }

    private static String escaped(String text) {
        return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;");
    }

    /** Lines of at most 120 characters. */
    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        for (String paragraph : text.split("\n", -1)) {
            int length = 0;
            boolean first = true;
            for (String word : paragraph.split(" ", -1)) {
                if (!first && length + 1 + word.length() > 120) {
                    lines.append(paragraph.startsWith("- ") ? "\n  " : "\n");
                    length = paragraph.startsWith("- ") ? 2 : 0;
                } else if (!first) {
                    lines.append(' ');
                    length++;
                }
                first = false;
                lines.append(word);
                length += word.length();
            }
            lines.append('\n');
        }
        return lines.substring(0, lines.length() - 1);
    }

    /** For each limit, the least and the greatest error of a figure, in parts of it, that would be caught. */
    private static String power(List<Check> checks) {
        StringBuilder text =
                new StringBuilder("\n| limit | figures | counts that must be 0 | errors caught, of a figure |\n");
        text.append("|---|---|---|---|\n");
        for (Limit limit : Verification.LIMITS) {
            List<Check> own =
                    checks.stream().filter(c -> c.limit().equals(limit.id())).toList();
            long counts = own.stream()
                    .filter(c -> c.expected() == 0 && c.tolerance() == 0)
                    .count();
            double[] parts = own.stream()
                    .filter(c -> c.expected() != 0 && !c.what().contains("chi-squared"))
                    .mapToDouble(c -> Math.abs(c.detectable() / c.expected()))
                    .sorted()
                    .toArray();
            text.append("| ")
                    .append(limit.id())
                    .append(' ')
                    .append(limit.title())
                    .append(" | ");
            text.append(own.size())
                    .append(" | ")
                    .append(counts == 0 ? "" : counts)
                    .append(" | ");
            if (parts.length > 0) {
                text.append(percent(parts[0])).append(" to ").append(percent(parts[parts.length - 1]));
                text.append(", half of them ")
                        .append(percent(parts[parts.length / 2]))
                        .append(" or less");
            }
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String percent(double part) {
        return part < 1e-6
                ? String.format(Locale.ROOT, "%.0e", part)
                : String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }
}
