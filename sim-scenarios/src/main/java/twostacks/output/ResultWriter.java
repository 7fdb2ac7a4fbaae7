package twostacks.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import twostacks.outcome.Column;
import twostacks.outcome.Table;

/**
 * Writes the results of one run into a directory: a CSV file for each table, the scenario it used, the data package that
 * describes them, and where they come from.
 *
 * <p>Replicates may run side by side, each with its own {@link ReplicateWriter}; rows stand in the order of replicates
 * whatever the order in which they end. Everything is written into a directory of its own below the final one, flushed
 * to the disk, and renamed at the end, {@code datapackage.json} last: a file with its final name is whole, and a data
 * package with its final name describes files that are all there.
 */
public final class ResultWriter implements Closeable {
    private final ResultDirectory directory;
    private final RunDescription run;
    private final Map<String, Whole> wholes = new LinkedHashMap<>();
    private final Map<Integer, ReplicateWriter> waiting = new TreeMap<>();
    private int next = 1;
    private long nanos;
    private boolean closed;

    /**
     * Prepares to write.
     *
     * @param directory where, held by this process
     * @param run what is written
     * @throws IOException if files cannot be made there
     */
    public ResultWriter(ResultDirectory directory, RunDescription run) throws IOException {
        this.directory = directory;
        this.run = run;
        try {
            for (Table<?> table : run.tables()) {
                wholes.put(table.name(), new Whole(table));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Takes over the first replicates from the results of the same run that stand in the directory.
     *
     * @param replicates number of replicates there
     * @throws IOException if they cannot be copied
     */
    public synchronized void takeOver(int replicates) throws IOException {
        if (next != 1) {
            throw new IllegalStateException("replicates are written already");
        }
        long before = System.nanoTime();
        JsonNode old = DataPackage.read(directory.path())
                .orElseThrow(() -> new IOException(directory.path() + " has no " + ResultDirectory.PACKAGE));
        for (JsonNode resource : old.path("resources")) {
            Whole whole = wholes.get(resource.path("name").asText());
            if (whole != null) {
                whole.takeOver(resource.path("rows").asLong());
            }
        }
        next = replicates + 1;
        nanos += System.nanoTime() - before;
    }

    /**
     * A writer for the rows of a replicate.
     *
     * @param replicate number of the replicate, from 1
     * @return writer, to be handed back when all months are written, or closed if they will not be
     * @throws IOException if files cannot be made
     */
    public ReplicateWriter replicate(int replicate) throws IOException {
        return new ReplicateWriter(directory.unfinished(), run, replicate);
    }

    /**
     * Takes in a replicate whose months are all written. May be called by several threads, in any order of replicates.
     *
     * @param replicate its writer
     * @throws IOException if it cannot write
     */
    public void add(ReplicateWriter replicate) throws IOException {
        replicate.close();
        synchronized (this) {
            if (closed) {
                return;
            }
            long before = System.nanoTime();
            waiting.put(replicate.replicate(), replicate);
            for (ReplicateWriter due = waiting.remove(next); due != null; due = waiting.remove(next)) {
                for (ReplicateWriter.Part<?> part : due.parts()) {
                    wholes.get(part.table().name()).append(part);
                }
                nanos += due.nanos();
                next++;
            }
            nanos += System.nanoTime() - before;
        }
    }

    /**
     * Time that threads spent writing so far, waiting for the disk included.
     *
     * @return nanoseconds, summed over threads
     */
    public synchronized long nanos() {
        return nanos;
    }

    /**
     * Gives everything its final name. What an earlier run left there is removed first, so that files of two runs never
     * stand together.
     *
     * @param provenance where the results come from
     * @throws IOException if it cannot write
     * @throws IllegalStateException if a replicate is missing
     */
    public synchronized void publish(Provenance provenance) throws IOException {
        if (next != run.replicates() + 1) {
            throw new IllegalStateException("replicate " + next + " of " + run.replicates() + " is not written");
        }
        List<String> names = new ArrayList<>();
        List<DataPackage.Resource> resources = new ArrayList<>();
        for (Whole whole : wholes.values()) {
            resources.add(whole.finish());
            names.add(whole.file.getFileName().toString());
        }
        write(ResultDirectory.SCENARIO, run.resolvedScenario());
        write(ResultDirectory.PROVENANCE, provenance.json(run));
        write(ResultDirectory.PACKAGE, DataPackage.json(run, resources));
        names.add(ResultDirectory.SCENARIO);
        names.add(ResultDirectory.PROVENANCE);
        names.add(ResultDirectory.PACKAGE);

        directory.removeOldResults();
        for (String name : names) {
            Durable.rename(
                    directory.unfinished().resolve(name), directory.path().resolve(name));
        }
        directory.sync();
        close();
    }

    /** Removes whatever is not published. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (Whole whole : wholes.values()) {
            whole.out.close();
        }
        directory.removeUnfinished();
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.unfinished().resolve(name);
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Durable.sync(file);
    }

    /** One file, to which the parts of replicates are appended in order. */
    private final class Whole {
        private final Table<?> table;
        private final Path file;
        private final OutputStream out;
        private final MessageDigest digest = Hashes.digest();
        private final long headerBytes;
        private final byte[] headerMember;
        private long rows;
        private long contentBytes;

        Whole(Table<?> table) throws IOException {
            this.table = table;
            this.file = directory.unfinished().resolve(run.fileName(table.name()));
            this.out = Files.newOutputStream(file);
            byte[] header = header();
            digest.update(header);
            headerBytes = header.length;
            contentBytes = headerBytes;
            if (run.gzip()) {
                ByteArrayOutputStream member = new ByteArrayOutputStream();
                try (GZIPOutputStream packed = new GZIPOutputStream(member)) {
                    packed.write(header);
                }
                headerMember = member.toByteArray();
                out.write(headerMember);
            } else {
                headerMember = new byte[0];
                out.write(header);
            }
        }

        private byte[] header() {
            List<String> names = new ArrayList<>(DataPackage.KEY);
            table.columns().stream().map(Column::name).forEach(names::add);
            return (String.join(",", names) + "\n").getBytes(StandardCharsets.UTF_8);
        }

        void append(ReplicateWriter.Part<?> part) throws IOException {
            appendContent(part.file(), 0);
            rows += part.count();
            Files.delete(part.file());
        }

        /** Appends what follows the header, which this file has already, in a finished file of the same columns. */
        void takeOver(long count) throws IOException {
            appendContent(directory.path().resolve(file.getFileName()), headerBytes);
            rows += count;
        }

        private void appendContent(Path from, long skipped) throws IOException {
            if (run.gzip()) {
                try (InputStream in = Hashes.unpacked(from)) {
                    in.skipNBytes(skipped);
                    contentBytes += Hashes.feed(digest, in);
                }
                appendPacked(from, skipped);
                return;
            }
            byte[] buffer = new byte[1 << 17];
            try (InputStream in = Files.newInputStream(from)) {
                in.skipNBytes(skipped);
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    out.write(buffer, 0, n);
                    contentBytes += n;
                }
            }
        }

        /** Copies compressed members as they are; after a header that another zlib packed, packs the rest anew. */
        private void appendPacked(Path from, long skipped) throws IOException {
            try (InputStream in = Files.newInputStream(from)) {
                if (skipped == 0 || Arrays.equals(headerMember, in.readNBytes(headerMember.length))) {
                    in.transferTo(out);
                    return;
                }
            }
            GZIPOutputStream member = new GZIPOutputStream(out);
            try (InputStream in = Hashes.unpacked(from)) {
                in.skipNBytes(skipped);
                in.transferTo(member);
            }
            member.finish();
        }

        DataPackage.Resource finish() throws IOException {
            out.close();
            Durable.sync(file);
            return new DataPackage.Resource(table, rows, contentBytes, Hashes.hex(digest.digest()));
        }
    }
}
