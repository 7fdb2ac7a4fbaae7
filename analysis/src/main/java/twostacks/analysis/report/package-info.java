/** Results as one page that people can look at: read from result files, drawn in the browser, no network needed. */
package twostacks.analysis.report;
