package twostacks.analysis.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import twostacks.analysis.calibration.AbcSmc.Particle;

/** A figure of what the data made of the priors: one panel a parameter, the prior as a line, the posterior as bars. */
public final class PriorPosteriorFigure {
    private static final int BARS = 16;
    private static final int PER_ROW = 3;
    private static final int WIDTH = 260;
    private static final int HEIGHT = 132;
    private static final int LEFT = 14;
    private static final int TOP = 34;
    private static final int PLOT_WIDTH = WIDTH - 2 * LEFT;
    private static final int PLOT_HEIGHT = 66;

    private PriorPosteriorFigure() {}

    /**
     * Draws.
     *
     * @param priors parameters
     * @param particles posterior
     * @param point values of the point fit, in the order of the priors
     * @param baseline values that the model has by default, in the same order
     * @return SVG
     */
    public static String svg(List<Prior> priors, List<Particle> particles, double[] point, double[] baseline) {
        int rows = (priors.size() + PER_ROW - 1) / PER_ROW;
        int width = PER_ROW * WIDTH;
        int height = rows * HEIGHT + 26;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" role=\"img\">%n",
                width,
                height,
                width,
                height));
        svg.append("<title>Prior against posterior</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int j = 0; j < priors.size(); j++) {
            panel(svg, priors.get(j), particles, j, point[j], baseline[j]);
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#444\">bars: posterior; dashed: prior;"
                        + " line: point fit; triangle: the model's baseline</text>%n</svg>%n",
                LEFT,
                height - 9));
        return svg.toString().replace("\r", "");
    }

    private static void panel(
            StringBuilder svg, Prior prior, List<Particle> particles, int j, double point, double baseline) {
        int x = j % PER_ROW * WIDTH + LEFT;
        int y = j / PER_ROW * HEIGHT + TOP;
        double[] bars = new double[BARS];
        double tallest = 0;
        for (Particle p : particles) {
            int bar = (int) Math.min(BARS - 1, Math.max(0, prior.place(p.parameters()[j]) * BARS));
            bars[bar] += p.weight();
            tallest = Math.max(tallest, bars[bar]);
        }
        double most = Math.max(tallest, 1.5 / BARS);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#111\">%s</text>%n",
                x,
                y - 8,
                prior.name()));
        double step = (double) PLOT_WIDTH / BARS;
        for (int bar = 0; bar < BARS; bar++) {
            double tall = PLOT_HEIGHT * bars[bar] / most;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#4477aa\"/>%n",
                    x + bar * step,
                    y + PLOT_HEIGHT - tall,
                    step - 1,
                    tall));
        }
        double flat = y + PLOT_HEIGHT - PLOT_HEIGHT / (double) BARS / most;
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>%n",
                x,
                flat,
                x + PLOT_WIDTH,
                flat));
        double at = x + PLOT_WIDTH * prior.place(point);
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#aa3377\" stroke-width=\"2\"/>%n",
                at,
                y,
                at,
                y + PLOT_HEIGHT));
        double base = x + PLOT_WIDTH * Math.max(0, Math.min(1, prior.place(baseline)));
        int foot = y + PLOT_HEIGHT;
        svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %d l4 7 h-8 z\" fill=\"#228833\"/>%n", base, foot + 1));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"10\" fill=\"#444\">%s</text>%n"
                        + "<text x=\"%d\" y=\"%d\" font-size=\"10\" fill=\"#444\" text-anchor=\"end\">%s</text>%n",
                x,
                foot + 20,
                plain(prior.low()),
                x + PLOT_WIDTH,
                foot + 20,
                plain(prior.high())));
    }

    private static String plain(double value) {
        BigDecimal text =
                new BigDecimal(value).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
        return text.toPlainString();
    }
}
