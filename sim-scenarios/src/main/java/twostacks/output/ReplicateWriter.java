package twostacks.output;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import twostacks.input.Months;
import twostacks.outcome.Column;
import twostacks.outcome.Table;
import twostacks.world.Observer;
import twostacks.world.World;

/**
 * Writes the rows of one replicate, month by month, into a part of each file. Used by the one thread that runs the
 * replicate; {@link ResultWriter} puts the parts of all replicates together.
 */
public final class ReplicateWriter implements Observer, Closeable {
    private final int replicate;
    private final byte[] start;
    private final List<Part<?>> parts = new ArrayList<>();
    private long nanos;

    ReplicateWriter(Path directory, RunDescription run, int replicate) throws IOException {
        this(run.scenario(), replicate);
        try {
            for (Table<?> table : run.tables()) {
                Path file = directory.resolve(table.name() + "." + replicate);
                OutputStream out = Files.newOutputStream(file);
                parts.add(new Part<>(table, file, run.gzip() ? new GZIPOutputStream(out, 1 << 16) : out));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private ReplicateWriter(String scenario, int replicate) throws IOException {
        this.replicate = replicate;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvRows row = new CsvRows(bytes)) {
            row.text(scenario);
            row.integer(replicate);
        }
        this.start = bytes.toByteArray();
    }

    /**
     * A writer whose rows go elsewhere than to files.
     *
     * @param scenario name of the scenario
     * @param replicate number of the replicate, from 1
     * @param streams where the rows of each table go; closed with this
     * @return writer
     * @throws IOException never, as long as streams throw none
     */
    public static ReplicateWriter to(String scenario, int replicate, Map<Table<?>, ? extends OutputStream> streams)
            throws IOException {
        ReplicateWriter writer = new ReplicateWriter(scenario, replicate);
        for (Map.Entry<Table<?>, ? extends OutputStream> stream : streams.entrySet()) {
            writer.parts.add(writer.new Part<>(stream.getKey(), null, stream.getValue()));
        }
        return writer;
    }

    /**
     * Writes the rows of the month that is finished.
     *
     * @param world the world
     * @throws UncheckedIOException if it cannot write
     * @throws IllegalStateException if a column's value is none that it may have
     */
    @Override
    public void month(World world) {
        long before = System.nanoTime();
        String month = Months.text(world.month());
        byte[] prefix = (new String(start, StandardCharsets.UTF_8) + "," + month).getBytes(StandardCharsets.UTF_8);
        try {
            for (Part<?> part : parts) {
                part.month(world, prefix, month);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nanos += System.nanoTime() - before;
    }

    /** Number of the replicate. */
    int replicate() {
        return replicate;
    }

    /** Time spent writing so far. */
    long nanos() {
        return nanos;
    }

    /** The parts, one for each table. */
    List<Part<?>> parts() {
        return parts;
    }

    /** Closes the parts; they are whole only if every month was written and this throws nothing. */
    @Override
    public void close() throws IOException {
        long before = System.nanoTime();
        IOException failure = null;
        for (Part<?> part : parts) {
            try {
                part.rows.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        nanos += System.nanoTime() - before;
        if (failure != null) {
            throw failure;
        }
    }

    /** One table of one replicate. */
    final class Part<R> {
        private final Table<R> table;
        private final Path file;
        private final CsvRows rows;
        private final List<Column<R>> columns;
        private long count;

        Part(Table<R> table, Path file, OutputStream out) {
            this.table = table;
            this.file = file;
            this.columns = table.columns();
            this.rows = new CsvRows(out);
        }

        Table<R> table() {
            return table;
        }

        Path file() {
            return file;
        }

        long count() {
            return count;
        }

        private void month(World world, byte[] prefix, String month) throws IOException {
            for (R row : table.rows().apply(world)) {
                rows.startRow(prefix);
                for (int i = 0; i < columns.size(); i++) {
                    Column<R> column = columns.get(i);
                    switch (column.kind()) {
                        case TEXT -> rows.text(column.text().apply(row));
                        case NUMBER -> {
                            double value = column.number().applyAsDouble(row);
                            check(column, value, row, month);
                            rows.number(value, column.decimals());
                        }
                        case INTEGER -> {
                            double value = column.number().applyAsDouble(row);
                            check(column, value, row, month);
                            rows.number(value, 0);
                        }
                    }
                }
                rows.endRow();
                count++;
            }
        }

        /** What a column promises its readers is checked as it is written. */
        private void check(Column<R> column, double value, R row, String month) {
            boolean whole = column.kind() != Column.Kind.INTEGER || value == Math.rint(value) || Double.isNaN(value);
            if (value < column.min() || value > column.max() || Double.isInfinite(value) || !whole) {
                throw new IllegalStateException(
                        table.name() + ", replicate " + replicate + ", " + month + ", " + key(row) + ": "
                                + column.name() + " is " + value + ", which the column does not allow ("
                                + (whole ? "[" + column.min() + ", " + column.max() + "]" : "whole numbers") + ")");
            }
        }

        private String key(R row) {
            List<String> key = new ArrayList<>();
            for (Column<R> column : columns) {
                if (table.key().contains(column.name())) {
                    key.add(
                            column.text() != null
                                    ? column.text().apply(row)
                                    : Double.toString(column.number().applyAsDouble(row)));
                }
            }
            return String.join(" ", key);
        }
    }
}
