package twostacks.experiment.plan;

import java.util.List;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Design;
import twostacks.experiment.design.Factor;
import twostacks.experiment.design.Grid;
import twostacks.experiment.design.LatinHypercube;
import twostacks.experiment.design.Listed;
import twostacks.experiment.design.Morris;
import twostacks.experiment.design.Saltelli;
import twostacks.experiment.design.Sobol;

/**
 * How the points of an experiment are chosen.
 *
 * @param kind kind
 * @param size points of a Latin hypercube or sequence, rows of a Saltelli design, trajectories of a Morris design; 0
 *     where it follows from something else
 * @param levels levels of a grid or of a Morris design; 0 for the others
 * @param candidates trajectories to choose a Morris design's from; 0 for no choice
 * @param seed seed of its draws
 * @param file name of the file of a list; empty for the others
 * @param rows the points of a list
 */
public record DesignSpec(Kind kind, int size, int levels, int candidates, long seed, String file, List<double[]> rows) {

    /** Kinds of designs. */
    public enum Kind {
        /** No factors: one point. */
        SINGLE("single"),
        /** All combinations. */
        GRID("grid"),
        /** Strata. */
        LATIN_HYPERCUBE("latin-hypercube"),
        /** Sobol's sequence. */
        SOBOL("sobol"),
        /** For Sobol indices. */
        SALTELLI("saltelli"),
        /** Elementary effects. */
        MORRIS("morris"),
        /** A table of points. */
        LIST("list");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /**
         * Name in files.
         *
         * @return the name
         */
        public String key() {
            return key;
        }
    }

    /** Copies the list. */
    public DesignSpec {
        rows = List.copyOf(rows);
    }

    /**
     * The points.
     *
     * @param factors the factors
     * @return the design
     */
    public Design build(List<Factor> factors) {
        return switch (kind) {
            case SINGLE -> new Grid(List.of(), 1);
            case GRID -> new Grid(factors, levels);
            case LATIN_HYPERCUBE -> new LatinHypercube(factors.size(), size, seed);
            case SOBOL -> new Sobol(factors.size(), size, seed);
            case SALTELLI -> new Saltelli(factors.stream().map(Factor::name).toList(), size, seed);
            case MORRIS -> new Morris(factors.size(), size, levels, candidates, seed);
            case LIST -> new Listed(factors.stream().map(f -> f.axes().get(0)).toList(), rows);
        };
    }

    /**
     * The parameters that factors set.
     *
     * @param factors factors
     * @return one axis for each parameter, factor by factor
     */
    static List<Axis> axes(List<Factor> factors) {
        return factors.stream().flatMap(f -> f.axes().stream()).toList();
    }
}
