package twostacks.parameters;

/** The lever a parameter belongs to when a result is attributed; every parameter belongs to exactly one. */
public enum Group {
    /** Prices, costs and what adopters make of them. */
    PRICE,
    /** Controls on chips, models and weights by either power, and what they act through. */
    EXPORT_CONTROL,
    /** Trust, its sources, and what adopters make of it. */
    TRUST,
    /** Everything else. */
    REST
}
