package twostacks.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import twostacks.experiment.engine.SweepEngine;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.SweepDirectory;

/**
 * Carries out a sweep on Spark: the shards are a parallel collection, one to a partition. Executors store the same chunks
 * in the same directory as every other engine. A task that Spark starts again, or twice, goes on from what is stored, or
 * stores the same runs once more.
 *
 * <p>All settings are Spark's own, from {@code spark-submit} or its configuration.
 */
public final class SparkEngine implements SweepEngine {
    private static final String MASTER = "spark.master";

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public Report run(Request request) throws RefusedException, IOException {
        SparkConf conf = new SparkConf();
        if (!conf.contains(MASTER)) {
            throw new RefusedException("no Spark master is set; start the program by spark-submit, which sets it");
        }
        List<Integer> shards = request.missing().stream().map(Shard::number).toList();
        if (shards.isEmpty()) {
            return new Report(true, List.of("Nothing is missing."));
        }
        int of = request.missing().get(0).of();
        String what = shards.size() + " of " + of + " shards, as partitions, on " + conf.get(MASTER);
        if (request.dryRun()) {
            return new Report(false, List.of("To run: " + what + ".", "Nothing was run."));
        }
        SweepDirectory directory = request.directory();
        Path path = directory.path().toAbsolutePath().normalize();
        if (!conf.contains("spark.app.name")) {
            conf.setAppName(directory.plan().experiment().name());
        }
        List<String> lines = new ArrayList<>(List.of("Spark: " + what + "."));
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            long runs = spark.parallelize(shards, shards.size())
                    .map(new ShardTask(
                            path.toString(),
                            directory.plan().hash(),
                            of,
                            request.threads(),
                            directory.plan().modelVersion(),
                            request.build(),
                            request.retry()))
                    .reduce(Long::sum);
            lines.add("  " + runs + " runs made.");
        } catch (Exception e) {
            if (!(e instanceof SparkException)) {
                throw e;
            }
            lines.add("  Spark gave up: "
                    + e.getMessage()
                            .lines()
                            .findFirst()
                            .orElse("it did not say why")
                            .strip());
        }
        return new Report(true, lines);
    }
}
