package twostacks.cli.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import twostacks.agents.Nation;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Outcomes.NationRow;
import twostacks.outcome.Outcomes.WorldRow;
import twostacks.outcome.Table;
import twostacks.output.Json;
import twostacks.world.Ledger.Weight;
import twostacks.world.World;

/** What is kept of a run: some columns of the world by population, and of each nation, in each month. */
final class Recording {
    /** Columns of the world that are shown. */
    static final List<String> WORLD = List.of(
            "share_us_closed",
            "share_us_open",
            "share_cn_api",
            "share_cn_open",
            "share_other",
            "share_sovereign",
            "share_no_adoption",
            "dependence_us",
            "dependence_cn",
            "gap_months");
    /** Columns of nations that are shown. */
    static final List<String> NATIONS = List.of(
            "share_us_closed",
            "share_us_open",
            "share_cn_api",
            "share_cn_open",
            "share_other",
            "share_sovereign",
            "share_no_adoption",
            "trust_us",
            "trust_cn");
    /** Shares are sent as multiples of this. */
    static final double QUANTUM = 1e-4;

    private static final List<Column<WorldRow>> WORLD_COLUMNS = columns("world", WORLD);
    private static final List<Column<NationRow>> NATION_COLUMNS = columns("nations", NATIONS);

    private final double[][] world;
    private final short[] nations;
    private final int months;
    // Whoever reads this sees what was written before it.
    private volatile int done;

    Recording(int months, int nationCount) {
        this.months = months;
        this.world = new double[WORLD.size()][months];
        this.nations = new short[NATIONS.size() * nationCount * months];
    }

    // The table's name says what its rows are.
    @SuppressWarnings("unchecked")
    private static <R> List<Column<R>> columns(String table, List<String> names) {
        List<Column<R>> columns = new ArrayList<>();
        for (String name : names) {
            for (Table<?> known : Outcomes.TABLES) {
                if (known.name().equals(table)) {
                    known.columns().stream()
                            .filter(c -> c.name().equals(name))
                            .forEach(c -> columns.add((Column<R>) c));
                }
            }
        }
        if (columns.size() != names.size()) {
            throw new IllegalStateException("of " + names + ", " + table + " has " + columns.size());
        }
        return List.copyOf(columns);
    }

    /** Takes the month that a world has finished. */
    void month(World w) {
        int month = done;
        WorldRow row = Outcomes.worldRows(w).get(Weight.POPULATION.ordinal());
        for (int c = 0; c < world.length; c++) {
            world[c][month] = WORLD_COLUMNS.get(c).number().applyAsDouble(row);
        }
        int count = w.nations().size();
        for (int c = 0; c < NATION_COLUMNS.size(); c++) {
            for (Nation nation : w.nations()) {
                double value = NATION_COLUMNS.get(c).number().applyAsDouble(new NationRow(w, nation));
                nations[(c * count + nation.place) * months + month] = (short) Math.round(value / QUANTUM);
            }
        }
        done = month + 1;
    }

    /** Whether all months are taken. */
    boolean complete() {
        return done == months;
    }

    /** The world's columns until the last month taken; nations too if the run is over. Another thread may ask. */
    ObjectNode json() {
        int until = done;
        ObjectNode root = Json.object();
        root.put("months", until);
        ArrayNode columns = root.putArray("world");
        for (double[] column : world) {
            ArrayNode values = columns.addArray();
            for (int m = 0; m < until; m++) {
                if (Double.isFinite(column[m])) {
                    values.add(Math.round(column[m] * 1e6) / 1e6);
                } else {
                    values.addNull();
                }
            }
        }
        if (until == months) {
            byte[] bytes = new byte[2 * nations.length];
            for (int i = 0; i < nations.length; i++) {
                bytes[2 * i] = (byte) nations[i];
                bytes[2 * i + 1] = (byte) (nations[i] >> 8);
            }
            root.put("nations", Base64.getEncoder().encodeToString(bytes));
        }
        return root;
    }
}
