package twostacks.verification;

import twostacks.world.Observer;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/** What runs a world: the real engine, or one that a test has spoilt to see whether the verification notices. */
@FunctionalInterface
public interface Engine {
    /** The engine that every run uses. */
    Engine REAL = (spec, seed, replicate, threads, told) -> new World(spec, seed, replicate, threads).run(told);

    /**
     * Runs a world.
     *
     * @param spec what determines the run
     * @param seed seed
     * @param replicate replicate
     * @param threads number of threads
     * @param told told of each month
     */
    void run(WorldSpec spec, long seed, long replicate, int threads, Observer told);
}
