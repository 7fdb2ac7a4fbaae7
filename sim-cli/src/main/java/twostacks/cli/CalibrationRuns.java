package twostacks.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import twostacks.calibration.CalibrationFile;

/**
 * Runs that the phases of a calibration take, if no two of its searches come to the same point.
 *
 * @param baseline runs of the parameters as the scenario has them
 * @param design runs of draws from the prior
 * @param searches runs of the searches for a point, one for everything and one for each fold
 * @param choice runs by which the point found and the mean of the nearest are told apart
 * @param scoring runs that are scored
 * @param posterior runs of the generations after the first, which the design is: at most, since a generation ends as
 *     soon as it has its particles, and the last may be given up
 */
record CalibrationRuns(long baseline, long design, long searches, long choice, long scoring, long posterior) {

    static CalibrationRuns of(CalibrationFile c) {
        long fits = c.folds() + 1L;
        return new CalibrationRuns(
                c.replicates(),
                c.design(),
                fits * c.evaluations() * c.replicates(),
                2L * c.scoreReplicates(),
                fits * c.scoreReplicates(),
                Math.max(0, c.generations() - 1L) * c.patience() * c.particles());
    }

    /** Runs before the posterior. */
    long beforePosterior() {
        return baseline + design + searches + choice + scoring;
    }

    /** All runs, at most. */
    long most() {
        return beforePosterior() + posterior;
    }

    /** Runs by phase, in the order in which they are made. */
    Map<String, Long> phases() {
        Map<String, Long> phases = new LinkedHashMap<>();
        phases.put("baseline", baseline);
        phases.put("design", design);
        phases.put("searches", searches);
        phases.put("choice", choice);
        phases.put("posteriorAtMost", posterior);
        phases.put("scoring", scoring);
        return phases;
    }
}
