package twostacks.policy;

/** Where a model comes from. The order is that of every array by bloc, and of {@code Key.BLOC}. */
public enum Bloc {
    /** United States. */
    US,
    /** China. */
    CN,
    /** Anywhere else. */
    OTHER;

    /** Number of blocs. */
    public static final int COUNT = 3;

    /**
     * The bloc of a home nation.
     *
     * @param iso3 ISO 3166 alpha-3 code of the nation
     * @return its bloc
     */
    public static Bloc ofHome(String iso3) {
        return switch (iso3) {
            case "USA" -> US;
            case "CHN" -> CN;
            default -> OTHER;
        };
    }

    /**
     * A nation's code seen in a mirror in which the two powers change sides: draws are keyed by it.
     *
     * @param iso3 ISO 3166 alpha-3 code of the nation
     * @return the other power's code for a power's, else the code itself
     */
    public static String mirroredHome(String iso3) {
        return switch (iso3) {
            case "USA" -> "CHN";
            case "CHN" -> "USA";
            default -> iso3;
        };
    }

    /**
     * The same place seen in a mirror in which the two powers change sides.
     *
     * @return the other power, or itself
     */
    public Bloc mirrored() {
        return this == US ? CN : this == CN ? US : OTHER;
    }

    /**
     * The sign with which a taste for origin counts.
     *
     * @return +1, −1 or 0
     */
    public int sign() {
        return this == US ? 1 : this == CN ? -1 : 0;
    }
}
