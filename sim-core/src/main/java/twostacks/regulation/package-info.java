/**
 * Burden of regulation (E10).
 */
package twostacks.regulation;
