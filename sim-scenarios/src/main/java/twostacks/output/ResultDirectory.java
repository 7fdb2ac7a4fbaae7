package twostacks.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A directory for the results of one run, held by one process at a time while it is written.
 *
 * <p>While a run goes on, its files are in a directory below that nobody else writes to; what a killed run left there is
 * removed by the next.
 */
public final class ResultDirectory {
    /** The scenario that a run used, resolved. */
    public static final String SCENARIO = "scenario.resolved.yaml";
    /** What was true of the process. */
    public static final String PROVENANCE = "provenance.json";
    /** What the files hold; there once all of them are. */
    public static final String PACKAGE = "datapackage.json";
    /** A page made of the files, of which twostacks may make another at any time. */
    public static final String REPORT = "report.html";
    /** Where files are while they are not whole. */
    static final String UNFINISHED = ".twostacks-unfinished";

    private static final String LOCK = "lock";
    private static final String SHA256 = "sha256:";
    private static final int TRIES = 100;
    private static final int MOST_LOCK_BYTES = 1 << 12;

    /** What a directory means for a run that wants to write there. */
    public enum State {
        /** Nothing is in the way. */
        FREE,
        /** This very run is there, whole and unchanged. */
        SAME,
        /** This run is there with fewer replicates, whole and unchanged: only the others are to be made. */
        FEWER,
        /** This very run is there, with as many replicates or fewer, but it must be made again. */
        STALE,
        /** Something else is there. */
        OTHER
    }

    /**
     * What was found.
     *
     * @param state what it means
     * @param what what is there, in words; empty where nothing is worth saying
     * @param replicates number of replicates there that need not be made
     */
    public record Finding(State state, String what, int replicates) {
        Finding(State state, String what) {
            this(state, what, 0);
        }
    }

    /** Thrown when another process writes there. */
    public static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        BusyException(Path directory) {
            super("another run is writing to " + directory);
        }
    }

    private final Path path;
    private final Deque<Path> created;
    private final FileChannel channel;
    private final FileLock lock;

    private ResultDirectory(Path path, Deque<Path> created, FileChannel channel, FileLock lock) {
        this.path = path;
        this.created = created;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Looks at a directory and changes nothing.
     *
     * @param directory a directory, which need not exist
     * @param run the run that wants to write there
     * @param build what the program is built from; results of another build of the same version are made again; null if
     *     it is known that this program made them
     * @return what is there
     * @throws IOException if it cannot be read
     */
    public static Finding inspect(Path directory, RunDescription run, String build) throws IOException {
        if (!Files.exists(directory)) {
            return new Finding(State.FREE, "");
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        if (!Files.exists(directory.resolve(PACKAGE))) {
            return withoutPackage(directory, run);
        }
        Optional<JsonNode> read = DataPackage.read(directory);
        JsonNode block = read.map(r -> r.path("twostacks")).orElse(null);
        if (block != null && block.path("planHash").isTextual()) {
            return new Finding(
                    State.OTHER, "a sweep of " + block.path("experiment").asText());
        }
        if (block == null || !block.path("runId").isTextual()) {
            return new Finding(State.OTHER, "a " + PACKAGE + " that twostacks did not write");
        }
        int replicates = block.path("replicates").asInt();
        boolean fewer = replicates >= 1 && replicates < run.replicates();
        String wanted = fewer ? run.withReplicates(replicates).id() : run.id();
        if (!block.path("runId").asText().equals(wanted)) {
            return new Finding(State.OTHER, difference(block, run));
        }
        String damage = damage(directory, read.get());
        if (!damage.isEmpty()) {
            return new Finding(State.STALE, damage);
        }
        String builtFrom = build(directory);
        if (build != null && (!builtFrom.equals(build) || build.endsWith("-dirty"))) {
            return new Finding(
                    State.STALE,
                    builtFrom.equals(build)
                            ? "made by a build whose sources have changed since their last commit"
                            : "made by another build (" + builtFrom + ")");
        }
        return new Finding(fewer ? State.FEWER : State.SAME, "", replicates);
    }

    /**
     * How many replicates of a run stand in a directory. They may still be of another build, or damaged.
     *
     * @param directory a directory, which need not exist
     * @param run the run, with whatever number of replicates
     * @return number of replicates; 0 if the run is not there
     */
    public static int replicates(Path directory, RunDescription run) {
        JsonNode block =
                DataPackage.read(directory).map(r -> r.path("twostacks")).orElse(null);
        if (block == null) {
            return 0;
        }
        int replicates = block.path("replicates").asInt();
        boolean same = replicates >= 1
                && run.withReplicates(replicates)
                        .id()
                        .equals(block.path("runId").asText());
        return same ? replicates : 0;
    }

    private static Finding withoutPackage(Path directory, RunDescription run) throws IOException {
        if (!Files.exists(directory.resolve(UNFINISHED))) {
            List<String> names = new ArrayList<>(
                    run.tables().stream().map(t -> run.fileName(t.name())).toList());
            names.add(SCENARIO);
            names.add(PROVENANCE);
            for (String name : names) {
                if (Files.exists(directory.resolve(name))) {
                    return new Finding(State.OTHER, "a " + name + " without a " + PACKAGE + " that vouches for it");
                }
            }
        }
        return new Finding(State.FREE, "");
    }

    private static String difference(JsonNode block, RunDescription run) {
        String scenario = block.path("scenario").asText();
        long seed = block.path("seed").asLong();
        int replicates = block.path("replicates").asInt();
        String version = block.path("modelVersion").asText();
        String what = "a run of " + scenario + " (seed " + seed + ", "
                + (replicates == 1 ? "1 replicate" : replicates + " replicates") + ", model " + version + ")";
        boolean looksAlike = scenario.equals(run.scenario())
                && seed == run.seed()
                && replicates == run.replicates()
                && version.equals(run.modelVersion());
        return looksAlike ? what + " with other parameters, horizon, facts or options" : what;
    }

    private static String damage(Path directory, JsonNode read) throws IOException {
        for (JsonNode resource : read.path("resources")) {
            String name = resource.path("path").asText();
            String hash = resource.path(resource.has("contentHash") ? "contentHash" : "hash")
                    .asText();
            Path file = directory.resolve(name);
            if (!plain(name) || !Files.isRegularFile(file)) {
                return name + " is missing";
            }
            String found;
            try {
                found = Hashes.sha256OfContent(file);
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                found = "";
            }
            if (!hash.equals(SHA256 + found)) {
                return name + " is not as it was written";
            }
        }
        return "";
    }

    private static String build(Path directory) {
        try {
            return new ObjectMapper()
                    .readTree(Files.readAllBytes(directory.resolve(PROVENANCE)))
                    .path("build")
                    .asText();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Whether a name is that of a file in the directory itself. */
    private static boolean plain(String name) {
        return !name.isEmpty() && name.matches("[A-Za-z0-9_.-]+") && !name.startsWith(".");
    }

    /**
     * Makes a directory if need be, and holds it.
     *
     * @param path the directory
     * @return the directory, held until {@link #removeUnfinished}
     * @throws BusyException if another process holds it
     * @throws IOException if it cannot be made or written to
     */
    public static ResultDirectory take(Path path) throws IOException {
        Deque<Path> created = new ArrayDeque<>();
        Path absolute = path.toAbsolutePath();
        for (Path p = absolute; p != null && !Files.exists(p); p = p.getParent()) {
            created.addLast(p);
        }
        Files.createDirectories(path);
        for (int i = 0; i < TRIES; i++) {
            ResultDirectory directory = tryTake(path, created);
            if (directory != null) {
                return directory;
            }
        }
        throw new BusyException(path);
    }

    /**
     * Removes what a process that was killed at the very end left beside results that are whole. Where another process is
     * at work, or nobody may write, it stays.
     *
     * @param path a directory of results
     */
    public static void tidy(Path path) {
        if (Files.exists(path.resolve(UNFINISHED))) {
            try {
                take(path).removeUnfinished();
            } catch (IOException e) {
                // the results are whole nevertheless
            }
        }
    }

    private static ResultDirectory tryTake(Path path, Deque<Path> created) throws IOException {
        Path unfinished = path.resolve(UNFINISHED);
        Files.createDirectories(unfinished);
        Path file = unfinished.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null; // somebody has just finished and removed it
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new BusyException(path);
            }
            if (!named(channel, file)) {
                channel.close();
                return null;
            }
            ResultDirectory directory = new ResultDirectory(path, created, channel, lock);
            directory.clear();
            return directory;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new BusyException(path);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Whether a locked file still has its name: whoever held it before may have removed it between our opening and our
     * locking it, and another may have made a new one.
     *
     * <p>The file must not be opened to find out: a process loses its locks on a file (of POSIX, which Java takes) as soon
     * as it closes any descriptor of it. So it is given a size of chance, and the size of what has the name is compared.
     */
    private static boolean named(FileChannel channel, Path file) throws IOException {
        int size = 1 + ThreadLocalRandom.current().nextInt(MOST_LOCK_BYTES);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(size));
        try {
            return Files.size(file) == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * The directory.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    /**
     * Where files are while they are not whole.
     *
     * @return a directory below, which exists while this is held
     */
    public Path unfinished() {
        return path.resolve(UNFINISHED);
    }

    /**
     * Removes what an earlier run or sweep left, its data package first.
     *
     * @throws IOException if it cannot
     */
    public void removeOldResults() throws IOException {
        Optional<JsonNode> old = DataPackage.read(path);
        Files.deleteIfExists(path.resolve(PACKAGE));
        if (old.isPresent()
                && (old.get().path("twostacks").has("runId")
                        || old.get().path("twostacks").has("planHash"))) {
            Files.deleteIfExists(path.resolve(REPORT));
            for (JsonNode resource : old.get().path("resources")) {
                String name = resource.path("path").asText();
                if (plain(name)) {
                    Files.deleteIfExists(path.resolve(name));
                }
            }
        }
    }

    /** Flushes the names in the directory to the disk, where the system can do that. */
    public void sync() {
        Durable.syncDirectory(path);
    }

    /**
     * Lets go of the directory, and removes it too if it was made for this run and nothing has come into it.
     *
     * @throws IOException if what is unfinished cannot be removed
     */
    public void removeUnfinished() throws IOException {
        clear();
        Files.deleteIfExists(unfinished().resolve(LOCK));
        Files.deleteIfExists(unfinished());
        lock.close();
        channel.close();
        for (Path made : created) {
            if (!empty(made)) {
                break;
            }
            Files.deleteIfExists(made);
        }
    }

    private void clear() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished())) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(LOCK)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean empty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
