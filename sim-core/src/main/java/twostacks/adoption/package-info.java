/**
 * What adopters come to consider and choose (E1, E2): {@link twostacks.adoption.AdopterChoice} is the equation.
 */
package twostacks.adoption;
