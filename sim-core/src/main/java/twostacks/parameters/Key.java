package twostacks.parameters;

import java.util.List;

/** What a parameter has one value for: one for the world, or one for each segment, stack, bloc or export tier. */
public enum Key {
    /** One value for the whole world. */
    NONE(List.of()),
    /** One value per adopter segment; the names are the scenario's, the four here are the default ones. */
    SEGMENT(List.of("consumer", "developer", "enterprise", "public")),
    /** One value per stack an adopter may use. */
    STACK(List.of("us_closed", "us_open", "cn_api", "cn_open", "other", "sovereign")),
    /** One value per bloc of origin. */
    BLOC(List.of("US", "CN", "OTHER")),
    /** One value per destination tier of United States controls; their own home is never a target. */
    US_TARGET_TIER(List.of("1", "2", "3", "CN")),
    /** One value per destination tier of Chinese controls; their own home is never a target. */
    CN_TARGET_TIER(List.of("1", "2", "3", "US"));

    private final List<String> names;

    Key(List<String> names) {
        this.names = names;
    }

    /**
     * The key names in the order in which values are held.
     *
     * @return default names; for {@link #SEGMENT} a scenario may replace them
     */
    public List<String> names() {
        return names;
    }
}
