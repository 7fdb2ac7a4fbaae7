/**
 * The observed facts that a run starts from: nations, releases of models, events and labs, read from tables inside the
 * program or from a user's own of the same columns, and what is done where a figure is missing.
 */
package twostacks.facts;
