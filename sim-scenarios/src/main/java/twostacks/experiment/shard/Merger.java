package twostacks.experiment.shard;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Factor;
import twostacks.experiment.plan.Experiment;
import twostacks.experiment.plan.Plan;
import twostacks.outcome.Column;
import twostacks.outcome.Outcomes;
import twostacks.outcome.Table;
import twostacks.output.CsvRows;
import twostacks.output.Durable;
import twostacks.output.Hashes;
import twostacks.output.Provenance;
import twostacks.output.ResultDirectory;

/**
 * Puts the stored runs of a plan together into tables, in the order of the plan: the same bytes however the runs came
 * about. Nothing is written if a run is missing, if one has two results, or if something is of another plan.
 */
public final class Merger {
    private static final int MOST_NAMED = 5;
    private static final int COORDINATE = 12;

    private final List<SweepDirectory> directories;
    private final Plan plan;

    /** Runs cannot be merged; says why, a line each. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient List<String> reasons;

        RefusedException(List<String> reasons) {
            super(String.join("\n", reasons));
            this.reasons = List.copyOf(reasons);
        }

        /**
         * Why.
         *
         * @return reasons, a line each
         */
        public List<String> reasons() {
            return reasons;
        }
    }

    /**
     * What was written.
     *
     * @param runs runs
     * @param failed runs that failed
     * @param files names of the files
     * @param bytes size of the tables
     * @param summary what runs came to
     */
    public record Result(long runs, long failed, List<String> files, long bytes, List<Line> summary) {}

    /**
     * What an outcome came to under a scenario and a lever, over points and replicates.
     *
     * @param scenario scenario
     * @param lever lever
     * @param outcome name of the outcome
     * @param mean mean
     * @param least least
     * @param greatest greatest
     */
    public record Line(String scenario, String lever, String outcome, double mean, double least, double greatest) {}

    /**
     * Prepares to merge.
     *
     * @param directories directories that hold shards of one plan
     * @throws RefusedException if their plans differ
     */
    public Merger(List<SweepDirectory> directories) throws RefusedException {
        this.directories = List.copyOf(directories);
        SweepDirectory first = directories.get(0);
        this.plan = first.plan();
        List<String> reasons = new ArrayList<>();
        for (SweepDirectory other : directories) {
            if (!other.plan().hash().equals(plan.hash())) {
                reasons.add(first.path() + " holds plan " + shorten(plan.hash()) + ", and " + other.path()
                        + " holds plan " + shorten(other.plan().hash()));
            }
        }
        refuse(reasons);
    }

    private static String shorten(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    private static void refuse(List<String> reasons) throws RefusedException {
        if (!reasons.isEmpty()) {
            throw new RefusedException(reasons);
        }
    }

    /**
     * Merges.
     *
     * @param out directory for the tables
     * @param provenance what is true of this process
     * @return what was written
     * @throws RefusedException if runs are missing, of another plan, or ambiguous; nothing is written then
     * @throws IOException if something cannot be read or written
     */
    public Result merge(Path out, Provenance provenance) throws RefusedException, IOException {
        try (RunIndex index = new RunIndex()) {
            for (SweepDirectory directory : directories) {
                index.add(directory.runs());
            }
            check(index);
            ResultDirectory held = ResultDirectory.take(out);
            try {
                return write(held, index, provenance);
            } finally {
                held.removeUnfinished();
            }
        }
    }

    private void check(RunIndex index) throws RefusedException {
        List<String> reasons = new ArrayList<>();
        index.plans().forEach((chunk, hash) -> {
            if (directories.stream().noneMatch(d -> d.knows(hash))) {
                reasons.add(chunk + " is of plan " + shorten(hash) + ", and "
                        + directories.get(0).path() + " holds plan " + shorten(plan.hash()));
            }
        });
        for (RunIndex.Conflict conflict : index.conflicts()) {
            reasons.add("run " + conflict.run() + " has one result in " + conflict.first() + " and another in "
                    + conflict.second());
        }
        refuse(reasons);
        long missing = 0;
        List<String> named = new ArrayList<>();
        for (long number = 0; number < plan.runs(); number++) {
            Plan.Run run = plan.run(number);
            if (!index.has(run.id())) {
                missing++;
                if (named.size() < MOST_NAMED) {
                    named.add(run.name() + " (" + run.option().scenario() + ", point " + run.point() + ", lever "
                            + run.option().lever() + ", replicate " + run.replicate() + ")");
                }
            }
        }
        if (missing > 0) {
            reasons.addAll(index.damaged().stream()
                    .map(d -> d + "; its runs count as missing")
                    .toList());
            reasons.add(missing + " of " + plan.runs() + " runs are missing: " + String.join(", ", named)
                    + (missing > named.size() ? ", …" : ""));
        }
        refuse(reasons);
    }

    private Result write(ResultDirectory held, RunIndex index, Provenance provenance) throws IOException {
        Experiment experiment = plan.experiment();
        Path unfinished = held.unfinished();
        List<Table<?>> tables = Outcomes.TABLES.stream()
                .filter(t -> experiment.series().contains(t.name()))
                .toList();
        SweepPackage description = new SweepPackage(plan);
        List<Written> written = new ArrayList<>();
        Tally tally = new Tally(experiment);
        long failed = 0;
        Written design = design(unfinished);
        written.add(design);
        try (Written runs = new Written(unfinished, "runs", runsHeader());
                Written failures = new Written(
                        unfinished,
                        "failures",
                        List.of("run_id", "scenario", "point", "lever", "replicate", "reason"))) {
            Map<Table<?>, Written> series = new LinkedHashMap<>();
            try {
                for (Table<?> table : tables) {
                    series.put(table, new Written(unfinished, table.name(), seriesHeader(table)));
                }
                for (long number = 0; number < plan.runs(); number++) {
                    Plan.Run run = plan.run(number);
                    Stored stored = index.get(run.id());
                    runRow(runs, run, stored);
                    if (!stored.done()) {
                        failed++;
                        failureRow(failures, run, stored);
                        continue;
                    }
                    tally.add(run.world(), stored.content());
                    int at = 0;
                    for (Written table : series.values()) {
                        table.lines(prefix(run), stored.rows(at++));
                    }
                }
            } finally {
                for (Written table : series.values()) {
                    table.close();
                }
            }
            written.add(0, runs);
            written.add(failures);
            written.addAll(series.values());
        }
        List<String> names = new ArrayList<>();
        for (Written table : written) {
            Durable.sync(table.file);
            names.add(table.file.getFileName().toString());
        }
        String text = description.json(written, failed);
        Durable.write(unfinished.resolve(ResultDirectory.PROVENANCE), provenance.json("planHash", plan.hash()));
        Durable.write(unfinished.resolve(ResultDirectory.PACKAGE), text);
        names.add(ResultDirectory.PROVENANCE);
        names.add(ResultDirectory.PACKAGE);
        publish(held, names);
        long bytes = written.stream().mapToLong(w -> w.bytes).sum();
        return new Result(plan.runs(), failed, names, bytes, tally.lines());
    }

    private void publish(ResultDirectory held, List<String> names) throws IOException {
        held.removeOldResults();
        SweepDirectory.writeExperiment(held.path(), plan);
        if (!Files.exists(held.path().resolve(SweepDirectory.PLAN))) {
            Set<String> earlier = new LinkedHashSet<>();
            Durable.write(held.path().resolve(SweepDirectory.PLAN), SweepDirectory.json(plan, "merged", earlier));
        }
        for (String name : names) {
            Durable.rename(held.unfinished().resolve(name), held.path().resolve(name));
        }
        held.sync();
    }

    private Written design(Path directory) throws IOException {
        List<Factor> factors = plan.experiment().factors();
        List<Axis> axes = plan.experiment().axes();
        List<String> header = new ArrayList<>(List.of("point", "part", "row"));
        axes.forEach(a -> header.add(a.name()));
        factors.forEach(f -> header.add("u_" + f.name()));
        try (Written table = new Written(directory, "design", header)) {
            double[] u = new double[factors.size()];
            double[] values = new double[axes.size()];
            for (int point = 0; point < plan.design().points(); point++) {
                plan.design().values(point, factors, u, values);
                table.rows.integer(point);
                table.rows.text(plan.design().part(point));
                table.rows.integer(plan.design().row(point));
                for (int i = 0; i < values.length; i++) {
                    table.rows.number(values[i], axes.get(i).decimals());
                }
                for (double coordinate : u) {
                    table.rows.number(coordinate, COORDINATE);
                }
                table.end();
            }
            return table;
        }
    }

    private List<String> runsHeader() {
        List<String> header =
                new ArrayList<>(List.of("run_id", "scenario", "point", "lever", "replicate", "seed", "status"));
        plan.experiment().axes().forEach(a -> header.add(a.name()));
        plan.experiment().outcomes().forEach(o -> header.add(o.name()));
        return header;
    }

    static List<String> seriesHeader(Table<?> table) {
        List<String> header = new ArrayList<>(List.of("run_id", "point", "lever", "scenario", "replicate", "month"));
        table.columns().stream().map(Column::name).forEach(header::add);
        return header;
    }

    private void runRow(Written table, Plan.Run run, Stored stored) throws IOException {
        table.rows.startRow(runFields(plan, run, stored));
        table.end();
    }

    /** The fields of a row of {@code runs.csv}. */
    static byte[] runFields(Plan plan, Plan.Run run, Stored stored) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Experiment experiment = plan.experiment();
        List<Axis> axes = experiment.axes();
        try (CsvRows row = new CsvRows(bytes)) {
            row.text(run.name());
            row.text(run.option().scenario());
            row.integer(run.point());
            row.text(run.option().lever());
            row.integer(run.replicate());
            row.integer(experiment.seed());
            row.text(stored.done() ? "done" : "failed");
            for (int i = 0; i < axes.size(); i++) {
                row.number(run.values()[i], axes.get(i).decimals());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int outcomes = experiment.outcomes().size();
        String rest = stored.done()
                ? new String(stored.content(), StandardCharsets.US_ASCII)
                : ",".repeat(Math.max(0, outcomes - 1));
        bytes.writeBytes(("," + rest).getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /** What the rows of a run's series start with. */
    static byte[] prefix(Plan.Run run) {
        return (run.name() + "," + run.point() + "," + run.option().lever() + ",").getBytes(StandardCharsets.US_ASCII);
    }

    private static void failureRow(Written table, Plan.Run run, Stored stored) throws IOException {
        table.rows.text(run.name());
        table.rows.text(run.option().scenario());
        table.rows.integer(run.point());
        table.rows.text(run.option().lever());
        table.rows.integer(run.replicate());
        table.rows.text(new String(stored.content(), StandardCharsets.UTF_8));
        table.end();
    }

    /** Sums over the runs of each scenario and lever. */
    private static final class Tally {
        private final Experiment experiment;
        private final long[][] count;
        private final double[][] sum;
        private final double[][] least;
        private final double[][] greatest;

        Tally(Experiment experiment) {
            this.experiment = experiment;
            int options = experiment.worlds().size();
            int outcomes = experiment.outcomes().size();
            count = new long[options][outcomes];
            sum = new double[options][outcomes];
            least = new double[options][outcomes];
            greatest = new double[options][outcomes];
            for (int o = 0; o < options; o++) {
                java.util.Arrays.fill(least[o], Double.POSITIVE_INFINITY);
                java.util.Arrays.fill(greatest[o], Double.NEGATIVE_INFINITY);
            }
        }

        void add(int option, byte[] fields) {
            String[] values = new String(fields, StandardCharsets.US_ASCII).split(",", -1);
            for (int i = 0; i < values.length; i++) {
                if (!values[i].isEmpty()) {
                    double value = Double.parseDouble(values[i]);
                    count[option][i]++;
                    sum[option][i] += value;
                    least[option][i] = Math.min(least[option][i], value);
                    greatest[option][i] = Math.max(greatest[option][i], value);
                }
            }
        }

        List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            for (int o = 0; o < count.length; o++) {
                Experiment.Option option = experiment.worlds().get(o);
                for (int i = 0; i < count[o].length; i++) {
                    if (count[o][i] > 0) {
                        lines.add(new Line(
                                option.scenario(),
                                option.lever(),
                                experiment.outcomes().get(i).name(),
                                sum[o][i] / count[o][i],
                                least[o][i],
                                greatest[o][i]));
                    }
                }
            }
            return lines;
        }
    }

    /** A table on its way to the disk. */
    static final class Written implements Closeable {
        final String name;
        final Path file;
        final List<String> header;
        final CsvRows rows;
        private final DigestOutputStream digest;
        private final OutputStream out;
        long count;
        long bytes;
        String sha256;
        private boolean closed;

        Written(Path directory, String name, List<String> header) throws IOException {
            this.name = name;
            this.file = directory.resolve(name + ".csv");
            this.header = List.copyOf(header);
            MessageDigest sha = Hashes.digest();
            out = Files.newOutputStream(file);
            digest = new DigestOutputStream(out, sha);
            rows = new CsvRows(digest);
            for (String column : header) {
                rows.text(column);
            }
            rows.endRow();
        }

        void end() throws IOException {
            rows.endRow();
            count++;
        }

        /** Adds lines, each behind a prefix. */
        void lines(byte[] prefix, byte[] lines) throws IOException {
            count += prefixed(prefix, lines, rows);
        }

        static long prefixed(byte[] prefix, byte[] lines, CsvRows to) throws IOException {
            long count = 0;
            int start = 0;
            boolean quoted = false;
            for (int i = 0; i < lines.length; i++) {
                if (lines[i] == '"') {
                    quoted = !quoted;
                } else if (lines[i] == '\n' && !quoted) {
                    byte[] row = new byte[prefix.length + i - start];
                    System.arraycopy(prefix, 0, row, 0, prefix.length);
                    System.arraycopy(lines, start, row, prefix.length, i - start);
                    to.startRow(row);
                    to.endRow();
                    start = i + 1;
                    count++;
                }
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                rows.close();
                sha256 = Hashes.hex(digest.getMessageDigest().digest());
                bytes = Files.size(file);
            }
        }
    }
}
