package twostacks.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import twostacks.world.World;

/**
 * What worlds that were run one after another allocated, by a flight recording of <em>every</em> allocation
 * ({@code jdk.ObjectAllocationOutsideTLAB} under {@code -XX:+UseG1GC -XX:-UseTLAB}).
 *
 * <p>The first world, in which classes are loaded, is passed over. Prints lines of {@code name=value} words: bytes a month
 * of the worlds after it by {@link Where}, and of the methods of ours that allocate most.
 */
public final class Allocations {
    private static final String ALLOCATION = "jdk.ObjectAllocationOutsideTLAB";
    private static final int SITES = 8;

    /** What an allocation is for; of those whose pattern a frame of the stack matches, the first. */
    enum Where {
        MAKING("World\\.<init>"),
        FIRST_NEED("Adopters\\.(sortByReach|noteRewired|cohort)|Bench\\.table|SegmentTerms\\.<init>|Taste\\.values"
                + "|Places\\.of|Lab\\.takeShape|World\\.start"),
        EVENTS("HappenedEvent\\.\\w+|HappenedEvent\\.<init>|Ledger\\.(flip|incident|stanceChange)"),
        ROWS("ReplicateWriter\\.month|CsvRows\\.\\w+"),
        MONTHS("World\\.run"),
        ELSEWHERE(".*");

        private final Pattern frame;

        Where(String frame) {
            this.frame = Pattern.compile(frame);
        }

        static Where of(List<String> frames) {
            for (Where where : values()) {
                for (String f : frames) {
                    if (where.frame.matcher(f).matches()) {
                        return where;
                    }
                }
            }
            return ELSEWHERE;
        }
    }

    private Allocations() {}

    /**
     * Reads a recording, and tells of the thread that made the most worlds.
     *
     * @param args the file of the recording, and the months of each world
     * @throws IOException if it cannot be read
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Map<Long, List<Instant>> worlds = new HashMap<>();
        read(file, e -> {
            if (e.getClass("objectClass").getName().equals(World.class.getName())) {
                worlds.computeIfAbsent(thread(e), t -> new ArrayList<>()).add(e.getStartTime());
            }
        });
        Map.Entry<Long, List<Instant>> most = worlds.entrySet().stream()
                .max(Comparator.comparingInt(t -> t.getValue().size()))
                .filter(t -> t.getValue().size() > 1)
                .orElseThrow(() -> new IOException(file + " has no thread that made a second world"));
        long thread = most.getKey();
        Instant from = most.getValue().stream().sorted().skip(1).findFirst().orElseThrow();
        Map<Where, Long> bytes = new EnumMap<>(Where.class);
        Map<String, Long> sites = new HashMap<>();
        read(file, e -> {
            if (thread(e) != thread || e.getStartTime().isBefore(from)) {
                return;
            }
            List<String> ours = e.getStackTrace().getFrames().stream()
                    .filter(f -> f.getMethod().getType().getName().startsWith("twostacks."))
                    .map(Allocations::name)
                    .toList();
            if (!ours.isEmpty()) {
                Where where = Where.of(ours);
                bytes.merge(where, e.getLong("allocationSize"), Long::sum);
                if (where != Where.MAKING && where != Where.ELSEWHERE) {
                    sites.merge(ours.get(0), e.getLong("allocationSize"), Long::sum);
                }
            }
        });
        int after = most.getValue().size() - 1;
        double months = after * Double.parseDouble(args[1]);
        for (Where where : Where.values()) {
            Gauges.print(
                    "allocated where=%s bytes=%.0f worlds=%d",
                    where.name().toLowerCase(Locale.ROOT), bytes.getOrDefault(where, 0L) / months, after);
        }
        sites.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SITES)
                .forEach(s -> Gauges.print("allocating site=%s bytes=%.0f", s.getKey(), s.getValue() / months));
    }

    private static void read(Path file, Consumer<RecordedEvent> told) throws IOException {
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(ALLOCATION) && event.getStackTrace() != null) {
                    told.accept(event);
                }
            }
        }
    }

    private static long thread(RecordedEvent event) {
        return event.getThread().getJavaThreadId();
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1) + "."
                + frame.getMethod().getName();
    }
}
