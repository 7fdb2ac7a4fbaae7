package twostacks.policy;

import java.util.List;
import twostacks.parameters.Group;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.Field.Names;

/**
 * What an event does: every instrument of policy, every observed move, one nested record each.
 *
 * <p>An event is in force from its month for as many months as it says (or to the end). In each of these months it
 * {@linkplain #apply writes} to the {@link Levers}, which are cleared before, so that ending needs no undoing. What
 * happens once happens in its first month ({@link #begin}).
 *
 * <p>Adding an instrument: add a record here; files, schema, listings and validation derive from its components.
 */
public sealed interface Intervention {

    /**
     * Name in files.
     *
     * @return record name with a small first letter
     */
    default String key() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /**
     * The lever it belongs to when a result is attributed: by what it acts on, whatever follows from it. A control that
     * is also an access shock is a control.
     *
     * @return its lever
     */
    default Group group() {
        return Group.REST;
    }

    /**
     * What it does in its first month only.
     *
     * @param levers levers of the month
     */
    default void begin(Levers levers) {}

    /**
     * What it does in each month in force.
     *
     * @param levers levers of the month
     */
    default void apply(Levers levers) {}

    /**
     * What it does in a month between its announcement and its first month.
     *
     * @param levers levers of the month
     */
    default void announce(Levers levers) {}

    /** A lab releases a model. In endogenous history, labs release by themselves and this adds to it. */
    record Release(
            @Field(value = "lab that releases", names = Names.LABS)
            String lab,

            @Field("name of the model") String model,
            @Field("whether the weights are published") boolean openWeights,

            @Field(value = "capability, points of the index", min = 0, max = 1000)
            double capability,

            @Field(value = "list price of input, USD/Mtok; none means the lab's last", min = 0, max = 1e6, orElse = "")
            double priceIn,

            @Field(value = "list price of output, USD/Mtok", min = 0, max = 1e6, orElse = "")
            double priceOut,

            @Field(value = "freedom of the licence", min = 0, max = 1, orElse = "1")
            double licenceFreedom)
            implements Intervention {
        @Override
        public void begin(Levers levers) {
            levers.release(this);
        }

        /** List price, three parts input to one part output, USD/Mtok; NaN if unknown. */
        public double blendedPrice() {
            return (3 * priceIn + priceOut) / 4;
        }
    }

    /** A list price changes by a factor for a time: a price war, its end, a peak-hour rate. */
    record PriceMove(
            @Field(value = "power whose labs move; none means the named labs only", orElse = "")
            Bloc by,

            @Field(value = "labs that move; empty means all of the power's", names = Names.LABS, orElse = "")
            List<String> labs,

            @Field(value = "factor on list prices", min = 0, max = 100)
            double factor)
            implements Intervention {
        @Override
        public Group group() {
            return Group.PRICE;
        }

        /** Refuses a move of nobody. */
        public PriceMove {
            if (by == null && labs.isEmpty()) {
                throw new IllegalArgumentException("a price move needs the power or the labs that move");
            }
        }

        @Override
        public void apply(Levers levers) {
            levers.movePrice(by, labs, factor);
        }
    }

    /** A power sets its stringency on chips for some tiers. A later rule supersedes an earlier one. */
    record ChipControl(
            @Field("power that controls") Bloc by,

            @Field(value = "tiers it applies to", names = Names.TIERS)
            List<String> tiers,

            @Field(value = "share of would-be imports stopped, before leakage", min = 0, max = 1)
            double stringency,

            @Field(
                    value = "months between announcement and effect, in which imports are brought forward",
                    min = 0,
                    max = 120,
                    orElse = "0")
            int noticeMonths)
            implements Intervention {
        @Override
        public Group group() {
            return Group.EXPORT_CONTROL;
        }

        @Override
        public void announce(Levers levers) {
            levers.announce(by, tiers, stringency);
        }

        @Override
        public void apply(Levers levers) {
            levers.setChipStringency(by, tiers, stringency);
        }
    }

    /** A power restricts the use of its labs' services in some tiers; tightening it is an access shock. */
    record RestrictModelAccess(
            @Field("power that restricts") Bloc by,

            @Field(value = "tiers it applies to", names = Names.TIERS)
            List<String> tiers,

            @Field(value = "labs it applies to; empty means all of the power's", names = Names.LABS, orElse = "")
            List<String> labs,

            @Field(value = "share of would-be users still licensed (0 denies all)", min = 0, max = 1, orElse = "0")
            double licensedShare,

            @Field(
                    value = "how much of an access shock it is seen as, 0 to 1; none means as much as it takes away",
                    min = 0,
                    max = 1,
                    orElse = "")
            double severity)
            implements Intervention {
        @Override
        public Group group() {
            return Group.EXPORT_CONTROL;
        }

        @Override
        public void begin(Levers levers) {
            if (!Double.isNaN(severity)) {
                levers.stateShock(by, tiers, severity);
            }
        }

        @Override
        public void apply(Levers levers) {
            levers.license(by, tiers, labs, licensedShare);
        }
    }

    /** Labs stop publishing weights; what is out stays out and ages. */
    record WithholdWeights(
            @Field("power whose labs withhold") Bloc by,

            @Field(value = "labs that withhold; empty means all of the power's", names = Names.LABS, orElse = "")
            List<String> labs)
            implements Intervention {
        @Override
        public Group group() {
            return Group.EXPORT_CONTROL;
        }

        @Override
        public void apply(Levers levers) {
            levers.withhold(by, labs);
        }
    }

    /** Releases wait: review before release, a moratorium, litigation. */
    record StallReleases(
            @Field("power whose labs wait") Bloc by,

            @Field(value = "labs that wait; empty means all of the power's", names = Names.LABS, orElse = "")
            List<String> labs)
            implements Intervention {
        @Override
        public void apply(Levers levers) {
            levers.stall(by, labs);
        }
    }

    /** Nations forbid offers. */
    record Ban(
            @Field(value = "nations that forbid; empty means every nation", names = Names.NATIONS, orElse = "")
            List<String> nations,

            @Field(value = "origin of what is forbidden", orElse = "")
            Bloc origin,

            @Field(
                    value = "labs whose offers are forbidden; empty means all of the origin's",
                    names = Names.LABS,
                    orElse = "")
            List<String> labs,

            @Field(value = "channels forbidden; empty means all", orElse = "")
            List<Channel> channels,

            @Field(value = "segments it binds; empty means all", names = Names.SEGMENTS, orElse = "")
            List<String> segments,

            @Field(
                    value = "share of these adopters whom it binds; the same ones at every greater share",
                    min = 0,
                    max = 1,
                    orElse = "1")
            double coverage)
            implements Intervention {
        /** Refuses a ban of everything, which nobody means. */
        public Ban {
            if (origin == null && labs.isEmpty()) {
                throw new IllegalArgumentException("a ban needs the origin or the labs that are forbidden");
            }
        }

        @Override
        public void apply(Levers levers) {
            levers.ban(nations, origin, labs, channels, segments, coverage);
        }
    }

    /** A power covers a further share of its labs' serving cost. */
    record Subsidy(
            @Field("power that pays") Bloc by,

            @Field(value = "share of serving cost covered, on top of the parameter", min = 0, max = 1)
            double share)
            implements Intervention {
        @Override
        public Group group() {
            return Group.PRICE;
        }

        @Override
        public void apply(Levers levers) {
            levers.subsidise(by, share);
        }
    }

    /**
     * A power supplies hardware on favourable terms for running its weights at home, with goodwill. When a result is
     * attributed, the terms are a matter of price, and the goodwill is diplomacy.
     */
    record Package(
            @Field("power that gives") Bloc by,

            @Field(value = "nations that receive", names = Names.NATIONS)
            List<String> nations,

            @Field(value = "share of hardware cost covered", min = 0, max = 1)
            double discount,

            @Field(value = "diplomatic weight", min = 0, max = 1, orElse = "0.5")
            double goodwill)
            implements Intervention {
        @Override
        public Group group() {
            return Group.PRICE;
        }

        @Override
        public void apply(Levers levers) {
            levers.supply(by, nations, discount);
            levers.befriend(by, nations, goodwill);
        }
    }

    /** A power courts nations: membership of its organisation, training places, pledges; negative for turning inward. */
    record Diplomacy(
            @Field("power that courts") Bloc by,

            @Field(value = "nations courted; empty means every nation", names = Names.NATIONS, orElse = "")
            List<String> nations,

            @Field(value = "weight", min = -1, max = 1) double weight)
            implements Intervention {
        @Override
        public void apply(Levers levers) {
            levers.befriend(by, nations, weight);
        }
    }

    /** An incident shakes trust in a bloc. */
    record Incident(
            @Field("kind of incident") ShockKind kind,
            @Field("bloc that is blamed") Bloc by,

            @Field(value = "nations that take note; empty means every nation", names = Names.NATIONS, orElse = "")
            List<String> nations,

            @Field(value = "multiple of the kind's usual loss", min = 0, max = 100, orElse = "1")
            double size)
            implements Intervention {
        @Override
        public Group group() {
            return Group.TRUST;
        }

        @Override
        public void begin(Levers levers) {
            levers.shock(kind, by, nations, size);
        }
    }

    /** Users of Chinese or United States weights and hardware face sanctions of the other power. */
    record SecondarySanctions(
            @Field("power that sanctions") Bloc by,

            @Field(value = "multiple of the parameter's penalty", min = 0, max = 10, orElse = "1")
            double weight)
            implements Intervention {
        @Override
        public Group group() {
            return Group.EXPORT_CONTROL;
        }

        @Override
        public void apply(Levers levers) {
            levers.sanction(by, weight);
        }
    }

    /** Nations hold a stance whatever their review says. */
    record HoldStance(
            @Field(value = "nations", names = Names.NATIONS) List<String> nations,
            @Field("stance held") StancePosition stance)
            implements Intervention {
        @Override
        public void apply(Levers levers) {
            levers.holdStance(nations, stance);
        }
    }

    /** Nations run a programme for a model of their own, whatever their stance. */
    record SovereignProgramme(
            @Field(value = "nations", names = Names.NATIONS) List<String> nations,

            @Field(value = "effort, as a multiple of what the economy usually gives", min = 0, max = 1000, orElse = "1")
            double effort)
            implements Intervention {
        @Override
        public void apply(Levers levers) {
            levers.fundSovereign(nations, effort);
        }
    }

    /** Nations regulate: burden added each month. */
    record Regulate(
            @Field(value = "nations; empty means every nation", names = Names.NATIONS, orElse = "")
            List<String> nations,

            @Field(value = "burden on open weights added each month", min = -1, max = 10, orElse = "0")
            double open,

            @Field(value = "burden on services added each month", min = -1, max = 10, orElse = "0")
            double api)
            implements Intervention {
        @Override
        public void apply(Levers levers) {
            levers.regulate(nations, open, api);
        }
    }

    /** Adopters everywhere hear of models, whoever uses them: a release that tops the app stores, a campaign. */
    record News(
            @Field("bloc whose models are in the news") Bloc by,

            @Field(value = "channels through which they come; empty means all", orElse = "")
            List<Channel> channels,

            @Field(value = "segments that hear of them; empty means all", names = Names.SEGMENTS, orElse = "")
            List<String> segments,

            @Field(
                    value = "share of those who do not consider the stack yet and come to in a month, on top of others",
                    min = 0,
                    max = 1)
            double hazard)
            implements Intervention {
        @Override
        public void apply(Levers levers) {
            levers.report(by, channels, segments, hazard);
        }
    }

    /** A parameter has another value for a time. */
    record Set(
            @Field(value = "dotted name of the parameter", names = Names.PARAMETER)
            String parameter,

            @Field("value for the time being") double value)
            implements Intervention {
        @Override
        public Group group() {
            return ParameterSpace.group(parameter);
        }

        /** Refuses a parameter that is read once, at the start. */
        public Set {
            if (ParameterSpace.fixedAtStart(parameter)) {
                throw new IllegalArgumentException(
                        parameter + " is read at the start of a run, so an event cannot change it");
            }
        }

        @Override
        public void apply(Levers levers) {
            levers.set(parameter, value);
        }
    }

    /** Something worth marking on a time axis that moves nothing by itself. */
    record Note() implements Intervention {}
}
