package twostacks.policy;

/** How a model reaches an adopter. */
public enum Channel {
    /** The vendor's own cloud: revocable, data leave. */
    API,
    /** Open weights on a third party's cloud, under that country's jurisdiction. */
    HOST,
    /** Open weights run under the nation's own jurisdiction. */
    SELF,
    /** The nation's own model. */
    OWN
}
