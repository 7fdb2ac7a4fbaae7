package twostacks.policy;

/** A group of offers that are alike to an adopter; symmetric between the two powers. */
public enum Stack {
    /** A United States vendor's own service. */
    US_CLOSED,
    /** United States weights run elsewhere than at the vendor. */
    US_OPEN,
    /** A Chinese vendor's own service. */
    CN_API,
    /** Chinese weights run elsewhere than at the vendor. */
    CN_OPEN,
    /** Any other vendor's service or weights. */
    OTHER,
    /** The nation's own model. */
    SOVEREIGN;

    /** Number of stacks; using none has this index. */
    public static final int COUNT = 6;

    private static final Stack[] VALUES = values();

    /**
     * The stack with an index.
     *
     * @param index 0 to {@link #COUNT} − 1
     * @return the stack
     */
    public static Stack of(int index) {
        return VALUES[index];
    }

    /**
     * The stack of an offer.
     *
     * @param origin bloc of the lab
     * @param channel how it is delivered
     * @return its stack
     */
    public static Stack of(Bloc origin, Channel channel) {
        if (channel == Channel.OWN) {
            return SOVEREIGN;
        }
        return switch (origin) {
            case US -> channel == Channel.API ? US_CLOSED : US_OPEN;
            case CN -> channel == Channel.API ? CN_API : CN_OPEN;
            case OTHER -> OTHER;
        };
    }

    /**
     * The bloc whose adopters' taste for origin bears on this stack.
     *
     * @return bloc of origin; {@link Bloc#OTHER} for the nation's own
     */
    public Bloc origin() {
        return switch (this) {
            case US_CLOSED, US_OPEN -> Bloc.US;
            case CN_API, CN_OPEN -> Bloc.CN;
            case OTHER, SOVEREIGN -> Bloc.OTHER;
        };
    }

    /**
     * The same stack seen in a mirror in which the two powers change sides.
     *
     * @return its mirror image
     */
    public Stack mirrored() {
        return switch (this) {
            case US_CLOSED -> CN_API;
            case US_OPEN -> CN_OPEN;
            case CN_API -> US_CLOSED;
            case CN_OPEN -> US_OPEN;
            case OTHER, SOVEREIGN -> this;
        };
    }

    /**
     * Name in files and parameter keys.
     *
     * @return lower-case name
     */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
