/** Sweeps on Spark: a plug-in beside the program, with nothing of Spark in it. */
package twostacks.spark;
