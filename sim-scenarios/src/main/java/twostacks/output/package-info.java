/**
 * Files out: the tables of a run as CSV, the data package that describes them, and what was true of the process that
 * made them. Formats what {@link twostacks.outcome.Outcomes} lists and knows no column by name, the summary apart.
 */
package twostacks.output;
