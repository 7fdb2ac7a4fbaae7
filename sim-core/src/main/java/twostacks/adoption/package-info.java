/**
 * What adopters come to consider and choose (E1, E2): {@link twostacks.adoption.AdopterChoice} is the equation,
 * {@link twostacks.adoption.ChoiceTables} its fast form, {@link twostacks.adoption.Adopters} the columns. May use parameters,
 * policy, random and maths.
 */
package twostacks.adoption;
