package twostacks.policy;

/** What a nation's policy leans to. */
public enum StancePosition {
    /** Open to all. */
    OPEN,
    /** With the United States: against Chinese offers, most of all in the public sector. */
    US_ALIGNED,
    /** With China: against United States offers, most of all in the public sector. */
    CN_ALIGNED,
    /** For what runs under the nation's own jurisdiction, with a programme where capacity allows. */
    SOVEREIGN;

    private final String key = name().toLowerCase(java.util.Locale.ROOT);

    /**
     * The same stance seen in a mirror in which the two powers change sides.
     *
     * @return its mirror image
     */
    public StancePosition mirrored() {
        return this == US_ALIGNED ? CN_ALIGNED : this == CN_ALIGNED ? US_ALIGNED : this;
    }

    /**
     * Name in files.
     *
     * @return lower-case name
     */
    public String key() {
        return key;
    }
}
