package twostacks.experiment.design;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TriangularDistribution;

/** How likely the values of a factor are: what turns a coordinate of a design, from 0 to 1, into a value. */
public sealed interface Distribution {
    /** Least value. */
    double min();

    /** Greatest value. */
    double max();

    /** Name in files. */
    String kind();

    /**
     * The value below which a share of the probability lies.
     *
     * @param u share, from 0 to 1
     * @return the value; the least at 0, the greatest at 1
     */
    double quantile(double u);

    /**
     * Every value between two ends is equally likely.
     *
     * @param min least value
     * @param max greatest value
     */
    record Uniform(double min, double max) implements Distribution {
        @Override
        public String kind() {
            return "uniform";
        }

        @Override
        public double quantile(double u) {
            return min + u * (max - min);
        }
    }

    /**
     * Every whole number between two ends is equally likely.
     *
     * @param min least value
     * @param max greatest value
     */
    record UniformWhole(double min, double max) implements Distribution {
        @Override
        public String kind() {
            return "uniform";
        }

        @Override
        public double quantile(double u) {
            return Math.min(max, min + Math.floor(u * (max - min + 1)));
        }
    }

    /**
     * The logarithm of the value is uniform.
     *
     * @param min least value, above 0
     * @param max greatest value
     */
    record LogUniform(double min, double max) implements Distribution {
        @Override
        public String kind() {
            return "log-uniform";
        }

        @Override
        public double quantile(double u) {
            double low = StrictMath.log(min);
            return StrictMath.exp(low + u * (StrictMath.log(max) - low));
        }
    }

    /**
     * Likeliest at a mode, falling off in straight lines to both ends.
     *
     * @param min least value
     * @param mode likeliest value
     * @param max greatest value
     */
    record Triangular(double min, double mode, double max) implements Distribution {
        @Override
        public String kind() {
            return "triangular";
        }

        @Override
        public double quantile(double u) {
            return new TriangularDistribution(min, mode, max).inverseCumulativeProbability(u);
        }
    }

    /**
     * A normal distribution, cut off at two ends.
     *
     * @param mean mean before it is cut
     * @param sd standard deviation before it is cut
     * @param min least value
     * @param max greatest value
     */
    record Normal(double mean, double sd, double min, double max) implements Distribution {
        @Override
        public String kind() {
            return "normal";
        }

        @Override
        public double quantile(double u) {
            NormalDistribution normal = new NormalDistribution(null, mean, sd);
            double low = normal.cumulativeProbability(min);
            double high = normal.cumulativeProbability(max);
            if (u <= 0 || u >= 1) {
                return u <= 0 ? min : max;
            }
            return normal.inverseCumulativeProbability(low + u * (high - low));
        }
    }

    /**
     * One of several values, all equally likely.
     *
     * @param values the values, ascending
     */
    record Values(java.util.List<Double> values) implements Distribution {
        /** Copies and checks. */
        public Values {
            values = values.stream().sorted().toList();
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a factor has at least one value");
            }
        }

        @Override
        public double min() {
            return values.get(0);
        }

        @Override
        public double max() {
            return values.get(values.size() - 1);
        }

        @Override
        public String kind() {
            return "values";
        }

        @Override
        public double quantile(double u) {
            return values.get((int) Math.min(values.size() - 1, Math.floor(u * values.size())));
        }
    }
}
