package twostacks.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code discover --reverse}. */
final class ReversalOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--evaluations",
            paramLabel = "N",
            defaultValue = "60",
            description = "--reverse: most points to run on the way. Default: ${DEFAULT-VALUE}.")
    int evaluations;

    @Option(
            names = "--replicates",
            paramLabel = "R",
            defaultValue = "4",
            description = "--reverse: replicates of each of them. Default: ${DEFAULT-VALUE}.")
    int replicates;

    @Option(
            names = "--confirm",
            paramLabel = "R",
            defaultValue = "16",
            description = "--reverse: replicates by which what was found is confirmed. Default: ${DEFAULT-VALUE}.")
    int confirm;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "--reverse: level of intervals. Default: ${DEFAULT-VALUE}.")
    double confidence;

    @Option(names = "--scenario", paramLabel = "NAME", description = "--reverse: scenario, if the sweep has several.")
    String scenario;

    @Option(
            names = "--lever",
            paramLabel = "NAME",
            description = "--reverse: lever of outcomes that name none, if the sweep has several.")
    String lever;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "--reverse: threads to use; results do not depend on it. Default: all cores.")
    Integer threads;

    @Option(names = "--force", description = "--reverse: replace another search in the directory.")
    boolean force;

    void check() {
        check(evaluations >= 1 && evaluations <= 100_000, "--evaluations must be 1 to 100000, not " + evaluations);
        check(replicates >= 1 && replicates <= 10_000, "--replicates must be 1 to 10000, not " + replicates);
        check(confirm >= 2 && confirm <= 10_000, "--confirm must be 2 to 10000, not " + confirm);
        check(confidence > 0 && confidence < 1, "--confidence must be between 0 and 1, not " + confidence);
        check(threads == null || threads >= 1, "--threads must be at least 1, not " + threads);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
