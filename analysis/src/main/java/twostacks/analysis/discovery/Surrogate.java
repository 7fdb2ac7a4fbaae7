package twostacks.analysis.discovery;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * A polynomial through points of a response, by weighted least squares: with products and squares where there are half as
 * many points again as that needs, with squares only where there are enough for these, else linear.
 */
final class Surrogate {
    /** Keeps the equations solvable where points lie in a plane; too little to be seen elsewhere. */
    private static final double RIDGE = 1e-9;

    private static final double ENOUGH = 1.5;

    private final int order; // 1 linear, 2 with squares, 3 with products
    private final double[] coefficients;
    private final double skill;

    private Surrogate(int order, double[] coefficients, double skill) {
        this.order = order;
        this.coefficients = coefficients;
        this.skill = skill;
    }

    private static double[] features(double[] z, int order) {
        int k = z.length;
        double[] f = new double[1 + k + (order > 1 ? k : 0) + (order > 2 ? k * (k - 1) / 2 : 0)];
        int at = 0;
        f[at++] = 1;
        for (double v : z) {
            f[at++] = v;
        }
        if (order > 1) {
            for (double v : z) {
                f[at++] = v * v;
            }
        }
        if (order > 2) {
            for (int i = 0; i < k; i++) {
                for (int j = i + 1; j < k; j++) {
                    f[at++] = z[i] * z[j];
                }
            }
        }
        return f;
    }

    /** Fits a polynomial. */
    static Surrogate fit(List<double[]> points, double[] values, double[] weights) {
        int n = points.size();
        int order = 3;
        int p = features(points.get(0), order).length;
        while (order > 1 && n < ENOUGH * p) {
            order--;
            p = features(points.get(0), order).length;
        }
        double[][] rows = new double[n][];
        double[][] normal = new double[p][p];
        double[] right = new double[p];
        double weight = 0;
        for (int i = 0; i < n; i++) {
            rows[i] = features(points.get(i), order);
            weight += weights[i];
            for (int a = 0; a < p; a++) {
                right[a] += weights[i] * rows[i][a] * values[i];
                for (int b = 0; b <= a; b++) {
                    normal[a][b] += weights[i] * rows[i][a] * rows[i][b];
                }
            }
        }
        for (int a = 0; a < p; a++) {
            normal[a][a] += RIDGE * weight;
            for (int b = 0; b < a; b++) {
                normal[b][a] = normal[a][b];
            }
        }
        CholeskyDecomposition solved = new CholeskyDecomposition(new Array2DRowRealMatrix(normal, false), 1e-6, 0);
        double[] coefficients =
                solved.getSolver().solve(new ArrayRealVector(right, false)).toArray();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += values[i] / n;
        }
        double missed = 0;
        double all = 0;
        for (int i = 0; i < n; i++) {
            RealVector row = new ArrayRealVector(rows[i], false);
            double lever = Math.min(
                    .999, weights[i] * row.dotProduct(solved.getSolver().solve(row)));
            double left = (values[i] - dot(coefficients, rows[i])) / (1 - lever);
            missed += left * left;
            all += (values[i] - mean) * (values[i] - mean);
        }
        return new Surrogate(order, coefficients, all > 0 ? 1 - missed / all : Double.NaN);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    double at(double... z) {
        return dot(coefficients, features(z, order));
    }

    /** Part of the variance that it tells of points that it was not fitted to, by leaving out one at a time. */
    double skill() {
        return skill;
    }
}
