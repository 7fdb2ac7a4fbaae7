package twostacks.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
     * @param tidy what to say once all is tidy
     * @param untidy what to say if that takes too long
     */
    Stopping(PrintWriter err, ProgressLine line, String tidy, String untidy) {
        hook = new Thread(() -> stop(err, line, tidy, untidy), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The same for a command of which one thing holds either way. */
    Stopping(PrintWriter err, ProgressLine line, String said) {
        this(err, line, said, said);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    private void stop(PrintWriter err, ProgressLine line, String tidy, String untidy) {
        cancellation.cancel();
        try {
            boolean heeded = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            line.close();
            err.println(heeded ? tidy : untidy);
            err.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets go of the signals, when nothing unfinished is left to tidy up. Once a signal has come this does not return: the
     * process ends with what is said of that, and with the exit code of the signal.
     */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and does so as soon as the hook has done its work.
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
