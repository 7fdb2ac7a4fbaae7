package twostacks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import twostacks.experiment.shard.Estimate;
import twostacks.experiment.shard.Simulator;
import twostacks.output.Json;
import twostacks.output.RunDescription;

/** {@code --dry-run}: what a command would take, by a measured sample. */
final class DryRun {
    @Option(names = "--dry-run", description = "Say what it would take, by a measured sample, and run nothing.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }

    /** Measures runs and says what they would take. */
    static int tell(CommandSpec spec, List<RunDescription> runs, int threads, boolean json) throws IOException {
        List<String> lines = runs.stream()
                .map(run -> run.scenario() + "  " + Sweeps.count(run.replicates(), "replicate") + " of "
                        + Sweeps.count(run.world().months(), "month") + ", "
                        + Sweeps.count(run.world().nations().size(), "nation"))
                .toList();
        return tell(spec, Estimate.of(runs, Simulator.MODEL), threads, json, lines, Map.of());
    }

    /**
     * Says what work would take.
     *
     * @param lines what work it is
     * @param more what an object says of it besides, by key
     */
    static int tell(
            CommandSpec spec,
            Estimate estimate,
            int threads,
            boolean json,
            List<String> lines,
            Map<String, ? extends JsonNode> more) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = Json.object();
            root.put("schemaVersion", 1);
            root.put("command", spec.name());
            root.put("dryRun", true);
            root.put("toRun", estimate.runs());
            root.setAll(more);
            put(root, estimate, threads);
            out.print(Json.text(root));
        } else {
            lines.forEach(out::println);
            print(out, estimate, threads, "");
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** Time, room and memory as keys of an object. */
    static void put(ObjectNode root, Estimate estimate, int threads) {
        root.put("cpuHours", cpuHours(estimate.cpuSeconds()));
        root.put("secondsOnThreads", Math.round(estimate.nanosOn(threads) / 1e8) / 1e1);
        root.put("threads", threads);
        root.put("diskBytes", estimate.diskBytes());
        root.put("memoryBytes", estimate.memoryOn(threads));
    }

    /** Hours, with as many decimals as are worth saying. */
    static double cpuHours(double seconds) {
        return Math.round(seconds / 3600 * 1e6) / 1e6;
    }

    /** The same as lines. */
    static void print(PrintWriter out, Estimate estimate, int threads, String ofDisk) {
        out.println(String.format(
                Locale.ROOT,
                "  time        %.3g CPU-hours; %s on %s here",
                estimate.cpuSeconds() / 3600,
                Terminal.duration(estimate.nanosOn(threads)),
                Sweeps.count(threads, "thread")));
        out.println("  disk        " + Terminal.size(estimate.diskBytes()) + ofDisk);
        out.println("  memory      about " + Terminal.size(estimate.memoryOn(threads)));
        out.println(String.format(
                Locale.ROOT,
                "  by measure  of %d months at %.1f ms each on one thread of this machine",
                estimate.measuredMonths(),
                estimate.secondsPerMonth() * 1e3));
        out.println("Nothing was run.");
    }
}
