/** Runs of the model: which there are to do, side by side on threads, each with its results in a directory. */
package twostacks.experiment;
