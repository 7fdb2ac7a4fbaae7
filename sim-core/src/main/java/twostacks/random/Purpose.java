package twostacks.random;

/** What a draw is for. Draws of different purposes are independent; the order here is part of every key: append only. */
public enum Purpose {
    /** Which of an adopter's rivals for a licence or for scarce capacity come before it; stays with the adopter. */
    RANK,
    /** How much publicity it takes until an adopter considers a stack; stays with the adopter. */
    CONSIDER,
    /** An adopter's taste for origin; stays with the adopter. */
    TASTE,
    /** Whether an adopter reviews its choice in a month. */
    REVIEW,
    /** What an adopter chooses in a month. */
    CHOICE,
    /** Which peers an adopter looks at; stays with the adopter. */
    PEERS,
    /** Security incidents on services. */
    SECURITY,
    /** Misuse incidents traced to open weights. */
    MISUSE,
    /** What a nation's stance depends on beyond the model. */
    STANCE,
    /** In which month of its interval a nation reviews its stance. */
    REVIEW_PHASE,
    /** A nation's trust in a bloc beyond alignment and diplomacy. */
    TRUST_EFFECT,
    /** How many adopters alike come to consider a stack, review and choose, where adopters are counted. */
    COUNTS
}
