/**
 * Trust, shocks and incidents (E7).
 */
package twostacks.trust;
