/**
 * Adopters as columns, and the fast form of their choice: {@link twostacks.population.Adopters}, {@link
 * twostacks.population.ChoiceTables}. May use parameters, policy, random, maths and the equations of adoption.
 */
package twostacks.population;
