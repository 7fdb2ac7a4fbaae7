package twostacks.experiment.shard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/** Names of chunks: who writes them, so that no two attempts ever write to one file. */
final class Attempt {
    private static final int RANDOM = 8;

    private Attempt() {}

    /** A name that nobody else has: shard, machine, process, chance. */
    static String name(Shard shard) {
        return shard.number() + "of" + shard.of() + "~" + host() + "~"
                + ProcessHandle.current().pid() + "~"
                + UUID.randomUUID().toString().substring(0, RANDOM);
    }

    /** Whether the process that writes a file ran on this machine and is gone. */
    static boolean dead(String file) {
        String[] parts = file.split("~", -1);
        if (parts.length < 4 || !parts[1].equals(host())) {
            return false;
        }
        try {
            return ProcessHandle.of(Long.parseLong(parts[2])).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The machine's own word for itself: variables such as HOSTNAME travel with jobs from machine to machine. */
    private static String host() {
        String name;
        try {
            name = Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            try {
                name = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                name = "host";
            }
        }
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    }
}
