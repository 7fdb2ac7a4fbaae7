/**
 * Compute of the blocs (E3).
 */
package twostacks.chips;
