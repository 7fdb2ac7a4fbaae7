package twostacks.cli.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Measures what somebody waits for who moves a slider of the explorer; prints, and judges nothing. */
@EnabledIfSystemProperty(
        named = "twostacks.measure",
        matches = "true",
        disabledReason = "a measurement, done with -Dtwostacks.measure=true")
final class SliderLatencyTest {
    private static final int MOVES = 40;
    private static final long PAUSE_MILLIS = 1500;

    @Test
    void fromTheKeyToThePaintedPicture() throws Exception {
        assumeTrue(Chromium.program() != null, "skipped: needs a browser; install it with: apt-get install chromium");
        try (ExplorerProgram program =
                        new ExplorerProgram("--nations", System.getProperty("twostacks.measure.nations", "24"));
                Chromium browser = new Chromium(1300, 900)) {
            browser.open(program.address);
            browser.until("document.getElementById('page')?.dataset.done");
            List<Double> pictures = new ArrayList<>();
            for (int i = 0; i < MOVES; i++) {
                browser.run("document.querySelector('[data-parameter=\"price.markupMax\"]').focus()");
                browser.press("ArrowRight", 39);
                pictures.add(browser.until("document.getElementById('page').dataset.first")
                        .asDouble());
                Thread.sleep(i % 2 == 0 ? PAUSE_MILLIS : 0);
            }
            System.out.printf(
                    Locale.ROOT,
                    "explore, from a key to the painted picture: first %.0f ms, then median %.0f, nine of ten below"
                            + " %.0f, most %.0f (%d moves, every other one while the one before still runs)%n",
                    pictures.get(0),
                    at(pictures, 0.5),
                    at(pictures, 0.9),
                    at(pictures, 1),
                    MOVES);
            System.out.println(pictures);
            assertEquals(List.of(), browser.complaints);
        }
    }

    private static double at(List<Double> values, double share) {
        List<Double> sorted = values.stream().skip(1).sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
