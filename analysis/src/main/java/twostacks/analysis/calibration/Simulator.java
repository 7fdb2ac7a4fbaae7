package twostacks.analysis.calibration;

import java.util.List;

/** Turns parameters into figures. */
@FunctionalInterface
public interface Simulator {

    /**
     * A request.
     *
     * @param parameters values, in the order of the priors
     * @param luck which luck it is to meet: equal numbers meet equal luck
     */
    record Request(double[] parameters, long luck) {}

    /**
     * Simulates. Requests of one call may go side by side; what comes of one depends on it alone.
     *
     * @param requests what to simulate
     * @return figures of each, in the same order
     */
    List<double[]> simulate(List<Request> requests);
}
