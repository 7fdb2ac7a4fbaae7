package twostacks.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The command line with its streams captured. */
public final class Cli {
    private static final List<String> SMALL =
            List.of("--months=6", "--set=nations.only=[USA, CHN, IND]", "--set=population.adoptersPerNation=200");

    /** How it ended. */
    public final int exitCode;

    final String out;
    final String err;

    private Cli(int exitCode, String out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command.
     *
     * @param arguments its words
     * @return how it ended and what it said
     */
    public static Cli twostacks(String... arguments) {
        return of(Main.commandLine(), arguments);
    }

    /** The same on commands that were made before, which takes a while. */
    static Cli of(CommandLine commands, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = commands.execute(arguments);
        return new Cli(exitCode, out.toString(), err.toString());
    }

    /** Runs {@code run} on a world so small that it takes a moment. */
    static Cli runSmall(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(SMALL);
        all.addAll(List.of(arguments));
        return twostacks(all.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return "exit " + exitCode + "\n" + out + err;
    }
}
