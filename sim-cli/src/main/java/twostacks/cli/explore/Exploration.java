package twostacks.cli.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import twostacks.input.InputException;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.parameters.ParameterSpace;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.scenario.Scenario;
import twostacks.scenario.ScenarioCatalog;
import twostacks.scenario.ScenarioLoader;
import twostacks.world.WorldSpec;

/** A base world and what may be changed in it: parameters, events of its own, and what other scenarios add. */
public final class Exploration {
    /** Parameters that have a slider from the start; any other of the three groups can be added. */
    static final List<String> FIRST = List.of(
            "price.cnSubsidy",
            "price.usSubsidy",
            "price.markupMax",
            "price.costHalving",
            "price.demandElasticity",
            "exportControl.chipStringency.CN",
            "exportControl.chipStringency.3",
            "exportControl.usModelAccess.2",
            "exportControl.usModelAccess.3",
            "exportControl.usModelAccess.CN",
            "exportControl.cnModelAccess.2",
            "trust.anchor.US",
            "trust.anchor.CN",
            "trust.accessShockLoss",
            "choice.trust.consumer",
            "choice.trust.enterprise",
            "choice.trust.public",
            "trust.misuseRate");

    private final String name;
    private final List<Node.Mapping> overlays;
    private final Scenario base;
    private final long seed;

    /** What a scenario adds to the base world. */
    record Addition(String description, List<DatedEvent> events, Map<String, Double> parameters) {}

    private final Map<String, Addition> additions = new LinkedHashMap<>();

    /**
     * Loads the base world.
     *
     * @param name bundled name or file of a scenario
     * @param overlays what is laid over it
     * @param seed seed of all runs
     * @throws InputException if it cannot be read
     */
    public Exploration(String name, List<Node.Mapping> overlays, long seed) {
        this.name = name;
        this.overlays = List.copyOf(overlays);
        this.base = ScenarioLoader.load(name, overlays);
        this.seed = seed;
    }

    /**
     * The base world.
     *
     * @return scenario
     */
    public Scenario base() {
        return base;
    }

    /**
     * The seed.
     *
     * @return seed of all runs
     */
    public long seed() {
        return seed;
    }

    /** Looks which bundled scenarios add nothing but events and parameters, so that they can be switched on. */
    synchronized void findAdditions() {
        if (!additions.isEmpty()) {
            return;
        }
        for (String other : ScenarioCatalog.names()) {
            if (other.equals(base.name())) {
                continue;
            }
            try {
                List<Node.Mapping> all = new ArrayList<>(overlays);
                all.add(ScenarioLoader.setting("extends", other));
                Scenario with = ScenarioLoader.load(name, all);
                WorldSpec spec = with.spec();
                boolean same = spec.dataEnd() == base.spec().dataEnd()
                        && spec.startMonth() == base.spec().startMonth()
                        && spec.ownOffers() == base.spec().ownOffers()
                        && spec.mirrored() == base.spec().mirrored()
                        && spec.space().equals(base.spec().space())
                        && agents(with).equals(agents(base));
                List<DatedEvent> events = new ArrayList<>(spec.events());
                boolean keeps = true;
                for (DatedEvent event : base.spec().events()) {
                    keeps &= events.remove(event);
                }
                Map<String, Double> parameters = new LinkedHashMap<>(spec.overrides());
                base.spec().overrides().forEach(parameters::remove);
                keeps &= spec.overrides()
                        .keySet()
                        .containsAll(base.spec().overrides().keySet());
                if (same && keeps && !(events.isEmpty() && parameters.isEmpty())) {
                    additions.put(other, new Addition(ScenarioLoader.load(other).description(), events, parameters));
                }
            } catch (InputException e) {
                // It names a nation or a lab that this world does not have: then it cannot be switched on here.
            }
        }
    }

    /** Nations and labs, as the resolved scenario has them. */
    private static String agents(Scenario scenario) {
        String text = scenario.resolvedYaml();
        int from = text.indexOf("\nnations:");
        int to = text.indexOf("\nmodels:", from);
        return text.substring(from, to);
    }

    /** What the scenarios that can be switched on add, by name. */
    synchronized Map<String, Addition> additions() {
        return new LinkedHashMap<>(additions);
    }

    /** The base world's events that somebody did: neither releases nor notes. */
    Map<Integer, DatedEvent> acts() {
        Map<Integer, DatedEvent> acts = new LinkedHashMap<>();
        List<DatedEvent> events = base.spec().events();
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i).what() instanceof Intervention.Release)
                    && !events.get(i).what().key().equals("note")) {
                acts.put(i, events.get(i));
            }
        }
        return acts;
    }

    /**
     * The world with a change.
     *
     * @param change change
     * @return a scenario
     * @throws IllegalArgumentException telling what is unknown, out of bounds or does not go together
     */
    public Scenario changed(Change change) {
        return changed(change, base.name());
    }

    private Scenario changed(Change change, String called) {
        WorldSpec spec = base.spec();
        for (int place : change.without()) {
            if (place < 0 || place >= spec.events().size()) {
                throw new IllegalArgumentException("no event stands at place " + place);
            }
        }
        List<DatedEvent> events = new ArrayList<>();
        for (int i = 0; i < spec.events().size(); i++) {
            if (!change.without().contains(i)) {
                events.add(spec.events().get(i));
            }
        }
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String other : change.with()) {
            Addition addition;
            synchronized (this) {
                addition = additions.get(other);
            }
            if (addition == null) {
                throw new IllegalArgumentException("no scenario called '" + other + "' can be switched on here");
            }
            events.addAll(addition.events());
            parameters.putAll(addition.parameters());
        }
        events.sort(Comparator.comparingInt(DatedEvent::month));
        parameters.putAll(change.parameters());
        for (Map.Entry<String, Double> entry : parameters.entrySet()) {
            ParameterSpace.Entry known = spec.space().entries().get(entry.getKey());
            if (known == null || !known.allows(entry.getValue())) {
                throw new IllegalArgumentException(
                        known == null
                                ? "no parameter is called " + entry.getKey()
                                : entry.getKey() + " lies between " + known.min() + " and " + known.max());
            }
        }
        WorldSpec other = new WorldSpec(
                called,
                spec.startMonth(),
                spec.months(),
                spec.dataEnd(),
                spec.space(),
                spec.overrides(),
                spec.nations(),
                spec.labs(),
                events,
                spec.ownOffers(),
                spec.mirrored());
        return new Scenario(
                        other,
                        describe(change),
                        "",
                        java.util.OptionalLong.of(seed),
                        base.observed(),
                        base.facts(),
                        base.imputed())
                .withParameters(parameters);
    }

    private String describe(Change change) {
        List<String> parts = new ArrayList<>();
        change.parameters().forEach((parameter, value) -> parts.add(parameter + " = " + Numbers.text(value)));
        change.with().forEach(other -> parts.add("with " + other));
        change.without()
                .forEach(place ->
                        parts.add("without " + title(base.spec().events().get(place))));
        return "Explored from " + base.name() + (parts.isEmpty() ? "." : ": " + String.join("; ", parts) + ".");
    }

    /** What an event is called. */
    static String title(DatedEvent event) {
        return event.title().isEmpty() ? event.what().key() : event.title();
    }

    /**
     * A scenario file that runs to what is seen.
     *
     * @param change change
     * @param called name of the scenario
     * @return its text
     */
    String file(Change change, String called) {
        return changed(change, called).resolvedYaml();
    }

    /**
     * The command that runs to what is seen.
     *
     * @param change change
     * @param replicates number of replicates
     * @param file name of the scenario file, which is used if something else than parameters was changed
     * @return a line for a shell
     */
    String command(Change change, int replicates, String file) {
        StringBuilder line = new StringBuilder("./twostacks run ");
        if (!change.with().isEmpty() || !change.without().isEmpty()) {
            line.append(quoted(file));
        } else {
            line.append(quoted(name));
            for (Node.Mapping overlay : overlays) {
                String source = overlay.place().source().name();
                if (source.startsWith("--set ")) {
                    line.append(" --set ").append(quoted(source.substring("--set ".length())));
                }
            }
            change.parameters()
                    .forEach((parameter, value) ->
                            line.append(" --set ").append(quoted(parameter + "=" + Numbers.text(value))));
        }
        line.append(" --seed ").append(seed);
        if (replicates > 1) {
            line.append(" --replicates ").append(replicates);
        }
        return line.append(" --report -o results/explored").toString();
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What a scenario is about and changes, for messages. */
    @Override
    public String toString() {
        return base.name() + " ("
                + base.spec().nations().stream().map(n -> n.iso3()).collect(Collectors.joining(" ")) + ")";
    }
}
