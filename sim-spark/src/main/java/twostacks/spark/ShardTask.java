package twostacks.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.function.Function;
import twostacks.experiment.Cancellation;
import twostacks.experiment.Progress;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.Simulator;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.experiment.shard.SweepRunner;

/**
 * Carries out a shard on an executor: the number of a shard in, the number of runs made out. Whatever is stored already is
 * left out, so that a task that Spark starts again goes on from where the last attempt got to.
 *
 * @param directory directory of the sweep, on a disk that the executors share with the driver
 * @param planHash hash of the plan that must be there
 * @param of number of shards
 * @param threads threads for each shard
 * @param modelVersion version of the model
 * @param build what the program is built from
 * @param retry whether runs that failed are tried again
 */
record ShardTask(
        String directory, String planHash, int of, int threads, String modelVersion, String build, boolean retry)
        implements Function<Integer, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long call(Integer number) throws IOException, InterruptedException {
        SweepDirectory there;
        try {
            there = SweepDirectory.open(Path.of(directory), modelVersion);
        } catch (SweepDirectory.RefusedException e) {
            throw new IOException(e.getMessage() + "; executors need the directory on a disk that all share", e);
        }
        if (!there.plan().hash().equals(planHash)) {
            throw new IOException(directory + " holds another plan on this executor than on the driver");
        }
        SweepRunner.Result result = new SweepRunner(
                        there,
                        new Shard(number, of),
                        threads,
                        build,
                        Simulator.MODEL,
                        Progress.NONE,
                        new Cancellation())
                .run(retry);
        return result.done() + result.failed();
    }
}
