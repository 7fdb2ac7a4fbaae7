/**
 * What is recorded: every output column in {@link twostacks.outcome.Outcomes}. Reads the world.
 */
package twostacks.outcome;
