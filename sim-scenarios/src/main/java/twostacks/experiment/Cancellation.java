package twostacks.experiment;

/** A wish to stop; runs heed it at the end of each month. */
public final class Cancellation {
    private volatile boolean wanted;

    /** Asks to stop. */
    public void cancel() {
        wanted = true;
    }

    /**
     * Whether somebody asked to stop.
     *
     * @return true once asked
     */
    public boolean wanted() {
        return wanted;
    }
}
