/** Running the plan of an experiment: in shards, on threads and machines, resumed after whatever happens, and merged. */
package twostacks.experiment.shard;
