/**
 * Cost, list price, congestion and delivered price (E5).
 */
package twostacks.price;
