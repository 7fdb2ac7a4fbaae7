/**
 * Scenario files: read strictly, extended, resolved against the facts into what a run needs, and written out again in
 * full. {@link twostacks.scenario.ScenarioLoader} is where to start.
 */
package twostacks.scenario;
