package twostacks.input;

import java.util.List;

/** A part of what somebody wrote, with its place. What a scalar means is decided by who reads it. */
public sealed interface Node {
    /**
     * Where it stands.
     *
     * @return place of its first character
     */
    Place place();

    /**
     * A single value.
     *
     * @param place where it stands
     * @param text its text, unescaped
     * @param plain whether it stood without quotes, so that it may be a number, a truth value or nothing
     */
    record Scalar(Place place, String text, boolean plain) implements Node {
        /**
         * Whether nothing is written there.
         *
         * @return true for an empty value, {@code ~} and {@code null}
         */
        public boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /**
     * A list.
     *
     * @param place where it starts
     * @param items its items
     */
    record Sequence(Place place, List<Node> items) implements Node {
        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * Keys and values in their order, every key once.
     *
     * @param place where it starts
     * @param entries its entries
     */
    record Mapping(Place place, List<Entry> entries) implements Node {
        /** Copies the list. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        /**
         * The value of a key.
         *
         * @param key its text
         * @return the value; null if there is none
         */
        public Node get(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }
    }

    /**
     * A key with its value.
     *
     * @param key the key
     * @param value the value
     */
    record Entry(Scalar key, Node value) {}
}
