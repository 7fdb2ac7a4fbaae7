/**
 * How labs advance and are funded (E4).
 */
package twostacks.capability;
