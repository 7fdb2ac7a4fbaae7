package twostacks.experiment.design;

import java.util.List;

/** An uncertainty: a coordinate of the design, and the one or several parameters that follow from it. */
public sealed interface Factor {
    /** Name in files. */
    String name();

    /** The parameters that it sets. */
    List<Axis> axes();

    /**
     * The values that it takes at a coordinate.
     *
     * @param u coordinate, from 0 to 1
     * @param values takes one value for each of its axes
     * @param from place of the first of them
     */
    void values(double u, double[] values, int from);

    /**
     * A parameter of its own.
     *
     * @param axis the parameter
     * @param distribution how likely its values are
     */
    record Single(Axis axis, Distribution distribution) implements Factor {
        @Override
        public String name() {
            return axis.name();
        }

        @Override
        public List<Axis> axes() {
            return List.of(axis);
        }

        @Override
        public void values(double u, double[] values, int from) {
            values[from] = axis.rounded(distribution.quantile(u));
        }
    }

    /**
     * Several parameters that are known together only, as draws from their joint distribution.
     *
     * @param name name in files
     * @param axes the parameters
     * @param draws draws, one value for each parameter
     * @param cumulated share of the weight of each draw and those before it; the last is 1
     */
    record Joint(String name, List<Axis> axes, List<double[]> draws, double[] cumulated) implements Factor {
        /** Copies the lists. */
        public Joint {
            axes = List.copyOf(axes);
            draws = List.copyOf(draws);
        }

        @Override
        public void values(double u, double[] values, int from) {
            int at = java.util.Arrays.binarySearch(cumulated, u);
            // A coordinate on the border of two draws belongs to the second.
            int draw = Math.min(draws.size() - 1, at >= 0 ? at + 1 : -at - 1);
            double[] drawn = draws.get(draw);
            for (int i = 0; i < drawn.length; i++) {
                values[from + i] = axes.get(i).rounded(drawn[i]);
            }
        }
    }
}
