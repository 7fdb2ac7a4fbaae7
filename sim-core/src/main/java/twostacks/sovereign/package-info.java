/**
 * Nations' own models (E9).
 */
package twostacks.sovereign;
