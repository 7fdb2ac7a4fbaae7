package twostacks.input;

/** What a text may hold. */
final class Text {
    private Text() {}

    /**
     * The first character of a text that steers what shows it, or is none.
     *
     * @param text a text
     * @return its index: a control character other than a line break or a tab, one that turns the direction of writing,
     *     or half of a pair; −1 if there is none
     */
    static int unfit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (controls(c)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether a character steers what shows it, or is none.
     *
     * @param c code point
     * @return true for such characters, line break and tab apart
     */
    static boolean controls(int c) {
        boolean turns = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean none = c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF;
        return turns || none || Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    /**
     * Notes a text that holds what it may not.
     *
     * @param text a text
     * @param place where it stands
     * @param path its dotted path
     * @param problems takes what is wrong
     */
    static void check(String text, Place place, String path, Problems problems) {
        int at = unfit(text);
        if (at >= 0) {
            problems.add(
                    place,
                    path,
                    String.format(java.util.Locale.ROOT, "the text holds the control character U+%04X", (int)
                            text.charAt(at)),
                    "a text without it");
        }
    }
}
