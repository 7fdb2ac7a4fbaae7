package twostacks.experiment;

import java.nio.file.Path;
import twostacks.output.RunDescription;

/**
 * A run to do.
 *
 * @param run what to run
 * @param directory where its results go
 */
public record Job(RunDescription run, Path directory) {}
