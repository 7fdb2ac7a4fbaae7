package twostacks.population;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import twostacks.adoption.Tenure;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Stack;
import twostacks.random.Draws;

/**
 * Two passes of the adopter loop as the engine makes them and by the Vector API, on one batch and the same tables: the
 * draws ({@code Adopters.draw}) and finding what they fall to ({@code ChoiceTables.pick}, the largest pass).
 *
 * <p>The engine's passes are called as they are, nothing is copied; the vector passes must leave the same bits, or this
 * fails. Once they are measured with the cuts where the engine has them, eight entries a reviewer, and once with each cut
 * in a column of its own, as a loop made for vectors would have them.
 *
 * <p>Prints lines of {@code name=value} words: nanoseconds of CPU a reviewer, least and median over rounds that take turns.
 * Needs a JDK with {@code jdk.incubator.vector}; docs/benchmarks.md says how to compile and run it.
 */
public final class VectorPasses {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, jdk.incubator.vector.VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
    private static final int LANES = DOUBLES.length();
    private static final int COMPARED = 4;
    private static final int OF_STATE = Batch.ofState(-1);
    private static final long LOWER_HALF = 0xFFFFFFFFL;
    private static final long ONE = Double.doubleToRawLongBits(1);
    private static final MethodHandle PICK = handle(ChoiceTables.class, "pick", void.class, Batch.class);
    private static final MethodHandle DRAW = handle(Adopters.class, "draw", void.class, Batch.class, long.class);

    private final Offers offers = TestOffers.many(false);
    private final ChoiceTables tables = new ChoiceTables(offers);
    private final Batch batch = new Batch();
    private final double[] power;
    private final double[] weights = (double[]) read("weights");
    private final int[] nests = (int[]) read("nests");
    private final double[] cumulated = (double[]) read("cumulated");

    private final double[] columns = new double[(Stack.COUNT + 1) * Batch.SIZE];
    private final int[] byRows = new int[LANES];
    private final int[] chosen = new int[Batch.SIZE];
    private final long[] draws = new long[Batch.SIZE];
    private final double[] within = new double[Batch.SIZE];
    private final int[] nestAt = new int[Batch.SIZE];
    private final long[] found = new long[Batch.SIZE];
    private final int[] at = new int[LANES];
    private final int[] place = new int[LANES];

    private VectorPasses() {
        if ((int) read("width") != COMPARED) {
            throw new IllegalStateException(
                    "the pass compares a draw with more than " + COMPARED + " shares of a stack");
        }
        SegmentTerms terms = new SegmentTerms(ParameterSpace.ofDefaults().with(Map.of()), 1, offers);
        power = terms.powerBound.bounds;
        double[] utility = new double[offers.count];
        Arrays.setAll(utility, k -> 4 * Draws.unit(Draws.bits(1, k)) - 2);
        tables.start(terms, utility, 0);
        batch.count = Batch.SIZE;
        for (int j = 0; j < Batch.SIZE; j++) {
            long bits = Draws.bits(7, j);
            int held = (int) ((bits & 0xFFFF) * (offers.count + 1) >>> 16);
            int bin = (int) ((bits >>> 16 & 0xFFFF) * Tenure.BINS >>> 16);
            int considered = (int) (bits >>> 32 & (1 << Stack.COUNT) - 1) | 1;
            int taste = (int) (bits >>> 40 & 3);
            batch.within[j] = 4 * j;
            batch.word[j] = (taste << Stack.COUNT | considered) << 6 | held;
            batch.rows[j] = Batch.rows(ChoiceTables.state(held, bin), Adopters.personOf(batch.word[j]));
            batch.draw[j] = Draws.bits(8, batch.within[j]);
        }
        tables.prepare(batch);
        tables.choose(batch, false);
        for (int j = 0; j < Batch.SIZE; j++) {
            for (int c = 0; c <= Stack.COUNT; c++) {
                columns[c * Batch.SIZE + j] = batch.cuts[j * Batch.STRIDE + c];
            }
        }
        Arrays.setAll(byRows, lane -> lane * Batch.STRIDE);
    }

    private static MethodHandle handle(Class<?> in, String name, Class<?> result, Class<?>... of) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(in, MethodHandles.lookup());
            MethodType type = MethodType.methodType(result, of);
            return in == Adopters.class ? lookup.findStatic(in, name, type) : lookup.findVirtual(in, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the engine has no pass " + name + " any more", e);
        }
    }

    private Object read(String field) {
        try {
            Field of = ChoiceTables.class.getDeclaredField(field);
            of.setAccessible(true);
            return of.get(tables);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the engine's tables have no " + field + " any more", e);
        }
    }

    // The passes ------------------------------------------------------------------------------------------------------

    private void drawByVectors(long key) {
        for (int j = 0; j < batch.count; j += LANES) {
            LongVector z = ((LongVector)
                            IntVector.fromArray(INTS, batch.within, j).convertShape(VectorOperators.I2L, LONGS, 0))
                    .add(1)
                    .mul(Draws.GAMMA)
                    .add(key);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 30))
                    .mul(0xBF58476D1CE4E5B9L);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 27))
                    .mul(0x94D049BB133111EBL);
            z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 31))
                    .intoArray(draws, j);
        }
    }

    private static DoubleVector part(LongVector half) {
        return half.lanewise(VectorOperators.LSHL, 20)
                .or(ONE)
                .reinterpretAsDoubles()
                .sub(1);
    }

    /** 1 in each lane where a is greater than b, else 0. */
    private static LongVector exceeds(DoubleVector a, DoubleVector b) {
        return b.sub(a).reinterpretAsLongs().lanewise(VectorOperators.LSHR, 63);
    }

    private DoubleVector cut(int c, int j, boolean byColumns) {
        return byColumns
                ? DoubleVector.fromArray(DOUBLES, columns, c * Batch.SIZE + j)
                : DoubleVector.fromArray(DOUBLES, batch.cuts, j * Batch.STRIDE + c, byRows, 0);
    }

    /** In three passes: one by itself is more than the compiler takes at once, and vectors become objects. */
    private void pickByVectors(boolean byColumns) {
        findStacks(byColumns);
        findOffers();
        chooseNone(byColumns);
    }

    private void findStacks(boolean byColumns) {
        double[] cuts = byColumns ? columns : batch.cuts;
        int next = byColumns ? Batch.SIZE : 1;
        IntVector lanes = IntVector.broadcast(INTS, 0).addIndex(byColumns ? 1 : Batch.STRIDE);
        for (int j = 0; j < batch.count; j += LANES) {
            LongVector bits = LongVector.fromArray(LONGS, batch.draw, j);
            DoubleVector left = part(bits.and(LOWER_HALF)).mul(cut(6, j, byColumns));
            LongVector position = LongVector.broadcast(LONGS, 5)
                    .sub(exceeds(cut(1, j, byColumns), left))
                    .sub(exceeds(cut(2, j, byColumns), left))
                    .sub(exceeds(cut(3, j, byColumns), left))
                    .sub(exceeds(cut(4, j, byColumns), left))
                    .sub(exceeds(cut(5, j, byColumns), left));
            IntVector stack = (IntVector) position.convertShape(VectorOperators.L2I, INTS, 0);
            stack.mul(next).add(lanes).intoArray(place, 0);
            int from = byColumns ? j : j * Batch.STRIDE;
            DoubleVector below = DoubleVector.fromArray(DOUBLES, cuts, from, place, 0);
            DoubleVector above = DoubleVector.fromArray(DOUBLES, cuts, from + next, place, 0);
            left.sub(below).div(above.sub(below)).intoArray(within, j);
            IntVector.fromArray(INTS, batch.rows, j).and(OF_STATE).add(stack).intoArray(nestAt, j);
        }
    }

    private void findOffers() {
        for (int j = 0; j < batch.count; j += LANES) {
            IntVector nest = IntVector.fromArray(INTS, nests, 0, nestAt, j);
            nest.lanewise(VectorOperators.LSHR, 8).intoArray(place, 0);
            DoubleVector share = DoubleVector.fromArray(DOUBLES, within, j);
            LongVector offer = ((LongVector) nest.and(0xFF).convertShape(VectorOperators.I2L, LONGS, 0))
                    .sub(exceeds(DoubleVector.fromArray(DOUBLES, cumulated, 0, place, 0), share))
                    .sub(exceeds(DoubleVector.fromArray(DOUBLES, cumulated, 1, place, 0), share))
                    .sub(exceeds(DoubleVector.fromArray(DOUBLES, cumulated, 2, place, 0), share))
                    .sub(exceeds(DoubleVector.fromArray(DOUBLES, cumulated, 3, place, 0), share));
            offer.intoArray(found, j);
        }
    }

    private void chooseNone(boolean byColumns) {
        for (int j = 0; j < batch.count; j += LANES) {
            DoubleVector u = part(LongVector.fromArray(LONGS, batch.draw, j).lanewise(VectorOperators.LSHR, 32));
            IntVector.fromArray(INTS, batch.rows, j).and(OF_STATE).intoArray(at, 0);
            DoubleVector noUse = DoubleVector.fromArray(DOUBLES, weights, Stack.COUNT, at, 0);
            ((IntVector) cut(6, j, byColumns)
                            .reinterpretAsLongs()
                            .lanewise(VectorOperators.LSHR, BOUND_SHIFT)
                            .convertShape(VectorOperators.L2I, INTS, 0))
                    .sub(BOUND_ORIGIN)
                    .min(power.length / 2 - 1)
                    .max(0)
                    .mul(2)
                    .intoArray(place, 0);
            LongVector may = exceeds(noUse, u.mul(noUse.add(DoubleVector.fromArray(DOUBLES, power, 0, place, 0))));
            LongVector none = exceeds(noUse, u.mul(noUse.add(DoubleVector.fromArray(DOUBLES, power, 1, place, 0))));
            LongVector offer = LongVector.fromArray(LONGS, found, j);
            LongVector result = LongVector.broadcast(LONGS, offers.count)
                    .sub(offer)
                    .and(none.neg())
                    .add(offer)
                    .lanewise(
                            VectorOperators.XOR,
                            may.lanewise(VectorOperators.XOR, none).neg());
            ((IntVector) result.convertShape(VectorOperators.L2I, INTS, 0)).intoArray(chosen, j);
        }
    }

    private static final int BOUND_SHIFT = 52 - 6;
    /** What {@link PowerBound#at} takes off: found from the place of 1, which is half of what stands below it. */
    private static final int BOUND_ORIGIN = (int) (ONE >>> BOUND_SHIFT) - PowerBound.at(1) / 2;

    // Measuring -------------------------------------------------------------------------------------------------------

    private interface Pass {
        void once() throws Throwable;
    }

    private record Timed(String name, Pass pass, double[] nanos) {}

    private void check() throws Throwable {
        PICK.invokeExact(tables, batch);
        for (boolean byColumns : new boolean[] {false, true}) {
            Arrays.fill(chosen, 0);
            pickByVectors(byColumns);
            if (!Arrays.equals(batch.chosen, chosen)) {
                throw new IllegalStateException("vectors choose otherwise: " + Arrays.toString(batch.chosen) + " and "
                        + Arrays.toString(chosen));
            }
        }
        DRAW.invokeExact(batch, 8L);
        drawByVectors(8L);
        if (!Arrays.equals(batch.draw, draws)) {
            throw new IllegalStateException("vectors draw otherwise");
        }
    }

    /**
     * Measures.
     *
     * @param args number of rounds, 15 if none is given
     * @throws Throwable if the two ways do not agree
     */
    public static void main(String[] args) throws Throwable {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        VectorPasses p = new VectorPasses();
        Timed[] all = {
            new Timed(
                    "pick.engine",
                    () -> {
                        PICK.invokeExact(p.tables, p.batch);
                    },
                    new double[rounds]),
            new Timed("pick.vector", () -> p.pickByVectors(false), new double[rounds]),
            new Timed("pick.columns", () -> p.pickByVectors(true), new double[rounds]),
            new Timed(
                    "draw.engine",
                    () -> {
                        DRAW.invokeExact(p.batch, 8L);
                    },
                    new double[rounds]),
            new Timed("draw.vector", () -> p.drawByVectors(8L), new double[rounds]),
        };
        for (int round = -5; round < rounds; round++) {
            for (Timed t : all) {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int i = 0; i < BATCHES; i++) {
                    t.pass().once();
                }
                long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                if (round >= 0) {
                    t.nanos()[round] = (double) (after - before) / BATCHES / Batch.SIZE;
                }
            }
            p.check();
        }
        for (Timed t : all) {
            Arrays.sort(t.nanos());
            System.out.printf(
                    Locale.ROOT,
                    "pass=%s lanes=%d least=%.3f median=%.3f%n",
                    t.name(),
                    LANES,
                    t.nanos()[0],
                    t.nanos()[rounds / 2]);
        }
    }

    private static final int BATCHES = 40_000;
}
