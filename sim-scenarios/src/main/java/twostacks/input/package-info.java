/**
 * Reading what people write: YAML, JSON and CSV become trees in which every key and value knows its place, and whatever
 * is wrong with them is collected as {@link twostacks.input.Problem}s. Knows nothing of scenarios and of the model.
 */
package twostacks.input;
