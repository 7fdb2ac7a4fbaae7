package twostacks.experiment.design;

import java.util.List;

/**
 * Saltelli's design for Sobol indices (Saltelli and others 2010): for every row of two independent samples A and B, the
 * row of A, the row of B, and for each factor the row of A with that factor's coordinate from B. The points of a row
 * stand together, so that a longer design begins with the shorter one.
 */
public final class Saltelli implements Design {
    private final List<String> names;
    private final Sobol both;
    private final double[] room;

    /**
     * A design.
     *
     * @param factors names of the factors, at most 500
     * @param rows rows of A and of B
     * @param seed seed of the shift of the sequence
     */
    public Saltelli(List<String> factors, int rows, long seed) {
        names = List.copyOf(factors);
        both = new Sobol(2 * names.size(), rows, seed);
        room = new double[2 * names.size()];
        Math.multiplyExact(rows, names.size() + 2);
    }

    @Override
    public int points() {
        return both.points() * (names.size() + 2);
    }

    private int place(int point) {
        return point % (names.size() + 2);
    }

    @Override
    public synchronized void unit(int point, double[] u) {
        both.unit(row(point), room);
        int k = names.size();
        System.arraycopy(room, place(point) == 1 ? k : 0, u, 0, k);
        if (place(point) > 1) {
            int factor = place(point) - 2;
            u[factor] = room[k + factor];
        }
    }

    @Override
    public String part(int point) {
        return switch (place(point)) {
            case 0 -> "A";
            case 1 -> "B";
            default -> "AB:" + names.get(place(point) - 2);
        };
    }

    @Override
    public int row(int point) {
        return point / (names.size() + 2);
    }
}
