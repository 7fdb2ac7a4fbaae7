/**
 * What a stance is worth to a nation (E8).
 */
package twostacks.stance;
