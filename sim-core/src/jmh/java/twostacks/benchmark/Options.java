package twostacks.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words of the form {@code name=value} of a benchmark's command line. */
final class Options {
    private final Map<String, String> values = new HashMap<>();

    Options(String[] words, String... known) {
        for (String word : words) {
            int at = word.indexOf('=');
            if (at < 0 || !List.of(known).contains(word.substring(0, at))) {
                throw new IllegalArgumentException(
                        "'" + word + "' is none of " + String.join("=..., ", known) + "=...");
            }
            values.put(word.substring(0, at), word.substring(at + 1));
        }
    }

    int number(String name, int otherwise) {
        return values.containsKey(name) ? Integer.parseInt(values.get(name)) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return values.containsKey(name) ? values.get(name).equals("yes") : otherwise;
    }
}
