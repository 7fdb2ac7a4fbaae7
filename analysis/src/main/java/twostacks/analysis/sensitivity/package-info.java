/** Which parameters an outcome hangs on: indices of global sensitivity analysis, from the files of a sweep. */
package twostacks.analysis.sensitivity;
