package twostacks.cli;

/** What the process says when it ends. Ctrl-C gives 130 and SIGTERM gives 143, as the JVM itself sees to. */
final class ExitCodes {

    /** All went well. */
    static final int OK = 0;

    /** Some runs failed, or the program did. */
    static final int FAILED = 1;

    /** The command line, or a file it names, cannot be used as it is. */
    static final int BAD_USAGE = 2;

    /** It was told to stop. */
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
