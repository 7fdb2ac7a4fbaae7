package twostacks.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import twostacks.agents.LabSpec;
import twostacks.agents.NationFacts;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.random.Draws;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/**
 * Worlds of any number of made-up nations, six labs and no events, whose history the equations make from the start.
 *
 * <p>As a program it runs one and prints a line of {@code name=value} words: seconds on the clock and of all the
 * process's CPUs, for making the world and for its months, microseconds a nation and month, and the bytes that the
 * thread of the world allocated in a month, of the first half of the months and of the second.
 */
public final class SyntheticWorld {
    private static final int START = 2023 * 12;
    private static final List<Channel> API = List.of(Channel.API);
    private static final List<Channel> OPEN = List.of(Channel.API, Channel.HOST, Channel.SELF);

    private SyntheticWorld() {}

    /**
     * A world.
     *
     * @param nations number of nations, the two powers among them if there are more than one
     * @param adopters adopters of each
     * @param months number of months
     * @return what determines it
     */
    static WorldSpec spec(int nations, int adopters, int months) {
        List<NationFacts> facts = new ArrayList<>();
        if (nations > 1) {
            facts.add(nation("USA", 0));
            facts.add(nation("CHN", 1));
        }
        for (int n = facts.size(); facts.size() < nations; n++) {
            String code = "" + (char) ('A' + n / 676 % 26) + (char) ('A' + n / 26 % 26) + (char) ('A' + n % 26);
            if (!code.equals("USA") && !code.equals("CHN")) {
                facts.add(nation(code, n));
            }
        }
        List<LabSpec> labs = List.of(
                lab("Ada", "USA", API, false, 1),
                lab("Bell", "USA", API, false, .8),
                lab("Cobb", "USA", OPEN, true, .5),
                lab("Deng", "CHN", OPEN, true, .5),
                lab("Ergu", "CHN", OPEN, true, .4),
                lab("Faure", "FRA", OPEN, true, .3));
        return new WorldSpec(
                "synthetic",
                START,
                months,
                START,
                ParameterSpace.ofDefaults(),
                Map.of("population.adoptersPerNation", (double) adopters),
                facts,
                labs,
                List.of(),
                true,
                false);
    }

    private static NationFacts nation(String code, int n) {
        double[] u = new double[8];
        for (int i = 0; i < u.length; i++) {
            u[i] = Draws.unit(Draws.bits(n, i));
        }
        boolean us = Bloc.ofHome(code) == Bloc.US;
        boolean cn = Bloc.ofHome(code) == Bloc.CN;
        double population = 1e6 * StrictMath.exp(6 * u[0]);
        return new NationFacts(
                code,
                code,
                population,
                population * 700 * StrictMath.exp(4.5 * u[1]),
                .3 + .65 * u[2],
                4 * u[3] - 2,
                us ? "" : cn ? "CN" : u[4] < .1 ? "1" : u[4] < .85 ? "2" : "3",
                cn ? "" : us ? "US" : "2",
                false,
                List.of(),
                cn ? List.of("US") : List.of(),
                new double[] {Double.NaN, Double.NaN, Double.NaN},
                .3 + .7 * u[5],
                120 * u[6] - 50,
                360 * u[7] - 180,
                true,
                Map.of(),
                new double[] {Double.NaN, Double.NaN, Double.NaN});
    }

    private static LabSpec lab(String name, String home, List<Channel> channels, boolean open, double compute) {
        double none = Double.NaN;
        return new LabSpec(
                name, home, channels, open, open ? .9 : 0, compute, .3, 0, 30, open ? 25 : none, none, none, 1, 1, 1);
    }

    /**
     * Runs a world.
     *
     * @param args {@code nations= adopters= months= threads= seed= runs= warmups=}; the runs that only warm up have at
     *     most 200 nations
     */
    public static void main(String[] args) {
        Options o = new Options(args, "nations", "adopters", "months", "threads", "seed", "runs", "warmups");
        int nations = o.number("nations", 200);
        int adopters = o.number("adopters", 100);
        int months = o.number("months", BenchmarkCase.MONTHS);
        int threads = o.number("threads", 1);
        WorldSpec warm = spec(Math.min(nations, 200), adopters, months);
        for (int i = 0; i < o.number("warmups", 5); i++) {
            new World(warm, 1000 + i, 1, threads).run(w -> {});
        }
        for (int i = 0; i < o.number("runs", 1); i++) {
            int seed = o.number("seed", 1) + i;
            long begin = System.nanoTime();
            double cpu = Gauges.processCpuSeconds();
            World world = new World(spec(nations, adopters, months), seed, 1, threads);
            long made = System.nanoTime();
            long[] allocated = {Gauges.allocatedBytes(), 0, 0};
            world.run(w -> {
                if (w.monthOfRun() == months / 2 - 1) {
                    allocated[1] = Gauges.allocatedBytes();
                }
            });
            allocated[2] = Gauges.allocatedBytes();
            long end = System.nanoTime();
            Gauges.print(
                    "world nations=%d adopters=%d threads=%d seed=%d making=%.4f months=%.4f cpu=%.4f us=%.4f peak=%d early=%d late=%d",
                    nations,
                    adopters,
                    threads,
                    seed,
                    (made - begin) * 1e-9,
                    (end - made) * 1e-9,
                    Gauges.processCpuSeconds() - cpu,
                    (end - made) * 1e-3 / nations / months,
                    Gauges.peakMiB(),
                    (allocated[1] - allocated[0]) / Math.max(1, months / 2),
                    (allocated[2] - allocated[1]) / (months - months / 2));
        }
    }
}
