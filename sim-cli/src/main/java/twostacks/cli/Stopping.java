package twostacks.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import twostacks.experiment.Cancellation;

/** Turns Ctrl-C and SIGTERM into a wish to stop, and lets the process end once that is heeded. */
final class Stopping implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Listens until it is closed.
     *
     * @param err where to say so
     * @param line the line of progress, taken away before
     * @param said what to say once all is tidy
     */
    Stopping(PrintWriter err, ProgressLine line, String said) {
        hook = new Thread(() -> stop(err, line, said), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    private void stop(PrintWriter err, ProgressLine line, String said) {
        cancellation.cancel();
        try {
            if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                line.close();
                err.println(said);
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook is at work
        }
    }
}
