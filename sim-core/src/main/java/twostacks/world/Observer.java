package twostacks.world;

/** Told of each month when it is finished; reads the world and never changes it. */
@FunctionalInterface
public interface Observer {
    /**
     * A month is finished.
     *
     * @param world the world at the end of the month
     */
    void month(World world);
}
