package twostacks.experiment.shard;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import twostacks.experiment.plan.Plan;

/**
 * Which runs are stored, and where: 40 bytes or so for each. Of several copies of a run one that is done goes before one
 * that failed; two that are done must be equal.
 */
final class RunIndex implements Closeable {
    /** Two results of one run. */
    record Conflict(String run, Path first, Path second) {}

    private static final int MOST_OPEN = 64;
    private static final int TRIES = 5;

    private final List<Path> chunks = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Map<Path, String> plans = new LinkedHashMap<>();
    private final Set<String> builds = new TreeSet<>();
    private final Map<Integer, ChunkReader> open = new LinkedHashMap<>(16, .75f, true);
    private long nanos;
    private int parts;

    private int size;
    private long[] ids = new long[1 << 10];
    private int[] slots = new int[1 << 11];
    private int[] chunk = new int[1 << 10];
    private long[] offset = new long[1 << 10];
    private long[] print = new long[1 << 10];
    private boolean[] done = new boolean[1 << 10];

    RunIndex() {
        Arrays.fill(slots, -1);
    }

    /** Takes in the chunks of a directory. */
    void add(Path directory) throws IOException {
        for (int i = 0; i < TRIES && !addAll(directory); i++) {
            // meanwhile another process has put chunks into a larger one, which is to be read too
        }
    }

    private boolean addAll(Path directory) throws IOException {
        parts = 0;
        Set<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(ChunkWriter.CHUNK)) {
                    found.add(file);
                } else if (name.endsWith(ChunkWriter.PART)) {
                    parts++;
                }
            }
        } catch (NoSuchFileException e) {
            return true;
        }
        boolean all = true;
        for (Path file : found) {
            all &= chunks.contains(file) || addChunk(file);
        }
        return all;
    }

    private boolean addChunk(Path file) throws IOException {
        int number = chunks.size();
        chunks.add(file);
        try {
            String[] made = ChunkReader.read(file, (at, head) -> put(number, at, head));
            plans.put(file, made[0]);
            builds.add(made[1]);
        } catch (ChunkReader.DamagedException e) {
            damaged.add(e.getMessage());
        } catch (NoSuchFileException e) {
            chunks.set(number, file.resolveSibling("gone"));
            return false;
        }
        return true;
    }

    private void put(int number, long at, String[] head) {
        long id = Long.parseUnsignedLong(head[1], 16);
        boolean well = "done".equals(head[2]);
        long fingerprint = Long.parseUnsignedLong(head[4].substring(0, 16), 16);
        int slot = slot(id);
        int i = slots[slot];
        if (i >= 0) {
            if (done[i] && well && print[i] != fingerprint) {
                conflicts.add(new Conflict(head[1], chunks.get(chunk[i]), chunks.get(number)));
            }
            boolean better = done[i] == well ? !well && fingerprint < print[i] : well;
            if (!better) {
                return;
            }
        } else {
            i = size++;
            if (i == ids.length) {
                grow();
                slot = slot(id);
            }
            slots[slot] = i;
            ids[i] = id;
        }
        chunk[i] = number;
        offset[i] = at;
        print[i] = fingerprint;
        done[i] = well;
        nanos += Long.parseLong(head[3]);
    }

    private int slot(long id) {
        int mask = slots.length - 1;
        int at = (int) (id ^ id >>> 32) & mask;
        while (slots[at] >= 0 && ids[slots[at]] != id) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        int length = ids.length * 2;
        ids = Arrays.copyOf(ids, length);
        chunk = Arrays.copyOf(chunk, length);
        offset = Arrays.copyOf(offset, length);
        print = Arrays.copyOf(print, length);
        done = Arrays.copyOf(done, length);
        slots = new int[length * 2];
        Arrays.fill(slots, -1);
        for (int i = 0; i < size - 1; i++) {
            slots[slot(ids[i])] = i;
        }
    }

    /** Whether there is a result of a run, or the reason why it failed. */
    boolean has(long id) {
        return slots[slot(id)] >= 0;
    }

    /** Whether a run is stored as done. */
    boolean done(long id) {
        int i = slots[slot(id)];
        return i >= 0 && done[i];
    }

    /** What is stored of a run; null if nothing is. */
    Stored get(long id) throws IOException {
        int i = slots[slot(id)];
        return i < 0 ? null : reader(chunk[i]).run(offset[i]);
    }

    private ChunkReader reader(int number) throws IOException {
        ChunkReader reader = open.get(number);
        if (reader == null) {
            if (open.size() >= MOST_OPEN) {
                Integer oldest = open.keySet().iterator().next();
                open.remove(oldest).close();
            }
            reader = new ChunkReader(chunks.get(number));
            open.put(number, reader);
        }
        return reader;
    }

    int size() {
        return size;
    }

    /** Mean time of a run, of those stored. */
    long meanNanos() {
        return size == 0 ? 0 : nanos / size;
    }

    List<Path> chunks() {
        return chunks;
    }

    /** Chunks that are not whole, in words. */
    List<String> damaged() {
        return damaged;
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** The plan that each chunk was made for. */
    Map<Path, String> plans() {
        return plans;
    }

    /** What the programs were built from that made the chunks. */
    Set<String> builds() {
        return new LinkedHashSet<>(builds);
    }

    /** Attempts that are under way or were killed. */
    int parts() {
        return parts;
    }

    /** Names of runs, for messages. */
    static String name(long id) {
        return Plan.name(id);
    }

    @Override
    public void close() throws IOException {
        for (ChunkReader reader : open.values()) {
            reader.close();
        }
        open.clear();
    }
}
