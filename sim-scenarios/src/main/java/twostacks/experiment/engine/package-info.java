/** Where the shards of a plan are carried out: whatever is not this process plugs in here. */
package twostacks.experiment.engine;
