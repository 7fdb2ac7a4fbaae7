package twostacks.input;

import java.util.List;
import java.util.stream.Collectors;

/** An input that cannot be used, with everything that is wrong with it. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * An input with problems.
     *
     * @param problems all of them, at least one
     */
    public InputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, file by file and from top to bottom.
     *
     * @return all problems
     */
    public List<Problem> problems() {
        return problems;
    }
}
