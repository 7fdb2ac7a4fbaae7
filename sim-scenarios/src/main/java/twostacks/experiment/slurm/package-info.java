/** Sweeps on Slurm. */
package twostacks.experiment.slurm;
