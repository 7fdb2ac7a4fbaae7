package twostacks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import twostacks.analysis.hindcast.Operator;
import twostacks.analysis.hindcast.Operators;

/** The page about hindcasts lists the operators that there are; {@code -Dtwostacks.update=true} writes its table. */
final class HindcastPageTest {
    private static final Path PAGE = Path.of("../docs/hindcast.md");
    private static final String BEGIN = "<!-- operators:begin -->\n";
    private static final String END = "<!-- operators:end -->\n";

    @Test
    void listsEveryOperatorAsTheCodeHasIt() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, "the marks are there");
        if (Boolean.getBoolean("twostacks.update")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
        } else {
            assertEquals(table(), page.substring(begin, end), "write it anew with -Dtwostacks.update=true");
        }
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("\n| metric | family | reads off the model | stands between |\n|---|---|---|---|\n");
        for (Operator o : Operators.all().values()) {
            table.append("| `")
                    .append(o.metric())
                    .append("` | ")
                    .append(o.family())
                    .append(o.input() ? " (input)" : "")
                    .append(" | ")
                    .append(o.reads())
                    .append(" | ")
                    .append(o.bias())
                    .append(" |\n");
        }
        return table.append('\n').toString();
    }
}
