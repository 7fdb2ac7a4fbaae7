package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;

/** What holds of every output of every month of every world. */
final class OutcomeLaws implements Observer {
    private final String what;
    private final Collection<String> broken = new TreeSet<>();

    OutcomeLaws(String what) {
        this.what = what;
    }

    /** Runs a world and holds each of its months to the laws. */
    static void hold(WorldSpec spec, long seed, String what) {
        OutcomeLaws laws = new OutcomeLaws(what);
        new World(spec, seed, 0).run(laws);
        assertEquals(Set.of(), laws.broken);
    }

    @Override
    public void month(World world) {
        for (Table<?> table : Outcomes.TABLES) {
            // The large tables, written on request only, are seen every fourth month.
            if (!table.onRequest() || world.monthOfRun() % 4 == 3) {
                hold(table, world);
            }
        }
        world.forEachNation(nation -> {
            for (int s = 0; s < world.segments().size(); s++) {
                int users = 0;
                for (int k = 0; k <= world.offers().count; k++) {
                    users += nation.adopters.users(s)[k];
                    assertTrue(nation.adopters.users(s)[k] >= 0);
                }
                assertEquals(nation.adopters.start[s + 1] - nation.adopters.start[s], users);
            }
        });
    }

    private <R> void hold(Table<R> table, World world) {
        Set<List<String>> keys = new HashSet<>();
        for (R row : table.rows().apply(world)) {
            double shares = 0;
            int shareColumns = 0;
            List<String> key = new ArrayList<>();
            for (Column<R> column : table.columns()) {
                String text = hold(table, column, row, world);
                if (table.key().contains(column.name())) {
                    key.add(text);
                }
                if (column.name().startsWith("share_")) {
                    shares += column.number().applyAsDouble(row);
                    shareColumns++;
                }
            }
            if (!keys.add(key)) {
                broken.add(table.name() + " has two rows " + key);
            }
            if (shareColumns > 0 && !(Math.abs(shares - 1) < 1e-9)) {
                broken.add(table.name() + ": shares sum to " + shares);
            }
        }
    }

    private <R> String hold(Table<R> table, Column<R> column, R row, World world) {
        if (column.kind() == Column.Kind.TEXT) {
            String text = column.text().apply(row);
            if (text == null) {
                broken.add(table.name() + "." + column.name() + " has no text");
            }
            return text;
        }
        double value = column.number().applyAsDouble(row);
        String problem = null;
        if (Double.isNaN(value)) {
            problem = column.meaning().contains("empty") ? null : ", which the column does not say";
        } else if (Double.isInfinite(value) || value < column.min() || value > column.max()) {
            problem = " is outside [" + column.min() + ", " + column.max() + "]";
        } else if (column.kind() == Column.Kind.INTEGER && value != Math.rint(value)) {
            problem = " is not whole";
        }
        if (problem != null) {
            broken.add(what + ", month " + world.monthOfRun() + ": " + table.name() + "." + column.name() + " = "
                    + value + problem);
        }
        return table.key().contains(column.name()) ? Double.toString(value) : "";
    }
}
