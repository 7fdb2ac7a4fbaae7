package twostacks.experiment.design;

import java.util.List;

/** Points that somebody listed; coordinates say where in its range each value lies. */
public final class Listed implements Design {
    private final List<double[]> rows;
    private final List<Axis> axes;

    /**
     * A list of points.
     *
     * @param axes the parameters, one for each factor
     * @param rows values of the parameters, point by point
     */
    public Listed(List<Axis> axes, List<double[]> rows) {
        this.axes = List.copyOf(axes);
        this.rows = List.copyOf(rows);
    }

    @Override
    public int points() {
        return rows.size();
    }

    @Override
    public void unit(int point, double[] u) {
        double[] row = rows.get(point);
        for (int f = 0; f < u.length; f++) {
            Axis axis = axes.get(f);
            u[f] = axis.max() > axis.min() ? (row[f] - axis.min()) / (axis.max() - axis.min()) : .5;
        }
    }

    @Override
    public void values(int point, List<Factor> factors, double[] u, double[] values) {
        unit(point, u);
        double[] row = rows.get(point);
        for (int f = 0; f < row.length; f++) {
            values[f] = axes.get(f).rounded(row[f]);
        }
    }
}
