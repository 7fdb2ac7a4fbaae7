package twostacks.verification;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.agents.NationFacts;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.scenario.Scenario;
import twostacks.world.World;

/** V12: what must not matter does not change a bit. */
final class IdentityLimit {
    private static final String ID = "V12";
    /** The nation that the file of the extra nation adds. */
    private static final String EXTRA = "ZZZ";
    /** How the titles of events that do nothing start. */
    private static final String NOTHING = "Nothing: ";

    static final Limit LIMIT = new Limit(
            ID,
            "identity",
            "threads, the order of nations, a nation without ties and weight, a policy after the horizon and policies of"
                    + " size nil change no bit of any output elsewhere",
            List.of("baseline", "v12-extra-nation", "v12-late-policy", "v12-zero-policy"),
            "the run of the scenario itself",
            "no table of any month differs in one bit of one figure",
            List.of(IdentityLimit::identity));

    private IdentityLimit() {}

    private static List<Check> identity(Laboratory laboratory) {
        Scenario baseline = sized(laboratory, laboratory.bundled("baseline"));
        Map<String, Long> expected = fingerprints(laboratory, baseline, 1);
        List<Check> checks = new ArrayList<>();
        for (int threads : new int[] {2, 8}) {
            checks.add(check(threads + " threads", expected, fingerprints(laboratory, baseline, threads)));
        }
        List<NationFacts> reversed = new ArrayList<>(baseline.spec().nations());
        Collections.reverse(reversed);
        Scenario other = Mirror.with(
                baseline, reversed, baseline.spec().labs(), baseline.spec().events());
        checks.add(check("nations in reverse", expected, fingerprints(laboratory, other, 1)));
        for (String name : List.of("v12-extra-nation", "v12-late-policy", "v12-zero-policy")) {
            Scenario changed = sized(laboratory, laboratory.scenario(name));
            checks.add(check(name.substring(4).replace('-', ' '), expected, fingerprints(laboratory, changed, 2)));
        }
        return checks;
    }

    private static Scenario sized(Laboratory laboratory, Scenario scenario) {
        return Laboratory.sized(laboratory.fewer(scenario, List.of(EXTRA)), laboratory.size(100, 400))
                .withMonths(laboratory.size(48, 156));
    }

    private static Check check(String what, Map<String, Long> expected, Map<String, Long> got) {
        long differ = expected.entrySet().stream()
                .filter(e -> !e.getValue().equals(got.get(e.getKey())))
                .count();
        return Check.none(
                ID,
                what + ": tables of a month that differ, of " + expected.size(),
                differ + Math.abs(expected.size() - got.size()));
    }

    /** One number for all bits of each table in each month. */
    private static Map<String, Long> fingerprints(Laboratory laboratory, Scenario scenario, int threads) {
        Map<String, Long> fingerprints = new LinkedHashMap<>();
        laboratory.run(scenario.spec(), "baseline", 0, threads, world -> {
            for (Table<?> table : Outcomes.TABLES) {
                fingerprints.put(table.name() + " " + world.monthOfRun(), fingerprint(table, world));
            }
        });
        return fingerprints;
    }

    private static <R> long fingerprint(Table<R> table, World world) {
        long fingerprint = 0;
        for (R row : table.rows().apply(world)) {
            long ofRow = 1;
            boolean counts = true;
            for (Column<R> column : table.columns()) {
                long cell;
                if (column.kind() == Column.Kind.TEXT) {
                    String text = column.text().apply(row);
                    counts &= !text.equals(EXTRA);
                    counts &= !(column.name().equals("detail") && text.startsWith(NOTHING));
                    cell = text.hashCode();
                } else {
                    cell = Double.doubleToLongBits(column.number().applyAsDouble(row));
                }
                if (!column.name().equals("sequence")) {
                    ofRow = mixed(ofRow ^ cell);
                }
            }
            if (counts) {
                fingerprint = mixed(fingerprint + ofRow);
            }
        }
        return fingerprint;
    }

    private static long mixed(long bits) {
        long z = bits * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 32) * 0xD6E8FEB86659FD93L;
        return z ^ z >>> 29;
    }
}
