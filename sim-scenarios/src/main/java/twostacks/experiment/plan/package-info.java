/** Experiments: reading their files, and the plan of runs that one comes to. */
package twostacks.experiment.plan;
