package twostacks.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files that are whole or absent, whatever happens to the process or the machine. */
public final class Durable {
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Durable() {}

    /**
     * Flushes a file to the disk.
     *
     * @param file file
     * @throws IOException if it cannot
     */
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Flushes the names in a directory to the disk, where the system can do that.
     *
     * @param directory directory
     */
    public static void syncDirectory(Path directory) {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            // a system on which directories cannot be opened
        }
    }

    /**
     * Gives a file its final name, in place of whatever has it.
     *
     * @param from file
     * @param to its final name
     * @throws IOException if it cannot
     */
    public static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Writes a file. Whoever looks sees the old one or the new one.
     *
     * @param file file
     * @param text what it is to hold
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            sync(unfinished);
            rename(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        syncDirectory(file.toAbsolutePath().getParent());
    }

    /**
     * Removes what a process that was killed in {@link #write} left in a directory. Whoever calls it alone writes there.
     *
     * @param directory directory; it need not be there
     * @throws IOException if something cannot be removed
     */
    public static void removeUnfinished(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".*")) {
            for (Path file : files) {
                if (UNFINISHED.matcher(file.getFileName().toString()).matches()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
