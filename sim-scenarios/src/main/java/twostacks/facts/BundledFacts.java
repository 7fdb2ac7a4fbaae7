package twostacks.facts;

import twostacks.input.Source;

/** The tables that come with the program. */
public final class BundledFacts {
    /** First month that the tables do not cover: 2026-09. */
    public static final int DATA_END = 2026 * 12 + 8;

    private BundledFacts() {}

    /**
     * A table that comes with the program.
     *
     * @param name {@code nations}, {@code models}, {@code events}, {@code labs} or {@code sources}
     * @return its source
     */
    public static Source source(String name) {
        Source source = Source.resource("facts/" + name + ".csv", BundledFacts.class, "/facts/" + name + ".csv");
        if (source == null) {
            throw new IllegalStateException("the program's own facts/" + name + ".csv is missing");
        }
        return source;
    }
}
