package twostacks.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import twostacks.experiment.Progress;

/** One line on a terminal that says how far runs are and how long they will take, redrawn a few times a second. */
final class ProgressLine implements Progress, AutoCloseable {
    private static final long REDRAWN_EVERY_MILLIS = 200;
    private static final int BAR = 24;
    /** Carriage return, and erase to the end of the line. */
    private static final String BACK = "\r\u001b[K";

    private final PrintWriter err;
    private final LongAdder done = new LongAdder();
    private volatile long all;
    private volatile boolean stopped;
    private long started;
    private Thread painter;

    ProgressLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void begin(long months) {
        all += months;
        if (painter != null) {
            return; // more of the same
        }
        started = System.nanoTime();
        painter = new Thread(this::paint, "progress");
        painter.setDaemon(true);
        painter.start();
    }

    @Override
    public void month() {
        done.increment();
    }

    long monthsDone() {
        return done.sum();
    }

    long months() {
        return all;
    }

    private void paint() {
        while (!stopped) {
            draw();
            try {
                Thread.sleep(REDRAWN_EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void draw() {
        if (!stopped) {
            err.print(BACK + line(done.sum(), all, System.nanoTime() - started));
            err.flush();
        }
    }

    /** The line after some months. */
    static String line(long done, long all, long nanos) {
        int filled = (int) (BAR * done / Math.max(1, all));
        String left =
                done == 0 ? "" : ", " + Terminal.duration((long) ((double) nanos / done * (all - done))) + " left";
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %d of %d months%s",
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                100 * done / Math.max(1, all),
                done,
                all,
                left);
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (!stopped) {
            stopped = true;
            if (painter != null) {
                painter.interrupt();
                err.print(BACK);
                err.flush();
            }
        }
    }
}
