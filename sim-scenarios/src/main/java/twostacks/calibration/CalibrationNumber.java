package twostacks.calibration;

import twostacks.input.Fields;

/** The whole numbers that a calibration may set: their keys, bounds, what they are without them, and what they mean. */
enum CalibrationNumber {
    REPLICATES("", "replicates", 1, 1000, 1, "runs for an evaluation of the point fits, which all meet the same luck"),
    SCORE_REPLICATES("", "scoreReplicates", 1, 1000, 8, "runs that the scorecard of each fold rests on"),
    FOLDS("", "folds", 2, 50, 5, "folds of nations; each is held out once"),
    FOLD_SEED("", "foldSeed", 0, Integer.MAX_VALUE, 1, "seed by which nations are dealt to folds"),
    SEED("", "seed", 0, Integer.MAX_VALUE, 1, "seed of everything else"),
    DESIGN("point", "design", 1, 1_000_000, 100, "draws from the prior to begin with"),
    EVALUATIONS("point", "evaluations", 1, 1_000_000, 100, "evaluations of each point fit after that"),
    ENSEMBLE("point", "ensemble", 1, 1_000_000, 20, "how many of the nearest evaluations of a search are scored"),
    PARTICLES("posterior", "particles", 4, 1_000_000, 100, "particles of the posterior"),
    GENERATIONS("posterior", "generations", 0, 1000, 4, "most generations of the posterior; 0 for none"),
    PATIENCE("posterior", "patience", 1, 1000, 5, "most simulations of a generation, as a multiple of the particles");

    /** Key under which it stands; empty for the file itself. */
    final String section;

    final String key;
    final int min;
    final int max;
    final int without;
    final String meaning;

    CalibrationNumber(String section, String key, int min, int max, int without, String meaning) {
        this.section = section;
        this.key = key;
        this.min = min;
        this.max = max;
        this.without = without;
        this.meaning = meaning;
    }

    int of(Fields fields) {
        return fields.whole(key, min, max, without);
    }
}
