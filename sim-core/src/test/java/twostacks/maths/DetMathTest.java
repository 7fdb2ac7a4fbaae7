package twostacks.maths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import twostacks.random.Draws;
import twostacks.support.ExpectedTable;

final class DetMathTest {
    private static final double LN2 = StrictMath.log(2);
    private static final int SAMPLES = 1_000_000;

    @Test
    void agreesWithIndependentNumbers() {
        ExpectedTable.of("det-math.csv")
                .check("exp", a -> DetMath.exp(a[0]))
                .check("log", a -> DetMath.log(a[0]))
                .check("pow", a -> DetMath.pow(a[0], a[1]))
                .check("logistic", a -> DetMath.logistic(a[0]))
                .check("logit", 1e-15, a -> DetMath.logit(a[0]))
                .holdsNothingElse();
    }

    @Test
    void expIsWithinTwoUnitsInTheLastPlaceOverItsWholeRange() {
        for (int i = 0; i < SAMPLES; i++) {
            expIsNear(1400 * uniform(1, i) - 700);
            expIsNear(40 * uniform(2, i) - 20);
            expIsNear((2 * uniform(3, i) - 1) * Math.scalb(1.0, -(i % 60)));
        }
    }

    @Test
    void expIsWithinTwoUnitsAtTheJointsOfItsTable() {
        for (int n = -64_000; n <= 64_000; n++) {
            double joint = n * LN2 / 128;
            if (Math.abs(joint) < 699) {
                double x = joint;
                for (int near = 0; near < 4; near++) {
                    expIsNear(x);
                    x = Math.nextUp(x);
                }
                x = joint;
                for (int near = 0; near < 4; near++) {
                    x = Math.nextDown(x);
                    expIsNear(x);
                }
            }
        }
        for (double edge : new double[] {-700, 700}) {
            for (double x : new double[] {Math.nextDown(edge), edge, Math.nextUp(edge)}) {
                expIsNear(x);
            }
        }
    }

    @Test
    void logIsWithinTwoUnitsInTheLastPlaceOnNormalNumbers() {
        for (int i = 0; i < SAMPLES; i++) {
            logIsNear(.5 + 1.5 * uniform(4, i));
            logIsNear(1 + (2 * uniform(5, i) - 1) * Math.scalb(1.0, -(i % 53)));
            long bits = Draws.bits(6, i) & Long.MAX_VALUE;
            double any = Double.longBitsToDouble(bits);
            if (any >= Double.MIN_NORMAL && any <= Double.MAX_VALUE) {
                logIsNear(any);
            }
        }
    }

    @Test
    void logIsWithinTwoUnitsAtTheJointsOfItsTable() {
        long first = Double.doubleToRawLongBits(StrictMath.sqrt(.5));
        for (int step = 0; step <= 256; step++) {
            for (int near = -50; near <= 50; near++) {
                for (int exponent = -20; exponent <= 20; exponent++) {
                    logIsNear(Math.scalb(Double.longBitsToDouble(first + step * (1L << 44) + near), exponent));
                }
            }
        }
    }

    private static void expIsNear(double x) {
        double expected = StrictMath.exp(x);
        double got = DetMath.exp(x);
        assertTrue(Math.abs(got - expected) <= 2 * Math.ulp(expected), () -> "exp " + x);
    }

    private static void logIsNear(double x) {
        double expected = StrictMath.log(x);
        double got = DetMath.log(x);
        assertTrue(
                Math.abs(got - expected) <= 2 * Math.ulp(expected),
                () -> "log " + x + " off by " + (got - expected) / Math.ulp(expected) + " units in the last place");
    }

    @Test
    void functionsAscendOnGrids() {
        ascends("exp", DetMath::exp, -720, 715, 1e-3);
        ascends("exp", DetMath::exp, -.02, .02, 2e-8);
        ascends("log", DetMath::log, .5, 2, 1e-6);
        ascends("log", DetMath::log, .98, 1.02, 2e-8);
        ascends("log", DetMath::log, 1, 1e6, 1);
        ascends("logistic", DetMath::logistic, -40, 40, 1e-4);
        ascends("logit", DetMath::logit, 0, 1, 1e-6);
        ascends("square root", x -> DetMath.pow(x, .5), 0, 3, 1e-6);
    }

    private static void ascends(String name, DoubleUnaryOperator f, double from, double to, double step) {
        double before = Double.NEGATIVE_INFINITY;
        int steps = (int) ((to - from) / step);
        for (int i = 0; i <= steps; i++) {
            double x = from + i * step;
            double y = f.applyAsDouble(x);
            assertTrue(y >= before, () -> name + " falls before " + x);
            before = y;
        }
    }

    @Test
    void specialValuesAreAsTheirContractSays() {
        assertEquals(1, DetMath.exp(0.0));
        assertEquals(1, DetMath.exp(-0.0));
        assertEquals(0, DetMath.exp(-746));
        assertEquals(0, DetMath.exp(Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, DetMath.exp(710));
        assertEquals(Double.POSITIVE_INFINITY, DetMath.exp(Double.POSITIVE_INFINITY));
        assertEquals(Double.NaN, DetMath.exp(Double.NaN));
        assertEquals(StrictMath.exp(-740), DetMath.exp(-740));

        assertEquals(0.0, DetMath.log(1));
        assertEquals(Double.NEGATIVE_INFINITY, DetMath.log(0.0));
        assertEquals(Double.NEGATIVE_INFINITY, DetMath.log(-0.0));
        assertEquals(Double.POSITIVE_INFINITY, DetMath.log(Double.POSITIVE_INFINITY));
        assertEquals(Double.NaN, DetMath.log(-1));
        assertEquals(Double.NaN, DetMath.log(Double.NaN));
        assertEquals(StrictMath.log(Double.MIN_VALUE), DetMath.log(Double.MIN_VALUE));

        assertEquals(1, DetMath.pow(0, 0));
        assertEquals(0, DetMath.pow(0, 2));
        assertEquals(1, DetMath.pow(1, 1e300));
        assertEquals(1, DetMath.pow(5, 0));
        assertEquals(5, DetMath.pow(5, 1));
        assertEquals(Double.POSITIVE_INFINITY, DetMath.pow(0, -1));

        assertEquals(.5, DetMath.logistic(0));
        assertEquals(1, DetMath.logistic(Double.POSITIVE_INFINITY));
        assertEquals(0, DetMath.logistic(Double.NEGATIVE_INFINITY));
        assertEquals(-36, DetMath.logit(0));
        assertEquals(36, DetMath.logit(1));
        assertEquals(0, DetMath.logit(.5));
    }

    @Test
    void logisticAndLogitUndoEachOther() {
        for (int i = 0; i < 100_000; i++) {
            double x = 60 * uniform(7, i) - 30;
            assertEquals(x, DetMath.logit(DetMath.logistic(x)), 1e-13 * (1 + Math.abs(x)) + 3e-16 * Math.exp(x));
        }
    }

    @Test
    void logisticIsItsOwnMirrorImage() {
        for (int i = 0; i < 100_000; i++) {
            double x = 60 * uniform(8, i);
            assertEquals(1, DetMath.logistic(x) + DetMath.logistic(-x), 2.3e-16);
        }
    }

    /**
     * The bits of 100,000 results. A JDK or a machine that gives others would give other results of whole runs; so would
     * a change of these functions, which the changelog then has to announce.
     */
    @Test
    void everyMachineGivesTheSameBits() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ByteBuffer buffer = ByteBuffer.allocate(5 * Double.BYTES);
        for (int i = 0; i < 20_000; i++) {
            double u = uniform(9, i);
            double x = (2 * uniform(10, i) - 1) * Math.scalb(1.0, i % 10);
            buffer.clear();
            buffer.putDouble(DetMath.exp(x));
            buffer.putDouble(DetMath.log(Math.scalb(1 + u, i % 600 - 300)));
            buffer.putDouble(DetMath.pow(4 * u, x / 50));
            buffer.putDouble(DetMath.logistic(x / 10));
            buffer.putDouble(DetMath.logit(u));
            digest.update(buffer.array());
        }
        assertEquals(
                "2d8bf2fe98f2b9c3eb9752a57e7c724a",
                HexFormat.of().formatHex(digest.digest()).substring(0, 32));
    }

    private static double uniform(long key, long item) {
        return Draws.unit(Draws.bits(key, item));
    }
}
