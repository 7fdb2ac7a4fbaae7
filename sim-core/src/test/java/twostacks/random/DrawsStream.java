package twostacks.random;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Writes draws, as the model keys them, to standard output without end: food for batteries of tests that read raw bits.
 *
 * <p>After {@code mvn -pl sim-core test-compile}, from the top of the checkout:
 *
 * <pre>
 * java -cp sim-core/target/classes:sim-core/target/test-classes twostacks.random.DrawsStream months \
 *     | dieharder -a -g 200
 * java -cp sim-core/target/classes:sim-core/target/test-classes twostacks.random.DrawsStream nations \
 *     | RNG_test stdin64
 * </pre>
 *
 * <p>The layout says which part of the key runs fastest: {@code items} (adopters of one nation in one month),
 * {@code months}, {@code nations} (codes AAA, AAB, …), {@code seeds}, {@code replicates}, {@code purposes}. All parts but
 * it stand still until it is through, as they would not in a run: neighbouring keys are the hard case.
 */
public final class DrawsStream {
    private static final int WORDS = 1 << 13;

    private DrawsStream() {}

    /**
     * Writes a stream.
     *
     * @param arguments layout
     * @throws IOException when nobody reads on
     */
    public static void main(String[] arguments) throws IOException {
        Layout layout = Layout.valueOf(arguments.length == 0 ? "ITEMS" : arguments[0].toUpperCase(Locale.ROOT));
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            ByteBuffer buffer = ByteBuffer.allocate(8 * WORDS).order(ByteOrder.LITTLE_ENDIAN);
            for (long at = 0; ; ) {
                buffer.clear();
                for (int word = 0; word < WORDS; word++) {
                    buffer.putLong(layout.draw(at++));
                }
                out.write(buffer.array());
            }
        }
    }

    /** Which part of the key runs fastest. */
    enum Layout {
        /** Adopters of one nation in one month. */
        ITEMS(1, i -> 0) {
            @Override
            long draw(long at) {
                return Draws.bits(Draws.key(SEGMENT_KEY, at >>> 20), at & 0xFFFFF);
            }
        },
        /** Months of one adopter. */
        MONTHS(256, i -> Draws.key(SEGMENT_KEY, i)),
        /** Nations, whose codes differ by a letter. */
        NATIONS(NATION_COUNT, i -> monthKey(1, 0, Purpose.CHOICE, code(i), 0, 5)),
        /** Seeds that follow one another. */
        SEEDS(1 << 16, i -> monthKey(i, 0, Purpose.CHOICE, "KEN", 0, 5)),
        /** Replicates. */
        REPLICATES(256, i -> monthKey(1, i, Purpose.CHOICE, "KEN", 0, 5)),
        /** Purposes. */
        PURPOSES(Purpose.values().length, i -> monthKey(1, 0, Purpose.values()[i], "KEN", 0, 5));

        private final long[] keys;

        Layout(int count, IntToLongFunction key) {
            keys = IntStream.range(0, count).mapToLong(key).toArray();
        }

        /**
         * The draw at a place of the stream.
         *
         * @param at place, from 0
         * @return 64 bits
         */
        long draw(long at) {
            return Draws.bits(keys[(int) (at % keys.length)], at / keys.length);
        }
    }

    /** Number of codes of three letters. */
    static final int NATION_COUNT = 26 * 26 * 26;

    private static final long SEGMENT_KEY = Draws.key(nationKey(1, 0, Purpose.CHOICE, "KEN"), 0);

    /** A code of three letters; neighbouring ones differ in the last. */
    static String code(int nation) {
        return String.valueOf(
                new char[] {(char) ('A' + nation / 676), (char) ('A' + nation / 26 % 26), (char) ('A' + nation % 26)});
    }

    /** The key of a nation's draws for a purpose. */
    static long nationKey(long seed, long replicate, Purpose purpose, String iso3) {
        return Draws.key(Draws.key(seed, replicate, purpose), Draws.part(iso3));
    }

    /** The key that a nation's adopters draw their choices of a month under. */
    static long monthKey(long seed, long replicate, Purpose purpose, String iso3, int segment, int month) {
        return Draws.key(Draws.key(nationKey(seed, replicate, purpose, iso3), segment), month);
    }
}
