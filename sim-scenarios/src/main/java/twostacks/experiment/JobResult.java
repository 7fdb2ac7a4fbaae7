package twostacks.experiment;

/**
 * How a run ended.
 *
 * @param job the run
 * @param status how it ended
 * @param note in words, where there is something to say: why the run was made again, or why it failed
 * @param failure what failed; null unless the status is {@link Status#FAILED}
 * @param elapsedNanos time from its start to its end
 * @param simulatingNanos time spent simulating, summed over threads
 * @param writingNanos time spent writing, summed over threads
 */
public record JobResult(
        Job job,
        Status status,
        String note,
        Throwable failure,
        long elapsedNanos,
        long simulatingNanos,
        long writingNanos) {

    /** How a run can end. */
    public enum Status {
        /** Its results are written. */
        DONE,
        /** Its results were there, whole and unchanged. */
        ALREADY_THERE,
        /** It failed; nothing was written. */
        FAILED,
        /** It was told to stop; nothing was written. */
        STOPPED
    }
}
