/**
 * Those who act: {@link twostacks.agents.GreatPower}, {@link twostacks.agents.Lab}, {@link twostacks.agents.Nation}, and
 * what they may see. May use everything but world and outcome.
 */
package twostacks.agents;
