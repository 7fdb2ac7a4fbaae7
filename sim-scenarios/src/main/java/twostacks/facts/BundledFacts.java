package twostacks.facts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import twostacks.input.Source;

/** The tables that come with the program. */
public final class BundledFacts {
    /** First month that the tables do not cover: 2026-09. */
    public static final int DATA_END = 2026 * 12 + 8;

    /** Each is read once: nothing of it can change. */
    private static final Map<String, Source> READ = new ConcurrentHashMap<>();

    private BundledFacts() {}

    /**
     * A table that comes with the program.
     *
     * @param name {@code nations}, {@code models}, {@code events}, {@code labs} or {@code sources}
     * @return its source
     */
    public static Source source(String name) {
        return READ.computeIfAbsent(name, BundledFacts::read);
    }

    private static Source read(String name) {
        Source source = Source.resource("facts/" + name + ".csv", BundledFacts.class, "/facts/" + name + ".csv");
        if (source == null) {
            throw new IllegalStateException("the program's own facts/" + name + ".csv is missing");
        }
        return source;
    }
}
