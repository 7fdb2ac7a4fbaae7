package twostacks.input;

/**
 * One thing that is wrong with an input, said so that its author can mend it.
 *
 * @param file name of the file as its reader knows it
 * @param line line, from 1; 0 if it concerns the file as a whole
 * @param column column in characters, from 1; 0 with line 0
 * @param path dotted path of the key or value within the file; empty for the file as a whole
 * @param message what is wrong
 * @param allowed what would be right, in words; empty if the message says it
 * @param nearest the allowed name most like the one that was found; empty for none
 */
public record Problem(String file, int line, int column, String path, String message, String allowed, String nearest) {

    /**
     * The problem in a line.
     *
     * @return {@code file:line:column: message; expected …; did you mean '…'?}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ").append(message);
        if (!allowed.isEmpty()) {
            text.append("; expected ").append(allowed);
        }
        if (!nearest.isEmpty()) {
            text.append("; did you mean '").append(nearest).append("'?");
        }
        return text.toString();
    }
}
