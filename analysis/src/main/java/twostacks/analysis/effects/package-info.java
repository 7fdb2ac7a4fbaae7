/**
 * What an alternative changes: effects of paired runs on common random numbers with their errors, and their attribution
 * to the levers that were moved.
 */
package twostacks.analysis.effects;
