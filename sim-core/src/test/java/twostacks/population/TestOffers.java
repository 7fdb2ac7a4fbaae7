package twostacks.population;

import java.util.List;
import twostacks.policy.Bloc;
import twostacks.policy.Channel;

/** Offers of small worlds. */
final class TestOffers {
    private static final List<Channel> SERVICE = List.of(Channel.API);
    private static final List<Channel> ALL = List.of(Channel.API, Channel.HOST, Channel.SELF);

    private TestOffers() {}

    /** Two US labs, one of them open, three Chinese ones, two of them open, one other, and the nation's own: 15 offers. */
    static Offers many(boolean mirrored) {
        Bloc us = mirrored ? Bloc.CN : Bloc.US;
        Bloc cn = us.mirrored();
        return new Offers(
                List.of(us, cn, us, cn, Bloc.OTHER, cn), List.of(SERVICE, ALL, ALL, ALL, ALL, SERVICE), true, mirrored);
    }

    /** A US service, a Chinese lab with open weights: four offers. */
    static Offers few() {
        return new Offers(List.of(Bloc.US, Bloc.CN), List.of(SERVICE, ALL), false, false);
    }
}
