package twostacks.experiment;

/** Is told how far runs are. Its methods are called by several threads at once, often, and must be quick. */
public interface Progress {
    /** Nobody listens. */
    Progress NONE = new Progress() {
        @Override
        public void begin(long months) {}

        @Override
        public void month() {}
    };

    /**
     * It begins.
     *
     * @param months months to simulate, over all runs and replicates
     */
    void begin(long months);

    /** One more month is done. */
    void month();
}
