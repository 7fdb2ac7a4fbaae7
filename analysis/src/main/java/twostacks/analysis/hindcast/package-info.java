/**
 * The model against the record: what each source measures in terms of the model's state ({@link
 * twostacks.analysis.hindcast.Operators}), how far off the model is ({@link twostacks.analysis.hindcast.Scorecard}), and
 * what one does without a model ({@link twostacks.analysis.hindcast.Baselines}).
 */
package twostacks.analysis.hindcast;
