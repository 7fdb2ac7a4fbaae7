package twostacks.experiment.shard;

import twostacks.world.Observer;
import twostacks.world.SpareThreads;
import twostacks.world.World;
import twostacks.world.WorldSpec;

/** What runs a world. */
@FunctionalInterface
public interface Simulator {
    /** The model itself. */
    Simulator MODEL = (world, seed, replicate, spare, told) -> new World(world, seed, replicate, spare).run(told);

    /**
     * Runs a world to its end.
     *
     * @param world what determines the run
     * @param seed seed
     * @param replicate replicate, from 1
     * @param spare threads that may help with its nations
     * @param told is told at the end of each month
     */
    void run(WorldSpec world, long seed, int replicate, SpareThreads spare, Observer told);
}
