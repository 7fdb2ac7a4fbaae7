/** Designs of experiments: which values of the uncertain factors are tried together. Knows no scenario and no file. */
package twostacks.experiment.design;
