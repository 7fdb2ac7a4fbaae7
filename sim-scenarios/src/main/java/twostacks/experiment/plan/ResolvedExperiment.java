package twostacks.experiment.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twostacks.experiment.design.Axis;
import twostacks.experiment.design.Distribution;
import twostacks.experiment.design.Factor;
import twostacks.experiment.plan.DesignSpec.Kind;
import twostacks.experiment.plan.Experiment.Option;
import twostacks.output.Hashes;
import twostacks.scenario.Yaml;

/** Writes an experiment in full: worlds, tables and defaults included. */
final class ResolvedExperiment {
    private static final String LIST = "inputs/design.points.csv";

    private final Experiment experiment;

    ResolvedExperiment(Experiment experiment) {
        this.experiment = experiment;
    }

    /** The worlds, by relative path of their file, in order. */
    Map<String, String> worlds() {
        Map<String, String> worlds = new LinkedHashMap<>();
        for (int i = 0; i < experiment.worlds().size(); i++) {
            worlds.put(file(i), experiment.worlds().get(i).world().resolvedYaml());
        }
        return worlds;
    }

    private String file(int i) {
        Option option = experiment.worlds().get(i);
        return "worlds/" + (i + 1) + "." + option.scenario() + "." + option.lever() + ".yaml";
    }

    /** Everything that the text rests on, by relative path. */
    Map<String, String> files() {
        Map<String, String> files = worlds();
        for (Factor factor : experiment.factors()) {
            if (factor instanceof Factor.Joint joint) {
                files.put(file(joint), experiment.inputs().get("factors." + joint.name() + ".file"));
            }
        }
        if (experiment.design().kind() == Kind.LIST) {
            files.put(LIST, experiment.inputs().get("design.file"));
        }
        return files;
    }

    private static String file(Factor.Joint joint) {
        return "inputs/" + joint.name() + ".csv";
    }

    String text() {
        return "# Written by twostacks: all that the sweep uses. 'twostacks sweep' takes this file too.\n" + body(true);
    }

    /** What tells experiments apart; without its length, that is what a longer one has in common with a shorter. */
    String hashed(boolean length) {
        StringBuilder text = new StringBuilder(body(length));
        experiment.inputs().forEach((path, input) -> {
            if (length || !path.equals("design.file")) {
                text.append(path).append(' ').append(Hashes.sha256(input)).append('\n');
            }
        });
        return text.toString();
    }

    private String body(boolean length) {
        Yaml yaml = new Yaml();
        yaml.line(0, "name", experiment.name());
        if (length) {
            yaml.line(0, "description", experiment.description());
        }
        yaml.open(0, "worlds");
        for (int i = 0; i < experiment.worlds().size(); i++) {
            Option option = experiment.worlds().get(i);
            Map<String, Object> world = new LinkedHashMap<>();
            world.put("scenario", option.scenario());
            world.put("lever", option.lever());
            world.put("file", file(i));
            yaml.item(1, world);
        }
        boolean list = experiment.design().kind() == Kind.LIST;
        if (!experiment.factors().isEmpty()) {
            yaml.open(0, "factors");
            for (Factor factor : experiment.factors()) {
                Axis axis = factor.axes().get(0);
                if (factor instanceof Factor.Joint joint) {
                    yaml.line(1, joint.name(), Map.of("file", file(joint)));
                } else if (!list || length && axis.min() < axis.max()) {
                    yaml.line(1, factor.name(), distribution(((Factor.Single) factor).distribution()));
                } else if (!length) {
                    yaml.line(1, factor.name(), Map.of());
                }
            }
        }
        if (experiment.design().kind() != Kind.SINGLE) {
            yaml.line(0, "design", design(length));
        }
        if (length) {
            yaml.line(0, "replicates", experiment.replicates());
        }
        yaml.line(0, "seed", experiment.seed());
        yaml.line(0, "keep", keep());
        return yaml.toString();
    }

    private static Map<String, Object> distribution(Distribution distribution) {
        Map<String, Object> text = new LinkedHashMap<>();
        if (distribution instanceof Distribution.Values values) {
            text.put("values", values.values());
            return text;
        }
        text.put("distribution", distribution.kind());
        if (distribution instanceof Distribution.Normal normal) {
            text.put("mean", normal.mean());
            text.put("sd", normal.sd());
        }
        text.put("min", distribution.min());
        if (distribution instanceof Distribution.Triangular triangular) {
            text.put("mode", triangular.mode());
        }
        text.put("max", distribution.max());
        return text;
    }

    private Map<String, Object> design(boolean length) {
        DesignSpec design = experiment.design();
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("kind", design.kind().key());
        switch (design.kind()) {
            case SINGLE -> {}
            case GRID -> put(text, "levels", length ? design.levels() : 0);
            case LIST -> text.put("file", LIST);
            case MORRIS -> {
                put(text, "size", length ? design.size() : 0);
                text.put("levels", design.levels());
                put(text, "candidates", length ? design.candidates() : 0);
                text.put("seed", design.seed());
            }
            case LATIN_HYPERCUBE, SOBOL, SALTELLI -> {
                put(text, "size", length ? design.size() : 0);
                text.put("seed", design.seed());
            }
        }
        return text;
    }

    private static void put(Map<String, Object> text, String key, int value) {
        if (value > 0) {
            text.put(key, value);
        }
    }

    private Map<String, Object> keep() {
        Map<String, Object> keep = new LinkedHashMap<>();
        if (!experiment.groups().isEmpty()) {
            keep.put("groups", experiment.groups());
        }
        List<Object> outcomes = new ArrayList<>();
        experiment.outcomes().forEach(o -> outcomes.add(o.name()));
        keep.put("outcomes", outcomes);
        keep.put("series", experiment.series());
        return keep;
    }
}
