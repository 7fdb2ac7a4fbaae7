package twostacks.policy;

/**
 * An intervention with its time.
 *
 * @param month first month in force, counted from the year 0 (year × 12 + month − 1)
 * @param months number of months in force; {@link #TO_THE_END} for all that follow
 * @param what what it does
 * @param title what happened, in a phrase
 * @param source where that is known from; empty for a hypothesis
 * @param observed true if it is part of the observed history
 */
public record DatedEvent(int month, int months, Intervention what, String title, String source, boolean observed) {
    /** An event that lasts. */
    public static final int TO_THE_END = Integer.MAX_VALUE;

    /** Checks the duration. */
    public DatedEvent {
        if (months < 1) {
            throw new IllegalArgumentException("an event lasts at least a month, not " + months);
        }
    }

    /**
     * Whether it is in force.
     *
     * @param now month, counted from the year 0
     * @return true in its months
     */
    public boolean inForce(int now) {
        return now >= month && now - month < months;
    }

    /**
     * Whether it is announced and not yet in force.
     *
     * @param now month, counted from the year 0
     * @return true between notice and effect
     */
    public boolean announced(int now) {
        return what instanceof Intervention.ChipControl control && now < month && now >= month - control.noticeMonths();
    }
}
