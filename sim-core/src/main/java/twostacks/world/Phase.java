package twostacks.world;

/**
 * The month, in order. Within a phase everybody reads what the phases before and last month left, so the order of agents
 * in a phase cannot matter.
 *
 * <p>{@link #EVENTS} to {@link #LABS} read last month and the month's events. {@link #MARKET} reads this month's offers,
 * controls and prices, and last month's stances, shares and trust. {@link #ADOPTERS} read the market, last month's
 * shares and their own state. {@link #TRUST} reads this month's shares and incidents.
 */
public enum Phase {
    /** Events that are due write to the levers: releases, rules, incidents, price moves. */
    EVENTS,
    /** Great powers set controls and subsidies, and receive chips. */
    POWERS,
    /** Labs receive compute, advance, release and price. */
    LABS,
    /** Sovereign programmes advance; each nation sees which offers are available, at what price, with what trust. */
    MARKET,
    /** Nations due for review choose a stance. */
    STANCES,
    /** Adopters choose. */
    ADOPTERS,
    /** Incidents strike; trust, regulation and fear of cut-off move. */
    TRUST,
    /** Sums over nations are taken, and the observers record the month. */
    RECORD
}
