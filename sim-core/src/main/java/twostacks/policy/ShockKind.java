package twostacks.policy;

/** What shakes trust, each with its own loss and half-life. */
public enum ShockKind {
    /** A power revoked access to its models. */
    ACCESS,
    /** A hosted service was breached. */
    SECURITY,
    /** Harm was traced to open weights. */
    MISUSE,
    /** A backdoor was found. */
    BACKDOOR;

    /** Number of kinds. */
    public static final int COUNT = 4;

    /**
     * Name in files.
     *
     * @return lower-case name
     */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
