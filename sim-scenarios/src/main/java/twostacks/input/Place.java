package twostacks.input;

/**
 * Where something stands.
 *
 * @param source what it stands in
 * @param line line, from 1; 0 for the source as a whole
 * @param column column in characters, from 1
 */
public record Place(Source source, int line, int column) {
    /**
     * The place in words.
     *
     * @return {@code file:line:column}, or the file alone
     */
    @Override
    public String toString() {
        return line == 0 ? source.name() : source.name() + ":" + line + ":" + column;
    }
}
