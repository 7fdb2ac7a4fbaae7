/**
 * Results as they stand on disk: data packages, their tables as columns of primitive arrays or row by row in bounded
 * memory, and the writing of tables that describe themselves.
 */
package twostacks.analysis.results;
