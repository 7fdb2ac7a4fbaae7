package twostacks.analysis.calibration;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import twostacks.analysis.hindcast.Scorecard;

/**
 * What a simulator would give between points at which it was run: a quadratic response surface for each figure (Box and
 * Wilson 1951) by weighted ridge regression on the parameters' places within their priors. Shares are fitted on the scale asin √share.
 *
 * <p>It is a guide for a search and no result: whatever it suggests is simulated before it counts.
 */
public final class ResponseSurface {
    private static final double RIDGE = 0.01;

    private final List<Prior> priors;
    private final boolean[] share;
    private final boolean[] missing;
    private final double[][] coefficients;

    /**
     * Fits surfaces.
     *
     * @param priors parameters
     * @param points points at which the simulator was run, values in the order of the priors; at least two
     * @param figures what it gave at each; a figure that is missing at one of them has no surface
     * @param weight how much each point counts, ≥ 0, not 0 for all
     */
    public ResponseSurface(List<Prior> priors, List<double[]> points, List<double[]> figures, double[] weight) {
        this.priors = List.copyOf(priors);
        int targets = figures.get(0).length;
        share = new boolean[targets];
        missing = new boolean[targets];
        for (int t = 0; t < targets; t++) {
            int at = t;
            missing[t] = figures.stream().anyMatch(f -> Double.isNaN(f[at]));
            share[t] = figures.stream().allMatch(f -> f[at] >= 0 && f[at] <= 1);
        }
        double[][] rows = points.stream().map(this::terms).toArray(double[][]::new);
        double[][] y = new double[rows.length][targets];
        for (int i = 0; i < rows.length; i++) {
            for (int t = 0; t < targets; t++) {
                y[i][t] = missing[t] ? 0 : share[t] ? Scorecard.stretched(figures.get(i)[t]) : figures.get(i)[t];
            }
        }
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            // Least squares with weights are plain ones of what is multiplied by their roots.
            double root = Math.sqrt(weight[i]);
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] *= root;
            }
            for (int t = 0; t < targets; t++) {
                y[i][t] *= root;
            }
            sum += weight[i];
        }
        RealMatrix x = new Array2DRowRealMatrix(rows, false);
        RealMatrix transposed = x.transpose();
        RealMatrix normal = transposed.multiply(x);
        for (int j = 0; j < normal.getColumnDimension(); j++) {
            // The constant is hardly shrunk: just enough for the matrix to have an inverse.
            normal.addToEntry(j, j, (j == 0 ? 1e-9 : RIDGE) * sum);
        }
        coefficients = new CholeskyDecomposition(normal)
                .getSolver()
                .solve(transposed.multiply(new Array2DRowRealMatrix(y, false)))
                .getData();
    }

    /**
     * Number of coefficients of a surface.
     *
     * @param parameters number of parameters
     * @return 1, one for each, for each square and each product
     */
    static int terms(int parameters) {
        return (parameters + 1) * (parameters + 2) / 2;
    }

    /** 1, each place, each square and product; places run from −1 to 1. */
    private double[] terms(double[] values) {
        int n = priors.size();
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = 2 * priors.get(i).place(values[i]) - 1;
        }
        double[] terms = new double[terms(n)];
        int at = 0;
        terms[at++] = 1;
        for (int i = 0; i < n; i++) {
            terms[at++] = z[i];
            for (int j = i; j < n; j++) {
                terms[at++] = z[i] * z[j];
            }
        }
        return terms;
    }

    /**
     * What the simulator would give.
     *
     * @param values values in the order of the priors
     * @return figures; NaN where there is no surface
     */
    public double[] at(double[] values) {
        double[] terms = terms(values);
        double[] figures = new double[share.length];
        for (int j = 0; j < terms.length; j++) {
            for (int t = 0; t < figures.length; t++) {
                figures[t] += terms[j] * coefficients[j][t];
            }
        }
        for (int t = 0; t < figures.length; t++) {
            figures[t] = missing[t] ? Double.NaN : share[t] ? Scorecard.squeezed(figures[t]) : figures[t];
        }
        return figures;
    }
}
