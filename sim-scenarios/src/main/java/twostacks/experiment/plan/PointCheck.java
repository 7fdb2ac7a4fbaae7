package twostacks.experiment.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Design;
import twostacks.experiment.plan.Experiment.Option;
import twostacks.input.Node;
import twostacks.input.Numbers;
import twostacks.input.Place;
import twostacks.input.Problems;
import twostacks.parameters.ParameterSpace;

/** Checks that every world takes every point of a design. */
final class PointCheck {
    private final Experiment experiment;
    private final Map<String, Place> places;
    private final Place file;
    private final Problems problems;

    PointCheck(Experiment experiment, Map<String, Place> places, Place file, Problems problems) {
        this.experiment = experiment;
        this.places = places;
        this.file = file;
        this.problems = problems;
    }

    void check(Node levers) {
        for (Option option : experiment.worlds()) {
            checkAxes(option);
        }
        if (problems.isEmpty()) {
            checkLevers(levers);
            experiment.worlds().forEach(this::checkPoints);
        }
    }

    /** Segments differ between scenarios, and with them the parameters there are. */
    private void checkAxes(Option option) {
        ParameterSpace space = option.world().spec().space();
        for (Axis axis : experiment.axes()) {
            ParameterSpace.Entry entry = space.entries().get(axis.name());
            if (entry == null) {
                problems.add(
                        places.get(axis.name()),
                        "factors." + axis.name(),
                        "the scenario " + option.scenario() + " has no parameter '" + axis.name() + "'",
                        "factors that all scenarios have");
            } else if (!entry.allows(axis.min()) || !entry.allows(axis.max())) {
                problems.add(
                        places.get(axis.name()),
                        "factors." + axis.name(),
                        "the scenario " + option.scenario() + " does not take all of its values",
                        "values from " + Numbers.text(entry.min()) + " to " + Numbers.text(entry.max()));
            }
        }
    }

    /** A lever that sets a factor would be overruled by it without a word. */
    private void checkLevers(Node levers) {
        if (!(levers instanceof Node.Mapping mapping)) {
            return;
        }
        for (Option option : experiment.worlds()) {
            Option first = experiment.worlds().stream()
                    .filter(o -> o.scenario().equals(option.scenario()))
                    .findFirst()
                    .orElseThrow();
            for (Axis axis : experiment.axes()) {
                Double here = option.world().spec().overrides().get(axis.name());
                Double there = first.world().spec().overrides().get(axis.name());
                if (!Objects.equals(here, there)) {
                    Place place = mapping.entries().stream()
                            .filter(e -> e.key().text().equals(option.lever()))
                            .map(e -> e.key().place())
                            .findFirst()
                            .orElse(file);
                    problems.add(
                            place,
                            "levers." + option.lever(),
                            "the lever sets " + axis.name() + ", which is a factor too",
                            "a parameter to be either");
                }
            }
        }
    }

    private void checkPoints(Option option) {
        List<Axis> axes = experiment.axes();
        Design design = experiment.design().build(experiment.factors());
        double[] u = new double[experiment.factors().size()];
        double[] values = new double[axes.size()];
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, ParameterSpace.Conflict> firsts = new LinkedHashMap<>();
        Map<String, Integer> points = new LinkedHashMap<>();
        for (int point = 0; point < design.points(); point++) {
            design.values(point, experiment.factors(), u, values);
            Map<String, Double> overrides = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                overrides.put(axes.get(i).name(), values[i]);
            }
            for (ParameterSpace.Conflict conflict : option.world().conflicts(overrides)) {
                counts.merge(conflict.allowed(), 1, Integer::sum);
                firsts.putIfAbsent(conflict.allowed(), conflict);
                points.putIfAbsent(conflict.allowed(), point);
            }
        }
        firsts.forEach((rule, first) -> {
            Place place = first.names().stream()
                    .filter(places::containsKey)
                    .map(places::get)
                    .findFirst()
                    .orElse(file);
            problems.add(
                    place,
                    "factors",
                    "in " + counts.get(rule) + " of " + design.points() + " points parameters do not go together in the"
                            + " scenario " + option.scenario() + "; in point " + points.get(rule) + ", "
                            + first.message(),
                    rule);
        });
    }
}
