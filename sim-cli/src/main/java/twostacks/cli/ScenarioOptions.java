package twostacks.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import twostacks.input.InputException;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.parameters.ParameterSpace;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/** Options that say how scenarios are run, for every command that runs some. */
final class ScenarioOptions {
    private static final long DEFAULT_SEED = 1;
    private static final long MOST_SEED = 1L << 53;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all draws, 0 to 2^53. Default: the scenario's, else 1.")
    private Long seed;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Lay a value over the scenario: a parameter ('twostacks params' lists them), or a key of the"
                    + " scenario file such as nations.only. May be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--parameters",
            paramLabel = "FILE[:ROW]",
            description = "Lay a row of a table of parameters over the scenario, such as a draw of a posterior.csv;"
                    + " rows are counted from 1, which is the default (run: without ROW, replicates take rows in turn)."
                    + " --set goes before it.")
    private String drawn;

    @Option(
            names = "--months",
            paramLabel = "N",
            description = "Number of months to simulate. Default: the scenario's.")
    private Integer months;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: all cores.")
    private Integer threads;

    /** The scenarios by those names or in those files, each once, with what the options lay over them. */
    List<Scenario> load(List<String> scenarios) {
        return load(scenarios, false);
    }

    /** The same; the table of parameters is left to {@link #draws} where replicates are to take its rows in turn. */
    List<Scenario> load(List<String> scenarios, boolean inTurn) {
        check(threads == null || threads >= 1, "--threads", "at least 1", threads);
        check(months == null || months >= 1, "--months", "at least 1", months);
        check(seed == null || (seed >= 0 && seed <= MOST_SEED), "--seed", "0 to 2^53", seed);
        List<Problem> problems = new ArrayList<>();
        List<Node.Mapping> overlays = overlays(problems, inTurn);
        Map<String, Scenario> loaded = new LinkedHashMap<>();
        for (String scenario : new LinkedHashSet<>(scenarios)) {
            try {
                loaded.put(scenario, ScenarioLoader.load(scenario, overlays));
            } catch (InputException e) {
                e.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return List.copyOf(loaded.values());
    }

    private List<Node.Mapping> overlays(List<Problem> problems, boolean inTurn) {
        List<String> all = new ArrayList<>(settings);
        if (months != null) {
            all.add("horizon.months=" + months);
        }
        List<Node.Mapping> overlays = new ArrayList<>();
        if (drawn != null && !inTurn) {
            overlays.addAll(draw(problems));
        }
        for (String setting : all) {
            int at = setting.indexOf('=');
            if (at < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--set wants PATH=VALUE, such as price.cnSubsidy=0.4, not '" + setting + "'");
            }
            try {
                overlays.add(ScenarioLoader.setting(setting.substring(0, at), setting.substring(at + 1)));
            } catch (InputException e) {
                problems.addAll(e.problems());
            }
        }
        return overlays;
    }

    /** Whether a table of parameters is given without saying which row. */
    boolean wholeTable() {
        return drawn != null && !numbered();
    }

    private boolean numbered() {
        return drawn.matches("(?s).+:[1-9][0-9]{0,8}");
    }

    /** All rows of the table of parameters, without what --set sets. */
    List<Map<String, Double>> draws() {
        Problems found = new Problems();
        List<Map<String, Double>> draws = TargetFiles.draws(path(drawn), ParameterSpace.ofDefaults(), found);
        if (!found.isEmpty()) {
            throw new InputException(found.all());
        }
        for (String setting : settings) {
            String name = setting.substring(0, Math.max(0, setting.indexOf('=')));
            draws.forEach(draw -> draw.remove(name));
        }
        return draws;
    }

    private Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    spec.commandLine(), "--parameters: '" + text + "' is no path: " + e.getReason());
        }
    }

    /** The row of a table of parameters that was asked for. */
    private List<Node.Mapping> draw(List<Problem> problems) {
        int colon = drawn.lastIndexOf(':');
        boolean numbered = numbered();
        Path file = path(numbered ? drawn.substring(0, colon) : drawn);
        int row = numbered ? Integer.parseInt(drawn.substring(colon + 1)) : 1;
        Problems found = new Problems();
        List<Map<String, Double>> draws = TargetFiles.draws(file, ParameterSpace.ofDefaults(), found);
        problems.addAll(found.all());
        if (!found.isEmpty()) {
            return List.of();
        }
        check(row <= draws.size(), "--parameters", "a row of 1 to " + draws.size(), row);
        return draws.get(row - 1).entrySet().stream()
                .map(e -> ScenarioLoader.setting(e.getKey(), Numbers.text(e.getValue())))
                .toList();
    }

    /** The seed to run a scenario with. */
    long seed(Scenario scenario) {
        return seed != null ? seed : scenario.seed().orElse(DEFAULT_SEED);
    }

    /** Number of threads to use. */
    int threads() {
        return threads != null ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** Refuses a value of an option. */
    void check(boolean holds, String option, String allowed, Object value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be " + allowed + ", not " + value);
        }
    }
}
