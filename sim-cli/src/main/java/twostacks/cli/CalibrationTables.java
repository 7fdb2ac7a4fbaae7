package twostacks.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import twostacks.analysis.calibration.AbcSmc;
import twostacks.analysis.calibration.AbcSmc.Generation;
import twostacks.analysis.calibration.AbcSmc.Particle;
import twostacks.analysis.calibration.AbcSmc.Posterior;
import twostacks.analysis.calibration.PointFit.Point;
import twostacks.analysis.calibration.Prior;
import twostacks.analysis.hindcast.Scorecard;
import twostacks.calibration.CalibrationFile;
import twostacks.output.Json;

/** The tables that a calibration writes, each from what came out of it. */
final class CalibrationTables {
    /** A posterior as wide as this part of the prior tells nothing of the parameter. */
    static final double WIDE = 0.8;

    private CalibrationTables() {}

    /**
     * What came out.
     *
     * @param points fit to everything, then to all but each fold
     * @param posterior posterior; null without one
     * @param baseline distance of the scenario's own values
     * @param card each nation's figures by the fit that did not see it
     */
    record Outcome(List<Point> points, Posterior posterior, double baseline, Scorecard card) {}

    static List<Prior> priors(CalibrationFile c) {
        return c.parameters().stream()
                .map(r -> new Prior(r.entry().name(), r.low(), r.high()))
                .toList();
    }

    /** What the scenario has for a parameter. */
    static double start(CalibrationFile c, CalibrationFile.Range range) {
        return c.scenario()
                .spec()
                .overrides()
                .getOrDefault(range.entry().name(), range.entry().baseline());
    }

    static String pointsCsv(List<Prior> priors, List<Point> points) {
        StringBuilder csv = new StringBuilder("held_out_fold,distance,evaluations");
        priors.forEach(p -> csv.append(',').append(p.name()));
        csv.append('\n');
        for (int fold = 0; fold < points.size(); fold++) {
            Point point = points.get(fold);
            csv.append(fold == 0 ? "" : String.valueOf(fold))
                    .append(',')
                    .append(ScoreFiles.text(point.distance()))
                    .append(',')
                    .append(point.evaluations());
            for (double value : point.parameters()) {
                csv.append(',').append(ScoreFiles.text(value));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    static String ensemblesCsv(List<Prior> priors, List<Point> points) {
        StringBuilder csv = new StringBuilder("held_out_fold");
        priors.forEach(p -> csv.append(',').append(p.name()));
        csv.append('\n');
        for (int fold = 0; fold < points.size(); fold++) {
            for (double[] member : points.get(fold).nearest()) {
                csv.append(fold == 0 ? "" : String.valueOf(fold));
                for (double value : member) {
                    csv.append(',').append(ScoreFiles.text(value));
                }
                csv.append('\n');
            }
        }
        return csv.toString();
    }

    static String posteriorCsv(CalibrationFile c, List<Prior> priors, List<Particle> particles) {
        StringBuilder csv = new StringBuilder(
                String.join(",", priors.stream().map(Prior::name).toList()) + "\n");
        for (int draw : AbcSmc.resample(particles, c.particles(), c.seed())) {
            csv.append(String.join(
                            ",",
                            Arrays.stream(particles.get(draw).parameters())
                                    .mapToObj(ScoreFiles::text)
                                    .toList()))
                    .append('\n');
        }
        return csv.toString();
    }

    static String generationsCsv(Posterior posterior) {
        StringBuilder csv = new StringBuilder("generation,tolerance,simulations,kept,effective\n");
        for (Generation g : posterior.generations()) {
            csv.append(g.number())
                    .append(',')
                    .append(ScoreFiles.text(g.tolerance()))
                    .append(',')
                    .append(g.simulations())
                    .append(',')
                    .append(g.kept())
                    .append(',')
                    .append(ScoreFiles.text(g.effective()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** Width of the posterior over that of the prior, both as standard deviations. */
    static double width(Prior prior, List<Particle> particles, int j) {
        return AbcSmc.deviation(particles, j) / ((prior.high() - prior.low()) / StrictMath.sqrt(12));
    }

    static String parametersCsv(CalibrationFile c, List<Prior> priors, Outcome outcome) {
        StringBuilder csv = new StringBuilder(
                "parameter,low,high,baseline,point,folds_low,folds_high,median,p05,p95,width,identified\n");
        List<Particle> particles = outcome.posterior().particles();
        for (int j = 0; j < priors.size(); j++) {
            int at = j;
            Prior prior = priors.get(j);
            double[] ofFolds = outcome.points().stream()
                    .skip(1)
                    .mapToDouble(p -> p.parameters()[at])
                    .sorted()
                    .toArray();
            double width = width(prior, particles, j);
            csv.append(prior.name());
            for (double value : new double[] {
                prior.low(),
                prior.high(),
                start(c, c.parameters().get(j)),
                outcome.points().get(0).parameters()[j],
                ofFolds[0],
                ofFolds[ofFolds.length - 1],
                AbcSmc.quantile(particles, j, 0.5),
                AbcSmc.quantile(particles, j, 0.05),
                AbcSmc.quantile(particles, j, 0.95),
                width
            }) {
                csv.append(',').append(ScoreFiles.text(value));
            }
            csv.append(',').append(width < WIDE).append('\n');
        }
        return csv.toString();
    }

    static ObjectNode json(CalibrationFile c, String id, Outcome outcome) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", 1);
        root.put("command", "calibrate");
        root.put("id", id);
        root.put("name", c.name());
        root.put("scenario", c.scenario().name());
        root.put("version", VersionProvider.version());
        root.put("baselineDistance", Math.round(outcome.baseline() * 1e6) / 1e6);
        root.put("pointDistance", Math.round(outcome.points().get(0).distance() * 1e6) / 1e6);
        ArrayNode parameters = root.putArray("parameters");
        List<Prior> priors = priors(c);
        for (int j = 0; j < priors.size(); j++) {
            ObjectNode node = parameters.addObject();
            node.put("name", priors.get(j).name());
            node.put("low", priors.get(j).low());
            node.put("high", priors.get(j).high());
            node.put("point", outcome.points().get(0).parameters()[j]);
            if (outcome.posterior() != null) {
                double width = width(priors.get(j), outcome.posterior().particles(), j);
                node.put("width", Math.round(width * 1e6) / 1e6);
                node.put("identified", width < WIDE);
            }
        }
        if (outcome.posterior() != null) {
            root.put(
                    "effective", Math.round(AbcSmc.effective(outcome.posterior().particles()) * 1e3) / 1e3);
        }
        return root;
    }
}
