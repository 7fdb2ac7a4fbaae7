package twostacks.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twostacks.world.TestWorlds.lasting;
import static twostacks.world.TestWorlds.with;

import java.util.List;
import org.junit.jupiter.api.Test;
import twostacks.agents.Nation;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;
import twostacks.policy.Intervention.Ban;
import twostacks.policy.Intervention.ChipControl;
import twostacks.policy.Intervention.PriceMove;
import twostacks.policy.Intervention.RestrictModelAccess;

/**
 * Which way a policy pulls in the month in which it takes effect, in worlds drawn from the whole of the plausible box and
 * under random events. With and without it, everybody has met the same luck until then.
 */
final class RandomPoliciesTest {
    private static final int WORLDS = Boolean.getBoolean("twostacks.long") ? 3000 : 60;

    /** A random world that ends with the month in which something new takes effect. */
    private static WorldSpec draw(int number, int month) {
        WorldSpec spec = RandomWorldsTest.draw(number);
        return new WorldSpec(
                spec.name(),
                spec.startMonth(),
                month + 1,
                spec.dataEnd(),
                spec.space(),
                spec.overrides(),
                spec.nations(),
                spec.labs(),
                spec.events(),
                spec.ownOffers(),
                spec.mirrored());
    }

    private static int month(int number) {
        return 4 + number * 7 % 19;
    }

    private static World end(WorldSpec spec, int number) {
        World world = new World(spec, number, 0);
        world.run(w -> {});
        return world;
    }

    private static int users(Nation nation, int offer) {
        int users = 0;
        for (int s = 0; s < nation.adopters.start.length - 1; s++) {
            users += nation.adopters.users(s)[offer];
        }
        return users;
    }

    @Test
    void stricterChipControlsNeverAddToARivalsComputeInTheirMonth() {
        int less = 0;
        for (int number = 0; number < WORLDS; number++) {
            int month = month(number);
            WorldSpec spec = draw(number, month);
            Bloc by = number % 2 == 0 ? Bloc.US : Bloc.CN;
            Bloc on = by == Bloc.US ? Bloc.CN : Bloc.US;
            double before = Double.POSITIVE_INFINITY;
            for (double stringency : new double[] {0, .3, .6, .85, 1}) {
                ChipControl control = new ChipControl(by, List.of(on.name()), stringency, 0);
                double stock = end(with(spec, lasting(month, control)), number)
                        .power(on)
                        .stock();
                assertTrue(stock <= before, "world " + number + ", stringency " + stringency);
                less += stock < before ? 1 : 0;
                before = stock;
            }
        }
        assertTrue(less > 2 * WORLDS, "it does something: " + less);
    }

    @Test
    void whatIsBannedIsUsedByNobodyWhoeverHeldIt() {
        int left = 0;
        for (int number = 0; number < WORLDS; number++) {
            int month = month(number);
            WorldSpec spec = draw(number, month);
            Bloc origin = number % 2 == 0 ? Bloc.CN : Bloc.US;
            List<Channel> channels = switch (number % 3) {
                case 0 -> List.of();
                case 1 -> List.of(Channel.API);
                default -> List.of(Channel.HOST, Channel.SELF);
            };
            Ban ban = new Ban(List.of(), origin, List.of(), channels, List.of(), 1);
            World without = end(spec, number);
            World banned = end(with(spec, lasting(month, ban)), number);
            for (int k = 0; k < banned.offers().count; k++) {
                boolean hit = banned.offers().lab[k] >= 0
                        && banned.offers().origin[k] == origin
                        && (channels.isEmpty() || channels.contains(banned.offers().channel[k]));
                for (int n = 0; n < banned.nations().size(); n++) {
                    if (hit) {
                        assertEquals(0, users(banned.nations().get(n), k), "world " + number);
                        left += users(without.nations().get(n), k);
                    }
                }
            }
        }
        assertTrue(left > 1000, "it does something: " + left);
    }

    @Test
    void aServiceThatGetsDearerGainsNobodyInThatMonth() {
        int lost = 0;
        for (int number = 0; number < WORLDS; number++) {
            int month = month(number);
            WorldSpec spec = draw(number, month);
            int lab = number % spec.labs().size();
            String name = spec.labs().get(lab).name();
            World cheap = end(spec, number);
            World dear = end(with(spec, lasting(month, new PriceMove(null, List.of(name), 4))), number);
            for (int k = 0; k < cheap.offers().count; k++) {
                boolean service = cheap.offers().lab[k] == lab && cheap.offers().channel[k] == Channel.API;
                for (int n = 0; service && n < cheap.nations().size(); n++) {
                    int before = users(cheap.nations().get(n), k);
                    int after = users(dear.nations().get(n), k);
                    assertTrue(
                            after <= before,
                            "world " + number + ", "
                                    + cheap.nations().get(n).facts.iso3() + ": " + before + " and " + after);
                    lost += before - after;
                }
            }
        }
        assertTrue(lost > 100, "it does something: " + lost);
    }

    @Test
    void aStricterLicenceLeavesAServiceNoMoreUsersInItsMonth() {
        int lost = 0;
        for (int number = 0; number < WORLDS; number++) {
            int month = month(number);
            WorldSpec spec = draw(number, month);
            int[] before = null;
            for (double share : new double[] {1, .5, .1, 0}) {
                RestrictModelAccess rule =
                        new RestrictModelAccess(Bloc.US, List.of("1", "2", "3", "CN"), List.of(), share, 0);
                World world = end(with(spec, lasting(month, rule)), number);
                int[] users = new int[world.nations().size()];
                for (int n = 0; n < users.length; n++) {
                    for (int k = 0; k < world.offers().count; k++) {
                        boolean service =
                                world.offers().origin[k] == Bloc.US && world.offers().channel[k] == Channel.API;
                        users[n] += service ? users(world.nations().get(n), k) : 0;
                    }
                    if (before != null) {
                        assertTrue(users[n] <= before[n], "world " + number + ", nation " + n + ", share " + share);
                        lost += before[n] - users[n];
                    }
                }
                before = users;
            }
        }
        assertTrue(lost > 1000, "it does something: " + lost);
    }
}
