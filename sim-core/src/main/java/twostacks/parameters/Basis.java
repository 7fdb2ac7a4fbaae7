package twostacks.parameters;

/** How a parameter's baseline was arrived at. */
public enum Basis {
    /** Read off a published measurement, or computed from published figures. */
    MEASURED,
    /** Fitted by this project to observed targets; the source names the command. */
    CALIBRATED,
    /** A judgement: nobody measured it, so sweep it. */
    JUDGEMENT,
    /** A convention of the model (a reference level, a resolution), not a claim about the world. */
    CONVENTION
}
