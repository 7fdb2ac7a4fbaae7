package twostacks.analysis.report;

/** A directory does not hold results that a page can be made of; the message says why, for the user to read. */
public final class UnusableResultsException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableResultsException(String message) {
        super(message);
    }
}
