package twostacks.cli;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twostacks.agents.NationFacts;
import twostacks.cli.explore.Exploration;
import twostacks.cli.explore.ExploreServer;
import twostacks.input.Node;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioLoader;

/** {@code twostacks explore}: a page on this machine that runs a small world while parameters are moved. */
@Command(
        name = "explore",
        description = {
            "Move prices, export controls and trust on a page in the browser, and see a small world run again beside the"
                    + " unchanged one, with the same luck.",
            "The page is served to this machine only, until Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Examples:", "  twostacks explore", "  twostacks explore my.yaml --nations 60 --adopters 500"})
final class ExploreCommand implements Callable<Integer> {
    private static final long DEFAULT_SEED = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            defaultValue = "baseline",
            description = "Name of a bundled scenario, or a scenario file. Default: ${DEFAULT-VALUE}.")
    private String scenario;

    @Option(names = "--port", paramLabel = "P", defaultValue = "0", description = "Port. Default: one that is free.")
    private int port;

    @Option(
            names = "--nations",
            paramLabel = "N",
            defaultValue = "24",
            description = "Keep the N most populous nations, or all. Fewer are quicker. Default: ${DEFAULT-VALUE}.")
    private String nations;

    @Option(
            names = "--adopters",
            paramLabel = "N",
            defaultValue = "200",
            description = "Adopters in each nation. Fewer are quicker. Default: ${DEFAULT-VALUE}.")
    private int adopters;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all draws. Default: the scenario's, else 1.")
    private Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private Integer threads;

    @Option(
            names = "--open",
            negatable = true,
            description = "Open the page in the browser. Default: if started at a terminal.")
    private Boolean open;

    @Override
    public Integer call() throws InterruptedException {
        check(port >= 0 && port <= 65_535, "--port", "0 to 65535", port);
        check(threads == null || threads >= 1, "--threads", "at least 1", threads);
        check(seed == null || seed >= 0, "--seed", "0 or more", seed);
        Scenario whole = ScenarioLoader.load(scenario);
        Exploration exploration = new Exploration(
                scenario, overlays(whole), seed != null ? seed : whole.seed().orElse(DEFAULT_SEED));
        // A request that never ends must not hold its thread for ever; the server reads this when it is first used.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        // Small messages leave at once.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int used = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        try (ExploreServer server = new ExploreServer(exploration, used, port)) {
            spec.commandLine()
                    .getOut()
                    .println("Exploring " + whole.name() + " with "
                            + exploration.base().spec().nations().size() + " nations of " + adopters
                            + " adopters each, at\n  " + server.address() + "\nCtrl-C ends it.");
            spec.commandLine().getOut().flush();
            if (open != null ? open : Terminal.interactive()) {
                browse(server.address());
            }
            new CountDownLatch(1).await();
            return ExitCodes.OK;
        } catch (BindException e) {
            spec.commandLine()
                    .getErr()
                    .println("twostacks explore: port " + port + " cannot be had (" + e.getMessage()
                            + "); choose another with --port, or none.");
            return ExitCodes.BAD_USAGE;
        } catch (IOException e) {
            spec.commandLine().getErr().println("twostacks explore: cannot serve the page: " + e.getMessage() + ".");
            return ExitCodes.FAILED;
        }
    }

    private List<Node.Mapping> overlays(Scenario whole) {
        List<Node.Mapping> overlays = new ArrayList<>();
        if (!nations.toLowerCase(Locale.ROOT).equals("all")) {
            int count = nations.matches("\\d{1,4}") ? Integer.parseInt(nations) : 0;
            check(count >= 1, "--nations", "a number from 1 on, or all", nations);
            List<NationFacts> all = whole.spec().nations();
            if (all.size() > count) {
                overlays.add(ScenarioLoader.setting(
                        "nations.only",
                        all.stream()
                                .sorted(Comparator.comparingDouble((NationFacts n) -> -n.population())
                                        .thenComparing(NationFacts::iso3))
                                .limit(count)
                                .map(NationFacts::iso3)
                                .collect(Collectors.joining(", ", "[", "]"))));
            }
        }
        overlays.add(ScenarioLoader.setting("population.adoptersPerNation", Integer.toString(adopters)));
        return overlays;
    }

    private void check(boolean holds, String option, String allowed, Object value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be " + allowed + ", not " + value);
        }
    }

    /** Asks the system to open an address; where it cannot, the address has been printed. */
    private static void browse(String address) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", address)
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : List.of("xdg-open", address);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // no such program: whoever started this opens the address
        }
    }
}
