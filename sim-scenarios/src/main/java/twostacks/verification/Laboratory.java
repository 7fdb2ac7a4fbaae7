package twostacks.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.population.Offers;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioCatalog;
import twostacks.scenario.ScenarioLoader;
import twostacks.world.Observer;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/** Where limits find their scenarios and run them. */
public final class Laboratory {
    private final Engine engine;
    private final boolean quick;
    private final long seed;
    private final Map<String, Scenario> scenarios = new ConcurrentHashMap<>();

    Laboratory(Engine engine, boolean quick, long seed) {
        this.engine = engine;
        this.quick = quick;
        this.seed = seed;
    }

    /** One of two sizes: of the quick run, or of the full one. */
    int size(int quickly, int fully) {
        return quick ? quickly : fully;
    }

    boolean quick() {
        return quick;
    }

    /**
     * A scenario of the verification.
     *
     * @param name name of its file
     * @param settings names and values of parameters, by turns
     */
    Scenario scenario(String name, Object... settings) {
        return with(bundled(ScenarioCatalog.VERIFICATION + name), settings);
    }

    /** Any bundled scenario; none is read twice. */
    Scenario bundled(String name) {
        return scenarios.computeIfAbsent(name, ScenarioLoader::load);
    }

    /** A scenario with other values of some parameters, given by turns with their names. */
    static Scenario with(Scenario scenario, Object... settings) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            parameters.put((String) settings[i], ((Number) settings[i + 1]).doubleValue());
        }
        return scenario.withParameters(parameters);
    }

    /** In the quick run every fourth nation only, the powers always, and those named. */
    Scenario fewer(Scenario scenario, List<String> always) {
        if (!quick) {
            return scenario;
        }
        List<NationFacts> all = scenario.spec().nations();
        List<NationFacts> kept = new ArrayList<>();
        int nth = 0;
        for (NationFacts nation : all) {
            if (always.contains(nation.iso3())) {
                kept.add(nation);
            } else if (nth++ % 4 == 0 || Bloc.ofHome(nation.iso3()) != Bloc.OTHER) {
                kept.add(nation);
            }
        }
        return Mirror.with(
                scenario, kept, scenario.spec().labs(), scenario.spec().events());
    }

    /** A scenario with a parameter at another value in its first month, in place of its own events. */
    static Scenario startingWith(Scenario scenario, String parameter, double value) {
        DatedEvent event =
                new DatedEvent(scenario.spec().startMonth(), 1, new Intervention.Set(parameter, value), "", "", false);
        return Mirror.with(scenario, scenario.spec().nations(), scenario.spec().labs(), List.of(event));
    }

    /** The value of a parameter in a scenario. */
    static double value(Scenario scenario, String parameter) {
        Double override = scenario.spec().overrides().get(parameter);
        return override != null
                ? override
                : scenario.spec().space().entries().get(parameter).baseline();
    }

    /** Number of adopters in each nation of a scenario. */
    static int adopters(Scenario scenario) {
        return (int) value(scenario, "population.adoptersPerNation");
    }

    /** A scenario with so many adopters in each nation. */
    static Scenario sized(Scenario scenario, int adopters) {
        return with(scenario, "population.adoptersPerNation", adopters);
    }

    void run(Scenario scenario, Observer told) {
        run(scenario, 0, told);
    }

    void run(Scenario scenario, long replicate, Observer told) {
        run(scenario.spec(), replicate, 1, told);
    }

    /** Runs a world; every scenario has a seed of its own, so that limits do not share their luck. */
    void run(WorldSpec spec, long replicate, int threads, Observer told) {
        run(spec, spec.name(), replicate, threads, told);
    }

    /** Runs a world with the luck of another one. */
    void run(WorldSpec spec, String luckOf, long replicate, int threads, Observer told) {
        engine.run(spec, seed * 0x9E3779B97F4A7C15L + luckOf.hashCode(), replicate, threads, told);
    }

    /**
     * Users by offer of the first segment of each nation in each month: {@code [month][nation][offer]}, in the order of
     * {@link #offers}, none last.
     */
    int[][][] users(Scenario scenario, long replicate) {
        int[][][] users = new int[scenario.spec().months()][][];
        List<String> order = offers(scenario);
        run(scenario, replicate, world -> {
            int[][] now = new int[world.nations().size()][];
            for (int n = 0; n < now.length; n++) {
                now[n] = inOrder(world, world.nations().get(n).adopters.users(0), order);
            }
            users[world.monthOfRun()] = now;
        });
        return users;
    }

    private static int[] inOrder(World world, int[] users, List<String> order) {
        Offers offers = world.offers();
        int[] result = new int[order.size() + 1];
        for (int k = 0; k < offers.count; k++) {
            result[order.indexOf(name(world, k))] = users[k];
        }
        result[order.size()] = users[offers.count];
        return result;
    }

    private static String name(World world, int offer) {
        Offers offers = world.offers();
        return offers.lab[offer] < 0
                ? "own"
                : world.labs().get(offers.lab[offer]).spec.name() + " " + offers.channel[offer];
    }

    /** The offers of a scenario in its own order: each lab's channels, then the nation's own. */
    static List<String> offers(Scenario scenario) {
        List<String> names = new ArrayList<>();
        for (LabSpec lab : scenario.spec().labs()) {
            for (Channel channel : lab.channels()) {
                names.add(lab.name() + " " + channel);
            }
        }
        if (scenario.spec().ownOffers()) {
            names.add("own");
        }
        return names;
    }
}
