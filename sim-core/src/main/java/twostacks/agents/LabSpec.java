package twostacks.agents;

import java.util.List;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;

/**
 * A lab as a scenario describes it. A field that says "or NaN" may be left out.
 *
 * @param name name in files
 * @param home ISO 3166 alpha-3 code of its home nation; decides its bloc
 * @param channels channels through which its models can be had; {@code HOST} and {@code SELF} only once weights are out
 * @param openWeights whether it publishes the weights of what it releases by itself
 * @param licenceFreedom freedom of its licences, 0 to 1
 * @param computeShare weight of its share of its bloc's training compute at the start
 * @param stateShare weight of its standing capital and state support in funding
 * @param releaseCadence months between its releases; 0 for the parameter
 * @param capability internal and released capability at the start, index points; NaN if it has released nothing
 * @param openCapability capability of its best published weights at the start; NaN for none
 * @param listPrice list price at the start, USD/Mtok; NaN for what cost and mark-up say
 * @param markup mark-up at the start; NaN for the least
 * @param costFactor its serving cost over that of others at equal capability
 * @param catchUp factor on the parameter for catching up: how well it learns from rivals
 * @param presence its presence among adopters over that of the best known lab, &gt; 0: people who have its app, say
 */
public record LabSpec(
        String name,
        String home,
        List<Channel> channels,
        boolean openWeights,
        double licenceFreedom,
        double computeShare,
        double stateShare,
        int releaseCadence,
        double capability,
        double openCapability,
        double listPrice,
        double markup,
        double costFactor,
        double catchUp,
        double presence) {

    /** Checks what the equations rely on. */
    public LabSpec {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || channels.contains(Channel.OWN)) {
            throw new IllegalArgumentException("lab " + name + " needs at least one of the channels api, host, self");
        }
        if (!(presence > 0)) {
            throw new IllegalArgumentException("lab " + name + " needs a presence above 0, not " + presence);
        }
    }

    /**
     * Its bloc.
     *
     * @return bloc of its home
     */
    public Bloc bloc() {
        return Bloc.ofHome(home);
    }
}
