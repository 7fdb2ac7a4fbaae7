package twostacks.experiment.slurm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import twostacks.experiment.engine.SweepEngine;
import twostacks.experiment.shard.Shard;
import twostacks.experiment.shard.SweepDirectory;
import twostacks.output.Durable;
import twostacks.output.Json;

/**
 * Hands a sweep over to Slurm: a job array with a task for each shard, a job that merges once all of them ended well, and
 * one that reports once all of them ended however.
 *
 * <p>Tasks may be requeued, preempted or started twice: a task stores what it has done when it is told to stop, the next
 * one goes on from there, and two copies of one shard store the same bytes under names of their own.
 */
public final class SlurmEngine implements SweepEngine {
    /** Folder of scripts, logs and job numbers, below the directory of the sweep. */
    private static final String FOLDER = "slurm";

    private static final String JOBS = "jobs.json";
    private static final String MISSING = "there is no sbatch here: this machine has no Slurm";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final int PATIENCE_SECONDS = 60;
    /** Seconds before a time limit at which a task is told to stop. */
    private static final int NOTICE_SECONDS = 60;

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public Report run(Request request) throws RefusedException, IOException, InterruptedException {
        if (request.missing().isEmpty()) {
            return new Report(true, List.of("Nothing is missing."));
        }
        check(request.options());
        Path directory = request.directory().path().toAbsolutePath().normalize();
        Map<String, String> scripts = scripts(request, directory);
        if (request.dryRun()) {
            List<String> lines = new ArrayList<>();
            scripts.forEach((name, text) -> {
                lines.add("# " + directory.resolve(FOLDER).resolve(name));
                lines.addAll(text.lines().toList());
                lines.add("");
            });
            lines.add("Nothing was submitted. What would be:");
            lines.add("  sbatch array.sh");
            lines.add("  sbatch --dependency=afterok:ARRAY --kill-on-invalid-dep=yes merge.sh");
            lines.add("  sbatch --dependency=afterany:ARRAY report.sh");
            return new Report(false, lines);
        }
        Path folder = directory.resolve(FOLDER);
        Files.createDirectories(folder);
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Durable.write(folder.resolve(script.getKey()), script.getValue());
        }
        String array = submit(List.of(folder.resolve("array.sh").toString()));
        String merge = submit(List.of(
                "--dependency=afterok:" + array,
                "--kill-on-invalid-dep=yes",
                folder.resolve("merge.sh").toString()));
        String report = submit(List.of(
                "--dependency=afterany:" + array, folder.resolve("report.sh").toString()));
        ObjectNode jobs = Json.object();
        jobs.put("array", array).put("merge", merge).put("report", report);
        jobs.put("shards", request.missing().size());
        jobs.put("of", request.missing().get(0).of());
        Durable.write(folder.resolve(JOBS), Json.text(jobs));
        return new Report(
                false,
                List.of(
                        "Submitted " + request.missing().size() + " of "
                                + request.missing().get(0).of() + " shards as job array " + array + ", merge as job "
                                + merge + ", report as job " + report + ".",
                        "  scripts and logs: " + folder,
                        "  how far it is:    twostacks status "
                                + request.directory().path()));
    }

    private static void check(Map<String, String> options) throws RefusedException {
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (!WORD.matcher(option.getValue()).matches()) {
                throw new RefusedException("--" + option.getKey() + " is '" + option.getValue()
                        + "'; expected letters, digits and _ . / : = @ % + , -");
            }
        }
    }

    private static Map<String, String> scripts(Request request, Path directory) {
        Map<String, String> options = request.options();
        int of = request.missing().get(0).of();
        String throttle = options.containsKey("at-once") ? "%" + options.get("at-once") : "";
        String log = directory.resolve(FOLDER).toString();

        List<String> array = head(request, "array", options, true);
        array.add("#SBATCH --array=" + ranges(request.missing()) + throttle);
        array.add("#SBATCH --cpus-per-task=" + request.threads());
        array.add("#SBATCH --requeue");
        array.add("#SBATCH --open-mode=append");
        array.add("#SBATCH --signal=B:TERM@" + NOTICE_SECONDS);
        array.add("#SBATCH --output=" + quoted(log + "/shard-%a.log"));
        body(array, options);
        array.add("# The count of shards is the plan's, not SLURM_ARRAY_TASK_COUNT, which is less in a resumed array.");
        array.add("exec " + words(request, directory, options, "sweep") + " --shard \"$SLURM_ARRAY_TASK_ID/" + of
                + "\" --threads " + request.threads() + " --quiet");

        List<String> merge = head(request, "merge", options, false);
        merge.add("#SBATCH --output=" + quoted(log + "/merge.log"));
        body(merge, options);
        merge.add("exec " + words(request, directory, options, "merge"));

        List<String> report = head(request, "report", options, false);
        report.add("#SBATCH --output=" + quoted(log + "/report.log"));
        body(report, options);
        report.add("exec " + words(request, directory, options, "status"));

        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("array.sh", String.join("\n", array) + "\n");
        scripts.put("merge.sh", String.join("\n", merge) + "\n");
        scripts.put("report.sh", String.join("\n", report) + "\n");
        return scripts;
    }

    private static List<String> head(Request request, String what, Map<String, String> options, boolean heavy) {
        List<String> head = new ArrayList<>();
        head.add("#!/bin/bash");
        head.add("#SBATCH --job-name=" + request.directory().plan().experiment().name() + "-" + what);
        for (String option : List.of("partition", "account")) {
            if (options.containsKey(option)) {
                head.add("#SBATCH --" + option + "=" + options.get(option));
            }
        }
        if (heavy && options.containsKey("time")) {
            head.add("#SBATCH --time=" + options.get("time"));
        }
        if (heavy && options.containsKey("memory")) {
            head.add("#SBATCH --mem=" + options.get("memory"));
        }
        return head;
    }

    private static void body(List<String> script, Map<String, String> options) {
        if (options.containsKey("modules")) {
            script.add("module load " + options.get("modules").replace(',', ' '));
        }
        script.add("set -eu"); // only now: some module systems use variables that are not set
    }

    private static String words(Request request, Path directory, Map<String, String> options, String command) {
        List<String> words = new ArrayList<>();
        List<String> self = new ArrayList<>(request.command());
        if (options.containsKey("container")) {
            words.addAll(List.of("apptainer", "exec", options.get("container")));
            self.set(0, "java"); // the image's own
        } else if (options.containsKey("modules")) {
            self.set(0, "java"); // the module's
        }
        self.forEach(w -> words.add(quoted(w)));
        words.add(command);
        words.add(quoted(directory.toString()));
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Numbers of shards as Slurm takes them: {@code 1-4,7}. */
    static String ranges(List<Shard> shards) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < shards.size()) {
            int last = i;
            while (last + 1 < shards.size()
                    && shards.get(last + 1).number() == shards.get(last).number() + 1) {
                last++;
            }
            text.append(text.length() == 0 ? "" : ",").append(shards.get(i).number());
            if (last > i) {
                text.append('-').append(shards.get(last).number());
            }
            i = last + 1;
        }
        return text.toString();
    }

    private static String submit(List<String> arguments) throws RefusedException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
        command.addAll(arguments);
        Answer answer = ask(command);
        if (answer == null) {
            throw new RefusedException(MISSING);
        }
        if (answer.code != 0) {
            throw new RefusedException("sbatch refused: "
                    + answer.said
                            .lines()
                            .findFirst()
                            .orElse("it did not say why")
                            .strip());
        }
        return answer.said.strip().split(";", -1)[0];
    }

    private record Answer(int code, String said) {}

    /** Asks Slurm, with a deadline; null if it is not there. */
    private static Answer ask(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return null;
        }
        try {
            process.getOutputStream().close();
            StringBuilder text = new StringBuilder();
            Thread reader = new Thread(() -> {
                try {
                    text.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // the process is gone; what it said before is of no use
                }
            });
            reader.setDaemon(true);
            reader.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Answer(1, "no answer from " + command.get(0) + " within " + PATIENCE_SECONDS + " s");
            }
            reader.join(TimeUnit.SECONDS.toMillis(5));
            return new Answer(process.exitValue(), text.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * What Slurm says of a sweep that was handed to it.
     *
     * @param directory directory of the sweep
     * @return lines to tell the user; none if the sweep was never on Slurm
     * @throws IOException if the directory cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public static List<String> state(SweepDirectory directory) throws IOException, InterruptedException {
        Path file = directory.path().resolve(FOLDER).resolve(JOBS);
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode jobs = new ObjectMapper().readTree(Files.readAllBytes(file));
        List<String> lines = new ArrayList<>();
        for (String job : List.of("array", "merge", "report")) {
            String id = jobs.path(job).asText();
            lines.add("Slurm " + job + " " + id + ": " + state(id));
        }
        return lines;
    }

    private static String state(String id) throws IOException, InterruptedException {
        if (!id.matches("[0-9]+")) {
            return "unknown";
        }
        Answer answer = ask(List.of("scontrol", "show", "job", "-o", id));
        if (answer == null) {
            return "unknown here (no scontrol)";
        }
        if (answer.code != 0) {
            return "no longer known to Slurm";
        }
        Map<String, Integer> states = new TreeMap<>();
        for (String line : answer.said.lines().toList()) {
            String state = word(line, "JobState=");
            String reason = word(line, "Reason=");
            if (!state.isEmpty()) {
                int tasks = tasks(word(line, "ArrayTaskId="));
                String text = state
                        + (state.equals("PENDING") && !reason.isEmpty() && !reason.equals("None")
                                ? " (" + reason + ")"
                                : "");
                states.merge(text, tasks, Integer::sum);
            }
        }
        return String.join(
                ", ",
                states.entrySet().stream()
                        .map(e -> e.getValue() > 1 ? e.getValue() + " " + e.getKey() : e.getKey())
                        .toList());
    }

    private static String word(String line, String key) {
        for (String word : line.split(" ", -1)) {
            if (word.startsWith(key)) {
                return word.substring(key.length());
            }
        }
        return "";
    }

    /** How many tasks {@code 1-4,7%2} stands for. */
    private static int tasks(String ids) {
        int count = 0;
        for (String range : ids.replaceAll("%.*", "").split(",", -1)) {
            String[] ends = range.split("-", -1);
            try {
                count += ends.length == 2 ? Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1 : 1;
            } catch (NumberFormatException e) {
                count++;
            }
        }
        return Math.max(1, count);
    }
}
