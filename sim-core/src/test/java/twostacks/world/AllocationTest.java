package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a month allocates, as the JVM counts it: bytes, which unlike time do not depend on what else runs. */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MONTHS = 72;
    /** By then every stack is out, and whatever is made when it is first needed is made. */
    private static final int WARM = 48;
    /** A record and its words. */
    private static final int BYTES_FOR_AN_EVENT = 100;

    @BeforeAll
    static void count() {
        THREADS.setThreadAllocatedMemoryEnabled(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 2000})
    void aMonthOfAWarmRunAllocatesNothingButWhatItTellsOf(int adopters) {
        // The first run loads classes.
        new World(TestWorlds.world(MONTHS, adopters), 1, 1).run(w -> {});
        long[] before = new long[1];
        new World(TestWorlds.world(MONTHS, adopters), 1, 2).run(w -> {
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before[0];
            int events = w.happened().size();
            assertTrue(
                    w.monthOfRun() < WARM || bytes <= (long) events * BYTES_FOR_AN_EVENT,
                    () -> "month " + w.monthOfRun() + ": " + bytes + " bytes, " + events + " events");
            before[0] = THREADS.getCurrentThreadAllocatedBytes();
        });
    }
}
