package twostacks.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * The months and replicates of a run.
 *
 * @param start first month, counted from the year 0
 * @param months number of months
 * @param replicates number of replicates
 */
record Horizon(int start, int months, int replicates) {
    private static final int YEAR = 12;

    static Horizon of(JsonNode block) throws UnusableResultsException {
        JsonNode horizon = block.path("horizon");
        int months = horizon.path("months").asInt();
        int replicates = block.path("replicates").asInt();
        if (months < 1 || replicates < 1) {
            throw new UnusableResultsException("datapackage.json tells no horizon or no number of replicates");
        }
        return new Horizon(month(horizon.path("start").asText()), months, replicates);
    }

    /** A month of the form YYYY-MM, counted from the year 0. */
    static int month(String text) throws UnusableResultsException {
        if (!text.matches("\\d{4}-(0[1-9]|1[0-2])")) {
            throw new UnusableResultsException("'" + text + "' is not a month of the form YYYY-MM");
        }
        return Integer.parseInt(text.substring(0, 4)) * YEAR + Integer.parseInt(text.substring(5)) - 1;
    }

    /** A month of the form YYYY-MM, counted from the first; outside the horizon if that is where it is. */
    int since(String text) {
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                at = at * 10 + (c - '0');
            }
        }
        return text.length() == 7 ? at / 100 * YEAR + at % 100 - 1 - start : -1;
    }

    /** The place of a replicate's month, by replicate and then month. */
    int place(int replicate, String text, Path file) throws UnusableResultsException {
        int month = since(text);
        if (month < 0 || month >= months || replicate < 1 || replicate > replicates) {
            throw new UnusableResultsException(file + ": month " + text + " of replicate " + replicate
                    + " is not among those that datapackage.json tells of");
        }
        return (replicate - 1) * months + month;
    }
}
