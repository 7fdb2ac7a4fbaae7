package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twostacks.agents.Lab;
import twostacks.agents.Nation;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Stack;

/** With the two powers' sides changed in everything, all results change sides, to the bit. */
final class MirrorTest {
    private static final int MONTHS = 36;

    @Test
    void everyParameterHasItsMirrorImage() {
        assertTrue(MirrorImage.isItsOwnInverse(ParameterSpace.ofDefaults()));
        assertEquals("chips.stock.CN", MirrorImage.parameter("chips.stock.US"));
        assertEquals("exportControl.cnChipStringency.US", MirrorImage.parameter("exportControl.chipStringency.CN"));
        assertEquals("price.referenceCost", MirrorImage.parameter("price.referenceCost"));
    }

    @Test
    void theMirrorImageOfTheMirrorImageIsTheWorld() {
        WorldSpec spec = TestWorlds.with(TestWorlds.world(12, 60), new RandomEvents(1).draw(10, 12));
        spec = TestWorlds.withNations(
                spec, spec.nations().stream().filter(n -> !n.usEmbargo()).toList());
        Map<String, String> twice = TestWorlds.outcomes(MirrorImage.of(MirrorImage.of(spec)));
        assertEquals(TestWorlds.outcomes(spec), twice);
    }

    @Test
    void sharesSwapToTheBit() {
        swaps(TestWorlds.world(MONTHS, 300), "without events");
    }

    @Test
    void sharesSwapToTheBitWhateverHappens() {
        for (int seed = 0; seed < 7; seed++) {
            swaps(
                    TestWorlds.with(TestWorlds.world(MONTHS, 60), new RandomEvents(seed).draw(12, MONTHS)),
                    "seed " + seed);
        }
    }

    @Test
    void sharesSwapToTheBitWhateverTheParameters() {
        for (int seed = 0; seed < 7; seed++) {
            RandomEvents random = new RandomEvents(100 + seed);
            Map<String, Double> set = new HashMap<>();
            for (ParameterSpace.Entry e : TestWorlds.SPACE.entries().values()) {
                double value = e.low() + random.uniform() * (e.high() - e.low());
                set.put(e.name(), e.type() == ParameterSpace.Type.INTEGER ? Math.rint(value) : value);
            }
            set.put("population.adoptersPerNation", 60.0);
            set.put("exportControl.adaptive", (double) (seed % 2));
            set.put("exportControl.cnAdaptive", (double) (seed / 2 % 2));
            set.put("chips.domestic.US", .01 * random.uniform());
            WorldSpec spec = TestWorlds.with(TestWorlds.world(MONTHS, 60), set);
            swaps(TestWorlds.with(spec, random.draw(8, MONTHS)), "seed " + seed);
        }
    }

    private static void swaps(WorldSpec spec, String what) {
        List<List<String>> months = new ArrayList<>();
        new World(spec, 3, 0).run(w -> months.add(facts(w, false)));
        List<List<String>> images = new ArrayList<>();
        new World(MirrorImage.of(spec), 3, 0).run(w -> images.add(facts(w, true)));
        assertEquals(spec.months(), months.size());
        for (int month = 0; month < months.size(); month++) {
            assertArrayEquals(months.get(month).toArray(), images.get(month).toArray(), what + ", month " + month);
        }
    }

    /** What there is to see in a month, told from the side of the power that is the United States in the world itself. */
    private static List<String> facts(World world, boolean mirrored) {
        List<String> facts = new ArrayList<>();
        for (Bloc b : Bloc.values()) {
            Bloc image = mirrored ? b.mirrored() : b;
            facts.add("compute " + b + " " + bits(world.power(image).stock())
                    + bits(world.power(image).domestic()));
            facts.add("frontier " + b + " " + bits(world.frontier(image)));
            facts.add("served " + b + " " + bits(world.surroundings().served[image.ordinal()]));
        }
        facts.add("gap "
                + (mirrored ? 0 - world.ledger().gapMonths() : world.ledger().gapMonths()));
        for (Lab lab : world.labs()) {
            facts.add(lab.spec.name() + " " + bits(lab.internal()) + bits(lab.released()) + bits(lab.open())
                    + bits(lab.listPrice()) + bits(lab.markup()) + bits(lab.compute()) + bits(lab.tokenShare()));
        }
        for (Ledger.Weight weight : Ledger.Weight.values()) {
            for (int g = 0; g <= Stack.COUNT; g++) {
                facts.add(weight + " " + g + " " + bits(world.ledger().share(weight, stack(g, mirrored))));
            }
        }
        facts.add("polarisation " + bits(world.ledger().polarisation()));
        for (Nation original : world.nations()) {
            String code = mirrored ? MirrorImage.nation(original.facts.iso3()) : original.facts.iso3();
            facts.add(code + " " + describe(world, original, mirrored));
        }
        facts.sort(null);
        return facts;
    }

    private static String describe(World world, Nation nation, boolean mirrored) {
        StringBuilder text = new StringBuilder();
        text.append(mirrored ? nation.stance().mirrored() : nation.stance());
        String leading = world.ledger().leadingOrigin(nation.place);
        text.append(" led by ")
                .append(mirrored && leading.length() == 2 ? leading.equals("US") ? "CN" : "US" : leading);
        for (int s = 0; s < world.segments().size(); s++) {
            for (int k = 0; k < world.offers().count; k++) {
                // Offers stand by position, which the mirror leaves alone.
                text.append(' ').append(nation.adopters.users(s)[k]);
                text.append(bits(nation.available(s, k))).append(bits(nation.price(s, k)));
            }
        }
        for (int g = 0; g <= Stack.COUNT; g++) {
            text.append(' ').append(bits(nation.share(stack(g, mirrored))));
        }
        for (Bloc b : Bloc.values()) {
            Bloc image = mirrored ? b.mirrored() : b;
            text.append(" trust ").append(bits(nation.trustSeen(image)));
            text.append(bits(nation.cutOffRisk(image))).append(nation.incidents(true, image));
            text.append(bits(nation.dependence(world.offers(), world.labs().toArray(Lab[]::new), image)));
        }
        text.append(" surplus ").append(bits(nation.surplus()));
        text.append(" own ").append(bits(nation.ownCapability())).append(bits(nation.lockIn()));
        return text.toString();
    }

    private static int stack(int g, boolean mirrored) {
        return g == Stack.COUNT || !mirrored ? g : Stack.of(g).mirrored().ordinal();
    }

    private static String bits(double value) {
        return Long.toHexString(Double.doubleToLongBits(value)) + "(" + (float) value + ") ";
    }
}
