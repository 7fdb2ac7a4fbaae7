package twostacks.experiment.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.SweepDirectory;

/**
 * Carries out a plan elsewhere than on the threads of this process. Found by {@link java.util.ServiceLoader}. Every engine
 * writes the same chunks into the same directory, so that all of them can be mixed and the results are the same bytes.
 */
public interface SweepEngine {
    /**
     * Name on the command line.
     *
     * @return a word
     */
    String name();

    /**
     * Carries out a plan, or hands it over to whoever will.
     *
     * @param request what to do
     * @return what became of it
     * @throws RefusedException if the request cannot be met as it is
     * @throws IOException if files cannot be read or written
     * @throws InterruptedException if it is told to stop
     */
    Report run(Request request) throws RefusedException, IOException, InterruptedException;

    /**
     * What to do.
     *
     * @param directory where the plan is, and runs are stored
     * @param missing shards in which runs are missing
     * @param threads threads for each shard
     * @param command words that start this program on the machines of the engine
     * @param build what the program is built from
     * @param options options of the engine, by name
     * @param retry whether runs that failed are tried again
     * @param dryRun whether to say only what would be done
     */
    record Request(
            SweepDirectory directory,
            List<Shard> missing,
            int threads,
            List<String> command,
            String build,
            Map<String, String> options,
            boolean retry,
            boolean dryRun) {
        /** Copies. */
        public Request {
            missing = List.copyOf(missing);
            command = List.copyOf(command);
            options = Map.copyOf(options);
        }
    }

    /**
     * What became of it.
     *
     * @param finished whether all shards have ended, so that they can be merged now
     * @param lines what to tell the user
     */
    record Report(boolean finished, List<String> lines) {
        /** Copies. */
        public Report {
            lines = List.copyOf(lines);
        }
    }

    /** A request cannot be met. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        /**
         * A refusal.
         *
         * @param message why, and what to do
         */
        public RefusedException(String message) {
            super(message);
        }
    }
}
