package twostacks.analysis.results;

import java.util.List;

/** Results that cannot be used as they are: missing, damaged, of the wrong kind, or not the ones that were asked for. */
public final class ResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String unknown;
    private final transient List<String> allowed;

    /**
     * Makes one.
     *
     * @param message what is wrong and what would be right, in a line
     */
    public ResultException(String message) {
        this(message, "", List.of());
    }

    private ResultException(String message, String unknown, List<String> allowed) {
        super(message);
        this.unknown = unknown;
        this.allowed = List.copyOf(allowed);
    }

    /**
     * A name that nothing has.
     *
     * @param message what is wrong
     * @param name the name
     * @param allowed names that there are
     * @return the exception
     */
    public static ResultException unknown(String message, String name, List<String> allowed) {
        return new ResultException(message, name, allowed);
    }

    /**
     * The name that nothing has.
     *
     * @return the name; empty if that is not what is wrong
     */
    public String unknown() {
        return unknown;
    }

    /**
     * The names that there are instead.
     *
     * @return names; empty if no name is what is wrong
     */
    public List<String> allowed() {
        return allowed;
    }
}
